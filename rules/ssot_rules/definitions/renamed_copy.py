"""SSOT123: one body under two sets of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import is_identical
from ssot_rules.definitions._function_findings import function_finding, names_of
from ssot_rules.definitions._functions import FunctionAnalysis, size_of
from ssot_rules.definitions._local_import_copies import LocalImportAnalysis
from ssot_rules.definitions._method_findings import copies_finding
from ssot_rules.definitions._renamed_copies import RenamedAnalysis, RenamedCopies

_CATCH_ALL = "Let the one that stays catch what any of them catches."


@dataclass(frozen=True)
class RenamedCopy(Rule):
    """A function or method is another one with its own names changed.

    Why:
        A copy with new names is what one writes who does not know that the thing exists, and what assistants write. No
        search for the text finds it. The bodies are equal once the names of the function, its parameters and variables
        and the attributes of the instance are replaced one by one; what it calls and reads must be the same. Six
        statements count, four where the names differ by an underscore only, or where functions import the same of
        another package themselves: there they may catch different errors too.

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
        renamed = project.derived(RenamedAnalysis(self.zones))
        yield from map(project.judging(self._finding), renamed)
        told = {function for copies in renamed for function in copies.functions}
        told.update(*project.derived(FunctionAnalysis(self.zones)).identical)
        for functions in project.derived(LocalImportAnalysis(self.zones)):
            if told.isdisjoint(functions):
                yield self._finding_of_imports(project, functions)

    def _finding_of_imports(self, project: Project, functions: tuple[FunctionSymbol, ...]) -> Finding:
        names = listed([f"`{name}`" for name in names_of(functions)])
        is_one_body = all(is_identical(functions[0], each) for each in functions)
        but = "" if is_one_body else " but for the errors that they catch"
        complaint = f"{names} are one body under other names{but} ({counted(size_of(functions[0]), 'statement')})"
        advice = "Delete it from {paths} and write `{statement}` there."
        if not is_one_body:
            advice = f"{advice} {_CATCH_ALL}"
        return function_finding(project, self, functions, complaint, advice, _CATCH_ALL, first=_CATCH_ALL)

    def _finding(self, project: Project, copies: RenamedCopies) -> Finding:
        functions = (*copies.functions, *copies.methods)
        names = listed([f"`{name}`" for name in sorted({function.qualname for function in functions})])
        statements = counted(functions[0].fact.body.statements, "statement")
        complaint = f"{names} are one body under other names ({statements})"
        return copies_finding(project, self, copies.methods, copies.functions, complaint)
