"""SSOT102: one class, copied and changed a little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.bodies import Grade
from ssot_rules.definitions._async_twins import async_twins, twin_findings
from ssot_rules.definitions._mirror_findings import mirror_findings
from ssot_rules.definitions._namesake_findings import finding_of, namesakes_of_grade


@dataclass(frozen=True)
class NearDuplicateClass(Rule):
    """A class is defined in several modules, and at least 70 % of the lines are the same.

    Why:
        These are copies that have begun to drift: a fix, a method or a default reached one and not the other.
        Callers get the one or the other behaviour by the path they happen to import. They are listed and not scored:
        most of those read in unseen code were variants that somebody keeps on purpose, or needed more than a merge.
        The synchronous and asynchronous versions of one class are one finding for a pair of folders, and neither can
        take its methods from the other. Where only the values differ, as the paths of two endpoints do, both classes
        stay. What stands under ``if __name__ == "__main__"`` or in a folder of kept code is exempt.

    Bad:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax
        # shop/invoices.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax

            def is_free(self):
                return self.net == 0

    Good:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax

            def is_free(self):
                return self.net == 0
        # shop/invoices.py
        from shop.orders import OrderTotal

        def total_of(net, tax):
            return OrderTotal(net, tax).gross()

    Fix:
        Bring what the copies have of their own into the definition that most modules import, then delete the
        copies and import that one. The evidence lists what each copy has and lacks.
    """

    code: ClassVar[str] = "SSOT102"
    name: ClassVar[str] = "near-duplicate-class"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        twins = async_twins(project, self)
        for namesakes in namesakes_of_grade(project, self, Grade.SIMILAR):
            if namesakes not in twins:
                yield finding_of(project, self, namesakes)
        yield from mirror_findings(project, self, Grade.SIMILAR, twins)
        yield from twin_findings(project, self, twins)
