"""The text of a file that changes, and the places in it. Bytes that no change is about stay what they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from io import BytesIO, StringIO
from tokenize import detect_encoding
from typing import NamedTuple

import libcst as cst


class RefusedError(Exception):
    """Why an edit cannot be made: a clause."""


class Splice(NamedTuple):
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


class Source:
    """A file as text. ``lines`` have their ends."""

    def __init__(self, content: bytes) -> None:
        """Raises RefusedError for what cannot be decoded and encoded again."""
        self.content = content
        try:
            self.encoding, _ = detect_encoding(BytesIO(content).readline)
            self.text = content.decode(self.encoding)
            if self.text.encode(self.encoding) != content:
                raise RefusedError(f"its {self.encoding} cannot be written back as it is")
        except (SyntaxError, UnicodeError, LookupError, ValueError) as error:
            raise RefusedError("it cannot be decoded") from error

    @cached_property
    def lines(self) -> list[str]:
        return list(StringIO(self.text, newline=""))

    @cached_property
    def newline(self) -> str:
        """How the first line ends."""
        first = self.lines[0] if self.lines else ""
        return first[len(first.rstrip("\r\n")) :] or "\n"

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line))
        return starts

    def offset(self, line: int, column: int = 1) -> int:
        """Where a place is; that of the line after the last one is the end. Raises RefusedError where there is none."""
        if not 0 < line <= len(self._starts):
            raise RefusedError("the place is not there")
        return self._starts[line - 1] + column - 1

    def line_of(self, offset: int) -> int:
        """The line in which a character stands."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return low + 1

    def lines_of(self, splice: Splice) -> tuple[int, int, str] | None:
        """A splice that is about whole lines: the first one, the one behind the last, their new text."""
        first, end = self.line_of(splice.start), self.line_of(splice.end)
        is_whole = (self.offset(first), self.offset(end)) == (splice.start, splice.end)
        return (first, end, splice.text) if is_whole and first < end else None

    @cached_property
    def tree(self) -> cst.Module:
        """The tree of the file. Raises RefusedError unless it gives the text back."""
        try:
            tree = cst.parse_module(self.text)
        except Exception as error:  # LibCST has more errors than its own
            raise RefusedError("it cannot be parsed") from error
        if tree.code != self.text:
            raise RefusedError("it has white space that the parser does not give back")
        return tree

    def changed(self, splices: Iterable[Splice]) -> bytes:
        """The file with ``splices`` made; of those at one place the first one comes first.

        Raises RefusedError where two of them are about the same text, and for what its encoding has no word for.
        """
        text = self.text
        for splice in reversed(self._united(splices)):
            text = text[: splice.start] + splice.text + text[splice.end :]
        try:
            return text.encode(self.encoding)
        except UnicodeError as error:
            raise RefusedError(f"it is in {self.encoding}, which cannot say that") from error

    def _united(self, splices: Iterable[Splice]) -> list[Splice]:
        """In order, with deletions that meet made one, which takes the empty lines above along."""
        found: list[Splice] = []
        for splice in sorted(splices, key=lambda splice: splice[:2]):
            if found and splice.start < found[-1].end:
                before = found.pop()
                if splice.text or before.text:
                    raise RefusedError("another change is about the same lines")
                start = len(self.text[: before.start].rstrip("\r\n")) + len(self.newline)
                splice = Splice(min(start, before.start), max(before.end, splice.end), "")
            found.append(splice)
        return found


def indent_of(line: str) -> str:
    """The white space that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]
