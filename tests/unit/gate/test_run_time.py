"""What a test run showed, joined to findings: which belong together, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest

from ssot_lint.gate.run_time import RUN_TIME, with_run_time
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.probe import Kind, Level, Observation, Place, ProbeDocument, WatchedComponent
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule


@dataclass(frozen=True)
class Unproven(Rule):
    """Nothing at run time shows it."""

    code = "TEST101"
    name = "unproven-rule"
    family = "tests"
    severity = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class SharedState(Unproven):
    """P2 and P3 show it."""

    code = "TEST102"
    name = "shared-state"
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.SHARED_STATE, Kind.SHARED_INSTANCE)


@dataclass(frozen=True)
class Bypass(Unproven):
    """P4 shows it."""

    code = "TEST103"
    name = "bypass"
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.BYPASS,)


def observed(
    kind: Kind, path: str, line: int, symbol: str, *tests: str, message: str = "it is one list"
) -> Observation:
    place = Place(path, line, symbol)
    return Observation(kind, Level.ERROR, "manager", message, (), (place,), tests or ("t.py::one",))


def watched(*, home: str = "app.m:Manager", factory: str = "", tests: int = 412) -> WatchedComponent:
    return WatchedComponent("manager", home, factory, True, True, 900, tests, 900)


def joined(
    rule: Rule,
    *observations: Observation,
    components: tuple[WatchedComponent, ...] = (),
    severity: Severity | None = None,
    configured: Severity | None = None,
    lines: tuple[str, ...] = ("own line",),
    home: str = "",
) -> Finding:
    """One finding at app/m.py:10 to 20, app.m:Manager.__init__, after the join."""
    document = ProbeDocument(1, "0.1.0", "pyproject.toml", 500, components, observations, (), ())
    site = Site(Location("app/m.py", 10, 1, 20), "app.m", "app.m:Manager.__init__", "shares")
    base = Home(Location("app/home.py", 3), "app.home", home, "first") if home else None
    finding = Finding(rule.code, "Manager", "m", "r", base, (site,), {"text": [*lines]}, severity)
    [(_, after)] = with_run_time([(ActiveRule(rule, rule.info(), "tests", configured), finding)], document)
    return after


def text(finding: Finding) -> object:
    return finding.evidence["text"]


def test_what_a_test_showed_at_the_same_place_is_evidence_and_one_severity_more() -> None:
    found = joined(SharedState(), observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager"))
    assert found.severity is Severity.HIGH
    assert text(found) == ["Seen at run time, in 1 test: it is one list", "own line"]
    assert found.evidence[RUN_TIME] == {"seen": True, "tests": 1}


def test_tests_are_counted_once_over_all_observations() -> None:
    one = observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager", "t::a", "t::b")
    other = observed(Kind.SHARED_INSTANCE, "app/m.py", 12, "app.m:create", "t::b", "t::c", message="one for two")
    found = joined(SharedState(), one, other)
    assert found.severity is Severity.HIGH
    assert text(found) == [
        "Seen at run time, in 2 tests: it is one list",
        "Seen at run time, in 2 tests: one for two",
        "own line",
    ]
    assert found.evidence[RUN_TIME] == {"seen": True, "tests": 3}


def test_lines_for_people_stay_within_their_number() -> None:
    found = joined(SharedState(), observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager"), lines=tuple("abcdefgh"))
    assert text(found) == ["Seen at run time, in 1 test: it is one list", *"abcde"]


@pytest.mark.parametrize(
    ("own", "after"),
    [
        (None, Severity.HIGH),
        (Severity.LOW, Severity.MEDIUM),
        (Severity.HIGH, Severity.CRITICAL),
        (Severity.CRITICAL, Severity.CRITICAL),
        (Severity.INFO, Severity.INFO),
    ],
)
def test_severities_rise_by_one_up_to_critical_and_an_inventory_stays_one(
    own: Severity | None, after: Severity
) -> None:
    seen = observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager")
    assert joined(SharedState(), seen, severity=own).severity is after


@pytest.mark.parametrize(
    ("kind", "path", "line", "symbol"),
    [
        (Kind.SHARED_STATE, "app/other.py", 0, "app.m:Manager"),
        (Kind.SHARED_STATE, "app/m.py", 9, "app.m:other"),
        (Kind.SHARED_STATE, "app/m.py", 21, "app.m:ManagerPool"),
        (Kind.GROWTH, "app/m.py", 0, "app.m:Manager"),
    ],
)
def test_another_file_symbol_line_or_kind_is_another_matter(kind: Kind, path: str, line: int, symbol: str) -> None:
    found = joined(SharedState(), observed(kind, path, line, symbol))
    assert (found.severity, text(found), RUN_TIME in found.evidence) == (None, ["own line"], False)


@pytest.mark.parametrize(
    ("line", "symbol"), [(10, "app.m:x"), (20, "app.m:x"), (0, "app.m:Manager.__init__.inner"), (0, "app.m:Manager")]
)
def test_a_place_is_met_by_its_lines_by_what_is_in_it_and_by_what_it_is_in(line: int, symbol: str) -> None:
    assert joined(SharedState(), observed(Kind.SHARED_STATE, "app/m.py", line, symbol)).severity is Severity.HIGH


def test_the_home_of_a_finding_is_a_place_too() -> None:
    seen = observed(Kind.SHARED_INSTANCE, "app/home.py", 3, "app.home:create")
    assert joined(SharedState(), seen, home="app.home:create").severity is Severity.HIGH


@pytest.mark.parametrize(("line", "severity"), [(12, Severity.HIGH), (30, None)])
def test_where_something_was_built_is_a_line_and_not_all_of_its_function(line: int, severity: Severity | None) -> None:
    found = joined(Bypass(), observed(Kind.BYPASS, "app/m.py", line, "app.m:Manager.__init__"))
    assert found.severity is severity


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (watched(), "Not seen in 412 tests that built it"),
        (watched(home="app.x:X", factory="app.m:Manager.__init__", tests=1), "Not seen in 1 test that built it"),
    ],
)
def test_what_no_test_showed_says_so_and_keeps_its_severity(component: WatchedComponent, expected: str) -> None:
    found = joined(SharedState(), components=(component,))
    assert (found.severity, text(found)) == (None, [expected, "own line"])
    assert found.evidence[RUN_TIME] == {"seen": False, "tests": component.tests}


@pytest.mark.parametrize("component", [watched(tests=0), watched(home="app.m:Man"), watched(home="app.other:Manager")])
def test_what_no_test_built_is_not_called_not_seen(component: WatchedComponent) -> None:
    found = joined(SharedState(), components=(component,))
    assert (text(found), RUN_TIME in found.evidence) == (["own line"], False)


def test_rules_that_nothing_at_run_time_proves_are_left_alone() -> None:
    seen = observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager")
    found = joined(Unproven(), seen, components=(watched(),))
    assert (found.severity, text(found)) == (None, ["own line"])


def test_a_finding_without_lines_for_people_gets_some() -> None:
    found = joined(SharedState(), observed(Kind.SHARED_STATE, "app/m.py", 0, "app.m:Manager"), lines=())
    assert text(found) == ["Seen at run time, in 1 test: it is one list"]
