"""What the overview of the page says: text and figures, in the words of the other reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Diagnostic, Report
from ssot_lint.reporters.changes import Change, total_change
from ssot_lint.reporters.figures import inventory, rule_figures, sites_by_severity
from ssot_lint.reporters.left_out import left_out
from ssot_lint.reporters.phrases import scan_sentence, score_sentence, shown_points, shown_score, verdict
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

MOST_ROWS = 200
"""Of fixed violations and of problems; more are counted."""


@dataclass(frozen=True)
class RuleRow:
    """A rule that found violations; ``share`` is what it takes of all points that are lost, in percent."""

    code: str
    name: str
    severity: str
    findings: int
    violations: int
    points: str
    share: int


@dataclass(frozen=True)
class ComponentRow:
    """A declared component."""

    name: str
    score: str
    violations: int


@dataclass(frozen=True)
class Overview:
    """All texts are safe to look at; the template escapes them."""

    verdict: str
    gate: str
    project: str
    commit: str
    score: str
    score_sentence: str
    scanned: str
    change: Change | None
    against: str
    severities: Sequence[tuple[str, int]]
    rules: Sequence[RuleRow]
    inventory: Sequence[tuple[str, str, int]]
    components: Sequence[ComponentRow]
    fixed: Sequence[tuple[str, str, str]]
    more_fixed: int
    problems: Sequence[str]
    more_problems: int
    left_out: str
    command: str
    version: str
    score_version: int
    has_plan: bool


def overview(report: Report, left: tuple[int, int], gate: str = "", commit: str = "") -> Overview:
    """The overview of a report; ``left``: how many findings and violations the page leaves out; ``gate`` and ``commit``
    are those of the view."""
    counts = sites_by_severity(report)
    fixed = report.comparison.fixed if report.comparison else ()
    return Overview(
        verdict=visible(verdict(report)),
        gate=visible(gate),
        project=visible(report.project),
        commit=visible(commit),
        score=shown_score(report.score.value),
        score_sentence=score_sentence(report),
        scanned=" ".join([scan_sentence(report), *_left_out_of_scan(report)]),
        change=total_change(report) if report.comparison else None,
        against=visible(report.comparison.against) if report.comparison else "",
        severities=[(each.value, counts[each]) for each in Severity if each is not Severity.INFO],
        rules=[*_rules(report)],
        inventory=[(row.rule.code, visible(row.rule.name), row.findings) for row in inventory(report)],
        components=[
            ComponentRow(visible(each.name), shown_score(each.score), each.violations) for each in report.components
        ],
        fixed=[(each.code, visible(each.subject), visible(each.place)) for each in fixed[:MOST_ROWS]],
        more_fixed=max(len(fixed) - MOST_ROWS, 0),
        problems=[_problem(each) for each in report.diagnostics[:MOST_ROWS]],
        more_problems=max(len(report.diagnostics) - MOST_ROWS, 0),
        left_out=_left_out(*left),
        command=visible(report.command),
        version=visible(report.tool_version),
        score_version=report.score.version,
        has_plan=report.plan is not None,
    )


def _rules(report: Report) -> Iterator[RuleRow]:
    lost = sum(report.score.points_lost.values())
    for row in rule_figures(report):
        yield RuleRow(
            code=row.rule.code,
            name=visible(row.rule.name),
            severity=row.severity.value,
            findings=row.findings,
            violations=row.violations,
            points=shown_points(row.points_lost),
            share=round(100 * row.points_lost / lost) if lost else 0,
        )


def _left_out_of_scan(report: Report) -> Iterator[str]:
    """In sentences, what the scan says nothing about."""
    for label, text in left_out(report):
        yield f"{label.capitalize()}: {text}."


def _problem(diagnostic: Diagnostic) -> str:
    where = f"{visible_path(diagnostic.path)}:{diagnostic.line} " if diagnostic.path else ""
    return f"{where}{visible(f'{diagnostic.kind}: {diagnostic.message}')}"


def _left_out(findings: int, violations: int) -> str:
    if not findings:
        return ""
    are = "is" if findings == 1 else "are"
    return (
        f"{counted(findings, 'finding')} with {counted(violations, 'violation')} {are} left out to keep this file"
        " small: those that cost least. All figures count them; `ssot-lint scan -f json` lists all."
    )
