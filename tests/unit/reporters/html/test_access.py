"""What everybody can use: axe-core finds nothing, 400 pixels are enough, and pictures to look at."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import Open

VIEWS = {
    "overview": "",
    "findings": "#view=findings",
    "finding": "#finding=SSOT101-",
    "plan": "#view=plan&first=1",
    "map": "#view=map",
    "rule": "#about=SSOT101",
}
LOOKS = {"light": (1280, False), "dark": (1280, True), "narrow": (400, False)}


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures of the views are kept: the folder of the environment's SCREENSHOTS, for CI to keep."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_page: Open, page_of_sample: str, pictures: Path, view: str, look: str
) -> None:
    width, dark = LOOKS[look]
    page = open_page(page_of_sample, "" if view == "finding" else VIEWS[view], width=width, dark=dark)
    if view == "finding":
        page.goto(page.url + "#view=findings")
        page.locator("a.open").first.click()
        page.locator(".site-list .choose").last.click()
        page.locator("table.code:visible").first.wait_for()
    page.screenshot(path=pictures / f"{view}-{look}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{each['impact']} {each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_print_has_all_rows_and_no_controls(open_page: Open, page_of_sample: str) -> None:
    page = open_page(page_of_sample, "#view=findings")
    page.emulate_media(media="print")
    assert page.locator(".filters").is_hidden()
    assert page.locator("nav[aria-label='Parts of the report']").is_hidden()
    assert len(page.pdf()) > 1_000
