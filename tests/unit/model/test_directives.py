"""What comments for this tool say, and which lines they are about."""

from __future__ import annotations

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.directives import (
    Statement,
    canonical_lines,
    directives_with_lines,
    misspelt_directives,
    parse_directive,
)
from ssot_lint.model.facts import ModuleFacts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ignore[SSOT101] a reason", Statement("ignore", ("SSOT101",), "a reason")),
        (
            "ignore [ SSOT101 , duplicate-class,]: a reason",
            Statement("ignore", ("SSOT101", "duplicate-class"), "a reason"),
        ),
        ("file-ignore[SSOT101] - see [1]", Statement("file-ignore", ("SSOT101",), "see [1]")),
        ("ignore[]", Statement("ignore", (), "")),
        ("ignore because", Statement("ignore", None, "because")),
        ("ignore[SSOT101 no end", Statement("ignore", None, "[SSOT101 no end")),
        ("canonical", Statement("canonical", None, "")),
        ("canonical, the oldest", Statement("canonical", None, "the oldest")),
        ("", Statement("", None, "")),
    ],
)
def test_a_directive_is_a_word_codes_and_a_reason(text: str, expected: Statement) -> None:
    assert parse_directive(text) == expected


def lines(source: str) -> list[tuple[str, list[int]]]:
    facts = extract(source.encode())
    assert isinstance(facts, ModuleFacts)
    return [(directive.text, sorted(about)) for directive, about in directives_with_lines(facts)]


def test_a_trailing_directive_is_about_its_line_and_no_other() -> None:
    assert lines("x = 1\ny = 2  # ssot-lint: a\nz = 3\n") == [("a", [2])]
    assert lines("for x in y: pass\nz = 2  # ssot-lint: a\n") == [("a", [2])]


def test_a_directive_of_its_own_line_is_about_the_next_line_past_other_directives() -> None:
    source = "# ssot-lint: a\n# ssot-lint: b\nx = 1\n\n# ssot-lint: c\n# a remark\ny = 2\n"
    assert lines(source) == [("a", [1, 3]), ("b", [2, 3]), ("c", [5, 7])]


def test_a_blank_line_parts_a_directive_from_what_comes_below() -> None:
    assert lines("# ssot-lint: a\n\nx = 1\n") == [("a", [1])]


@pytest.mark.parametrize(
    "source",
    [
        "# ssot-lint: a\n@one\n@two(\n    x=1,\n)\nclass A:\n    pass\n",
        "\n@one  # ssot-lint: a\n@two(\n    x=1,\n)\nclass A:\n    pass\n",
        "\n@one\n@two(\n    x=1,  # ssot-lint: a\n)\nclass A:\n    pass\n",
        "\n@one\n@two(\n    x=1,\n)\nclass A:  # ssot-lint: a\n    pass\n",
    ],
)
def test_a_directive_at_a_decorator_is_about_the_definition(source: str) -> None:
    ((_, about),) = lines(source)
    assert 6 in about


def test_a_directive_at_an_import_is_about_all_its_names() -> None:
    assert lines("from a import (  # ssot-lint: a\n    b,\n    c,\n)\n") == [("a", [1, 2, 3, 4])]
    assert lines("from a import (\n    b,\n    c,\n)  # ssot-lint: a\n") == [("a", [1, 2, 3, 4])]
    assert lines("from a import (\n    b,  # ssot-lint: a\n    c,\n)\n") == [("a", [2])]


def test_a_directive_behind_a_long_statement_is_about_all_of_it() -> None:
    assert lines("bus = Bus(\n    1,\n)  # ssot-lint: a\n") == [("a", [1, 2, 3])]


def test_a_directive_in_brackets_is_about_its_element_and_where_they_open() -> None:
    source = "bus = Bus(\n    one(\n        1\n    ),  # ssot-lint: a\n    two(),\n)\n"
    assert lines(source) == [("a", [1, 2, 3, 4])]


def test_a_directive_behind_the_only_line_of_a_body_is_about_the_definition() -> None:
    assert lines("def f():\n    return 1  # ssot-lint: a\nx = 1\n") == [("a", [1, 2])]
    assert lines("def f():\n    x = 1  # ssot-lint: a\n    return x\n") == [("a", [2])]


@pytest.mark.parametrize("marker", ["SSOT-LINT:", "ssot_lint:", "Ssot-Lint:", "ssotlint:"])
def test_another_spelling_makes_no_directive_but_is_remembered(marker: str) -> None:
    facts = extract(f"x = 1  # {marker} canonical\n".encode())
    assert isinstance(facts, ModuleFacts)
    assert [each.marker for each in misspelt_directives(facts)] == [marker]
    assert (list(directives_with_lines(facts)), canonical_lines(facts)) == ([], frozenset())


def test_canonical_marks_lines() -> None:
    facts = extract(b"# ssot-lint: canonical\nclass A: pass\nclass B: pass  # ssot-lint: ignore[X]\n")
    assert isinstance(facts, ModuleFacts)
    assert canonical_lines(facts) == {1, 2}
