"""Configuration, baseline, history and cache of somebody who means harm: refused in one line, or made anew."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.hardening.scans import CLASS, Scan, Write

pytestmark = pytest.mark.slow

CONFIGURATIONS: dict[str, tuple[bytes, str]] = {
    "NUL": (b"jobs = 1\0\n", "not valid TOML: Expected newline or end of document"),
    "UTF-16": ("jobs = 1\n".encode("utf-16"), "not UTF-8 at byte 1. TOML is UTF-8"),
    "deep arrays": (b"select = " + b"[" * 50_000, "not valid TOML: nested too deeply"),
    "deep tables": (b"[" + b".".join([b"a"] * 50_000) + b"]\n", "a line has more than 1,000 dots. Break the line"),
    "dotted keys": (b".".join([b"a"] * 400_000) + b" = 1\n", "a line has more than 1,000 dots. Break the line"),
    "deep inline tables": (b"a = " + b"{a=" * 50_000, "not valid TOML: nested too deeply"),
    "a huge number": (b"jobs = " + b"9" * 100_000, "not valid TOML: Exceeds the limit"),
    "a huge exponent": (b"fail-under = 1e999999999", "fail-under: must be a number, at most 100"),
    "conflict markers": (b"<<<<<<< ours\njobs = 1\n=======\n", "not valid TOML: Invalid statement (at line 1"),
    "cut off": (b"select = ['SSOT1", 'not valid TOML: Expected "\'" (at end of document)'),
    "escapes in a key": (b'"\\u001b[31m\\n::error::" = 1\n', r'"\\u001b[31m\\n\x3a:error::": unknown key'),
    "50 MB": (b"#" * 50_000_000, "larger than 1,000,000 bytes"),
    "a size of nothing": (b"max-file-size = 0\n", "max-file-size: must be a whole number, at least 1"),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_that_is_none_is_one_line(write: Write, command: Scan, name: str) -> None:
    content, problem = CONFIGURATIONS[name]
    ended = command(write({"ssot-lint.toml": content, "a.py": CLASS}), "scan")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith(f"error: ssot-lint.toml: {problem}")
    assert len(ended.err) < 2_000


@pytest.mark.parametrize("name", ["ssot-lint.toml", ".ssot-lint.toml", "pyproject.toml"])
def test_a_configuration_is_not_read_from_outside(write: Write, command: Scan, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("password = 'hunter2'\n")
    root = write({"a.py": CLASS})
    (root / name).unlink(missing_ok=True)
    (root / name).symlink_to("../secret")
    ended = command(root, "scan")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"error: {name}: a link out of the project. Name the file with --config, or give --isolated\n"
    assert command(root, "scan", "--isolated").code == 0


def test_a_link_inside_the_repository_is_followed(write: Write, command: Scan) -> None:
    root = write({"shared.toml": "fail-level = 'never'\n", "service/app/a.py": CLASS, "service/app/b.py": CLASS})
    (root / ".git").mkdir()
    (root / "service" / "ssot-lint.toml").symlink_to("../shared.toml")
    assert command(root / "service", "scan", "-q").code == 0


@pytest.mark.parametrize("target", ["/dev/zero", "pipe"])
def test_a_configuration_that_never_ends_is_none(write: Write, scan: Scan, target: str) -> None:
    root = write({"a.py": CLASS, "b.py": CLASS})
    os.mkfifo(root / "pipe")
    for name in ("ssot-lint.toml", "setup.cfg", ".gitignore"):
        (root / name).symlink_to(target)
    assert scan(root).violations() == {"SSOT101 Order": ["b.py"]}


@pytest.mark.parametrize(
    "toml",
    [
        'exclude = ["' + "*a" * 400 + '*b"]',
        'exclude = ["' + "**/a*/" * 100 + 'b"]',
        'include = ["' + "**/[!b]*" * 100 + '", "*.py"]',
        'test-paths = ["' + "?*" * 400 + 'b"]',
        'per-path-ignores = { "' + "**/a*a*/" * 100 + 'b" = ["SSOT101"] }',
        '[[components]]\nname = "a"\nnames = ["' + "*a" * 400 + '*b"]\npaths = ["' + "*a" * 400 + '*b"]',
    ],
)
def test_no_pattern_takes_for_ever(write: Write, scan: Scan, toml: str) -> None:
    deep = "/".join(["aa"] * 400)
    name = "a" * 200
    text = CLASS.replace("Order", name)
    root = write(
        {"ssot-lint.toml": toml, f"{deep}/{name}.py": text, f"{deep}/b.py": text, ".gitignore": "*a" * 400 + "b"}
    )
    start = time.monotonic()
    assert scan(root).figure("files") == 2
    assert time.monotonic() - start < 20


BROKEN_LINES: dict[str, tuple[bytes, str]] = {
    "conflict": (b'{"ssot_lint_baseline": 1}\n<<<<<<< HEAD\n', ":2: a merge conflict is not resolved"),
    "cut off": (b'{"ssot_lint_baseline": 1}\n{"', ":2: the file is cut off"),
    "NUL": (b'{"ssot_lint_baseline": 1}\n\0\n', ":2: not JSON"),
    "not UTF-8": (b'{"ssot_lint_baseline": 1}\n{"rule": "\xff"}\n', ":2: "),
    "deep": (b'{"ssot_lint_baseline": 1}\n{"rule": ' + b"[" * 100_000 + b"\n", ":2: "),
    "a huge version": (b'{"ssot_lint_baseline": 99999999999999999999999}\n', ":1: "),
    "a later version": (b'{"ssot_lint_baseline": 2}\n', ":1: baseline of format 2, this version reads 1"),
    "a database": (b"SQLite format 3\0" + b"\0" * 1_000, ":1: not a baseline"),
    "empty": (b"", ":1: not a baseline"),
    "one line of 10 MB": (b"[" * 10_000_000, ":1: not a baseline"),
}


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_damaged_baseline_is_refused_and_kept(write: Write, command: Scan, name: str) -> None:
    content, problem = BROKEN_LINES[name]
    root = write({"a.py": CLASS, "ssot-lint-baseline.jsonl": content})
    for arguments in (["scan"], ["baseline", "prune"]):
        ended = command(root, *arguments)
        assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert ended.err.startswith(f"error: ssot-lint-baseline.jsonl{problem}")
        assert len(ended.err) < 2_000
    assert (root / "ssot-lint-baseline.jsonl").read_bytes() == content


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_damaged_history_is_refused(write: Write, command: Scan, name: str) -> None:
    content, problem = BROKEN_LINES[name]
    root = write({"history.jsonl": content.replace(b"ssot_lint_baseline", b"ssot_lint_history")})
    ended = command(root, "history", "show", "history.jsonl")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith(f"error: history.jsonl{problem.replace('baseline', 'history')}")


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 10_000, b"cos\nsystem\n(S'touch sprung'\ntR.", b"SQLite format 3\0" + b"x" * 5_000]
)
def test_a_foreign_cache_is_made_anew_and_never_run(write: Write, command: Scan, content: bytes) -> None:
    root = write({"app/a.py": CLASS, "app/b.py": CLASS, ".ssot_lint_cache/store.sqlite": content})
    first = command(root, "scan", "-f", "json")
    assert first.violations() == {"SSOT101 Order": ["app/b.py"]}
    again = command(root, "scan", "-f", "json")
    assert (again.out, "cache" in again.err) == (first.out, False)
    assert not (root / "sprung").exists()


def test_a_cache_is_not_written_outside(write: Write, command: Scan, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    root = write({"a.py": CLASS})
    (root / ".ssot_lint_cache").symlink_to("../victim")
    assert command(root, "scan", "-q").code == 0
    assert list((tmp_path / "victim").iterdir()) == []
    (root / "ssot-lint.toml").write_text("cache-dir = '../victim'\n")
    assert command(root, "scan", "-q").err.startswith(
        'error: ssot-lint.toml: cache-dir: "../victim" leaves the project'
    )


PACKAGING: dict[str, dict[str, str | bytes]] = {
    "pyproject.toml": {
        "dotted key": ".".join(["a"] * 400_000) + " = 1\n",
        "deep arrays": "a = " + "[" * 400_000,
        "not UTF-8": b"\xff\xfe",
        "roots outside": '[tool.setuptools.packages.find]\nwhere = ["../..", "/etc", "~", ""]\n',
        "wrong types": "tool = 1\n[project]\nname = []\n",
    },
    "setup.cfg": {
        "one line": "[a]\nx = " + "y" * 900_000,
        "sections": "[a]\n" * 200_000,
        "continuations": "[a]\nx =\n" + " y\n" * 300_000,
        "no section": "x" * 900_000,
        "no values": "[a]\n" + "x\n" * 45_000,
        "delimiters": "[a]\n" + "=:" * 450_000,
        "spaces": "[a]\nx" + " " * 90_000 + "y\n",
        "interpolation": "[options]\npackage_dir = %(a)s\na = %(package_dir)s\n",
        "NUL": "[options]\npackage_dir = \0=\0\n",
    },
}


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, kinds in PACKAGING.items() for kind in kinds])
def test_packaging_metadata_that_is_none_says_nothing(write: Write, scan: Scan, name: str, kind: str) -> None:
    root = write({f"inner/{name}": PACKAGING[name][kind], "inner/a.py": CLASS, "inner/b.py": CLASS})
    start = time.process_time()
    assert scan(root).violations() == {"SSOT101 Order": ["inner/b.py"]}
    assert time.process_time() - start < 5
