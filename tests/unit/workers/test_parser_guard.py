"""What tokens tell about the parser's fate."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.workers.parser_guard import is_safe_in_process, measure


@pytest.mark.parametrize(
    ("text", "brackets"),
    [
        ("", 0),
        ("x = 1\n", 0),
        ("f(a, [b, {c: (d)}])\n", 4),
        ("x = '((((' + \"[[[\" + r'\\('  # ((((\n", 0),
        ("\"\"\"(((\"\"\"\n'''\n(('''\n", 0),
        ("f'{a[b(c)]}'\n", 3),
        ("g(f'{{{a}}}')\n", 2),
        ("(\n(\n(\n", 3),
    ],
)
def test_brackets_are_counted_in_code_only(text: str, brackets: int) -> None:
    assert measure(text.encode()).brackets == brackets


@pytest.mark.parametrize(
    "text",
    [
        "x = (1\n",
        "x = 1)\n",
        "x = (1]\n",
        "x = 'a\n",
        'x = """a\n',
        "x = $ \\ y\n",
        "x\0\n",
        "# coding: utf-7\n",
        "f'{a'}\n",
    ],
)
def test_what_the_tokens_leave_open_is_not_sure(text: str) -> None:
    assert not measure(text.encode()).is_sure
    assert not is_safe_in_process(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "class A:\n    x = {'a': [1, 2], 'b': (3,)}\n\n    def f(self):\n        return self.x['a'][0].y\n",
        "x = a and \\\n    b\n",
        "data = [\n" + "    (1, 'a', [2, 3]),\n" * 3_000 + "]\n",
        "x.case = 1\nmatch = re.match(x, y)\n",
        'def f():\n    """It\'s (not [a {bracket."""\n',
        "\ufeffx = 'ü'\n",
    ],
)
def test_ordinary_code_is_tame(text: str) -> None:
    assert is_safe_in_process(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "(" * 60 + ")" * 60,
        "x = " + " + ".join("a" * 500),
        "x = a" + ".b()" * 500,
        "x = " + "not " * 500 + "a",
        "f(" + " or ".join("a" * 500) + ")",
        "x = a if b else " * 300 + "c",
        "import " + ".".join("a" * 500),
        "if a:\n    pass\n" + "elif b:\n    pass\n" * 300,
        "match x:\n    case C(1):\n        pass\n",
        "match x:\n    \\\n    case C(1):\n        pass\n",
        "".join(" " * depth + "if a:\n" for depth in range(150)) + " " * 150 + "pass\n",
        "x = 1\n" * 100_000,
        "x = " + 'f"{' * 60 + "a" + '}"' * 60,
        "lambda: " * 60 + "a",
        "x = " + "lambda a, b: " * 60 + "a",
        "f(" + "lambda a=1: " * 60 + "a)",
        "x = " + "lambda: \\\n" * 60 + "a",
    ],
)
def test_extremes_are_not_tame(text: str) -> None:
    assert not is_safe_in_process(text.encode())


PIECES = st.sampled_from([*"()[]{}a,:=#*@;\\\n'\""]) | st.sampled_from(
    [
        ".b",
        " + ",
        " if ",
        " else ",
        "lambda: ",
        "not ",
        "    ",
        '"""',
        "f'",
        "f'{",
        "}'",
        "\\\n",
        "case ",
        "C(",
        "elif ",
    ]
)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.lists(PIECES, min_size=1, max_size=4), st.integers(1, 3_000)), min_size=1, max_size=4))
def test_no_tame_text_kills_or_holds_up_the_parser(repeated: list[tuple[list[str], int]]) -> None:
    text = "".join("".join(pieces) * count for pieces, count in repeated)
    if not is_safe_in_process(text.encode()):
        return
    code = "import sys\nfrom ssot_lint.extract.extractor import extract\nextract(sys.stdin.buffer.read())"
    completed = subprocess.run([sys.executable, "-c", code], input=text.encode(), timeout=30, check=False)
    assert completed.returncode == 0
