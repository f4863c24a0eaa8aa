"""A run of the benchmarks that measures nothing, and the results that it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import run, store
from benchmarks.corpora import SIZES
from benchmarks.measure import BenchmarkError
from benchmarks.records import START, SizeResult
from tests.benchmarks.results import a_round, a_size, a_start


def test_results_are_kept_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    size, start = a_size("10k", 10_000, [a_round()]), a_start({})
    store.store("10k", size)
    store.store(START, start)
    assert store.stored((START, "10k", "30k")) == {START: start, "10k": size}


def test_a_quick_run_keeps_nothing_and_others_add_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int, str]] = []

    def measure(part: str, commands: Path, rounds: int, peers_on: str) -> SizeResult:
        asked.append((part, rounds, peers_on))
        return a_size(part, SIZES.get(part, 1), [a_round()] * rounds)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(run, "install_checkout", lambda: tmp_path)
    monkeypatch.setattr(run, "measure", measure)
    assert run.main(["--quick"]) == 0
    assert asked == [("start", 2, "10k"), ("10k", 2, "10k")]
    assert capsys.readouterr().out.startswith("# How fast")
    assert store.stored(run.PARTS) == {}
    document_file = tmp_path / "benchmarks.md"
    assert run.main(["--only", "1m", "--output", str(document_file)]) == 0
    assert run.main(["--only", "30k", "--rounds", "4", "--output", str(document_file)]) == 0
    assert asked[2:] == [("1m", 5, "django"), ("30k", 4, "django")]
    assert [line[:6] for line in document_file.read_text().splitlines()[-2:]] == ["| 30k ", "| 1m |"]


def test_a_measurement_that_means_nothing_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> Path:
        raise BenchmarkError("1 of 2 files were scanned")

    monkeypatch.setattr(run, "install_checkout", fail)
    assert run.main(["--quick"]) == 1
    assert capsys.readouterr().err == "1 of 2 files were scanned\n"
