"""A page to open in the browser."""

from __future__ import annotations

import pytest

from ssot_lint.model.report import Report
from ssot_lint.reporters.html.document import render_html
from tests.unit.reporters.html.views import around, code_of, view_of


@pytest.fixture
def page_of_sample(planned: Report) -> str:
    """The HTML of a report with everything: a plan, a component, surroundings, code, a repository."""
    return render_html(view_of(around(planned), code_of, url="https://example.org/shop/blob/main"))
