"""What decorators of the project do with what they decorate."""

from __future__ import annotations

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.symbols import FunctionSymbol

_COPY_NAMES = frozenset({"update_wrapper", "wraps"})
# What only looks at a function.
_ASKING_NAMES = frozenset({"callable", "isasyncgenfunction", "iscoroutinefunction", "isgeneratorfunction", "signature"})


def returns_a_wrapper(decorator: FunctionSymbol, *, is_called: bool) -> bool:
    """Whether a decorator only puts a function of its own in place of what it decorates, and keeps that nowhere else.

    ``is_called``: it is written with arguments, and returns the decorator proper.
    """
    if decorator.fact.is_async or decorator.fact.is_generator or _keeps_something(decorator):
        return False
    inner = _returned_functions(decorator)
    return bool(inner) and (not is_called or all(returns_a_wrapper(each, is_called=False) for each in inner))


def _keeps_something(function: FunctionSymbol) -> bool:
    """Whether a function, when it runs, hands anything to anybody: a registry, an attribute, a global name."""
    if function.fact.global_names or function.module.mutations(function):
        return True
    return any(
        call.argument_count
        and call.usage is not ResultUse.DECORATOR
        and call.callee.split(".")[-1] not in _COPY_NAMES | _ASKING_NAMES
        for call in function.module.calls(function)
    )


def _returned_functions(function: FunctionSymbol) -> list[FunctionSymbol]:
    """The nested functions that are all a function returns, one of them each time: one for coroutines, say."""
    names = {value.text or value.via for value in function.fact.returned}
    if any(value.kind is not ValueKind.NAME for value in function.fact.returned):
        return []
    nested = [each for each in function.module.functions if each.fact.parent == function.fact.scope]
    found = [each for each in nested if each.name in names]
    return found if names == {each.name for each in found} else []
