"""The report as JSON, schema version 1: the complete result, for programs.

:mod:`ssot_lint.reporters.json_document` says what is in it.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET

from ssot_lint.gate.score import rounded_score
from ssot_lint.model.edits import Fix, Safety
from ssot_lint.model.finding import Home, Location, Severity
from ssot_lint.model.plan import Plan, Step
from ssot_lint.model.report import (
    REPORT_SCHEMA_VERSION,
    Comparison,
    JudgedFinding,
    JudgedSite,
    Report,
    ReportFilter,
    RuleResult,
)
from ssot_lint.model.source import Zone
from ssot_lint.reporters.figures import count_distinct, count_violations, sites_by_severity
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.json_document import (
    ComparisonJson,
    ComponentJson,
    DiagnosticJson,
    FindingJson,
    FixedJson,
    FixJson,
    HomeJson,
    LocationJson,
    PartlyJudgedJson,
    PlanJson,
    ReportFilterJson,
    ReportJson,
    RuleJson,
    SeveritiesJson,
    SiteJson,
    StepJson,
    SummaryJson,
    ToolJson,
    ViolationsJson,
)
from ssot_lint.reporters.json_text import JsonObject, json_text

_DECIMALS = 2
_STEP_DECIMALS = 4
"""Of the points of a step: in a large project most gain less than a hundredth."""


def render_json(report: Report) -> str:
    """Render the whole report: two spaces of indent, fixed order of keys, a newline at the end, valid UTF-8.

    Scores and points are rounded to 2 decimals, the points of a step to 4. Paths that are not UTF-8 have their bytes
    escaped (:func:`ssot_lint.text.sanitize.encodable`); invisible characters are written as JSON escapes.
    """
    document: JsonObject = msgspec.to_builtins(_document(report))
    return json_text(document)


def _document(report: Report) -> ReportJson:
    return ReportJson(
        schema_version=REPORT_SCHEMA_VERSION,
        tool=ToolJson("ssot-lint", report.tool_version),
        summary=_summary(report),
        rules=[_rule(result) for result in report.rules],
        components=[
            ComponentJson(component.name, rounded_score(component.score, _DECIMALS), component.violations)
            for component in report.components
        ],
        findings=[_finding(finding) for finding in report.findings],
        diagnostics=[
            DiagnosticJson(diagnostic.path, diagnostic.line, diagnostic.kind, diagnostic.message)
            for diagnostic in report.diagnostics
        ],
        comparison=UNSET if report.comparison is None else _comparison(report.comparison),
        plan=UNSET if report.plan is None else _plan(report.plan),
        filter=UNSET if report.filter is None else _filter(report.filter),
    )


def _summary(report: Report) -> SummaryJson:
    by_severity, left_out = sites_by_severity(report), report.left_out
    return SummaryJson(
        files=report.files,
        lines=report.lines,
        score=rounded_score(report.score.value, _DECIMALS),
        score_version=report.score.version,
        clean_modules=report.score.clean_modules,
        modules=report.score.modules,
        unread_modules=report.score.unread_modules,
        violations=ViolationsJson(**count_violations(report)._asdict(), fixed=report.fixed),
        by_severity=SeveritiesJson(**{severity.value: by_severity[severity] for severity in Severity}),
        not_judged={Zone(zone): count for zone, count in left_out.not_judged.items()},
        partly_judged={
            Zone(zone): PartlyJudgedJson(part.files, part.rules) for zone, part in left_out.partly_judged.items()
        },
        symlinks=left_out.links,
        distinct=count_distinct(report),
        ignored=left_out.ignored,
    )


def _rule(result: RuleResult) -> RuleJson:
    return RuleJson(
        code=result.rule.code,
        name=result.rule.name,
        family=result.rule.family,
        severity=result.rule.severity,
        findings=result.findings,
        violations=result.violations,
        points_lost=round(result.points_lost, _DECIMALS),
    )


def _finding(judged: JudgedFinding) -> FindingJson:
    finding = judged.finding
    return FindingJson(
        code=judged.rule.code,
        name=judged.rule.name,
        severity=judged.severity,
        subject=finding.subject,
        message=finding.message,
        remedy=finding.remedy,
        home=_home(finding.home) if finding.home else None,
        sites=[_site(site) for site in judged.sites],
        evidence=finding.evidence,
    )


def _comparison(comparison: Comparison) -> ComparisonJson:
    fixed = [FixedJson(gone.code, gone.subject, gone.place) for gone in comparison.fixed]
    return ComparisonJson(comparison.against, fixed)


def _filter(shown: ReportFilter) -> ReportFilterJson:
    return ReportFilterJson(list(shown.paths), shown.since, shown.hidden)


def _plan(plan: Plan) -> PlanJson:
    return PlanJson(
        score_before=rounded_score(plan.score_before, _DECIMALS),
        score_after=rounded_score(plan.score_after, _DECIMALS),
        steps=[_step(step) for step in plan.steps],
    )


def _step(step: Step) -> StepJson:
    return StepJson(
        number=step.number,
        priority=step.priority,
        action=step.action,
        title=step.title,
        code=step.code,
        subject=step.subject,
        ids=list(step.ids),
        keep=_home(step.keep) if step.keep else None,
        delete=[_location(location) for location in step.delete],
        importers=list(step.importers),
        files=step.files,
        points=round(step.points, _STEP_DECIMALS),
        after=list(step.after),
        fix=step.fix,
        obstacle=step.obstacle,
    )


def _home(home: Home) -> HomeJson:
    place = home.location
    return HomeJson(place.path, place.line, place.column, _end(place), home.module, home.symbol, home.reason)


def _site(judged: JudgedSite) -> SiteJson:
    site, place = judged.site, judged.site.location
    return SiteJson(
        path=place.path,
        line=place.line,
        column=place.column,
        end_line=_end(place),
        module=site.module,
        symbol=site.symbol,
        message=site.message,
        status=judged.status,
        fingerprint=judged.fingerprint,
        id=judged.id,
        fix=None if site.fix is None else _fix(site.fix),
    )


def _fix(fix: Fix) -> FixJson:
    safety = fix.safety if fix.is_automatic else Safety.MANUAL
    return FixJson(safety, fix.note, sorted({edit.path for edit in fix.edits}))


def _location(place: Location) -> LocationJson:
    return LocationJson(place.path, place.line, place.column, _end(place))


def _end(place: Location) -> int:
    """The last line: a rule that knows only where something starts leaves the end open."""
    return max(place.end_line, place.line)


FORMAT = ReportFormat(lambda view: render_json(view.report))
