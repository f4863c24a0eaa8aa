"""Declared components: the definitions they name, and the classes that compete with their home."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Home
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol, VariableSymbol
from ssot_rules.analysis.factories import annotated_class, built_classes, is_double, module_variable_class
from ssot_rules.analysis.forwarding import collaborators_of
from ssot_rules.analysis.layout import is_handwritten

DECLARED = "declared in the configuration"
"""Why the home or the factory that a component names is one."""


@dataclass(frozen=True, slots=True)
class ComponentHome:
    """The definition that a component declares to be its source of truth. ``cls`` is the class that it is, is an
    instance of, or builds; None where it has to do with no class."""

    symbol: Symbol
    cls: ClassSymbol | None

    def as_home(self) -> Home:
        return home_of(self.symbol, DECLARED)

    def rivals_among(self, project: Project, classes: Iterable[ClassSymbol]) -> list[ClassSymbol]:
        """Those of ``classes`` that have nothing to do with the home: which it neither is, inherits from nor is
        inherited by, nor keeps or calls to do its work; that do something its ancestors do not; and that do not belong
        to another plug-in. Of these the ones that inherit from no other: what becomes of them is settled for all."""
        own = set() if self.cls is None else {self.cls, *collaborators_of(project, self.cls)}
        inherited = {ancestor for one in own for ancestor in project.ancestry(one)}
        rivals = {
            cls: None
            for cls in classes
            if project.comparable(self.symbol.module, cls.module)
            and cls not in inherited
            and own.isdisjoint(project.ancestry(cls))
            and (cls.module.methods(cls) or inherited.isdisjoint(project.ancestry(cls)))
        }
        return [cls for cls in rivals if rivals.keys().isdisjoint(project.ancestry(cls)[1:])]


def component_home(project: Project, component: Component) -> ComponentHome | None:
    """The home that ``component`` declares; None without one, and where it is not defined: then nothing can be held
    against it."""
    symbol = find_symbol(project, component.home)
    return None if symbol is None else ComponentHome(symbol, _class_of(project, symbol))


def find_symbol(project: Project, symbol_id: str) -> Symbol | None:
    """The definition that is called ``package.module:Qual.name``; of several, the first by place."""
    name, _, qualname = symbol_id.partition(":")
    found = [
        symbol
        for module in project.modules
        if module.name == name
        for symbol in (*module.classes, *module.functions, *module.variables)
        if symbol.qualname == qualname
    ]
    return min(found, key=lambda symbol: symbol.sort_key, default=None)


def is_definition(cls: ClassSymbol) -> bool:
    """Whether a class can be code of a component: no test double, no stand-in for a failed import, not generated."""
    return not is_double(cls.name) and not cls.fact.guard & STAND_IN and is_handwritten(cls.module)


def folder_of(symbol: Symbol) -> str:
    """The folder that a definition stands in; ``.`` for the project root."""
    return PurePosixPath(symbol.module.path).parent.as_posix()


def _class_of(project: Project, symbol: Symbol) -> ClassSymbol | None:
    if isinstance(symbol, ClassSymbol):
        return symbol
    if isinstance(symbol, VariableSymbol):
        named = project.resolver.lookup(symbol.module, symbol.name).symbol
        return named if isinstance(named, ClassSymbol) else module_variable_class(project, symbol)
    if isinstance(symbol, FunctionSymbol):
        built = built_classes(project, symbol)
        return built[0] if len(built) == 1 else annotated_class(project, symbol)
    return None
