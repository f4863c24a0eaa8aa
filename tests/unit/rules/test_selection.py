from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta

from ssot_lint.config.load import load_settings
from ssot_lint.errors import ConfigError
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule, activate


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    min_size: Annotated[int, Meta(ge=1)] = 3

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class Beta(Alpha):
    """Finds betas."""

    code = "TEST110"
    name = "beta-rule"


@dataclass(frozen=True)
class Gamma(Alpha):
    """Finds gammas."""

    code = "TEST201"
    name = "gamma-rule"
    on_by_default = False


KNOWN = RuleSet(tuple(Registered(rule, "tests") for rule in (Alpha, Beta, Gamma)))


def active(root: Path, toml: str, options: dict[str, object] | None = None) -> tuple[ActiveRule, ...]:
    (root / "ssot-lint.toml").write_text(toml)
    return activate(KNOWN, load_settings(root, options=options or {}, environment={}))


def codes(root: Path, toml: str, options: dict[str, object] | None = None) -> list[str]:
    return [each.info.code for each in active(root, toml, options)]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("", ["TEST101", "TEST110"]),
        ("select = ['ALL']", ["TEST101", "TEST110", "TEST201"]),
        ("select = ['TEST1']", ["TEST101", "TEST110"]),
        ("select = ['TEST11', 'gamma-rule']", ["TEST110", "TEST201"]),
        ("extend-select = ['TEST201']", ["TEST101", "TEST110", "TEST201"]),
        ("ignore = ['TEST10']", ["TEST110"]),
        ("select = ['ALL']\nignore = ['alpha-rule']", ["TEST110", "TEST201"]),
        ("select = ['TEST101']\nextend-select = ['gamma-rule']\nignore = ['TEST2']", ["TEST101"]),
    ],
)
def test_select_replaces_extend_select_adds_ignore_removes(tmp_path: Path, toml: str, expected: list[str]) -> None:
    assert codes(tmp_path, toml) == expected


def test_select_on_the_command_line_runs_what_the_file_ignores(tmp_path: Path) -> None:
    assert codes(tmp_path, "ignore = ['TEST101']", {"select": ["TEST101"]}) == ["TEST101"]


def test_ignore_on_the_command_line_keeps_what_the_file_ignores(tmp_path: Path) -> None:
    assert codes(tmp_path, "select = ['ALL']\nignore = ['TEST101']", {"ignore": ["TEST110"]}) == ["TEST201"]


@pytest.mark.parametrize("options", [{"select": []}, {"select": ["TEST101"], "ignore": ["ALL"]}])
def test_nothing_to_run_is_an_error(tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        codes(tmp_path, "", options)
    assert str(caught.value) == "no rule is left to run. Check select and ignore; `ssot-lint config` shows them"


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("select = ['TEST999']", 'select: no rule is called "TEST999". `ssot-lint rules` lists them'),
        ("ignore = ['aplha-rule']", 'ignore: no rule is called "aplha-rule". Did you mean alpha-rule?'),
        ("ignore = ['test101']", 'ignore: no rule is called "test101". Did you mean TEST101?'),
        ("extend-select = ['']", 'extend-select: no rule is called "". `ssot-lint rules` lists them'),
        (
            "per-path-ignores.'x/' = ['zzz']",
            'per-path-ignores."x/": no rule is called "zzz". `ssot-lint rules` lists them',
        ),
        ("severity.beta_rule = 'low'", 'severity: no rule is called "beta_rule". Did you mean beta-rule?'),
        ("[rules.TEST101]", 'rules: no rule is called "TEST101". Its options stand under rules.alpha-rule'),
        ("[rules.alfa-rule]", 'rules: no rule is called "alfa-rule". Did you mean alpha-rule?'),
        ("rules.beta-rule.min_size = 1", "rules.beta-rule.min_size: unknown key. Did you mean min-size?"),
        ("rules.beta-rule.min-size = 0", "rules.beta-rule.min-size: must be a whole number, at least 1"),
        ("rules.gamma-rule.min-size = 'x'", "rules.gamma-rule.min-size: must be a whole number, not text"),
        (
            "rules.alpha-rule.zones = ['tests']",
            "rules.alpha-rule.zones[0]: unknown value 'tests'. Did you mean test?",
        ),
    ],
)
def test_a_wrong_name_or_option_is_named_with_its_key(tmp_path: Path, toml: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        codes(tmp_path, toml)
    assert str(caught.value) == f"{tmp_path}/ssot-lint.toml: {expected}"


def test_options_reach_the_rule(tmp_path: Path) -> None:
    alpha, beta = active(tmp_path, "[rules.alpha-rule]\nmin-size = 7\nzones = ['production', 'test']\n")
    assert alpha.rule == Alpha(min_size=7, zones=(Zone.PRODUCTION, Zone.TEST))
    assert beta.rule == Beta()


def test_severity_is_set_by_code_or_by_name(tmp_path: Path) -> None:
    rules = active(tmp_path, "[severity]\nTEST101 = 'low'\nbeta-rule = 'critical'\n")
    assert [each.severity for each in rules] == [Severity.LOW, Severity.CRITICAL]


def test_per_path_ignores_take_any_selector(tmp_path: Path) -> None:
    alpha, beta = active(tmp_path, "[per-path-ignores]\n'gen/' = ['TEST1']\n'*_pb2.py' = ['alpha-rule']\n")
    assert alpha.ignored_paths is not None
    assert beta.ignored_paths is not None
    paths = ["gen/a.py", "a/b_pb2.py", "a/b.py"]
    assert [alpha.ignored_paths.covers(path) for path in paths] == [True, True, False]
    assert [beta.ignored_paths.covers(path) for path in paths] == [True, False, False]
