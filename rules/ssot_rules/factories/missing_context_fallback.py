"""SSOT205 missing-context-fallback."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.syntax import Branch, BranchKind, Exit, ValueKind
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.factories import objects_made_by
from ssot_rules.analysis.singletons import process_wide_objects
from ssot_rules.analysis.vocabulary import CONTEXT_PARAMETERS
from ssot_rules.factories._conditions import branches_of


@dataclass(frozen=True, slots=True)
class _Fallback:
    """What a function makes or takes where ``parameter`` is missing."""

    parameter: str
    what: str
    line: int


@dataclass(frozen=True)
class MissingContextFallback(Rule):
    """Without a user, session or context, the function quietly makes or takes an object that belongs to nobody.

    Why:
        A caller that forgets the argument is not told: it works with an object without owner, or with the one that all
        such callers share, and data of one user ends up with another.

    Bad:
        # shop/carts.py
        class Cart:
            def __init__(self, owner):
                self.owner = owner

            def add(self, item):
                self.last = item

        def open_cart(user_id=None):
            if user_id is None:
                return Cart("nobody")
            return Cart(user_id)

    Good:
        # shop/carts.py
        class Cart:
            def __init__(self, owner):
                self.owner = owner

            def add(self, item):
                self.last = item

        def open_cart(user_id=None):
            if user_id is None:
                raise ValueError("user_id is required")
            return Cart(user_id)

    Fix:
        Make the parameter required, or raise where it is missing. If there is a case without it, give that a function
        of its own, named for it.
    """

    code: ClassVar[str] = "SSOT205"
    name: ClassVar[str] = "missing-context-fallback"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.HIGH

    parameters: Annotated[
        tuple[str, ...], Meta(description="names of parameters that say for whom or in what context a function works")
    ] = CONTEXT_PARAMETERS

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        names = frozenset(self.parameters)
        for function in project.functions():
            if self.applies_to(function.module) and (optional := _optional(function, names)):
                fallback = _fallback(project, function, optional)
                if fallback is not None:
                    yield _finding(function, fallback)


def _optional(function: FunctionSymbol, names: Set[str]) -> list[str]:
    return [
        parameter.name
        for parameter in function.fact.parameters
        if parameter.name in names and parameter.default is not None and parameter.default.kind is ValueKind.NONE
    ]


def _fallback(project: Project, function: FunctionSymbol, parameters: list[str]) -> _Fallback | None:
    branches = list(branches_of(function))
    for parameter in parameters:
        for index, branch in branches:
            if _runs_without(branch, parameter):
                found = _made_in(project, function, index, after=0)
            elif _returns_with(branch, parameter):
                found = _made_in(project, function, _outside_try(function.module, branch.parent), after=branch.line)
            else:
                continue
            for what, target, line in found:
                if target != parameter:
                    return _Fallback(parameter, what, line)
    return None


def _runs_without(branch: Branch, parameter: str) -> bool:
    """Whether a branch is taken when, and only when, the parameter is missing."""
    if branch.kind is BranchKind.IF:
        return branch.test in (f"{parameter} is None", f"not {parameter}")
    return branch.kind is BranchKind.ELSE and branch.test in (f"{parameter} is not None", parameter)


def _returns_with(branch: Branch, parameter: str) -> bool:
    """Whether a branch leaves the function when the parameter is there: what follows is for when it is not."""
    is_given = branch.kind is BranchKind.IF and branch.test in (f"{parameter} is not None", parameter)
    return is_given and branch.exit is Exit.RETURN


def _made_in(project: Project, function: FunctionSymbol, branch: int, *, after: int) -> Iterator[tuple[str, str, int]]:
    """The objects that a function makes or takes in a branch itself, behind a line: what, for which variable, where.

    Only what it returns or keeps counts.
    """
    module, scope = function.module, function.fact.scope
    kept = {value.via for value in function.fact.returned}
    for call in module.facts.calls:
        if call.scope != scope or call.line <= after or _outside_try(module, call.branch) != branch:
            continue
        is_kept = call.usage is ResultUse.ASSIGNED and call.target in kept
        if call.usage in (ResultUse.RETURNED, ResultUse.SELF) or is_kept:
            symbol = project.resolve(module, scope, call.callee).symbol
            if objects_made_by(project, symbol):
                yield f"`{call.callee}(...)`", call.target, call.line
    for value in function.fact.returned:
        if value.kind is not ValueKind.NAME or value.via or value.line <= after:
            continue
        if _outside_try(module, value.branch) == branch:
            symbol = project.resolve(module, scope, value.text).symbol
            if symbol in project.derived(process_wide_objects):
                yield f"the shared `{value.text}`", "", value.line


def _outside_try(module: Module, branch: int) -> int:
    """The branch that is not the body of a ``try``: such a body is run in any case."""
    while branch >= 0 and module.facts.branches[branch].kind is BranchKind.TRY:
        branch = module.facts.branches[branch].parent
    return branch


def _finding(function: FunctionSymbol, fallback: _Fallback) -> Finding:
    path = function.module.path
    lines = [
        f"{path}:{function.fact.line} `{function.name}` has the optional parameter `{fallback.parameter}`",
        f"{path}:{fallback.line} without it, falls back to {fallback.what}",
    ]
    return MissingContextFallback.finding(
        subject=function.id,
        message=f"without `{fallback.parameter}`, `{function.qualname}` falls back to {fallback.what}",
        remedy=(
            f"Make `{fallback.parameter}` a required parameter of {function.id}, or raise an error at line "
            f"{fallback.line}"
        ),
        home=home_of(function, "the function with the optional parameter"),
        sites=(
            Site(
                Location(path, fallback.line, 1, fallback.line),
                function.module.name,
                function.id,
                f"falls back to {fallback.what} when `{fallback.parameter}` is missing",
                function.fact.body.digest,
            ),
        ),
        evidence={"parameter": fallback.parameter, "fallback": fallback.what, "line": fallback.line, "text": lines},
    )
