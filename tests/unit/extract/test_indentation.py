"""Indentation that Python reads and LibCST does not: the facts are those of the file, in its lines and columns."""

from __future__ import annotations

import ast

import pytest
from msgspec.structs import replace

from ssot_lint.extract.extractor import extract
from ssot_lint.extract.indentation import evenly_indented
from ssot_lint.extract.refusal import refused_line
from ssot_lint.model.facts import ModuleFacts, ParseFailure

STRAY = """\
class Mill:
\tdef grind(self, corn):
\t\twhile corn:
\t\t\tif corn.is_wet():
\t\t \t\tbreak
\t\t\t# next
\t\t\tcorn = corn.after()
\t\treturn corn
"""


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("\t\t\t\tbreak", "\t\t \t\tbreak"),
        ("\t\t\t\tbreak", "\t\t  \t\tbreak"),
        ("\t\t\t\tbreak", "\t\t\t \tbreak"),
        ("\t\t\t\tbreak", "\t  \t  \t  \tbreak"),
    ],
)
def test_facts_are_those_of_the_evenly_indented_file(line: str, odd: str) -> None:
    even = STRAY.replace("\t\t \t\tbreak", line)
    assert _facts(even.replace(line, odd)) == _facts(even)


def test_columns_are_those_of_the_file() -> None:
    stray = STRAY.replace("break", "corn = Mill()")
    facts = extract(stray.encode())
    assert isinstance(facts, ModuleFacts)
    assert facts.is_evened
    (call,) = (call for call in facts.calls if call.callee == "Mill")
    assert stray.splitlines()[call.line - 1][call.column - 1 :] == "Mill()"
    assert (call.line, call.column) == (5, 13)


def test_strings_keep_their_lines() -> None:
    stray = STRAY.replace("break", 'corn = """a\n  \t b\n\t\tc"""')
    even = evenly_indented(stray)
    assert even is not None
    assert ast.dump(ast.parse(even)) == ast.dump(ast.parse(stray))
    assert '"""a\n  \t b\n\t\tc"""' in even


@pytest.mark.parametrize(
    "text",
    [
        "if x:\n\ty\n        z\n",  # Python: inconsistent use of tabs and spaces
        "if x:\n  y\n z\n",
        "x = (\n",
        "x = '''\n",
    ],
)
def test_what_python_does_not_read_stays_refused(text: str) -> None:
    assert evenly_indented(text) is None
    failure = extract(text.encode())
    assert isinstance(failure, ParseFailure)
    assert not failure.is_refused


def test_a_text_that_is_even_has_no_other_form() -> None:
    assert evenly_indented("if x:\n\ty\n") is None


def test_both_faults_at_once_are_told_with_the_second() -> None:
    failure = extract(f"{STRAY}\nif Mill:\n    (x): int = 1\n".encode())
    assert isinstance(failure, ParseFailure)
    assert (failure.line, failure.column, failure.is_refused) == (11, 1, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ny = BAD\n", 2),
        ("class A:\n    def f(self):\n        if x:\n            y\n        elif z:\n            return BAD\n", 6),
        ("try:\n    x\nexcept E:\n    pass\n    BAD\n", 5),
        ("@decorated\nclass A:\n    @BAD\n    def f(self): ...\n", 4),
        ("match x:\n    case 1:\n        BAD\n", 3),
        ("if x: BAD\n", 1),
        ("x\n", 1),
    ],
)
def test_the_innermost_statement_is_named(text: str, line: int) -> None:
    assert refused_line(text, lambda code: "BAD" in code) == line


def _facts(text: str) -> ModuleFacts:
    facts = extract(text.encode())
    assert isinstance(facts, ModuleFacts)
    return replace(facts, is_evened=False)
