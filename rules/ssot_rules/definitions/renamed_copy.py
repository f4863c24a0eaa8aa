"""SSOT123: one body under two sets of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.definitions._method_findings import copies_finding
from ssot_rules.definitions._renamed_copies import RenamedAnalysis, RenamedCopies


@dataclass(frozen=True)
class RenamedCopy(Rule):
    """A function or method is another one with its own names changed.

    Why:
        A copy with new names is what one writes who does not know that the thing exists, and what assistants write. No
        search for the text finds it. The bodies are equal once the names of the function, its parameters and variables
        and the attributes of the instance are replaced one by one; what it calls and reads must be the same. Six
        statements count, four where the names differ by an underscore only.

    Bad:
        # shop/orders.py
        def shipping_cost(weight, zone):
            cost = 3.5
            if weight > 10:
                cost += (weight - 10) * 0.4
            if zone == "island":
                cost += 12
            return round(cost, 2)
        # shop/quotes.py
        def freight(kilos, area):
            price = 3.5
            if kilos > 10:
                price += (kilos - 10) * 0.4
            if area == "island":
                price += 12
            return round(price, 2)

    Good:
        # shop/orders.py
        def shipping_cost(weight, zone):
            cost = 3.5
            if weight > 10:
                cost += (weight - 10) * 0.4
            if zone == "island":
                cost += 12
            return round(cost, 2)
        # shop/quotes.py
        from shop.orders import shipping_cost

        def quoted(order):
            return shipping_cost(order.kilos, order.area)

    Fix:
        Keep the one whose names say more, and call it in place of the others.
    """

    code: ClassVar[str] = "SSOT123"
    name: ClassVar[str] = "renamed-copy"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        yield from map(project.judging(self._finding), project.derived(RenamedAnalysis(self.zones)))

    def _finding(self, project: Project, copies: RenamedCopies) -> Finding:
        functions = (*copies.functions, *copies.methods)
        names = listed([f"`{name}`" for name in sorted({function.qualname for function in functions})])
        statements = counted(functions[0].fact.body.statements, "statement")
        complaint = f"{names} are one body under other names ({statements})"
        return copies_finding(project, self, copies.methods, copies.functions, complaint)
