"""Which functions are certain to be what they look like: coroutine functions, or plain ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.singletons import is_cached
from ssot_rules.analysis.vocabulary import COROUTINE_QUESTIONS, SETTLED_DECORATORS


def is_coroutine_function(project: Project, function: FunctionSymbol) -> bool:
    """Whether a call of the function certainly makes a coroutine: ``async def``, and see :func:`is_settled`."""
    return function.fact.is_async and is_settled(project, function)


def gives_coroutine(project: Project, function: FunctionSymbol) -> bool:
    """Whether callers await what a function gives: it is ``async``, or hands on what one that is async made."""
    if function.fact.is_async:
        return True
    called = (
        project.resolve(function.module, function.fact.scope, value.text).symbol
        for value in function.fact.returned
        if value.kind is ValueKind.CALL
    )
    return any(isinstance(symbol, FunctionSymbol) and symbol.fact.is_async for symbol in called)


def is_replaced(call: CallReference) -> bool:
    """Whether the test in which a call stands puts something else in the place of what it calls:
    ``hub.close = AsyncMock()``, ``patch.object(hub, "close")``."""
    facts, name = call.module.facts, call.symbol.name
    if call.module.zone is not Zone.TEST:
        return False
    is_set = any(change.operation == "setattr" and change.key == name for change in facts.mutations)
    return is_set or any(use.value.rpartition(".")[2] == name for use in facts.strings)


def is_asked_about(call: CallReference) -> bool:
    """Whether a condition around a call asks at run time what it makes: ``if inspect.iscoroutinefunction(close)``."""
    branches, number = call.module.facts.branches, call.fact.branch
    while number >= 0:
        if any(question in branches[number].test for question in COROUTINE_QUESTIONS):
            return True
        number = branches[number].parent
    return False


def is_settled(project: Project, function: FunctionSymbol) -> bool:
    """Whether a call of the function does what this definition says: see :func:`is_what_it_says`; and overrides in
    subclasses are coroutine functions as it is."""
    owner = owner_of(function)
    return is_what_it_says(project, function) and (owner is None or not _is_changed(project, function, owner))


def is_what_it_says(project: Project, function: FunctionSymbol) -> bool:
    """Whether a call of this very function does what its definition says: it is no generator, and has no decorator
    that changes it, no condition around it, no later binding of its name."""
    if not _is_plain(project, function) or function.fact.is_generator or function.fact.guard is not Guard.NONE:
        return False
    owner = owner_of(function)
    return not _is_bound_again(function) and (owner is None or not _is_set_on_instances(project, function, owner))


def _is_set_on_instances(project: Project, function: FunctionSymbol, owner: ClassSymbol) -> bool:
    return any(
        attribute.name == function.name
        for ancestor in project.ancestry(owner)
        for attribute in ancestor.module.instance_attributes(ancestor)
    )


def _is_changed(project: Project, function: FunctionSymbol, owner: ClassSymbol) -> bool:
    """Whether a subclass overrides the method by something that may be of the other kind."""
    for other in _methods_named(project, function.name):
        cls = owner_of(other)
        if cls is None or cls is owner or owner not in project.ancestry(cls):
            continue
        is_alike = function.fact.is_async and other.fact.is_async and not other.fact.is_generator
        if not (is_alike and _is_plain(project, other)):
            return True
    return False


def _is_plain(project: Project, function: FunctionSymbol) -> bool:
    """Whether no decorator changes what a call gives; a cache gives it again."""
    others = [each for each in function.fact.decorators if each.name.rpartition(".")[2] not in SETTLED_DECORATORS]
    return not others or (len(others) == 1 and is_cached(project, function))


def _is_bound_again(function: FunctionSymbol) -> bool:
    """Whether the name comes to mean something else: the last one counts, and a ``global`` at any time."""
    facts, fact = function.module.facts, function.fact
    later = (other for other in facts.functions if other.parent == fact.parent and other.line > fact.line)
    if any(other.name == fact.name for other in later):
        return True
    bindings = (binding for binding in facts.bindings if binding.name == fact.name and binding.scope == fact.parent)
    return any(binding.line > fact.line or binding.within != binding.scope for binding in bindings)


def _methods_named(project: Project, name: str) -> Iterator[FunctionSymbol]:
    for module in project.modules_with(_method_names_in, name):
        yield from module.derived(_methods_by_name)[name]


def _method_names_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(module.derived(_methods_by_name))


def _methods_by_name(module: Module) -> Mapping[str, Sequence[FunctionSymbol]]:
    found: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in module.functions:
        if owner_of(function) is not None:
            found[function.name].append(function)
    return found
