"""The report as one line per new violation, for editors, problem matchers and grep."""

from __future__ import annotations

from ssot_lint.model.finding import Location
from ssot_lint.model.report import Diagnostic, Report
from ssot_lint.reporters.flagged import Flagged, new_violations, place, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.text.sanitize import visible


def render_concise(report: Report) -> str:
    """Render ``path:line:column: CODE message [ID]`` for every new violation, the worst first.

    Problems of the scan come before them, as ``path:line:1: kind: message``, or without a place if they have none in
    the project. Nothing to say is no line.
    """
    lines = [*map(_problem, report.diagnostics), *map(_violation, new_violations(report))]
    return "".join(f"{visible(line)}\n" for line in lines)


def _violation(each: Flagged) -> str:
    return f"{_where(each.location)} {each.finding.rule.code} {each.sentence} [{each.site.id}]"


def _problem(diagnostic: Diagnostic) -> str:
    location = place_of_problem(diagnostic)
    return f"{_where(location)} {problem(diagnostic)}" if location else problem(diagnostic)


def _where(location: Location) -> str:
    return f"{place(location)}:{location.column}:"


FORMAT = ReportFormat(lambda view: render_concise(view.report), is_for_people=True)
