"""The comment that stands above a definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.facts import Class, Function


def comment_above(definition: Class | Function, lines: Sequence[str]) -> Iterator[str]:
    """The lines of the comment directly above a definition, or above its decorators, the last one first, without their
    marks; ``lines`` are those of the file."""
    place = min((decorator.line for decorator in definition.decorators), default=definition.line) - 1
    while place and lines[place - 1].lstrip().startswith("#"):
        yield lines[place - 1].strip().lstrip("#").strip()
        place -= 1
