"""The report as text for a terminal or a pipe: a few lines a finding, the plan if there is one, a table, the score.

Rich only ever sees :class:`rich.text.Text`, never markup, and only ASCII is added to what comes from the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Diagnostic, JudgedFinding, Report, Status
from ssot_lint.reporters.brief import SEVERITY_STYLES, brief, one_line
from ssot_lint.reporters.by_file import by_file
from ssot_lint.reporters.figures import (
    InventoryCount,
    RuleFigures,
    count_violations,
    inventory,
    is_violation,
    rule_figures,
    violations_in,
)
from ssot_lint.reporters.interface import Listing, ReportFormat
from ssot_lint.reporters.layout import Layout, more, table, to_string
from ssot_lint.reporters.left_out import left_out
from ssot_lint.reporters.phrases import (
    known_word,
    next_steps,
    scan_sentence,
    score_sentence,
    shown_points,
    shown_score,
    verdict,
)
from ssot_lint.reporters.plan_text import plan_lines
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

_USUAL = Listing()
_MOST_DIAGNOSTICS = 10
_MOST_IN_LINES = 1_000
_LABEL_INDENT = 2
_INDENT = 9


def render_text(report: Report, *, width: int, color: bool, listing: Listing = _USUAL) -> str:
    """Render ``report`` for a terminal of ``width`` columns.

    Findings with a new site are shown, as far as ``listing`` wants them; those that are wholly baselined or suppressed
    are counted, as are info findings unless it wants them too. Locations are never wrapped, so that they stay
    clickable. Colours are the 16 of the terminal's own theme.
    """
    layout = Layout(width)
    findings = [finding for finding in report.findings if _is_shown(finding, listing)]
    listed = findings[: listing.top]
    details: Iterable[Iterator[Text]] = (brief(layout, finding, listing) for finding in listed[:_MOST_IN_LINES])
    if listing.by_file:
        details = by_file(layout, listed, listing.shown)
    else:
        details = (*details, _in_one_line(listed[_MOST_IN_LINES:], listing))
    hidden = len(findings[listing.top :]) if listing.top else 0
    body = () if listing.statistics else (*details, more(hidden, 0, "without --top"))
    figures = (plan_lines(layout, report), _rules(report, listing), _components(report))
    remarks = (_left_out(layout, report, listing), _diagnostics(layout, report, listing))
    summary = (_verdict(layout, report),)
    ordered = (*summary, *figures, *remarks, *body) if listing.summary_first else (*body, *figures, *remarks, *summary)
    return to_string(map(tuple, ordered), color=color)


def _in_one_line(findings: Sequence[JudgedFinding], listing: Listing) -> Iterator[Text]:
    """Findings beyond what anybody reads: a line each, for a search. Laying them out would take longer than judging."""
    if findings:
        lines = [f"and {counted(len(findings), 'more finding')}, a line each:"]
        lines += [one_line(judged, listing.shown) for judged in findings]
        yield Text("\n".join(lines))


def _is_shown(finding: JudgedFinding, listing: Listing) -> bool:
    if not is_violation(finding):
        return listing.show_info
    return not _is_known(finding)


def _is_known(finding: JudgedFinding) -> bool:
    return bool(finding.sites) and all(judged.status is not Status.NEW for judged in finding.sites)


def _rules(report: Report, listing: Listing) -> Iterator[Text]:
    found = rule_figures(report)
    if listing.statistics:
        found.sort(key=lambda figures: (-figures.violations, figures.rule.code))
        found += [*map(_listed, inventory(report))] if listing.show_info else []
    rows = [
        (
            Text.assemble((figures.rule.code, "bold"), " ", figures.rule.name),
            Text(figures.severity.value, SEVERITY_STYLES[figures.severity]),
            Text(f"{figures.findings:,}"),
            Text(f"{figures.violations:,}"),
            Text(shown_points(figures.points_lost)),
        )
        for figures in found
    ]
    if rows:
        yield from table(("rule", "severity", "findings", "violations", "points lost"), rows, 2)


def _listed(count: InventoryCount) -> RuleFigures:
    """The row of a rule that takes an inventory."""
    return RuleFigures(count.rule, Severity.INFO, count.findings, violations=0, points_lost=0.0)


def _components(report: Report) -> Iterator[Text]:
    rows = [
        (Text(visible(component.name)), Text(f"{component.violations:,}"), Text(shown_score(component.score)))
        for component in report.components
    ]
    if rows:
        yield from table(("component", "violations", "score"), rows, 1)


def _left_out(layout: Layout, report: Report, listing: Listing) -> Iterator[Text]:
    known = sum(bool(violations_in(finding)) and _is_known(finding) for finding in report.findings)
    if known:
        text = f"known: {counted(known, 'finding')} wholly {known_word(report)} or suppressed (-f json lists all)"
        yield from layout.hang(Text(), Text(text, "dim"), 0)
    for label, text in left_out(report):
        yield from layout.hang(Text(), Text(f"{label}: {text}", "dim"), 0)
    counts = inventory(report)
    if counts and not listing.show_info:
        names = ", ".join(f"{count.findings:,} {count.rule.name}" for count in counts)
        yield from layout.hang(Text(), Text(f"inventory: {names} (--show-info)", "dim"), 0)


def _diagnostics(layout: Layout, report: Report, listing: Listing) -> Iterator[Text]:
    for diagnostic in report.diagnostics[:_MOST_DIAGNOSTICS]:
        yield from layout.hang(Text("problem:", "bold red"), _diagnostic(diagnostic, listing.shown), _INDENT)
    yield from more(len(report.diagnostics) - _MOST_DIAGNOSTICS, _INDENT)


def _diagnostic(diagnostic: Diagnostic, shown: Callable[[str], str]) -> Text:
    line = f":{diagnostic.line}" if diagnostic.line else ""
    where = f"{visible_path(shown(diagnostic.path))}{line}: " if diagnostic.path else ""
    return Text.assemble(where, (visible(diagnostic.kind), "bold"), ": ", visible(diagnostic.message))


def _verdict(layout: Layout, report: Report) -> Iterator[Text]:
    nothing_to_do = not count_violations(report).new and not report.diagnostics
    yield from layout.hang(Text(), Text(verdict(report), "bold green" if nothing_to_do else "bold"), 0)
    if not report.files:
        return
    is_praise = not (count_violations(report).total or report.diagnostics)
    extent = "" if is_praise else f" {scan_sentence(report)}"
    yield from layout.hang(Text(), Text.assemble((score_sentence(report), "bold"), extent), 0)
    if steps := next_steps(report):
        yield Text("Next:")
        yield from layout.rows([(Text(), Text(command, "bold"), Text(what)) for command, what in steps], _LABEL_INDENT)


FORMAT = ReportFormat(
    lambda view: render_text(view.report, width=view.width, color=view.color, listing=view.listing),
    is_for_people=True,
)
