"""Positions come from a cursor over the text; the standard library's parser is the witness."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from tests.unit.extract.parsing import parse

# Modules with long strings, deep expressions, decorators, async code and odd formatting.
WITNESSES = [
    "argparse.py",
    "dataclasses.py",
    "typing.py",
    "tarfile.py",
    "asyncio/tasks.py",
    "unittest/mock.py",
    "email/_header_value_parser.py",
    "importlib/metadata/__init__.py",
    "ctypes/__init__.py",
    "decimal.py",
    "tokenize.py",
    "pickletools.py",
]


def definitions(tree: ast.Module, lines: list[str]) -> set[tuple[str, int, int, int | None]]:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        (node.name, node.lineno, column(lines, node.lineno, node.col_offset), node.end_lineno)
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    }


def imported_names(tree: ast.Module, lines: list[str]) -> set[tuple[str, str | None, int, int, int, int | None]]:
    return {
        (
            alias.name,
            alias.asname,
            alias.lineno,
            column(lines, alias.lineno, alias.col_offset),
            node.lineno,
            node.end_lineno,
        )
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }


def column(lines: list[str], line: int, offset: int) -> int:
    """ast counts bytes from 0, facts count characters from 1."""
    return len(lines[line - 1].encode()[:offset].decode()) + 1


def check_against_ast(source: str) -> None:
    facts, tree, lines = parse(source), ast.parse(source), source.splitlines()
    found = {(fact.name, fact.line, fact.column, fact.end_line) for fact in facts.classes}
    found |= {(fact.name, fact.line, fact.column, fact.end_line) for fact in facts.functions}
    assert found == definitions(tree, lines)
    imports = {
        (fact.name or fact.module, fact.alias, fact.line, fact.column, fact.statement, fact.end_line)
        for fact in facts.imports
    }
    assert imports == imported_names(tree, lines)
    calls = {
        (node.lineno, column(lines, node.lineno, node.col_offset))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert {(fact.line, fact.column) for fact in facts.calls} <= calls
    strings = {
        (node.value, node.lineno, column(lines, node.lineno, node.col_offset))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {(fact.value, fact.line, fact.column) for fact in facts.strings} <= strings


@pytest.mark.slow
@pytest.mark.parametrize("name", WITNESSES)
def test_positions_equal_those_of_ast(name: str) -> None:
    path = Path(sysconfig.get_path("stdlib")) / name
    if not path.exists():
        pytest.fail(f"{name} is not in this standard library: choose another witness")
    check_against_ast(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "class A: pass\n",
        "class A:\n    x = [\n        1,\n    ]\ny = 2\n",
        "def f():\n    return\n\n\n# comment with class B:\nclass B(\n    A,\n):\n    ...\n",
        "def f(a, # a, b\n      b): return foo(a\n)\n",
        "@deco # def nope\n@other(\n    1)\nasync def f(): await g()\n",
        "import a, b.c as d; from . import (x, # y\n  y as z,)\n",
        "def nd(n, a): return n and a in nd(a, n)\n",
        "def f():\n    x = f'{a!r:>{b}} #' \"# no comment\"; g(x)\n",
        "if x:\n    class A:\n        def m(self):\n            raise\nelse:\n    def g(): yield\n",
        "def f(): # é\n    é = 'é'; g(é); return h(\n    'agent_started')\n",
        "def f():\n    return \\\n        g(1)\n",
        "x = 1 if f(1)else g(2)\n",
        "try:\n    a()\nexcept* E as e:\n    b()\n" if hasattr(ast, "TryStar") else "a()\n",
        "def f():\n\tif 1:\n\t\treturn []\nx = 1\n",
        "match command:\n    case Point(x=0) | [a, *_]:\n        def match(): f(case)\n    case _:\n        g()\n",
        "class A:\r\n    x = f(\r\n    )\r\n",
    ],
)
def test_positions_in_awkward_formatting(source: str) -> None:
    check_against_ast(source)


def test_a_file_of_400_elif_branches_is_scanned() -> None:
    branches = "".join(f"elif x == {number}:\n    f({number})\n" for number in range(400))
    facts = parse(f"from m import f\nif x:\n    pass\n{branches}")
    assert facts.calls[-1].line == 803


def test_lines_are_counted_without_a_line_end_at_the_end() -> None:
    assert [parse(text).lines for text in ("", "x", "x\n", "x\ny", "x\n\n")] == [0, 1, 1, 2, 2]
