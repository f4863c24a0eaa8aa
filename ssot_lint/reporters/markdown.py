"""The report as GitHub Markdown, short enough for an issue: verdict, tables, worst findings, how to repeat it.

The document is a list of blocks with an empty line between them. Whatever may grow with the scanned tree is
cut: texts, lists and tables to a size of their own, findings to the room that is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.finding import Finding, Home, Location, Severity
from ssot_lint.model.report import Diagnostic, JudgedFinding, JudgedSite, Report, Status
from ssot_lint.model.wording import counted
from ssot_lint.reporters.figures import (
    count_violations,
    evidence_text,
    inventory,
    is_violation,
    new_first,
    rule_figures,
    sites_by_severity,
)
from ssot_lint.reporters.phrases import scan_sentence, score_sentence, shown_points, shown_score, verdict
from ssot_lint.sanitize import html_code, html_text, markdown_code, markdown_text, unambiguous_path, visible

MAX_CHARACTERS = 60_000
"""GitHub takes 65,536 characters as the body of an issue; the rest is left to whoever files it."""

_MOST_ROWS = 15
_LONGEST_TEXT = 300
_LONGEST_COMMAND = 2_000
_ROOM_FOR_LIST = 8_000
_SEPARATOR = "\n\n"


def render_markdown(report: Report) -> str:
    """Render ``report`` in less than 60,000 characters, cut between findings; a line says how many are left out.

    Info findings are counted only. Every text of the report is escaped for where it stands.
    """
    findings = [judged for judged in report.findings if is_violation(judged)]
    head = [*_headline(report), *_rules(report), *_components(report), *(["## Findings"] if findings else [])]
    tail = [*_inventory(report), *_diagnostics(report), *_reproduce(report)]
    frame = _SEPARATOR.join([*head, _left_out(len(findings)), *tail, ""])
    shown = _fitting(map(_finding, findings), MAX_CHARACTERS - 1 - len(frame))
    cut = [_left_out(len(findings) - len(shown))] if len(shown) < len(findings) else []
    return _SEPARATOR.join([*head, *shown, *cut, *tail]) + "\n"


def _headline(report: Report) -> Iterator[str]:
    yield "# Single source of truth report"
    yield f"**{verdict(report)}** {score_sentence(report)} {scan_sentence(report)}"
    counts = count_violations(report)
    severities = sites_by_severity(report)
    figures = {
        "Violations": counts.total,
        "New": counts.new,
        "Baselined": counts.baselined,
        "Suppressed": counts.suppressed,
        "Fixed": report.fixed,
        **{severity.value.capitalize(): severities[severity] for severity in Severity if severity is not Severity.INFO},
    }
    yield from _table(tuple(figures), "r" * len(figures), [[f"{count:,}" for count in figures.values()]], 1)


def _rules(report: Report) -> Iterator[str]:
    rows = [
        (
            f"{markdown_code(figures.rule.code)} {markdown_text(figures.rule.name)}",
            figures.severity.value,
            f"{figures.findings:,}",
            f"{figures.violations:,}",
            markdown_text(shown_points(figures.points_lost)),
        )
        for figures in rule_figures(report)
    ]
    if rows:
        yield "## Rules"
        yield from _table(("Rule", "Severity", "Findings", "Violations", "Points lost"), "llrrr", rows, len(rows))


def _components(report: Report) -> Iterator[str]:
    rows = [
        (markdown_code(_clip(component.name)), f"{component.violations:,}", shown_score(component.score))
        for component in report.components
    ]
    if rows:
        yield "## Components"
        yield from _table(("Component", "Violations", "Score"), "lrr", rows, len(rows))


def _finding(judged: JudgedFinding) -> str:
    finding = judged.finding
    blocks = [
        f"<details>\n<summary>{_summary(judged)}</summary>",
        _text(finding.message),
        *([_home(finding.home)] if finding.home else []),
        *_sites(judged.sites),
        *_evidence(finding),
        *([f"**Fix:** {_text(finding.remedy)}"] if finding.remedy else []),
        "</details>",
    ]
    return _SEPARATOR.join(blocks)


def _summary(judged: JudgedFinding) -> str:
    rule = judged.rule
    count = counted(len(judged.sites), "violation")
    return (
        f"<b>{judged.severity.value}</b> {html_code(judged.sites[0].id if judged.sites else rule.code)} "
        f"{html_text(rule.name)}: {html_code(_clip(judged.finding.subject))}, {count}"
    )


def _home(home: Home) -> str:
    return f"**Home:** {_place(home.location)}, {_text(home.reason)}"


def _evidence(finding: Finding) -> Iterator[str]:
    lines = evidence_text(finding)
    if lines:
        yield _bullets([_text(line) for line in lines[:_MOST_ROWS]], len(lines))


def _sites(sites: Sequence[JudgedSite]) -> Iterator[str]:
    has_known = any(site.status is not Status.NEW for site in sites)
    rows = [
        (_place(site.site.location), _text(site.site.message), *([site.status.value] if has_known else []))
        for site in new_first(sites)[:_MOST_ROWS]
    ]
    header = ("Site", "Remark", "Status") if has_known else ("Site", "Remark")
    yield from _table(header, "l" * len(header), rows, len(sites))


def _inventory(report: Report) -> Iterator[str]:
    counts = ", ".join(f"{row.findings:,} {markdown_text(row.rule.name)}" for row in inventory(report))
    if counts:
        yield f"Inventory, not scored: {counts}."


def _diagnostics(report: Report) -> Iterator[str]:
    diagnostics = report.diagnostics
    if diagnostics:
        yield "## Scan problems"
        yield _bullets([_diagnostic(diagnostic) for diagnostic in diagnostics[:_MOST_ROWS]], len(diagnostics))


def _diagnostic(diagnostic: Diagnostic) -> str:
    place = f"{_place(Location(diagnostic.path, diagnostic.line))} " if diagnostic.path else ""
    return f"{place}{_text(diagnostic.kind)}: {_text(diagnostic.message)}"


def _reproduce(report: Report) -> Iterator[str]:
    command = visible(_clip(report.command, _LONGEST_COMMAND))
    longest_run = max(map(len, re.findall("`+", command)), default=0)
    fence = "`" * max(3, longest_run + 1)
    yield "## Reproduce"
    yield f"{fence}sh\n{command}\n{fence}"
    yield f"ssot-lint {markdown_text(report.tool_version)}, score version {report.score.version}"


def _table(header: Sequence[str], alignment: str, rows: Sequence[Sequence[str]], total: int) -> Iterator[str]:
    """The first of ``total`` rows of ready cells; ``alignment`` has ``l`` or ``r`` for every column."""
    if not rows:
        return
    shown = _fitting((f"| {' | '.join(row)} |" for row in rows), _ROOM_FOR_LIST)
    rule = " | ".join("---:" if side == "r" else "---" for side in alignment)
    yield "\n".join([f"| {' | '.join(header)} |", f"| {rule} |", *shown])
    if len(shown) < total:
        yield _more(total - len(shown))


def _bullets(lines: Sequence[str], total: int) -> str:
    """The first of ``total`` ready lines as a list."""
    shown = _fitting((f"- {line}" for line in lines), _ROOM_FOR_LIST)
    return "\n".join([*shown, *([f"- {_more(total - len(shown))}"] if len(shown) < total else [])])


def _fitting(texts: Iterable[str], room: int) -> list[str]:
    """The first texts that fit into ``room`` characters, each with an empty line after it."""
    shown = []
    for text in texts:
        room -= len(text) + len(_SEPARATOR)
        if room < 0:
            break
        shown.append(text)
    return shown


def _more(count: int) -> str:
    return f"and {count:,} more"


def _left_out(count: int) -> str:
    more = "1 more finding is" if count == 1 else f"{count:,} more findings are"
    return f"{more} left out to stay below {MAX_CHARACTERS:,} characters; `-f json` lists all."


def _place(location: Location) -> str:
    line = f":{location.line}" if location.line else ""
    return markdown_code(f"{unambiguous_path(_clip(location.path))}{line}")


def _text(text: str) -> str:
    return markdown_text(_clip(text))


def _clip(text: str, longest: int = _LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."
