"""Files that kill the parser or keep it busy for ever: each costs itself and no other."""

from __future__ import annotations

import os
from functools import partial

import pytest
from pebble import ProcessExpired

from ssot_lint.workers import extract_files as extraction_run
from ssot_lint.workers.processes import open_processes
from tests.hardening.scans import CLASS, Scan, Write

pytestmark = pytest.mark.slow

DEEP = 8_000
NESTED = "more than 200 nested brackets"
CRASHED = "the parser crashed on it"
ENDLESS = "the parser did not finish in time"

READ = {
    "150 parentheses": "x = " + "(" * 150 + "1" + ")" * 150,
    "150 f-strings": "x = " + "f'{" * 150 + "1" + "}'" * 150,
    "400 elifs": "if a: pass\n" + "elif a: pass\n" * 400,
    "99 indents": "".join(f"{' ' * depth}if a:\n" for depth in range(99)) + " " * 99 + "pass\n",
    "99 functions": "".join(f"{' ' * depth}def f{depth}():\n" for depth in range(99)) + " " * 99 + "pass\n",
    "99 classes": "".join(f"{' ' * depth}class C{depth}:\n" for depth in range(99)) + " " * 99 + "pass\n",
    "decorators": "@a\n" * 5_000 + "def f(): pass\n",
    "targets": "a = " * 5_000 + "1\n",
    "deleted": "del " + ", ".join(["a"] * 20_000),
    "contexts": "with " + ", ".join(["a"] * 5_000) + ": pass\n",
    "comparisons": "x = " + "<".join(["a"] * 5_000),
    "slices": "x = a[" + ":," * 20_000 + "]",
    "parameters": "def f(" + ", ".join(f"a{at}" for at in range(20_000)) + "): pass\n",
    "globals": "def f():\n    global " + ", ".join(f"a{at}" for at in range(20_000)) + "\n",
    "joined lines": "\\\n" * 50_000 + "x = 1\n",
    "yields": "def f():\n    x = " + "(yield " * 150 + ")" * 150,
    "dots": "from " + "." * 5_000 + " import a",
}

REFUSED = {
    "parentheses": ("x = " + "(" * DEEP + "1" + ")" * DEEP, NESTED),
    "tuples": ("(" * DEEP + ",)" * DEEP, NESTED),
    "walrus": ("(x:=" * DEEP + "1" + ")" * DEEP, NESTED),
    "lists": ("[" * DEEP + "]" * DEEP, NESTED),
    "dicts": ("{1:" * DEEP + "1" + "}" * DEEP, NESTED),
    "sets": ("{" * DEEP + "}" * DEEP, NESTED),
    "comprehensions": ("[" * DEEP + "x" + " for y in z]" * DEEP, NESTED),
    "calls": ("f(" * DEEP + ")" * DEEP, NESTED),
    "keyword calls": ("f(a=" * DEEP + "1" + ")" * DEEP, NESTED),
    "starred calls": ("f(*" * 1_000 + "a" + ")" * 1_000, NESTED),
    "subscripts": ("a[" * DEEP + "1" + "]" * DEEP, NESTED),
    "f-strings": ("f'{" * 2_000 + "1" + "}'" * 2_000, NESTED),
    "format specs": ("f'{a" + ":{b" * 5_000 + "}" * 5_000 + "}'", NESTED),
    "open brackets": ("([{" * 3_000, NESTED),
    "boolean operators": ("x = " + " and ".join(["a"] * 20_000), CRASHED),
    "elifs": ("if a: pass\n" + "elif a: pass\n" * 20_000, CRASHED),
    "dotted name": ("import " + ".".join(["a"] * 20_000), CRASHED),
    "indents": ("".join(f"{' ' * at}if a:\n" for at in range(1_000)) + " " * 1_000 + "pass\n", "too many levels"),
    "lambdas": ("lambda x=" * 2_500 + "1" + ": 1" * 2_500, ENDLESS),
    "methods": ("x = a" + ".b()" * 9_000, ENDLESS),
    "operators": ("x = " + "+".join(["a"] * 9_000), ENDLESS),
    "negations": ("x = " + "not " * 9_000 + "a", ENDLESS),
    "patterns": ("match x:\n    case " + "C(" * 50 + "1" + ")" * 50 + ": pass\n", ENDLESS),
    "broken patterns": ("match x:\n    case " + "C(" * 20 + "1 2" + ")" * 20 + ": pass\n", ENDLESS),
}


def test_each_costs_itself_and_no_other(write: Write, scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_run, "DEADLINE_SECONDS", 2.0)
    monkeypatch.setattr(extraction_run, "CHUNK_BYTES", 1)
    refused = {f"{name}.py": text for name, (text, _) in REFUSED.items()}
    ended = scan(write({"a.py": CLASS, **refused, "z.py": CLASS}), "-j", "2")
    expected = {f"{name}.py": reason for name, (_, reason) in REFUSED.items()}
    assert {path: reason[: len(expected[path])] for path, reason in ended.unparsable().items()} == expected
    assert ended.violations() == {"SSOT101 Order": ["z.py"]}


def test_what_is_only_ugly_is_read(write: Write, scan: Scan) -> None:
    ended = scan(write({f"{name}.py": text for name, text in READ.items()}), "-j", "2")
    assert (ended.unparsable(), ended.figure("files")) == ({}, len(READ))


def test_what_dies_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with open_processes(1) as executor:
        assert executor.submit(partial(os.write, 2), b"memory allocation failed", 30).result() == 24
        with pytest.raises(ProcessExpired):
            executor.submit(_dies, 0, 30).result()
    assert capfd.readouterr() == ("", "")


def _dies(_: int) -> None:
    os.abort()
