"""What we know about Python code stands in one place: no two lists of words say nearly the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "ssot_lint", ROOT / "rules" / "ssot_rules")
MAY_SHARE = 4
DISPLAYS = (ast.Dict, ast.List, ast.Set, ast.Tuple)

# Two lists that have more words in common, and why that is no repetition.
ALLOWED: Mapping[frozenset[str], str] = {
    frozenset(
        {"ssot_lint/reporters/trend_svg.py LIGHT", "ssot_lint/reporters/trend_svg.py DARK"}
    ): "two palettes, which have a colour each for the same parts of a chart",
    frozenset(
        {"ssot_lint/discovery/footprint.py _READ_SUFFIXES", "ssot_lint/fix/texts.py _SUFFIXES"}
    ): "what discovery reads, and what may name an address in prose or settings: neither follows from the other",
}


def lists_in(text: str) -> dict[str, frozenset[str]]:
    """The words that each module-level constant writes out, be it a set, a tuple, a dict or a union of such.

    What a list takes from another one by its name is not written out.
    """
    found = {}
    for node in ast.parse(text).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if words := frozenset(_written(node.value)):
                found[ast.unparse(target)] = words
    return found


def _written(value: ast.expr) -> Iterator[str]:
    for display in ast.walk(value):
        if isinstance(display, DISPLAYS):
            for element in ast.iter_child_nodes(display):
                if isinstance(element, ast.Constant) and isinstance(element.value, str):
                    yield element.value


def all_lists() -> dict[str, frozenset[str]]:
    return {
        f"{path.relative_to(ROOT).as_posix()} {name}": words
        for package in PACKAGES
        for path in sorted(package.rglob("*.py"))
        for name, words in lists_in(path.read_text(encoding="utf-8")).items()
    }


def test_no_two_lists_share_more_than_four_words() -> None:
    lists = all_lists()
    shared = {
        frozenset((one, other)): sorted(lists[one] & lists[other])
        for one, other in combinations(lists, 2)
        if len(lists[one] & lists[other]) > MAY_SHARE
    }
    assert {pair: words for pair, words in shared.items() if pair not in ALLOWED} == {}
    assert ALLOWED.keys() - shared.keys() == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A = frozenset({"a", "b"})\n', {"A": {"a", "b"}}),
        ('A: tuple[str, ...] = ("a", *("b", "c"))\n', {"A": {"a", "b", "c"}}),
        ('A = {"a": frozenset({"b"}), "c": ("d",)}\n', {"A": {"a", "b", "c", "d"}}),
        ('A = {"a"}\nB = A | {"b"} - {"c"}\n', {"A": {"a"}, "B": {"b", "c"}}),
        ('A = frozenset({"a"} | {"b"}) | OTHER\n', {"A": {"a", "b"}}),
        ('A = "text"\nB = call("text")\nC = re.compile("text")\n', {}),
        ('def f():\n    return {"a", "b"}\n', {}),
        ('class A:\n    NAMES = ("a", "b")\n', {}),
    ],
)
def test_the_words_of_a_list_are_those_that_it_writes_out(text: str, expected: dict[str, set[str]]) -> None:
    assert lists_in(text) == expected
