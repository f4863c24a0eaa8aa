from __future__ import annotations

import pytest

from ssot_lint.model.finding import Location
from ssot_lint.reporters.markdown.blocks import bullets, clip, details, fenced, fitting, name, place, prose, table


def test_table_says_how_many_rows_are_left_out() -> None:
    assert list(table(("A", "B"), "lr", [("a", "1"), ("b", "2")], 1_202)) == [
        "| A | B |\n| --- | ---: |\n| a | 1 |\n| b | 2 |",
        "and 1,200 more",
    ]


def test_table_is_cut_to_its_room_between_rows() -> None:
    rows = [("aaaa",), ("bbbb",), ("cccc",)]
    assert list(table(("A",), "l", rows, 3, room=20)) == ["| A |\n| --- |\n| aaaa |\n| bbbb |", "and 1 more"]


def test_table_without_rows_is_nothing() -> None:
    assert list(table(("A",), "l", [], 0)) == []


def test_bullets_say_how_many_are_left_out() -> None:
    assert bullets(["a", "b"], 2) == "- a\n- b"
    assert bullets(["a", "b"], 3) == "- a\n- b\n- and 1 more"


def test_details_have_an_empty_line_around_what_they_hide() -> None:
    assert details("1 &lt; 2", ["a", "b"]) == "<details>\n<summary>1 &lt; 2</summary>\n\na\n\nb\n\n</details>"


@pytest.mark.parametrize(("source", "fence"), [("a", "```"), ("`a`", "```"), ("```\na\n````", "`````")])
def test_fence_is_longer_than_what_it_holds(source: str, fence: str) -> None:
    assert fenced("sh", source) == f"{fence}sh\n{source}\n{fence}"


def test_only_the_first_texts_that_fit_are_shown() -> None:
    assert fitting(["abc", "abcdef", "a"], 10) == ["abc"]
    assert fitting(["abc", "abc", "a"], 10) == ["abc", "abc"]


def test_text_is_cut_before_it_is_escaped() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("abcd", 3) == "abc..."
    assert name("|" * 301) == f"<code>{'&#124;' * 300}&#46;&#46;&#46;</code>"
    assert prose("*" * 801) == r"\*" * 800 + "..."


def test_invisible_characters_count_as_their_escapes() -> None:
    assert clip("\u202e" * 10, 60) == "\u202e" * 10
    assert clip("\u202e" * 11, 60) == "\u202e" * 10 + "..."
    assert clip("abc\u202e", 8) == "abc..."


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("a/b.py", 3), "`a/b.py:3`"),
        (Location("a/b.py", 0), "`a/b.py`"),
        (Location("@a.py", 3), "`./@a.py:3`"),
        (Location("a`b.py", 3), "<code>a&#96;b&#46;py&#58;3</code>"),
    ],
)
def test_places(location: Location, text: str) -> None:
    assert place(location) == text
