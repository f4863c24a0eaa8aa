from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.plan.order import in_order, without_circles


@pytest.mark.parametrize(
    ("before", "order"),
    [
        ([], []),
        ([set(), set(), set()], [0, 1, 2]),
        ([{2}, set(), set()], [1, 2, 0]),
        ([{2}, {0}, {3}, set()], [3, 2, 0, 1]),
    ],
)
def test_the_best_comes_first_but_not_before_what_it_waits_for(before: list[set[int]], order: list[int]) -> None:
    assert in_order(before) == order


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ([{1}, set()], [{1}, set()]),
        ([{1}, {0}], [set(), {0}]),
        ([{2}, {2}, {1}], [{2}, set(), {1}]),
        ([{1}, {2}, {0}, set()], [set(), {2}, {0}, set()]),
        ([{1, 2}, {0}, set()], [{2}, {0}, set()]),
    ],
)
def test_the_best_step_of_a_circle_waits_no_longer(before: list[set[int]], kept: list[set[int]]) -> None:
    assert without_circles(before) == kept


graphs = st.integers(2, 12).flatmap(
    lambda count: st.lists(st.sets(st.integers(0, count - 1)), min_size=count, max_size=count)
)


@given(graphs)
def test_every_step_comes_once_and_waits_for_what_it_needs(graph: list[set[int]]) -> None:
    before = without_circles([needed - {at} for at, needed in enumerate(graph)])
    order = in_order(before)
    assert sorted(order) == list(range(len(graph)))
    assert all(order.index(each) < order.index(at) for at, needed in enumerate(before) for each in needed)


@given(graphs)
def test_nothing_is_cut_where_there_is_no_circle(graph: list[set[int]]) -> None:
    before = [{each for each in needed if each > at} for at, needed in enumerate(graph)]
    assert without_circles(before) == before


def test_long_chains_and_many_circles_end() -> None:
    count = 10_000
    chain = [*({at + 1} for at in range(count - 1)), set[int]()]
    assert in_order(without_circles(chain)) == list(range(count))[::-1]
    circles = [{at ^ 1} for at in range(count)]
    assert in_order(without_circles(circles)) == list(range(count))
