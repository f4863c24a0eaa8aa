"""SSOT205 missing-context-fallback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.probe import Kind
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.vocabulary import CONTEXT_PARAMETERS
from ssot_rules.factories._missing_context import Fallback, fallback_of, may_fall_back


@dataclass(frozen=True)
class MissingContextFallback(Rule):
    """Without a user, session or context, the function quietly makes or takes an object that belongs to nobody.

    Why:
        A caller that forgets the argument is not told: it works with an object without owner, or with the one that all
        such callers share, and data of one user ends up with another. A context that is made up, with a user called
        "system", is no better: everybody who forgets it works on behalf of one invented user. What is made of a record
        that the function has looked up belongs to somebody: there the parameter only narrows the search.

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
        of its own, named for it. An object of the parameter's own class is a default, unless it says who somebody is.
    """

    code: ClassVar[str] = "SSOT205"
    name: ClassVar[str] = "missing-context-fallback"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.HIGH
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.OWNERLESS,)

    parameters: Annotated[
        tuple[str, ...], Meta(description="names of parameters that say for whom or in what context a function works")
    ] = CONTEXT_PARAMETERS

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, project: Project, module: Module) -> tuple[Finding, ...]:
        names = frozenset(self.parameters)
        functions = module.derived(may_fall_back) if self.applies_to(module) else ()
        found = ((function, fallback_of(project, function, names)) for function in functions)
        return tuple(_finding(project, function, fallback) for function, fallback in found if fallback is not None)


def _finding(project: Project, function: FunctionSymbol, fallback: Fallback) -> Finding:
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
        also_changes=(call.module.path for call in project.calls_of(function)),
    )
