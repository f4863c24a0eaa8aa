"""Folders that a script of the project throws away and fills again: what they hold was made elsewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ssot_lint.discovery.paths import join, normalise, parent

SHELL_SUFFIXES = (".sh", ".bash")
MAKE_FILES = frozenset({"GNUmakefile", "Justfile", "Makefile", "justfile", "makefile"})

_CONTINUED = re.compile(r"\\\n")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_SEPARATOR = re.compile(r"&&|\|\||[;|]")
# What stands for the top of the project, wherever it was checked out.
_TOP = re.compile(r"^(?:\$\{?\w*(?:ROOT|REPO)\w*\}?|\$\(git rev-parse --show-toplevel\))/")
_COPIERS = frozenset({"clone", "cp", "mv", "rsync"})
"""Commands whose last argument is what they write."""
_TARGET = re.compile(r"^(?:-o|-d|--output|--out|--target|--[a-z_]+_out)$")


def is_shell(name: str) -> bool:
    """Whether a file called ``name`` holds commands of a shell."""
    return name in MAKE_FILES or name.endswith(SHELL_SUFFIXES)


def replaced_by(text: str, path: str) -> Iterator[str]:
    """The folders, relative to the project root, that the commands in ``text``, the script at ``path``, remove whole
    and write after that. Its paths count from the root or from its own folder."""
    for home in dict.fromkeys(("", parent(path))):
        yield from _replaced(text, home)


def _replaced(text: str, home: str) -> Iterator[str]:
    removed: set[str] = set()
    folder = home
    for command in _commands(text):
        if command[0] == "cd":
            folder = _moved(folder, home, command[1:])
        elif command[0] == "rm" and _is_recursive(command):
            removed.update(name for each in command[1:] if (name := _named(each, folder)))
        else:
            yield from (target for target in _written(command, folder) if target in removed)


def _commands(text: str) -> Iterator[list[str]]:
    for line in _CONTINUED.sub(" ", text).splitlines():
        for part in _SEPARATOR.split(_COMMENT.sub("", line)):
            words = part.replace('"', "").replace("'", "").lstrip("\t @-({").split()
            if words:
                yield words[1:] if words[0] in {"sudo", "git"} and len(words) > 1 else words


def _moved(folder: str, home: str, arguments: Sequence[str]) -> str:
    """The folder after a ``cd``; one that is not known is one above all."""
    name = _named(arguments[0], folder) if len(arguments) == 1 else ""
    return name or (home if _leads_home(arguments) else "..")


def _leads_home(arguments: Sequence[str]) -> bool:
    """``cd "$(dirname "$0")"``, ``cd $REPO_ROOT``: where paths count from anyway."""
    text = " ".join(arguments)
    return "dirname" in text or _TOP.match(f"{text}/") is not None


def _is_recursive(command: Sequence[str]) -> bool:
    return any(each.startswith("-") and "r" in each.lower() for each in command[1:])


def _named(argument: str, folder: str) -> str:
    """A path as one relative to the project root; empty for an option, and for one that cannot be told."""
    is_from_top = _TOP.match(argument) is not None
    plain = _TOP.sub("", argument)
    if plain.startswith(("-", "/", "~")) or not plain or "$" in plain or "*" in plain:
        return ""
    return normalise(plain if is_from_top else posixpath.join(folder, plain)) or ""


def _written(command: Sequence[str], folder: str) -> Iterator[str]:
    """What a command writes: the folder it names for that, and the copies within it by their name."""
    arguments = [each for each in command[1:] if not each.startswith("-")]
    if command[0] in _COPIERS and arguments:
        target = _named(arguments[-1], folder)
        yield target
        yield from (join(target, source.rstrip("/").rpartition("/")[2]) for source in arguments[:-1])
    for option, value in pairwise(command):
        if _TARGET.match(option):
            yield _named(value, folder)
    for each in command[1:]:
        option, _, value = each.partition("=")
        if value and _TARGET.match(option):
            yield _named(value, folder)
