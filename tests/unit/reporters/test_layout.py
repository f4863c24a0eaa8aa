from __future__ import annotations

from rich.text import Text

from ssot_lint.reporters.layout import Layout, table


def test_body_hangs_at_its_indent() -> None:
    lines = Layout(40).hang(Text("fix:"), Text("one two three four five six seven eight"), 10)
    assert [line.plain for line in lines] == ["fix:      one two three four five six", "          seven eight"]


def test_remarks_stand_beside_their_places_where_they_fit() -> None:
    rows = [(Text("a:"), Text("x.py:1:1"), Text("short")), (Text(), Text("long.py:1:1"), Text())]
    assert [line.plain for line in Layout(40).rows(rows, 4)] == ["a:  x.py:1:1     short", "    long.py:1:1"]


def test_remarks_stand_below_their_places_where_they_do_not_fit() -> None:
    rows = [(Text("a:"), Text("x" * 60), Text("remark")), (Text(), Text("y"), Text("other"))]
    assert [line.plain for line in Layout(40).rows(rows, 4)] == [
        "a:  " + "x" * 60,
        "      remark",
        "    y",
        "      other",
    ]


def test_numbers_of_a_table_are_flush_right() -> None:
    rows = [(Text("a"), Text("1")), (Text("名前"), Text("1,000"))]
    assert [line.plain for line in table(("name", "count"), rows, 1)] == ["name  count", "a         1", "名前  1,000"]
