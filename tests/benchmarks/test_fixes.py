"""The corpus of detours, and what is said of a fix."""

from __future__ import annotations

import pytest

from benchmarks.budgets import check_fix
from benchmarks.figures import Verdict
from benchmarks.fixes import with_detours
from benchmarks.measure import BenchmarkError
from benchmarks.records import FixResult, FixRound
from benchmarks.tables import fix_section
from tests.benchmarks.results import HERE, cost

FILES = {
    "homeassistant/components/a/__init__.py": (
        b"import os\nfrom homeassistant.core import (\n    Core,  # it\n    call as c,\n)\n"
    ),
    "homeassistant/components/b.py": b"from homeassistant.core import State\n",
    "homeassistant/components/c.py": b"from homeassistant.core_config import State\n",
    "homeassistant/core.py": b"from homeassistant.core import State\n",
}


def test_some_files_import_by_way_of_a_front() -> None:
    changed = with_detours(FILES, most=2)
    assert {path for path in changed if changed[path] != FILES.get(path)} == {
        "homeassistant/components/a/__init__.py",
        "homeassistant/components/b.py",
        "homeassistant/kernel.py",
    }
    assert changed["homeassistant/components/b.py"] == b"from homeassistant.kernel import State\n"
    assert b"import (\n    Core,\n    State,\n    call,\n)\n" in changed["homeassistant/kernel.py"]


def test_too_few_files_make_no_corpus() -> None:
    with pytest.raises(BenchmarkError, match=r"2 of 3 files import homeassistant\.core"):
        with_detours(FILES, most=3)


def test_a_fix_is_held_against_a_scan() -> None:
    rounds = [FixRound(cost(10, 20), cost(12, 26), cost(5, 8)), FixRound(cost(20, 20), cost(26, 24), cost(8, 8))] * 2
    result = FixResult("detours", 1_931, 300_000, 1_000, rounds, HERE)
    time, cpu = check_fix(result)
    assert (time.what, time.measured) == ("fix of 1,000 files against a cold scan, time", "1.25 x (1.20 to 1.30)")
    assert (cpu.measured, cpu.budget, cpu.verdict) == ("1.25 x (1.20 to 1.30)", "at most 1.50 x", Verdict.MET)
    assert "| fix, after a scan | 6.5 (5.0 to 8.0) |" in fix_section(result)
