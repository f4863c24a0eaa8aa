"""The report as SARIF 2.1.0, made for GitHub code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/ and
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ssot_lint.model.edits import LineChange
from ssot_lint.model.finding import Json
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, Report, RuleInfo
from ssot_lint.reporters.flagged import Flagged, flagged, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.json_text import json_text
from ssot_lint.reporters.sarif_results import LEVELS, SOURCE_ROOT, Places, sarif_result
from ssot_lint.reporters.source_lines import SourceLines
from ssot_lint.rules.docs import render_sections, sections_of
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

MAX_RESULTS = 25_000
"""GitHub refuses a run with more results."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST_DESCRIPTION = 1_024


def render_sarif(
    report: Report,
    lines: SourceLines,
    folder: str,
    changes: Mapping[str, Sequence[LineChange]] = MappingProxyType({}),
) -> str:
    """Render every violation as a result, new ones first, then the worst; at most :data:`MAX_RESULTS`.

    Known ones are in it too: baselined as ``unchanged``, silenced ones with their ``suppressions``. What is left out,
    and every problem of the scan, is a notification. ``lines`` are those of all locations in the report; one that is
    missing costs its region the end and its result the hash. ``folder`` is where the project lies in the repository:
    empty, or with a slash at the end. ``changes`` are the fixes, by the id of the site.
    """
    places = Places(lines, folder, changes)
    found = sorted(flagged(report), key=lambda each: not each.is_new)
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, found, places)]})


def _run(report: Report, found: Sequence[Flagged], places: Places) -> Json:
    rules = [result.rule for result in report.rules]
    index = {rule.code: at for at, rule in enumerate(rules)}
    has_baseline = report.comparison is not None
    return {
        "tool": {
            "driver": {
                "name": "ssot-lint",
                "version": report.tool_version,
                "rules": [_descriptor(rule) for rule in rules],
            }
        },
        # What is before the last slash is GitHub's category: two projects of one repository replace each other's alerts
        # unless it differs.
        "automationDetails": {"id": f"ssot-lint/{visible(places.folder)}"},
        "originalUriBaseIds": {SOURCE_ROOT: {"description": {"text": "The top level of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, max(len(found) - MAX_RESULTS, 0), places)],
        "results": [
            sarif_result(each, index[each.finding.rule.code], places, has_baseline=has_baseline)
            for each in found[:MAX_RESULTS]
        ],
    }


def _descriptor(rule: RuleInfo) -> Json:
    sections = sections_of(rule.help)
    summary = rule.summary or rule.name
    description = " ".join(sections.get("Why", summary).split())
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": description[:_LONGEST_DESCRIPTION]},
        "help": {"text": rule.help or summary, "markdown": "\n\n".join([summary, *render_sections(sections)])},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["maintainability", rule.family]},
    }


def _invocation(report: Report, left_out: int, places: Places) -> Json:
    notifications = [_notification(diagnostic, places) for diagnostic in report.diagnostics]
    if left_out:
        left = counted(left_out, "violation")
        text = f"{left} left out, the least severe: GitHub takes {MAX_RESULTS:,} (see -f json)."
        notifications.append({"level": "warning", "descriptor": {"id": "results-left-out"}, "message": {"text": text}})
    return {
        "executionSuccessful": all(diagnostic.kind != RULE_CRASHED for diagnostic in report.diagnostics),
        "toolExecutionNotifications": notifications,
    }


def _notification(diagnostic: Diagnostic, places: Places) -> Json:
    location = place_of_problem(diagnostic)
    return {
        "level": "error" if diagnostic.kind == RULE_CRASHED else "warning",
        "descriptor": {"id": visible(diagnostic.kind)},
        "message": {"text": visible(problem(diagnostic))},
        **({"locations": [{"physicalLocation": places.physical(location)}]} if location else {}),
    }


FORMAT = ReportFormat(lambda view: render_sarif(view.report, view.lines, view.folder, view.changes))
