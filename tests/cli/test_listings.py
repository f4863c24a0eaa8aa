"""Commands that print what there is: rules, their explanations, the configuration, the version."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ssot_lint import __version__
from ssot_lint.errors import ExitCode
from tests.command_line import Run

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def test_rules_lists_what_is_on(project: Path, ssot_lint: Run) -> None:
    (project / "ssot-lint.toml").write_text("extend-select = ['TINY9']\nignore = ['namesakes']\n")
    assert ssot_lint("rules") == (
        ExitCode.OK,
        "code     name       severity  on   finds\n"
        "TINY101  namesakes  high      off  Finds classes of one name in several modules.\n"
        "TINY900  crashing   low       on   Crashes on purpose.\n",
        "",
    )
    assert json.loads(ssot_lint("rules", "-f", "json", "--isolated")[1])[1] == {
        "code": "TINY900",
        "name": "crashing",
        "family": "tiny",
        "severity": "low",
        "on": False,
        "pack": "tiny (tiny_rules)",
        "summary": "Crashes on purpose.",
    }


EXPLANATION = """\
TINY101 namesakes (tiny, high, on by default)

Finds classes of one name in several modules.

Why
  Nobody knows which one to change.

Bad
  # b.py
  class Order: ...

Good
  # b.py
  from a import Order

Fix
  Keep one and import it.

Options [tool.ssot-lint.rules.namesakes]
  least = 2
      how many classes make a finding
  zones = ["production"]
      which code is judged: production, test, backup, script, vendored, generated
"""


@pytest.mark.parametrize(
    "word", ["TINY101", "namesakes", "TINY101-1ace", "tiny101", "Tiny101", "NameSakes", "tiny101-1ACE"]
)
def test_explain_takes_a_code_a_name_and_an_id_in_any_case(project: Path, ssot_lint: Run, word: str) -> None:
    assert ssot_lint("explain", word) == (ExitCode.OK, EXPLANATION, "")


def test_config_prints_every_key_with_its_source(
    project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "ssot-lint.toml").write_text("jobs = 3\nrules.namesakes.least = 4\n[[components]]\nname = 'a'\n")
    monkeypatch.setenv("SSOT_LINT_FAIL_LEVEL", "high")
    code, out, err = ssot_lint("config")
    assert (code, err) == (ExitCode.OK, "")
    settings = {line.partition(" = ")[0]: line.partition(" = ")[2] for line in out.splitlines()}
    assert [word.strip() for word in settings["jobs"].split("#")] == ["3", "ssot-lint.toml"]
    assert [word.strip() for word in settings["fail-level"].split("#")] == ['"high"', "environment"]
    assert [word.strip() for word in settings["fail-under"].split("#")] == ["0.0", "default"]
    assert tomllib.loads(out)["rules"] == {"namesakes": {"least": 4}}
    assert tomllib.loads(out)["components"][0]["name"] == "a"


def test_version_and_help(ssot_lint: Run) -> None:
    assert ssot_lint("--version") == (ExitCode.OK, f"ssot-lint {__version__}\n", "")
    assert ssot_lint("-V") == ssot_lint("--version")
    code, out, err = ssot_lint("--help")
    assert (code, err) == (ExitCode.OK, "")
    assert [word for word in ("scan", "rules", "explain", "config") if f"  {word} " not in out] == []


def test_without_a_command_there_is_help_on_stderr(ssot_lint: Run) -> None:
    code, out, err = ssot_lint()
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("Usage: ssot-lint ")
