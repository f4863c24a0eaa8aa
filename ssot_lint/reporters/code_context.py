"""The lines around a statement that a report shows: a handler is read with what it handles."""

from __future__ import annotations

from collections.abc import Sequence

_NEAR = 2
"""Lines before and after a statement at the top of a file."""
_FURTHEST = 12
"""Lines before and after one that stands in a block."""
_LONGEST_STATEMENT = 6
"""Lines of a statement that does not speak for itself."""
_DEFINITIONS = ("class ", "def ", "async def ", "@")
_FURTHER_PARTS = ("except", "elif ", "else", "finally", "case ")


def surroundings(lines: Sequence[str], first: int, last: int) -> tuple[Sequence[str], Sequence[str]]:
    """The lines before and after the statement in lines ``first`` to ``last``, counted from 1: those of the block that
    it stands in, with the line that opens it and, of a ``try`` or ``if``, its other parts; a few at the top of a file.
    None around a definition, nor around what is long itself."""
    meant = lines[first - 1 : last]
    if not meant or len(meant) > _LONGEST_STATEMENT or meant[0].lstrip().startswith(_DEFINITIONS):
        return (), ()
    indent = _indent(meant[0])
    start = _opening(lines, first - 1, indent) if indent else max(first - 1 - _NEAR, 0)
    outer = _indent(lines[start]) if indent else 0
    end, most = last, min(len(lines), last + (_FURTHEST if indent else _NEAR))
    while end < most and _goes_on(lines[end], outer, is_inner=indent > 0):
        end += 1
    return _without_blank_ends(lines[max(start, first - 1 - _FURTHEST) : first - 1], lines[last:end])


def _opening(lines: Sequence[str], at: int, indent: int) -> int:
    """The line that opens the block of the line at an index."""
    return next((each for each in range(at, -1, -1) if lines[each].strip() and _indent(lines[each]) < indent), 0)


def _goes_on(line: str, outer: int, *, is_inner: bool) -> bool:
    """Whether a line still belongs to the statement whose first line is indented by ``outer``."""
    if not is_inner or not line.strip() or _indent(line) > outer:
        return True
    return _indent(line) == outer and line.lstrip().startswith(_FURTHER_PARTS)


def _without_blank_ends(before: Sequence[str], after: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    while before and not before[0].strip():
        before = before[1:]
    while after and not after[-1].strip():
        after = after[:-1]
    return before, after


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
