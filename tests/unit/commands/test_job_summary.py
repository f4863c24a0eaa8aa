from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.commands.job_summary import LIMIT, append_job_summary


def test_the_summary_comes_after_what_is_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"# Tests\n")
    append_job_summary("# Ünïts\n", {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.read_bytes() == "# Tests\n# Ünïts\n".encode()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("environment", [{}, {"GITHUB_STEP_SUMMARY": ""}])
def test_elsewhere_nothing_is_written(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    append_job_summary("# Report\n", environment)
    assert list(tmp_path.iterdir()) == []


def test_a_full_summary_is_left_as_it_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * (LIMIT - 8))
    append_job_summary("12345678", {"GITHUB_STEP_SUMMARY": str(file)})
    append_job_summary("9", {"GITHUB_STEP_SUMMARY": str(file)})
    assert file.stat().st_size == LIMIT
    assert capfd.readouterr() == ("", "no job summary: GITHUB_STEP_SUMMARY would exceed 1,048,576 bytes\n")


def test_a_summary_that_cannot_be_written_is_a_note(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    append_job_summary("# Report\n", {"GITHUB_STEP_SUMMARY": str(tmp_path)})
    assert capfd.readouterr() == ("", f"no job summary: {tmp_path}: cannot be written: Is a directory\n")
