from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Comparison, FixedViolation, JudgedFinding, Report, Status
from ssot_lint.reporters.changes import Change, changes_by_rule, changes_by_severity, total_change


@pytest.fixture
def compared(judged: Callable[..., JudgedFinding], report_of: Callable[..., Report]) -> Report:
    """Of two rules violations stand, of three some are fixed: one never ran, one only takes an inventory."""
    known = (Status.BASELINED, Status.SUPPRESSED)
    findings = [
        judged("A", 4, code="SSOT101", statuses=known),
        judged("B", 2, code="SSOT101", severity=Severity.CRITICAL),
        judged("C", 3, code="SSOT201", statuses=known[:1] * 3),
        judged("D", 5, code="SSOT401"),
    ]
    codes = ("SSOT101", "SSOT101", "SSOT120", "OTHER1", "SSOT401")
    fixed = tuple(FixedViolation(code, "Gone", "app/gone.py::Gone") for code in codes)
    return report_of(findings, comparison=Comparison("baseline", fixed))


def test_total_counts_every_fixed_violation_and_no_inventory(compared: Report) -> None:
    assert total_change(compared) == Change(new=4, fixed=5, unchanged=4, suppressed=1)


def test_suppressed_violations_are_neither_before_nor_after(compared: Report) -> None:
    change = total_change(compared)
    assert (change.before, change.after) == (9, 8)


def test_fixed_violations_have_the_severity_of_their_rule(compared: Report) -> None:
    assert changes_by_severity(compared) == {
        Severity.CRITICAL: Change(new=2),
        Severity.HIGH: Change(new=2, fixed=2, unchanged=1, suppressed=1),
        Severity.MEDIUM: Change(fixed=1, unchanged=3),
    }
    assert list(changes_by_severity(compared)) == [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM]


def test_rules_of_which_everything_is_fixed_are_there(compared: Report) -> None:
    assert changes_by_rule(compared) == {
        "SSOT101": Change(new=4, fixed=2, unchanged=1, suppressed=1),
        "SSOT201": Change(unchanged=3),
        "SSOT120": Change(fixed=1),
        "OTHER1": Change(fixed=1),
        "SSOT401": Change(fixed=1),
    }


def test_without_comparison_nothing_is_fixed(compared: Report) -> None:
    report = msgspec.structs.replace(compared, comparison=None)
    assert total_change(report) == Change(new=4, unchanged=4, suppressed=1)
    assert changes_by_rule(report).keys() == {"SSOT101", "SSOT201"}


def test_clean_report_changes_nothing(clean: Report) -> None:
    assert total_change(clean) == Change()
    assert changes_by_severity(clean) == {}
