"""Whole scans of pinned wheels from PyPI: what is found, and that it is always the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from ssot_lint.reporters.report_schema import render_report_schema

pytestmark = pytest.mark.slow

SNAPSHOTS = Path(__file__).parent / "snapshots"
WHEEL = "django==5.2"


def scan(
    root: str, *options: str, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ssot_lint", "scan", root, "--exit-zero", *options]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def django(unpack_wheel: Callable[[str], Path]) -> Path:
    return unpack_wheel(WHEEL)


@pytest.fixture(scope="module")
def report(django: Path) -> str:
    return scan(str(django), "-f", "json", "-j", "2", cwd=django.parent).stdout


def test_the_findings_are_those_of_the_snapshot(report: str) -> None:
    """Rewrite it with UPDATE_SNAPSHOTS=1, and read the difference before you commit it."""
    lines = [
        f"{finding['code']} {finding['severity']} {finding['subject']}: {site['path']}:{site['line']}"
        for finding in json.loads(report)["findings"]
        for site in finding["sites"]
    ]
    path = SNAPSHOTS / f"{WHEEL}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


def test_the_report_follows_the_schema(report: str) -> None:
    jsonschema.validate(json.loads(report), json.loads(render_report_schema()))


def test_one_worker_and_another_hash_seed_give_the_same_bytes(django: Path, report: str) -> None:
    other = scan(str(django), "-f", "json", "-j", "1", cwd=django.parent, environment={"PYTHONHASHSEED": "4711"})
    assert other.stdout == report


def test_another_working_directory_gives_the_same_bytes_and_no_report_names_one(
    django: Path, report: str, tmp_path: Path
) -> None:
    others = {form: tmp_path / form for form in ("text", "markdown")}
    options = [f"--report={form}={path}" for form, path in others.items()]
    assert scan(".", "-f", "json", "-j", "2", *options, cwd=django).stdout == report
    for path in others.values():
        text = path.read_text(encoding="utf-8")
        assert "duplicate-class" in text
        assert str(django.parent) not in text
