"""What the probe costs on the tests of others: how it is measured, and how the figures are written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.measure import BenchmarkError
from benchmarks.probe_cost import NONE, OFF, ON, lines, measure

_RUN = """
import sys
options = sys.argv[1:]
way = "none" if "no:ssot_probe" in options else "on" if "--ssot-probe" in options else "off"
open("runs.txt", "a").write(f"{way}\\n")
sys.exit(int(open("code.txt").read()))
"""


def run(folder: Path, code: int, rounds: int) -> dict[str, list[float]]:
    (folder / "code.txt").write_text(str(code))
    return measure([sys.executable, "-c", _RUN], folder, rounds, lambda _: None)


def test_each_round_runs_all_three_ways_in_another_order_after_a_run_of_each_that_does_not_count(
    tmp_path: Path,
) -> None:
    seconds = run(tmp_path, 1, 3)
    ways = (tmp_path / "runs.txt").read_text().splitlines()
    assert ways[:3] == ["none", "off", "on"]
    assert ways[3:] == ["none", "off", "on", "off", "on", "none", "on", "none", "off"]
    assert {way: len(times) for way, times in seconds.items()} == {NONE: 3, OFF: 3, ON: 3}


def test_a_suite_that_does_not_run_means_nothing(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="pytest exited with 4"):
        run(tmp_path, 4, 1)


def test_a_suite_that_fails_one_way_only_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "code.txt").write_text("0")
    fails = _RUN.replace("int(", "(way == 'on') + int(")
    with pytest.raises(BenchmarkError, match="pytest exits with 0 and 1: the runs differ"):
        measure([sys.executable, "-c", fails], tmp_path, 1, lambda _: None)


def test_the_figures_are_medians_of_pairs_and_the_ratio_of_the_medians() -> None:
    assert lines({NONE: [1.0, 2.0, 4.0], OFF: [1.0, 2.0, 4.0], ON: [1.1, 2.4, 4.2]})[-2:] == [
        "plugin off: +0.0 % (+0.0 to +0.0), median of 3 paired runs; +0.0 % by the medians of all runs",
        "probe on: +10.0 % (+5.0 to +20.0), median of 3 paired runs; +20.0 % by the medians of all runs",
    ]
