"""Where people look for a name, whatever defines it: taking it from there is no slip of one module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_rules.analysis.imports import importers, is_within
from ssot_rules.imports._faces import taken_together
from ssot_rules.imports._paths import Definition, ImportPath, is_proper, paths_of

# A module through which five, and five times as many as directly, take a name is where they look for it.
_HABIT = 5
# Who takes a name along with others was judged to do so by mistake where ten times as many import it directly.
_RULE = 10
# Where four or more, and twice as many as directly, take a name, or more than directly within the package itself, four
# of seven findings in unseen code were judged wrong: none of them is sure enough to be scored.
_MOST = 2
_SEVERAL = 4


def is_rule_of_most(
    project: Project, symbol: Definition, paths: Sequence[ImportPath], told: Collection[ImportReference]
) -> bool:
    """Whether nearly all take a symbol from where it belongs, but for the importers ``told``.

    Who takes other names from the same modules in between counts with them: it may have been one of them, and it must
    be no fault of the rest that it has been mended.
    """
    direct = _direct(symbol, paths)
    mended = _mended(project, direct, told)
    return len(direct - mended) >= _RULE * len(mended.union(importers(told)))


def without_habits(
    project: Project, symbol: Definition, paths: Sequence[ImportPath], told: Mapping[ImportReference, ImportPath]
) -> Mapping[ImportReference, ImportPath]:
    """The importers ``told``, but for those that take the symbol where most look for it: the others stay slips."""
    by_source: dict[Module | None, list[ImportReference]] = defaultdict(list)
    for use in told:
        by_source[use.source].append(use)
    habits = {source for source, uses in by_source.items() if _is_habit(project, symbol, paths, uses)}
    return {use: target for use, target in told.items() if use.source not in habits}


def _is_habit(
    project: Project, symbol: Definition, paths: Sequence[ImportPath], told: Collection[ImportReference]
) -> bool:
    """Whether most take a symbol through one and the same other module, which is where people look for it, or the
    modules of a package from its front; who takes other names from there counts with them."""
    direct = _direct(symbol, paths).difference(path.module for path in paths)
    mended = _mended(project, direct, told)
    through, past = len(mended.union(importers(told))), len(direct - mended)
    is_most = through >= _MOST * past or (through > past and all(map(_is_of_front, told)))
    return (is_most and through >= _SEVERAL) or through >= _HABIT * max(past, 1)


def _is_of_front(use: ImportReference) -> bool:
    """Whether a module takes something from the package that it is in."""
    return use.source is not None and use.source.source.is_package and is_within(use.importer, use.source)


def _direct(symbol: Definition, paths: Sequence[ImportPath]) -> set[Module]:
    return {module for path in paths if is_proper(symbol, path.module) for module in path.importers}


def _mended(project: Project, direct: Iterable[Module], told: Collection[ImportReference]) -> set[Module]:
    """Those who take other names from where ``told`` take theirs."""
    sources = {use.source for use in told}
    return {module for module in direct if any(use.source in sources for use in project.imports_in(module))}


def are_with_habits(project: Project, told: Collection[ImportReference]) -> bool:
    """Whether each statement takes another name of the same home as well, for which people look there: the names would
    be torn apart."""
    return all(any(_is_looked_for(project, use, each) for each in taken_together(project, use)) for use in told)


def _is_looked_for(project: Project, use: ImportReference, other: ImportReference) -> bool:
    one, symbol = use.resolution.symbol, other.resolution.symbol
    if one is None or symbol is None or symbol is one or symbol.module is not one.module:
        return False
    paths = paths_of(project, symbol)
    through = sum(len(path.importers) for path in paths if path.module is use.source)
    direct = sum(len(path.importers) for path in paths if path.module is symbol.module)
    return through >= _HABIT * max(direct - 1, 1)
