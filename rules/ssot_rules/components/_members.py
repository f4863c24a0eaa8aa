"""What belongs to a declared component, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.model.component import Component
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_rules.analysis.declared_components import ComponentHome, find_symbol, is_definition
from ssot_rules.components._responsibility import parts_of


def definitions_of(
    project: Project, component: Component, home: ComponentHome | None, is_judged: Callable[[Module], bool]
) -> list[Symbol]:
    """The home, the factory, and the classes that play the role or do the work, by place. What inherits from the home
    extends the component from where it is used, and is no part of it."""
    classes = [
        cls
        for cls in project.classes()
        if is_judged(cls.module) and is_definition(cls) and not _extends(project, cls, home)
    ]
    named = {cls for cls in classes if component.is_played_by(cls.name)}
    working = {part.cls for part in parts_of(project, component, classes, home)}
    declared = {home.symbol if home else None, find_symbol(project, component.factory)}
    found = named | working | {symbol for symbol in declared if symbol is not None and is_judged(symbol.module)}
    return sorted(found, key=lambda symbol: symbol.sort_key)


def _extends(project: Project, cls: ClassSymbol, home: ComponentHome | None) -> bool:
    return home is not None and cls is not home.cls and home.cls in project.ancestry(cls)
