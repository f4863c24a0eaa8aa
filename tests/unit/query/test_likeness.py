from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.query.likeness import NEAR_FROM, Sketches, share_of_equal_lines
from ssot_rules.analysis.bodies import SIMILAR_FROM


def lines(*hashes: int) -> bytes:
    return array("I", hashes).tobytes()


def test_near_means_what_it_means_to_the_rules() -> None:
    assert NEAR_FROM == SIMILAR_FROM


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (lines(1, 2, 3, 4), lines(1, 2, 3, 4), 1.0),
        (lines(1, 2, 3, 4), lines(1, 2, 3, 9), 0.75),
        (lines(1, 1), lines(1), 2 / 3),
        (lines(), lines(), 0.0),
    ],
)
def test_the_share_is_over_both(one: bytes, other: bytes, share: float) -> None:
    assert share_of_equal_lines(one, other) == share


def test_what_shares_most_comes_first_and_short_bodies_are_not_there() -> None:
    sketches = Sketches.of([(0, lines(1, 2, 3, 4)), (1, lines(1, 2, 8, 9)), (2, lines(1, 2)), (3, lines(7, 8, 9))])
    assert sketches.like(lines(1, 2, 3, 5)) == [0, 1]
    assert sketches.like(lines(1, 2)) == []
    assert Sketches.from_bytes(sketches.to_bytes()).like(lines(7, 8, 9)) == [3, 1]


@given(st.lists(st.integers(0, 2**32 - 1), min_size=3, max_size=60, unique=True))
def test_an_equal_body_is_always_found(hashes: list[int]) -> None:
    assert Sketches.of([(5, lines(*hashes))]).like(lines(*hashes)) == [5]


def test_a_line_that_thousands_have_finds_none_of_them() -> None:
    sketches = Sketches.of([(number, lines(1, number + 10, 2)) for number in range(3_000)])
    assert sketches.like(lines(1, 2, 19)) == [9]
