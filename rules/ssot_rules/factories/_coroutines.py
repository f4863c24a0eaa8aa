"""Which functions are certain to be what they look like: coroutine functions, or plain ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_rules.analysis.factories import owner_of


def is_coroutine_function(project: Project, function: FunctionSymbol) -> bool:
    """Whether a call of the function certainly makes a coroutine: ``async def``, and see :func:`is_settled`."""
    return function.fact.is_async and is_settled(project, function)


def is_settled(project: Project, function: FunctionSymbol) -> bool:
    """Whether a call of the function does what this definition says: it is no generator, and has no decorator, no
    condition around it, no other binding of its name; overrides in subclasses are coroutine functions as it is."""
    if function.fact.decorators or function.fact.is_generator or function.fact.guard is not Guard.NONE:
        return False
    if _is_bound_again(function):
        return False
    owner = owner_of(function)
    return owner is None or not (
        _is_set_on_instances(project, function, owner) or _is_changed(project, function, owner)
    )


def _is_set_on_instances(project: Project, function: FunctionSymbol, owner: ClassSymbol) -> bool:
    return any(
        attribute.name == function.name
        for ancestor in project.ancestry(owner)
        for attribute in ancestor.module.instance_attributes(ancestor)
    )


def _is_changed(project: Project, function: FunctionSymbol, owner: ClassSymbol) -> bool:
    """Whether a subclass overrides the method by something that may be of the other kind."""
    for other in project.derived(_methods_by_name)[function.name]:
        cls = owner_of(other)
        if other is function or cls is None or owner not in project.ancestry(cls):
            continue
        if not (function.fact.is_async and other.fact.is_async and not other.fact.decorators):
            return True
    return False


def _is_bound_again(function: FunctionSymbol) -> bool:
    facts, fact = function.module.facts, function.fact
    defined = sum(other.name == fact.name and other.parent == fact.parent for other in facts.functions)
    return defined > 1 or any(binding.name == fact.name and binding.scope == fact.parent for binding in facts.bindings)


def _methods_by_name(project: Project) -> Mapping[str, tuple[FunctionSymbol, ...]]:
    found: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in project.functions():
        if owner_of(function) is not None:
            found[function.name].append(function)
    return {name: tuple(functions) for name, functions in found.items()}
