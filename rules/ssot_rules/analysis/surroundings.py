"""What a definition takes from the module around it: that has to come along where it moves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.names_read import scopes_within
from ssot_lint.project.outside_reach import packages_taken_by
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.wording import listed
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.meanings import makes_logger, meanings_of, other_rules

_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")


def taken_along(project: Project, symbol: Symbol, copies: Sequence[Symbol]) -> tuple[list[str], list[str]]:
    """What a function or class mentions of its own module, loggers aside, sorted: what stands for the same thing beside
    each of its copies, and the rest."""
    if not isinstance(symbol, (ClassSymbol, FunctionSymbol)):
        return [], []
    names = _own_names(project, symbol)
    meanings = meanings_of(project, symbol)
    others = {name for copy in copies for name in _unlike(project, symbol, meanings, copy)}
    return sorted(names - others), sorted(names & others)


def company_of(
    project: Project, moves: Sequence[tuple[Symbol, Sequence[Symbol]]], without: Collection[str] = ()
) -> str:
    """What has to come along with definitions that move, each with its copies, and what becomes a parameter of them, as
    a clause; empty where they do without. Names in ``without`` stay in any case."""
    moved = {symbol.name for symbol, _ in moves}.union(without)
    along: set[str] = set()
    other: set[str] = set()
    pending = list(moves)
    while pending:
        symbol, copies = pending.pop()
        own, unlike = taken_along(project, symbol, copies)
        other.update(unlike)
        fresh = set(own) - along - moved
        along |= fresh
        pending += [(_named(project, symbol, name), [_named(project, each, name) for each in copies]) for name in fresh]
    company = f" together with {_quoted(along)}" if along else ""
    given = other - moved
    if not given:
        return company
    return f"{company}, let it be given {_quoted(given)}, which {'differs' if len(given) == 1 else 'differ'},"


def company_of_methods(project: Project, groups: Sequence[Sequence[FunctionSymbol]]) -> str:
    """The same for methods, each with its copies, that leave their classes."""
    owners = {owner.name for group in groups for each in group if (owner := owner_of(each)) is not None}
    return company_of(project, [(group[0], group[1:]) for group in groups], without=owners)


def _named(project: Project, symbol: Symbol, name: str) -> Symbol:
    """What a name stands for beside a definition; the definition itself for what is none."""
    return project.resolve(symbol.module, MODULE_SCOPE, name).symbol or symbol


def _quoted(names: Collection[str]) -> str:
    return listed([f"`{name}`" for name in sorted(names)])


def modules_needed(project: Project, symbols: Collection[Symbol]) -> frozenset[Module]:
    """The modules that the place of definitions has to import for them, those that they stand in left out."""
    definitions = [symbol for symbol in symbols if isinstance(symbol, (ClassSymbol, FunctionSymbol))]
    found = frozenset[Module]().union(*(_taken_from(project, symbol) for symbol in definitions))
    return found - {symbol.module for symbol in symbols}


def packages_needed(project: Project, symbols: Collection[Symbol]) -> frozenset[str]:
    """The packages from outside that the place of definitions has to import for them."""
    definitions = [symbol for symbol in symbols if isinstance(symbol, (ClassSymbol, FunctionSymbol))]
    return frozenset[str]().union(*(_packages_taken(project, symbol) for symbol in definitions))


def _packages_taken(project: Project, symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    module, index = symbol.module, project.resolver.index
    return packages_taken_by(module, _names_in(symbol), lambda name: not index.is_first_party(module, name))


def _taken_from(project: Project, symbol: ClassSymbol | FunctionSymbol) -> frozenset[Module]:
    names = _names_in(symbol)
    uses = [use for use in project.linked(_imports_at_load, symbol.module) if use.fact.bound_name in names]
    modules = {module for use in uses for module in (use.source, use.resolution.module)}
    return frozenset(module for module in modules if module is not None)


def _names_in(symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    bases = symbol.fact.bases if isinstance(symbol, ClassSymbol) else ()
    return _mentioned(symbol) | _annotated(symbol) | {base.partition(".")[0] for base in bases}


def _annotated(symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    """The names in the annotations of parameters and results, which Python looks up unless the module puts that off."""
    facts, scopes = symbol.module.facts, scopes_within(symbol)
    if any((fact.module, fact.name) == ("__future__", "annotations") for fact in facts.imports):
        return frozenset()
    functions = [function for function in facts.functions if function.scope in scopes]
    texts = [each.annotation for function in functions for each in function.parameters]
    return frozenset(_NAME.findall(" ".join([*texts, *(function.returns for function in functions)])))


def _imports_at_load(project: Project, module: Module) -> tuple[ImportReference, ...]:
    """The imports at the top of a module."""
    return tuple(
        use
        for use in project.imports_in(module)
        if use.fact.scope == MODULE_SCOPE and not use.fact.guard & Guard.TYPE_CHECKING
    )


def _unlike(
    project: Project, symbol: ClassSymbol | FunctionSymbol, meanings: Mapping[str, str], copy: Symbol
) -> Collection[str]:
    """The names that do not stand beside ``copy`` for what they have in ``meanings``, those of ``symbol``."""
    if not isinstance(copy, (ClassSymbol, FunctionSymbol)):
        return ()
    known = meanings_of(project, copy)
    return [name for name, meaning in meanings.items() if known.get(name) != meaning] + other_rules(
        project, symbol, copy
    )


def _own_names(project: Project, symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    return frozenset(name for name in _mentioned(symbol) if _is_own(project, symbol, name))


def _mentioned(symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    facts, scopes = symbol.module.facts, scopes_within(symbol)
    mentioned = (facts.mentioned_by(function) for function in facts.functions if function.scope in scopes)
    return frozenset(name for names in mentioned for name in names)


def _is_own(project: Project, symbol: Symbol, name: str) -> bool:
    found = project.resolve(symbol.module, MODULE_SCOPE, name).symbol
    if found is None or found is symbol or found.module is not symbol.module:
        return False
    value = found.fact.value if isinstance(found, VariableSymbol) else None
    return not makes_logger(value)
