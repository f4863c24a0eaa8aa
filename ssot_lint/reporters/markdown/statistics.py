"""The figures of a report as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Comparison, FixedViolation, Report
from ssot_lint.reporters.changes import Change, changes_by_rule, changes_by_severity, total_change
from ssot_lint.reporters.duplication import Duplication, duplication
from ssot_lint.reporters.figures import RuleFigures, count_violations, inventory, rule_figures, sites_by_severity
from ssot_lint.reporters.left_out import left_out
from ssot_lint.reporters.markdown.blocks import MOST_ROWS, details, name, place, prose, table
from ssot_lint.reporters.phrases import shown_points
from ssot_lint.text.sanitize import markdown_text, unambiguous_path
from ssot_lint.text.wording import counted, listed

_ROOM_FOR_RULES = 6_000
"""Characters: more than 60 rules."""


def severity_table(report: Report) -> Iterator[str]:
    """Violations by severity: now, and before if the report is compared with something."""
    if report.comparison is not None:
        yield from _before_and_after(report, report.comparison)
    elif count_violations(report).total:
        counts = sites_by_severity(report)
        figures = {severity.value.capitalize(): counts[severity] for severity in Severity if severity != Severity.INFO}
        row = [f"{count:,}" for count in figures.values()]
        yield from table(tuple(figures), "r" * len(figures), [row], 1)


def rules_section(report: Report) -> Iterator[str]:
    """What every rule found, the one that costs most first; then the rules of which everything is fixed."""
    changes = changes_by_rule(report)
    figures = rule_figures(report)
    rows = [_rule_row(row, changes[row.rule.code], report.comparison) for row in figures]
    rows += _cleared_rows(report, {row.rule.code for row in figures}, changes)
    compared = ("New", "Fixed") if report.comparison else ()
    header = ("Rule", "Severity", "Findings", "Violations", *compared, "Points lost")
    if rows:
        yield "## Rules"
        yield from table(header, f"ll{'r' * (len(header) - 2)}", rows, len(rows), _ROOM_FOR_RULES)


def duplication_section(report: Report) -> Iterator[str]:
    """What exists too often, the worst 15."""
    duplicated = duplication(report)
    if duplicated:
        yield "## Duplication"
        header = ("Component or subject", "Duplicates", "Files affected", "Severity", "Found by", "Home")
        yield from table(header, "lrrlll", map(_duplication_row, duplicated[:MOST_ROWS]), len(duplicated))


def inventory_line(report: Report) -> Iterator[str]:
    """How much of what is counted only."""
    counts = [f"{row.findings:,} {row.rule.name}" for row in inventory(report)]
    if counts:
        yield f"Inventory, not scored: {prose(listed(counts, MOST_ROWS))}."


def left_out_lines(report: Report) -> Iterator[str]:
    """What the scan says nothing about."""
    for label, text in left_out(report):
        yield f"{label.capitalize()}: {text}."


def _before_and_after(report: Report, comparison: Comparison) -> Iterator[str]:
    by_severity, total = changes_by_severity(report), total_change(report)
    changes = {**{severity.value.capitalize(): change for severity, change in by_severity.items()}, "**Total**": total}
    header = ["Severity", "Before", "After", "New", "Fixed", "Unchanged", *(["Suppressed"] if total.suppressed else [])]
    rows = []
    for title, change in changes.items():
        figures = (change.before, change.after, change.new, change.fixed, change.unchanged, change.suppressed)
        rows.append([title, *(f"{figure:,}" for figure in figures)][: len(header)])
    yield f"Compared with {name(comparison.against)}:"
    yield from table(header, f"l{'r' * (len(header) - 1)}", rows, len(rows))
    without_severity = total.fixed - sum(change.fixed for change in by_severity.values())
    if without_severity:
        yield f"The total includes {counted(without_severity, 'fixed violation')} of rules that no longer count."
    yield from _fixed(comparison.fixed)


def _fixed(fixed: Sequence[FixedViolation]) -> Iterator[str]:
    if fixed:
        rows = [(name(gone.code), name(gone.subject), name(unambiguous_path(gone.place))) for gone in fixed[:MOST_ROWS]]
        blocks = table(("Rule", "Subject", "Place"), "lll", rows, len(fixed))
        yield details(counted(len(fixed), "fixed violation"), blocks)


def _duplication_row(row: Duplication) -> Sequence[str]:
    homes = [finding.finding.home for finding in row.findings if finding.finding.home]
    return (
        f"component {name(row.name)}" if row.is_component else name(row.name),
        f"{row.duplicates:,}",
        f"{row.files:,}",
        _severity(row.severity),
        prose(listed(list(dict.fromkeys(finding.rule.name for finding in row.findings)))),
        place(homes[0].location) if homes else "",
    )


def _rule_row(figures: RuleFigures, change: Change, comparison: Comparison | None) -> Sequence[str]:
    return (
        f"{name(figures.rule.code)} {prose(figures.rule.name)}",
        _severity(figures.severity),
        f"{figures.findings:,}",
        f"{figures.violations:,}",
        *((f"{change.new:,}", f"{change.fixed:,}") if comparison else ()),
        markdown_text(shown_points(figures.points_lost)),
    )


def _cleared_rows(report: Report, violated: set[str], changes: dict[str, Change]) -> Iterator[Sequence[str]]:
    """Rules that find nothing any more; of one that did not run only the code is known."""
    rules = {result.rule.code: result.rule for result in report.rules}
    for code in sorted(changes.keys() - violated):
        rule = rules.get(code)
        title = f"{name(code)} {prose(rule.name)}" if rule else name(code)
        severity = _severity(rule.severity) if rule else ""
        yield title, severity, "0", "0", "0", f"{changes[code].fixed:,}", shown_points(0)


def _severity(severity: Severity) -> str:
    """The name of a severity, in bold from high on."""
    return f"**{severity.value}**" if severity.at_least(Severity.HIGH) else severity.value
