from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.gate.causes import COVERED, by_cause
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.rules.selection import ActiveRule


@dataclass(frozen=True)
class Weak(Rule):
    """Finds little."""

    code = "TEST101"
    name = "weak-rule"
    family = "tests"
    severity = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class Inventory(Weak):
    """Lists."""

    name = "inventory-rule"
    severity = Severity.INFO


@dataclass(frozen=True)
class Strong(Weak):
    """Finds much."""

    code = "TEST102"
    name = "strong-rule"
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"TEST101": Reach.DEFINITIONS})


@dataclass(frozen=True)
class Wide(Weak):
    """Finds copies of files."""

    code = "TEST103"
    name = "wide-rule"
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"TEST101": Reach.FILES})


@dataclass(frozen=True)
class Back(Weak):
    """Covers what covers it."""

    name = "back-rule"
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"TEST102": Reach.DEFINITIONS})


def found(rule: Rule, home: str, *sites: str, severity: Severity | None = None) -> tuple[ActiveRule, Finding]:
    """A finding at places like ``a.py:3``, the first of which is the home."""
    place = Home(at(home), "m", home, "first") if home else None
    finding = Finding(
        rule.code,
        "Thing",
        f"{rule.name} speaks",
        "remedy",
        place,
        tuple(Site(at(each), "m", each, "copy") for each in sites),
        {"text": ["line"]},
        severity,
    )
    return ActiveRule(rule, rule.info(), "tests", None, None), finding


def at(place: str) -> Location:
    path, _, line = place.partition(":")
    return Location(path, int(line))


def left(*entries: tuple[ActiveRule, Finding]) -> list[tuple[str, list[str]]]:
    return [(finding.code, [site.symbol for site in finding.sites]) for _, finding in by_cause(entries)]


def test_the_strongest_stays_with_a_note() -> None:
    ((_, finding),) = by_cause([found(Weak(), "a.py:1", "b.py:1"), found(Strong(), "a.py:1", "b.py:1", "c.py:1")])
    assert finding.code == "TEST102"
    assert finding.evidence == {
        "text": ["line", "also TEST101: weak-rule speaks"],
        COVERED: [{"code": "TEST101", "subject": "Thing", "message": "weak-rule speaks"}],
    }


def test_another_home_among_the_same_definitions_is_the_same_cause() -> None:
    assert left(found(Strong(), "a.py:1", "b.py:1", "c.py:1"), found(Weak(), "c.py:1", "b.py:1")) == [
        ("TEST102", ["b.py:1", "c.py:1"])
    ]


def test_sites_beyond_those_of_the_stronger_one_stay() -> None:
    assert left(found(Weak(), "a.py:1", "b.py:1", "d.py:1"), found(Strong(), "a.py:1", "b.py:1")) == [
        ("TEST101", ["d.py:1"]),
        ("TEST102", ["b.py:1"]),
    ]


def test_other_definitions_are_another_cause() -> None:
    entries = (found(Strong(), "a.py:1", "b.py:1"), found(Weak(), "a.py:9", "b.py:1"), found(Weak(), "", "b.py:1"))
    assert left(*entries) == [("TEST102", ["b.py:1"]), ("TEST101", ["b.py:1"]), ("TEST101", ["b.py:1"])]


def test_two_findings_together_settle_nothing() -> None:
    strong = (found(Strong(), "a.py:1", "b.py:1"), found(Strong(), "c.py:1", "d.py:1"))
    assert left(*strong, found(Weak(), "a.py:1", "d.py:1"))[-1] == ("TEST101", ["d.py:1"])


def test_a_rule_may_reach_over_two_files() -> None:
    wide = found(Wide(), "a.py:1", "b.py:1")
    assert left(wide, found(Weak(), "b.py:7", "a.py:9")) == [("TEST103", ["b.py:1"])]
    assert left(wide, found(Weak(), "c.py:7", "a.py:9"))[-1] == ("TEST101", ["a.py:9"])
    assert left(wide, found(Weak(), "b.py:7", "b.py:9"))[-1] == ("TEST101", ["b.py:9"])


def test_information_settles_nothing_and_is_settled_but_for_an_inventory() -> None:
    strong, weak = found(Strong(), "a.py:1", "b.py:1"), found(Weak(), "a.py:1", "b.py:1")
    assert len(left(found(Strong(), "a.py:1", "b.py:1", severity=Severity.INFO), weak)) == 2
    assert len(left(strong, found(Weak(), "a.py:1", "b.py:1", severity=Severity.INFO))) == 1
    assert len(left(strong, found(Inventory(), "a.py:1", "b.py:1"))) == 2


def test_rules_that_cover_each_other_settle_nothing() -> None:
    assert len(left(found(Strong(), "a.py:1", "b.py:1"), found(Back(), "a.py:1", "b.py:1"))) == 2


def test_without_covers_nothing_changes() -> None:
    entries = [found(Weak(), "a.py:1", "b.py:1"), found(Weak(), "a.py:1", "b.py:1")]
    assert by_cause(entries) == entries


@dataclass(frozen=True)
class SameLine(Weak):
    """Says the same of a line."""

    code = "TEST104"
    name = "same-line-rule"
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"TEST101": Reach.LINES})


def test_what_says_the_same_of_a_line_settles_an_inventory_too() -> None:
    listed = found(Weak(), "", "a.py:3", "b.py:7", severity=Severity.INFO)
    kept = by_cause([listed, found(SameLine(), "", "a.py:3")])
    assert [(active.info.code, [site.location.path for site in finding.sites]) for active, finding in kept] == [
        ("TEST101", ["b.py"]),
        ("TEST104", ["a.py"]),
    ]


def test_an_inventory_settles_no_line() -> None:
    weak = found(Weak(), "", "a.py:3")
    assert len(by_cause([weak, found(SameLine(), "", "a.py:3", severity=Severity.INFO)])) == 2


def test_a_copied_file_is_not_told_again_beside_a_third_file() -> None:
    wide = found(Wide(), "a.py:1", "b.py:1")
    third = found(Weak(), "c.py:3", "a.py:9", "b.py:7", "d.py:1")
    assert left(wide, third) == [("TEST103", ["b.py:1"]), ("TEST101", ["a.py:9", "d.py:1"])]
    (_, noted), _ = by_cause([wide, third])
    assert noted.evidence[COVERED] == [{"code": "TEST101", "subject": "Thing", "message": "weak-rule speaks"}]
    assert left(wide, found(Weak(), "c.py:3", "b.py:7"))[-1] == ("TEST101", ["b.py:7"])
    assert left(wide, found(Weak(), "c.py:3", "a.py:7", "d.py:1"))[-1] == ("TEST101", ["a.py:7", "d.py:1"])
