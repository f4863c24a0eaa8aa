"""What is said of new violations that the baseline seems to know."""

from __future__ import annotations

from datetime import date

import pytest

from ssot_lint.baseline.entry import Baseline, BaselineEntry
from ssot_lint.baseline.hints import hint
from ssot_lint.baseline.matching import Match
from ssot_lint.baseline.reference import Reference


def reference(today: date) -> Reference:
    return Reference(baseline=Baseline(()), against="baseline.jsonl", today=today)


ENTRY = BaselineEntry("SSOT101", "Order", "app/x.py::Order", "aa")
LIMITED = BaselineEntry("SSOT101", "Order", "app/x.py::Order", "aa", "", date(2025, 3, 31))


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Match(None, None), ""),
        (Match(ENTRY, None), ""),
        (
            Match(None, ENTRY),
            "the baseline has SSOT101 at app/x.py::Order, where it is not found any more: is this the same one, moved "
            "or edited? `ssot-lint baseline accept SSOT101-7f3a`",
        ),
        (
            Match(LIMITED, None),
            "accepted until 2025-03-31, which is over: fix it, or `ssot-lint baseline accept SSOT101-7f3a` again",
        ),
    ],
)
def test_a_hint_says_what_the_baseline_has_and_the_way_out(match: Match, expected: str) -> None:
    assert hint(match, "SSOT101-7f3a", reference(date(2025, 4, 1))) == expected


def test_an_entry_that_is_not_over_needs_no_hint() -> None:
    assert hint(Match(LIMITED, None), "SSOT101-7f3a", reference(date(2025, 3, 31))) == ""


def test_nothing_can_be_accepted_into_a_revision() -> None:
    of_revision = Reference(baseline=Baseline(()), against="main", today=date(2025, 4, 1), is_file=False)
    assert hint(Match(None, ENTRY), "SSOT101-7f3a", of_revision) == ""
    assert hint(Match(LIMITED, None), "SSOT101-7f3a", of_revision).startswith("accepted until 2025-03-31")
