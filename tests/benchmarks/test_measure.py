"""Processes that are watched while they run."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from benchmarks.measure import BenchmarkError, observe, succeeded


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_that_outlive_their_parent_are_counted(tmp_path: Path) -> None:
    burn = "import time; start = time.process_time()\nwhile time.process_time() - start < 0.2: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}]); print('left')"
    seen = observe([sys.executable, "-c", parent], tmp_path)
    assert (seen.exit_code, seen.stdout, seen.stderr) == (0, b"left\n", "")
    assert seen.cost.cpu >= 0.2


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_command_is_ended_at_the_limit_with_all_its_processes(tmp_path: Path) -> None:
    nap = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    start = time.monotonic()
    seen = observe([sys.executable, "-c", nap], tmp_path, limit_seconds=0.5)
    assert seen.exit_code is None
    assert time.monotonic() - start < 30
    assert seen.cost.main_mb > 0
    with pytest.raises(BenchmarkError, match=r"^nap did not finish:"):
        succeeded(["nap"], seen)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_command_sees_the_given_variables_and_not_those_of_its_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSOT_LINT_SELECT", "SSOT101")
    show = "import os; print(os.getcwd(), sorted(set(os.environ) & {'SSOT_LINT_SELECT', 'GIVEN', 'HOME'}))"
    seen = observe([sys.executable, "-c", show], tmp_path, variables={"GIVEN": "1"})
    assert seen.stdout.decode() == f"{tmp_path} ['GIVEN', 'HOME']\n"
