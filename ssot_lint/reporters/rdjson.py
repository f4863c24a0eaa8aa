"""The report as rdjson, for reviewdog.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ssot_lint.model.finding import Json, Location, Severity
from ssot_lint.model.report import Diagnostic, Report
from ssot_lint.reporters.flagged import Flagged, new_violations, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.json_text import json_text
from ssot_lint.reporters.source_lines import SourceLines
from ssot_lint.text.sanitize import visible

_ERROR, _WARNING, _INFO = "ERROR", "WARNING", "INFO"
_SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: _ERROR,
        Severity.HIGH: _ERROR,
        Severity.MEDIUM: _WARNING,
        Severity.LOW: _INFO,
    }
)


def render_rdjson(report: Report, lines: SourceLines) -> str:
    """Render the new violations, the worst first, after the problems of the scan that have a place in the project.

    Paths are relative to the project root, where reviewdog is to be run. A range goes from where the site starts to the
    end of that line, in bytes of UTF-8; it is the whole line where the file could not be read.
    """
    problems = ((diagnostic, place_of_problem(diagnostic)) for diagnostic in report.diagnostics)
    return json_text(
        {
            "source": {"name": "ssot-lint"},
            "diagnostics": [
                *(_problem(diagnostic, location) for diagnostic, location in problems if location),
                *(_violation(each, lines) for each in new_violations(report)),
            ],
        }
    )


def _violation(each: Flagged, lines: SourceLines) -> Json:
    return {
        "message": "\n".join(map(visible, [f"{each.sentence} [{each.site.id}]", *each.details])),
        "location": {"path": each.location.path, "range": _range(each.location, lines)},
        "severity": _SEVERITIES[each.finding.severity],
        "code": {"value": each.finding.rule.code},
    }


def _problem(diagnostic: Diagnostic, location: Location) -> Json:
    return {
        "message": visible(problem(diagnostic)),
        "location": {"path": location.path, "range": {"start": {"line": location.line}}},
        "severity": _WARNING,
        "code": {"value": diagnostic.kind},
    }


def _range(location: Location, lines: SourceLines) -> Json:
    number = max(location.line, 1)
    line = lines.get((location.path, location.line))
    if line is None:
        return {"start": {"line": number}}
    columns = (location.column, line.end_column(location.column))
    start, end = (len(line.text[: column - 1].encode()) + 1 for column in columns)
    return {"start": {"line": number, "column": start}, "end": {"line": number, "column": end}}


FORMAT = ReportFormat(lambda view: render_rdjson(view.report, view.lines))
