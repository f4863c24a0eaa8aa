"""Bytes that are no text, or another one than they seem: each file is analysed or told, and none hides another."""

from __future__ import annotations

import sys

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from tests.hardening.scans import CLASS, Scan, Write

pytestmark = pytest.mark.slow

READ: dict[str, bytes] = {
    "empty": b"",
    "only a byte order mark": b"\xef\xbb\xbf",
    "only spaces": b"   ",
    "no line end": b"x = 1",
    "byte order mark": b"\xef\xbb\xbfx = 1\n",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbfx = 1\n",
    "carriage returns": b"x = 1\ry = 2\r",
    "mixed line ends": b"x = 1\r\ny = 2\nz = 3\r",
    "form feeds": b"\x0cx = 1\n\x0c\ndef f():\n\x0c    return 1\n",
    "latin-1": b"# coding: latin-1\nx = '\xe9'\n",
    "cp1252": "# coding: cp1252\nx = '€'\n".encode("cp1252"),
    "Shift-JIS": "# coding: shift_jis\nx = '日本'\n".encode("shift_jis"),
    "GBK": "# coding: gbk\nx = '中文'\n".encode("gbk"),
    "cookie on line 2": b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = '\xe9'\n",
    "cookie on line 3 of ASCII": b"\n\n# coding: latin-1\nx = 'e'\n",
    "utf-7": b"# coding: utf-7\nx = '+AGE-'\n",
    "unicode_escape": b"# coding: unicode_escape\nx = '\\x41'\n",
    "raw_unicode_escape": b"# coding: raw_unicode_escape\nx = '\\u0041'\n",
    "bidi controls": "x = 'a\u202eb'  # \u2066\n".encode(),
    "syntax of Python 3.12": b"type X[T] = list[T]\nclass A[T]: ...\ndef f[T](x: T): ...\n",
    "syntax of Python 3.14": b"x = t'{y}'\ntry:\n    pass\nexcept A, B:\n    pass\n",
    "a number of many digits": b"x = " + b"9" * 20_000 + b"\n",
    "a long name": b"a" * 900_000 + b" = 1\n",
    "a long string": b"x = '" + b"a" * 900_000 + b"'\n",
    "a long comment": b"#" + b"a" * 900_000,
}

REFUSED: dict[str, tuple[bytes, int, str]] = {
    "UTF-16": ("x = 1\n".encode("utf-16"), 1, "cannot be decoded"),
    "UTF-16 without a mark": ("class A: ...\n".encode("utf-16-be"), 1, "contains NUL bytes"),
    "UTF-32": ("x = 1\n".encode("utf-32"), 1, "cannot be decoded"),
    "NUL in a comment": (b"x = 1  # \0\n", 1, "contains NUL bytes"),
    "NUL in a name": (b"x\0y = 1\n", 1, "contains NUL bytes"),
    "bytes that are not UTF-8": (b"x = '\xff'\n", 1, "cannot be decoded"),
    "an encoded surrogate": (b"x = '\xed\xa0\x80'\n", 1, "cannot be decoded"),
    "an overlong sequence": (b"x = '\xc0\x80'\n", 1, "cannot be decoded"),
    "cookie on line 3": (b"\n\n# coding: latin-1\nx = '\xe9'\n", 1, "cannot be decoded"),
    "byte order mark and another cookie": (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", 1, "cannot be decoded"),
    "rot13": (b"# coding: rot13\nk = 1\n", 1, "cannot be decoded: 'rot13' is not a text encoding"),
    "hex": (b"# coding: hex\n78203d2031\n", 1, "cannot be decoded: 'hex' is not a text encoding"),
    "zlib": (b"# coding: zlib\nx = 1\n", 1, "cannot be decoded: 'zlib' is not a text encoding"),
    "base64": (b"# coding: base64\nx = 1\n", 1, "cannot be decoded: 'base64' is not a text encoding"),
    "punycode": (b"# coding: punycode\nx = 1\n", 1, "cannot be decoded"),
    "undefined": (b"# coding: undefined\nx = 1\n", 1, "cannot be decoded"),
    "unknown": (b"# coding: no-such\nx = 1\n", 1, "cannot be decoded: unknown encoding: no-such"),
    "Python 2": (b"x = 1\nprint 'x'\n", 2, "Missing parentheses in call to 'print'"),
    "octal numbers of Python 2": (b"x = 0777L\n", 1, "leading zeros in decimal integer literals"),
    "only a backslash": (b"\\", 1, "unexpected EOF"),
    "control Z": (b"x = 1\x1a\n", 1, "invalid non-printable character U+001A"),
    "mixed bytes and text": (b"x = b'a' 'b'\n", 1, "cannot mix bytes and nonbytes literal"),
    "tabs and spaces": (b"if x:\n\ty = 1\n        z = 2\n", 3, "inconsistent use of tabs and spaces"),
}


@pytest.mark.parametrize("name", READ)
def test_odd_text_is_read(name: str) -> None:
    assert isinstance(extract(READ[name]), ModuleFacts)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_or_no_python_is_told_with_its_place(name: str) -> None:
    content, line, reason = REFUSED[name]
    failure = extract(content)
    assert isinstance(failure, ParseFailure)
    assert (failure.line, failure.reason[: len(reason)]) == (line, reason)


def test_no_such_file_costs_another_one_anything(write: Write, scan: Scan) -> None:
    refused = {f"refused_{number}.py": content for number, (content, _, _) in enumerate(REFUSED.values())}
    read = {f"read_{number}.py": content for number, content in enumerate(READ.values())}
    ended = scan(write({"a.py": CLASS, "b.py": CLASS, **refused, **read}))
    assert ended.code == 1
    assert ended.unparsable().keys() == refused.keys()
    assert ended.violations() == {"SSOT101 Order": ["b.py"]}
    assert ended.figure("files") == len(refused) + len(read) + 2


def test_the_exports_of_a_file_that_cannot_be_read_are_unknown(write: Write, scan: Scan) -> None:
    user = "from app.a import Thing\nfrom app.a import *\n\nclass Own(Thing): ...\n"
    ended = scan(write({"app/__init__.py": "", "app/a.py": b"\xff", "app/b.py": user}))
    assert ended.unparsable().keys() == {"app/a.py"}
    assert ended.violations() == {}


def test_names_are_compared_as_python_does(write: Write, scan: Scan) -> None:
    ended = scan(write({"a.py": CLASS, "b.py": CLASS.replace("Order", "Ｏｒｄｅｒ")}))
    assert ended.violations() == {"SSOT101 Order": ["b.py"]}


def test_the_size_of_files_is_limited_and_the_limit_is_an_option(write: Write, scan: Scan) -> None:
    long_line = CLASS.encode() + b"#" + b"a" * 10_000_000
    root = write({"a.py": CLASS, "b.py": long_line})
    assert scan(root).unparsable() == {
        "b.py": f"cannot be read: too large: {len(long_line):,} bytes, more than 1,000,000 (`max-file-size`)"
    }
    write({"ssot-lint.toml": "max-file-size = 20_000_000\n"})
    ended = scan(root)
    assert ended.unparsable() == {}
    assert ended.violations() == {"SSOT101 Order": ["b.py"]}


def test_a_cache_does_not_outlive_the_limit(write: Write, command: Scan) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS + "#" * 1_000})
    arguments = ("scan", "-q", "-f", "json")
    assert command(root, *arguments).violations() == {"SSOT101 Order": ["b.py"]}
    write({"ssot-lint.toml": "max-file-size = 1_000\n"})
    reason = f"cannot be read: too large: {len(CLASS) + 1_000:,} bytes, more than 1,000 (`max-file-size`)"
    for _ in range(2):
        ended = command(root, *arguments)
        assert (ended.unparsable(), ended.violations()) == ({"b.py": reason}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are text there")
def test_a_coding_cookie_runs_no_codec_of_the_target(write: Write, scan: Scan) -> None:
    sprung = "import pathlib\npathlib.Path('sprung').touch()\n"
    root = write({"encodings/evil.py": sprung, "evil.py": sprung, "a.py": "# coding: evil\n", "b.py": "# coding: os\n"})
    assert scan(root).unparsable().keys() == {"a.py", "b.py"}
    assert not (root / "sprung").exists()
