"""SSOT121: one function, copied and changed a little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.hooks import are_for_a_host
from ssot_rules.analysis.kept_apart import are_repeated_on_purpose
from ssot_rules.analysis.remedies import listed_without_home
from ssot_rules.analysis.standing import end_by_themselves
from ssot_rules.analysis.variants import are_of_platforms
from ssot_rules.definitions._function_findings import function_finding, modules_of
from ssot_rules.definitions._function_scores import is_worth_a_score
from ssot_rules.definitions._functions import HOSTED_STATEMENTS, FunctionAnalysis, are_by_design, size_of


@dataclass(frozen=True)
class NearDuplicateFunction(Rule):
    """A function is defined in several modules, and most of the lines are the same.

    Why:
        These are copies that have begun to drift. What differs is either a fix that one of them missed, or a
        parameter that nobody has added. At least 70 % of the lines are equal, or twelve of them and half, or one has
        grown out of the other. Hooks that a framework asks for in every folder, editions that are chosen by name and
        programs that cannot import each other are exempt; parallel folders account for fewer than eight equal lines.
        Functions whose equal lines call different things under one name are no copies. Scored is a pair with 70 % of
        equal lines, nine statements each and half of the called names in common, one of which is the home already.
        Others are information, and so are migrations, what reads the command lines of several programs, and public
        variants of a family (adapters named after the library they wrap, three in parallel folders), those of platforms
        beside each other, and fewer than twenty statements under a name that ten modules of a program have because it
        asks its parts for it, what is released in several distributions, and copies that say in their docstring, or in
        a comment above, that they repeat on purpose what is elsewhere.

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
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        yield from map(project.judging(self._finding), project.derived(FunctionAnalysis(self.zones)).similar)

    def _finding(self, project: Project, functions: tuple[FunctionSymbol, ...]) -> Finding:
        name = functions[0].name
        complaint = f"function `{name}` is defined in {modules_of(functions)} modules with nearly the same body"
        advice = "Give it a parameter for what differs, delete the versions in {paths} and write `{statement}` there."
        is_scored = is_worth_a_score(project, functions) and not are_by_design(project, functions)
        is_scored = is_scored and not are_repeated_on_purpose(functions) and not _are_of_distributions(functions)
        is_scored = is_scored and not (end_by_themselves(functions) or _are_parts_of_a_whole(project, functions))
        severity = None if is_scored else Severity.INFO
        return listed_without_home(function_finding(project, self, functions, complaint, advice, severity=severity))


def _are_of_distributions(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether they are released apart: what differs would have to be agreed on across versions. None of six such
    findings could be acted on in unseen code."""
    return len({function.module.source.distribution for function in functions}) > 1


def _are_parts_of_a_whole(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions are the variants of one platform each, or what a host wants of each of its parts, in a few
    statements."""
    if are_of_platforms(list(dict.fromkeys(function.module for function in functions))):
        return True
    return max(map(size_of, functions)) < HOSTED_STATEMENTS and are_for_a_host(project, functions)
