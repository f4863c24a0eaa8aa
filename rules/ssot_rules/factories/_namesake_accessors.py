"""Factories and accessors that are called the same in several modules. Shared by SSOT208 and SSOT209."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.factories import has_factory_name, is_called_by_framework
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout, is_parallel

# `create_client` says nothing about which client; `create_billing_client` does.
_TELLING_WORDS = 2


def namesake_accessors(project: Project, rule: Rule) -> Iterator[tuple[FunctionSymbol, ...]]:
    """Top-level functions of one name (named as factories are) that stand in at least two modules
    and are to be judged together, by place; the names in alphabetical order.

    Hooks are left out, and what is conditional, generated, or called by a framework only.
    """
    found: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for module in project.modules:
        if rule.applies_to(module) and is_handwritten(module):
            for function in module.top_level_functions:
                if _is_accessor(function):
                    found[function.name].append(function)
    for name in sorted(found):
        if len(found[name]) < 2 or is_hook_layout([function.module for function in found[name]]):
            continue
        for group in project.comparable_groups(found[name]):
            if len({function.module for function in group}) > 1:
                yield tuple(group)


def is_one_role(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two namesakes are meant to be the same: the name tells enough, they are not the same place in parallel
    folders, and their annotations do not say that they return different things."""
    said = {one.fact.returns, other.fact.returns} - {""}
    return has_telling_name(one) and len(said) < 2 and not is_parallel(one.module, other.module)


def has_telling_name(function: FunctionSymbol) -> bool:
    """Whether the name says in two words or more what it builds."""
    return len(_object_words(function.name)) >= _TELLING_WORDS


def calls_namesake(project: Project, function: FunctionSymbol, namesakes: Sequence[FunctionSymbol]) -> bool:
    """Whether a function calls one of its namesakes: a wrapper for callers of the other kind."""
    return any(
        call.module is function.module and call.fact.scope == function.fact.scope
        for namesake in namesakes
        if namesake is not function
        for call in project.calls_of(namesake)
    )


def _is_accessor(function: FunctionSymbol) -> bool:
    fact = function.fact
    if fact.name.startswith("_") or fact.is_generator or fact.guard is not Guard.NONE:
        return False
    return has_factory_name(fact.name) and not is_called_by_framework(function)


def _object_words(name: str) -> tuple[str, ...]:
    """The words that say what is built: ``client`` for ``async_get_client`` and ``client_factory``."""
    parts = tuple(word for word in words(name) if word != "async")
    return parts[:-1] if parts[-1:] in (("factory",), ("builder",)) else parts[1:]
