"""The pieces of code of a page, packed: code of copies is much alike, and takes a tenth of its length."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence

from ssot_lint.text.sanitize import code_in_columns

MOST_CODE_LINES = 300
FEWEST_CODE_LINES = 40
"""Of each place, if there are few or many places; what is longer is read in an editor."""
LONGEST_LINE = 240
_LINES_IN_ALL = 200_000
_SEPARATOR = "\0"
"""Never in a piece: what is not seen is escaped there."""
_BASE64 = 4 / 3
_LEVEL = 6
_FLUSHED = 32_768
"""Characters after which the packer has to say how long all has become; more often packs worse."""


class Codes:
    """Pieces of code, at most so many lines of each, until they take ``room`` bytes; each piece once."""

    def __init__(self, room: int, most_lines: int) -> None:
        self._room, self._most = room, most_lines
        self._numbers: dict[str, int] = {}
        self._packer = zlib.compressobj(_LEVEL)
        self._packed = bytearray()
        self._unknown = 0

    def number(self, lines: Sequence[str]) -> tuple[int, int]:
        """The number of the piece (-1 where there is no room, or none was read) and how many lines are left out."""
        text = "\n".join(_shown(line) for line in lines[: self._most])
        if text and text not in self._numbers and len(self._packed) * _BASE64 < self._room:
            self._add(text)
        if text not in self._numbers:
            return -1, len(lines)
        return self._numbers[text], max(len(lines) - self._most, 0)

    def packed(self) -> str:
        """All pieces in their order, with a NUL after each, as zlib's format in base64. Ends the collection."""
        self._packed += self._packer.flush()
        return base64.b64encode(self._packed).decode()

    def _add(self, text: str) -> None:
        self._numbers[text] = len(self._numbers)
        self._packed += self._packer.compress(f"{text}{_SEPARATOR}".encode())
        self._unknown += len(text)
        if self._unknown > _FLUSHED:
            self._packed += self._packer.flush(zlib.Z_SYNC_FLUSH)
            self._unknown = 0


def most_code_lines(places: int) -> int:
    """How many lines of each of so many places are shown: few of many, as nearly all are short."""
    return min(max(_LINES_IN_ALL // max(places, 1), FEWEST_CODE_LINES), MOST_CODE_LINES)


def _shown(line: str) -> str:
    text = code_in_columns(line.rstrip())
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]} ..."
