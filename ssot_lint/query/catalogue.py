"""All definitions of a project, to be looked up: in memory, or as an earlier look left them in the cache."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Protocol

import msgspec

from ssot_lint.model.report import UnreadFile
from ssot_lint.query.entries import FileEntry, Found, LiteralUses, World
from ssot_lint.query.likeness import Sketches


class Term(Enum):
    """What definitions are looked up by."""

    NAME = "n"
    WORDS = "k"
    """All words of the name, or of the value, in lower case and in one: ``SplitWords`` and ``splitwords`` are one."""
    WORD = "w"
    """One word of the name."""
    VALUE = "v"
    DIGEST = "d"
    RENAMED = "r"
    CONSTANT = "c"


FILE = "f"
"""The kind of the rows of files, by number."""
PATH = "p"
"""The kind of the rows that have the number of a file, by path."""
MODULE = "m"
"""The kind of the rows that have the numbers of the files of a module, by its name."""
MODULE_WORD = "mw"
"""The kind of the rows that have the numbers of the files with a word in the name of their module, by the word."""
LETTER = "l"
"""The kind of the rows that have the words of names and modules, by their first letter."""
USES = "u"
"""The kind of the rows of :class:`LiteralUses`, by value."""
UNREAD = "un"
"""The kind of the row of the files that could not be read."""
WORLD = "x"
SKETCHES = "s"
SHAPES = "a"


class Rows(Protocol):
    """Encoded rows by kind and term."""

    def row(self, kind: str, term: str) -> bytes | None:
        """The row, None where there is none."""
        ...


@dataclass(frozen=True)
class Tables:
    """Rows in memory; what is stored is the same."""

    rows: Mapping[tuple[str, str], bytes]

    def row(self, kind: str, term: str) -> bytes | None:
        """The row, None where there is none."""
        return self.rows.get((kind, term))


class Catalogue:
    """Looks definitions up, decoding no more than what is asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._files: dict[int, FileEntry] = {}

    def numbers(self, by: Term, term: str) -> tuple[int, ...]:
        """The definitions with that ``term``: production code first, then what others import most."""
        return self._numbers(by.value, term)

    def found(self, numbers: Iterable[int]) -> Iterator[Found]:
        """The definitions of these numbers."""
        for number in numbers:
            file = self.file(bisect_right(self.world.starts, number) - 1)
            yield Found(number, file, file.entries[number - file.first])

    def one(self, number: int) -> Found | None:
        """The definition of that number, None for -1."""
        return next(self.found([number])) if number >= 0 else None

    def file(self, number: int) -> FileEntry:
        """The file of that number."""
        if number not in self._files:
            data = self._rows.row(FILE, str(number))
            if data is None:
                raise LookupError(f"no file {number}")
            self._files[number] = msgspec.msgpack.decode(data, type=FileEntry)
        return self._files[number]

    def file_at(self, path: str) -> FileEntry | None:
        """The file at a path, None where it is none of the project."""
        numbers = self._numbers(PATH, path)
        return self.file(numbers[0]) if numbers else None

    def files_of(self, module: str) -> list[FileEntry]:
        """The files of the modules with that dotted name: in several source roots there may be one each."""
        return [self.file(number) for number in self._numbers(MODULE, module)]

    def files_with(self, word: str) -> tuple[int, ...]:
        """The numbers of the files with a word in the dotted name of their module."""
        return self._numbers(MODULE_WORD, word)

    def words_from(self, letter: str) -> tuple[str, ...]:
        """The words of names and modules that begin with a letter, sorted."""
        data = self._rows.row(LETTER, letter)
        return () if data is None else msgspec.msgpack.decode(data, type=tuple[str, ...])

    def uses(self, value: str) -> LiteralUses | None:
        """How often a literal is written out; None for one that is not in several files."""
        data = self._rows.row(USES, value)
        return None if data is None else msgspec.msgpack.decode(data, type=LiteralUses)

    @cached_property
    def world(self) -> World:
        """What imports rest on."""
        data = self._rows.row(WORLD, "")
        return World((), (), {}) if data is None else msgspec.msgpack.decode(data, type=World)

    @cached_property
    def unread(self) -> tuple[UnreadFile, ...]:
        """The files that could not be read."""
        data = self._rows.row(UNREAD, "")
        return () if data is None else msgspec.msgpack.decode(data, type=tuple[UnreadFile, ...])

    @cached_property
    def sketches(self) -> Sketches:
        """For near copies."""
        return Sketches.from_bytes(self._rows.row(SKETCHES, "") or b"")

    @cached_property
    def shapes(self) -> Sketches:
        """For near copies whose own names differ."""
        return Sketches.from_bytes(self._rows.row(SHAPES, "") or b"")

    def _numbers(self, kind: str, term: str) -> tuple[int, ...]:
        data = self._rows.row(kind, term)
        return () if data is None else msgspec.msgpack.decode(data, type=tuple[int, ...])
