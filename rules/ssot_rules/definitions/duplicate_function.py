"""SSOT120: one function, several equal bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from msgspec.structs import replace

from ssot_lint.model.facts import Parameter
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.hooks import are_for_a_host, are_hooks, are_kept_apart_by_decorators, are_used_at_home
from ssot_rules.analysis.kept_apart import (
    are_all_kept_apart,
    are_apart_and_short,
    are_repeated_on_purpose,
    is_wire_table,
)
from ssot_rules.analysis.layout import are_neighbours, fill_one_slot
from ssot_rules.analysis.meanings import other_rules, own_values
from ssot_rules.analysis.modules_meant import FEW_STATEMENTS, modules_meant_otherwise
from ssot_rules.analysis.remedies import is_at_hand, listed_where_scattered
from ssot_rules.analysis.standing import end_by_themselves
from ssot_rules.analysis.surroundings import taken_along
from ssot_rules.definitions._function_findings import function_finding, mirror_finding, modules_of, names_of
from ssot_rules.definitions._functions import HOSTED_STATEMENTS, STATEMENTS, FunctionAnalysis, is_top_level, size_of
from ssot_rules.definitions._moved_namesakes import MovedNamesakes

# Two modules that have that many functions in common are mirrors of each other.
_MIRRORED_FUNCTIONS = 3
# From that many statements on a command line is one that has to be kept equal.
_LONG_COMMAND_LINE = 8
_MIRRORED = 2
# Of two functions with fewer statements 3 of 11 findings were right in four draws of unseen code, of others 14 of 27.
# Where an import is all that has to be written, seven of eight were in five projects.
_SCORED_STATEMENTS = 6
# A judgement: readers of unseen code called short functions in two distributions copied on purpose.
_WORTH_A_DEPENDENCY = 30
# Functions of fewer statements for each thing that they would have to be given only hand it on.
_STATEMENTS_PER_PARAMETER = 4
# As many statements in two or three adapters were judged not worth a common module, in four folders or more they were.
_ADAPTER_STATEMENTS = 5
_FEW = 3


@dataclass(frozen=True)
class DuplicateFunction(Rule):
    """A function body of four statements or more stands in several modules.

    Why:
        The copies are equal today. A bug fixed in one of them stays in the others, and nobody who reads one knows that
        there are more. Functions that merely look the same, because the same names mean other things in their modules,
        are told apart by what they call; a copied helper that has drifted does not hide its callers. A helper of equal
        text that goes by other rules in its module, a pattern of its own, becomes a parameter; around such a helper, or
        around constants that parallel modules have each for themselves, four statements are information, and so are
        fewer than ten around a module that has other contents beside each of them, and so are fewer than eight that
        read the command line of a program, and five or fewer in files of one name in two or three parallel folders. So
        are editions side by side, files that say at their top from which two projects elsewhere their code is, what a
        file says to do without the distribution of the other, or to repeat on purpose, functions that say this of
        themselves in their docstring or the comment above, tables of literals in adapters beside each other, fewer than
        thirty statements in distributions that know nothing of each other, six or fewer in any two, fewer than twenty
        under a name that ten modules have because a program asks its parts for it, what a decorator registers under
        other names in each module, what would have to be given a helper for each four statements, what neighbours do
        with a parameter of a class that each has for itself, and copies in different folders none of which is the home
        yet, if they would need a new module. Examples, samples, templates of code and setup scripts are exempt, and so
        are fewer than eight statements that a server looks for in a file of its configuration. Under other names six
        statements count. Where something asks each module for the function, the way out is a common helper. Two copies
        of fewer than six statements are information, unless an import is all that has to be written: one stays where
        it is under its public name, or a module that all of them import already is the place. Small bodies that import
        late, to keep out of a circle, are exempt, and so are functions inside others, which work on what is around
        them, and those that rebind a global name, which is their module's own, or read one that others of it rebind.

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
                cost += 12
            return round(cost, 2)

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
            return shipping_cost(order.weight, order.zone)

    Fix:
        Keep one, where most modules import it from or where all can reach it; delete the others and import it.
    """

    code: ClassVar[str] = "SSOT120"
    name: ClassVar[str] = "duplicate-function"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        are_plain, finding = project.judging(_are_plain), project.judging(self._finding)
        by_modules: dict[frozenset[Module], list[tuple[FunctionSymbol, ...]]] = defaultdict(list)
        for functions in project.derived(FunctionAnalysis(self.zones)).identical:
            by_modules[frozenset(function.module for function in functions)].append(functions)
        others: list[tuple[FunctionSymbol, ...]] = []
        for groups in by_modules.values():
            mirrored = [functions for functions in groups if len(functions) == _MIRRORED and are_plain(functions)]
            if len(mirrored) >= _MIRRORED_FUNCTIONS:
                yield project.concluded(self._mirror_finding, tuple(mirrored))
                groups = [functions for functions in groups if functions not in mirrored]
            others += groups
        namesakes = MovedNamesakes(project, others)
        for functions in others:
            yield namesakes.told_apart(finding(functions), functions)

    def _mirror_finding(self, project: Project, groups: tuple[tuple[FunctionSymbol, ...], ...]) -> Finding:
        is_apart = are_all_kept_apart(project, [each.module for each in groups[0]])
        is_apart = is_apart or all(map(are_repeated_on_purpose, groups))
        is_minor = is_apart or all(_read_other_modules(project, functions) for functions in groups)
        severity = Severity.INFO if is_minor else None
        return listed_where_scattered(mirror_finding(project, self, groups, severity))

    def _finding(self, project: Project, functions: Sequence[FunctionSymbol]) -> Finding:
        found = names_of(functions)
        names = listed([f"`{name}`" for name in found])
        complaint = (
            f"the body of function{'s' if len(found) > 1 else ''} {names} stands in "
            f"{counted(modules_of(functions), 'module')} ({size_of(functions[0])} statements)"
        )
        advice = "Delete it from {paths} and write `{statement}` there."
        severity = severity_of_copies(project, functions)
        finding = function_finding(project, self, functions, complaint, advice, severity=severity)
        is_minor = len(functions) == _MIRRORED and size_of(functions[0]) < _SCORED_STATEMENTS
        if is_minor and not is_at_hand(finding):
            return replace(finding, severity=Severity.INFO)
        return listed_where_scattered(finding)


def severity_of_copies(project: Project, functions: Sequence[FunctionSymbol]) -> Severity | None:
    """Information where a few statements stand around helpers that go by other rules in each module, around modules
    of other contents or around constants that parallel modules have each for themselves, where all but one are
    deprecated, or where they read the command line of programs that are started apart."""
    first, *others = functions
    if _are_on_purpose(project, functions) or end_by_themselves(functions) or _are_asked_for(project, functions):
        return Severity.INFO
    if size_of(first) < _LONG_COMMAND_LINE and _reads_command_line(project, first):
        return Severity.INFO
    if size_of(first) <= _ADAPTER_STATEMENTS and _are_of_two_adapters(functions):
        return Severity.INFO
    if size_of(first) <= _SCORED_STATEMENTS and len({each.module.source.distribution for each in functions}) > 1:
        return Severity.INFO
    if _read_other_modules(project, functions):
        return Severity.INFO
    if size_of(first) > STATEMENTS:
        return None
    has_other_rules = any(other_rules(project, first, other) for other in others)
    is_by_constants = _reads_constants(project, first) and all(
        fill_one_slot(first.module, other.module) for other in others
    )
    return Severity.INFO if has_other_rules or is_by_constants else None


def _read_other_modules(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether a few statements stand around modules that each has for itself, such as its table of constants."""
    first, *others = functions
    return size_of(first) < FEW_STATEMENTS and any(modules_meant_otherwise(project, first, other) for other in others)


def _are_asked_for(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions are what a host wants of each of its parts, in a few statements, or a decorator keeps each of
    them as something else."""
    if size_of(functions[0]) < HOSTED_STATEMENTS and are_for_a_host(project, functions):
        return True
    return len({each.name for each in functions}) > 1 and are_kept_apart_by_decorators(functions)


def _are_on_purpose(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions are those of editions, tables of systems outside, short ones of distributions that know nothing
    of each other, or hand out more than they do themselves."""
    modules = list(dict.fromkeys(function.module for function in functions))
    first, *others = functions
    _, given = taken_along(project, first, others)
    return (
        are_all_kept_apart(project, modules)
        or are_repeated_on_purpose(functions)
        or is_wire_table(functions)
        or are_apart_and_short(project, modules, size_of(first), _WORTH_A_DEPENDENCY)
        or len(given) * _STATEMENTS_PER_PARAMETER > size_of(first)
        or all(_take_other_classes(project, first, other) for other in others)
    )


def _take_other_classes(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two functions beside each other say of a parameter that it is of a class each has for itself: they write
    one text of two things, and each follows its own."""
    if not are_neighbours(one.module, other.module):
        return False
    pairs = zip(one.fact.parameters, other.fact.parameters, strict=False)
    taken = [(_class_of(project, one, here), _class_of(project, other, there)) for here, there in pairs]
    return any(here is not there and here is not None and there is not None for here, there in taken)


def _class_of(project: Project, function: FunctionSymbol, parameter: Parameter) -> ClassSymbol | None:
    found = project.resolve(function.module, function.fact.parent, parameter.annotation).symbol
    return found if isinstance(found, ClassSymbol) else None


def _are_of_two_adapters(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions stand in files of one name in a few parallel folders, each of which is to do without the
    others."""
    modules = {function.module for function in functions}
    return len(modules) <= _FEW and all(
        one.source.package != other.source.package and fill_one_slot(one, other)
        for one, other in combinations(modules, 2)
    )


def _reads_constants(project: Project, function: FunctionSymbol) -> bool:
    return bool(own_values(project, function).keys() - {parameter.name for parameter in function.fact.parameters})


def _are_plain(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions can be imported and are no hooks, so that they can have one home with others."""
    is_hook = are_hooks(project, functions) and not are_used_at_home(functions)
    return all(map(is_top_level, functions)) and not is_hook


def _reads_command_line(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function declares the options of a program."""
    calls = (project.resolve(function.module, call.scope, call.callee) for call in function.module.calls(function))
    return any(found.external == "argparse.ArgumentParser" for found in calls)
