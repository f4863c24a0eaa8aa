"""Reads source text into facts."""

from __future__ import annotations

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts


def parse(source: str) -> ModuleFacts:
    facts = extract(source.encode())
    assert isinstance(facts, ModuleFacts)
    return facts
