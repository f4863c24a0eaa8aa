"""Rules that crash, a tool that crashes, and a user who has had enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.cli.tiny_pack import FAILED
from tests.command_line import Run


def test_a_crashing_rule_takes_nothing_else_down(project: Path, ssot_lint: Run) -> None:
    code, out, err = ssot_lint("scan", "-f", "json", "--select", "ALL", "--exit-zero")
    document = json.loads(out)
    assert code == ExitCode.INTERNAL
    assert [finding["code"] for finding in document["findings"]] == ["TINY101"]
    assert document["diagnostics"] == [
        {
            "path": "tiny_rules.py",
            "line": 70,
            "kind": "rule-crashed",
            "message": "rule TINY900 crashing of pack tiny (tiny_rules) raised RuntimeError: on purpose",
        }
    ]
    assert err == (
        "error: rule TINY900 crashing of pack tiny (tiny_rules) raised RuntimeError: on purpose (tiny_rules.py:70). "
        f"Run with --verbose for the traceback\n{FAILED}"
    )


def test_verbose_shows_tracebacks_and_times(project: Path, ssot_lint: Run) -> None:
    code, _, err = ssot_lint("scan", "--select", "ALL", "-v")
    assert code == ExitCode.INTERNAL
    assert err.startswith(f"project root {project}, configuration none, 2 rules\nTraceback (most recent call last):\n")
    names = [line.split(" s  ")[1] for line in err.splitlines() if " s  " in line]
    assert names[:4] == ["discover", "extract", "recall", "project"]
    assert "TINY101 namesakes" in names


def test_a_crash_of_the_tool_is_one_line(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyError("two\nlines")

    monkeypatch.setattr("ssot_lint.scan.load.extract_files", crash)
    code, out, err = ssot_lint("scan")
    assert (code, out) == (ExitCode.INTERNAL, "")
    assert err == (
        r"error: internal error: KeyError: 'two\\nlines'. Run with --verbose for the traceback. "
        "Please report it, with the traceback, to the maintainers of ssot-lint\n"
    )
    assert "Traceback (most recent call last)" in ssot_lint("scan", "-v")[2]


def test_an_interrupted_scan_ends_with_130(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ssot_lint.scan.load.extract_files", interrupt)
    assert ssot_lint("scan") == (ExitCode.INTERRUPTED, "", "")
