from __future__ import annotations

from collections.abc import Callable

import msgspec

from ssot_lint.model.finding import Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.duplication import Duplication, duplication, worst_first

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]


def rows(report: Report) -> list[tuple[str, bool, Severity, int, int]]:
    return [row[:5] for row in duplication(report)]


def test_subjects_are_ordered_by_severity_then_by_duplicates(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged("A", 1), judged("B", 3), judged("C", 9, code="SSOT120"), judged("D", 3)]
    assert rows(report_of(findings)) == [
        ("B", False, Severity.HIGH, 3, 4),
        ("D", False, Severity.HIGH, 3, 4),
        ("A", False, Severity.HIGH, 1, 2),
        ("C", False, Severity.MEDIUM, 9, 10),
    ]


def test_findings_about_one_subject_are_one_row_and_a_line_is_one_duplicate(judged: Judge, report_of: ReportOf) -> None:
    several = judged("A", 3)
    rival = judged("A", 2, code="SSOT201")
    assert duplication(report_of([rival, several])) == [
        Duplication("A", False, Severity.HIGH, 3, 4, (several, rival)),
    ]


def test_components_come_first_and_take_their_findings_with_them(judged: Judge, report_of: ReportOf) -> None:
    findings = [
        judged("A", 2, components=("ws", "engine")),
        judged("B", 4, code="SSOT120", components=("ws",)),
        judged("C", 9, severity=Severity.CRITICAL),
    ]
    assert rows(report_of(findings)) == [
        ("ws", True, Severity.HIGH, 4, 5),
        ("engine", True, Severity.HIGH, 2, 3),
        ("C", False, Severity.CRITICAL, 9, 10),
    ]


def test_what_has_no_home_is_no_duplicate_unless_a_component_owns_it(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged("A", 2, has_home=False), judged("B", 2, has_home=False, components=("ws",))]
    assert rows(report_of(findings)) == [("ws", True, Severity.HIGH, 2, 2)]


def test_an_import_that_takes_a_way_round_duplicates_nothing(judged: Judge, report_of: ReportOf) -> None:
    found = judged("A", 2)
    detour = msgspec.structs.replace(found, rule=msgspec.structs.replace(found.rule, action=Action.REWRITE_IMPORTS))
    assert duplication(report_of([detour])) == []


def test_inventories_are_no_duplication(judged: Judge, report_of: ReportOf) -> None:
    assert duplication(report_of([judged("A", 2, code="SSOT401", components=("ws",))])) == []


def test_worst_findings_are_the_most_severe_then_those_with_most_sites(judged: Judge) -> None:
    findings = [judged("A", 1), judged("B", 1), judged("C", 2), judged("D", 9, code="SSOT120")]
    assert [each.finding.subject for each in worst_first(reversed(findings))] == ["C", "B", "A", "D"]
