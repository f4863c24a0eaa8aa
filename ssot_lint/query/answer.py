"""What is answered to "is there one already, and where is its home?"."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.model.source import Zone
from ssot_lint.query.entries import Found, Kind, LiteralUses


class Relation(Enum):
    """How a definition is what was asked for."""

    PLACE = "place"
    """It stands at the line, or is imported there."""
    NAME = "name"
    WORDS = "words"
    """Its name has the same words."""
    VALUE = "value"
    CONTAINS = "contains"
    """Its name has all these words, and others."""
    MODULE = "module"
    """Its name and that of its module have all these words between them, in full or in short."""
    SHORT = "short"
    """They have these words, some of them abbreviated."""
    PARTLY = "partly"
    """Its name has half of these words or more, one of them in few names; its docstring may have others."""
    EQUAL = "equal"
    RENAMED = "renamed"
    """Its code is equal but for its own names."""
    NEAR = "near"
    """At least 70 % of the lines are equal."""
    ALIKE = "alike"
    """At least 80 % of the lines are equal but for its own names."""


class Definition(msgspec.Struct, frozen=True):
    """A definition; ``importers`` counts the other modules that import it."""

    symbol: str
    kind: Kind
    path: str
    line: int
    column: int
    end_line: int
    signature: str
    docstring: str
    zone: Zone
    importers: int


class Other(msgspec.Struct, frozen=True):
    """Another definition, as it is to the home; ``share`` of equal lines, 1.0 for equal code."""

    definition: Definition
    relation: Relation
    share: float


class Way(msgspec.Struct, frozen=True):
    """The import to write; where that is empty, ``obstacle`` says why there is none, as a clause."""

    statement: str
    obstacle: str = ""


class Answer(msgspec.Struct, frozen=True):
    """One thing that there is already. ``asked`` is what of the question it answers, ``relation`` and ``share`` are
    those of the home to it; ``reason`` says why it is the home, ``way`` how to get at it, and at its ``factory``;
    ``more`` others are not named."""

    asked: str
    relation: Relation
    share: float
    home: Definition
    reason: str
    way: Way
    factory: Definition | None
    factory_way: Way | None
    components: tuple[str, ...]
    others: tuple[Other, ...]
    more: int

    def with_others(self, others: tuple[Other, ...], more: int) -> Answer:
        """The same answer with other ``others``."""
        return msgspec.structs.replace(self, others=others, more=more)


class Literal(msgspec.Struct, frozen=True):
    """A text that is written out in several files."""

    value: str
    uses: LiteralUses


class Response(msgspec.Struct, frozen=True):
    """All that there is to say to ``question``: ``answers``, best first, and how many more there would be;
    ``literals``; the parts of the question, as names, to which there is nothing like it; and a sentence in place of all
    that. ``unread`` are the files that could not be read, in which there may be what is missing here."""

    question: str
    answers: tuple[Answer, ...]
    more: int = 0
    literals: tuple[Literal, ...] = ()
    unknown: tuple[str, ...] = ()
    remark: str = ""
    unread: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing like it."""
        return not (self.answers or self.literals)


def definition_of(found: Found) -> Definition:
    """What an answer says of a definition."""
    entry, file = found.entry, found.file
    return Definition(
        found.symbol,
        entry.kind,
        file.path,
        entry.line,
        entry.column,
        entry.end_line,
        entry.signature,
        entry.docstring,
        file.zone,
        entry.importers,
    )
