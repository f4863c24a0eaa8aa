"""What a definition takes from the module around it: that has to come along where it moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol, VariableSymbol
from ssot_rules.analysis.meanings import meanings_of, scopes_within
from ssot_rules.analysis.vocabulary import LOGGER_MAKERS


def taken_along(project: Project, symbol: Symbol, copies: Sequence[Symbol]) -> tuple[list[str], list[str]]:
    """What a function or class mentions of its own module, loggers aside, sorted: what stands for the same thing beside
    each of its copies, and the rest."""
    if not isinstance(symbol, (ClassSymbol, FunctionSymbol)):
        return [], []
    names = _own_names(project, symbol)
    meanings = meanings_of(project, symbol)
    others = {name for copy in copies for name in _unlike(project, meanings, copy)}
    return sorted(names - others), sorted(names & others)


def _unlike(project: Project, meanings: Mapping[str, str], copy: Symbol) -> Collection[str]:
    """The names that do not stand beside ``copy`` for what they have in ``meanings``."""
    if not isinstance(copy, (ClassSymbol, FunctionSymbol)):
        return ()
    known = meanings_of(project, copy)
    return [name for name, meaning in meanings.items() if known.get(name) != meaning]


def _own_names(project: Project, symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    facts, scopes = symbol.module.facts, scopes_within(symbol)
    mentioned = (facts.mentioned_by(function) for function in facts.functions if function.scope in scopes)
    return frozenset(name for names in mentioned for name in names if _is_own(project, symbol, name))


def _is_own(project: Project, symbol: Symbol, name: str) -> bool:
    found = project.resolve(symbol.module, MODULE_SCOPE, name).symbol
    if found is None or found is symbol or found.module is not symbol.module:
        return False
    value = found.fact.value if isinstance(found, VariableSymbol) else None
    return value is None or value.text.rpartition(".")[2] not in LOGGER_MAKERS
