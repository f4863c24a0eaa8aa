"""What is known of a definition without its project: enough to answer for it."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.model.source import Zone


class Kind(Enum):
    """What a definition is."""

    CLASS = "class"
    FUNCTION = "function"
    METHOD = "method"
    CONSTANT = "constant"
    """A module-level name in capitals."""
    VARIABLE = "variable"
    """Any other module-level name that is assigned."""
    MEMBER = "member"
    """A name with a literal text in the body of a class, as of an enum."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A definition. Others are named by their numbers, -1 for none.

    ``home`` is the definition of this name and kind that counts as the source of truth, ``reason`` says why;
    ``namesakes`` are the first of the other ones, beside which there are ``more_namesakes``. ``through`` is the module
    that most others import it from, if that is not its own. ``value`` is the literal of a constant or member,
    ``constant`` the digest of a value that is spelled out. ``factory`` is the function that builds a class. ``digest``,
    ``renamed_digest``, ``lines`` and ``shapes`` are those of :class:`ssot_lint.model.facts.Body`, the last one of
    functions.
    """

    kind: Kind
    qualname: str
    line: int
    column: int
    end_line: int
    signature: str
    docstring: str = ""
    statements: int = 0
    digest: str = ""
    renamed_digest: str = ""
    lines: bytes = b""
    importers: int = 0
    value: str = ""
    constant: str = ""
    home: int = -1
    reason: str = ""
    namesakes: tuple[int, ...] = ()
    factory: int = -1
    through: str = ""
    shapes: bytes = b""
    more_namesakes: int = 0

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]


class FileEntry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file with its definitions, by line. ``first`` is the number of the first one, ``bound`` are the names that its
    module binds; ``imports`` are pairs of a line and the number of what is imported there."""

    number: int
    path: str
    module: str
    is_package: bool
    root: str
    distribution: str
    zone: Zone
    first: int
    entries: tuple[Entry, ...]
    bound: frozenset[str]
    imports: tuple[tuple[int, int], ...]

    @property
    def package(self) -> str:
        """The package that the module is in, or is."""
        return self.module if self.is_package else self.module.rpartition(".")[0]

    def entry_of(self, number: int) -> Entry | None:
        """The definition of that number, None where it stands in another file."""
        at = number - self.first
        return self.entries[at] if 0 <= at < len(self.entries) else None


class Found(msgspec.Struct, frozen=True):
    """A definition with its number and its file."""

    number: int
    file: FileEntry
    entry: Entry

    @property
    def symbol(self) -> str:
        """``package.module:Qual.name``."""
        return f"{self.file.module}:{self.entry.qualname}"

    @property
    def is_reachable(self) -> bool:
        """Whether it stands at the top of its module or in classes there: nothing else can be imported."""
        classes = {entry.qualname for entry in self.file.entries if entry.kind is Kind.CLASS}
        parts = self.entry.qualname.split(".")
        return all(".".join(parts[:count]) in classes for count in range(1, len(parts)))

    @property
    def owner(self) -> Found:
        """The class that a method is defined in; itself where there is none."""
        name = self.entry.qualname.rpartition(".")[0]
        numbered = enumerate(self.file.entries, self.file.first)
        return next((Found(at, self.file, entry) for at, entry in numbered if entry.qualname == name), self)


class LiteralUses(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How often a literal is written out: in ``places`` places of ``files`` files; the first of them as path and
    line."""

    places: int
    files: int
    first: tuple[tuple[str, int], ...]


class World(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What imports rest on. ``starts`` has the number of the first definition of each file, ``loads`` the numbers of
    the files that each file imports when it is loaded, ``reach`` the folders of the distributions that the code of each
    distribution can use."""

    starts: tuple[int, ...]
    loads: tuple[tuple[int, ...], ...]
    reach: dict[str, frozenset[str]]
