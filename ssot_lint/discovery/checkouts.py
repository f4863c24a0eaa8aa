"""Finds the repository of git around a project, and tells other checkouts within it from its submodules."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from ssot_lint.discovery.paths import normalise
from ssot_lint.discovery.reading import exists, read_regular
from ssot_lint.discovery.tables import read_text

REPOSITORY = ".git"
SUBMODULES = ".gitmodules"
"""Lists the submodules of a repository."""
_LARGEST = 10_000
"""Bytes of a ``.git`` file; it holds one path."""
_PATH = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", re.MULTILINE)


def top_level(folder: Path) -> Path | None:
    """The nearest folder at or above ``folder`` that is the top of a repository, None without one."""
    return next((above for above in (folder, *folder.parents) if exists(above / REPOSITORY)), None)


def is_other_checkout(folder: Path, held: Collection[str]) -> bool:
    """Whether a folder that holds the names ``held`` is the top of another repository, or of a linked worktree.

    Git takes neither for content of the repository around it. A submodule, whose ``.git`` file leads to
    ``.git/modules/``, is content; a file that cannot be read says nothing.
    """
    if REPOSITORY not in held:
        return False
    try:
        if stat.S_ISDIR((folder / REPOSITORY).lstat().st_mode):
            return True
        target = read_regular(folder / REPOSITORY, _LARGEST).decode("utf-8", "replace")
    except OSError:
        return False
    return target.startswith("gitdir:") and "/worktrees/" in target.replace("\\", "/")


def submodules_to_come(folder: Path) -> Iterator[str]:
    """The paths below ``folder`` where its list has submodules that were not fetched: git makes no folder for them, or
    an empty one."""
    for path in map(normalise, _PATH.findall(read_text(folder / SUBMODULES))):
        if path and not _holds_something(folder / path):
            yield path


def _holds_something(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False
