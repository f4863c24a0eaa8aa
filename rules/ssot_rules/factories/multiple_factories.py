"""SSOT201 multiple-factories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from ssot_lint.model.finding import Builders, Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.factories import Factory, factories, needs_ordinary_instance
from ssot_rules.analysis.layout import is_hook_layout, is_parallel
from ssot_rules.analysis.vocabulary import FILLERS


@dataclass(frozen=True)
class MultipleFactories(Rule):
    """A class is built and returned by public factories of several modules.

    Why:
        Each factory has its own idea of how the object is wired: defaults, caches and cleanup drift apart, and which
        of them an object came from decides how it behaves. A new constructor argument must be added everywhere.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer():
            return Mailer("localhost")
        # shop/signup.py
        from shop.mailer import Mailer

        def make_mailer():
            return Mailer("mail.example.org")

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host):
                self.host = host

            def send(self, text):
                return f"{self.host}: {text}"

        def create_mailer(host="localhost"):
            return Mailer(host)
        # shop/signup.py
        from shop.mailer import create_mailer

        def signup_mailer():
            return create_mailer("mail.example.org")

    Fix:
        Keep the factory next to the class, give it the parameters in which the others differ, and let them call it.
    """

    code: ClassVar[str] = "SSOT201"
    name: ClassVar[str] = "multiple-factories"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per product."""
        for product, entries in project.derived(factories).items():
            functions = [entry.function for entry in entries if self._counts(entry)]
            wrappers = [entry for entry in entries if entry.is_wrapper]
            if not self.applies_to(product.module) or is_value_type(project, product):
                continue
            for builders in project.comparable_groups(functions):
                modules = [builder.module for builder in builders]
                if len(set(modules)) > 1 and not is_hook_layout(modules):
                    yield _finding(project, product, builders, wrappers)

    def _counts(self, factory: Factory) -> bool:
        if factory.is_wrapper or not self.applies_to(factory.function.module):
            return False
        return not needs_ordinary_instance(factory.function)


def _home(project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol]) -> tuple[FunctionSymbol, str]:
    """The declared factory, else one in the product's own module, else the usual choice."""
    declared = {component.factory for component in project.components if component.factory}
    for builder in builders:
        if builder.id in declared:
            return builder, "declared in the configuration"
    own = [builder for builder in builders if builder.module is product.module]
    pinned = project.pinned_among(builders)
    home, reason = pinned or project.home_among(own or builders)
    return home, f"stands in the module of `{product.name}`" if own and pinned is None else reason


def _finding(
    project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol], wrappers: Sequence[Factory]
) -> Finding:
    home, reason = _home(project, product, builders)
    others = [builder for builder in builders if builder.module is not home.module]
    modules = len({builder.module for builder in builders})
    names = ", ".join(f"`{other.qualname}`" for other in others)
    passed_on = f" (besides {counted(len(wrappers), 'delegating wrapper')})" if wrappers else ""
    return MultipleFactories.finding(
        subject=product.id,
        message=(
            f"`{product.name}` is built by {len(builders)} factories in {modules} modules{passed_on}: keep {home.id}"
        ),
        remedy=(
            f"Keep {home.id}; give it the parameters in which the others differ, and let {names} call it "
            f"instead of `{product.name}(...)`, or delete them"
        ),
        home=home_of(home, reason),
        sites=tuple(site_of(other, f"builds `{product.name}` itself: use {home.id}") for other in others),
        evidence=_evidence(product, home, builders, wrappers),
        severity=None if _is_serious(project, product, builders) else Severity.INFO,
        component=Builders(product.id),
    )


def _is_serious(project: Project, product: ClassSymbol, builders: Sequence[FunctionSymbol]) -> bool:
    """Whether there is one to call instead of the others: in the product's own module, or chosen by the project; or
    two that are called the same, and not for their place in parallel folders. Others build what differs, each for
    a purpose of its own."""
    if any(builder.module is product.module for builder in builders) or project.pinned_among(builders) is not None:
        return True
    if {builder.id for builder in builders} & {component.factory for component in project.components}:
        return True
    return any(
        _purpose(one, product) == _purpose(other, product) and not is_parallel(one.module, other.module)
        for one, other in combinations(builders, 2)
        if one.module is not other.module
    )


def _purpose(builder: FunctionSymbol, product: ClassSymbol) -> frozenset[str]:
    """What the name of a factory says beyond what it builds: ``signup`` in ``make_signup_mailer``."""
    return frozenset(words(builder.qualname)) - FILLERS - frozenset(words(product.name))


def _evidence(
    product: ClassSymbol, home: FunctionSymbol, builders: Sequence[FunctionSymbol], wrappers: Sequence[Factory]
) -> dict[str, Fact]:
    lines = [
        f"{builder.module.path}:{builder.fact.line} `{builder.qualname}` calls `{product.name}(...)`"
        for builder in (home, *(other for other in builders if other is not home))
    ]
    return {
        "product": product.id,
        "builders": [builder.id for builder in builders],
        "wrappers": [
            {"symbol": entry.function.id, "delegates_to": entry.via.id} for entry in wrappers if entry.via is not None
        ],
        "text": lines,
    }
