"""Comments for all violations of all fixture trees: they silence them, and change nothing else."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from ssot_lint.commands.add_ignore import violations_to_ignore
from ssot_lint.extract.rewrite import IgnoreTask, insert_ignores
from ssot_lint.model.report import JudgedFinding
from ssot_lint.rules.rule import ScanRule
from ssot_lint.testing import scan_at
from ssot_rules import RULES

FIXTURES = Path(__file__).parents[1] / "fixtures"
TREES = sorted(FIXTURES.glob("*/bad"))
EXPECTATION = re.compile(r"[ \t]*#\s*expect:(?:\s+SSOT\d{3})+")
"""At the end of the line of each site: without it there is room for another comment."""

SCAN_RULES = frozenset(rule.code for rule in RULES if issubclass(rule, ScanRule))
KNOWN = frozenset(word for rule in RULES for word in (rule.code, rule.name))


def add_comments(root: Path, findings: Iterable[JudgedFinding]) -> dict[str, set[int]]:
    """Write all comments; by path, the lines that have none."""
    refused = {}
    for path, lines in violations_to_ignore(findings, SCAN_RULES).items():
        codes = {line: frozenset(counts) for line, counts in lines.items()}
        rewrite = insert_ignores(IgnoreTask((root / path).read_bytes(), codes, "to do", KNOWN, 88))
        (root / path).write_bytes(rewrite.content)
        if rewrite.refused:
            refused[path] = set(rewrite.refused)
    return refused


def about_scan(findings: Iterable[JudgedFinding]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (judged.rule.code, judged.finding.subject, each.site.location.path)
        for judged in findings
        for each in judged.sites
        if judged.rule.code in SCAN_RULES
    )


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*.py")}


def syntax(root: Path) -> dict[Path, str]:
    found = {}
    for path, content in contents(root).items():
        with suppress(SyntaxError, ValueError):
            found[path] = ast.dump(ast.parse(content))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("has_room", [True, False], ids=["behind", "above"])
@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.parent.name)
def test_comments_silence_all_violations_and_change_no_code(tree: Path, has_room: bool, tmp_path: Path) -> None:
    root = shutil.copytree(tree, tmp_path / "tree")
    if has_room:
        for path, content in contents(root).items():
            path.write_bytes(EXPECTATION.sub("", content.decode("latin-1")).encode("latin-1"))
    before, syntax_before = scan_at(root, RULES), syntax(root)
    refused = add_comments(root, before)
    after, contents_after = scan_at(root, RULES), contents(root)
    left = {path: set(lines) for path, lines in violations_to_ignore(after, SCAN_RULES).items()}
    assert left == refused
    assert set(refused) == {path for path in refused if root / path not in syntax_before}, "only what Python refuses"
    assert about_scan(after) == about_scan(before)
    assert syntax(root) == syntax_before
    add_comments(root, after)
    assert contents(root) == contents_after
