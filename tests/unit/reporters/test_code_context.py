from __future__ import annotations

import pytest

from ssot_lint.reporters.code_context import surroundings

GUARDED = """import os

try:
    import fast
except ImportError:
    try:
        import slow
    except ImportError as error:
        raise RuntimeError from error

LIMIT = 3""".splitlines()

FUNCTION = """class Desk:
    def pay(self):
        total = 0

        for row in self.rows:
            from shop.rates import rate
            total += rate(row)
        return total

    def close(self):
        pass""".splitlines()


@pytest.mark.parametrize(
    ("lines", "number", "before", "after"),
    [
        (GUARDED, 4, GUARDED[2:3], GUARDED[4:9]),
        (GUARDED, 7, GUARDED[5:6], GUARDED[7:9]),
        (FUNCTION, 6, FUNCTION[4:5], FUNCTION[6:7]),
        (FUNCTION, 3, FUNCTION[1:2], FUNCTION[3:8]),
        (GUARDED, 1, [], GUARDED[1:3]),
        (GUARDED, 11, GUARDED[8:10], []),
        (FUNCTION, 2, [], []),
        (GUARDED, 99, [], []),
        ([], 1, [], []),
    ],
)
def test_a_statement_with_the_block_that_it_stands_in(
    lines: list[str], number: int, before: list[str], after: list[str]
) -> None:
    found = surroundings(lines, number, number)
    assert ([*found[0]], [*found[1]]) == (before, after)


def test_a_long_block_is_cut() -> None:
    lines = ["def long():", *(f"    x = {number}" for number in range(50))]
    before, after = surroundings(lines, 30, 30)
    assert (len(before), len(after)) == (12, 12)


def test_what_is_long_speaks_for_itself() -> None:
    lines = ["def long():", *(f"    x = {number}" for number in range(50))]
    assert surroundings(lines, 10, 20) == ((), ())
