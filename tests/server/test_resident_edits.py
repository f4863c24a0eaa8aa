"""After each of many edits the report of a project in memory is that of a scan from the beginning."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from benchmarks.renewals import request_for
from ssot_lint.model.report import Report
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import NO_CACHE
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.server.resident import ResidentProject

pytestmark = pytest.mark.slow

STEPS = 60
PARTS, COPIES = 9, 3
EDITED = "hub/use.py"
UPDATE = """
    def update(self, rows):
        total = sum(row.amount for row in rows)
        if total > 100:
            total -= 5
        if total > 500:
            total -= 20
        self.total = round(total * self.rate, 2)
        self.rows = list(rows)
        return self.total
"""
PIECES = (
    UPDATE,
    UPDATE.replace("-= 5", "-= 6"),
    "\n    def reset(self):\n        self.total = 0\n",
    "\nTIMEOUT_SECONDS = 3741\n",
    "\nfrom hub.base import Host\n\n\nclass Special(Host):\n    pass\n",
    "\nfrom hub.parts.part1 import Part1\n",
    "\nimport hub.parts.part2 as second\n",
    "\nimport json\nimport requests\n",
    "\nfrom hub.gone import helper\n",
    "\n\ndef helper(value):\n    kept = {}\n    kept[value] = 1\n    return kept\n",
    "\n# a comment\n",
    "\n\ndef broken(:\n",
)


def files() -> Iterator[tuple[str, str]]:
    yield "pyproject.toml", "[project]\nname = 'hub'\n"
    yield "hub/__init__.py", ""
    yield "hub/parts/__init__.py", ""
    yield "hub/base.py", "class Host:\n    rate = 2\n\n    def update(self, rows):\n        raise NotImplementedError\n"
    yield "hub/util.py", "import requests\n\n\ndef rounded(value):\n    return round(value, 2)\n"
    yield "hub/kit.py", "def amount_of(order):\n    return order.amount\n"
    yield EDITED, "from hub.gone import amount_of\n\n\ndef use(order):\n    return amount_of(order)\n"
    for place in range(PARTS):
        cls = f"class Part{place}(Host):\n    def reset{place}(self):\n        return {place}\n"
        yield f"hub/parts/part{place}.py", f"from hub.base import Host\n\n\n{cls}{UPDATE if place < COPIES else ''}"


@pytest.mark.parametrize("seed", range(2))
def test_the_report_is_that_of_a_scan_from_the_beginning(tmp_path: Path, seed: int) -> None:
    for path, text in files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    texts = {path: text for path, text in files() if path.endswith(".py")}
    rng, request = random.Random(seed), request_for(tmp_path)  # noqa: S311 - the same edits each time
    seen: set[str] = set()
    with closing(ResidentProject(lambda: request, [], NO_CACHE, lambda _: None)) as resident:
        _ = resident.scan().report
        for _ in range(STEPS):
            path, piece = rng.choice([*sorted(texts), EDITED, EDITED]), rng.choice(PIECES)
            texts[path] = texts[path].replace(piece, "") if piece in texts[path] else texts[path] + piece
            resident.set_text(path, texts[path].encode())
            scan = resident.scan(looks=False)
            assert said(scan.report) == said(Scan.of_files(request, scan.files, Stopwatch()).report)
            seen |= {judged.rule.code for judged in scan.report.findings}
    assert {"SSOT124", "SSOT307"} <= seen


def said(report: Report) -> object:
    return msgspec.to_builtins(report)
