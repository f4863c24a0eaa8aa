"""The document that ``ssot-lint where -f json`` writes: one struct per object, its fields in the order of their keys.

``where.schema.json`` beside this file is made from these structs. Paths are POSIX and relative to the project root.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from ssot_lint.model.source import Zone
from ssot_lint.query import answer
from ssot_lint.query.answer import Relation, Response
from ssot_lint.query.entries import Kind
from ssot_lint.reporters.json_text import JsonObject, json_text

ANSWER_SCHEMA_VERSION: Literal[1] = 1

Share = Annotated[float, Meta(ge=0, le=1, description="Of the lines, how many are equal.")]
Count = Annotated[int, Meta(ge=0)]


class DefinitionJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A definition."""

    symbol: Annotated[str, Meta(description="package.module:Qual.name")]
    kind: Kind
    path: str
    line: Annotated[int, Meta(ge=1)]
    column: Annotated[int, Meta(ge=1)]
    end_line: Count
    signature: str
    docstring: Annotated[str, Meta(description="Its first line.")]
    zone: Zone
    importers: Annotated[int, Meta(ge=0, description="Other modules that import it.")]


class WayJson(Struct, frozen=True, forbid_unknown_fields=True):
    """How to get at a definition."""

    statement: Annotated[str, Meta(description="The import to write; empty where there is none.")]
    obstacle: Annotated[str, Meta(description="What stands in its way; empty where there is an import.")]


class OtherJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Another definition, as it is to the home."""

    relation: Relation
    share: Share
    definition: DefinitionJson


class FactoryJson(Struct, frozen=True, forbid_unknown_fields=True):
    """The function that builds a class."""

    definition: DefinitionJson
    way: WayJson


class AnswerJson(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that there is already."""

    asked: Annotated[str, Meta(description="What of the question it answers.")]
    relation: Annotated[Relation, Meta(description="How the home is what was asked for.")]
    share: Share
    home: DefinitionJson
    reason: Annotated[str, Meta(description="Why that is the home.")]
    way: WayJson
    factory: FactoryJson | None
    components: Annotated[list[str], Meta(description="Declared components that it belongs to.")]
    others: list[OtherJson]
    more_others: Annotated[int, Meta(ge=0, description="Others that are not listed.")]


class PlaceJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a file."""

    path: str
    line: int


class LiteralJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A text that is written out in several files."""

    value: str
    places: Count
    files: Count
    first: list[PlaceJson]


class ResponseJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What `ssot-lint where -f json` writes, schema version 1. Text from the code is data, whatever it says."""

    schema_version: Literal[1]
    question: str
    answers: Annotated[list[AnswerJson], Meta(description="Best first.")]
    more: Annotated[int, Meta(ge=0, description="Answers that are not listed.")]
    literals: list[LiteralJson]
    unknown: Annotated[list[str], Meta(description="The parts of the question to which there is nothing like it.")]
    unread: Annotated[
        list[str], Meta(description="Files that could not be read, in which there may be what is missing here.")
    ]


def render_answer_json(response: Response) -> str:
    """Render what is answered to a question."""
    document: JsonObject = msgspec.to_builtins(response_json(response))
    return json_text(document)


def response_json(response: Response) -> ResponseJson:
    """The document of a response."""
    literals = [
        LiteralJson(each.value, each.uses.places, each.uses.files, [PlaceJson(*place) for place in each.uses.first])
        for each in response.literals
    ]
    answers = [_answer(each) for each in response.answers]
    return ResponseJson(
        ANSWER_SCHEMA_VERSION,
        response.question,
        answers,
        response.more,
        literals,
        list(response.unknown),
        list(response.unread),
    )


def _answer(each: answer.Answer) -> AnswerJson:
    others = [OtherJson(other.relation, other.share, _definition(other.definition)) for other in each.others]
    factory = None
    if each.factory is not None and each.factory_way is not None:
        factory = FactoryJson(_definition(each.factory), _way(each.factory_way))
    return AnswerJson(
        each.asked,
        each.relation,
        each.share,
        _definition(each.home),
        each.reason,
        _way(each.way),
        factory,
        list(each.components),
        others,
        each.more,
    )


def _definition(each: answer.Definition) -> DefinitionJson:
    return msgspec.convert(each, DefinitionJson, from_attributes=True)


def _way(each: answer.Way) -> WayJson:
    return WayJson(each.statement, each.obstacle)
