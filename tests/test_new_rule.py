"""Beginning a rule: what is written lets the rules of the house pass, or say what remains; mistakes are refused."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TREE = ("rules", "scripts", "tests", "fixtures", "pyproject.toml")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a rule consists of."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "rules"), str(ROOT)])}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [sys.executable, *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def begin(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, "scripts/new_rule.py", *arguments)


@pytest.mark.parametrize(
    ("arguments", "mistakes"),
    [
        (("SSOT101", "renamed-module", "definitions"), ["SSOT101 is duplicate-class"]),
        (("SSOT390", "duplicate-class", "imports"), ["duplicate-class is SSOT101"]),
        (("SSOT190", "renamed-module", "imports"), ["SSOT190: codes of imports are SSOT300 to SSOT399"]),
        (("SSOT39", "renamed-module", "imports"), ["SSOT39: codes of imports are SSOT300 to SSOT399"]),
        (
            ("SSOT390", "Renamed_module", "imports"),
            ["Renamed_module: names are words of small letters, joined by hyphens"],
        ),
        (("SSOT101", "duplicate-class", "definitions"), ["SSOT101 is duplicate-class", "duplicate-class is SSOT101"]),
    ],
)
def test_what_cannot_be_is_refused(checkout: Path, arguments: tuple[str, ...], mistakes: list[str]) -> None:
    before = sorted(checkout.rglob("*"))
    result = begin(checkout, *arguments)
    lines = [line for line in result.stderr.splitlines() if not line.endswith("exists")]
    assert (result.returncode, lines) == (2, [f"error: {mistake}" for mistake in mistakes])
    assert [path for path in sorted(checkout.rglob("*")) if "__pycache__" not in path.parts] == before


def test_an_unknown_family_is_refused(checkout: Path) -> None:
    result = begin(checkout, "SSOT390", "renamed-module", "modules")
    assert result.returncode == 2
    assert "invalid choice: 'modules'" in result.stderr


def test_a_begun_rule_passes_the_contract_or_says_what_remains(checkout: Path) -> None:
    result = begin(checkout, "SSOT300", "renamed-module", "imports")
    assert result.returncode == 0, result.stderr
    rule = (checkout / "rules" / "ssot_rules" / "imports" / "renamed_module.py").read_text()
    assert "class RenamedModule(Rule):" in rule
    register = (checkout / "rules" / "ssot_rules" / "__init__.py").read_text()
    assert "from ssot_rules.imports.renamed_module import RenamedModule\n" in register
    assert "    FactoryProductDrift,\n    RenamedModule,\n    ImportPathVariant,\n" in register
    (command,) = re.findall(r"^    pytest (.*)$", result.stdout, re.MULTILINE)
    pytest_run = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", *shlex.split(command))
    assert sorted(re.findall(r"^FAILED (\S+)", pytest_run.stdout, re.MULTILINE)) == [
        "tests/test_fixtures.py::test_fixture[SSOT300_renamed_module/bad]",
        "tests/test_rules_contract.py::test_nothing_is_left_to_be_written[SSOT300]",
        "tests/test_rules_contract.py::test_the_bad_example_is_found_once_and_the_good_one_not[SSOT300]",
        "tests/unit/ssot_rules/imports/test_renamed_module.py::test_the_rule_is_written",
    ]
    assert "rules/ssot_rules/imports/renamed_module.py:1" in pytest_run.stdout
    assert "fixtures/SSOT300_renamed_module/bad/shop/billing.py:1" in pytest_run.stdout


def test_what_to_write_first_is_said_last(checkout: Path) -> None:
    lines = begin(checkout, "SSOT300", "renamed-module", "imports").stdout.splitlines()
    first = lines[lines.index("Begin with what is to be found, then with what finds it:") + 1 :][:2]
    assert [line.strip() for line in first] == [
        "fixtures/SSOT300_renamed_module/bad/shop/",
        "rules/ssot_rules/imports/renamed_module.py",
    ]
    assert [path.name for path in sorted((checkout / first[0].strip()).iterdir())] == [
        "__init__.py",
        "billing.py",
        "orders.py",
    ]


def test_a_begun_rule_is_in_the_style_of_the_house(checkout: Path) -> None:
    begin(checkout, "SSOT599", "renamed-module", "components")
    (checkout / "ssot_lint").symlink_to(ROOT / "ssot_lint")  # ruff sorts imports by the packages that it sees
    files = [
        "rules/ssot_rules/__init__.py",
        "rules/ssot_rules/components/renamed_module.py",
        "tests/unit/ssot_rules/components/test_renamed_module.py",
    ]
    for command in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        result = run(checkout, "-m", "ruff", *command, *files)
        assert result.returncode == 0, result.stdout


def test_a_file_that_is_there_is_not_overwritten(checkout: Path) -> None:
    path = checkout / "rules" / "ssot_rules" / "imports" / "renamed_module.py"
    path.write_text("precious\n")
    result = begin(checkout, "SSOT390", "renamed-module", "imports")
    assert (result.returncode, result.stderr) == (2, f"error: {path} exists\n")
    assert path.read_text() == "precious\n"
