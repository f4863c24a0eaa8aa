"""The lines that sites stand in: their text, and the hash by which GitHub knows an alert again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from ssot_lint.extract.source import decode
from ssot_lint.model.facts import ParseFailure
from ssot_lint.text.lines import LINE_END

_TWO_UNITS = re.compile(r"[\U00010000-\U0010ffff]")
_WITHOUT_BLANKS = str.maketrans("", "", " \t")

_WINDOW = 100
_BASE = 37
_MODULUS = 2**64
_END_OF_FILE = "\uffff"
_AFTER_END = "\0"


class SourceLine(NamedTuple):
    """One line of a file: ``text`` without what ends it, and ``hash`` as codeql-action computes it."""

    text: str
    hash: str

    def end_column(self, column: int) -> int:
        """The column after the last character that is not blank, though not before ``column``; both count from 1."""
        return max(len(self.text.rstrip()) + 1, column)


SourceLines: TypeAlias = Mapping[tuple[str, int], SourceLine]
"""By path, relative to the project root, and number of the line, from 1. Lines that cannot be read are missing."""


def lines_of(content: bytes, numbers: Collection[int]) -> dict[int, SourceLine]:
    """The lines ``numbers`` of the Python file ``content``, as far as it has them.

    The hash is ``primaryLocationLineHash`` of github/codeql-action (src/fingerprints.ts): the first 100 UTF-16 units c
    of the text from the start of the line on, without spaces and tabs, line ends being LF, the end of the file 0xFFFF
    and what lies beyond it 0, give the sum of c[i] * 37 ** (99 - i) modulo 2 ** 64, as hexadecimal digits. After a
    colon stands how many lines so far begin with the same 100 units. The file is read as UTF-8, whatever its encoding.
    """
    seen: Counter[str] = Counter()
    found = {}
    for number, (text, window) in enumerate(zip(texts_of(content), _windows(content), strict=False), 1):
        seen[window] += 1
        if number in numbers:
            found[number] = SourceLine(text, f"{_polynomial(window):x}:{seen[window]}")
    return found


def texts_of(content: bytes) -> list[str]:
    """The lines of a Python file, without what ends them."""
    text = decode(content)
    return LINE_END.split(content.decode("utf-8", "replace") if isinstance(text, ParseFailure) else text)


def _windows(content: bytes) -> Iterator[str]:
    """What each line's hash is made of, a character standing for a UTF-16 unit."""
    text = LINE_END.sub("\n", content.decode("utf-8", "replace")).translate(_WITHOUT_BLANKS)
    units = f"{_TWO_UNITS.sub(_surrogates, text)}{_END_OF_FILE}{_AFTER_END * _WINDOW}"
    yield units[:_WINDOW]
    for newline in re.finditer("\n", units):
        yield units[newline.end() : newline.end() + _WINDOW]


def _surrogates(character: re.Match[str]) -> str:
    high, low = divmod(ord(character[0]) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def _polynomial(window: str) -> int:
    value = 0
    for unit in window:
        value = value * _BASE + ord(unit)
    return value % _MODULUS
