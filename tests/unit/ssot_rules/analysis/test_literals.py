"""One literal is one text, however it is written, and what is no literal is none."""

from __future__ import annotations

import pytest

from ssot_lint.testing import project_from
from ssot_rules.analysis.literals import literal_of, literal_text, string_of


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ('"a"', "'a'"),
        ("'a'", "'a'"),
        ("0x10", "16"),
        ("1_000", "1000"),
        ("-1", "-1"),
        ("None", "None"),
        ("[1,'a']", "[1, 'a']"),
        ("LIMIT", ""),
        ("get()", ""),
        ("f'{x}'", ""),
        ('"cut sho', ""),
        ("1e999", ""),
        ("", ""),
    ],
)
def test_the_literal_that_a_text_spells_out(text: str, literal: str) -> None:
    assert literal_of(text) == literal


@pytest.mark.parametrize(
    ("text", "string"), [('"a"', "a"), ('""', ""), ("16", None), ("name", None), ("", None), (None, None)]
)
def test_the_string_that_a_text_spells_out(text: str | None, string: str | None) -> None:
    assert string_of(text) == string


def test_only_a_value_that_is_a_constant_is_a_literal() -> None:
    (module,) = project_from({"a.py": "A = 0x10\nB = A\nC = ()\nD: int\n"}).modules
    values = {variable.name: literal_text(variable.fact.value) for variable in module.variables}
    assert values == {"A": "16", "B": "", "C": "", "D": ""}
