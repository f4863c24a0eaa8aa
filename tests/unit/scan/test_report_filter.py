"""What a report is about when it is limited to a part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.settings import Config
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Plan
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, ReportFilter, RuleInfo, RuleResult, Score, Status
from ssot_lint.scan.report_filter import filtered
from ssot_lint.scan.request import Change, Request

RULE = RuleInfo("TEST101", "alpha", "tests", Severity.HIGH, "", "")
SCORE = Score(80.0, 4, 5, {"TEST101": 20.0}, 1)


def finding(
    subject: str,
    *paths: str,
    severity: Severity = Severity.HIGH,
    home: str = "",
    rests_on: tuple[str, ...] = (),
    status: Status = Status.NEW,
) -> JudgedFinding:
    sites = tuple(Site(Location(path, 1), "m", "m:C", "") for path in paths)
    judged = tuple(JudgedSite(site, status, "", "") for site in sites)
    place = Home(Location(home, 1), "h", "h:C", "") if home else None
    found = Finding("TEST101", subject, "", "", place, sites, {}, rests_on=rests_on)
    return JudgedFinding(found, RULE, severity, judged)


def report(*findings: JudgedFinding) -> Report:
    return Report(
        tool_version="1",
        files=5,
        lines=50,
        score=SCORE,
        rules=(RuleResult(RULE, len(findings), 9, 20.0),),
        components=(),
        findings=findings,
        diagnostics=(),
        command="ssot-lint scan",
        plan=Plan((), 80.0, 100.0),
    )


def request(*about: str, only_new: bool = False) -> Request:
    change = Change("main", frozenset(), frozenset()) if only_new else None
    root = Path("/project")
    return Request(root, [root], Config(), (), "", {}, about=about, change=change, only_new=only_new)


FINDINGS = (
    finding("A", "a.py", "b.py"),
    finding("B", "b.py", "c.py", home="shop/home.py", status=Status.BASELINED),
    finding("C", "c.py", severity=Severity.INFO),
    finding("D", "d.py", rests_on=("gone.py",)),
    finding("E", "shopping/e.py"),
)


@pytest.mark.parametrize(
    ("asked", "kept", "shown"),
    [
        (request("a.py"), "A", ReportFilter(("a.py",), "", 3)),
        (request("b.py", "d.py"), "ABD", ReportFilter(("b.py", "d.py"), "", 1)),
        (request("shop"), "B", ReportFilter(("shop",), "", 3)),
        (request("gone.py"), "D", ReportFilter(("gone.py",), "", 3)),
        (request("nothing"), "", ReportFilter(("nothing",), "", 4)),
        (request(only_new=True), "ACDE", ReportFilter((), "main", 1)),
        (request("b.py", only_new=True), "A", ReportFilter(("b.py",), "main", 3)),
    ],
)
def test_findings_about_what_is_asked_for_are_kept_whole(asked: Request, kept: str, shown: ReportFilter) -> None:
    after = filtered(report(*FINDINGS), asked)
    assert after.findings == tuple(each for each in FINDINGS if each.finding.subject in kept)
    assert after.filter == shown


def test_the_figures_stay_those_of_the_project_and_the_plan_goes() -> None:
    before = report(finding("A", "a.py"))
    after = filtered(before, request(only_new=True))
    assert (after.files, after.lines, after.score, after.rules) == (5, 50, SCORE, before.rules)
    assert after.plan is None


def test_without_a_limit_nothing_is_left_out() -> None:
    before = report(*FINDINGS)
    assert filtered(before, request()) is before


def test_a_definition_is_new_if_its_file_changed_and_did_not_have_it() -> None:
    change = Change("main", frozenset({"a.py"}), frozenset({("a.py", "Old")}))
    assert change.is_new("a.py", "New")
    assert not change.is_new("a.py", "Old")
    assert not change.is_new("b.py", "New")
