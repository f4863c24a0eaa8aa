"""A report about a part of the files of a project, although the whole was scanned."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import ChangedFilter, JudgedFinding, Report


def only_changed(report: Report, changed: Collection[str], since: str) -> Report:
    """``report`` with only those findings, whole, that have a site in one of the files ``changed`` since a revision.

    Its plan is left out: the points of its steps, and their order, rest on all findings.
    """
    kept = tuple(finding for finding in report.findings if _is_about(finding, changed))
    hidden = _violations(report.findings) - _violations(kept)
    return msgspec.structs.replace(report, findings=kept, plan=None, changed_filter=ChangedFilter(since, hidden))


def _is_about(finding: JudgedFinding, changed: Collection[str]) -> bool:
    return any(each.site.location.path in changed for each in finding.sites)


def _violations(findings: Collection[JudgedFinding]) -> int:
    return sum(finding.severity is not Severity.INFO for finding in findings)
