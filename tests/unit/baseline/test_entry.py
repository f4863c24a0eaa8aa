"""What an entry says, what is compared of it, and how entries become a baseline."""

from __future__ import annotations

from datetime import date

import pytest

from ssot_lint.baseline.entry import Baseline, BaselineEntry, entries_of, fresh, union
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status

RULE = RuleInfo("TEST101", "alpha", "tests", Severity.HIGH, "", "")


def site(path: str, line: int = 1, symbol: str = "app.m:Thing", module: str = "app.m", body: str = "aa") -> Site:
    return Site(Location(path, line), module, symbol, "message", body)


def finding(*sites: Site, subject: str = "Thing") -> Finding:
    return Finding("TEST101", subject, "message", "remedy", None, sites, {})


def entry(subject: str = "Thing", site: str = "app/m.py::Thing", body: str = "aa", **more: str) -> BaselineEntry:
    until = date.fromisoformat(more["until"]) if "until" in more else None
    return BaselineEntry("TEST101", subject, site, body, more.get("reason", ""), until)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (site("app/m.py", symbol="app.m:Thing.method"), "app/m.py::Thing.method"),
        (site("app/m.py", symbol="app.m"), "app/m.py::<module>"),
        (
            site("pyproject.toml", symbol="components.socket.home", module="pyproject.toml"),
            "pyproject.toml::components.socket.home",
        ),
        (site("a\udcff.py"), "a\udcff.py::Thing"),
    ],
)
def test_a_site_is_a_path_and_a_qualname(given: Site, expected: str) -> None:
    assert entries_of([finding(given)]) == [(BaselineEntry("TEST101", "Thing", expected, "aa"),)]


def test_sites_of_one_subject_in_one_definition_are_numbered_by_line() -> None:
    late, early, other = finding(site("a.py", 30)), finding(site("a.py", 4), site("a.py", 7)), finding(site("b.py"))
    assert [[each.site for each in group] for group in entries_of([late, other, early])] == [
        ["a.py::Thing#3"],
        ["b.py::Thing"],
        ["a.py::Thing", "a.py::Thing#2"],
    ]


def test_neither_lines_nor_messages_are_part_of_an_entry() -> None:
    moved = Site(Location("a.py", 9, 4, 20), "app.m", "app.m:Thing", "another message", "aa")
    assert entries_of([finding(site("a.py"))]) == entries_of([finding(moved)])


def test_path_and_place_are_parts_of_the_site() -> None:
    numbered = entry(site="od::d/a#1.py::Thing.run#12")
    assert (numbered.path, numbered.place) == ("od::d/a#1.py", "od::d/a#1.py::Thing.run")
    assert entry(site="a#1.py::Thing").place == "a#1.py::Thing"


@pytest.mark.parametrize(
    ("subject", "site", "expected"),
    [
        ("Order", "app/m.py::Order", "Order"),
        ("app.m:Order.total", "lib/x.py::run", "Order.total"),
        ("app.m:make -> app.n:Order", "app/m.py::make", "make -> Order"),
        ("f, g", "app/m.py::f", "f, g"),
        ("app.m", "app/m.py::<module>", "<module>"),
        ("app.m", "src/app/m/__init__.py::<module>", "<module>"),
        ("app.m", "app/m.pyi::<module>", "<module>"),
        ("app.m", "app/other.py::<module>", "app.m"),
        ("m", "m.py::<module>", "m"),
        ("ends with:", "m.py::<module>", "ends with:"),
    ],
)
def test_a_concept_is_the_subject_without_modules(subject: str, site: str, expected: str) -> None:
    assert entry(subject, site).concept == expected


def test_the_last_day_of_an_entry_still_counts() -> None:
    limited = entry(until="2025-03-31")
    assert [limited.is_expired(day) for day in (date(2025, 3, 31), date(2025, 4, 1))] == [False, True]
    assert not entry().is_expired(date.max)


def test_a_union_is_sorted_and_knows_every_violation_once() -> None:
    one, two = entry("A"), entry("B")
    assert union([two, one, two]) == Baseline((one, two))


def test_of_two_entries_for_one_violation_the_earlier_end_counts() -> None:
    given = [
        entry(body=""),
        entry(body="bb", reason="later", until="2026-01-01"),
        entry(body="cc", reason="at once", until="2025-01-01"),
    ]
    expected = Baseline((entry(body="bb", reason="at once", until="2025-01-01"),))
    assert union(given) == union(reversed(given)) == expected


def test_a_fresh_baseline_leaves_out_what_fails_no_scan() -> None:
    sites = (site("a.py"), site("b.py"), site("c.py"))
    statuses = (Status.NEW, Status.SUPPRESSED, Status.BASELINED)
    judged = tuple(JudgedSite(each, status, "", "") for each, status in zip(sites, statuses, strict=True))
    debt = JudgedFinding(finding(*sites), RULE, Severity.LOW, judged)
    inventory = JudgedFinding(finding(*sites, subject="Other"), RULE, Severity.INFO, judged)
    assert [each.site for each in fresh([debt, inventory]).entries] == ["a.py::Thing", "c.py::Thing"]
