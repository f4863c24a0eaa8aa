"""Which near copies of functions are worth an action."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ssot_lint.project.names_read import scopes_within
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import SIMILAR_FROM, similarity
from ssot_rules.analysis.modules_meant import FEW_STATEMENTS, modules_meant_otherwise
from ssot_rules.analysis.vocabulary import MIGRATION_FUNCTIONS, MIGRATION_WORDS
from ssot_rules.definitions._functions import size_of

# Near copies of fewer statements were judged not worth an action in six draws of unseen code.
_SCORED_STATEMENTS = 9
# Functions of which less is common call other things.
_HALF = 0.5


def is_worth_a_score(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    """Whether two of some namesakes are as near and as long as those that were worth an action in unseen code, and call
    the same. Migrations are what was right when they ran, and programs that are started apart have options each."""
    if _is_migration(functions) or all(reads_command_line(project, each) for each in functions):
        return False
    return any(
        similarity(one, other) >= SIMILAR_FROM
        and min(size_of(one), size_of(other)) >= _SCORED_STATEMENTS
        and _call_the_same(one, other)
        and not (size_of(one) < FEW_STATEMENTS and modules_meant_otherwise(project, one, other))
        for one, other in combinations(functions, 2)
    )


def reads_command_line(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function declares the options of a program."""
    calls = (project.resolve(function.module, call.scope, call.callee) for call in function.module.calls(function))
    return any(found.external == "argparse.ArgumentParser" for found in calls)


def _is_migration(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions are steps from one version of stored data to the next: by a decorator that registers them as
    such, or by a name that a tool asks each module of steps for."""
    return all(map(_is_registered_step, functions)) or functions[0].name in MIGRATION_FUNCTIONS


def _is_registered_step(function: FunctionSymbol) -> bool:
    found = {word for decorator in function.fact.decorators for word in words(decorator.name)}
    return not found.isdisjoint(MIGRATION_WORDS)


def _call_the_same(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether at least half of what two functions call, by its last name, both do."""
    first, second = _called(one), _called(other)
    return len(first & second) >= _HALF * len(first | second)


def _called(function: FunctionSymbol) -> frozenset[str]:
    scopes = scopes_within(function)
    calls = (call for call in function.module.facts.calls if call.scope in scopes)
    return frozenset(call.callee.rpartition(".")[2] for call in calls)
