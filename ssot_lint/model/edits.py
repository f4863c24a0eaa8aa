"""What is to become of a violation: typed edits. Rules say what, :mod:`ssot_lint.fix` alone writes.

Places are those of the scan that the edit comes from: lines and columns start at 1, paths are relative to the project
root.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

import msgspec


class Safety(Enum):
    """How far a fix can be trusted."""

    SAFE = "safe"
    """The program does the same as before."""
    UNSAFE = "unsafe"
    """It does what is wanted, and something that code may rest on changes: ``__module__``, pickles, a type."""
    MANUAL = "manual"
    """It takes a decision; the fix says in words what."""


class EditBase(msgspec.Struct, frozen=True, tag=True):
    """Base of all edits: ``path`` is the file that changes."""

    path: str


class RetargetImport(EditBase, frozen=True):
    """The name that is imported at a place comes from ``module``, where it is called ``name``. What the file calls it
    stays: an alias is kept, or made. Where a module is imported, as by ``import a.b``, ``name`` is empty: ``module`` is
    imported in its place, and each use in the file follows."""

    line: int
    column: int
    module: str
    name: str


class RenameImport(EditBase, frozen=True):
    """As :class:`RetargetImport`, and the file calls it ``name`` too, wherever that name is free."""

    line: int
    column: int
    module: str
    name: str


class DeleteDefinition(EditBase, frozen=True):
    """The definition of ``name`` in ``line`` is deleted with its decorators and comments, and so are imports that
    nothing else in the file needs. If anything there still mentions it, or ``is_kept`` says that others
    do, the file imports ``home_name`` of ``module`` in its place; without a module nothing takes its place.
    ``home_path`` is the file of ``module``: what both definitions mention has to be the same there."""

    line: int
    name: str
    module: str = ""
    home_name: str = ""
    home_path: str = ""
    is_kept: bool = False


class ReplaceLiteral(EditBase, frozen=True):
    """The string ``value`` at a place becomes the expression ``text``, whose first name is ``name`` of ``module``."""

    line: int
    column: int
    value: str
    text: str
    module: str
    name: str


class AddAwait(EditBase, frozen=True):
    """The call at a place is awaited; ``callee`` is the last name before its parentheses."""

    line: int
    column: int
    callee: str


class RemoveComment(EditBase, frozen=True):
    """The comment of this tool at a place goes, or only ``codes`` in it, if it has others."""

    line: int
    column: int
    codes: tuple[str, ...] = ()


class DeleteFile(EditBase, frozen=True):
    """The file is deleted."""


class CopyDefinition(EditBase, frozen=True):
    """The definition of ``name`` in ``line`` becomes what that of ``home_name`` in ``home_path`` is, under its own name
    and with its own comments above it."""

    line: int
    name: str
    home_path: str
    home_line: int
    home_name: str
    renames: tuple[tuple[str, str], ...] = ()
    """Words of the home that the copy writes differently, as ``(home, copy)``."""


class InsertDefinition(EditBase, frozen=True):
    """The definition of ``name`` in ``source_line`` of ``source_path`` comes to stand in the file, with its decorators,
    its comments and the imports that it needs; what it needs of ``source_module`` is imported from there."""

    name: str
    source_path: str
    source_line: int
    source_module: str


class DropImport(EditBase, frozen=True):
    """The name at a place is no longer imported."""

    line: int
    column: int


class LeaveAlias(EditBase, frozen=True):
    """Whoever asks the file for ``name`` gets it from ``module``, with a warning; ``own_module`` is its own name."""

    name: str
    module: str
    own_module: str


class Delegate(EditBase, frozen=True):
    """The function ``name`` in ``line`` keeps its head and its docstring, and returns ``call``, which begins with
    ``bound``: what the file calls ``home_name`` of ``module``."""

    line: int
    name: str
    module: str
    home_name: str
    bound: str
    call: str


Edit: TypeAlias = (
    RetargetImport
    | RenameImport
    | DeleteDefinition
    | ReplaceLiteral
    | AddAwait
    | RemoveComment
    | DeleteFile
    | CopyDefinition
    | InsertDefinition
    | DropImport
    | LeaveAlias
    | Delegate
)


class Fix(msgspec.Struct, frozen=True):
    """What resolves one violation. ``note`` says what code may rest on that changes, or, for a MANUAL one, which has no
    edits, what has to be decided. ``leaves_site``: the place stays what it is; only what leads there changes."""

    safety: Safety
    edits: tuple[Edit, ...] = ()
    note: str = ""
    leaves_site: bool = False

    @property
    def is_automatic(self) -> bool:
        """Whether there is anything that the tool can do by itself."""
        return bool(self.edits) and self.safety is not Safety.MANUAL


class LineChange(msgspec.Struct, frozen=True):
    """The lines of a file from ``first`` up to, but without, ``end`` become ``text``, which ends as they do. What a fix
    comes to, for programs that show it."""

    path: str
    first: int
    end: int
    text: str
