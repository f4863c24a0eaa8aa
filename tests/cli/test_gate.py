"""What makes a scan fail, and what does not."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from ssot_lint.rules.registry import ENTRY_POINT_GROUP
from tests.cli.tiny_pack import FAILED, REPORT
from tests.command_line import Run

CLEAN = "Everything has one home: no violations in 2 files, 2 lines.\nScore 100.0 of 100: 2 of 2 modules clean.\n"


def test_scan_prints_the_report_and_fails(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan") == (ExitCode.GATE_FAILED, REPORT, FAILED)


def test_a_clean_project_passes(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "b.py").unlink()
    code, out, err = ssot_lint("scan")
    assert (code, err) == (ExitCode.OK, "")
    assert out == CLEAN


def test_quiet_keeps_the_report_and_silences_stderr(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "-q") == (ExitCode.GATE_FAILED, REPORT, "")


def test_exit_zero_forgives_a_failed_gate(project: Path, ssot_lint: Run) -> None:
    assert ssot_lint("scan", "--exit-zero")[0] == ExitCode.OK


@pytest.mark.parametrize(("level", "code"), [("critical", 0), ("high", 1), ("low", 1), ("never", 0)])
def test_the_fail_level_decides(project: Path, ssot_lint: Run, level: str, code: int) -> None:
    assert ssot_lint("scan", "-q", "--fail-level", level)[0] == code


def test_an_excluded_file_is_not_scanned_beside_those_that_the_configuration_excludes(
    project: Path, ssot_lint: Run
) -> None:
    (project / "app" / "c.py").write_text("class Order: ...\n")
    (project / "ssot-lint.toml").write_text("extend-exclude = ['app/c.py']\n")
    out = CLEAN
    for option in ("--exclude", "--extend-exclude"):
        assert ssot_lint("scan", option, "app/b.py") == (ExitCode.OK, out, "")
    assert ssot_lint("scan", "--exclude", "nothing, app/b.py") == (ExitCode.OK, out, "")
    assert ssot_lint("scan", "--exclude", "nothing")[0] == ExitCode.GATE_FAILED


@pytest.mark.parametrize(
    ("toml", "options", "code"),
    [
        ("", [], ExitCode.GATE_FAILED),
        ("", ["--extend-select", "crashing"], ExitCode.INTERNAL),
        ("select = ['namesakes']", ["--extend-select", "TINY9"], ExitCode.INTERNAL),
        ("extend-select = ['TINY9']", ["--extend-select", "namesakes"], ExitCode.INTERNAL),
        ("extend-select = ['TINY9']", ["--select", "namesakes"], ExitCode.GATE_FAILED),
        ("", ["--select", "namesakes", "--extend-select", "TINY9"], ExitCode.INTERNAL),
    ],
)
def test_further_rules_run_beside_those_that_are_selected(
    project: Path, ssot_lint: Run, toml: str, options: list[str], code: ExitCode
) -> None:
    (project / "ssot-lint.toml").write_text(toml)
    assert ssot_lint("scan", "-q", *options)[0] == code


def test_a_score_under_the_limit_fails_with_the_reason(project: Path, ssot_lint: Run) -> None:
    code, _, err = ssot_lint("scan", "--fail-level", "never", "--fail-under", "90")
    assert (code, err) == (ExitCode.GATE_FAILED, "failed: score 83.33 is under 90\n")


def test_a_part_of_a_project_is_scanned_with_the_settings_of_the_whole(project: Path, ssot_lint: Run) -> None:
    (project / "ssot-lint.toml").write_text("[rules.namesakes]\nleast = 5\n")
    (project / "app" / "pyproject.toml").write_text("[project]\nname = 'inner'\n")
    assert ssot_lint("scan", "app")[0] == ExitCode.OK


def test_a_file_that_cannot_be_parsed_is_named_although_no_rule_reports_it(project: Path, ssot_lint: Run) -> None:
    (project / "app" / "c.py").write_text("def (\n")
    diagnostics = json.loads(ssot_lint("scan", "-f", "json")[1])["diagnostics"]
    assert [(each["path"], each["line"], each["kind"]) for each in diagnostics] == [("app/c.py", 1, "unparsable")]


@pytest.mark.parametrize(
    ("comment", "score", "suppressed", "said"),
    [
        ("ignore[TINY101] to do", 83.33, 1, "known: 1 finding wholly baselined or suppressed"),
        ("distinct[namesakes] no relatives", 100.0, 0, "distinct: 1 site, by a comment no violation\n"),
    ],
)
def test_a_suppressed_violation_fails_nothing_and_only_debt_counts(
    project: Path, ssot_lint: Run, comment: str, score: float, suppressed: int, said: str
) -> None:
    (project / "app" / "b.py").write_text(f"# ssot-lint: {comment}\nclass Order:\n    total = 2\n")
    code, out, err = ssot_lint("scan", "-f", "json")
    assert (code, err) == (ExitCode.OK, "")
    report = json.loads(out)
    assert report["findings"][0]["sites"][0]["status"] == "suppressed"
    counts = {"total": suppressed, "new": 0, "baselined": 0, "suppressed": suppressed, "fixed": 0}
    assert report["summary"]["violations"] == counts
    assert (report["summary"]["score"], report["summary"]["distinct"]) == (score, 1 - suppressed)
    assert (report["rules"][0]["violations"], report["summary"]["by_severity"]["high"]) == (suppressed, suppressed)
    out = ssot_lint("scan")[1]
    assert said in out
    assert ("Everything has one home" in out, "points lost" in out) == (not suppressed, bool(suppressed))


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
        (["app"], ["SSOT002"]),
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
