"""``ssot-lint history``: what is written, printed and refused."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run

NOBODY = "f" * 40
LINE = '"score":87.26,"score_version":1,"critical":0,"high":1,"medium":20,"low":3}\n'
HEADER = '{"ssot_lint_history": 1}\n'


@pytest.fixture
def ssot_lint(ssot_lint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in a folder with a report, which is no repository."""
    write_report(tmp_path, 87.26)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return ssot_lint


def write_report(folder: Path, score: float) -> None:
    counts = {"critical": 0, "high": 1, "medium": 20, "low": 3, "info": 9}
    summary = {"score": score, "score_version": 1, "by_severity": counts}
    report = {"schema_version": 1, "tool": {"name": "ssot-lint"}, "summary": summary, "diagnostics": []}
    (folder / "report.json").write_text(json.dumps(report))


def commit(folder: Path) -> str:
    """A commit on 2 January 2026, of nothing."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        settings |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "a@b", f"GIT_{role}_DATE": "2026-01-02T00:00:00Z"}
    commands = (["init", "--quiet"], ["commit", "--quiet", "--allow-empty", "-m", "x"], ["rev-parse", "HEAD"])
    for command in commands:
        made = subprocess.run(["git", *command], cwd=folder, env={**os.environ, **settings}, check=True, stdout=-1)
    return made.stdout.decode().strip()


def test_date_and_commit_are_those_of_head(ssot_lint: Run, tmp_path: Path) -> None:
    head = commit(tmp_path)
    assert ssot_lint("history", "add", "h.jsonl", "--from", "report.json") == (
        ExitCode.OK,
        "",
        f"h.jsonl: 2026-01-02 {head[:7]} score 87.3, 1 commit in all\n",
    )
    assert (tmp_path / "h.jsonl").read_text() == f'{HEADER}{{"date":"2026-01-02","commit":"{head}",{LINE}'


def test_a_revision_is_resolved_and_a_date_may_be_given(ssot_lint: Run, tmp_path: Path) -> None:
    head = commit(tmp_path)
    ssot_lint("history", "add", "h.jsonl", "--from", "report.json", "--commit", head[:9], "--date", "2026-03-04")
    assert (tmp_path / "h.jsonl").read_text() == f'{HEADER}{{"date":"2026-03-04","commit":"{head}",{LINE}'


def test_a_commit_added_again_replaces_its_line(ssot_lint: Run, tmp_path: Path) -> None:
    add = ("history", "add", "h.jsonl", "--from", "report.json", "--commit", NOBODY, "--date", "2026-03-04")
    ssot_lint(*add)
    write_report(tmp_path, 90)
    assert ssot_lint(*add)[2] == "h.jsonl: 2026-03-04 fffffff score 90.0, 1 commit in all\n"
    text = (tmp_path / "h.jsonl").read_text()
    assert text == f'{HEADER}{{"date":"2026-03-04","commit":"{NOBODY}",{LINE}'.replace("87.26", "90.0")


def test_without_git_date_and_full_hash_are_asked_for(ssot_lint: Run) -> None:
    for given in ((), ("--date", "2026-03-04"), ("--commit", NOBODY), ("--commit", "f" * 7, "--date", "2026-03-04")):
        code, _, err = ssot_lint("history", "add", "h.jsonl", "--from", "report.json", *given)
        assert code == ExitCode.USAGE
        assert err == (
            "error: git: not a git repository (or any of the parent directories): .git. "
            "Without git, give --commit with a full hash and --date\n"
        )


def test_a_revision_that_git_does_not_know_is_refused(ssot_lint: Run, tmp_path: Path) -> None:
    commit(tmp_path)
    assert ssot_lint("history", "add", "h.jsonl", "--from", "report.json", "--commit", "v9") == (
        ExitCode.USAGE,
        "",
        'error: git knows no revision "v9". '
        "Name a branch, tag or commit that exists here; `git fetch` gets those of the remote\n",
    )


def test_a_missing_report_is_told(ssot_lint: Run) -> None:
    add = ("history", "add", "h.jsonl", "--commit", NOBODY, "--date", "2026-03-04", "--from")
    assert ssot_lint(*add, "gone.json") == (
        ExitCode.USAGE,
        "",
        "error: gone.json: cannot be read: No such file or directory\n",
    )


def test_a_history_is_shown_in_each_format(ssot_lint: Run, tmp_path: Path) -> None:
    ssot_lint("history", "add", "h.jsonl", "--from", "report.json", "--commit", NOBODY, "--date", "2026-03-04")
    code, out, err = ssot_lint("history", "show", "h.jsonl")
    assert (code, err) == (ExitCode.OK, "")
    assert out.splitlines()[1].split() == ["2026-03-04", "fffffff", "87.3", "0", "1", "20", "3", "*"]
    _, svg, _ = ssot_lint("history", "show", "h.jsonl", "-f", "svg")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 368"')
    assert ssot_lint("history", "show", "h.jsonl", "-f", "svg", "-o", "trend.svg") == (ExitCode.OK, "", "")
    assert (tmp_path / "trend.svg").read_text() == svg
    assert "<title>SSOT score: 87.3</title>" in ssot_lint("history", "show", "h.jsonl", "-f", "badge")[1]


def test_a_history_without_scans_is_told(ssot_lint: Run, tmp_path: Path) -> None:
    (tmp_path / "h.jsonl").write_text(HEADER)
    assert ssot_lint("history", "show", "h.jsonl") == (
        ExitCode.USAGE,
        "",
        "error: h.jsonl: holds no scan. Add one: `ssot-lint history add`\n",
    )


def test_a_damaged_history_is_told_and_kept(ssot_lint: Run, tmp_path: Path) -> None:
    (tmp_path / "h.jsonl").write_text(f"{HEADER}<<<<<<< HEAD\n")
    add = ("history", "add", "h.jsonl", "--from", "report.json", "--commit", NOBODY, "--date", "2026-03-04")
    code, _, err = ssot_lint(*add)
    assert (code, err) == (
        ExitCode.USAGE,
        "error: h.jsonl:2: a merge conflict is not resolved. "
        "Delete the lines with the markers and keep those of both sides; `ssot-lint history add` tidies up\n",
    )
    assert (tmp_path / "h.jsonl").read_text() == f"{HEADER}<<<<<<< HEAD\n"


def test_scan_and_history_are_one_step(ssot_lint: Run, tmp_path: Path) -> None:
    head = commit(tmp_path)
    code, out, err = ssot_lint("history", "add", "h.jsonl", "--no-progress")
    assert (code, out) == (ExitCode.OK, "")
    assert err == f"h.jsonl: 2026-01-02 {head[:7]} score 100.0, 1 commit in all\n"


def test_code_that_is_not_committed_has_no_place_in_the_history(ssot_lint: Run, tmp_path: Path) -> None:
    head = commit(tmp_path)
    (tmp_path / "shop.py").write_text("class Order: ...\n")
    (tmp_path / "notes.txt").write_text("no code\n")
    code, _, err = ssot_lint("history", "add", "h.jsonl", "--from", "scan")
    assert code is ExitCode.USAGE
    assert err == (
        f"error: the code here is not that of {head[:7]}: shop.py. "
        "Commit it, check the commit out, or give a report of it with --from\n"
    )
    assert not (tmp_path / "h.jsonl").exists()
