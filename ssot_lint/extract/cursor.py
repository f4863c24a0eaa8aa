"""Exact positions for the leaves of a LibCST tree, without LibCST's PositionProvider.

LibCST nodes carry no positions, and its provider costs three times as much as the parse. But a tree keeps every
token of its source, so the leaves (names, numbers, strings) met in source order lie in the text one after the
other, with nothing between them but operators, keywords, white space and comments. The cursor walks the text
along with the leaves: each is found by :meth:`str.find` from where the last one ended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from io import StringIO
from itertools import accumulate

from ssot_lint.text.lines import LINE_END

# A gap between two leaves that holds no comment and does not end inside a word.
_CLEAN_GAP = re.compile(r"(?:[^#]*[^#\w])?\Z")
_COMMENT = re.compile(r"#[^\r\n]*")
_BRACKETS = re.compile(r"[()\[\]{}]")
_TO_LOGICAL_END = re.compile(r"[()\[\]{};]|#[^\r\n]*|\\(?:\r\n|\r|\n)|\r\n|\r|\n")
_LONG_GAP = 100
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Cursor:
    """Walks one text along with the leaves of its tree.

    ``offset`` is where the last leaf ended, ``start`` where it began; ``comments`` are ``(offset, text)`` of
    the comments passed so far that contain ``marker``; ``leaves`` where all leaves began and ended, if the text does.
    """

    def __init__(self, text: str, marker: re.Pattern[str]) -> None:
        self.text = text
        self.start = 0
        self.offset = 0
        self.comments: list[tuple[int, str]] = []
        self.leaves: list[tuple[int, int]] = []
        self._marker = marker if marker.search(text) else None
        self._line_starts = _line_starts(text)
        self._depth = 0

    @property
    def line_count(self) -> int:
        """Physical lines; a last line without a line end counts."""
        return len(self._line_starts) - (self._line_starts[-1] == len(self.text))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def leaf(self, value: str) -> int:
        """Pass the next leaf, whose source text is ``value``; the offset where it starts."""
        text, offset = self.text, self.offset
        start = text.find(value, offset)
        gap = text[offset:start]
        depth = _depth_of_clean(gap) if len(gap) < _LONG_GAP else None
        end = start + len(value)
        if depth is None or start < 0 or text[end : end + 1].isidentifier():
            start, depth = self._search(value, start)
            end = start + len(value)
        self._depth += depth
        self.start = start
        self.offset = end
        if self._marker:
            self.leaves.append((start, end))
        return start

    def keyword(self, word: str) -> int:
        """Offset of the next keyword ``word``, without passing it."""
        return self._find(word, self.offset)

    def end_of_statement(self) -> int:
        """Offset of the last character of the simple statement that the last leaf stands in."""
        depth = self._depth
        last = self.offset
        for match in _TO_LOGICAL_END.finditer(self.text, self.offset):
            token = match.group()
            change = _DEPTH.get(token)
            if change is not None:
                depth += change
                last = match.end()
            elif token in ("\n", "\r\n", "\r", ";") and depth <= 0:
                break
        return max(last - 1, 0)

    def _search(self, value: str, start: int) -> tuple[int, int]:
        """The careful way to the next leaf: past comments, keywords and longer words."""
        if start < 0:
            # Never seen on a tree that LibCST parsed; the position stays close instead of running away.
            return self.offset, 0
        start = self._find(value, self.offset)
        return start, _bracket_depth(_COMMENT.sub("", self.text[self.offset : start]))

    def _find(self, value: str, offset: int) -> int:
        """The next ``value`` that is a whole word and in no comment; ``offset`` where there is none."""
        text = self.text
        origin = offset
        while True:
            start = text.find(value, offset)
            if start < 0:
                return origin
            comment = text.find("#", offset, start)
            if comment >= 0:
                offset = self._pass_comment(comment)
            elif self._continues(value, start):
                offset = start + 1
            else:
                return start

    def _continues(self, value: str, start: int) -> bool:
        """Whether the text at ``start`` is only a part of a longer word."""
        if not value.isidentifier():
            return False
        before = self.text[start - 1] if start else ""
        end = start + len(value)
        return _is_word(before) or _is_word(self.text[end : end + 1])

    def _pass_comment(self, start: int) -> int:
        match = LINE_END.search(self.text, start)
        end = match.start() if match else len(self.text)
        if self._marker and self._marker.search(self.text, start, end):
            comment = (start, self.text[start:end])
            if not self.comments or self.comments[-1] < comment:
                self.comments.append(comment)
        return end

    def finish(self) -> None:
        """Pass the comments behind the last leaf."""
        offset = self.offset
        while (start := self.text.find("#", offset)) >= 0:
            offset = self._pass_comment(start)


def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin; what ends with a line end has an empty line behind it."""
    starts = [0, *accumulate(map(len, StringIO(text, newline="")))]
    if starts[-1] and text[-1] not in "\r\n":
        starts.pop()
    return starts


@lru_cache(maxsize=4096)  # nearly all gaps are one of a few hundred
def _depth_of_clean(gap: str) -> int | None:
    """By how much the brackets in a gap nest deeper; None if it holds a comment or ends inside a word."""
    return _bracket_depth(gap) if _CLEAN_GAP.match(gap) else None


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _bracket_depth(text: str) -> int:
    return sum(_DEPTH[match.group()] for match in _BRACKETS.finditer(text))
