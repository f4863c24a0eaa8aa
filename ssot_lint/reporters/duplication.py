"""The duplication statistics: of which things there are too many, and in how many files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ssot_lint.model.finding import Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.figures import is_violation

_OF_IMPORTS = (Action.MOVE_IMPORTS, Action.REWRITE_IMPORTS)


class Duplication(NamedTuple):
    """A declared component or a subject, and where it is beyond its home.

    ``duplicates`` counts places: a line that two rules object to is one. ``files`` counts those of the homes too.
    ``findings`` are what it sums up, the worst first; ``severity`` is that of the first.
    """

    name: str
    is_component: bool
    severity: Severity
    duplicates: int
    files: int
    findings: tuple[JudgedFinding, ...]


def duplication(report: Report) -> list[Duplication]:
    """Declared components with violations, then the subjects of all other findings that have a home; the worst first.

    Findings without a home (an unawaited coroutine, an unused comment) duplicate nothing, nor does an import that takes
    a way round.
    """
    components: dict[str, list[JudgedFinding]] = {}
    subjects: dict[str, list[JudgedFinding]] = {}
    for finding in worst_first(filter(is_violation, report.findings)):
        for name in finding.components:
            components.setdefault(name, []).append(finding)
        if finding.finding.home and not finding.components and finding.rule.action not in _OF_IMPORTS:
            subjects.setdefault(finding.finding.subject, []).append(finding)
    rows = [_duplication(name, findings, is_component=True) for name, findings in components.items()]
    rows += [_duplication(name, findings, is_component=False) for name, findings in subjects.items()]
    return sorted(rows, key=_order)


def worst_first(findings: Iterable[JudgedFinding]) -> list[JudgedFinding]:
    """By severity, then those with the most sites, otherwise as they stood."""
    return sorted(findings, key=lambda judged: (judged.severity.rank, -len(judged.sites)))


def _duplication(name: str, findings: list[JudgedFinding], *, is_component: bool) -> Duplication:
    places = {(each.site.location.path, each.site.location.line) for finding in findings for each in finding.sites}
    homes = {finding.finding.home.location.path for finding in findings if finding.finding.home}
    return Duplication(
        name=name,
        is_component=is_component,
        severity=findings[0].severity,
        duplicates=len(places),
        files=len(homes | {path for path, _ in places}),
        findings=tuple(findings),
    )


def _order(row: Duplication) -> tuple[bool, int, int, int, str]:
    return not row.is_component, row.severity.rank, -row.duplicates, -row.files, row.name
