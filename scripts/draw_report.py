"""Draws the README's picture of the HTML report: a finding in docs/example-shop. Run it after the page changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
SIZE = (1100, 760)
FINDING = "#rule=SSOT101"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop"
        shutil.copytree(DOCS / "example-shop", shop)
        page = shop / "report.html"
        command = [sys.executable, "-m", "ssot_lint", "scan", "-q", "--no-cache", "-f", "html", "-o", str(page)]
        subprocess.run(command, cwd=shop, check=False)
        draw(page, DOCS / "report.png")
    return 0


def draw(page: Path, picture: Path) -> None:
    """The first finding of that rule, in the browser that is on PATH or in Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light")
        view.goto(f"{page.as_uri()}{FINDING}")
        view.locator("a.open").first.click()
        view.locator("table.both").wait_for()
        view.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
