"""What lies around findings: folders, zones and importers of a scanned project."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.config.settings import Config
from ssot_lint.model.report import FolderSize, Surroundings
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.surroundings import MOST_IMPORTERS
from ssot_rules.definitions.duplicate_class import DuplicateClass

ORDER = "class Order:\n    def __init__(self, net, tax):\n        self.net = net\n        self.tax = tax\n"
SOURCES = {
    "main.py": "from app.a import Order\n",
    "app/__init__.py": "",
    "app/a.py": ORDER,
    "app/b.py": ORDER,
    ".tools/x.py": "x = 1\n",
    **{f"app/user_{at:02}.py": "from app import a\nfrom app.a import Order\n" for at in range(MOST_IMPORTERS + 5)},
}


@pytest.fixture
def found(tmp_path: Path) -> Surroundings:
    for path, text in SOURCES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    rules = [ActiveRule(DuplicateClass(), DuplicateClass.info(), "builtin")]
    request = Request(tmp_path, [tmp_path], Config(jobs=1), rules, "", {}, surroundings=True)
    with Scan.open(request) as scan:
        assert scan.report.surroundings is not None
        home = scan.report.findings[0].finding.home
        assert home is not None
        assert home.location.path == "app/a.py"
        return scan.report.surroundings


def test_every_folder_has_its_own_files_and_lines(found: Surroundings) -> None:
    assert found.folders == (
        FolderSize("", 1, 1),
        FolderSize(".tools", 1, 1),
        FolderSize("app", 28, 58),
    )


def test_files_with_homes_and_sites_have_a_zone(found: Surroundings) -> None:
    assert found.zones == {"app/a.py": "production", "app/b.py": "production"}


def test_importers_are_counted_and_the_first_are_named(found: Surroundings) -> None:
    (importers,) = found.importers.values()
    assert importers.files == MOST_IMPORTERS + 6
    assert len(importers.first) == MOST_IMPORTERS
    assert {each.module for each in importers.first} == {"app.a"}
    assert list(importers.first) == sorted(importers.first, key=lambda each: each.location)


def test_importers_are_found_by_file_line_and_symbol(found: Surroundings) -> None:
    assert set(found.importers) == {"app/a.py:1:app.a:Order"}
