"""Ratios, medians and verdicts."""

from __future__ import annotations

import pytest

from benchmarks.figures import Verdict, judge, per_doubling, ratios, shown


def test_a_ratio_is_taken_within_each_round() -> None:
    assert ratios([3.0, 8.0], [2.0, 4.0]) == [1.5, 2.0]
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([1.0, 1.35, 1.2], Verdict.MET),
        ([1.36, 1.5, 1.4], Verdict.MISSED),
        ([1.1, 1.2, 1.4], Verdict.UNDECIDED),
        ([1.0, 1.0], Verdict.TOO_FEW),
        ([9.0], Verdict.TOO_FEW),
    ],
)
def test_a_budget_is_decided_when_all_of_three_rounds_agree(values: list[float], verdict: Verdict) -> None:
    assert judge(values, 1.35) is verdict


def test_growth_is_brought_to_one_doubling() -> None:
    assert per_doubling([1.0, 2.0], [4.0, 18.0, 5.0], growth=4.0) == [2.0, 3.0]


def test_a_figure_is_the_median_with_the_range_of_all_runs() -> None:
    assert shown([3.0, 1.0, 1.5], unit=" s") == "1.50 s (1.00 to 3.00)"
    assert shown([1234.5], 0, " MB") == "1,234 MB"
