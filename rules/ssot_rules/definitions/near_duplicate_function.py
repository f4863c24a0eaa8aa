"""SSOT121: one function, copied and changed a little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.definitions._function_findings import function_finding, modules_of
from ssot_rules.definitions._functions import FunctionAnalysis


@dataclass(frozen=True)
class NearDuplicateFunction(Rule):
    """A function is defined in several modules, and most of the lines are the same.

    Why:
        These are copies that have begun to drift. What differs is either a fix that one of them missed, or a parameter
        that nobody has added. At least 70 % of the lines are equal, or twelve of them and half, or one has grown out of
        the other. Hooks that a framework asks for in every folder, editions that are chosen by name and programs that
        cannot import each other are exempt; parallel folders account for fewer than eight equal lines. Functions whose
        equal lines call different things under one name are no copies. They are listed and not scored: what differs
        asks for more than a merge, one of three was right as it stood in unseen code.

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
        def shipping_cost(weight, zone):
            cost = 3.5
            if weight > 10:
                cost += (weight - 10) * 0.4
            if zone == "island":
                cost += 9
            return round(cost, 2)

    Good:
        # shop/orders.py
        def shipping_cost(weight, zone, island_fee=12):
            cost = 3.5
            if weight > 10:
                cost += (weight - 10) * 0.4
            if zone == "island":
                cost += island_fee
            return round(cost, 2)
        # shop/quotes.py
        from shop.orders import shipping_cost

        def quoted(order):
            return shipping_cost(order.weight, order.zone, island_fee=9)

    Fix:
        Give the one that stays a parameter for what differs, delete the others and import it.
    """

    code: ClassVar[str] = "SSOT121"
    name: ClassVar[str] = "near-duplicate-function"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        yield from map(project.judging(self._finding), project.derived(FunctionAnalysis(self.zones)).similar)

    def _finding(self, project: Project, functions: tuple[FunctionSymbol, ...]) -> Finding:
        name = functions[0].name
        complaint = f"function `{name}` is defined in {modules_of(functions)} modules with nearly the same body"
        advice = "Give it a parameter for what differs, delete the versions in {paths} and write `{statement}` there."
        return function_finding(project, self, functions, complaint, advice)
