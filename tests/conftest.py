"""What tests of many folders share: the command line, and real code to scan."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssot_lint.cli.main import run

if TYPE_CHECKING:
    from tests.command_line import Run

# For `benchmarks`, which nothing installs. Last, so that it hides no installed package.
sys.path.append(str(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def unpack_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Unpacks the wheel of a pinned requirement from PyPI; it is downloaded once per machine."""

    from benchmarks.wheels import fetch_wheel

    def unpack(requirement: str) -> Path:
        target = tmp_path_factory.mktemp("wheel") / requirement.partition("==")[0]
        with zipfile.ZipFile(fetch_wheel(requirement)) as archive:
            archive.extractall(target)
        return target

    return unpack


@pytest.fixture
def ssot_lint(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call
