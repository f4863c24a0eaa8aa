"""Scans of sources, compared with the baseline of an earlier state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from ssot_lint.baseline.entry import Baseline, fresh
from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import Config
from ssot_lint.model.report import Comparison, FixedViolation, Status
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_rules import RULES
from tests.baseline.shop import ORDER, REFORMATTED_ORDER

NOTHING = Baseline(())

CARTS = """
class Cart:
    def __init__(self, owner):
        self.owner = owner

    def add(self, item):
        self.last = item


def open_cart(user_id=None):
    if user_id is None:
        return Cart("nobody")
    return Cart(user_id)
"""
SOURCES = {
    "shop/__init__.py": "",
    "shop/a.py": ORDER,
    "shop/b.py": ORDER,
    "shop/c.py": CARTS,
    "shop/broken.py": "def (\n",
    "shop/user.py": "from shop.gone import Thing\nfrom shop.a import OrderBook\n",
}
CODES = ("SSOT001", "SSOT101", "SSOT205", "SSOT307")
"""The rules that run. Each finds one violation in the sources: a file, a class, a function, an import."""

REFORMATTED = {
    "shop/b.py": REFORMATTED_ORDER,
    "shop/c.py": f"import os\n\nprint(os)\n{CARTS}",
    "shop/broken.py": "\n\n\ndef (\n",
    "shop/user.py": "import os\nfrom shop.a import OrderBook\n\n\nfrom shop.gone import (\n    Thing,  # here\n)\n",
}


def scan(
    root: Path,
    sources: Mapping[str, str],
    baseline: Baseline | None,
    *,
    codes: Sequence[str] = CODES,
    paths: Sequence[str] = ("",),
    config: Config | None = None,
) -> ScanResult:
    for path, text in sources.items():
        file = root / PurePosixPath(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    reference = None
    if baseline is not None:
        reference = Reference(baseline=baseline, against="known.jsonl", today=date(2025, 3, 1))
    request = Request(
        root=root,
        paths=[root / path if path else root for path in paths],
        config=config or Config(jobs=1),
        rules=active(codes),
        command="",
        codes={},
        baseline=reference,
    )
    with Scan.open(request) as opened:
        return opened.result


def active(codes: Sequence[str]) -> list[ActiveRule]:
    return [ActiveRule(rule(), rule.info(), "builtin") for rule in RULES if rule.code in codes]


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    return fresh(scan(tmp_path_factory.mktemp("before"), SOURCES, None).report.findings)


def new_sites(analysis: ScanResult) -> list[str]:
    return [
        f"{finding.rule.code} {site.site.location.path}"
        for finding in analysis.report.findings
        for site in finding.sites
        if site.status is Status.NEW
    ]


def test_a_baseline_holds_the_violations_of_a_scan(baseline: Baseline) -> None:
    assert [(entry.rule, entry.subject, entry.site, bool(entry.body)) for entry in baseline.entries] == [
        ("SSOT001", "shop/broken.py", "shop/broken.py::<module>", False),
        ("SSOT101", "OrderBook", "shop/b.py::OrderBook", True),
        ("SSOT205", "shop.c:open_cart", "shop/c.py::open_cart", True),
        ("SSOT307", "shop.gone", "shop/user.py::<module>", True),
    ]


def test_without_a_baseline_there_is_no_comparison(tmp_path: Path) -> None:
    analysis = scan(tmp_path, SOURCES, None)
    assert (analysis.report.comparison, list(analysis.stale)) == (None, [])
    assert len(new_sites(analysis)) == 4


@pytest.mark.parametrize("changes", [{}, REFORMATTED])
def test_lines_formatting_comments_and_quotes_are_nothing_new(
    tmp_path: Path, baseline: Baseline, changes: dict[str, str]
) -> None:
    analysis = scan(tmp_path, SOURCES | changes, baseline)
    assert new_sites(analysis) == []
    assert analysis.report.comparison == Comparison("known.jsonl", ())
    assert fresh(analysis.report.findings) == baseline


def test_a_moved_package_is_nothing_new(tmp_path: Path, baseline: Baseline) -> None:
    moved = {f"trade/{path}": text.replace("shop.", "trade.shop.") for path, text in SOURCES.items()}
    analysis = scan(tmp_path, {"trade/__init__.py": "", **moved}, baseline)
    assert new_sites(analysis) == ["SSOT307 trade/shop/user.py", "SSOT001 trade/shop/broken.py"]


def test_fixed_violations_are_told_and_the_rest_stays_known(tmp_path: Path, baseline: Baseline) -> None:
    fixed = {"shop/b.py": "from shop.a import OrderBook\n", "shop/user.py": ""}
    analysis = scan(tmp_path, SOURCES | fixed, baseline)
    assert new_sites(analysis) == []
    assert analysis.report.comparison == Comparison(
        "known.jsonl",
        (
            FixedViolation("SSOT101", "OrderBook", "shop/b.py::OrderBook"),
            FixedViolation("SSOT307", "shop.gone", "shop/user.py::<module>"),
        ),
    )


def test_a_deleted_file_is_fixed(tmp_path: Path, baseline: Baseline) -> None:
    rest = {path: text for path, text in SOURCES.items() if path != "shop/broken.py"}
    analysis = scan(tmp_path, rest, baseline)
    assert analysis.report.comparison == Comparison(
        "known.jsonl", (FixedViolation("SSOT001", "shop/broken.py", "shop/broken.py::<module>"),)
    )


def doubts(analysis: ScanResult) -> list[str]:
    assert analysis.report.fixed == sum(not each.doubt for each in analysis.stale)
    return [each.doubt for each in analysis.stale]


def test_nothing_is_fixed_by_not_looking(tmp_path: Path, baseline: Baseline) -> None:
    part = scan(tmp_path, SOURCES, baseline, paths=["shop/a.py", "shop/__init__.py"])
    assert doubts(part) == ["only a part of the project was scanned"] * 4
    assert doubts(scan(tmp_path, SOURCES, baseline, codes=["SSOT001", "SSOT307"])) == [
        "SSOT101 is off",
        "SSOT205 is off",
    ]
    excluding = Config(jobs=1, extend_exclude=("shop/c.py",))
    assert doubts(scan(tmp_path, SOURCES, baseline, config=excluding)) == ["shop/c.py was not scanned"]


def test_a_file_that_newly_fails_to_parse_fixes_nothing(tmp_path: Path, baseline: Baseline) -> None:
    analysis = scan(tmp_path, SOURCES | {"shop/a.py": "def (\n"}, baseline)
    assert new_sites(analysis) == ["SSOT001 shop/a.py"]
    assert doubts(analysis) == ["shop/a.py could not be read"]
