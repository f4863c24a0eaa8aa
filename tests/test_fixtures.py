"""Every fixture tree, under its own rule and all that are on by default, compared both ways with the expectations
written at its lines. What a declared component consists of is listed in the trees of that rule only: it judges nothing,
and every tree with a component has it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ssot_lint.model.report import Status
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import scan_at
from ssot_rules import RULES
from ssot_rules.components.component_inventory import ComponentInventory

FIXTURES = Path(__file__).parents[1] / "fixtures"
TREES = sorted(tree for rule in FIXTURES.iterdir() for tree in rule.iterdir() if tree.is_dir())
EXPECTATION = re.compile(r"#\s*expect:((?:\s+SSOT\d{3})+)")

Expectation = tuple[str, int, str]


def expected(tree: Path) -> Counter[Expectation]:
    found: Counter[Expectation] = Counter()
    for path in sorted(path for path in tree.rglob("*") if path.suffix in (".py", ".toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := EXPECTATION.search(line):
                found.update((path.relative_to(tree).as_posix(), number, code) for code in match[1].split())
    return found


def rules_for(tree: Path) -> list[type[Rule]]:
    own = tree.parent.name.partition("_")[0]
    return [rule for rule in RULES if rule.code == own or (rule.on_by_default and rule is not ComponentInventory)]


def found(tree: Path) -> Counter[Expectation]:
    return Counter(
        (judged.site.location.path, judged.site.location.line, finding.rule.code)
        for finding in scan_at(tree, rules_for(tree))
        for judged in finding.sites
        if judged.status is not Status.SUPPRESSED
    )


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.relative_to(FIXTURES).as_posix())
def test_fixture(tree: Path) -> None:
    wanted = expected(tree)
    assert bool(wanted) == (tree.name == "bad"), "bad trees expect something, good trees nothing"
    assert found(tree) == wanted
