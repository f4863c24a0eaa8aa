from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rules.evidence import TEXT_LINES, build_evidence
from ssot_lint.rules.rule import Rule

SITE = Site(Location("b.py", 3), "b", "b:Shop", "again")


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


def test_facts_keep_their_order_and_are_json() -> None:
    assert list(build_evidence({"b": 1, "text": ["line"], "a": None}).items()) == [
        ("b", 1),
        ("text", ["line"]),
        ("a", None),
    ]
    assert build_evidence({"pairs": (("a", 1), ("b", 2.5)), "by_name": {"x": ("y",)}, "is_certain": True}) == {
        "pairs": [["a", 1], ["b", 2.5]],
        "by_name": {"x": ["y"]},
        "is_certain": True,
    }


def test_only_lines_for_people_are_cut() -> None:
    many = [f"a.py:{line}" for line in range(1, TEXT_LINES + 3)]
    assert build_evidence({"calls": many, "text": many}) == {
        "calls": many,
        "text": [*many[: TEXT_LINES - 1], "and 3 more"],
    }
    assert build_evidence({"text": many[:TEXT_LINES]}) == {"text": many[:TEXT_LINES]}


def test_a_text_that_is_no_list_stays_whole() -> None:
    assert build_evidence({"text": "a long line that is not a list"}) == {"text": "a long line that is not a list"}


def test_a_rule_puts_its_code_on_its_findings() -> None:
    assert Alpha.finding("Shop", message="two shops", remedy="keep one", sites=[SITE]) == Finding(
        code="TEST101",
        subject="Shop",
        message="two shops",
        remedy="keep one",
        home=None,
        sites=(SITE,),
        evidence={},
    )


def test_a_finding_takes_home_evidence_and_a_severity_of_its_own() -> None:
    home = Home(Location("a.py", 1), "a", "a:Shop", "imported by most")
    finding = Alpha.finding(
        "Shop",
        message="two shops",
        remedy="keep one",
        home=home,
        sites=(SITE,),
        evidence={"text": ["a", "b"]},
        severity=Severity.LOW,
    )
    assert (finding.home, finding.evidence, finding.severity) == (home, {"text": ["a", "b"]}, Severity.LOW)
