"""Mistakes on the command line, in the configuration and in the environment: one line, with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.cli.main import _OF_PARSER, _plain_words
from ssot_lint.errors import ExitCode
from tests.cli.tiny_pack import PACK
from tests.command_line import Run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scan", "none.py"], "none.py: no such file or folder"),
        (["scan", "ssot-lint.toml"], "ssot-lint.toml: not a Python file. Name .py and .pyi files, or folders"),
        (
            ["graph", "book.ipynb"],
            "book.ipynb: notebooks are not supported. Export the code with `jupyter nbconvert --to script`",
        ),
        (
            ["scan", "--changed", "-f", "concise"],
            "--changed: expects a revision, not -f. Write --changed HEAD, or a branch or tag",
        ),
        (["scan", "--select", "TINY999"], '--select: no rule is called "TINY999". `ssot-lint rules` lists them'),
        (["scan", "--select", "TINY9O0"], '--select: no rule is called "TINY9O0". Did you mean TINY900?'),
        (
            ["scan", "--extend-select", "TINY999"],
            '--extend-select: no rule is called "TINY999". `ssot-lint rules` lists them',
        ),
        (
            ["scan", "--exclude", "!"],
            '--extend-exclude: "!": not a valid pattern. Patterns are those of .gitignore',
        ),
        (["scan", "--ignore", "ALL"], "no rule is left to run. Check select and ignore; `ssot-lint config` shows them"),
        (["scan", "--fail-under", "nan"], "--fail-under: must be a number, at least 0"),
        (["scan", "--jobs", "-1"], "--jobs: must be a whole number, at least 0"),
        (["scan", "--config", "x.toml"], "x.toml: no such file. Give --config an existing TOML file"),
        (["scan", "--report", "json"], "--report json: names no file. Write --report FORMAT=FILE"),
        (["scan", "--report", "jsn=x"], '--report jsn=x: no format is called "jsn". Did you mean json?'),
        (["scan", "-f", "sarf"], '--format: no format is called "sarf". Did you mean sarif?'),
        (
            ["scan", "-f", "x"],
            '--format: no format is called "x". Known: concise, github, gitlab, html, json, junit, markdown, rdjson, '
            "sarif, text",
        ),
        (["scan", "-o", "no/r.txt"], "no/r.txt: no such folder: no. Create it first"),
        (["scan", "-o", "app"], "app: is a folder. Name a file"),
        (
            ["scan", "-o", "r.txt", "--report", "json=./r.txt"],
            "two reports are to be written to one file. Give each report a file of its own",
        ),
        (["explain", "TINY"], "TINY stands for 2 rules. Choose from TINY101, TINY900"),
        (["explain", "all"], "all stands for 2 rules. Choose from TINY101, TINY900"),
        (["explain", "tiny1"], "tiny1 stands for 1 rule. Choose from TINY101"),
        (["explain", "namesaks"], 'no rule is called "namesaks". Did you mean namesakes?'),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_with_the_remedy(
    project: Path, ssot_lint: Run, arguments: list[str], message: str
) -> None:
    for name in ("ssot-lint.toml", "book.ipynb"):
        (project / name).touch()
    assert ssot_lint(*arguments) == (ExitCode.USAGE, "", f"error: {message}\n")


def test_what_is_not_in_the_project_is_refused(project: Path, ssot_lint: Run) -> None:
    (project / "ssot-lint.toml").touch()
    other = project.parent / "other.py"
    other.touch()
    (project / "link.py").symlink_to(other)
    for arguments in (["app", str(other)], ["link.py"]):
        message = f"error: {arguments[-1]}: outside the project {project}. Scan it on its own\n"
        assert ssot_lint("scan", *arguments) == (ExitCode.USAGE, "", message)


def test_a_script_that_says_it_is_python_may_be_named(project: Path, ssot_lint: Run) -> None:
    (project / "tool").write_text("#!/usr/bin/env python3\nx = 1\n")
    assert ssot_lint("scan", "tool")[0] == ExitCode.OK


@pytest.mark.parametrize("name", ["ssot_lint", "ssotlint", "SSOT-LINT"])
def test_a_table_whose_name_is_nearly_ours_is_refused(project: Path, ssot_lint: Run, name: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.{name}]\nignore = []\n")
    message = f"error: pyproject.toml: tool.{name}: unknown table. Write [tool.ssot-lint]\n"
    assert ssot_lint("scan") == (ExitCode.USAGE, "", message)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["scan", "--no-such"], "ssot-lint scan"),
        (["scna"], "ssot-lint"),
        (["explain"], "ssot-lint explain"),
        (["baseline", "update", "--no-such"], "ssot-lint baseline update"),
    ],
)
def test_what_the_parser_refuses_is_one_line_too(ssot_lint: Run, arguments: list[str], command: str) -> None:
    code, out, err = ssot_lint(*arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("error: ")
    assert err.endswith(f" Try `{command} --help`\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Input should be a valid integer, unable to parse string as an integer", "not a whole number"),
        ("Input should be a valid number, unable to parse string as a number", "not a number"),
        ("'x' is not a valid integer range", "not a whole number"),
        ("'x' is not a valid float", "not a number"),
        ("Value error, no such format", "no such format"),
    ],
)
def test_each_version_of_the_parser_is_understood(said: str, words: str) -> None:
    assert _OF_PARSER.sub(_plain_words, said) == words


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--top", "x"], "'--top': not a whole number"),
        (["--fail-under", "x"], "'--fail-under': not a number"),
    ],
)
def test_a_value_that_is_no_number_is_refused_in_our_words(ssot_lint: Run, arguments: list[str], problem: str) -> None:
    error = f"error: Invalid value for {problem}. Try `ssot-lint scan --help`\n"
    assert ssot_lint("scan", *arguments) == (ExitCode.USAGE, "", error)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("fail-levle = 'low'", "ssot-lint.toml: fail-levle: unknown key. Did you mean fail-level?"),
        ("exclude = ['!']", 'ssot-lint.toml: exclude: "!": not a valid pattern. Patterns are those of .gitignore'),
        ("jobs = ", "ssot-lint.toml: not valid TOML: Invalid value (at end of document)"),
        ("rules.namesakes.least = 1", "ssot-lint.toml: rules.namesakes.least: must be a whole number, at least 2"),
        (
            "plugins = ['app/a.py']",
            "ssot-lint.toml: plugins: names code of the scanned repository. Give --allow-plugins if you trust it",
        ),
    ],
)
def test_a_mistake_in_the_configuration_is_one_line_with_the_remedy(
    project: Path, ssot_lint: Run, toml: str, message: str
) -> None:
    (project / "ssot-lint.toml").write_text(toml)
    assert ssot_lint("scan") == (ExitCode.USAGE, "", f"error: {message}\n")


def test_a_broken_pyproject_is_one_line_and_none_when_isolated(project: Path, ssot_lint: Run) -> None:
    (project / "pyproject.toml").write_text("[tool\n")
    code, out, err = ssot_lint("scan", "app")
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("error: pyproject.toml: not valid TOML: Expected ']'")
    assert ssot_lint("scan", "--isolated", "app")[0] == ExitCode.GATE_FAILED


def test_a_mistake_in_the_environment_is_one_line(
    project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSOT_LINT_FAIL_LEVEL", "hihg")
    assert ssot_lint("scan")[2] == "error: SSOT_LINT_FAIL_LEVEL: unknown value 'hihg'. Did you mean high?\n"


def test_a_plugin_of_the_repository_runs_only_when_allowed(project: Path, ssot_lint: Run) -> None:
    (project / "own.py").write_text(PACK.replace("TINY", "OWN").replace('name = "', 'name = "own-'))
    (project / "ssot-lint.toml").write_text("plugins = ['own.py']\nselect = ['OWN1']\n")
    assert ssot_lint("scan")[0] == ExitCode.USAGE
    code, out, _ = ssot_lint("scan", "--allow-plugins", "app")
    assert (code, "OWN101" in out) == (ExitCode.GATE_FAILED, True)
