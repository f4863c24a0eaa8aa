from __future__ import annotations

from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.plan import Plan
from ssot_lint.model.report import ChangedFilter, JudgedFinding, JudgedSite, Report, RuleInfo, RuleResult, Score, Status
from ssot_lint.scan.changed_files import only_changed

RULE = RuleInfo("TEST101", "alpha", "tests", Severity.HIGH, "", "")
SCORE = Score(80.0, 4, 5, {"TEST101": 20.0}, 1)


def finding(subject: str, *paths: str, severity: Severity = Severity.HIGH) -> JudgedFinding:
    sites = tuple(Site(Location(path, 1), "m", "m:C", "") for path in paths)
    judged = tuple(JudgedSite(site, Status.NEW, "", "") for site in sites)
    return JudgedFinding(Finding("TEST101", subject, "", "", None, sites, {}), RULE, severity, judged)


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


def test_findings_with_a_site_in_a_changed_file_are_kept_whole() -> None:
    before = report(
        finding("A", "a.py", "b.py"),
        finding("B", "b.py", "c.py"),
        finding("C", "c.py", severity=Severity.INFO),
        finding("D", "d.py"),
    )
    after = only_changed(before, {"a.py", "x.py"}, "main")
    assert after.findings == before.findings[:1]
    assert after.changed_filter == ChangedFilter("main", 2)


def test_the_figures_stay_those_of_the_project_and_the_plan_goes() -> None:
    before = report(finding("A", "a.py"))
    after = only_changed(before, set(), "main")
    assert (after.files, after.lines, after.score, after.rules) == (5, 50, SCORE, before.rules)
    assert after.plan is None
