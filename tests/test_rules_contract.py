"""What every rule owes its users, checked over the whole built-in pack."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from pathlib import Path

import pytest
from msgspec import Meta

from ssot_lint.rules.rule import Rule, ScanRule
from ssot_lint.testing import example_files, scan_of
from ssot_rules import RULES

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
SECTIONS = ("Why", "Bad", "Good", "Fix")
FAMILIES = {
    "0": "scan",
    "1": "definitions",
    "2": "factories",
    "3": "imports",
    "4": "state",
    "5": "components",
    "6": "settings",
}
all_rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def sections(rule: type[Rule]) -> dict[str, str]:
    text = inspect.cleandoc(rule.__doc__ or "")
    parts = re.split(r"^(\w+):\n", text, flags=re.MULTILINE)
    return {name: inspect.cleandoc(body) for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_codes_and_names_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@all_rules
def test_code_name_and_family_follow_the_scheme(rule: type[Rule]) -> None:
    assert re.fullmatch(r"SSOT\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.family == FAMILIES[rule.code[4]]
    assert rule.__name__ == rule.name.title().replace("-", "")


@all_rules
def test_the_docstring_has_a_summary_and_all_sections(rule: type[Rule]) -> None:
    assert tuple(sections(rule)) == SECTIONS
    summary = rule.info().summary
    assert summary.endswith(".")
    assert len(summary) <= 120


@all_rules
def test_the_bad_example_is_found_once_and_the_good_one_not(rule: type[Rule]) -> None:
    text = sections(rule)
    assert count(rule, text["Bad"]) == 1
    assert count(rule, text["Good"]) == 0


def count(rule: type[Rule], example: str) -> int:
    """The findings of ``rule`` in an example. All rules run: those about the scan depend on the others."""
    rules = RULES if issubclass(rule, ScanRule) else [rule]
    return sum(finding.rule.code == rule.code for finding in scan_of(example_files(example), rules))


@all_rules
def test_options_are_described(rule: type[Rule]) -> None:
    hints = typing.get_type_hints(rule, include_extras=True)
    for option in dataclasses.fields(rule):
        metas = [each for each in typing.get_args(hints[option.name]) if isinstance(each, Meta)]
        assert any(meta.description for meta in metas), option.name


@all_rules
def test_there_are_a_bad_fixture_and_three_good_ones(rule: type[Rule]) -> None:
    folder = FIXTURES / f"{rule.code}_{rule.name.replace('-', '_')}"
    assert (folder / "bad").is_dir()
    assert len(list(folder.glob("good*"))) >= 3


@all_rules
def test_nothing_is_left_to_be_written(rule: type[Rule]) -> None:
    """scripts/new_rule.py marks what it leaves to the author."""
    module = rule.name.replace("-", "_")
    files = [
        Path(inspect.getfile(rule)),
        ROOT / "tests" / "unit" / "ssot_rules" / rule.family / f"test_{module}.py",
        *(FIXTURES / f"{rule.code}_{module}").rglob("*.py"),
    ]
    todos = [
        f"{path.relative_to(ROOT).as_posix()}:{number} {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if "TODO" in line
    ]
    assert not todos, "\n" + "\n".join(todos)
