"""Copies that nothing needs: nobody uses them, or only where the home is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.project.home import importers
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.retirement import is_deprecated_module, is_retired_name
from ssot_lint.project.symbols import Module, Symbol
from ssot_rules.analysis.common_modules import modules_imported_in
from ssot_rules.analysis.descendants import descendants
from ssot_rules.analysis.vocabulary import LOGGER_MAKERS

_TABLES = (ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE)


def is_unused(project: Project, symbol: Symbol, home: Symbol) -> bool:
    """Whether no code has a use for a class or function, other than for ``home``: nothing imports it, or its module as
    a whole, which runs nothing either, and nothing in there takes it. What is decorated or exported may be asked for by
    others."""
    module = symbol.module
    if not isinstance(symbol.fact, (Class, Function)) or symbol.fact.parent != MODULE_SCOPE or symbol.fact.decorators:
        return False
    if not (importers(home, project) or project.calls_of(home)) or _does_something(module):
        return False
    if module.source.is_package or symbol.name in (module.facts.exports or ()):
        return False
    uses = _uses_of(project, module)
    if any(use.fact.name in (None, "*") or use.resolution.module is module for use in uses):
        return False
    return not (project.imports_of(symbol) or project.calls_of(symbol) or _is_taken(project, symbol))


def is_outlived(project: Project, module: Module, successor: Module) -> bool:
    """Whether a module says, by its name or a notice, that its time is over, ``successor`` does not, and nothing
    imports it."""
    is_past = _is_past(module) and not _is_past(successor)
    return is_past and not module.source.is_package and not project.importers_of_module(module)


def _is_past(module: Module) -> bool:
    return is_retired_name(_last(module.name)) or is_deprecated_module(module)


def stood_in_for(project: Project, site: Module, home: Module) -> bool:
    """Whether ``site`` is imported only where an import of ``home`` fails."""
    found = _uses_of(project, site)
    at_home = _uses_of(project, home)
    return bool(found) and all(
        use.fact.guard & Guard.EXCEPT_IMPORT and _is_tried(use.importer, at_home) for use in found
    )


def _is_tried(importer: Module, uses: list[ImportReference]) -> bool:
    return any(use.importer is importer and use.fact.guard & Guard.TRY_IMPORT for use in uses)


def _uses_of(project: Project, module: Module) -> list[ImportReference]:
    """The imports of a module by production code."""
    users = project.combined(modules_imported_in, _users_by_module).get(module, ())
    return [use for user in users for use in project.imports_in(user) if module in _modules_used(use)]


def _modules_used(use: ImportReference) -> tuple[Module | None, ...]:
    symbol = use.resolution.symbol
    return use.source, use.resolution.module, symbol.module if symbol is not None else None


def _users_by_module(imported: Mapping[Module, frozenset[Module]]) -> Mapping[Module, list[Module]]:
    """The other modules of production code that import each, in order."""
    found: dict[Module, list[Module]] = defaultdict(list)
    for user, modules in imported.items():
        for module in modules - {user} if user.zone is Zone.PRODUCTION else ():
            found[module].append(user)
    return found


def _does_something(module: Module) -> bool:
    """Whether a module calls something when it is loaded, or fills a table, in which anything may stand."""
    if any(call.scope == MODULE_SCOPE and _last(call.callee) not in LOGGER_MAKERS for call in module.facts.calls):
        return True
    return any(variable.fact.value is not None and variable.fact.value.kind in _TABLES for variable in module.variables)


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _is_taken(project: Project, symbol: Symbol) -> bool:
    """Whether something in the module of ``symbol`` mentions it, or a class derives from it."""
    module = symbol.module
    if symbol in project.derived(descendants):
        return True
    return any(
        symbol.name in module.facts.mentioned_by(function.fact)
        for function in module.functions
        if function.fact is not symbol.fact
    )
