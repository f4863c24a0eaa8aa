"""Which lines a directive is about by its place in the text, however a formatter lays the code out.

A formatter breaks logical lines at brackets and commas, and takes a comment along with the code it stands at. So a
comment belongs to an element of the innermost brackets around it (to the logical line, where there are none), and to
the lines in which those brackets and the logical line begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*)|(?P<joint>\\(?:\r\n|\r|\n))|(?P<end>\r\n|\r|\n)|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<comma>,)|(?P<code>[^\s()\[\]{},#\\]+)"
)
_IMPORT = re.compile(r"(?:lazy\s+)?(?:from|import)\b")
_DEFINITION = re.compile(r"(?:class|def|async)\b")


class Span(NamedTuple):
    """A piece of the text: the offsets of its first and of its last token."""

    first: int
    last: int


def reach_of_comments(
    text: str, leaves: Iterable[tuple[int, int]], comments: Collection[int]
) -> Mapping[int, list[Span]]:
    """What each of the comments beginning at the offsets ``comments`` is about.

    ``leaves`` are where names, numbers and strings begin and end: what is in them is neither bracket nor comment.
    """
    scanner = _Scanner(text, frozenset(comments))
    for token in _TOKEN.finditer("".join(_masked(text, leaves))):
        scanner.take(token)
    scanner.finish()
    return scanner.reach


def _masked(text: str, leaves: Iterable[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in leaves:
        yield text[done:start]
        yield "x" * (end - start)
        done = end
    yield text[done:]


@dataclass
class _Level:
    """A pair of brackets that is open, or the logical line. ``first`` is where its current element begins, -1 before
    it does, ``previous`` where the one before began. Comments wait: those ``behind`` the opening bracket, those
    ``above`` an element that has not begun, those ``on`` one that has."""

    opening: int
    first: int = -1
    previous: int = -1
    behind: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    on: list[int] = field(default_factory=list)


class _Line(NamedTuple):
    """A logical line that has ended. ``header`` is where the definition begins whose body begins with it, -1 for none;
    ``opens`` where the definition begins whose header it is."""

    column: int
    comments: tuple[int, ...] = ()
    header: int = -1
    opens: int = -1


class _Scanner:
    """Passes the tokens of a text."""

    def __init__(self, text: str, comments: frozenset[int]) -> None:
        self.reach: dict[int, list[Span]] = defaultdict(list)
        self._text = text
        self._comments = comments
        self._levels = [_Level(-1)]
        self._line_start = 0
        self._column = 0
        self._is_blank = True
        self._is_own_line = True
        self._last = -1
        self._trailing: list[int] = []
        self._ended = _Line(-1)

    def take(self, token: re.Match[str]) -> None:
        """Pass the next token."""
        kind, start = token.lastgroup, token.start()
        if kind == "end":
            self._end_line(token.end())
            return
        self._is_blank = False
        if kind == "comment":
            if start in self._comments:
                self._comment(start)
            return
        self._is_own_line = False
        if kind == "comma" and len(self._levels) > 1:
            self._end_element(start)
        elif kind == "close" and len(self._levels) > 1:
            self._close(start)
        elif kind != "joint":
            self._begin_element(start)
            if kind == "open":
                self._levels.append(_Level(start))
        self._last = token.end() - 1

    def finish(self) -> None:
        """The text has ended."""
        self._end_line(len(self._text))
        self._begin_logical_line(-1)

    def _comment(self, start: int) -> None:
        level = self._levels[-1]
        self.reach[start].append(Span(start, start))
        if self._is_own_line:
            (level.above if level.first < 0 else level.on).append(start)
        elif level.first < 0 and level.previous < 0:
            level.behind.append(start)
        else:
            self.reach[start].append(Span(max(level.first, level.previous), start))
            self._trailing.append(start)
        if not _IMPORT.match(self._text, max(self._levels[0].first, 0)):
            around = (self._levels[0].first, *(each.opening for each in self._levels[1:]))
            self.reach[start].extend(Span(offset, offset) for offset in around if offset >= 0)

    def _begin_element(self, start: int) -> None:
        level = self._levels[-1]
        if level.first < 0:
            level.first = start
            level.on, level.above = level.above, []
            if len(self._levels) == 1:
                self._begin_logical_line(start - self._line_start)

    def _end_element(self, last: int) -> None:
        level = self._levels[-1]
        if level.first >= 0:
            for comment in level.on:
                self.reach[comment].append(Span(level.first, last))
            level.first, level.previous, level.on = -1, level.first, []

    def _close(self, start: int) -> None:
        self._end_element(start)
        level = self._levels.pop()
        for comment in level.behind:
            self.reach[comment].append(Span(level.opening, start))
        for comment in level.above:
            self.reach[comment].append(Span(start, start))

    def _end_line(self, after: int) -> None:
        level = self._levels[0]
        if len(self._levels) == 1:
            if level.first >= 0:
                self._end_logical_line(level)
            elif self._is_blank:
                level.above.clear()
        self._line_start = after
        self._is_blank = self._is_own_line = True

    def _end_logical_line(self, level: _Level) -> None:
        first, before = level.first, self._ended
        is_header = self._text[self._last] == ":" and _DEFINITION.match(self._text, first)
        self._ended = _Line(self._column, tuple(self._trailing), before.opens, first if is_header else -1)
        self._end_element(self._last)
        self._levels = [_Level(-1)]
        self._trailing = []

    def _begin_logical_line(self, column: int) -> None:
        """What stands behind the only line of a body stood behind the definition, when all was in one line."""
        before = self._ended
        if before.header >= 0 and column < before.column:
            for comment in before.comments:
                self.reach[comment].append(Span(before.header, before.header))
        self._column = column
