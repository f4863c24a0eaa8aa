"""Takes the lines of ``.gitattributes`` files apart, as git does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LONGEST = 2_047
"""Bytes of a line; git leaves out what is longer."""

_MACRO = "[attr]"
_BLANKS = re.compile(r"[ \t\r]+")
_NAME = re.compile(r"[A-Za-z0-9_.][-A-Za-z0-9_.]*")
_QUOTED = re.compile(rb'"((?:[^"\\]|\\[abfnrtv"\\]|\\[0-3][0-7]{2})*)"')
_ESCAPE = re.compile(rb"\\([0-3][0-7]{2}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}

State = bool | str | None
"""Of an attribute: set, unset, a value, or taken back (``!name``)."""


class Line(NamedTuple):
    """A pattern with the attributes that it gives to files; ``number`` counts from 1."""

    number: int
    pattern: str
    states: Sequence[tuple[str, State]]

    @property
    def macro(self) -> str:
        """The name of the macro that is defined in place of a pattern; empty for a pattern."""
        return self.pattern.removeprefix(_MACRO) if self.pattern.startswith(_MACRO) else ""


def lines_of(content: bytes) -> Iterator[Line]:
    """What a file says, without the lines that git leaves out. Patterns are as the file system has its names."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        given = line.strip(b" \t\r")
        if given and not given.startswith(b"#") and len(line) <= _LONGEST:
            pattern, words = _split(given)
            states = [_state(word) for word in words if word]
            if states and not pattern.startswith("!") and all(_NAME.fullmatch(name) for name, _ in states):
                yield Line(number, pattern, states)


def _split(line: bytes) -> tuple[str, Sequence[str]]:
    """The pattern and the words behind it; a pattern with blanks in it is quoted as in C."""
    quoted = _QUOTED.match(line)
    if quoted:
        return _text(_ESCAPE.sub(_unescape, quoted[1])), _BLANKS.split(_text(line[quoted.end() :]))
    pattern, *words = _BLANKS.split(_text(line))
    return pattern, words


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _unescape(match: re.Match[bytes]) -> bytes:
    character = match[1]
    return bytes([int(character, 8)]) if len(character) == 3 else _ESCAPED.get(character, character)


def _state(word: str) -> tuple[str, State]:
    name, separator, value = word.partition("=")
    if name.startswith("-"):
        return name[1:], False
    if name.startswith("!"):
        return name[1:], None
    return name, value if separator else True
