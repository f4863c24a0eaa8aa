"""SSOT002: a comment for this tool that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.edits import Fix, RemoveComment, Safety
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.record import DirectiveMistake, ScanRecord, SuppressionUse
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import ScanRule, Zones
from ssot_rules.analysis.mirrors import Contract, contracts


@dataclass(frozen=True)
class UnusedSuppression(ScanRule):
    """A comment for ssot-lint silences nothing, or cannot be understood.

    Why:
        A suppression that outlived its violation silences the next one that comes up in its place, which nobody then
        sees. One with a mistake in it looks like a decision and has no effect. Only rules that ran over the whole
        project count, so a scan of a part of it, or of files that cannot be parsed, finds nothing.

    Bad:
        # shop/orders.py
        # ssot-lint: ignore[SSOT101] goes away with the old shop
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

    Good:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

    Fix:
        Delete the code from the comment, and with the last code the comment. If something should be silenced, put the
        comment at a site of the finding or at its home: anywhere in the logical line or header, or in the line above.
        Of two definitions marked ``canonical`` that are rivals, keep one mark.
    """

    code: ClassVar[str] = "SSOT002"
    name: ClassVar[str] = "unused-suppression"
    family: ClassVar[str] = "scan"
    severity: ClassVar[Severity] = Severity.LOW

    zones: Zones = field(default=tuple(Zone), kw_only=True)

    def review(self, project: Project, record: ScanRecord) -> Iterator[Finding]:
        """One finding per comment."""
        unused = [use for use in record.suppressions if use.unused]
        orphaned = [contract for contract in project.derived(contracts) if contract.home is None]
        paths = {use.suppression.location.path for use in unused} | {each.location.path for each in record.mistakes}
        judged = {module.path for module in project.modules if module.path in paths and self.applies_to(module)}
        for use in unused:
            if use.suppression.location.path in judged:
                yield _unused(use)
        for contract in orphaned:
            if self.applies_to(contract.copy.module):
                yield _orphaned(contract)
        for mistake in record.mistakes:
            if mistake.location.path in judged:
                yield _misunderstood(mistake)


def _unused(use: SuppressionUse) -> Finding:
    suppression = use.suppression
    codes, place = ", ".join(use.unused), suppression.location
    text = f"{suppression.kind.value}[{codes}]"
    is_all = use.unused == suppression.codes
    return _finding(
        suppression.location,
        suppression.module,
        subject=text,
        problem=f"`{text}` silences nothing",
        remedy="Delete the comment." if is_all else f"Delete {codes} from the comment.",
        reason=suppression.reason,
        fix=Fix(Safety.SAFE, (RemoveComment(place.path, place.line, place.column, () if is_all else use.unused),)),
    )


def _orphaned(contract: Contract) -> Finding:
    module = contract.copy.module
    return _finding(
        Location(module.path, contract.note.line, 1, contract.note.line),
        module.name,
        subject=contract.target,
        problem=f"`{contract.copy.name}` is declared a copy of `{contract.target}`, which is not there",
        remedy="Name the definition that it follows now, or delete the comment.",
        reason="",
    )


def _misunderstood(mistake: DirectiveMistake) -> Finding:
    return _finding(
        mistake.location,
        mistake.module,
        subject=mistake.text,
        problem=f"`ssot-lint: {mistake.text}` has no effect: {mistake.problem}",
        remedy=mistake.remedy,
        reason="",
    )


def _finding(
    place: Location, module: str, *, subject: str, problem: str, remedy: str, reason: str, fix: Fix | None = None
) -> Finding:
    return UnusedSuppression.finding(
        subject=subject,
        message=f"{place.path}: {problem}",
        remedy=remedy,
        sites=(Site(place, module, module, problem, fix=fix),),
        evidence={"text": [f"its reason: {reason}"] if reason else [], "reason": reason},
    )
