"""SSOT310 declared-path-variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.imports import statement_site
from ssot_rules.imports._paths import (
    Definition,
    ImportPath,
    are_side_by_side,
    fact_of,
    is_declared,
    is_proper,
    line_of,
    offer_of,
    offers_unasked,
    paths_of,
    symbols_with_detours,
)


@dataclass(frozen=True)
class DeclaredPathVariants(Rule):
    """A class or function is imported by several paths, all of which are meant.

    Why:
        A front and the definition behind it are two addresses of one thing: searches and patches find the importers of
        one of them. An inventory: nobody did anything wrong, and who wants one path for a name learns here which are in
        use.

    Bad:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/api.py
        from shop.orders import Order

        __all__ = ["Order"]
        # shop/report.py
        from shop.api import Order
        # shop/export.py
        from shop.orders import Order

    Good:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/api.py
        from shop.orders import Order

        __all__ = ["Order"]
        # shop/report.py
        from shop.api import Order
        # shop/export.py
        from shop.api import Order

    Fix:
        Nothing, if both are wanted. Otherwise choose the path that others shall use, and import the name from there.
    """

    code: ClassVar[str] = "SSOT310"
    name: ClassVar[str] = "declared-path-variants"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.REWRITE_IMPORTS

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per symbol, each statement that takes it from a declared front a site."""
        found = map(project.judging(self._found_of), project.derived(symbols_with_detours))
        yield from (finding for finding in found if finding is not None)

    def _found_of(self, project: Project, symbol: Definition) -> Finding | None:
        paths = paths_of(project, symbol)
        fronts = [path for path in paths if _is_declared_front(project, symbol, path)]
        uses = [use for path in fronts for use in path.uses if self.applies_to(use.importer)]
        return _finding(symbol, paths, uses) if uses and are_side_by_side(symbol, paths, fronts) else None


def _is_declared_front(project: Project, symbol: Definition, path: ImportPath) -> bool:
    if is_proper(symbol, path.module) or offers_unasked(symbol, path.module):
        return False
    offer = offer_of(project, path.module, symbol.name)
    return offer is not None and is_declared(project, path.module, symbol.name, offer)


def _finding(symbol: Definition, paths: Sequence[ImportPath], uses: Sequence[ImportReference]) -> Finding:
    kind = "class" if isinstance(symbol, ClassSymbol) else "function"
    by_use = sorted(paths, key=lambda path: -len(path.importers))
    figures = [f"{path.module.name} ({counted(len(path.importers), 'module')})" for path in by_use]
    return DeclaredPathVariants.finding(
        subject=symbol.id,
        message=f"{kind} `{symbol.name}` is imported by {len(paths)} paths: {listed(figures)}",
        remedy=f"Nothing, if all are wanted; else import `{symbol.name}` from one of them everywhere",
        home=home_of(symbol, "the definition"),
        sites=(
            statement_site([use], f"takes `{symbol.name}` from {use.source.name}")
            for use in uses
            if use.source is not None
        ),
        evidence={
            "text": [line_of(path, _role(symbol, path)) for path in by_use],
            "kind": kind,
            "paths": [fact_of(path, _role(symbol, path)) for path in by_use],
        },
    )


def _role(symbol: Definition, path: ImportPath) -> str:
    if path.module is symbol.module:
        return "definition"
    return "package" if is_proper(symbol, path.module) else "other"
