"""Which files parse, and what is said of the others."""

from __future__ import annotations

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.extract.mentions import mentions
from ssot_lint.model.facts import ModuleFacts, ParseFailure


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        (b"def f(:\n", "", 1),
        (b"x = 1\n\ny = 'abc\n", "unterminated string literal", 3),
        (b"x = '\xff'\n", "cannot be decoded", 1),
        (b"# coding: rot13\nx = 1\n", "cannot be decoded", 1),
        (b"x = 1\0\n", "contains NUL bytes", 1),
        (b"x = 1\nprint 'x'\n", "Missing parentheses in call to 'print'", 2),
        (b"x = 1\nif x:\n    (x): int = 1\n", "LibCST cannot parse it, though Python can", 3),
        (b"x = 1\ny = b'a' 'b'\n", "cannot mix bytes and nonbytes literals", 2),
    ],
)
def test_what_cannot_be_parsed_is_a_failure_with_place_and_reason(source: bytes, reason: str, line: int) -> None:
    failure = extract(source)
    assert isinstance(failure, ParseFailure)
    assert failure.reason.startswith(reason)
    assert failure.line == line


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"# only a comment",
        b"\xef\xbb\xbfx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"x = 1\ry = 2\r",
        b"x = 1\x0c\n",
    ],
)
def test_odd_but_valid_files_parse(source: bytes) -> None:
    assert isinstance(extract(source), ModuleFacts)


@pytest.mark.parametrize(
    ("line", "dialect"),
    [
        ("print 'x'", "Python 2"),
        ("if x: print x", "Python 2"),
        ("exec 'x' in {}", "Python 2"),
        ("raise ValueError, 'x'", "Python 2"),
        ("y = 0777", "Python 2"),
        ("y = 10L", "Python 2"),
        ("y = `x`", "Python 2"),
        ("y = x <> 1", "Python 2"),
        ("f = lambda (a, b): a", "Python 2"),
        ("class {{ name }}(Base): pass", "a template"),
        ("{% if x %}", "a template"),
        ("import <%= name %>", "a template"),
        ("name = <your-token>", "a template"),
        ("!pip install shop", "a notebook"),
        ("%matplotlib inline", "a notebook"),
        ("%%bash", "a notebook"),
        ("class Order", ""),
        ("print('x'", ""),
        ("def f(:", ""),
        ("<<<<<<< HEAD", ""),
        ("y = x x", ""),
    ],
)
def test_what_a_file_is_written_in_instead(line: str, dialect: str) -> None:
    failure = extract(f"x = 1\n{line}\n".encode())
    assert isinstance(failure, ParseFailure)
    assert failure.dialect == dialect


def test_what_only_the_parser_refuses_is_no_fault_of_the_file() -> None:
    source = b"if x:\n    (x): int = 1\n"
    assert extract(source) == ParseFailure(
        "LibCST cannot parse it, though Python can",
        2,
        10,
        is_given_up=True,
        is_refused=True,
        mentions=mentions(source.decode()),
    )


def test_what_only_newer_versions_take_is_no_fault_of_the_file() -> None:
    failure = extract(b"y = t'{x}' t'{x}'\n")
    assert isinstance(failure, ParseFailure)
    assert failure.is_given_up or failure.dialect == "Python of another version"


@pytest.mark.parametrize(
    ("source", "reason", "place"),
    [
        ("def test_it(self):\n    x = 1\n    found = await self.get(x)\n", "'await' outside async function", (3, 13)),
        ("x = 1\nawait get(x)\n", "'await' outside function", (2, 1)),
        ("async def f():\n    def g():\n        return await h()\n", "'await' outside async function", (3, 16)),
        ("async def f():\n    class A:\n        b = await c()\n", "'await' outside function", (3, 13)),
        ("if x:\n    return\n", "'return' outside function", (2, 5)),
        ("class A:\n    b = 1\n    return b\n", "'return' outside function", (3, 5)),
        ("x = yield 1\n", "'yield' outside function", (1, 5)),
        ("def f(x=(yield 1)): pass\n", "'yield' outside function", (1, 10)),
    ],
)
def test_what_no_compiler_takes_is_a_failure(source: str, reason: str, place: tuple[int, int]) -> None:
    with pytest.raises(SyntaxError, match=reason):
        compile(source, "x.py", "exec")
    assert extract(source.encode()) == ParseFailure(reason, *place, mentions=mentions(source))


@pytest.mark.parametrize(
    "source",
    [
        "async def f():\n    return [await g(x) for x in await h()]\n",
        "async def f():\n    def g(x=await h()): return x\n    return g\n",
        "async def f():\n    @decorated(await h())\n    def g(): yield 1\n",
        "async def f():\n    async with g() as h:\n        return (await h for i in h)\n",
        "f = lambda: (yield 1)\n",
        "class A:\n    def f(self):\n        return (yield self)\n",
    ],
)
def test_what_stands_where_it_may_is_none(source: str) -> None:
    compile(source, "x.py", "exec")
    assert isinstance(extract(source.encode()), ModuleFacts)
