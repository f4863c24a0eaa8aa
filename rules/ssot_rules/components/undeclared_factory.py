"""SSOT507 undeclared-factory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.declared_components import DECLARED
from ssot_rules.analysis.declared_factories import DeclaredFactory, declared_factories, undeclared_factories
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

        def chat_hub(user):
            return open_hub(user)

    Fix:
        Give the declared factory the parameters in which the others differ, let their callers call it, and delete them.
        A class method of the home that builds is one of the others, unless the declared factory calls it.
    """

    code: ClassVar[str] = "SSOT507"
    name: ClassVar[str] = "undeclared-factory"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component that declares a factory."""
        for declared in project.derived(declared_factories):
            others = [
                factory
                for factory in undeclared_factories(project, declared)
                if self.applies_to(factory.function.module)
                and project.comparable(declared.symbol.module, factory.function.module)
            ]
            if others:
                yield _finding(declared, others)


def _finding(declared: DeclaredFactory, others: Sequence[Factory]) -> Finding:
    keep = declared.symbol
    modules = len({factory.function.module for factory in others})
    lines = [
        f"{factory.function.module.path}:{factory.function.fact.line} `{factory.function.qualname}` {_deed(factory)}"
        for factory in others
    ]
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
        sites=tuple(site_of(factory.function, f"{_deed(factory)}: use {keep.id}") for factory in others),
        evidence={
            "component": declared.component.name,
            "products": [product.id for product in declared.products],
            "factories": [
                {
                    "symbol": factory.function.id,
                    "product": factory.product.id,
                    "delegates_to": None if factory.via is None else factory.via.id,
                }
                for factory in others
            ],
            "text": lines,
        },
    )


def _deed(factory: Factory) -> str:
    if factory.via is None:
        return f"builds a `{factory.product.name}` itself"
    return f"returns the `{factory.product.name}` that `{factory.via.qualname}` builds"
