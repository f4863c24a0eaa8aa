"""Every fixture tree, under all rules, compared both ways with the expectations written at its lines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ssot_lint.testing import project_at
from ssot_rules import RULES

FIXTURES = Path(__file__).parents[1] / "fixtures"
TREES = sorted(tree for rule in FIXTURES.iterdir() for tree in rule.iterdir() if tree.is_dir())
EXPECTATION = re.compile(r"#\s*expect:((?:\s+SSOT\d{3})+)")

Expectation = tuple[str, int, str]


def expected(tree: Path) -> Counter[Expectation]:
    found: Counter[Expectation] = Counter()
    for path in sorted(tree.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := EXPECTATION.search(line):
                found.update((path.relative_to(tree).as_posix(), number, code) for code in match[1].split())
    return found


def found(tree: Path) -> Counter[Expectation]:
    project = project_at(tree)
    return Counter(
        (site.location.path, site.location.line, finding.code)
        for rule in RULES
        for finding in rule().check(project)
        for site in finding.sites
    )


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.relative_to(FIXTURES).as_posix())
def test_fixture(tree: Path) -> None:
    wanted = expected(tree)
    assert bool(wanted) == (tree.name == "bad"), "bad trees expect something, good trees nothing"
    assert found(tree) == wanted
