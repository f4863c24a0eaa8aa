"""The report as GitHub Markdown, short enough for an issue.

First what is wrong, how bad it is and what to do first: the verdict, the violations by severity, the plan. Then the
statistics and a picture, then the findings with their evidence, and how to repeat the scan. Everything but the findings
is cut to a size of its own; these take the room that is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.finding import Location
from ssot_lint.model.report import Diagnostic, JudgedFinding, Report, Status
from ssot_lint.reporters.duplication import worst_first
from ssot_lint.reporters.figures import count_violations, is_violation, rule_figures
from ssot_lint.reporters.homes_picture import homes_picture
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.markdown.blocks import (
    MOST_ROWS,
    SEPARATOR,
    bullets,
    clip,
    fenced,
    fitting,
    name,
    place,
    prose,
)
from ssot_lint.reporters.markdown.components import components_section
from ssot_lint.reporters.markdown.findings import ReadCode, finding_section, no_code
from ssot_lint.reporters.markdown.remedies import plan_section
from ssot_lint.reporters.markdown.statistics import (
    duplication_section,
    inventory_line,
    left_out_lines,
    rules_section,
    severity_table,
)
from ssot_lint.reporters.mermaid import render_mermaid
from ssot_lint.reporters.phrases import known_word, scan_sentence, score_sentence, shown_points, verdict
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import listed

MAX_CHARACTERS = 60_000
"""GitHub takes 65,536 characters as the body of an issue; the rest is left to whoever files it."""

_ROOM_FOR_PICTURE = 6_000
_LONGEST_COMMAND = 2_000


def render_markdown(report: Report, read_code: ReadCode = no_code, commit: str = "", *, show_info: bool = False) -> str:
    """Render ``report`` in less than 60,000 characters, cut between findings; a line says how many are left out.
    ``read_code`` gives the lines at a place, ``commit`` is what was scanned.

    Findings with a new violation come first, of these one of each rule, and the worst first; info findings are counted
    only, unless ``show_info`` asks for them. Every text of the report is escaped for where it stands.
    """
    head = [
        *_headline(report, commit),
        *severity_table(report),
        *plan_section(report.plan),
        *rules_section(report),
        *components_section(report),
        *duplication_section(report),
        *_picture(report),
    ]
    tail = [*inventory_line(report), *left_out_lines(report), *_diagnostics(report), *_reproduce(report)]
    room = MAX_CHARACTERS - len(SEPARATOR.join([*head, "", *tail, ""]))
    return SEPARATOR.join([*head, *_findings(report, room, read_code, show_info=show_info), *tail]) + "\n"


def _headline(report: Report, commit: str) -> Iterator[str]:
    yield f"# Single source of truth report{f': {prose(report.project)}' if report.project else ''}"
    of_commit = f" of commit {prose(commit)}" if commit else ""
    yield f"Made by ssot-lint {prose(report.tool_version)}{of_commit}."
    has_violations = count_violations(report).total > 0
    scope = f" {scan_sentence(report)}" if has_violations or report.diagnostics else ""
    yield f"**{verdict(report)}** {score_sentence(report)}{scope}"
    costs = [f"{row.rule.name} ({shown_points(row.points_lost)})" for row in rule_figures(report) if row.points_lost]
    if costs:
        yield (
            "Everything should have one home: a class, the way to build it, the path to import it, a piece of state. A "
            "violation is a place beyond that home, and costs points of the 100 of the score. Most are lost to "
            f"{prose(listed(costs))}."
        )


def _picture(report: Report) -> Iterator[str]:
    picture = homes_picture(report)
    if picture is None:
        return
    yield "## Homes and sites"
    source = render_mermaid(picture).rstrip("\n")
    if len(source) > _ROOM_FOR_PICTURE:
        yield f"The picture of {name(picture.title)} is left out: its names are too long."
    else:
        yield f"{name(picture.title)}: each site (red) leads to the home (green) that it should use."
        yield fenced("mermaid", source)


def _findings(report: Report, room: int, read_code: ReadCode, *, show_info: bool) -> Iterator[str]:
    findings = _each_rule_first(worst_first(filter(is_violation, report.findings)))
    new = [judged for judged in findings if any(site.status is Status.NEW for site in judged.sites)]
    known = [judged for judged in findings if all(site.status is not Status.NEW for site in judged.sites)]
    listed = [judged for judged in report.findings if show_info and not is_violation(judged)]
    titles = ("## New findings" if known else "## Findings", "## Known findings", "## Information, not scored")
    groups = (new, known, listed)
    count = sum(map(len, groups))
    room -= len(SEPARATOR.join([*titles, _left_out(count), ""]))
    shown = fitting(
        (finding_section(judged, read_code, known_word(report)) for group in groups for judged in group), room
    )
    first = 0
    for title, group in zip(titles, groups, strict=True):
        if sections := shown[first : first + len(group)]:
            yield title
            yield from sections
        first += len(group)
    if len(shown) < count:
        yield _left_out(count - len(shown))


def _each_rule_first(findings: Sequence[JudgedFinding]) -> list[JudgedFinding]:
    """One of each rule before a second one of any, otherwise as they stood: a reader is to learn of every kind."""
    first = {judged.rule.code: judged for judged in reversed(findings)}
    return sorted(findings, key=lambda judged: judged is not first[judged.rule.code])


def _left_out(count: int) -> str:
    more = "1 more finding is" if count == 1 else f"{count:,} more findings are"
    return f"{more} left out to stay below {MAX_CHARACTERS:,} characters; `-f json` lists all."


def _diagnostics(report: Report) -> Iterator[str]:
    diagnostics = report.diagnostics
    if diagnostics:
        yield "## Scan problems"
        yield bullets([_diagnostic(diagnostic) for diagnostic in diagnostics[:MOST_ROWS]], len(diagnostics))


def _diagnostic(diagnostic: Diagnostic) -> str:
    where = f"{place(Location(diagnostic.path, diagnostic.line))} " if diagnostic.path else ""
    return f"{where}{prose(f'{diagnostic.kind}: {diagnostic.message}')}"


def _reproduce(report: Report) -> Iterator[str]:
    yield "## Reproduce"
    yield fenced("sh", visible(clip(report.command, _LONGEST_COMMAND)))
    yield (
        "`ssot-lint explain CODE` says why a rule is one and how to resolve what it finds. "
        f"ssot-lint {prose(report.tool_version)}, score version {report.score.version}."
    )


FORMAT = ReportFormat(
    lambda view: render_markdown(view.report, view.read_code, view.commit, show_info=view.listing.show_info),
    shows_plan=True,
)
