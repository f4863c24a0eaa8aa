"""Which packages are the face of what lies behind them, and which imports take from such a face."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module, Symbol
from ssot_rules.analysis.imports import is_within
from ssot_rules.imports._paths import is_declared, offer_of

_Statement = tuple[Module, int, Module | None]

# An `__all__` of as many names is kept as a list of what the package is for.
_LONG = 10
# Two names may come together by chance; of three, two on purpose say what the third is.
_SEVERAL = 3


def faces(project: Project) -> frozenset[Module]:
    """The packages with a long ``__all__`` through which most importers of the names in it take them."""
    through: Counter[Module] = Counter()
    past: Counter[Module] = Counter()
    offering = _offering(project)
    for use in project.imports:
        for package in offering.get(use.resolution.symbol, ()) if use.resolution.symbol is not None else ():
            if not is_within(use.importer, package):
                (through if use.source is package else past)[package] += 1
    return frozenset(package for package, count in through.items() if count > past[package])


def _offering(project: Project) -> Mapping[Symbol, Sequence[Module]]:
    """By which packages with a long ``__all__`` each symbol is listed."""
    found: dict[Symbol, list[Module]] = defaultdict(list)
    for module in project.modules:
        exports = module.facts.exports or () if module.source.is_package else ()
        if len(exports) >= _LONG:
            for name in exports:
                if (symbol := project.resolver.lookup(module, name).symbol) is not None:
                    found[symbol].append(module)
    return dict(found)


def is_from_face(project: Project, use: ImportReference) -> bool:
    """Whether an import takes one name more from where most of its statement is on offer, or passes the name on."""
    if use.fact.name in (use.importer.facts.exports or ()):
        return True
    together = taken_together(project, use)
    offered = sum(_is_offered(project, each) for each in together)
    return len(together) >= _SEVERAL and offered * 2 > len(together)


def taken_together(project: Project, use: ImportReference) -> Sequence[ImportReference]:
    """What a statement takes from the same source."""
    return project.linked(_by_statement, use.importer)[_key(use)]


def comes_along(project: Project, use: ImportReference) -> bool:
    """Whether a statement takes what its source defines, and the name besides."""
    own = (each.resolution.symbol for each in taken_together(project, use))
    return any(symbol is not None and symbol.module is use.source for symbol in own)


def is_from_own_layer(use: ImportReference, home: Module) -> bool:
    """Whether a module takes a name of another package from one beside itself, which stands for its layer."""
    package, source = use.importer.source.package, use.source
    is_beside = source is not None and source.source.package == package and not source.source.is_package
    return is_beside and bool(package) and not f"{home.name}.".startswith(f"{package}.")


def _by_statement(project: Project, module: Module) -> Mapping[_Statement, Sequence[ImportReference]]:
    found: dict[_Statement, list[ImportReference]] = defaultdict(list)
    for use in project.imports_in(module):
        found[_key(use)].append(use)
    return found


def _key(use: ImportReference) -> _Statement:
    return use.importer, use.fact.statement, use.source


def _is_offered(project: Project, use: ImportReference) -> bool:
    """Whether the source says that it is meant to offer what it does not define."""
    name, source = use.fact.name, use.source
    offer = None if name is None or source is None else offer_of(project, source, name)
    return offer is not None and source is not None and name is not None and is_declared(project, source, name, offer)
