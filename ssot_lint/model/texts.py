"""One text for all facts that say the same: decoded, each fact has texts of its own."""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern

from msgspec.structs import force_setattr

from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.syntax import Fact


def share_texts(facts: ModuleFacts) -> None:
    """Have facts that were just decoded, and that nobody knows yet, take the texts that others have already: those of
    a few fields that are most of the room that texts take. It takes a third of the time of decoding."""
    _share(facts.imports, "module")
    _share((each for each in facts.imports if each.name), "name")
    _share(facts.calls, "callee")
    _share(facts.bindings, "name")
    _share(facts.attributes, "owner")
    _share(facts.attributes, "name")
    _share(facts.strings, "value")
    _share(facts.strings, "taker")
    _share(facts.constants, "name")
    _share(facts.constants, "taker")
    _share(facts.functions, "name")
    _share(facts.functions, "returns")
    parameters = [parameter for function in facts.functions for parameter in function.parameters]
    _share(parameters, "name")
    _share(parameters, "annotation")


def _share(facts: Iterable[Fact], field: str) -> None:
    for fact in facts:
        force_setattr(fact, field, intern(getattr(fact, field)))
