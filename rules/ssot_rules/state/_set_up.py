"""Which methods run only while an object is being made."""

from __future__ import annotations

from collections.abc import Mapping, Set

from ssot_lint.project.symbols import ClassSymbol
from ssot_rules.analysis.own_calls import named_in_own_calls
from ssot_rules.analysis.vocabulary import CONSTRUCTORS


def setting_up(cls: ClassSymbol) -> Set[str]:
    """The names of the constructors of ``cls``, and of its private methods that nothing in it but these, or others of
    them, calls or hands on: what they fill is filled once."""
    methods = cls.module.methods(cls)
    named = {method.name: named_in_own_calls(method) for method in methods}
    users = {name: {user for user, names in named.items() if name in names and user != name} for name in named}
    found = {name for name in named if name in CONSTRUCTORS}
    while added := {name for name in named.keys() - found if _is_only_for(name, users, found)}:
        found |= added
    return found


def _is_only_for(name: str, users: Mapping[str, Set[str]], setters: Set[str]) -> bool:
    return name.startswith("_") and bool(users[name]) and users[name] <= setters
