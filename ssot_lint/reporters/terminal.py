"""The report as text for a terminal or a pipe: findings in full, the plan if there is one, a table, the score.

Rich only ever sees :class:`rich.text.Text`, never markup, and only ASCII is added to what comes from the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType

from rich.text import Text

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Diagnostic, JudgedFinding, JudgedSite, Report, Status
from ssot_lint.reporters.figures import (
    count_violations,
    evidence_text,
    inventory,
    is_violation,
    new_first,
    remark,
    rule_figures,
)
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.layout import Layout, more, prose, table, to_string, where
from ssot_lint.reporters.phrases import scan_sentence, score_sentence, shown_points, shown_score, verdict
from ssot_lint.reporters.plan_text import plan_lines
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

_MOST_SITES = 10
_MOST_NOTES = 4
_MOST_DIAGNOSTICS = 10
_LABEL_INDENT = 2
_INDENT = 9

_SEVERITY_STYLES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "bold red",
        Severity.HIGH: "red",
        Severity.MEDIUM: "yellow",
        Severity.LOW: "blue",
        Severity.INFO: "dim",
    }
)


def render_text(report: Report, *, width: int, color: bool, show_info: bool = False) -> str:
    """Render ``report`` for a terminal of ``width`` columns.

    Findings with a new site are shown in full; those that are wholly baselined or suppressed are counted, as
    are info findings unless ``show_info``. Locations are never wrapped, so that they stay clickable. Colours
    are the 16 of the terminal's own theme.
    """
    layout = Layout(width)
    findings = (_finding(layout, finding) for finding in report.findings if _is_shown(finding, show_info))
    summary = (
        plan_lines(layout, report),
        _rules(report),
        _components(report),
        _left_out(layout, report, show_info),
        _diagnostics(layout, report),
        _verdict(layout, report),
    )
    return to_string(map(tuple, chain(findings, summary)), color=color)


def _is_shown(finding: JudgedFinding, show_info: bool) -> bool:
    if not is_violation(finding):
        return show_info
    return not _is_known(finding)


def _is_known(finding: JudgedFinding) -> bool:
    return bool(finding.sites) and all(judged.status is not Status.NEW for judged in finding.sites)


def _finding(layout: Layout, judged: JudgedFinding) -> Iterator[Text]:
    finding = judged.finding
    yield _headline(judged)
    yield from layout.hang(Text(), prose(finding.message), _LABEL_INDENT)
    yield from layout.rows([*_places(judged)], _INDENT)
    yield from more(len(judged.sites) - _MOST_SITES, _INDENT)
    notes = evidence_text(finding)
    for at, note in enumerate(notes[:_MOST_NOTES]):
        yield from layout.hang(_label("note:" if at == 0 else ""), prose(note), _INDENT)
    yield from more(len(notes) - _MOST_NOTES, _INDENT)
    if finding.remedy:
        yield from layout.hang(_label("fix:"), prose(finding.remedy), _INDENT)


def _headline(judged: JudgedFinding) -> Text:
    style = _SEVERITY_STYLES[judged.severity]
    code = judged.rule.code
    suffix = judged.sites[0].id.removeprefix(code) if judged.sites else ""
    return Text.assemble(
        (judged.severity.value, style), " ", (code, "bold"), (suffix, "dim"), " ", (judged.rule.name, "bold")
    )


def _places(judged: JudgedFinding) -> Iterator[tuple[Text, Text, Text]]:
    home = judged.finding.home
    if home:
        yield _label("home:"), Text(where(home.location), "green"), prose(home.reason)
    first = "at:" if home is None else "site:" if len(judged.sites) == 1 else "sites:"
    for at, site in enumerate(new_first(judged.sites)[:_MOST_SITES]):
        yield _label(first if at == 0 else ""), Text(where(site.site.location)), _remark(site)


def _remark(judged: JudgedSite) -> Text:
    shown = prose(remark(judged))
    if judged.status is not Status.NEW:
        shown.append(f" ({judged.status.value})" if shown else f"({judged.status.value})", "dim")
    return shown


def _rules(report: Report) -> Iterator[Text]:
    rows = [
        (
            Text.assemble((figures.rule.code, "bold"), " ", figures.rule.name),
            Text(figures.severity.value, _SEVERITY_STYLES[figures.severity]),
            Text(f"{figures.findings:,}"),
            Text(f"{figures.violations:,}"),
            Text(shown_points(figures.points_lost)),
        )
        for figures in rule_figures(report)
    ]
    if rows:
        yield from table(("rule", "severity", "findings", "violations", "points lost"), rows, 2)


def _components(report: Report) -> Iterator[Text]:
    rows = [
        (Text(visible(component.name)), Text(f"{component.violations:,}"), Text(shown_score(component.score)))
        for component in report.components
    ]
    if rows:
        yield from table(("component", "violations", "score"), rows, 1)


def _left_out(layout: Layout, report: Report, show_info: bool) -> Iterator[Text]:
    known = sum(is_violation(finding) and _is_known(finding) for finding in report.findings)
    if known:
        text = f"known: {counted(known, 'finding')} wholly baselined or suppressed (-f json lists all)"
        yield from layout.hang(Text(), Text(text, "dim"), 0)
    if report.not_judged:
        zones = ", ".join(f"{count:,} {zone}" for zone, count in report.not_judged.items())
        yield from layout.hang(Text(), Text(f"not judged: {zones} (`ssot-lint files` says why)", "dim"), 0)
    counts = inventory(report)
    if counts and not show_info:
        names = ", ".join(f"{count.findings:,} {count.rule.name}" for count in counts)
        yield from layout.hang(Text(), Text(f"inventory: {names} (--show-info)", "dim"), 0)


def _diagnostics(layout: Layout, report: Report) -> Iterator[Text]:
    for diagnostic in report.diagnostics[:_MOST_DIAGNOSTICS]:
        yield from layout.hang(Text("problem:", "bold red"), _diagnostic(diagnostic), _INDENT)
    yield from more(len(report.diagnostics) - _MOST_DIAGNOSTICS, _INDENT)


def _diagnostic(diagnostic: Diagnostic) -> Text:
    line = f":{diagnostic.line}" if diagnostic.line else ""
    where = f"{visible_path(diagnostic.path)}{line}: " if diagnostic.path else ""
    return Text.assemble(where, (visible(diagnostic.kind), "bold"), ": ", visible(diagnostic.message))


def _verdict(layout: Layout, report: Report) -> Iterator[Text]:
    nothing_to_do = not count_violations(report).new and not report.diagnostics
    yield from layout.hang(Text(), Text(verdict(report), "bold green" if nothing_to_do else "bold"), 0)
    if count_violations(report).total or report.diagnostics:
        yield from layout.hang(Text(), Text.assemble((score_sentence(report), "bold"), " ", scan_sentence(report)), 0)


def _label(text: str) -> Text:
    return Text.assemble(" " * _LABEL_INDENT, (text, "dim"))


FORMAT = ReportFormat(
    lambda view: render_text(view.report, width=view.width, color=view.color, show_info=view.show_info),
    is_for_people=True,
)
