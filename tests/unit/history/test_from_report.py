from __future__ import annotations

import json
from datetime import date

import msgspec
import pytest

from ssot_lint.errors import HistoryError
from ssot_lint.history.entry import HistoryEntry
from ssot_lint.history.from_report import entry_from_report
from ssot_lint.model.finding import Finding, Json, Location, Severity, Site
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, JudgedFinding, JudgedSite, Report, RuleInfo, Score, Status
from ssot_lint.reporters.json_report import render_json

COMMIT, DAY = "a" * 40, date(2026, 1, 2)
REMEDY = "Write one with `ssot-lint scan --report json=FILE`"


def finding(severity: Severity, sites: int) -> JudgedFinding:
    rule = RuleInfo("T101", "test", "tests", severity, "", "")
    places = tuple(Site(Location("a.py", line + 1), "a", "a:A", "") for line in range(sites))
    judged = tuple(JudgedSite(place, Status.BASELINED, "0", "T101-0") for place in places)
    return JudgedFinding(Finding("T101", "A", "", "", None, places, {}), rule, severity, judged)


REPORT = Report(
    tool_version="1",
    files=2,
    lines=3,
    score=Score(83.3333, 1, 2, {}, 7),
    rules=(),
    components=(),
    findings=(finding(Severity.CRITICAL, 1), finding(Severity.MEDIUM, 3), finding(Severity.INFO, 9)),
    diagnostics=(Diagnostic("a.py", 1, "unparsable", "bad"),),
    command="",
)


def refusal(data: bytes) -> str:
    with pytest.raises(HistoryError) as error:
        entry_from_report(data, "r.json", COMMIT, DAY)
    return str(error.value)


def test_the_score_and_the_violations_by_severity_are_kept() -> None:
    entry = entry_from_report(render_json(REPORT).encode(), "r.json", COMMIT, DAY)
    assert entry == HistoryEntry(DAY, COMMIT, 83.33, 7, critical=1, high=0, medium=3, low=0)


def test_the_report_of_a_scan_in_which_a_rule_crashed_is_refused() -> None:
    crash = Diagnostic("a.py", 1, RULE_CRASHED, "T101 of pack tests crashed")
    crashed = msgspec.structs.replace(REPORT, diagnostics=(crash,))
    assert refusal(render_json(crashed).encode()) == (
        "r.json: the score is not that of all rules: T101 of pack tests crashed. Scan again without that rule"
    )


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("tool", {"name": "pylint"}, "unknown value 'pylint' (at tool.name)"),
        ("summary", {"score": 1, "score_version": 1}, "by_severity is missing (at summary)"),
        (
            "summary",
            {"score": 1, "score_version": 1, "by_severity": {"bad": 1}},
            "unknown value 'bad' (at summary.by_severity)",
        ),
        ("summary", {"score": 200, "score_version": 1, "by_severity": {}}, "must be a number, at most 100 (at score)"),
    ],
)
def test_what_is_no_report_is_refused(key: str, value: Json, problem: str) -> None:
    document = json.loads(render_json(REPORT)) | {key: value}
    assert refusal(json.dumps(document).encode()) == f"r.json: not a JSON report of ssot-lint: {problem}. {REMEDY}"


def test_what_is_no_json_is_refused() -> None:
    assert refusal(b"") == f"r.json: not a JSON report of ssot-lint: not valid JSON. {REMEDY}"


def test_a_report_of_another_schema_version_is_refused() -> None:
    document = json.loads(render_json(REPORT))
    assert refusal(json.dumps(document | {"schema_version": 2}).encode()) == (
        "r.json: report of schema version 2, this version reads 1. Update ssot-lint"
    )
    assert refusal(json.dumps(document | {"schema_version": 0}).encode()) == (
        f"r.json: report of schema version 0, this version reads 1. {REMEDY}"
    )
