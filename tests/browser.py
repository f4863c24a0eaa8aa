"""A browser for tests: the Chromium of the distribution, or Playwright's own, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

Open: TypeAlias = Callable[..., Page]
"""Opens a page: its HTML, then the part of the address after the file; ``width`` in pixels, ``dark``."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A headless one; the test is skipped where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(playwright), args=_arguments())
        yield browser
        browser.close()


def opener(browser: Browser, folder: Path) -> Iterator[Open]:
    """Opens pages from files in ``folder``, without a network. At the end no page has had an error."""
    faults: list[str] = []
    contexts = []

    def open_page(html: str, address: str = "", *, width: int = 1280, dark: bool = False) -> Page:
        file = folder / "report.html"
        file.write_bytes(html.encode())
        context = browser.new_context(
            offline=True, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{file.as_uri()}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults


def _executable(playwright: Playwright) -> str:
    candidates = [*filter(None, map(shutil.which, _NAMES)), playwright.chromium.executable_path]
    found = next((path for path in candidates if Path(path).exists()), None)
    if found is None:
        pytest.skip("no Chromium here: `apt-get install chromium`, or `playwright install chromium`")
    return found


def _arguments() -> list[str]:
    """Chromium has no sandbox for root."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
