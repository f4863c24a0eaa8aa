"""Scans of hostile trees, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_lint.cli.main import run
from tests.hardening.scans import Ended, Scan, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files into a project and returns its root."""
    root = tmp_path / "project"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\nname = 'project'\n")

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write_files


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Scan:
    """Runs a command in this process; the first argument is the folder to be in."""
    for name in ("GITHUB_STEP_SUMMARY", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(folder: Path, *arguments: str) -> Ended:
        monkeypatch.chdir(folder)
        code = run(arguments)
        return Ended(code, *capfd.readouterr())

    return call


@pytest.fixture
def scan(command: Scan) -> Scan:
    """Scans a folder in this process, without a cache; the report is JSON."""
    return lambda root, *arguments: command(root, "scan", "-q", "-f", "json", "--no-cache", *arguments)
