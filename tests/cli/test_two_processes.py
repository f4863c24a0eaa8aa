from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.scan.scan import _WORTH_TWO_PROCESSES

PLUGIN = '''
from dataclasses import dataclass
from ssot_lint.model.finding import Severity
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class Crashing(Rule):
    """Crashes."""

    code = "ZZ900"
    name = "crashing"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project):
        raise RuntimeError(f"in {len(project.modules)} modules")


RULES = (Crashing,)
'''


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project large enough that two processes run its rules, with findings of many families."""
    root = tmp_path_factory.mktemp("shop")
    package = root / "shop"
    package.mkdir()
    (root / "pyproject.toml").write_text(
        '[project]\nname = "shop"\nversion = "1"\n[tool.ssot-lint]\nplugins = ["plugin.py"]\n', encoding="utf-8"
    )
    (root / "plugin.py").write_text(PLUGIN, encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    for number in range(_WORTH_TWO_PROCESSES):
        group, lines = number // 3, [f"        total += {line} * rate" for line in range(6)]
        text = f"from shop.missing_{group} import nothing\n\nLIMIT_{group} = {{'a': {group}, 'b': 2, 'c': 3}}\n\n\n"
        text += (
            f"class Order{group}:\n    def price(self, total, rate):\n" + "\n".join(lines) + "\n        return total\n"
        )
        text += f"\n\ndef save_order_{group}(total, rate):\n" + "\n".join(lines).replace("        ", "    ")
        (package / f"part_{number}.py").write_text(f"{text}\n    return total\n", encoding="utf-8")
    return root


def scan(root: Path, *options: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "ssot_lint", "scan", ".", "--no-cache", "--allow-plugins", *options]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr


def test_two_processes_find_what_one_finds(shop: Path) -> None:
    reports = {jobs: scan(shop, "--jobs", jobs, "--format", "json") for jobs in ("1", "2")}
    alone = [text.replace("--jobs 1", "--jobs 2") for text in reports["1"][1:]]
    assert [reports["1"][0], *alone] == list(reports["2"])
    assert "SSOT101" in reports["2"][1]
    assert "SSOT307" in reports["2"][1]


def test_a_rule_that_crashes_is_told_of_in_one_line(shop: Path) -> None:
    options = ("--select", "ZZ900,SSOT101,SSOT307", "--quiet", "--format", "concise")
    alone, shared = (scan(shop, "--jobs", jobs, *options) for jobs in ("1", "2"))
    assert alone == shared
    assert shared[2].count("ZZ900 crashing") == 1
    assert "Traceback" not in shared[2]


def test_it_takes_the_time_of_each_rule(shop: Path) -> None:
    _, _, said = scan(shop, "--jobs", "2", "--verbose")
    assert said.count(" s  SSOT101 duplicate-class") == 1
    assert said.count(" s  SSOT605 rival-registration") == 1
