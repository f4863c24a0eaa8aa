"""Where comments can stand."""

from __future__ import annotations

import libcst as cst
import pytest

from ssot_lint.extract.comment_slots import CommentSlots, find_comment_slots

SOURCE = '''\
x = f(
    1,  # one

)
y = """
z""" + 1 + \\
    2
def g():  # two
    # three
    return f"""{
        x}"""
'''


def test_lines_end_free_taken_or_not_at_all() -> None:
    assert find_comment_slots(cst.parse_module(SOURCE)) == CommentSlots(
        free=frozenset({1, 3, 4, 7, 11}), taken=frozenset({2, 8, 9}), inner=frozenset({1, 2, 3, 10})
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_kind_of_line_end_changes_nothing(newline: str) -> None:
    module = cst.parse_module(SOURCE.replace("\n", newline))
    assert find_comment_slots(module) == find_comment_slots(cst.parse_module(SOURCE))
