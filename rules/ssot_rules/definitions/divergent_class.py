"""SSOT104: one class name, different things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.layout import is_hook_layout
from ssot_rules.analysis.variants import are_variants
from ssot_rules.definitions._duplicates import NamesakeAnalysis, Namesakes
from ssot_rules.definitions._mirror_findings import mirror_findings
from ssot_rules.definitions._namesake_findings import finding_of, namesakes_of_grade


@dataclass(frozen=True)
class DivergentClass(Rule):
    """One class name stands for different things in different modules.

    Why:
        Who reads the name in a log, a traceback or a review must find out first which one is meant, and an
        automatic import picks any of them. Modules that share several such names are reported as one pair of
        mirror modules. The finding is an inventory, unless the name belongs to a declared component, which has
        one implementation, or is an alias of yet another class somewhere (SSOT302); variants of a family bear the
        name that it asks for, and what most modules of one file name define is a convention.

    Bad:
        # shop/orders.py
        class PriceList:
            def __init__(self, session):
                self.session = session
                self.prices = {}

            def price_of(self, article):
                return self.session.price(article)
        # shop/printing.py
        class PriceList:
            title = "Prices"

            def render(self, page):
                page.heading(self.title)
                page.table(self.rows())

    Good:
        # shop/orders.py
        class PriceList:
            def __init__(self, session):
                self.session = session
                self.prices = {}

            def price_of(self, article):
                return self.session.price(article)
        # shop/printing.py
        class PrintedPrices:
            title = "Prices"

            def render(self, page):
                page.heading(self.title)
                page.table(self.rows())

    Fix:
        Give each class a name that says what it is. Where two of them play one role after all, merge them. Where
        the common name is right, say so: ``# ssot-lint: distinct[SSOT104] reason``.
    """

    code: ClassVar[str] = "SSOT104"
    name: ClassVar[str] = "divergent-class"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        contested = project.derived(NamesakeAnalysis(self.zones)).contested
        for namesakes in namesakes_of_grade(project, self, Grade.DIFFERENT):
            is_scored = namesakes.name in contested and not _are_family(project, namesakes)
            yield finding_of(project, self, namesakes, Severity.MEDIUM if is_scored else None)
        yield from mirror_findings(project, self, Grade.DIFFERENT)


def _are_family(project: Project, namesakes: Namesakes) -> bool:
    """Whether each is the variant of one family that its folder asks for by that name, however deep the folders lie."""
    if any(component.is_played_by(namesakes.name) for component in project.components):
        return False
    modules = [symbol.module for symbol in (namesakes.home, *namesakes.sites)]
    return is_hook_layout(modules) or all(are_variants(project, namesakes.home, site) for site in namesakes.sites)
