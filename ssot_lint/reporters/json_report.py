"""The report as JSON, schema version 1: the complete result, for programs.

``report.schema.json`` beside this file describes the document (JSON Schema, draft 2020-12).
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TypeAlias, cast

import msgspec

from ssot_lint.model.finding import Home, Json, Location
from ssot_lint.model.report import REPORT_SCHEMA_VERSION, JudgedFinding, JudgedSite, Report
from ssot_lint.reporters.figures import count_violations, sites_by_severity
from ssot_lint.sanitize import encodable, json_with_visible_text
from ssot_lint.score import rounded_score

JsonObject: TypeAlias = dict[str, Json]

_DECIMALS = 2


def render_json(report: Report) -> str:
    """Render the whole report: two spaces of indent, fixed order of keys, a newline at the end, valid UTF-8.

    Scores and points are rounded to 2 decimals. Paths that are not UTF-8 have their bytes escaped
    (:func:`ssot_lint.sanitize.encodable`); invisible characters are written as JSON escapes.
    """
    encoded = msgspec.json.encode(_encodable(_document(report)))
    return json_with_visible_text(msgspec.json.format(encoded, indent=2).decode()) + "\n"


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


def _encodable(value: Json) -> Json:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {encodable(key): _encodable(item) for key, item in value.items()}
    return value
