"""SSOT509 component-inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import ClassSymbol, Symbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.component_symbols import import_paths
from ssot_rules.analysis.declared_components import ComponentHome, component_home, folder_of
from ssot_rules.analysis.declared_factories import (
    DeclaredFactory,
    declared_factories,
    declared_wrappers,
    deed_of,
    undeclared_factories,
    way_of_building,
)
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.factories import Factory
from ssot_rules.components._members import definitions_of


@dataclass(frozen=True)
class ComponentInventory(Rule):
    """All that a declared component consists of: factories, classes, import paths and folders.

    Why:
        Who is to bring a component to one home first needs the list: which functions hand it out and what each does,
        by which paths it is imported and how often, which folders have code of it, and what the classes that play its
        role have or lack beside its home. An inventory: what of it is wrong, other rules say.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "hub"
        home = "shop.hub:Hub"
        names = ["*Hub"]
        # shop/hub.py
        class Hub:
            def send(self, text):
                return text
        # shop/chat.py
        class ChatHub:
            def send(self, text, user):
                return (user, text)

    Good:
        # ssot-lint.toml
        [[components]]
        name = "hub"
        home = "shop.hub:Hub"
        names = ["*Hub"]
        # shop/hub.py
        class Hub:
            def send(self, text):
                return text
        # shop/chat.py
        from shop.hub import Hub

        def chat(text):
            return Hub().send(text)

    Fix:
        Nothing, if all of it is wanted. Otherwise begin with what other rules say about the component.
    """

    code: ClassVar[str] = "SSOT509"
    name: ClassVar[str] = "component-inventory"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component with a home of which there is more than the home and the factory."""
        factories = {declared.component: declared for declared in project.derived(declared_factories)}
        for component in project.components:
            home = component_home(project, component)
            if home is not None:
                inventory = self._inventory(project, component, home, factories.get(component))
                if inventory.others:
                    yield _finding(project, inventory)

    def _inventory(
        self, project: Project, component: Component, home: ComponentHome, declared: DeclaredFactory | None
    ) -> _Inventory:
        built = [] if declared is None else [*undeclared_factories(project, declared)]
        passed_on = [] if declared is None else declared_wrappers(project, declared)
        return _Inventory(
            component,
            home,
            None if declared is None else declared.symbol,
            tuple(factory for factory in (*built, *passed_on) if self.applies_to(factory.function.module)),
            tuple(definitions_of(project, component, home, self.applies_to)),
        )


@dataclass(frozen=True, slots=True)
class _Inventory:
    """What there is of a component: ``factory`` is the declared one, ``factories`` are the others, ``definitions`` the
    home, the declared factory and the classes."""

    component: Component
    home: ComponentHome
    factory: Symbol | None
    factories: tuple[Factory, ...]
    definitions: tuple[Symbol, ...]

    @property
    def classes(self) -> tuple[ClassSymbol, ...]:
        """The classes besides the home."""
        return tuple(
            each for each in self.definitions if isinstance(each, ClassSymbol) and each not in self._kept_symbols
        )

    @property
    def others(self) -> tuple[Symbol, ...]:
        """The definitions besides the home and the declared factory."""
        return (*self.classes, *(factory.function for factory in self.factories))

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        kept = [symbol for symbol in (self.home.symbol, self.factory) if symbol is not None]
        return tuple(dict.fromkeys((*kept, *self.others)))

    @property
    def _kept_symbols(self) -> tuple[Symbol | None, ...]:
        return (self.home.symbol, self.home.cls, self.factory)


def _finding(project: Project, inventory: _Inventory) -> Finding:
    component, paths = inventory.component, import_paths(project, inventory.symbols)
    folders = _folders(project, inventory.symbols)
    count = len(inventory.factories) + (inventory.factory is not None)
    parts = [
        *([counted(count, "factory function")] if count else []),
        counted(1 + len(inventory.classes), "class"),
        *([counted(sum(map(len, paths.values())), "import path")] if paths else []),
        counted(len(folders), "folder"),
    ]
    return ComponentInventory.finding(
        subject=component.name,
        message=f"`{component.name}` has {listed(parts, len(parts))}",
        remedy="Nothing, if all of it is wanted; else begin with what other rules say about the component",
        home=inventory.home.as_home(),
        sites=(
            *(site_of(cls, "plays its role or does its work") for cls in inventory.classes),
            *(site_of(factory.function, deed_of(factory)) for factory in inventory.factories),
        ),
        evidence={
            "component": component.name,
            "factories": _factories(project, inventory),
            "classes": [_class(project, inventory.home, cls) for cls in inventory.classes],
            "import_paths": dict(paths),
            "folders": dict(folders),
            "text": list(_lines(project, inventory, paths, folders)),
        },
    )


def _factories(project: Project, inventory: _Inventory) -> list[Fact]:
    """Each factory with what it does, the declared one first."""
    declared: list[Fact] = [] if inventory.factory is None else [{"symbol": inventory.factory.id, "does": "declared"}]
    others = (
        {
            "symbol": factory.function.id,
            "does": way_of_building(project, factory),
            "product": factory.product.id,
            "delegates_to": None if factory.via is None else factory.via.id,
        }
        for factory in inventory.factories
    )
    return [*declared, *others]


def _class(project: Project, home: ComponentHome, cls: ClassSymbol) -> Mapping[str, Fact]:
    """A class with its importers and how it has drifted from the home, where that is a class."""
    drift = None if home.cls is None else drift_between(project, home.cls, cls).as_facts()
    return {"symbol": cls.id, "importers": project.importer_count(cls), "drift": drift}


def _folders(project: Project, symbols: tuple[Symbol, ...]) -> dict[str, Fact]:
    """The folders with code of the component: how many definitions, how many modules that import one of them; those
    with most definitions first."""
    defined = Counter(folder_of(symbol) for symbol in symbols)
    users = {use.importer for symbol in symbols for use in project.imports_of(symbol)}
    importing = Counter(str(PurePosixPath(module.path).parent) for module in users)
    ranked = sorted(defined.keys() | importing.keys(), key=lambda name: (-defined[name], -importing[name], name))
    return {folder: {"definitions": defined[folder], "importers": importing[folder]} for folder in ranked}


def _lines(
    project: Project, inventory: _Inventory, paths: Mapping[str, Mapping[str, int]], folders: Mapping[str, Fact]
) -> Iterator[str]:
    """One line a question: which factories, which import paths, which folders, which drift."""
    if inventory.factories:
        yield f"factories: {listed([f'`{each.function.qualname}` {deed_of(each)}' for each in inventory.factories])}"
    counts = Counter({path: count for by_path in paths.values() for path, count in by_path.items()})
    if counts:
        yield f"imported as: {listed([f'{path} ({count})' for path, count in counts.most_common()])}"
    yield f"folders: {listed(list(folders))}"
    yield from _drift_lines(project, inventory)


def _drift_lines(project: Project, inventory: _Inventory) -> Iterator[str]:
    home = inventory.home.cls
    if home is not None:
        for cls in inventory.classes:
            if phrases := drift_between(project, home, cls).phrases():
                yield f"`{cls.id}` {'; '.join(phrases)}"
