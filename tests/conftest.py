"""What tests of many folders share: the command line, and real code to scan."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from ssot_lint.cli.main import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser import Open
    from tests.command_line import Run

# A machine that has other work to do makes no property false.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a module: Playwright allows no second one, nor another event loop while it is there."""
    from tests.browser import a_browser

    with a_browser() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the HTML of a page, and an address in it; at the end no page has had an error."""
    from tests.browser import opener

    yield from opener(browser, tmp_path)
