"""Whole scans of pinned wheels from PyPI: what is found, and that it is always the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.reporters.json_report import report_schema

SNAPSHOTS = Path(__file__).parent / "snapshots"
WHEEL = "celery==5.5.3"


def scan(
    root: str, *options: str, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ssot_lint", "scan", root, "--exit-zero", *options]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def celery(unpack_wheel: Callable[[str], Path]) -> Path:
    return unpack_wheel(WHEEL)


@pytest.fixture(scope="module")
def report(celery: Path) -> str:
    return scan(str(celery), "-f", "json", "-j", "2", cwd=celery.parent).stdout


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
    import jsonschema

    jsonschema.validate(json.loads(report), report_schema())


def test_one_worker_and_another_hash_seed_give_the_same_bytes(celery: Path, report: str) -> None:
    other = scan(str(celery), "-f", "json", "-j", "1", cwd=celery.parent, environment={"PYTHONHASHSEED": "4711"})
    assert other.stdout == report


def test_another_working_directory_gives_the_same_bytes(celery: Path, report: str) -> None:
    assert scan(".", "-f", "json", "-j", "2", cwd=celery).stdout == report


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_report_tells_where_the_project_lies(celery: Path, form: str) -> None:
    output = scan(".", "-f", form, cwd=celery).stdout
    assert output
    assert str(celery.parent) not in output
