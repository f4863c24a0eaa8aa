"""How long a reader of HTML reports waits in Chromium: for the first paint, and for the answer of a filter.

    python -m benchmarks.page SMALL.html LARGE.html [--rounds 5]

Each round opens both in turn; what is printed are milliseconds, and the large one against the small one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.figures import ratios, shown

PAINT = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime'
FILTER = """word => {
  const search = document.querySelector("#search");
  const start = performance.now();
  search.value = word;
  search.dispatchEvent(new Event("input"));
  document.querySelector("table.findings").getBoundingClientRect();
  return performance.now() - start;
}"""
"""From the key to the new layout."""

WORDS = ("a", "an", "service", "zzzz", "")


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page")
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        rounds = [(waits(browser, given.small), waits(browser, given.large)) for _ in range(given.rounds)]
        browser.close()
    for at, name in enumerate(("first paint", "slowest filter")):
        small, large = ([pair[which][at] for pair in rounds] for which in (0, 1))
        sys.stdout.write(
            f"{name}: {shown(large, 0, ' ms')} against {shown(small, 0, ' ms')}, {shown(ratios(large, small))} times\n"
        )
    return 0


def waits(browser: Browser, page: Path) -> tuple[float, float]:
    """Milliseconds to the first paint, and of the slowest filter."""
    with browser.new_context(offline=True, bypass_csp=True) as context:
        view = context.new_page()
        view.goto(page.resolve().as_uri())
        view.wait_for_function(f"{PAINT} !== undefined")
        paint = float(view.evaluate(PAINT))
        view.get_by_role("link", name="Findings", exact=True).click()
        view.locator("table.findings").wait_for()
        return paint, max(float(view.evaluate(FILTER, word)) for word in WORDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
