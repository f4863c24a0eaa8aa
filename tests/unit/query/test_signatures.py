from __future__ import annotations

import pytest

from ssot_lint.query.signatures import MOST_CHARACTERS, signature
from ssot_lint.testing import project_from


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class A: ...", "class A"),
        ("class A(b.B, metaclass=M): ...", "class A(b.B, metaclass=M)"),
        ("class A(f()): ...", "class A(...)"),
        ("def f(): ...", "def f()"),
        (
            "async def f(a, /, b: int = 3, *c, d=None, **e) -> list[int]: ...",
            "async def f(a, /, b: int = 3, *c, d=None, **e) -> list[int]",
        ),
        ("def f(a, *, b: str = 'x'): ...", "def f(a, *, b: str = 'x')"),
        ("def f(a=g(1), b=[1, 2]): ...", "def f(a=g(1), b=[1, 2])"),
        ("X = 30", "X = 30"),
        ("X: int = None", "X: int = None"),
        ("X: int", "X: int"),
    ],
)
def test_a_definition_in_one_line(source: str, expected: str) -> None:
    (module,) = project_from({"a.py": f"{source}\n"}).modules
    classes, functions = map(signature, module.facts.classes), map(signature, module.facts.functions)
    assert [*classes, *functions, *map(signature, module.facts.bindings)] == [expected]


def test_a_long_one_is_cut_off() -> None:
    names = ", ".join(f"parameter_{number}" for number in range(30))
    (module,) = project_from({"a.py": f"def f({names}): ...\n"}).modules
    text = signature(module.functions[0].fact)
    assert (len(text), text[-3:]) == (MOST_CHARACTERS, "...")
