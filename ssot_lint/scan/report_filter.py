"""A report about a part of a project, although the whole was read and judged."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ssot_lint.discovery.paths import is_within
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding, Report, ReportFilter, Status
from ssot_lint.scan.request import Request


def filtered(report: Report, request: Request) -> Report:
    """``report`` with only those findings, whole, that are about what ``request`` is limited to.

    A finding is about the files of its sites and its home, and about those that it rests on. Its plan is left out: the
    points of its steps, and their order, rest on all findings.
    """
    if not request.is_limited:
        return report
    kept = tuple(finding for finding in report.findings if _is_asked_for(finding, request))
    since = request.change.since if request.change and request.only_new else ""
    shown = ReportFilter(request.about, since, _violations(report.findings) - _violations(kept))
    return msgspec.structs.replace(report, findings=kept, plan=None, filter=shown)


def _is_asked_for(finding: JudgedFinding, request: Request) -> bool:
    places = _places(finding)
    if request.about and not any(is_within(place, path) for place in places for path in request.about):
        return False
    return not request.only_new or any(judged.status is Status.NEW for judged in finding.sites)


def _places(finding: JudgedFinding) -> frozenset[str]:
    home = finding.finding.home
    sites = (each.site.location.path for each in finding.sites)
    return frozenset((*sites, *finding.finding.rests_on, *([home.location.path] if home else ())))


def _violations(findings: Collection[JudgedFinding]) -> int:
    return sum(finding.severity is not Severity.INFO for finding in findings)
