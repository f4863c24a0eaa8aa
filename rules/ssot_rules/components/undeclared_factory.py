"""SSOT507 undeclared-factory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.component_symbols import import_paths
from ssot_rules.analysis.declared_components import DECLARED
from ssot_rules.analysis.declared_factories import (
    DeclaredFactory,
    declared_factories,
    declared_wrappers,
    deed_of,
    undeclared_factories,
    way_of_building,
)
from ssot_rules.analysis.factories import Factory


@dataclass(frozen=True)
class UndeclaredFactory(Rule):
    """What the declared factory of a component builds is handed out by other functions too.

    Why:
        An object that comes from elsewhere was not set up as the factory does it: isolation, registration and cleanup
        are missing, and it depends on the caller's import which kind it gets.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "hub"
        home = "shop.hub:Hub"
        factory = "shop.hub:open_hub"
        # shop/hub.py
        class Hub:
            def __init__(self, user):
                self.user = user

            def greet(self):
                return f"hello {self.user}"

        def open_hub(user):
            if user is None:
                raise ValueError("a hub belongs to a user")
            return Hub(user)
        # shop/chat.py
        from shop.hub import Hub

        def chat_hub():
            return Hub(None)

    Good:
        # ssot-lint.toml
        [[components]]
        name = "hub"
        home = "shop.hub:Hub"
        factory = "shop.hub:open_hub"
        # shop/hub.py
        class Hub:
            def __init__(self, user):
                self.user = user

            def greet(self):
                return f"hello {self.user}"

        def open_hub(user):
            if user is None:
                raise ValueError("a hub belongs to a user")
            return Hub(user)
        # shop/chat.py
        from shop.hub import open_hub

        def greeting(user):
            return open_hub(user).greet()

    Fix:
        Give the declared factory the parameters in which the others differ, let their callers call it, and delete them.
        A class method of the home that builds is one of the others, unless the declared factory calls it. Where all of
        them only hand out what the declared factory gives them, the finding is a list of them, and info.
    """

    code: ClassVar[str] = "SSOT507"
    name: ClassVar[str] = "undeclared-factory"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"SSOT201": Reach.DEFINITIONS})

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component that declares a factory."""
        for declared in project.derived(declared_factories):
            others = self._judged(project, declared, undeclared_factories(project, declared))
            wrappers = self._judged(project, declared, declared_wrappers(project, declared))
            if others:
                yield _finding(project, declared, others, wrappers)
            elif wrappers:
                yield _inventory(project, declared, wrappers)

    def _judged(self, project: Project, declared: DeclaredFactory, found: Sequence[Factory]) -> list[Factory]:
        return [
            factory
            for factory in found
            if self.applies_to(factory.function.module)
            and project.comparable(declared.symbol.module, factory.function.module)
        ]


def _finding(
    project: Project, declared: DeclaredFactory, others: Sequence[Factory], wrappers: Sequence[Factory]
) -> Finding:
    keep = declared.symbol
    modules = len({factory.function.module for factory in others})
    return UndeclaredFactory.finding(
        subject=declared.component.name,
        message=(
            f"`{declared.component.name}` is built by {counted(len(others), 'function')} in "
            f"{counted(modules, 'module')} besides its factory `{keep.qualname}`"
        ),
        remedy=(
            f"Call {keep.id} instead of {listed([factory.function.id for factory in others])}; give it the parameters "
            "it lacks, and delete them"
        ),
        home=home_of(keep, DECLARED),
        sites=tuple(site_of(factory.function, f"{deed_of(factory)}: use {keep.id}") for factory in others),
        evidence=_evidence(project, declared, [*others, *wrappers]),
    )


def _inventory(project: Project, declared: DeclaredFactory, wrappers: Sequence[Factory]) -> Finding:
    """All that hands out the product is the declared factory in the end: a list, no violation."""
    keep = declared.symbol
    names = [f"`{factory.function.qualname}`" for factory in wrappers]
    return UndeclaredFactory.finding(
        subject=declared.component.name,
        message=(
            f"`{declared.component.name}` is handed out by {counted(len(wrappers), 'wrapper')} of its factory "
            f"`{keep.qualname}`: {listed(names)}"
        ),
        remedy=f"Call {keep.id} where a wrapper adds nothing to it",
        home=home_of(keep, DECLARED),
        sites=tuple(site_of(factory.function, f"{deed_of(factory)}") for factory in wrappers),
        evidence=_evidence(project, declared, wrappers),
        severity=Severity.INFO,
    )


def _evidence(project: Project, declared: DeclaredFactory, found: Sequence[Factory]) -> dict[str, Fact]:
    """Every factory of the component with what it does, and the paths by which they and the products are imported."""
    functions = [factory.function for factory in found]
    return {
        "component": declared.component.name,
        "products": [product.id for product in declared.products],
        "factories": [
            {
                "symbol": factory.function.id,
                "product": factory.product.id,
                "delegates_to": None if factory.via is None else factory.via.id,
                "does": way_of_building(project, factory),
            }
            for factory in found
        ],
        "import_paths": import_paths(project, [declared.symbol, *declared.products, *functions]),
        "text": [
            f"{factory.function.module.path}:{factory.function.fact.line} `{factory.function.qualname}` "
            f"{deed_of(factory)}{', and keeps it' if way_of_building(project, factory) == 'cached' else ''}"
            for factory in found
        ],
    }
