"""SSOT104: one class name, different things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import Grade
from ssot_rules.definitions._duplicates import Mirror, NamesakeAnalysis
from ssot_rules.definitions._namesake_findings import compare, finding_of, namesakes_of_grade, site_message


@dataclass(frozen=True)
class DivergentClass(Rule):
    """One class name stands for different things in different modules.

    Why:
        Who reads the name in a log, a traceback or a review must find out first which one is meant, and an
        automatic import picks any of them. Modules that share several such names are reported as one pair of
        mirror modules. The finding is an inventory, unless the name belongs to a declared component, which has
        one implementation, or is an alias of yet another class somewhere (SSOT302).

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
        report = project.derived(NamesakeAnalysis(self.zones))
        for namesakes in namesakes_of_grade(project, self, Grade.DIFFERENT):
            severity = Severity.MEDIUM if namesakes.name in report.contested else None
            yield finding_of(project, self, namesakes, severity)
        for mirror in report.mirrors:
            yield self._mirror_finding(project, mirror)

    def _mirror_finding(self, project: Project, mirror: Mirror) -> Finding:
        home, reason = project.home_among([symbol for pair in mirror.pairs for symbol in pair.symbols])
        one, other = (module.name for module in mirror.pairs[0].modules)
        names = [pair.first.name for pair in mirror.pairs]
        shown = listed([f"`{name}`" for name in names], most=4)
        pairs = [_home_first(pair.symbols, home) for pair in mirror.pairs]
        away = pairs[0][1].module
        return self.finding(
            subject=f"{one} and {other}",
            message=(
                f"mirror modules: {home.module.path} and {away.path} define {len(names)} classes of the same "
                f"names as different things: {shown}"
            ),
            remedy=(
                f"Let the names in {away.path} say what sets them apart from those in {home.module.path}, or mark "
                f"them `# ssot-lint: distinct[{self.code}] reason`."
            ),
            home=home_of(home, reason),
            sites=tuple(
                site_of(copy, site_message(original, compare(project, original, copy))) for original, copy in pairs
            ),
            evidence={
                "text": [f"{len(names)} names in both modules: {shown}"],
                "modules": [one, other],
                "names": [*names],
            },
        )


def _home_first(symbols: Sequence[ClassSymbol], home: ClassSymbol) -> Sequence[ClassSymbol]:
    return symbols if symbols[0].module is home.module else symbols[::-1]
