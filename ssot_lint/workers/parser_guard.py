"""Source before it is parsed: what ends a line, and what the tokens tell about the parser's fate.

LibCST's parser recurses: nested brackets end its process at a depth of some hundreds, nested patterns keep it busy for
ever, and its time grows with the square of the longest chain of operators or calls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

MOST_BRACKETS = 200
"""CPython refuses deeper nesting too (MAXLEVEL of its tokenizer)."""

_SAFE_BYTES = 200_000
_SAFE_BRACKETS = 40
_SAFE_RUN = 400
_SAFE_INDENT = 100
_SAFE_ELIFS = 200
_SAFE_LAMBDAS = 40

# Alternatives that begin with different characters, so that nothing is ever tried twice.
_TOKEN = re.compile(
    rb"""
      (?P<string> (?:[A-Za-z]{1,2})?
        (?: \"{3} (?:[^\\]|\\.)*? \"{3} | '{3} (?:[^\\]|\\.)*? '{3}
          | "(?!"") (?:[^"\\\r\n]|\\.)* " | '(?!'') (?:[^'\\\r\n]|\\.)* ' ) )
    | (?P<comment> \# [^\r\n]* )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<end> [,;:] )
    | (?P<joined> \\ \r?\n [ \t\f]* (?:case\b)? )
    | (?P<line> [\r\n] [ \t\f]* (?:case\b)? )
    | (?P<word> \w+ )
    | (?P<quote> ["'] )
    | (?P<other> [^\s\w] )
    """,
    re.DOTALL | re.VERBOSE,
)
_LITERAL_BRACES = re.compile(rb"\{\{|\}\}")
_BRACKET = re.compile(rb"[(\[{}\])]")
_PARTNERS: Mapping[bytes, bytes] = MappingProxyType({b")": b"(", b"]": b"[", b"}": b"{"})
_STEPS: Mapping[int, int] = MappingProxyType({**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)})
_NO_BRACKETS = bytes(set(range(256)) - set(_STEPS))
_COOKIE = re.compile(rb"(?:[^\n]*\n)?[^\n]*coding[:=]")


class Shape(NamedTuple):
    """The extremes of a file. ``brackets`` is the deepest nesting, ``run`` the most tokens that no comma, colon,
    semicolon or end of statement divides, ``indent`` the deepest indentation in characters, ``elifs`` counts them,
    ``lambdas`` those of one statement, which may stand in each other and whose colons divide nothing, ``has_cases``: a
    line begins with ``case``. ``is_sure``: every string ends, and every bracket meets its own."""

    brackets: int
    run: int
    indent: int
    elifs: int
    lambdas: int
    has_cases: bool
    is_sure: bool


def measure(content: bytes) -> Shape:
    """Measure a file in one pass, in time linear in its size. Brackets in f-strings count."""
    meter = _ShapeMeter()
    is_plain = b"\0" not in content and not _COOKIE.match(content)
    for match in _TOKEN.finditer(content):
        if match.lastgroup == "quote":  # a string without an end: what follows is no code, and dear to search
            is_plain = False
            break
        meter.take(match.lastgroup or "", match[0])
    return meter.shape(is_plain)


def is_safe_in_process(content: bytes) -> bool:
    """Whether the parser surely comes back from a file, soon and alive: no extreme is near what was seen to hurt.

    The limits are a tenth of the depths at which LibCST 1.9 dies on a stack of 8 MB, and a run costs it milliseconds.
    """
    if len(content) > _SAFE_BYTES:
        return False
    shape = measure(content)
    return (
        shape.is_sure
        and not shape.has_cases
        and all(
            extreme <= limit
            for extreme, limit in (
                (shape.brackets, _SAFE_BRACKETS),
                (shape.run, _SAFE_RUN),
                (shape.indent, _SAFE_INDENT),
                (shape.elifs, _SAFE_ELIFS),
                (shape.lambdas, _SAFE_LAMBDAS),
            )
        )
    )


def is_nested_too_deeply(content: bytes) -> bool:
    """Whether brackets are nested deeper than CPython takes, and than LibCST survives.

    Brackets in strings are looked at only when there is suspicion: a file may hide its depth from this cheap look, and
    then only its worker dies of it.
    """
    depths = accumulate(_STEPS[bracket] for bracket in content.translate(None, _NO_BRACKETS))
    return max(depths, default=0) > MOST_BRACKETS and measure(content).brackets > MOST_BRACKETS


class _ShapeMeter:
    """Takes tokens one by one. ``_open`` are the brackets around the current one, ``_runs`` the tokens since the last
    division, at module level and in each of these brackets."""

    def __init__(self) -> None:
        self._open: list[bytes] = []
        self._runs = [0]
        self._brackets = self._run = self._indent = 0
        self._elifs = 0
        self._lambdas = self._most_lambdas = 0
        self._has_cases = False
        self._is_sure = True

    def take(self, kind: str, token: bytes) -> None:
        if kind == "word":
            self._elifs += token == b"elif"
            self._lambdas += token == b"lambda"
        elif kind == "open":
            self._enter(token)
        elif kind == "close":
            self._leave(token)
        elif kind == "end":
            self._divide()
            return
        elif kind in ("line", "joined"):
            self._has_cases = self._has_cases or token.endswith(b"case")
            self._end_line(token, is_joined=kind == "joined")
            return
        elif kind == "string":
            self._string(token)
        elif kind == "comment":
            return
        elif token == b"\\":
            self._is_sure = False
        self._runs[-1] += 1

    def shape(self, is_plain: bool) -> Shape:
        """What was measured, ``is_plain`` being what must hold besides for it to be sure."""
        self._divide()
        return Shape(
            brackets=self._brackets,
            run=self._run,
            indent=self._indent,
            elifs=self._elifs,
            lambdas=max(self._lambdas, self._most_lambdas),
            has_cases=self._has_cases,
            is_sure=self._is_sure and is_plain and not self._open,
        )

    def _enter(self, bracket: bytes) -> None:
        self._runs[-1] += 1
        self._open.append(bracket)
        self._runs.append(0)
        self._brackets = max(self._brackets, len(self._open))

    def _leave(self, bracket: bytes) -> None:
        if not self._open or self._open[-1] != _PARTNERS[bracket]:
            self._is_sure = False
            if not self._open:
                return
        self._divide()
        self._open.pop()
        self._runs.pop()

    def _divide(self) -> None:
        self._run = max(self._run, self._runs[-1])
        self._runs[-1] = 0

    def _end_line(self, token: bytes, *, is_joined: bool) -> None:
        if not self._open and not is_joined:
            self._divide()
            self._most_lambdas, self._lambdas = max(self._most_lambdas, self._lambdas), 0
            self._indent = max(self._indent, len(token) - 1)

    def _string(self, token: bytes) -> None:
        prefix = token[: token.index(token[-1:])].lower()
        if b"f" in prefix or b"t" in prefix:
            depth = len(self._open)
            for bracket in _BRACKET.findall(_LITERAL_BRACES.sub(b"", token)):
                (self._enter if bracket in _PARTNERS.values() else self._leave)(bracket)
            self._is_sure = self._is_sure and len(self._open) == depth
