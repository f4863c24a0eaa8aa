"""Paths as discovery writes them: POSIX, relative to the project root, "" for the root itself."""

from __future__ import annotations

import keyword
import posixpath
from collections.abc import Iterator

INIT = "__init__"


def join(folder: str, path: str) -> str:
    """``path`` as seen from the folder that ``folder`` counts from."""
    return f"{folder}/{path}" if folder and path else folder or path


def normalise(folder: str) -> str | None:
    """A folder as somebody wrote it (``./src/``, ``.``) the way it is written here; None if it leaves the project."""
    normal = posixpath.normpath(folder.replace("\\", "/"))
    if normal.startswith(("/", "../")) or normal == "..":
        return None
    return "" if normal == "." else normal


def parent(path: str) -> str:
    """The folder ``path`` is in; that of the root is the root."""
    return path.rpartition("/")[0]


def parents(path: str) -> Iterator[str]:
    """All folders above ``path``, innermost first; nothing for the root."""
    while path:
        path = parent(path)
        yield path


def with_parents(folder: str) -> Iterator[str]:
    """``folder`` and all folders above it, innermost first."""
    yield folder
    yield from parents(folder)


def is_within(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or lies in it, however deep; all do in the root."""
    return not folder or f"{path}/".startswith(f"{folder}/")


def module_path(path: str) -> str:
    """What an import finds in the file ``path``: the path without suffix, the folder for an ``__init__``.

    Extension modules lose their ABI tag as well: ``a/b.cpython-311-x86_64-linux-gnu.so`` is ``a/b``.
    """
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] if name.endswith((".py", ".pyi")) else name.partition(".")[0]
    return folder if stem == INIT and folder else join(folder, stem or name)


def is_importable(name: str) -> bool:
    """Whether ``name`` can stand in a dotted module name of an import statement."""
    return name.isidentifier() and not keyword.iskeyword(name)
