from __future__ import annotations

import pytest

from ssot_lint.text.wording import clause, counted, listed


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, "file", "0 files"),
        (1, "file", "1 file"),
        (1200, "file", "1,200 files"),
        (0, "class", "0 classes"),
        (1, "class", "1 class"),
        (2, "class", "2 classes"),
    ],
)
def test_counts_agree_with_their_noun(count: int, noun: str, text: str) -> None:
    assert counted(count, noun) == text


def test_a_list_names_the_first_and_counts_the_rest() -> None:
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert listed(["a", "b"], most=1) == "a and 1 more"


def test_the_message_of_a_library_becomes_a_clause() -> None:
    assert clause("Expected `str`, got `int` - at `$.site`") == "expected str, got int - at $.site"
    assert clause("") == ""
