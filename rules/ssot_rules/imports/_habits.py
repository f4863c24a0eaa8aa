"""Where people look for a name, whatever defines it: taking it from there is no slip of one module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Symbol
from ssot_rules.analysis.imports import importers
from ssot_rules.imports._faces import taken_together
from ssot_rules.imports._paths import Definition, ImportPath, is_proper, paths_by_symbol

# A module through which five, and five times as many as directly, take a name is where they look for it.
_HABIT = 5


def is_habit(symbol: Definition, paths: Sequence[ImportPath], told: Collection[ImportReference]) -> bool:
    """Whether nearly all take a symbol through one and the same other module, which is where people look for it."""
    through = Counter(use.source for use in told)
    carriers = {path.module for path in paths}
    direct = {
        module
        for path in paths
        if is_proper(symbol, path.module)
        for module in path.importers
        if module not in carriers
    }
    return len(through) == 1 and len(importers(told)) >= _HABIT * max(len(direct), 1)


def are_with_habits(project: Project, told: Collection[ImportReference]) -> bool:
    """Whether each statement takes another name of the same home as well, for which people look there: the names would
    be torn apart."""
    return all(any(_is_looked_for(project, use, each) for each in taken_together(project, use)) for use in told)


def _is_looked_for(project: Project, use: ImportReference, other: ImportReference) -> bool:
    one, symbol = use.resolution.symbol, other.resolution.symbol
    if one is None or symbol is None or symbol is one or symbol.module is not one.module:
        return False
    paths = project.derived(_paths_of).get(symbol, ())
    through = sum(len(path.importers) for path in paths if path.module is use.source)
    direct = sum(len(path.importers) for path in paths if path.module is symbol.module)
    return through >= _HABIT * max(direct - 1, 1)


def _paths_of(project: Project) -> Mapping[Symbol, tuple[ImportPath, ...]]:
    return dict(project.derived(paths_by_symbol))
