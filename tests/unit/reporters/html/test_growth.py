"""A page draws as much for millions of lines as for a small project: what a reader waits for does not grow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ssot_lint.reporters.html.document import render_html
from tests.browser import Open
from tests.unit.reporters.html.large import large_report, long_code
from tests.unit.reporters.html.views import around, view_of

pytestmark = pytest.mark.slow

WORDS = ["order", "order_0", "order_00", "area_3", "zzz", ""]
ELEMENTS = "document.querySelectorAll('*').length"
CHANGES = """words => words.map(word => {
  const search = document.querySelector("#search");
  const observer = new MutationObserver(() => {});
  observer.observe(document.body, {childList: true, subtree: true});
  search.value = word;
  search.dispatchEvent(new Event("input"));
  return observer.takeRecords().reduce((sum, record) => sum + record.addedNodes.length, 0);
})"""
"""The nodes that each word draws anew."""


@pytest.fixture(scope="module")
def middle() -> str:
    """The page of 400 violations."""
    return page_of(findings=200, sites=2, files=1_000)


@pytest.fixture(scope="module")
def large() -> str:
    """The page of 2,300 violations in 10,000 files."""
    return page_of(findings=1_150, sites=2, files=10_000)


@pytest.mark.parametrize("address", ["", "#view=findings", "#view=plan"])
def test_each_view_draws_no_more_elements(open_page: Open, middle: str, large: str, address: str) -> None:
    assert drawn(open_page(large, address)) <= 1.1 * drawn(open_page(middle, address))


def test_a_filter_draws_no_more_rows(open_page: Open, middle: str, large: str) -> None:
    assert sum(filtered(open_page(large, "#view=findings"))) <= 1.1 * sum(filtered(open_page(middle, "#view=findings")))


def test_a_hundred_thousand_violations_open_and_say_what_is_left_out(open_page: Open, large: str) -> None:
    page = open_page(page_of(findings=20_000, sites=5, files=50_000))
    expect(page.locator("#left-out")).to_contain_text("left out to keep this file small")
    page.get_by_role("link", name="Findings", exact=True).click()
    assert sum(filtered(page)) <= 1.1 * sum(filtered(open_page(large, "#view=findings")))
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.locator("#view .notice")).to_contain_text(" steps are left out")


def page_of(*, findings: int, sites: int, files: int) -> str:
    return render_html(view_of(around(large_report(findings=findings, sites=sites, files=files)), long_code))


def drawn(page: Page) -> int:
    expect(page.get_by_role("heading").first).to_be_visible()
    return int(page.evaluate(ELEMENTS))


def filtered(page: Page) -> list[int]:
    expect(page.locator("#search")).to_be_visible()
    changes: list[int] = page.evaluate(CHANGES, WORDS)
    assert any(changes)
    return changes
