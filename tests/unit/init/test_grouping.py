from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.init.grouping import linked


def test_what_shares_a_key_is_one_group_and_so_is_what_shares_one_with_a_third() -> None:
    assert linked(["ab", "cd", "x", "bc", "y"], list) == [["ab", "cd", "bc"], ["x"], ["y"]]


def test_things_without_a_key_stand_alone() -> None:
    assert linked([1, 1, 2], lambda _: []) == [[1], [1], [2]]


@given(st.lists(st.frozensets(st.integers(0, 12), max_size=3), max_size=20))
def test_groups_share_no_key_and_keep_the_order(keys: list[frozenset[int]]) -> None:
    groups = linked(range(len(keys)), lambda index: keys[index])
    assert sorted(index for group in groups for index in group) == list(range(len(keys)))
    assert all(group == sorted(group) for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    held = [frozenset[int]().union(*(keys[index] for index in group)) for group in groups]
    assert all(one.isdisjoint(other) for at, one in enumerate(held) for other in held[:at])
    assert all(_is_connected([keys[index] for index in group]) for group in groups)


def _is_connected(group: list[frozenset[int]]) -> bool:
    reached, pending = set(group[0]), list(group[1:])
    while near := [item for item in pending if item & reached]:
        reached.update(*near)
        pending = [item for item in pending if item not in near]
    return not pending
