"""The command line, by what it prints and how it ends."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ssot_lint import __version__
from ssot_lint.cli import run
from ssot_lint.commands.options import ReportFormat
from ssot_lint.errors import ExitCode
from ssot_lint.packs import ENTRY_POINT_GROUP

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACK = '''
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rule import Rule


@dataclass(frozen=True)
class Namesakes(Rule):
    """Finds classes of one name
    in several modules.

    Why:
        Nobody knows
        which one to change.
    Bad:
        # b.py
        class Order: ...
    Good:
        # b.py
        from a import Order
    Fix:
        Keep one and import it.
    """

    code = "TINY101"
    name = "namesakes"
    family = "tiny"
    severity = Severity.HIGH

    least: Annotated[int, Meta(ge=2, description="how many classes make a finding")] = 2

    def check(self, project: Project) -> Iterator[Finding]:
        classes = defaultdict(list)
        for cls in project.classes():
            classes[cls.name].append(cls)
        for name, (home, *copies) in classes.items():
            if len(copies) + 1 < self.least:
                continue
            yield Finding(
                code=self.code,
                subject=name,
                message=f"class `{name}` is defined in {len(copies) + 1} modules",
                remedy=f"import it from {home.module.name}",
                home=Home(home.location, home.module.name, home.id, "first by path"),
                sites=tuple(Site(each.location, each.module.name, each.id, "copy") for each in copies),
                evidence={},
            )


@dataclass(frozen=True)
class Crashing(Rule):
    """Crashes on purpose."""

    code = "TINY900"
    name = "crashing"
    family = "tiny"
    severity = Severity.LOW
    on_by_default = False

    def check(self, project: Project) -> Iterator[Finding]:
        raise RuntimeError("on purpose")


RULES = (Namesakes, Crashing)
'''

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the import path, with the pack installed in it."""
    folder = tmp_path_factory.mktemp("pack")
    (folder / "tiny_rules.py").write_text(PACK)
    installed = folder / "tiny-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\ntiny = tiny_rules\n")
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one violation, and the working directory in it."""
    root = tmp_path / "project"
    (root / "app").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    (root / "app" / "__init__.py").touch()
    (root / "app" / "a.py").write_text("class Order:\n    total = 1\n")
    (root / "app" / "b.py").write_text("class Order:\n    total = 2\n")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def ssot_lint(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], pack_folder: Path) -> Run:
    """Runs the command line in this process, with the pack above as the only one."""
    monkeypatch.syspath_prepend(pack_folder)
    pack = EntryPoint("tiny", "tiny_rules", ENTRY_POINT_GROUP)
    monkeypatch.setattr("ssot_lint.commands.session.installed_packs", lambda: [pack])
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


REPORT = """\
high TINY101-1ace namesakes
  class `Order` is defined in 2 modules
  home:  app/a.py:1:1  first by path
  site:  app/b.py:1:1  copy
  fix:   import it from app.a

rule               severity  findings  violations  points lost
TINY101 namesakes  high             1           1         16.7

1 violation in 1 finding.
Score 83.3 of 100: 2 of 3 modules clean. Scanned 3 files, 4 lines.
"""

FAILED = "failed: 1 new violation of severity low or worse\n"


def test_scan_prints_the_report_and_fails(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan") == (ExitCode.GATE_FAILED, REPORT, FAILED)


def test_a_clean_project_passes(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "b.py").unlink()
    code, out, err = ssot_lint("scan")
    assert (code, err) == (ExitCode.OK, "")
    assert out == "Everything has one home: no violations in 2 files, 2 lines.\n"


def test_quiet_keeps_the_report_and_silences_stderr(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "-q") == (ExitCode.GATE_FAILED, REPORT, "")


def test_exit_zero_forgives_a_failed_gate(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "--exit-zero")[0] == ExitCode.OK


@pytest.mark.parametrize(("level", "code"), [("critical", 0), ("high", 1), ("low", 1), ("never", 0)])
def test_the_fail_level_decides(project: Path, ssot_lint: Run, level: str, code: int) -> None:
    assert ssot_lint("scan", "-q", "--fail-level", level)[0] == code


def test_a_score_under_the_limit_fails_with_the_reason(project: Path, ssot_lint: Run) -> None:
    code, _, err = ssot_lint("scan", "--fail-level", "never", "--fail-under", "90")
    assert (code, err) == (ExitCode.GATE_FAILED, "failed: score 83.33 is under 90\n")


def test_json_goes_to_stdout_alone(project: Path, ssot_lint: Run) -> None:
    code, out, _ = ssot_lint("scan", "-f", "json")
    document = json.loads(out)
    assert code == ExitCode.GATE_FAILED
    assert document["tool"] == {"name": "ssot-lint", "version": __version__}
    assert [rule["code"] for rule in document["rules"]] == ["TINY101"]
    assert document["findings"][0]["sites"][0]["id"] == "TINY101-1ace"


def test_a_plan_is_made_when_asked_for_and_for_markdown(project: Path, ssot_lint: Run) -> None:
    plan = (
        "Plan: 1 step, score from 83.3 to 100.0.\n"
        "priority 1: 1 step, 16.7 points\n"
        "  1. Import it from app.a\n"
        "     edit:   app/b.py:1:1\n"
    )
    assert plan in ssot_lint("scan", "-q", "--plan")[1]
    _, out, _ = ssot_lint("scan", "-q", "--report", "markdown=r.md", "--report", "json=r.json")
    assert "Plan:" not in out
    assert "Import it from app.a" in (project / "r.md").read_text()
    assert "plan" not in json.loads((project / "r.json").read_text())
    document = json.loads(ssot_lint("scan", "-q", "-f", "json", "--plan")[1])
    assert [step["title"] for step in document["plan"]["steps"]] == ["Import it from app.a"]


def test_output_takes_the_report_from_stdout_to_a_file(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "-q", "-o", "report.txt") == (ExitCode.GATE_FAILED, "", "")
    assert (project / "report.txt").read_text() == REPORT


def test_several_reports_come_from_one_run(project: Path, ssot_lint: Run) -> None:
    code, out, _ = ssot_lint("scan", "-q", "--report", "json=r.json", "--report", "markdown=r.md")
    assert (code, out) == (ExitCode.GATE_FAILED, REPORT)
    assert json.loads((project / "r.json").read_text())["summary"]["files"] == 3
    assert "Order" in (project / "r.md").read_text()


def test_all_formats_come_from_one_run(project: Path, ssot_lint: Run) -> None:
    forms = [form.value for form in ReportFormat]
    targets = [word for form in forms for word in ("--report", f"{form}=report.{form}")]
    code, out, _ = ssot_lint("scan", "-q", "-f", "concise", *targets)
    assert code == ExitCode.GATE_FAILED
    assert out.startswith("app/b.py:1:1: TINY101 class `Order` is defined in 2 modules (copy) [TINY101-")
    for form in forms:
        written = (project / f"report.{form}").read_text()
        assert "TINY101" in written
        assert written == ssot_lint("scan", "-q", "-f", form)[1]


def test_a_sarif_report_knows_the_lines_of_the_sites(project: Path, ssot_lint: Run) -> None:
    ssot_lint("scan", "-q", "-f", "sarif", "-o", "r.sarif")
    (run,) = json.loads((project / "r.sarif").read_text())["runs"]
    (result,) = run["results"]
    region = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 13}
    (site,) = result["locations"]
    assert site["physicalLocation"]["artifactLocation"] == {"uri": "app/b.py", "uriBaseId": "%SRCROOT%"}
    assert site["physicalLocation"]["region"] == region
    assert list(result["partialFingerprints"]) == ["ssotLint/v1", "primaryLocationLineHash"]


def test_ci_finds_files_by_their_path_in_the_repository(project: Path, ssot_lint: Run) -> None:
    (project.parent / ".git").mkdir()
    path = f"{project.name}/app/b.py"
    (run,) = json.loads(ssot_lint("scan", "-q", "-f", "sarif")[1])["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path
    assert json.loads(ssot_lint("scan", "-q", "-f", "gitlab")[1])[0]["location"]["path"] == path
    assert f",file={path}," in ssot_lint("scan", "-q", "-f", "github")[1]
    assert f'file="{path}"' in ssot_lint("scan", "-q", "-f", "junit")[1]
    assert "app/b.py" in ssot_lint("scan", "-q", "-f", "concise")[1].partition(":")[0]


def test_the_format_for_github_comes_with_a_job_summary(
    project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(project / "summary.md"))
    ssot_lint("scan", "-q", "--report", "github=r.txt")
    assert not (project / "summary.md").exists()
    assert ssot_lint("scan", "-q", "-f", "github")[1] == (project / "r.txt").read_text()
    assert (project / "summary.md").read_text() == ssot_lint("scan", "-q", "-f", "markdown")[1]


def test_the_report_is_the_same_from_everywhere(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [ssot_lint("scan", "-q", "-f", "markdown")[1]]
    monkeypatch.chdir(project / "app")
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", "..")[1])
    monkeypatch.chdir(project.parent)
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", "project")[1])
    monkeypatch.chdir("/")
    reports.append(ssot_lint("scan", "-q", "-f", "markdown", str(project))[1])
    assert len(set(reports)) == 1
    assert str(project) not in reports[0]


def test_the_command_to_reproduce_names_what_decides(project: Path, ssot_lint: Run) -> None:
    arguments = ("--select", "TINY1", "--fail-level", "high", "--fail-under", "5", "--isolated", "app/b.py", "app/a.py")
    _, out, _ = ssot_lint("scan", "-q", "-f", "markdown", "-j", "2", "--color", "never", *arguments)
    command = "ssot-lint scan --isolated --select TINY1 --fail-level high --fail-under 5 app/a.py app/b.py"
    assert command in out


def test_a_part_of_a_project_is_scanned_with_the_settings_of_the_whole(project: Path, ssot_lint: Run) -> None:
    (project / "ssot-lint.toml").write_text("[rules.namesakes]\nleast = 5\n")
    (project / "app" / "pyproject.toml").write_text("[project]\nname = 'inner'\n")
    assert ssot_lint("scan", "app")[0] == ExitCode.OK


def test_color_is_for_terminals_unless_asked_for(project: Path, ssot_lint: Run) -> None:
    assert "\x1b[" in ssot_lint("scan", "-q", "--color", "always")[1]
    assert ssot_lint("scan", "-q", "--color", "never")[1] == REPORT


def test_a_crashing_rule_takes_nothing_else_down(project: Path, ssot_lint: Run) -> None:
    code, out, err = ssot_lint("scan", "-f", "json", "--select", "ALL", "--exit-zero")
    document = json.loads(out)
    assert code == ExitCode.INTERNAL
    assert [finding["code"] for finding in document["findings"]] == ["TINY101"]
    assert document["diagnostics"] == [
        {
            "path": "tiny_rules.py",
            "line": 70,
            "kind": "rule-crashed",
            "message": "rule TINY900 crashing of pack tiny (tiny_rules) raised RuntimeError: on purpose",
        }
    ]
    assert err == (
        "error: rule TINY900 crashing of pack tiny (tiny_rules) raised RuntimeError: on purpose (tiny_rules.py:70). "
        f"Run with --verbose for the traceback\n{FAILED}"
    )


def test_verbose_shows_tracebacks_and_times(project: Path, ssot_lint: Run) -> None:
    code, _, err = ssot_lint("scan", "--select", "ALL", "-v")
    assert code == ExitCode.INTERNAL
    assert err.startswith(f"project root {project}, configuration none, 2 rules\nTraceback (most recent call last):\n")
    names = [line.split(" s  ")[1] for line in err.splitlines() if " s  " in line]
    assert names[:4] == ["discover", "extract", "recall", "project"]
    assert "TINY101 namesakes" in names


def test_a_crash_of_the_tool_is_one_line(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyError("two\nlines")

    monkeypatch.setattr("ssot_lint.reading.harvest", crash)
    code, out, err = ssot_lint("scan")
    assert (code, out) == (ExitCode.INTERNAL, "")
    assert err == (
        r"error: internal error: KeyError: 'two\\nlines'. Run with --verbose for the traceback. "
        "Please report it, with the traceback, to the maintainers of ssot-lint\n"
    )
    assert "Traceback (most recent call last)" in ssot_lint("scan", "-v")[2]


def test_an_interrupted_scan_ends_with_130(project: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ssot_lint.reading.harvest", interrupt)
    assert ssot_lint("scan") == (ExitCode.INTERRUPTED, "", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scan", "none.py"], "none.py: no such file or folder"),
        (["scan", "--select", "TINY999"], '--select: no rule is called "TINY999". `ssot-lint rules` lists them'),
        (["scan", "--select", "TINY9O0"], '--select: no rule is called "TINY9O0". Did you mean TINY900?'),
        (["scan", "--ignore", "ALL"], "no rule is left to run. Check select and ignore; `ssot-lint config` shows them"),
        (["scan", "--fail-under", "nan"], "--fail-under: expected float >= 0.0"),
        (["scan", "--jobs", "-1"], "--jobs: expected int >= 0"),
        (["scan", "--config", "x.toml"], "x.toml: no such file. Give --config an existing TOML file"),
        (["scan", "--report", "json"], "--report json: names no file. Write --report FORMAT=FILE"),
        (["scan", "--report", "jsn=x"], "--report jsn=x: unknown format. Did you mean json?"),
        (["scan", "-o", "no/r.txt"], "no/r.txt: there is no folder no. Create it first"),
        (["scan", "-o", "app"], "app: is a folder. Name a file"),
        (
            ["scan", "-o", "r.txt", "--report", "json=./r.txt"],
            "two reports are to be written to one file. Give each report a file of its own",
        ),
        (["explain", "namesaks"], 'no rule is called "namesaks". Did you mean namesakes?'),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_with_the_remedy(
    project: Path, ssot_lint: Run, arguments: list[str], message: str
) -> None:
    assert ssot_lint(*arguments) == (ExitCode.USAGE, "", f"error: {message}\n")


@pytest.mark.parametrize("arguments", [["scan", "--no-such"], ["scan", "-f", "xml"], ["scna"], ["explain"]])
def test_what_the_parser_refuses_is_one_line_too(ssot_lint: Run, arguments: list[str]) -> None:
    code, out, err = ssot_lint(*arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("error: ")
    assert err.endswith(" Try `ssot-lint --help`\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("fail-levle = 'low'", "ssot-lint.toml: fail-levle: unknown key. Did you mean fail-level?"),
        ("exclude = ['!']", 'ssot-lint.toml: exclude: "!": not a valid pattern. Patterns are those of .gitignore'),
        ("jobs = ", "ssot-lint.toml: not valid TOML: Invalid value (at end of document)"),
        ("rules.namesakes.least = 1", "ssot-lint.toml: rules.namesakes.least: expected int >= 2"),
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
    assert ssot_lint("scan")[2] == "error: SSOT_LINT_FAIL_LEVEL: invalid enum value 'hihg'. Did you mean high?\n"


def test_a_plugin_of_the_repository_runs_only_when_allowed(project: Path, ssot_lint: Run) -> None:
    (project / "own.py").write_text(PACK.replace("TINY", "OWN").replace('name = "', 'name = "own-'))
    (project / "ssot-lint.toml").write_text("plugins = ['own.py']\nselect = ['OWN1']\n")
    assert ssot_lint("scan")[0] == ExitCode.USAGE
    code, out, _ = ssot_lint("scan", "--allow-plugins", "app")
    assert (code, "OWN101" in out) == (ExitCode.GATE_FAILED, True)


def test_a_file_that_cannot_be_parsed_is_named_although_no_rule_reports_it(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "c.py").write_text("def (\n")
    diagnostics = json.loads(ssot_lint("scan", "-f", "json")[1])["diagnostics"]
    assert [(each["path"], each["line"], each["kind"]) for each in diagnostics] == [("app/c.py", 1, "unparsable")]


@pytest.mark.parametrize(
    ("comment", "score"), [("ignore[TINY101] to do", 83.33), ("distinct[namesakes] no relatives", 100.0)]
)
def test_a_suppressed_violation_fails_nothing_and_only_debt_costs_points(
    project: Path, ssot_lint: Run, comment: str, score: float
) -> None:
    (project / "app" / "b.py").write_text(f"# ssot-lint: {comment}\nclass Order:\n    total = 2\n")
    code, out, err = ssot_lint("scan", "-f", "json")
    assert (code, err) == (ExitCode.OK, "")
    report = json.loads(out)
    assert report["findings"][0]["sites"][0]["status"] == "suppressed"
    assert report["summary"]["violations"] == {"total": 1, "new": 0, "baselined": 0, "suppressed": 1, "fixed": 0}
    assert report["summary"]["score"] == score
    assert "known: 1 finding wholly baselined or suppressed" in ssot_lint("scan")[1]


def test_a_comment_at_the_home_is_about_all_copies(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "a.py").write_text("class Order:  # ssot-lint: ignore[namesakes]\n    total = 1\n")
    (project / "app" / "c.py").write_text("class Order:\n    total = 3\n")
    assert ssot_lint("scan", "-q")[0] == ExitCode.OK


def test_a_comment_nobody_understands_is_told_although_no_rule_reports_it(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "b.py").write_text("class Order:  # ssot-lint: ignore[namesaks]\n    total = 2\n")
    code, out, _ = ssot_lint("scan", "-f", "json")
    assert code == ExitCode.GATE_FAILED
    assert json.loads(out)["diagnostics"] == [
        {
            "path": "app/b.py",
            "line": 1,
            "kind": "directive",
            "message": 'no rule is called "namesaks". Correct it. Did you mean namesakes?',
        }
    ]


@pytest.fixture
def builtin_rules(ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line with the built-in rules."""
    pack = EntryPoint("builtin", "ssot_rules", ENTRY_POINT_GROUP)
    monkeypatch.setattr("ssot_lint.commands.session.installed_packs", lambda: [pack])
    return ssot_lint


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["."], ["SSOT002", "SSOT003"]),
        (["--select", "SSOT0,SSOT101"], ["SSOT002", "SSOT003"]),
        (["--select", "SSOT0"], ["SSOT003"]),
        (["--select", "SSOT101"], []),
        (["app"], []),
        (["--ignore", "SSOT002"], ["SSOT003"]),
    ],
)
def test_what_is_unused_is_told_by_a_scan_of_the_whole_for_rules_that_ran(
    project: Path, builtin_rules: Run, arguments: list[str], codes: list[str]
) -> None:
    (project / "app" / "b.py").write_text("x = 1  # ssot-lint: ignore[SSOT101]\n")
    (project / "ssot-lint.toml").write_text("[per-path-ignores]\n'gone.py' = ['ALL']\n")
    code, out, _ = builtin_rules("scan", "-f", "json", *arguments)
    assert [finding["code"] for finding in json.loads(out)["findings"]] == codes
    assert code == (ExitCode.GATE_FAILED if codes else ExitCode.OK)


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
      which code is judged: production, test, backup, script
"""


@pytest.mark.parametrize("word", ["TINY101", "namesakes", "TINY101-1ace"])
def test_explain_takes_a_code_a_name_and_an_id(project: Path, ssot_lint: Run, word: str) -> None:
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
    code, out, err = ssot_lint("--help")
    assert (code, err) == (ExitCode.OK, "")
    assert [word for word in ("scan", "rules", "explain", "config") if f"  {word} " not in out] == []


def test_without_a_command_there_is_help_on_stderr(ssot_lint: Run) -> None:
    code, out, err = ssot_lint()
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("Usage: ssot-lint ")


@pytest.fixture
def process_environment(pack_folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(pack_folder)])}


COMMAND = [sys.executable, "-m", "ssot_lint"]


def test_a_process_of_its_own_finds_the_installed_pack(project: Path, process_environment: dict[str, str]) -> None:
    command = [*COMMAND, "scan", "--select", "TINY101", "-q"]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (ExitCode.GATE_FAILED, REPORT, "")


def test_a_closed_pipe_is_no_error(project: Path, process_environment: dict[str, str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [*COMMAND, "rules"]
    ended = subprocess.run(command, env=process_environment, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert (ended.returncode, ended.stderr) == (ExitCode.OK, b"")


@pytest.mark.parametrize(
    ("variables", "arguments", "is_shown"),
    [({}, [], True), ({"CI": "1"}, [], False), ({"PRE_COMMIT": "1"}, [], False), ({}, ["--no-progress"], False)],
)
def test_a_progress_bar_is_for_a_terminal_on_stderr(
    project: Path,
    process_environment: dict[str, str],
    variables: dict[str, str],
    arguments: list[str],
    is_shown: bool,
) -> None:
    environment = {name: value for name, value in process_environment.items() if name not in ("CI", "PRE_COMMIT")}
    ours, theirs = pty.openpty()
    command = [*COMMAND, "scan", "--select", "TINY101", "--exit-zero", *arguments]
    ended = subprocess.run(
        command, env={**environment, "TERM": "xterm", **variables}, stdout=subprocess.PIPE, stderr=theirs, check=False
    )
    os.write(theirs, b"end of test")
    shown = os.read(ours, 100_000)
    os.close(ours)
    os.close(theirs)
    assert (ended.returncode, ended.stdout.decode()) == (ExitCode.OK, REPORT)
    assert (b"3/3" in shown) is is_shown


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str, process_environment: dict[str, str]) -> None:
    code = (
        "import sys; from ssot_lint.cli import run; run(sys.argv[1:]); "
        "sys.exit(' '.join({'libcst', 'networkx', 'pebble'} & sys.modules.keys()) or 0)"
    )
    command = [sys.executable, "-c", code, option]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_modules_of_the_scanned_folder_are_not_imported(project: Path, process_environment: dict[str, str]) -> None:
    for name in ("typer.py", "msgspec.py", "ssot_rules.py", "multiprocessing.py", "libcst.py"):
        (project / name).write_text("raise SystemExit('code of the target ran')\n")
    command = [*COMMAND, "scan", "--select", "TINY101", "-q", "app"]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (ExitCode.GATE_FAILED, "")


def test_json_is_utf8_whatever_the_terminal_speaks(project: Path, process_environment: dict[str, str]) -> None:
    (project / "app" / "c.py").write_text("class Größe: ...\n")
    (project / "app" / "d.py").write_text("class Größe: ...\n")
    command = [*COMMAND, "scan", "--select", "TINY101", "-q", "-f", "json"]
    environment = {**process_environment, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert [finding["subject"] for finding in json.loads(ended.stdout)["findings"]] == ["Größe", "Order"]
