"""Where what a broken import asks for is now, if one place alone defines it and the importer can take it from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from ssot_lint.model.finding import Home
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.model.vocabulary import SUPERSEDED_WORDS
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.imports import can_write_import, module_home
from ssot_rules.analysis.vocabulary import ENTRY_NAMES
from ssot_rules.imports._missing import Missing

# `OWTable` is near `OWDataTable` (0.78 of difflib's ratio), `OWSelect` is not (0.42).
_SIMILAR = 0.7


@dataclass(frozen=True, slots=True)
class Successors:
    """Where missing names are now, ``symbols`` by name. All is empty where that is not known of every one of them."""

    home: Home | None = None
    remedy: str = ""
    places: tuple[str, ...] = ()
    rewrites: tuple[Fact, ...] = ()
    symbols: Mapping[str, Symbol] = field(default_factory=dict)


def successors_of(project: Project, missing: Missing, uses: Sequence[ImportReference]) -> Successors:
    """Where what ``uses`` ask for is defined."""
    found: dict[str, Symbol] = {}
    for use in uses:
        symbol = _successor(project, missing, use)
        if symbol is None or found.setdefault(symbol.name, symbol) is not symbol:
            return Successors()
    names: dict[Module, list[str]] = defaultdict(list)
    for symbol in found.values():
        names[symbol.module].append(symbol.name)
    if missing.source is not None and _has_nearer(missing.source, names):
        return Successors(remedy=_look_in(missing.source, list(found)))
    return Successors(
        _home(list(found.values())),
        _remedy(names),
        tuple(f"{symbol.id} is defined in {symbol.module.path}:{symbol.fact.line}" for symbol in found.values()),
        tuple(_rewrite(use, found[use.fact.name or ""]) for use in uses),
        found,
    )


def _successor(project: Project, missing: Missing, use: ImportReference) -> Symbol | None:
    """The one definition of the name that the importer can write instead."""
    name = use.fact.name
    if name is None or name in ENTRY_NAMES or _has_name(use):
        return None
    found = project.derived(_definitions).get(name, ())
    in_reach = [symbol for symbol in found if project.can_use(use.importer, symbol.module)]
    in_reach = [symbol for symbol in in_reach if symbol.module.source.root == use.importer.source.root] or in_reach
    is_late = use.fact.scope != MODULE_SCOPE
    is_only = len(in_reach) == 1 and in_reach[0].module is not missing.source
    return (
        in_reach[0]
        if is_only and can_write_import(project, use.importer, in_reach[0].module, name, is_late=is_late)
        else None
    )


def _has_nearer(source: Module, names: Mapping[Module, Sequence[str]]) -> bool:
    """Whether a name was found among the old code only, and its module has something of nearly that name."""
    return any(
        _is_set_aside(module, source) and any(_is_similar(source, name) for name in names[module]) for module in names
    )


def _is_set_aside(module: Module, source: Module) -> bool:
    """Whether a module lies with the code that is no longer to be used, and the one that was asked for does not."""
    return bool(_folders(module) & SUPERSEDED_WORDS) and not _folders(source) & SUPERSEDED_WORDS


def _folders(module: Module) -> set[str]:
    return set(module.name.split("."))


def _is_similar(source: Module, name: str) -> bool:
    """Whether a module has a class or function of nearly that name."""
    own = [entry.name for entry in source.namespace.values() if isinstance(entry, (ClassSymbol, FunctionSymbol))]
    return bool(get_close_matches(name, own, n=1, cutoff=_SIMILAR))


def _look_in(source: Module, names: Sequence[str]) -> str:
    return f"Look in {source.name} for the successor of {listed([f'`{name}`' for name in names])}"


def _has_name(use: ImportReference) -> bool:
    """Whether the importer gets the name by another statement as well."""
    entry = use.importer.namespace.get(use.fact.bound_name)
    return entry is not None and entry is not use.fact


def _definitions(project: Project) -> Mapping[str, list[Symbol]]:
    """Everything production code defines at module level, by name."""
    return project.combined(_defined_in, _by_name)


def _defined_in(_: Project, module: Module) -> tuple[tuple[str, Symbol], ...]:
    names = module.namespace.items() if module.zone is Zone.PRODUCTION else ()
    return tuple((name, entry) for name, entry in names if isinstance(entry, Symbol))


def _by_name(parts: Mapping[Module, tuple[tuple[str, Symbol], ...]]) -> Mapping[str, list[Symbol]]:
    found: dict[str, list[Symbol]] = defaultdict(list)
    for defined in parts.values():
        for name, symbol in defined:
            found[name].append(symbol)
    return found


def _home(symbols: Sequence[Symbol]) -> Home | None:
    first = symbols[0]
    if len(symbols) == 1:
        return home_of(first, "the only definition of that name in reach")
    if len({symbol.module for symbol in symbols}) == 1:
        return module_home(first.module, f"the only definitions of these {counted(len(symbols), 'name')} in reach")
    return None


def _remedy(names: Mapping[Module, Sequence[str]]) -> str:
    statements = [f"`from {module.name} import {', '.join(names[module])}`" for module in names]
    is_one = sum(map(len, names.values())) == 1
    places = "the only place that defines it" if is_one else "where alone they are defined"
    return f"Write {listed(statements)}, {places}"


def _rewrite(use: ImportReference, symbol: Symbol) -> Fact:
    return {
        "name": symbol.name,
        "new": symbol.module.name,
        "path": use.importer.path,
        "line": use.fact.line,
    }
