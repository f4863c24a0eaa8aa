"""What runs only while modules are imported."""

from __future__ import annotations

from collections.abc import Set

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.class_kinds import is_metaclass
from ssot_rules.analysis.parts import united

_WITH_SUBCLASSES = frozenset({"__init_subclass__", "__set_name__"})
"""Methods of any class that Python calls for each class that is made."""
_WITH_CLASSES = frozenset({"__init__", "__new__", "__prepare__"})
"""The same for a metaclass."""

# Functions that call each other at import are followed that far: bounds the work for generated code.
_LONGEST_CHAIN = 5


def runs_at_import_only(project: Project, module: Module, scope: int) -> bool:
    """Whether a scope of a module runs only while modules are imported: the module itself, class bodies, and functions
    that are called from there and nowhere else, or by Python for each class that is made. Tests do not count, nor what
    stands under a ``__main__`` guard."""
    return _is_import_time(project, module, scope, frozenset(), _LONGEST_CHAIN)


def production_calls(project: Project, function: FunctionSymbol) -> list[CallReference]:
    """The calls of a function outside of tests."""
    return [call for call in project.calls_of(function) if call.module.zone is not Zone.TEST]


def _is_import_time(project: Project, module: Module, scope: int, seen: Set[FunctionSymbol], depth: int) -> bool:
    while scope != MODULE_SCOPE:
        entry = module.facts.scopes[scope]
        if entry.kind is ScopeKind.FUNCTION:
            function = module.functions[entry.index]
            if _runs_with_classes(project, module, function, entry.parent):
                return True
            calls = production_calls(project, function)
            if not calls and function in project.derived(_decorators):
                return True
            if function not in seen and depth and calls:
                return all(
                    not call.fact.guard & Guard.MAIN
                    and _is_import_time(project, call.module, call.fact.scope, seen | {function}, depth - 1)
                    for call in calls
                )
            if module.facts.scopes[entry.parent].kind is not ScopeKind.FUNCTION:
                return False
        scope = entry.parent
    return True


def _runs_with_classes(project: Project, module: Module, function: FunctionSymbol, scope: int) -> bool:
    """Whether Python calls a function that stands in ``scope`` where a class is made."""
    owner = module.scope_symbol(scope)
    if not isinstance(owner, ClassSymbol):
        return False
    return function.name in _WITH_SUBCLASSES or (function.name in _WITH_CLASSES and is_metaclass(project, owner))


def _decorators(project: Project) -> frozenset[FunctionSymbol]:
    """The functions that classes and functions of modules are decorated with, without a call. For
    :meth:`Project.derived`."""
    return project.combined(_decorators_in, united)


def _decorators_in(project: Project, module: Module) -> frozenset[FunctionSymbol]:
    definitions: tuple[ClassSymbol | FunctionSymbol, ...] = (*module.top_level_classes, *module.top_level_functions)
    names = {each.name for symbol in definitions for each in symbol.fact.decorators if each.arguments_text is None}
    found = (project.resolve(module, MODULE_SCOPE, name).symbol for name in names)
    return frozenset(symbol for symbol in found if isinstance(symbol, FunctionSymbol))
