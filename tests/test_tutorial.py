"""docs/adding-a-rule.md tells the truth: its code is that of the example, its tests pass, its tables are complete."""

from __future__ import annotations

import importlib.util
import inspect
import re
import runpy
import sys
from pathlib import Path

import pytest

from ssot_lint import testing
from ssot_lint.rules.docs import document
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import example_files, findings, scan_of
from ssot_rules import RULES

DOCS = Path(__file__).parents[1] / "docs"
TUTORIAL = (DOCS / "adding-a-rule.md").read_text(encoding="utf-8")
EXAMPLE = DOCS / "example-pack" / "acme_rival_version.py"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
TESTS = [block for block in BLOCKS if block.startswith("def test_")]


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> type[Rule]:
    """The rule of the tutorial."""
    spec = importlib.util.spec_from_file_location("acme_rival_version", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "acme_rival_version", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    loaded: type[Rule] = module.RivalVersion
    return loaded


def test_its_code_is_that_of_the_example() -> None:
    source = EXAMPLE.read_text(encoding="utf-8")
    assert [block for block in BLOCKS if block not in TESTS and block not in source] == []
    assert (len(BLOCKS), len(TESTS)) == (5, 1)


def test_its_tests_pass(rule: type[Rule]) -> None:
    names: dict[str, object] = {"findings": findings, "RivalVersion": rule}
    for block in TESTS:
        exec(block, names)  # noqa: S102 - our own document
    tests = [thing for name, thing in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        assert callable(test)
        test()


def test_the_example_keeps_the_contract_of_rules(rule: type[Rule]) -> None:
    sections = document(rule).sections
    assert list(sections) == ["Why", "Bad", "Good", "Fix"]
    assert len(scan_of(example_files(sections["Bad"]), [rule])) == 1
    assert scan_of(example_files(sections["Good"]), [rule]) == []


@pytest.mark.parametrize(
    "source",
    [
        "from shop.about import VERSION\n__version__ = VERSION\n",
        'version = "fast"\n',
        '__version__ = "1.4.0"\n',
        'try:\n    from x import VERSION\nexcept ImportError:\n    VERSION = "3.2.0"\n',
    ],
)
def test_what_is_no_copy_is_not_found(rule: type[Rule], source: str) -> None:
    sources = {
        "shop/__init__.py": source,
        "shop/about.py": 'VERSION = "3.2.0"\n',
        "lib/__init__.py": 'VERSION = "3.2.0"\n',
    }
    assert findings(rule(), sources) == []


def test_every_family_is_listed_with_its_digit_and_its_tens() -> None:
    rows = re.findall(r"^\| (\d) \| (\w+) \| (.*) \|$", TUTORIAL, re.MULTILINE)
    assert {(digit, family) for digit, family, _ in rows} == {(rule.code[4], rule.family) for rule in RULES}
    listed = {ten for _, _, tens in rows for ten in re.findall(r"\b(\d\d)x\b", tens)}
    assert listed == {rule.code[4:6] for rule in RULES}


def test_what_beginning_a_rule_prints_is_shown_and_its_command_repeated() -> None:
    script = runpy.run_path(str(DOCS.parent / "scripts" / "new_rule.py"))
    printed = script["next_steps"](script["NewRule"]("SSOT151", "rival-version", "definitions"))
    shown, _, _ = printed.partition("docs/adding-a-rule.md")
    assert shown in TUTORIAL
    (command,) = re.findall(r"^    (pytest .*)$", shown, re.MULTILINE)
    assert f"$ {command}\n" in TUTORIAL


def test_every_function_for_authors_is_in_the_table() -> None:
    listed = re.findall(r"^\| `(\w+)\(", TUTORIAL, re.MULTILINE)
    public = [
        name
        for name, thing in vars(testing).items()
        if inspect.isfunction(thing) and thing.__module__ == testing.__name__ and not name.startswith("_")
    ]
    assert sorted(listed) == sorted(public)
