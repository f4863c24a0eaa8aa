"""Comments for this tool: what they say, and which lines they are about.

The grammar is ``WORD[CODE, ...] reason``; see :func:`parse_directive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Class, Directive, Function, ModuleFacts

MARKER = "ssot-lint:"
"""What makes a comment one for this tool."""

CANONICAL = "canonical"
"""The word that pins the home: the definition it stands at is the source of truth."""

MIRRORS = "mirrors"
"""The word that declares a copy: ``mirrors pkg.module:Name [A->B, ...]`` above the definition that follows another."""

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

    A trailing one is about the code it stands behind, one in a line of its own about the code below (and its own line,
    so that it can be about the file as such): a logical line or, in brackets, an element. One behind an opening or a
    closing bracket is about all that is in them, one at a decorator about the definition.
    """
    further = _decorated(facts) if facts.directives else {}
    for directive in facts.directives:
        if directive.marker == MARKER:
            yield directive, frozenset({*directive.about, *(further.get(line, line) for line in directive.about)})


def misspelt_directives(facts: ModuleFacts) -> Iterator[Directive]:
    """The comments that call this tool by a name that is nearly its own."""
    return (directive for directive in facts.directives if directive.marker != MARKER)


def canonical_lines(facts: ModuleFacts) -> frozenset[int]:
    """The lines whose definition is marked ``# ssot-lint: canonical``."""
    return frozenset(
        line
        for directive, lines in directives_with_lines(facts)
        if parse_directive(directive.text).word == CANONICAL
        for line in lines
    )


def _decorated(facts: ModuleFacts) -> Mapping[int, int]:
    """For each line of decorators that of the definition."""
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    return {
        line: definition.line
        for definition in definitions
        if definition.decorators
        for line in range(min(each.line for each in definition.decorators), definition.line)
    }
