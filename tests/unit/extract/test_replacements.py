"""What is bound again before anything reads it."""

from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse


def replaced(source: str) -> list[tuple[str, int, int]]:
    return [(fact.name, fact.line, fact.by) for fact in parse(source).replacements]


def test_definitions_imports_and_assignments_by_place() -> None:
    source = (
        "import a\nX = 1\ndef f(): pass\nclass K:\n    y = 1\n    y = 2\n    def m(self): pass\n"
        "    def m(self): pass\nimport b as a\nX = 2\nasync def f(): pass\n"
    )
    assert replaced(source) == [("a", 1, 9), ("X", 2, 10), ("f", 3, 11), ("y", 5, 6), ("m", 7, 8)]


@pytest.mark.parametrize(
    "source",
    [
        "X = 1\nX = X + 1\n",
        "X = 1\nprint(X)\nX = 2\n",
        "X = 1\ndef f(a=X): pass\nX = 2\n",
        "X = 1\ndef f(): return X\nY = f()\nX = 2\n",
        "X = 1\ndef f(X=X): pass\nX = 2\n",
        "X = 1\ndef f(a: X): pass\nX = 2\n",
        "X = 1\nf = lambda X: X\nX = 2\n",
        "X = 1\nif a: X = 2\n",
        "if a: X = 1\nX = 2\n",
        "def f():\n    X = 1\n    X = 2\n",
        "class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): pass\n",
        "X = 1\ndel X\nX = 2\n",
    ],
)
def test_what_is_read_conditional_or_local_is_not_replaced(source: str) -> None:
    assert replaced(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "X = 1\ndef f(): return X\nX = 2\n",
        "X = 1\ndef f(X): pass\nX = 2\n",
        "X = 1\ndef f(a, *, X=3): pass\nX = 2\n",
        "X = 1\nasync def f(*X): pass\nX = 2\n",
        "X = 1\nf = lambda X: 1\nX = 2\n",
        "X = 1\nfrom m import X as Y\nX = 2\n",
        '"""X"""\nX = 1\nX = 2\n',
    ],
)
def test_functions_that_do_not_run_and_texts_read_nothing(source: str) -> None:
    assert [name for name, _, _ in replaced(source)] == ["X"]


def test_a_statement_of_many_lines_ends_where_it_ends() -> None:
    assert replaced("X = [\n    1,\n    2,\n]\nX = (\n    3\n)\n") == [("X", 1, 5)]


@pytest.mark.parametrize(
    ("later", "count"),
    [
        ("class K(Base):  # NOQA", 0),
        ("class K(Base):  # noqa: E501, F811", 0),
        ("class K(Base):  # pylint: disable=function-redefined", 0),
        ("class K(Base):  # type: ignore[no-redef]", 0),
        ("from b import K  # noqa: F811", 0),
        ("class K(Base):  # noqa: E501", 1),
        ("class K(Base):  # noqable", 1),
        ("from b import K  # noqa", 1),
        ("class K(Base):  # again", 1),
    ],
)
def test_what_another_checker_is_told_is_meant(later: str, count: int) -> None:
    body = "\n    pass" if later.startswith("class") else ""
    assert len(replaced(f"class K:\n    pass\n{later}{body}\n")) == count
