"""SSOT204 multiple-creation-paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import BranchKind
from ssot_lint.project.project import Project, call_site, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.factories import factories
from ssot_rules.factories._conditions import branches_around, condition_text


@dataclass(frozen=True)
class MultipleCreationPaths(Rule):
    """A factory creates its product in several places, under different conditions.

    Why:
        Each path has its own arguments. What one of them forgets (a limit, a user, a hook) is missing only under its
        condition: in the fallback after an error, or when an optional argument is left out.

    Bad:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host, retries=0):
                self.host = host
                self.retries = retries

        def create_mailer(host=None):
            if host is None:
                return Mailer("localhost")
            return Mailer(host, retries=3)

    Good:
        # shop/mailer.py
        class Mailer:
            def __init__(self, host, retries=0):
                self.host = host
                self.retries = retries

        def create_mailer(host=None):
            if host is None:
                host = "localhost"
            return Mailer(host, retries=3)

    Fix:
        Work out the arguments first, then construct in one place.
    """

    code: ClassVar[str] = "SSOT204"
    name: ClassVar[str] = "multiple-creation-paths"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per factory and product; the paths beyond the last one are sites."""
        for product, entries in project.derived(factories).items():
            for entry in entries:
                if not entry.is_wrapper and self.applies_to(entry.function.module):
                    paths = _paths(project, entry.function, product)
                    if len(paths) > 1:
                        yield _finding(entry.function, product, paths)


def _paths(project: Project, factory: FunctionSymbol, product: ClassSymbol) -> list[CallReference]:
    """The constructions whose object the factory returns or keeps."""
    returned = {value.via for value in factory.fact.returned} | set(factory.fact.global_names)
    return [
        call
        for call in project.calls_of(product)
        if call.module is factory.module
        and call.fact.scope == factory.fact.scope
        and (
            call.fact.usage in (ResultUse.RETURNED, ResultUse.SELF)
            or (call.fact.usage is ResultUse.ASSIGNED and call.fact.target in returned)
        )
    ]


def _finding(factory: FunctionSymbol, product: ClassSymbol, paths: Sequence[CallReference]) -> Finding:
    module = factory.module
    conditions = [condition_text(module, path.fact.branch) for path in paths]
    lines = [f"{module.path}:{path.fact.line} {condition}" for path, condition in zip(paths, conditions, strict=True)]
    return MultipleCreationPaths.finding(
        subject=f"{factory.id} -> {product.id}",
        message=f"`{factory.qualname}` creates `{product.name}` on {len(paths)} paths",
        remedy=_remedy(product, paths),
        home=home_of(factory, "the factory"),
        sites=tuple(
            call_site(path, f"one more path to a `{product.name}`: {condition}")
            for path, condition in zip(paths[:-1], conditions, strict=False)
        ),
        evidence={
            "product": product.id,
            "paths": [
                {
                    "line": path.fact.line,
                    "condition": condition,
                    "arguments": path.fact.argument_count,
                    "fallback": _is_under(path, BranchKind.EXCEPT),
                    "missing_argument": _depends_on_missing(factory, path),
                }
                for path, condition in zip(paths, conditions, strict=True)
            ],
            "text": lines,
        },
    )


def _remedy(product: ClassSymbol, paths: Sequence[CallReference]) -> str:
    """Where the one call is to stand: behind a ``try`` that holds the last one, as its blocks do not run all."""
    last = paths[-1]
    if _is_under(last, BranchKind.TRY) or _is_under(last, BranchKind.EXCEPT):
        return (
            f"Work out the arguments in the `try` and its `except`, then call `{product.name}(...)` once, after it; "
            "keep the calls if it is that call which may fail"
        )
    return f"Work out the arguments first, then call `{product.name}(...)` once, at line {last.fact.line}"


def _is_under(path: CallReference, kind: BranchKind) -> bool:
    return any(branch.kind is kind for branch in branches_around(path.module, path.fact.branch))


def _depends_on_missing(factory: FunctionSymbol, path: CallReference) -> str:
    """The parameter that is left out where this path is taken, empty if there is none."""
    tests = {branch.test for branch in branches_around(path.module, path.fact.branch) if branch.kind is BranchKind.IF}
    names = (parameter.name for parameter in factory.fact.parameters)
    return next((name for name in names if {f"{name} is None", f"not {name}"} & tests), "")
