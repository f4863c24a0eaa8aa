"""Containers that are filled once, from what the program is configured with."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.model.facts import Mutation, ResultUse
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import WIRING_WORDS

_SET_UP_VERBS = frozenset({"configure", "init", "initialise", "initialize", "load", "setup"})
_OWN = frozenset({"client", "connection"})
"""Who may be one of the program's own, made for an entry of its configuration."""


def is_filled_at_setup(additions: Iterable[tuple[Module, Mutation, str]]) -> bool:
    """Whether all entries are the program's own clients, put in by functions that set the program up, or made there of
    what the function is given."""
    return all(owner in _OWN and _is_set_up(module, fact) for module, fact, owner in additions)


def _is_set_up(module: Module, fact: Mutation) -> bool:
    function = module.scope_symbol(fact.scope)
    if not isinstance(function, FunctionSymbol):
        return False
    parameters = {word for parameter in function.fact.parameters for word in words(parameter.name)[-1:]}
    is_told = bool(WIRING_WORDS & parameters or _SET_UP_VERBS & set(words(function.name)[:1]))
    return is_told or (fact.operation == "append" and _is_made_here(module, function, fact.key))


def _is_made_here(module: Module, function: FunctionSymbol, name: str) -> bool:
    """Whether the function assigns the result of a call to a local variable of that name."""
    made = (call.target for call in module.calls(function) if call.usage is ResultUse.ASSIGNED)
    return bool(name) and name in made
