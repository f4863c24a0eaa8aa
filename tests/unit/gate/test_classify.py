from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import pytest

from ssot_lint.baseline.entry import BaselineEntry, union
from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import FailLevel
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.errors import ExitCode
from ssot_lint.gate.classify import classify
from ssot_lint.gate.suppressions import Suppressions
from ssot_lint.gate.verdict import Verdict, decide
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.model.report import (
    RULE_CRASHED,
    Comparison,
    Diagnostic,
    FixedViolation,
    JudgedFinding,
    Report,
    Score,
    Status,
)
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule

NO_SUPPRESSIONS = Suppressions({}, {}, ())


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


def active(severity: Severity | None = None, ignored: str = "") -> ActiveRule:
    paths = compile_option([ignored], "per-path-ignores") if ignored else None
    return ActiveRule(Alpha(), Alpha.info(), "tests", severity, paths)


def site(path: str, line: int = 1, symbol: str = "m:Thing") -> Site:
    return Site(Location(path, line), "m", symbol, "copy")


def finding(*sites: Site, subject: str = "Thing", severity: Severity | None = None, home: str = "") -> Finding:
    place = Home(Location("home.py", 1), home.partition(":")[0], home, "first") if home else None
    return Finding("TEST101", subject, "message", "remedy", place, sites, {}, severity)


def judged(
    *findings: Finding,
    rule: ActiveRule | None = None,
    components: tuple[Component, ...] = (),
    suppressions: Suppressions = NO_SUPPRESSIONS,
) -> list[JudgedFinding]:
    return classify([(rule or active(), each) for each in findings], components, suppressions, None).findings


def report(*findings: JudgedFinding, score: float = 100.0, diagnostics: tuple[Diagnostic, ...] = ()) -> Report:
    return Report(
        tool_version="1",
        files=1,
        lines=1,
        score=Score(score, 1, 1, {}, 1),
        rules=(),
        components=(),
        findings=findings,
        diagnostics=diagnostics,
        command="",
    )


def test_severity_is_the_configured_one_else_the_findings_own_else_the_rules() -> None:
    own = finding(site("a.py"), severity=Severity.LOW)
    assert judged(finding(site("a.py")))[0].severity is Severity.HIGH
    assert judged(own)[0].severity is Severity.LOW
    assert judged(own, rule=active(Severity.MEDIUM))[0].severity is Severity.MEDIUM


SOCKET = Component(
    name="socket", home="a.b:Socket", factory="a.b:get_socket", names=("*Socket",), events=("opened",), critical=True
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (finding(site("a.py"), subject="WebSocket"), Severity.CRITICAL),
        (finding(site("a.py"), subject="x.y:WebSocket"), Severity.CRITICAL),
        (finding(site("a.py"), subject="connection", home="x.y:MySocket"), Severity.CRITICAL),
        (finding(site("a.py"), subject="get", home="a.b:get_socket"), Severity.CRITICAL),
        (finding(site("a.py"), subject="opened"), Severity.CRITICAL),
        (finding(site("a.py"), subject="socket"), Severity.CRITICAL),
        (finding(site("a.py"), subject="SocketPool"), Severity.HIGH),
        (finding(site("a.py"), subject="websocket"), Severity.HIGH),
        (finding(site("a.py"), subject="WebSocket", severity=Severity.INFO), Severity.INFO),
    ],
)
def test_findings_about_a_critical_component_are_critical(given: Finding, expected: Severity) -> None:
    assert judged(given, components=(SOCKET,))[0].severity is expected


def test_a_component_that_is_not_critical_raises_nothing() -> None:
    harmless = msgspec.structs.replace(SOCKET, critical=False)
    assert judged(finding(site("a.py"), subject="WebSocket"), components=(harmless,))[0].severity is Severity.HIGH


def test_sites_in_ignored_files_are_dropped_and_with_the_last_one_the_finding() -> None:
    rule = active(ignored="gen/")
    kept = judged(finding(site("gen/a.py"), site("b.py")), finding(site("gen/c.py"), subject="Other"), rule=rule)
    assert [(each.finding.subject, [judged.site.location.path for judged in each.sites]) for each in kept] == [
        ("Thing", ["b.py"])
    ]
    assert [each.location.path for each in kept[0].finding.sites] == ["b.py"]


def silenced(kind: SuppressionKind, path: str, line: int, *codes: str) -> Suppression:
    return Suppression(kind, Location(path, line), "m", codes, "")


IGNORE = silenced(SuppressionKind.IGNORE, "a.py", 1, "TEST101")
DISTINCT = silenced(SuppressionKind.DISTINCT, "a.py", 2, "TEST101")
OTHER_RULE = silenced(SuppressionKind.IGNORE, "a.py", 1, "TEST102")


@pytest.mark.parametrize(
    ("suppressions", "expected", "is_scored"),
    [
        ((IGNORE,), [Status.SUPPRESSED, Status.NEW], [True, True]),
        ((DISTINCT,), [Status.SUPPRESSED, Status.NEW], [False, True]),
        ((IGNORE, DISTINCT), [Status.SUPPRESSED, Status.NEW], [False, True]),
        ((OTHER_RULE,), [Status.NEW, Status.NEW], [True, True]),
    ],
)
def test_a_suppression_silences_its_site_and_a_judgement_keeps_it_from_the_score(
    suppressions: tuple[Suppression, ...], expected: list[Status], is_scored: list[bool]
) -> None:
    found = judged(finding(site("a.py"), site("b.py")), suppressions=Suppressions({("a.py", 1): suppressions}, {}, ()))
    assert [each.status for each in found[0].sites] == expected
    assert [each.is_scored for each in found[0].sites] == is_scored


def test_findings_are_sorted_by_severity_code_subject_and_sites_by_place() -> None:
    result = judged(
        finding(site("z.py"), site("a.py", 9), site("a.py", 2), subject="B"),
        finding(site("a.py"), subject="C", severity=Severity.CRITICAL),
        finding(site("a.py"), subject="A"),
    )
    assert [(each.severity, each.finding.subject) for each in result] == [
        (Severity.CRITICAL, "C"),
        (Severity.HIGH, "A"),
        (Severity.HIGH, "B"),
    ]
    assert [(each.site.location.path, each.site.location.line) for each in result[2].sites] == [
        ("a.py", 2),
        ("a.py", 9),
        ("z.py", 1),
    ]
    assert {each.status for each in result[2].sites} == {Status.NEW}


def fingerprints(*findings: Finding) -> dict[tuple[str, int], str]:
    return {
        (each.site.location.path, each.site.location.line): each.fingerprint
        for found in judged(*findings)
        for each in found.sites
    }


def test_a_fingerprint_survives_moved_lines_and_reworded_messages() -> None:
    before = finding(site("a.py", 1), site("b.py", 2))
    moved = tuple(
        msgspec.structs.replace(each, location=Location(each.location.path, 50, 3, 70), message="other", body="ff")
        for each in before.sites
    )
    after = msgspec.structs.replace(before, sites=moved, message="other", remedy="other")
    assert list(fingerprints(before).values()) == list(fingerprints(after).values())


def test_a_fingerprint_tells_rule_subject_path_and_name_apart() -> None:
    given = fingerprints(
        finding(site("a.py", 1), site("b.py", 1), site("a.py", 2, "m:Other")), finding(site("a.py", 3), subject="Else")
    )
    assert len(set(given.values())) == 4
    assert all(len(each) == 16 for each in given.values())


def test_equal_sites_are_numbered_in_the_order_they_stand_in() -> None:
    two = fingerprints(finding(site("a.py", 1), site("a.py", 5)))
    three = fingerprints(finding(site("a.py", 10)), finding(site("a.py", 20)), finding(site("a.py", 30)))
    assert two["a.py", 1] == three["a.py", 10]
    assert two["a.py", 5] == three["a.py", 20]
    assert len(set(three.values())) == 3


def test_the_order_in_which_rules_find_does_not_matter() -> None:
    one, two = finding(site("a.py", 1), severity=Severity.LOW), finding(site("a.py", 5))
    assert judged(one, two) == judged(two, one)


def test_sites_of_a_module_are_told_apart_from_those_of_its_definitions() -> None:
    assert len(set(fingerprints(finding(site("a.py", 1, "m"), site("a.py", 2, "m:m"))).values())) == 2


def test_an_id_is_the_code_and_as_many_digits_as_it_needs() -> None:
    found = judged(finding(*(site(f"{number}.py") for number in range(2000))))[0]
    ids = [each.id for each in found.sites]
    assert len(set(ids)) == 2000
    assert {len(each) for each in ids} > {len("TEST101-0000")}
    assert all(each.id == f"TEST101-{each.fingerprint[: len(each.id) - 8]}" for each in found.sites)


def test_a_single_site_has_an_id_of_four_digits() -> None:
    found = judged(finding(site("a.py")))[0].sites[0]
    assert found.id == f"TEST101-{found.fingerprint[:4]}"


def test_paths_that_are_not_utf8_have_fingerprints() -> None:
    assert len(fingerprints(finding(site("a\udcff.py")))) == 1


def known(path: str, until: date | None = None) -> BaselineEntry:
    return BaselineEntry("TEST101", "Thing", f"{path}::Thing", "", "", until)


def compared(
    *findings: Finding, entries: tuple[BaselineEntry, ...], suppressions: Suppressions = NO_SUPPRESSIONS
) -> tuple[list[tuple[Status, bool]], tuple[BaselineEntry, ...]]:
    """Status of every site and whether there is a hint, and the entries that are stale."""
    reference = Reference(baseline=union(entries), against="known.jsonl", today=date(2025, 3, 1))
    result = classify([(active(), each) for each in findings], (), suppressions, reference)
    return [(site.status, bool(site.hint)) for each in result.findings for site in each.sites], result.stale


def test_what_the_baseline_knows_is_baselined() -> None:
    found = finding(site("a.py"), site("b.py"))
    assert compared(found, entries=(known("a.py"),)) == ([(Status.BASELINED, False), (Status.NEW, False)], ())
    assert compared(found, entries=()) == ([(Status.NEW, False)] * 2, ())


def test_what_is_over_is_new_and_not_stale() -> None:
    entries = (known("a.py", date(2025, 2, 28)), known("b.py", date(2025, 3, 1)))
    assert compared(finding(site("a.py"), site("b.py")), entries=entries) == (
        [(Status.NEW, True), (Status.BASELINED, False)],
        (),
    )


def test_what_is_gone_is_stale_and_may_explain_what_is_new() -> None:
    assert compared(finding(site("a.py")), entries=(known("b.py"),)) == ([(Status.NEW, True)], (known("b.py"),))


def test_a_suppression_outweighs_the_baseline_and_lends_its_entry_to_nothing_else() -> None:
    silencing = Suppressions({("a.py", 1): (IGNORE,)}, {}, ())
    entries = (known("a.py"),)
    assert compared(finding(site("a.py")), entries=entries, suppressions=silencing) == (
        [(Status.SUPPRESSED, False)],
        (),
    )
    assert compared(finding(site("a.py"), site("b.py")), entries=entries, suppressions=silencing) == (
        [(Status.SUPPRESSED, False), (Status.NEW, False)],
        (),
    )


def test_an_inventory_is_never_baselined_and_its_entries_are_not_stale() -> None:
    inventory = finding(site("a.py"), severity=Severity.INFO)
    assert compared(inventory, entries=(known("a.py"),)) == ([(Status.NEW, False)], ())


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (FailLevel.CRITICAL, Verdict(ExitCode.OK, ())),
        (FailLevel.HIGH, Verdict(ExitCode.GATE_FAILED, ("2 new violations of severity high or worse",))),
        (FailLevel.LOW, Verdict(ExitCode.GATE_FAILED, ("3 new violations of severity low or worse",))),
        (FailLevel.NEVER, Verdict(ExitCode.OK, ())),
    ],
)
def test_the_gate_fails_on_new_violations_at_or_above_the_level(level: FailLevel, expected: Verdict) -> None:
    found = judged(
        finding(site("a.py"), site("b.py")),
        finding(site("c.py"), subject="Low", severity=Severity.LOW),
        finding(site("d.py"), subject="Inventory", severity=Severity.INFO),
    )
    assert decide(report(*found), level, 0.0) == expected


def test_known_violations_do_not_fail_the_gate() -> None:
    found = judged(finding(site("a.py"), site("b.py")))[0]
    known = tuple(msgspec.structs.replace(each, status=Status.BASELINED) for each in found.sites)
    assert decide(report(msgspec.structs.replace(found, sites=known)), FailLevel.LOW, 0.0).exit_code is ExitCode.OK


def test_the_gate_fails_under_a_score() -> None:
    assert decide(report(score=79.999), FailLevel.LOW, 80.0) == Verdict(
        ExitCode.GATE_FAILED, ("score 79.99 is under 80",)
    )
    assert decide(report(score=80.0), FailLevel.LOW, 80.0).exit_code is ExitCode.OK


def test_a_locked_gate_fails_on_what_is_fixed_and_still_in_the_baseline() -> None:
    gone = FixedViolation("TEST101", "Order", "a.py::Order")
    compared = msgspec.structs.replace(report(), comparison=Comparison("known.jsonl", (gone, gone)))
    assert decide(compared, FailLevel.LOW, 0.0).exit_code is ExitCode.OK
    assert decide(compared, FailLevel.LOW, 0.0, is_locked=True) == Verdict(
        ExitCode.GATE_FAILED, ("2 fixed violations still in the baseline: run `ssot-lint baseline prune`",)
    )
    assert decide(report(), FailLevel.LOW, 0.0, is_locked=True).exit_code is ExitCode.OK


def test_a_crashed_rule_outweighs_the_gate() -> None:
    crash = Diagnostic("rules/alpha.py", 3, RULE_CRASHED, "raised")
    assert decide(report(diagnostics=(crash,)), FailLevel.LOW, 0.0).exit_code is ExitCode.INTERNAL
    unreadable = Diagnostic("a.py", 1, "unparsable", "reason")
    assert decide(report(diagnostics=(unreadable,)), FailLevel.LOW, 0.0).exit_code is ExitCode.OK


def ignored(*findings: Finding, rule: ActiveRule) -> int:
    return classify([(rule, each) for each in findings], (), NO_SUPPRESSIONS, None).ignored


def test_what_the_configuration_ignores_is_counted() -> None:
    rule = active(ignored="gen/")
    found = finding(site("gen/a.py"), site("b.py")), finding(site("gen/c.py"), subject="Other")
    assert ignored(*found, rule=rule) == 2
    assert ignored(*found, rule=active()) == 0
    assert ignored(finding(site("b.py")), rule=rule) == 0


def test_an_inventory_that_is_ignored_is_no_violation() -> None:
    rule = active(ignored="gen/")
    assert ignored(finding(site("gen/a.py"), severity=Severity.INFO), rule=rule) == 0
    assert ignored(finding(site("gen/a.py")), rule=active(Severity.INFO, "gen/")) == 0


def test_a_remedy_does_not_name_what_the_configuration_ignores() -> None:
    found = msgspec.structs.replace(finding(site("a.py"), site("gen/b.py")), remedy="Delete it from a.py, gen/b.py.")
    assert [each.finding.remedy for each in judged(found, rule=active(ignored="gen/"))] == ["Delete it from a.py."]
    assert [each.finding.remedy for each in judged(found)] == ["Delete it from a.py, gen/b.py."]
