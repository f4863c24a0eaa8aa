"""What a scan proves about entries that know nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from ssot_lint.baseline.coverage import Coverage, Stale
from ssot_lint.baseline.entry import BaselineEntry
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


def coverage(gap: str = "") -> Coverage:
    ignored = compile_option(["gen/"], "per-path-ignores")
    active = ActiveRule(Alpha(), Alpha.info(), "tests", None, ignored)
    return Coverage(gap, {"TEST101": active}, {"TEST103"}, {"app/a.py"}, lambda path: path != "app/deleted.py")


@pytest.mark.parametrize(
    ("path", "rule", "doubt", "is_left_out"),
    [
        ("app/a.py", "TEST101", "", False),
        ("app/deleted.py", "TEST101", "", False),
        ("app/excluded.py", "TEST101", "app/excluded.py was not scanned", True),
        ("gen/a.py", "TEST101", "gen/a.py is ignored for TEST101", True),
        ("app/a.py", "TEST102", "TEST102 is off", True),
        ("app/a.py", "TEST103", "TEST103 did not run to its end", False),
    ],
)
def test_only_what_was_looked_for_is_fixed(path: str, rule: str, doubt: str, is_left_out: bool) -> None:
    entry = BaselineEntry(rule, "Order", f"{path}::Order", "aa")
    assert coverage().doubt_about(entry) == Stale(entry, doubt, is_left_out)


@pytest.mark.parametrize(
    ("subject", "path", "rule", "doubt"),
    [
        ("Order", "app/odd.py", "TEST101", "app/odd.py could not be read"),
        ("app.odd:Order", "app/a.py", "TEST101", "app/odd.py could not be read"),
        ("Bill app.odd:Order", "app/a.py", "TEST101", "app/odd.py could not be read"),
        ("app.odder:Order", "app/a.py", "TEST101", ""),
        ("Order", "app/a.py", "TEST101", ""),
        ("Order", "app/odd.py", "TEST102", "app/odd.py could not be read"),
    ],
)
def test_an_unread_file_is_a_doubt_about_what_stands_in_it(subject: str, path: str, rule: str, doubt: str) -> None:
    entry = BaselineEntry(rule, subject, f"{path}::Order", "aa")
    unread = replace(coverage(), unread={"app/odd.py": "app.odd"})
    assert unread.doubt_about(entry) == Stale(entry, doubt, is_unread=bool(doubt))


def test_a_file_that_broke_is_a_doubt_about_everything() -> None:
    entry = BaselineEntry("TEST101", "Order", "app/a.py::Order", "aa")
    broken = replace(coverage(), unread={"app/b.py": "app.b"}, broken="app/b.py")
    assert broken.doubt_about(entry) == Stale(entry, "app/b.py could not be read", is_unread=True)


def test_a_gap_is_a_doubt_about_everything() -> None:
    entry = BaselineEntry("TEST101", "Order", "app/a.py::Order", "aa")
    assert coverage("app/b.py could not be read").doubt_about(entry).doubt == "app/b.py could not be read"
