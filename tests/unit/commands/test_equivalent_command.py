"""The command line for the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_lint.commands.declared import Role, assembled, declarations
from ssot_lint.commands.equivalent_command import command_line
from ssot_lint.commands.options import ScanOptions
from ssot_lint.config.settings import FailLevel

ROOT = Path.cwd()

Values = Mapping[tuple[str, ...], object]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({("format",): "json", ("output",): Path("a"), ("run", "jobs"): 3, ("plan",): True}, ""),
        ({("config", "file"): ROOT / "x.toml", ("config", "allow_plugins"): True}, "--config x.toml --allow-plugins "),
        ({("rules", "select"): ("A,B", "C"), ("rules", "ignore"): ("D",)}, "--select A,B --select C --ignore D "),
        ({("fail_level",): FailLevel.HIGH, ("fail_under",): 99.5}, "--fail-level high --fail-under 99.5 "),
        ({("fail_under",): 0.0}, "--fail-under 0 "),
        ({("baseline", "file"): ROOT.parent / "b", ("locked",): True}, "--baseline ../b --locked "),
        ({("baseline", "base_ref"): "main", ("changed",): "v 1"}, "--base-ref main "),
    ],
)
def test_it_names_what_decides_and_nothing_else(values: Values, words: str) -> None:
    options = assembled(ScanOptions, values)
    assert command_line("scan", ROOT, [ROOT / "b", ROOT / "a"], options) == f"ssot-lint scan {words}a b"


def test_what_decides() -> None:
    decisive = [each.spelling for each in declarations(ScanOptions) if Role.DECIDES in each.roles]
    assert decisive == [
        "--config",
        "--isolated",
        "--allow-plugins",
        "--select",
        "--ignore",
        "--extend-select",
        "--extend-exclude",
        "--fail-level",
        "--fail-under",
        "--baseline",
        "--no-baseline",
        "--base-ref",
        "--probe",
        "--locked",
    ]
