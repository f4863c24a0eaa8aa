"""The folder a cache lives in."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ssot_lint.git import GitError, open_repository

_TAG = """Signature: 8a477f597d28d172789f06886806bc55
# A cache of ssot-lint (https://bford.info/cachedir/). It may be deleted at any time.
"""
_MARKERS = (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n"))


class CacheError(Exception):
    """The cache can not be used in this run; the text says why."""


def prepare_folder(folder: Path) -> None:
    """Make ``folder`` a cache folder unless it is one.

    Raises CacheError when that fails, and for a folder that the scanned repository may have brought along: a link,
    or one that git tracks. What such a cache says about the code is what its author wants us to believe.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise CacheError(f"{folder} is a link")
        if _is_tracked(folder):
            raise CacheError(f"{folder} is part of the repository: delete it there")
        for name, text in _MARKERS:
            if not os.path.lexists(folder / name) or _is_cut_off(folder / name):
                (folder / name).write_text(text, encoding="ascii")
    except OSError as error:
        raise CacheError(f"{folder}: {error.strerror}") from error


def is_cache_folder(folder: Path) -> bool:
    """Whether :func:`prepare_folder` made ``folder``, or could have."""
    try:
        return not folder.is_symlink() and (folder / "CACHEDIR.TAG").read_text(encoding="ascii") == _TAG
    except (OSError, ValueError):
        return False


def _is_cut_off(marker: Path) -> bool:
    """Whether a full disk has left nothing of it but its name."""
    found = marker.lstat()
    return stat.S_ISREG(found.st_mode) and not found.st_size


def _is_tracked(folder: Path) -> bool:
    if not any((above / ".git").exists() for above in folder.parents):
        return False
    try:
        return open_repository(folder.parent).tracks(folder.name)
    except GitError:
        return False
