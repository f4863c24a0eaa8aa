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
    uses = project.derived(_uses_of_modules)[module]
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
    uses = project.derived(_uses_of_modules)
    found = uses[site]
    return bool(found) and all(
        use.fact.guard & Guard.EXCEPT_IMPORT and _is_tried(use.importer, uses[home]) for use in found
    )


def _is_tried(importer: Module, uses: list[ImportReference]) -> bool:
    return any(use.importer is importer and use.fact.guard & Guard.TRY_IMPORT for use in uses)


def _uses_of_modules(project: Project) -> Mapping[Module, list[ImportReference]]:
    """The imports of each module by production code. For :meth:`Project.derived`."""
    found: dict[Module, list[ImportReference]] = defaultdict(list)
    for use in project.imports:
        symbol = use.resolution.symbol
        used = {use.source, use.resolution.module, symbol.module if symbol is not None else None}
        for module in used:
            if module is not None and module is not use.importer and use.importer.zone is Zone.PRODUCTION:
                found[module].append(use)
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
