"""Comments for this tool: what they say, and which lines they are about.

The grammar is ``WORD[CODE, ...] reason``; see :func:`parse_directive`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Class, Directive, Function, ModuleFacts

CANONICAL = "canonical"
"""The word that pins the home: the definition it stands at is the source of truth."""

_GRAMMAR = re.compile(r"\A([\w-]*)\s*(\[([^\[\]]*)\])?(.*)", re.DOTALL)  # matches any text
_SEPARATORS = " \t:,-\N{EN DASH}\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A directive taken apart. ``codes`` is None where no brackets follow the word."""

    word: str
    codes: tuple[str, ...] | None
    reason: str


def parse_directive(text: str) -> Statement:
    """Take apart the text after ``ssot-lint:``. Whatever is no word and no codes is the reason."""
    word, brackets, codes, rest = _GRAMMAR.findall(text)[0]
    return Statement(
        word=word,
        codes=tuple(code for part in codes.split(",") if (code := part.strip())) if brackets else None,
        reason=rest.strip(_SEPARATORS),
    )


def directives_with_lines(facts: ModuleFacts) -> Iterator[tuple[Directive, frozenset[int]]]:
    """Each directive with the lines it is about.

    A trailing one is about its own line, one in a line of its own about the next line (and its own, so that it can
    be about the file as such). A directive at a decorator is about the definition, one at the first line of an
    import about all its names, one at the last line of an assignment about its first.
    """
    if not facts.directives:
        return
    further = _further_lines(facts)
    alone = {directive.line for directive in facts.directives if directive.own_line}
    for directive in facts.directives:
        target = directive.line
        while target in alone:
            target += 1
        yield directive, frozenset({directive.line, target, *further.get(target, ())})


def canonical_lines(facts: ModuleFacts) -> frozenset[int]:
    """The lines whose definition is marked ``# ssot-lint: canonical``."""
    return frozenset(
        line
        for directive, lines in directives_with_lines(facts)
        if parse_directive(directive.text).word == CANONICAL
        for line in lines
    )


def _further_lines(facts: ModuleFacts) -> Mapping[int, set[int]]:
    """Lines of which a directive is also about other lines."""
    found: dict[int, set[int]] = defaultdict(set)
    for line, place in _other_places(facts):
        if line != place:
            found[line].add(place)
    return found


def _other_places(facts: ModuleFacts) -> Iterator[tuple[int, int]]:
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    for definition in definitions:
        first = min((decorator.line for decorator in definition.decorators), default=definition.line)
        for line in range(first, definition.line):
            yield line, definition.line
    for statement in facts.imports:
        yield statement.statement, statement.line
    for binding in facts.bindings:
        yield binding.end_line, binding.line
