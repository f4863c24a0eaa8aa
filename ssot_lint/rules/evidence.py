"""What a finding shows for its claim: facts for programs, and under the key ``text`` lines for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ssot_lint.model.finding import Json

TEXT = "text"
"""The key of the lines for people; every other key is a fact for programs."""

TEXT_LINES = 6
"""How many lines for people a finding keeps: what fits under it on a screen that shows several."""

Fact: TypeAlias = "bool | int | float | str | Sequence[Fact] | Mapping[str, Fact] | None"
"""What may stand in evidence: what JSON can say, in any kind of sequence and mapping."""


def build_evidence(facts: Mapping[str, Fact]) -> dict[str, Json]:
    """The facts as JSON, in their order.

    Of more lines under ``text`` than :data:`TEXT_LINES` the last one kept says how many there are besides; a rule with
    lines of two kinds gives each its share. Facts are never cut: a program gets all of them, and the message says how
    many there are.
    """
    evidence = {key: _as_json(fact) for key, fact in facts.items()}
    lines = evidence.get(TEXT)
    if not isinstance(lines, list) or len(lines) <= TEXT_LINES:
        return evidence
    shown = lines[: TEXT_LINES - 1]
    return {**evidence, TEXT: [*shown, f"and {len(lines) - len(shown):,} more"]}


def _as_json(fact: Fact) -> Json:
    if isinstance(fact, Mapping):
        return {key: _as_json(value) for key, value in fact.items()}
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        return [_as_json(value) for value in fact]
    return fact
