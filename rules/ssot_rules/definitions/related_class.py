"""SSOT103: one class name, two relatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.bodies import Grade
from ssot_rules.definitions._mirror_findings import mirror_findings
from ssot_rules.definitions._namesake_findings import finding_of, namesakes_of_grade


@dataclass(frozen=True)
class RelatedClass(Rule):
    """A class is defined in several modules, and 30 to 70 % of the lines are the same, or a long part of them.

    Why:
        Either it is one thing that was copied and then went its own ways, or two things under one name. Both
        mislead: a reader who knows one of them expects its methods of the other. A few equal lines of many say
        nothing, and neither do relatives of which no program can import both.

    Bad:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax
                self.date = net.date

            def gross(self):
                return self.net + self.tax
        # shop/invoices.py
        class OrderTotal:
            def __init__(self, net, tax, currency):
                self.net = net
                self.tax = tax
                self.date = net.date
                self.currency = currency

            def printed(self):
                amount = self.net + self.tax
                return f"{amount} {self.currency}"

    Good:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax
                self.date = net.date

            def gross(self):
                return self.net + self.tax
        # shop/invoices.py
        from shop.orders import OrderTotal

        class PrintedTotal:
            def __init__(self, total: OrderTotal, currency):
                self.total = total
                self.currency = currency

            def printed(self):
                return f"{self.total.gross()} {self.currency}"

    Fix:
        Merge them where they play one role. Where they do not, give each a name that says what it is, or let the
        one use the other.
    """

    code: ClassVar[str] = "SSOT103"
    name: ClassVar[str] = "related-class"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        for namesakes in namesakes_of_grade(project, self, Grade.RELATED):
            # Of those that stand alone none of five drawn on unseen code was worth an action.
            yield finding_of(project, self, namesakes, Severity.INFO)
        yield from mirror_findings(project, self, Grade.RELATED)
