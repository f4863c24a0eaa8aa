"""Pages of all kinds, and a browser to open them in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ssot_lint.model.report import Report
from ssot_lint.reporters.html.document import render_html
from tests.browser import Open, a_browser, opener
from tests.unit.reporters.html.views import around, code_of, view_of


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    yield from opener(browser, tmp_path)


@pytest.fixture
def page_of_sample(planned: Report) -> str:
    """The HTML of a report with everything: a plan, a component, surroundings, code, a repository."""
    return render_html(view_of(around(planned), code_of, url="https://example.org/shop/blob/main"))
