from __future__ import annotations

import pytest

from ssot_lint.model.facts import Binding
from tests.unit.extract.parsing import parse


def constant(source: str) -> Binding:
    return parse(source).bindings[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("'a b'", '"a" " b"'),
        ("(1, 2)", "(\n    1,\n    2,\n)"),
        ("{'a', 'b'}", "{'b', 'a'}"),
        ("re.compile('a+', re.I | re.M)", "re.compile(r'a+', re.I|re.M)"),
        ("-1", "- 1"),
        ("1_000", "1000"),
        ("u'a'", "r'a'"),
    ],
)
def test_equal_values_have_one_digest(one: str, other: str) -> None:
    assert constant(f"LIMIT = {one}\n").constant == constant(f"LIMIT: T = {other}\n").constant != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[1, 2]", "[2, 1]"),
        ("'a'", "b'a'"),
        ("1", "1.0"),
        ("(1,)", "[1]"),
        ("{'a': 1}", "{'a': 2}"),
        ("1", "-1"),
        (r"'\d'", r"'\\d'"),
    ],
)
def test_other_values_have_another_digest(one: str, other: str) -> None:
    assert constant(f"LIMIT = {one}\n").constant != constant(f"LIMIT = {other}\n").constant != ""


@pytest.mark.parametrize(
    "value",
    [
        "OTHER",
        "f'{x}'",
        "[1, x]",
        "open('x')",
        "[*OTHER]",
        "{**OTHER}",
        "dict(a=1)",
        "re.compile(x)",
        "a.b",
        "[i for i in x]",
    ],
)
def test_what_is_not_spelled_out_has_none(value: str) -> None:
    assert constant(f"LIMIT = {value}\n").constant == ""


@pytest.mark.parametrize(
    ("value", "count"), [("[1, 2]", 2), ("frozenset({'a'})", 1), ("'abc'", 0), ("{'a': [1, 2]}", 1)]
)
def test_elements_are_counted(value: str, count: int) -> None:
    assert constant(f"LIMIT = {value}\n").elements == count


def test_only_constants_of_modules_have_one() -> None:
    assert constant("limit = 1\n").constant == ""
    assert constant("class A:\n    LIMIT = 1\n").constant == ""
