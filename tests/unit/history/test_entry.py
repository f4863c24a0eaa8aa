from __future__ import annotations

from datetime import date

import msgspec

from ssot_lint.history.entry import HistoryEntry, comparable, history_of
from ssot_lint.model.finding import Severity

ENTRY = HistoryEntry(date(2026, 1, 2), "0" * 40, 80.0, 1, critical=1, high=2, medium=3, low=4)


def entry(day: int, commit: str, *, score: float = 80.0, version: int = 1) -> HistoryEntry:
    moment = date(2026, 1, day)
    return msgspec.structs.replace(ENTRY, date=moment, commit=commit * 40, score=score, score_version=version)


def test_entries_stand_by_date_and_those_of_a_day_as_they_came() -> None:
    c, a, b = entry(2, "c"), entry(2, "a"), entry(1, "b")
    assert history_of([c, a, b]) == (b, c, a)


def test_the_last_entry_for_a_commit_counts_in_the_place_of_the_first() -> None:
    first, other, again = entry(1, "a"), entry(1, "b"), entry(1, "a", score=90)
    assert history_of([first, other, again]) == (again, other)


def test_violations_are_by_severity_without_info() -> None:
    assert ENTRY.violations == {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.MEDIUM: 3, Severity.LOW: 4}
    assert (ENTRY.total, ENTRY.short_commit) == (10, "0000000")


def test_a_new_way_to_count_the_score_starts_a_part() -> None:
    a, b, c = entry(1, "a"), entry(2, "b"), entry(3, "c", version=2)
    assert comparable((a, b, c)) == [(a, b), (c,)]
