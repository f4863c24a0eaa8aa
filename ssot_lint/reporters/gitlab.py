"""The report as GitLab Code Quality JSON.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ssot_lint.model.finding import Json, Severity
from ssot_lint.model.report import Report, Status
from ssot_lint.reporters.flagged import Flagged, flagged
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.json_text import json_text
from ssot_lint.text.sanitize import visible

_SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "blocker",
        Severity.HIGH: "critical",
        Severity.MEDIUM: "major",
        Severity.LOW: "minor",
    }
)


def render_gitlab(report: Report, folder: str) -> str:
    """Render a list of all violations but the suppressed ones, the worst first.

    Baselined ones are in it: GitLab itself compares the fingerprints with those of the target branch. Problems of the
    scan have no place in this format. ``folder`` is where the project lies in the repository: empty, or with a slash at
    the end.
    """
    return json_text([_issue(each, folder) for each in flagged(report) if each.site.status is not Status.SUPPRESSED])


def _issue(each: Flagged, folder: str) -> Json:
    rule, location = each.finding.rule, each.location
    return {
        "description": visible(f"{each.sentence} [{each.site.id}]"),
        "check_name": f"{rule.code} {rule.name}",
        "fingerprint": f"{rule.code}-{each.site.fingerprint}",
        "severity": _SEVERITIES[each.finding.severity],
        "location": {"path": f"{folder}{location.path}", "lines": {"begin": max(location.line, 1)}},
    }


FORMAT = ReportFormat(lambda view: render_gitlab(view.report, view.folder))
