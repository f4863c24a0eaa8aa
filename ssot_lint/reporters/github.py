"""The report as workflow commands of GitHub Actions, which show as annotations of the changed files.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.model.finding import Location, Severity
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, Report
from ssot_lint.reporters.figures import count_violations
from ssot_lint.reporters.flagged import Flagged, new_violations, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.markdown.document import render_markdown
from ssot_lint.text.sanitize import workflow_data, workflow_property
from ssot_lint.text.wording import counted

MOST_PER_KIND = 10
"""Annotations of one kind that GitHub shows of a step; of a job it shows 50."""

_ERROR, _WARNING, _NOTICE = "error", "warning", "notice"
_KINDS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: _ERROR,
        Severity.HIGH: _ERROR,
        Severity.MEDIUM: _WARNING,
        Severity.LOW: _NOTICE,
    }
)


class _Annotation(NamedTuple):
    """``lines`` are those of the message, all text not yet escaped."""

    kind: str
    title: str
    location: Location | None
    lines: Sequence[str]


def render_github(report: Report, folder: str) -> str:
    """Render problems of the scan and new violations, the worst first, as one command a line.

    Of each kind (error, warning, notice) as many as GitHub shows; a last notice counts the rest. Known violations are
    no annotations. ``folder`` is where the project lies in the repository: empty, or with a slash at the end.
    """
    found = [*map(_problem, report.diagnostics), *map(_violation, new_violations(report))]
    shown = _first_of_each_kind(found, {})
    if len(shown) < len(found):
        shown = _first_of_each_kind(found, {_NOTICE: MOST_PER_KIND - 1})
        shown.append(_rest(len(found) - len(shown), report))
    return "".join(f"{_command(annotation, folder)}\n" for annotation in shown)


def _first_of_each_kind(annotations: Sequence[_Annotation], limits: Mapping[str, int]) -> list[_Annotation]:
    seen: Counter[str] = Counter()
    shown = []
    for annotation in annotations:
        seen[annotation.kind] += 1
        if seen[annotation.kind] <= limits.get(annotation.kind, MOST_PER_KIND):
            shown.append(annotation)
    return shown


def _violation(each: Flagged) -> _Annotation:
    rule, severity = each.finding.rule, each.finding.severity
    title = f"{each.site.id} {rule.name} ({severity.value})"
    return _Annotation(_KINDS[severity], title, each.location, [each.sentence, *each.details])


def _problem(diagnostic: Diagnostic) -> _Annotation:
    kind = _ERROR if diagnostic.kind == RULE_CRASHED else _WARNING
    return _Annotation(kind, "ssot-lint", place_of_problem(diagnostic), [problem(diagnostic)])


def _rest(count: int, report: Report) -> _Annotation:
    known = count_violations(report).total - count_violations(report).new
    lines = [f"{count:,} more: GitHub shows {MOST_PER_KIND} annotations of a kind and step (-f json lists all)"]
    if known:
        lines.append(f"{counted(known, 'known violation')} not annotated")
    return _Annotation(_NOTICE, "ssot-lint", None, lines)


def _command(annotation: _Annotation, folder: str) -> str:
    properties = {"title": annotation.title}
    if annotation.location:
        line = str(max(annotation.location.line, 1))
        properties["file"] = f"{folder}{annotation.location.path}"
        properties |= {"line": line, "endLine": line, "col": str(annotation.location.column)}
    written = ",".join(f"{key}={workflow_property(value)}" for key, value in properties.items())
    return f"::{annotation.kind} {written}::{'%0A'.join(map(workflow_data, annotation.lines))}"


FORMAT = ReportFormat(
    lambda view: render_github(view.report, view.folder),
    shows_plan=True,
    job_summary=lambda view: render_markdown(view.report, view.read_code, view.commit),
)
