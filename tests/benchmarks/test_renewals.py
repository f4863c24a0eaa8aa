"""What is measured of an edit in a project that stays in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import renewals
from benchmarks.edits import ADDED, INSIDE
from benchmarks.renewals import FROM_THE_BEGINNING, measure, table


def test_edits_of_both_kinds_are_held_against_a_scan_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewals, "SMALLEST_BYTES", 10)
    (tmp_path / "shop.py").write_text("def total(rows):\n    return sum(rows)\n")
    seconds = measure(tmp_path, 3)
    assert {kind: len(measured) for kind, measured in seconds.items()} == {FROM_THE_BEGINNING: 3, INSIDE: 1, ADDED: 1}


def test_figures_are_milliseconds_and_a_ratio() -> None:
    lines = table({FROM_THE_BEGINNING: [4.0, 5.0, 9.0], INSIDE: [0.25, 0.05, 0.1]}).splitlines()
    assert lines[2] == "| all anew | 3 | 4000 ms | 5000 ms | 9000 ms | 1/1 |"
    assert lines[3] == f"| {INSIDE} | 3 | 50 ms | 100 ms | 250 ms | 1/50 |"
