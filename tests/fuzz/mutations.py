"""Programs to read: generated ones, and real files with something done to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import libcst
from hypothesis import strategies as st
from hypothesmith import from_node

MOST_LINES = 80
"""Of a real file so many lines are taken: enough to hold a class, few enough for thousands of programs."""

_MOST_MUTATIONS = 3
_MOST_RANGE = 12
_TOKEN = re.compile(
    r"""\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"\\\n]*"|'[^'\\\n]*'|\#[^\n]*|\w+|[ \t\f]+|\r\n|\r|\n|\\\r?\n|[^\w\s]""",
    re.DOTALL,
)
_STATEMENT = re.compile(rb"(?!(?:else|elif|except|finally)\b)[^\W\d]|@")
_GAPS = (
    " ",
    "\t",
    "\f",
    "\\\n",
    "\\\r\n",
    "\n",
    "\r",
    "\r\n",
    "  # class A: def f(): import b\n",
    "\0",
    "\ufeff",
    "\xa0",
)
_WORDS = (
    *(
        "class",
        "def",
        "async",
        "await",
        "import",
        "from",
        "as",
        "lambda",
        "match",
        "case",
        "type",
        "with",
        "if",
        "elif",
    ),
    *("else", "for", "in", "not", "global", "nonlocal", "yield", "return", "del", "try", "except", "finally", "pass"),
    *("=", ":=", "+=", "->", ":", ";", ",", ".", "...", "@", "*", "**", "(", ")", "[", "]", "{", "}", "!", "~", "\\"),
    *("'", '"', "'''", 'f"{x!r:>{y}}"', "rb'x'", "t'{x}'", "x", "é", "\N{LATIN SMALL LIGATURE FI}", "0x_1", "1e5j"),
    *("# ssot-lint: ignore[SSOT101] because", "# type: ignore"),
)


class Step(NamedTuple):
    """One mutation: what is done, and three numbers that say where."""

    kind: str
    start: int
    size: int
    other: int


class _Text:
    """A file as a list of tokens or lines that joined are the file again."""

    def __init__(self, parts: list[str], step: Step) -> None:
        self.parts = parts
        self.start = step.start % (len(parts) + 1)
        self.stop = min(self.start + 1 + step.size % _MOST_RANGE, len(parts))
        self.other = step.other % (len(parts) + 1)

    @property
    def chosen(self) -> list[str]:
        return self.parts[self.start : self.stop]

    def replaced(self, new: Sequence[str]) -> list[str]:
        return [*self.parts[: self.start], *new, *self.parts[self.stop :]]


def _delete(text: _Text) -> list[str]:
    return text.replaced(())


def _duplicate(text: _Text) -> list[str]:
    return text.replaced([*text.chosen, *text.chosen])


def _swap(text: _Text) -> list[str]:
    """Move the chosen range elsewhere."""
    rest = text.replaced(())
    place = text.other % (len(rest) + 1)
    return [*rest[:place], *text.chosen, *rest[place:]]


def _respace(text: _Text) -> list[str]:
    """Put white space, comments or line ends between the chosen tokens."""
    gap = _GAPS[text.other % len(_GAPS)]
    return text.replaced([part for token in text.chosen for part in (gap, token)])


def _insert(text: _Text) -> list[str]:
    return [*text.parts[: text.start], f" {_WORDS[text.other % len(_WORDS)]} ", *text.parts[text.start :]]


def _bracket(text: _Text) -> list[str]:
    opened, closed = ("()", "[]", "{}", ('f"{', '}"'), ("x(", ")"), ("(yield ", ")"))[text.other % 6]
    return text.replaced([opened, *text.chosen, closed])


def _indent(text: _Text) -> list[str]:
    margin = ("    ", "\t", " ", "\f", "async ", "if x: ")[text.other % 6]
    return text.replaced([margin + line for line in text.chosen])


def _other_line_ends(text: _Text) -> list[str]:
    line_end = ("\r\n", "\r", "\n\f")[text.other % 3]
    return text.replaced([line.rstrip("\r\n") + line_end for line in text.chosen])


_ON_TOKENS: Mapping[str, Callable[[_Text], list[str]]] = MappingProxyType(
    {
        "delete tokens": _delete,
        "duplicate tokens": _duplicate,
        "swap tokens": _swap,
        "respace": _respace,
        "insert": _insert,
        "bracket": _bracket,
    }
)
_ON_LINES: Mapping[str, Callable[[_Text], list[str]]] = MappingProxyType(
    {
        "delete lines": _delete,
        "duplicate lines": _duplicate,
        "swap lines": _swap,
        "indent": _indent,
        "other line ends": _other_line_ends,
    }
)
_ON_BYTES = ("flip", "truncate")
KINDS = (*_ON_TOKENS, *_ON_LINES, *_ON_BYTES)


def mutate(content: bytes, steps: Sequence[Step]) -> bytes:
    """``content`` with the steps done one after the other."""
    for step in steps:
        if step.kind in _ON_BYTES:
            content = _mutate_bytes(content, step)
            continue
        # Bytes that are no UTF-8 survive.
        text = content.decode(errors="surrogateescape")
        if step.kind in _ON_TOKENS:
            parts = _ON_TOKENS[step.kind](_Text(_TOKEN.findall(text), step))
        else:
            parts = _ON_LINES[step.kind](_Text(text.splitlines(keepends=True), step))
        content = "".join(parts).encode(errors="surrogateescape")
    return content


def _mutate_bytes(content: bytes, step: Step) -> bytes:
    place = step.start % (len(content) + 1)
    if step.kind == "truncate":
        return content[:place]
    return (
        content[:place]
        + bytes(byte ^ (1 << step.other % 8) for byte in content[place : place + 1])
        + content[place + 1 :]
    )


def splice(first: bytes, second: bytes, place: int) -> bytes:
    """The lines of ``first`` up to a place, and those of ``second`` behind it."""
    head, tail = first.splitlines(keepends=True), second.splitlines(keepends=True)
    return b"".join([*head[: place % (len(head) + 1)], *tail[place % (len(tail) + 1) :]])


def excerpt(content: bytes, place: int) -> bytes:
    """Some statements of a file, at most MOST_LINES lines if they are not longer themselves."""
    lines = content.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if _STATEMENT.match(line)]
    first = starts[place % len(starts)] if starts else 0
    ends = [number for number in (*starts, len(lines)) if number > first]
    last = max([end for end in ends if end <= first + MOST_LINES] or ends[:1], default=0)
    return b"".join(lines[first:last])


def mutants(files: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Statements of real files, in every fourth those of two files spliced, with up to three mutations."""
    place = st.integers(0, 2**16)
    parts = st.builds(excerpt, st.sampled_from(files), place)
    spliced = st.builds(splice, parts, parts, place)
    bases = st.integers(0, 3).flatmap(lambda number: parts if number else spliced)
    steps = st.lists(st.builds(Step, st.sampled_from(KINDS), place, place, place), max_size=_MOST_MUTATIONS)
    return st.builds(mutate, bases, steps)


def several(files: Sequence[bytes]) -> st.SearchStrategy[dict[str, bytes]]:
    """At least two files of a project by path, all mutants."""
    paths = ("a.py", "b.pyi", "pkg/__init__.py", "pkg/c.py", "pkg/test_d.py")
    return st.dictionaries(st.sampled_from(paths), mutants(files), min_size=2)


def programs() -> st.SearchStrategy[bytes]:
    """Small valid programs, odd in spacing and names."""
    kinds = (libcst.ClassDef, libcst.FunctionDef, libcst.SimpleStatementLine, libcst.With, libcst.Try)
    return st.one_of([from_node(kind, auto_target=False) for kind in kinds]).map(lambda text: text.encode())
