"""What functions make and hand out other than by returning it at once."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.syntax import BranchKind, Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module


def kept_products(project: Project, function: FunctionSymbol) -> Iterator[ClassSymbol]:
    """The classes that a function makes for a variable of the module and returns: ``global _x; _x = Thing(); return
    _x``."""
    returned = {value.text for value in function.fact.returned if value.kind is ValueKind.NAME}
    for name in sorted(returned & set(function.fact.global_names)):
        for value in _global_values(function, name):
            product = project.constructed_class(function.module, function.fact.scope, value)
            if product is not None:
                yield product


def yielded_products(project: Project, function: FunctionSymbol) -> Iterator[ClassSymbol]:
    """The classes of what a function makes and yields in one place, not again and again, as context managers and
    dependencies do: ``thing = Thing(); yield thing; thing.close()``."""
    values = function.fact.yielded
    if len({value.line for value in values}) != 1 or _is_in_loop(function.module, values[0].branch):
        return
    for value in values:
        product = project.constructed_class(function.module, function.fact.scope, value)
        if product is not None:
            yield product


def _is_in_loop(module: Module, branch: int) -> bool:
    while branch >= 0:
        if module.facts.branches[branch].kind is BranchKind.LOOP:
            return True
        branch = module.facts.branches[branch].parent
    return False


def _global_values(function: FunctionSymbol, name: str) -> Iterator[Value]:
    """What a function assigns to a name that it declares global."""
    for binding in function.module.facts.bindings:
        if binding.name == name and binding.within == function.fact.scope and binding.value is not None:
            yield binding.value
