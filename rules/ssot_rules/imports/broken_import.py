"""SSOT307 broken-import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import Symbol
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_rules.analysis.imports import enclosing_id, place_of

_TOLERATED = Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT | Guard.TYPE_CHECKING
_POSSIBLE = Guard.TRY | Guard.CONDITION | Guard.ELSE | Guard.MAIN


@dataclass(frozen=True)
class BrokenImport(Rule):
    """A first-party module or name is imported that does not exist.

    Why:
        The import raises ImportError as soon as it runs. Within a function that is in production, on the day the branch
        is taken; in a test module, all its tests are gone. Such imports are what moved and renamed code leaves behind.

    Bad:
        # shop/orders.py
        class Order: ...
        # shop/cart.py
        from shop.orders import PurchaseOrder

    Good:
        # shop/orders.py
        class Order: ...
        # shop/cart.py
        from shop.orders import Order

    Fix:
        Import the name from where it is now. If it is gone, delete the import and the code that needs it.
    """

    code: ClassVar[str] = "SSOT307"
    name: ClassVar[str] = "broken-import"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)
    generated: Annotated[
        tuple[str, ...],
        Meta(description="globs of dotted module names that only a build creates"),
    ] = ("*._version", "*_pb2", "*_pb2_grpc")

    def check(self, project: Project) -> Iterator[Finding]:
        statements: dict[tuple[str, int], list[ImportReference]] = defaultdict(list)
        for use in project.imports:
            if self.applies_to(use.importer) and _is_broken(use) and not self._is_generated(project, use):
                statements[use.importer.path, use.fact.statement].append(use)
        if statements:
            definitions = _definitions(project)
            for uses in statements.values():
                yield _finding(project, uses, definitions)

    def _is_generated(self, project: Project, use: ImportReference) -> bool:
        missing = _missing(project, use)
        return any(fnmatchcase(missing, glob) for glob in self.generated)


def _is_broken(use: ImportReference) -> bool:
    """Whether this very import names what is missing, rather than something that another broken import offers."""
    return use.resolution.outcome is Outcome.MISSING and len(use.resolution.hops) < 2


def _missing(project: Project, use: ImportReference) -> str:
    """The dotted name that does not exist."""
    module = project.resolver.index.absolute_name(use.importer, use.fact) or use.fact.module
    return module if use.source is None else f"{module}.{use.fact.name}"


def _definitions(project: Project) -> Mapping[str, list[Symbol]]:
    """Everything production code defines at module level, by name."""
    found: dict[str, list[Symbol]] = defaultdict(list)
    for module in project.modules:
        if module.zone is Zone.PRODUCTION:
            for name, entry in module.namespace.items():
                if isinstance(entry, Symbol):
                    found[name].append(entry)
    return found


def _finding(project: Project, uses: Sequence[ImportReference], definitions: Mapping[str, Sequence[Symbol]]) -> Finding:
    missing = list(dict.fromkeys(_missing(project, use) for use in uses))
    first = uses[0]
    successor = _successor(uses, definitions)
    return BrokenImport.finding(
        subject=", ".join(missing),
        message=f"{_complaint(uses, missing)}: {_consequence(first)}",
        remedy=_remedy(uses, successor),
        home=None if successor is None else home_of(successor, "the only definition of that name"),
        sites=(_site(first, missing),),
        evidence={"text": _text(uses, missing, successor), "missing": list(missing)},
        severity=_severity(first),
    )


def _complaint(uses: Sequence[ImportReference], missing: Sequence[str]) -> str:
    source = uses[0].source
    if source is None:
        return f"there is no module {' and no module '.join(missing)}"
    return f"{source.name} has no {', '.join(f'`{use.fact.name}`' for use in uses)}"


def _consequence(use: ImportReference) -> str:
    if use.fact.guard & Guard.TYPE_CHECKING:
        return "type checkers take it for Any"
    if use.fact.guard & _TOLERATED:
        return "the guarded import always fails"
    if use.fact.scope != MODULE_SCOPE:
        return f"{enclosing_id(use)} raises ImportError when it gets there"
    if use.fact.guard & _POSSIBLE:
        return f"importing {use.importer.name} raises ImportError under some condition"
    return f"importing {use.importer.name} raises ImportError"


def _severity(use: ImportReference) -> Severity | None:
    if use.fact.guard & _TOLERATED:
        return Severity.INFO
    return Severity.MEDIUM if use.fact.scope != MODULE_SCOPE or use.fact.guard & _POSSIBLE else None


def _successor(uses: Sequence[ImportReference], definitions: Mapping[str, Sequence[Symbol]]) -> Symbol | None:
    """The one definition of what the statement wants, under the importer's own source root if there is any."""
    for use in uses:
        everywhere = definitions.get(use.fact.name or "", ())
        root = use.importer.source.root
        found = [symbol for symbol in everywhere if symbol.module.source.root == root] or everywhere
        if len(found) == 1:
            return found[0]
    return None


def _remedy(uses: Sequence[ImportReference], successor: Symbol | None) -> str:
    if successor is not None:
        return f"Write `from {successor.module.name} import {successor.name}`, the only place that defines it"
    source = uses[0].source
    if source is not None:
        close = get_close_matches(uses[0].fact.name or "", sorted(source.namespace), n=1, cutoff=0.8)
        if close:
            return f"Import `{close[0]}` if that is what is meant, else delete the import and what depends on it"
    return "Import what took its place, or delete the import and what depends on it"


def _site(use: ImportReference, missing: Sequence[str]) -> Site:
    message = f"{', '.join(missing)} does not exist" if len(missing) == 1 else f"{', '.join(missing)} do not exist"
    return Site(place_of(use.importer, use.fact), use.importer.name, enclosing_id(use), message)


def _text(uses: Sequence[ImportReference], missing: Sequence[str], successor: Symbol | None) -> list[str]:
    source = uses[0].source
    lines: list[str]
    if source is None:
        lines = [f"no file is named {name}" for name in missing[:4]]
    else:
        lines = [f"{source.path} neither defines nor imports {', '.join(str(use.fact.name) for use in uses)}"]
    if successor is not None:
        lines.append(f"{successor.id} is defined in {successor.module.path}:{successor.fact.line}")
    return lines
