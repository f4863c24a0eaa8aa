from __future__ import annotations

from collections.abc import Callable

import msgspec

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Comparison, FixedViolation, JudgedFinding, Report, Status
from ssot_lint.reporters.markdown.statistics import (
    duplication_section,
    inventory_line,
    rules_section,
    severity_table,
)

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]


def compared_with(against: str, *codes: str) -> Comparison:
    """A comparison in which a violation of each of the rules ``codes`` is fixed."""
    return Comparison(against, tuple(FixedViolation(code, "Gone", "app/a_b.py::Gone") for code in codes))


def test_violations_by_severity(sample: Report, clean: Report) -> None:
    now = msgspec.structs.replace(sample, comparison=None)
    assert list(severity_table(now)) == [
        "| Critical | High | Medium | Low |\n| ---: | ---: | ---: | ---: |\n| 1 | 16 | 3 | 1 |",
    ]
    assert list(severity_table(clean)) == []


def test_before_and_after(judged: Judge, report_of: ReportOf) -> None:
    findings = [
        judged("A", 3, statuses=(Status.BASELINED, Status.BASELINED)),
        judged("B", 2, code="SSOT120", severity=Severity.LOW),
    ]
    report = report_of(findings, comparison=compared_with("main", "SSOT101", "SSOT120"))
    compared, table, fixed = severity_table(report)
    assert compared == "Compared with `main`:"
    assert table == (
        "| Severity | Before | After | New | Fixed | Unchanged |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| High | 3 | 3 | 1 | 1 | 2 |\n"
        "| Medium | 1 | 0 | 0 | 1 | 0 |\n"
        "| Low | 0 | 2 | 2 | 0 | 0 |\n"
        "| **Total** | 4 | 5 | 3 | 2 | 2 |"
    )
    assert fixed == (
        "<details>\n<summary>2 fixed violations</summary>\n\n"
        "| Rule | Subject | Place |\n"
        "| --- | --- | --- |\n"
        "| `SSOT101` | `Gone` | `app/a_b.py::Gone` |\n"
        "| `SSOT120` | `Gone` | `app/a_b.py::Gone` |\n"
        "\n</details>"
    )


def test_suppressed_violations_have_a_column_of_their_own(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged("A", 3, statuses=(Status.SUPPRESSED,))]
    _, table = severity_table(report_of(findings, comparison=compared_with("main")))
    assert table.splitlines()[0] == "| Severity | Before | After | New | Fixed | Unchanged | Suppressed |"
    assert table.splitlines()[2:] == ["| High | 0 | 2 | 2 | 0 | 0 | 1 |", "| **Total** | 0 | 2 | 2 | 0 | 0 | 1 |"]


def test_fixed_violations_of_rules_that_did_not_run_are_in_the_total(report_of: ReportOf) -> None:
    _, table, note, _ = severity_table(report_of([], comparison=compared_with("main", "OTHER1", "SSOT101")))
    assert table.splitlines()[2:] == ["| High | 1 | 0 | 0 | 1 | 0 |", "| **Total** | 2 | 0 | 0 | 2 | 0 |"]
    assert note == "The total includes 1 fixed violation of rules that no longer count."


def test_rules_with_what_is_new_and_fixed(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged("A", 3, statuses=(Status.BASELINED,)), judged("B", 1)]
    report = report_of(findings, comparison=compared_with("main", "SSOT101", "SSOT120", "OTHER1"))
    assert list(rules_section(report)) == [
        "## Rules",
        "| Rule | Severity | Findings | Violations | New | Fixed | Points lost |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| `SSOT101` duplicate-class | **high** | 2 | 4 | 3 | 1 | 10.4 |\n"
        "| `OTHER1` |  | 0 | 0 | 0 | 1 | 0.0 |\n"
        "| `SSOT120` duplicate-function | medium | 0 | 0 | 0 | 1 | 0.0 |",
    ]


def test_rules_without_comparison(judged: Judge, report_of: ReportOf) -> None:
    assert list(rules_section(report_of([judged("A", 1, code="SSOT002")])))[1] == (
        "| Rule | Severity | Findings | Violations | Points lost |\n"
        "| --- | --- | ---: | ---: | ---: |\n"
        "| `SSOT002` unused-suppression | low | 1 | 1 | 1.2 |"
    )


def test_duplication_statistics(judged: Judge, report_of: ReportOf) -> None:
    findings = [
        judged("A", 3, components=("ws",)),
        judged("B", 2, has_home=False, components=("bus",)),
        judged("C", 1, code="SSOT120"),
        judged("C", 4, code="SSOT201"),
    ]
    assert list(duplication_section(report_of(findings))) == [
        "## Duplication",
        "| Component or subject | Duplicates | Files affected | Severity | Found by | Home |\n"
        "| --- | ---: | ---: | --- | --- | --- |\n"
        "| component `ws` | 3 | 4 | **high** | duplicate-class | `app/home.py:1` |\n"
        "| component `bus` | 2 | 2 | **high** | duplicate-class |  |\n"
        "| `C` | 4 | 5 | medium | multiple-factories, duplicate-function | `app/home.py:1` |",
    ]


def test_only_the_fifteen_worst_are_shown(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged(f"Name{at:02}", 20 - at) for at in range(17)]
    _, table, left_out = duplication_section(report_of(findings))
    assert [row.split("`")[1] for row in table.splitlines()[2:]] == [f"Name{at:02}" for at in range(15)]
    assert left_out == "and 2 more"


def test_nothing_found_is_no_section(clean: Report) -> None:
    sections = (rules_section, duplication_section, inventory_line)
    assert [list(section(clean)) for section in sections] == [[], [], []]


def test_inventory(sample: Report) -> None:
    assert list(inventory_line(sample)) == ["Inventory, not scored: 1 module-singleton."]
