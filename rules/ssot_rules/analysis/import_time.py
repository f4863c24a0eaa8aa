"""What runs only while modules are imported."""

from __future__ import annotations

from collections.abc import Set

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import FunctionSymbol, Module

# Functions that call each other at import are followed that far: bounds the work for generated code.
_LONGEST_CHAIN = 5


def runs_at_import_only(project: Project, module: Module, scope: int) -> bool:
    """Whether a scope of a module runs only while modules are imported: the module itself, class bodies, and functions
    that are called from there and nowhere else. Tests do not count, nor what stands under a ``__main__`` guard."""
    return _is_import_time(project, module, scope, frozenset(), _LONGEST_CHAIN)


def production_calls(project: Project, function: FunctionSymbol) -> list[CallReference]:
    """The calls of a function outside of tests."""
    return [call for call in project.calls_of(function) if call.module.zone is not Zone.TEST]


def _is_import_time(project: Project, module: Module, scope: int, seen: Set[FunctionSymbol], depth: int) -> bool:
    while scope != MODULE_SCOPE:
        entry = module.facts.scopes[scope]
        if entry.kind is ScopeKind.FUNCTION:
            function = module.functions[entry.index]
            calls = production_calls(project, function)
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
