"""The report as JSON, schema version 1: the complete result, for programs.

``report.schema.json`` beside this file describes the document (JSON Schema, draft 2020-12).
"""

from __future__ import annotations

import json
from importlib import resources
from typing import cast

from ssot_lint.gate.score import rounded_score
from ssot_lint.model.finding import Home, Location
from ssot_lint.model.plan import Plan, Step
from ssot_lint.model.report import REPORT_SCHEMA_VERSION, ChangedFilter, JudgedFinding, JudgedSite, Report
from ssot_lint.reporters.figures import count_violations, sites_by_severity
from ssot_lint.reporters.json_text import JsonObject, json_text

_DECIMALS = 2
_STEP_DECIMALS = 4
"""Of the points of a step: in a large project most gain less than a hundredth."""


def render_json(report: Report) -> str:
    """Render the whole report: two spaces of indent, fixed order of keys, a newline at the end, valid UTF-8.

    Scores and points are rounded to 2 decimals, the points of a step to 4. Paths that are not UTF-8 have their bytes
    escaped (:func:`ssot_lint.text.sanitize.encodable`); invisible characters are written as JSON escapes.
    """
    return json_text(_document(report))


def report_schema() -> JsonObject:
    """Read the JSON Schema of the document."""
    text = resources.files("ssot_lint.reporters").joinpath("report.schema.json").read_text("utf-8")
    return cast("JsonObject", json.loads(text))


def _document(report: Report) -> JsonObject:
    return {
        "schema_version": REPORT_SCHEMA_VERSION,
        "tool": {"name": "ssot-lint", "version": report.tool_version},
        "summary": _summary(report),
        "rules": [
            {
                "code": result.rule.code,
                "name": result.rule.name,
                "family": result.rule.family,
                "severity": result.rule.severity.value,
                "findings": result.findings,
                "violations": result.violations,
                "points_lost": round(result.points_lost, _DECIMALS),
            }
            for result in report.rules
        ],
        "components": [
            {
                "name": component.name,
                "score": rounded_score(component.score, _DECIMALS),
                "violations": component.violations,
            }
            for component in report.components
        ],
        "findings": [_finding(finding) for finding in report.findings],
        "diagnostics": [
            {
                "path": diagnostic.path,
                "line": diagnostic.line,
                "kind": diagnostic.kind,
                "message": diagnostic.message,
            }
            for diagnostic in report.diagnostics
        ],
        **({} if report.plan is None else {"plan": _plan(report.plan)}),
        **({} if report.changed_filter is None else {"changed_filter": _changed_filter(report.changed_filter)}),
    }


def _summary(report: Report) -> JsonObject:
    return {
        "files": report.files,
        "lines": report.lines,
        "score": rounded_score(report.score.value, _DECIMALS),
        "score_version": report.score.version,
        "clean_modules": report.score.clean_modules,
        "modules": report.score.modules,
        "violations": {**count_violations(report)._asdict(), "fixed": report.fixed},
        "by_severity": {severity.value: count for severity, count in sites_by_severity(report).items()},
    }


def _finding(judged: JudgedFinding) -> JsonObject:
    finding = judged.finding
    return {
        "code": judged.rule.code,
        "name": judged.rule.name,
        "severity": judged.severity.value,
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "home": _home(finding.home) if finding.home else None,
        "sites": [_site(site) for site in judged.sites],
        "evidence": finding.evidence,
    }


def _changed_filter(changed_filter: ChangedFilter) -> JsonObject:
    return {"since": changed_filter.since, "hidden": changed_filter.hidden}


def _plan(plan: Plan) -> JsonObject:
    return {
        "score_before": rounded_score(plan.score_before, _DECIMALS),
        "score_after": rounded_score(plan.score_after, _DECIMALS),
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> JsonObject:
    return {
        "number": step.number,
        "priority": step.priority,
        "action": step.action.value,
        "title": step.title,
        "code": step.code,
        "subject": step.subject,
        "ids": list(step.ids),
        "keep": _home(step.keep) if step.keep else None,
        "delete": [_location(location) for location in step.delete],
        "importers": list(step.importers),
        "files": step.files,
        "points": round(step.points, _STEP_DECIMALS),
        "after": list(step.after),
    }


def _home(home: Home) -> JsonObject:
    return {
        **_location(home.location),
        "module": home.module,
        "symbol": home.symbol,
        "reason": home.reason,
    }


def _site(judged: JudgedSite) -> JsonObject:
    site = judged.site
    return {
        **_location(site.location),
        "module": site.module,
        "symbol": site.symbol,
        "message": site.message,
        "status": judged.status.value,
        "fingerprint": judged.fingerprint,
        "id": judged.id,
    }


def _location(location: Location) -> JsonObject:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        # A rule that knows only where something starts leaves the end open.
        "end_line": max(location.end_line, location.line),
    }
