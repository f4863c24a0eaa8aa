from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.reporters.axis import Axis, axis_of


def test_an_axis_ends_at_whole_steps_around_the_values() -> None:
    assert axis_of([81.52, 83.9]) == Axis(81, 84, 1)
    assert axis_of([0, 31]) == Axis(0, 40, 10)
    assert list(axis_of([62.0, 97.3]).ticks) == [60, 70, 80, 90, 100]


def test_one_value_has_an_axis_too() -> None:
    assert axis_of([0]) == Axis(0, 1, 1)
    assert axis_of([100]) == Axis(99, 100, 1)
    assert axis_of([87.3]) == Axis(87, 88, 1)


def test_values_have_their_place() -> None:
    assert [Axis(80, 90, 5).at(value) for value in (80, 82.5, 90)] == [0, 0.25, 1]


@given(st.lists(st.floats(0, 100), min_size=1))
def test_scores_are_on_their_axis_and_the_axis_between_0_and_100(scores: list[float]) -> None:
    axis = axis_of(scores)
    assert 0 <= axis.low < axis.high <= 100
    assert all(0 <= axis.at(score) <= 1 for score in scores)
    assert 2 <= len(axis.ticks) <= 6
    assert axis.ticks[-1] == axis.high
