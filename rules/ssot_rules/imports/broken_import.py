"""SSOT307 broken-import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Symbol
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import combined, manual, retarget
from ssot_rules.analysis.imports import by_statement, enclosing_id, importers, statement_site
from ssot_rules.imports._guarded import handler_of, has_stand_in, may_come_later
from ssot_rules.imports._missing import Missing, dotted_name, is_broken, missing_imports, missing_in
from ssot_rules.imports._successors import Successors, successors_of
from ssot_rules.imports._unreached import is_unreached

_POSSIBLE = Guard.TRY | Guard.CONDITION | Guard.ELSE | Guard.MAIN | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT


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
        Import the name from where it is now. If it is gone, delete the import and the code that needs it. Where the
        only definition left lies in a folder such as ``legacy`` or ``obsolete``, and the module that is asked has a
        name like it, that is the likelier successor.
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
        """One finding per module or name that is missing, and another one for the imports of it that may fail."""
        found: dict[tuple[Missing, bool], list[ImportReference]] = defaultdict(list)
        for use in (each for module in project.modules for each in project.linked(missing_imports, module)):
            if self.applies_to(use.importer) and is_broken(project, use) and not self._is_generated(project, use):
                found[missing_in(project, use), _may_fail(project, use)].append(use)
        for (missing, may_fail), uses in found.items():
            yield _finding(project, missing, uses, may_fail)

    def _is_generated(self, project: Project, use: ImportReference) -> bool:
        return any(fnmatchcase(dotted_name(project, use), glob) for glob in self.generated)


def _may_fail(project: Project, use: ImportReference) -> bool:
    """Whether the program gets by without the import: it never runs, or what happens then is provided for."""
    guard = use.fact.guard
    if guard & Guard.TYPE_CHECKING or is_unreached(project, use):
        return True
    if not guard & Guard.TRY_IMPORT:
        return False
    is_expected = use.importer.zone is Zone.TEST or handler_of(use.importer, use.fact) is None
    return is_expected or may_come_later(use) or has_stand_in(use.importer, use.fact)


def _finding(project: Project, missing: Missing, uses: Sequence[ImportReference], may_fail: bool) -> Finding:
    statements = by_statement(sorted(uses, key=_urgency))
    successors = successors_of(project, missing, uses)
    return BrokenImport.finding(
        subject=missing.id,
        message=f"{missing.complaint}{_extent(statements)}: {_consequence(statements[0][0])}",
        remedy=_remedy(project, missing, uses, successors),
        home=successors.home,
        sites=(
            statement_site(each, _absent(project, missing, each), _fix(each, successors.symbols)) for each in statements
        ),
        evidence={
            "text": [missing.proof, *successors.places],
            "missing": list(dict.fromkeys(dotted_name(project, use) for use in uses)),
            "rewrites": successors.rewrites,
        },
        severity=_severity(uses, may_fail),
        rests_on=missing.rests_on,
    )


def _fix(uses: Sequence[ImportReference], found: Mapping[str, Symbol]) -> Fix:
    """Let a statement import what alone is called so."""
    edits = []
    for use in uses:
        symbol = found.get(use.fact.name or "")
        if symbol is None or symbol.module.source.distribution != use.importer.source.distribution:
            return manual("nothing tells what took its place")
        edits.append(retarget(use, symbol.module.name, symbol.name))
    return combined(edits, is_safe=False, note="only the name says that it is the same thing")


def _urgency(use: ImportReference) -> bool:
    """Sorts first what fails whenever its module is imported."""
    return use.fact.scope != MODULE_SCOPE or use.fact.guard is not Guard.NONE


def _extent(statements: Sequence[Sequence[ImportReference]]) -> str:
    if len(statements) == 1 or len(statements[0][0].resolution.hops) > 1:
        return ""
    modules = importers(use for uses in statements for use in uses)
    return f", but {len(statements):,} statements in {counted(len(modules), 'module')} import it"


def _consequence(use: ImportReference) -> str:
    if use.fact.guard & Guard.TYPE_CHECKING:
        return "type checkers take it for Any"
    if use.fact.guard & Guard.TRY_IMPORT:
        return "the guarded import always fails"
    if use.fact.scope != MODULE_SCOPE:
        return f"{enclosing_id(use)} raises ImportError when it gets there"
    if use.fact.guard & _POSSIBLE:
        return f"importing {use.importer.name} raises ImportError under some condition"
    return f"importing {use.importer.name} raises ImportError"


def _severity(uses: Sequence[ImportReference], may_fail: bool) -> Severity | None:
    if may_fail:
        return Severity.INFO
    return Severity.MEDIUM if all(map(_urgency, uses)) else None


def _remedy(project: Project, missing: Missing, uses: Sequence[ImportReference], successors: Successors) -> str:
    if successors.remedy:
        return successors.remedy
    if missing.source is not None:
        others = missing.source.namespace.keys() - _taken_already(project, uses[0])
        close = get_close_matches(uses[0].fact.name or "", sorted(others), n=1, cutoff=0.8)
        if close:
            return f"Import `{close[0]}` if that is what is meant, else delete the import and what depends on it"
    return "Import what took its place, or delete the import and what depends on it"


def _taken_already(project: Project, use: ImportReference) -> frozenset[str]:
    """What a file imports from a module that lacks what it asks for beside: that is not what is meant."""
    return frozenset(
        each.fact.name or "" for each in project.imports if each.importer is use.importer and each.source is use.source
    )


def _absent(project: Project, missing: Missing, uses: Sequence[ImportReference]) -> str:
    if ":" in missing.id or len(uses[0].resolution.hops) > 1:
        return missing.complaint
    names = list(dict.fromkeys(dotted_name(project, use) for use in uses))
    return f"{listed(names)} {'does' if len(names) == 1 else 'do'} not exist"
