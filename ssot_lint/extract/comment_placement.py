"""Where in a file the comment goes that is about a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from ssot_lint.extract.comment_slots import CommentSlots
from ssot_lint.model.directives import directives_with_lines, parse_directive
from ssot_lint.model.facts import Class, Directive, Function, ModuleFacts
from ssot_lint.model.record import SuppressionKind

WHOLE_FILE = 0
"""Stands for the line of what is in no line but in the file: its comment is the first line, and about that."""

_SHEBANG = "#!"
_GAP = 2
"""Blanks before a comment behind code, as PEP 8 has it."""


class SpotKind(Enum):
    """The ways to put a comment into a file."""

    ABOVE = "a line of its own above the line"
    BEHIND = "behind the code of the line"
    INTO = "into the directive of the line that begins at the column"


class Spot(NamedTuple):
    """A place for a comment; ``line`` and ``column`` count from 1 and are those of the file as it is."""

    kind: SpotKind
    line: int
    column: int = 1


@dataclass(frozen=True)
class CommentPlacement:
    """A file to put comments into. ``lines`` include what ends them; ``known`` is everything a rule can be called. A
    comment behind code ends within ``line_length`` columns, if it can stand above."""

    lines: Sequence[str]
    facts: ModuleFacts
    slots: CommentSlots
    known: frozenset[str]
    line_length: int

    def spot(self, line: int, comment: str) -> Spot | None:
        """Where ``comment`` has to stand to be about ``line``; None if no comment can be.

        That is an ``ignore`` that is about it already; else behind the code; but above it where that is full, and where
        it is the first of several lines in brackets, for there a comment would seem to be about what is in them.
        """
        if directive := self._directive(line):
            return Spot(SpotKind.INTO, directive.line, directive.column)
        if line == WHOLE_FILE:
            return Spot(SpotKind.ABOVE, 1) if self._is_free_above(1) else None
        is_free = line in self.slots.free
        if is_free and not self._opens_brackets(line) and self._has_room(line, comment):
            return Spot(SpotKind.BEHIND, line)
        for above in (self._decorators.get(line, line), self._statements.get(line, line)):
            if self._is_free_above(above):
                return Spot(SpotKind.ABOVE, above)
        return Spot(SpotKind.BEHIND, line) if is_free else None

    def _directive(self, line: int) -> Directive | None:
        """The first well-formed ``ignore`` that is about a line, but about no other imported name than those there."""
        for directive, lines in self._ignores[max(line, 1)]:
            is_first_line = directive.line == 1 and directive.own_line
            is_alone = directive.line == line or self._statements.keys().isdisjoint(lines - {line})
            if is_first_line if line == WHOLE_FILE else is_alone:
                return directive
        return None

    @cached_property
    def _ignores(self) -> Mapping[int, list[tuple[Directive, frozenset[int]]]]:
        """The well-formed ``ignore`` about each line, with all lines they are about."""
        found: dict[int, list[tuple[Directive, frozenset[int]]]] = defaultdict(list)
        for directive, lines in directives_with_lines(self.facts):
            statement = parse_directive(directive.text)
            is_ignore = statement.word == SuppressionKind.IGNORE.value and statement.codes
            if is_ignore and self.known.issuperset(statement.codes or ()):
                for line in lines:
                    found[line].append((directive, lines))
        return found

    @cached_property
    def _decorators(self) -> Mapping[int, int]:
        """For lines with a decorated definition, that of its first decorator."""
        definitions: tuple[Class | Function, ...] = (*self.facts.classes, *self.facts.functions)
        return {fact.line: min(each.line for each in fact.decorators) for fact in definitions if fact.decorators}

    @cached_property
    def _statements(self) -> Mapping[int, int]:
        """For lines with an imported name, that in which the statement begins."""
        return {fact.line: fact.statement for fact in self.facts.imports}

    def _opens_brackets(self, line: int) -> bool:
        return line in self.slots.inner and line - 1 not in self.slots.inner

    def _has_room(self, line: int, comment: str) -> bool:
        return len(behind(self.lines[line - 1].rstrip("\r\n"), comment).expandtabs()) <= self.line_length

    def _is_free_above(self, line: int) -> bool:
        if line == 1:
            return not self.lines or not self.lines[0].startswith(_SHEBANG)
        return line - 1 in self.slots.free or line - 1 in self.slots.taken


def behind(code: str, comment: str) -> str:
    """A line without its end, and a comment behind it."""
    blanks = len(code) - len(code.rstrip(" \t"))
    return f"{code}{' ' * (_GAP - blanks)}{comment}"
