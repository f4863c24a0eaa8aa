"""A page of a hostile tree, scanned from the disk and opened in a browser."""

from __future__ import annotations

import sys

import pytest

from tests.browser import Open
from tests.hardening.scans import Scan, Write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")]

ENDS = "<∕script><script>window.canary=1<∕script>"
IMAGE = "<img src=x onerror=window.canary=1>"
CODE = f"""\
class Order:
    \'\'\'</script><script>window.canary=1</script>{IMAGE}\'\'\'

    def __init__(self, net, tax):
        self.net = net
        self.tax = "<!--<script>"
        self.due = net + 1
"""


def test_nothing_runs_in_any_view(write: Write, command: Scan, open_page: Open) -> None:
    places = [f"{folder}/{name}.py" for folder in (ENDS, IMAGE, "a") for name in (ENDS, IMAGE, "b")]
    root = write(
        {place: f"{CODE}\n\nNUMBER_{number} = {number}\n" for number, place in enumerate(places)}
        | {"pyproject.toml": "[tool.ssot-lint.severity]\nSSOT101 = 'high'\n"}
    )
    ended = command(root, "scan", "-q", "-f", "html")
    page = open_page(ended.out)
    for view in ("overview", "findings", "plan", "map"):
        page.get_by_role("link", name=view.capitalize(), exact=True).click()
        page.locator(f"[data-view={view}][aria-current]").wait_for()
        assert page.evaluate("window.canary") is None
    page.get_by_role("link", name="Findings", exact=True).click()
    page.locator("a.open").first.click()
    page.locator("table.both").wait_for()
    assert "<img src=x" in page.locator("table.both").inner_text()
    assert page.evaluate("window.canary") is None
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0
