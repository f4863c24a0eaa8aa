"""An OOM killer may take any process: the server that forks the workers, or what tracks their semaphores."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ssot_lint.errors import ExecutorError
from ssot_lint.scan import load
from ssot_lint.workers import extract_files, steady
from ssot_lint.workers.extract_files import DEADLINE_SECONDS
from ssot_lint.workers.processes import open_processes
from tests.hardening.kills import (
    SERVER,
    TRACKER,
    Killing,
    have_ended,
    kill,
    kill_while_a_task_runs,
    living_children,
    wait_until,
    workers,
)
from tests.hardening.scans import CLASS, MODULE, Scan, Write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
    pytest.mark.skipif(sys.version_info < (3, 11), reason="has no server that forks"),
]

ENDLESS = "match x:\n    case " + "C(" * 50 + "1" + ")" * 50 + ": pass\n"
ALL = pytest.mark.parametrize("texts", [[SERVER], [TRACKER], [SERVER, TRACKER]], ids=["server", "tracker", "both"])


@ALL
def test_a_task_is_not_blamed_for_a_kill_and_nothing_is_said(tmp_path: Path, texts: list[str]) -> None:
    below = kill_while_a_task_runs(texts, tmp_path / "marks")
    assert len(below) == 2
    assert have_ended(below)
    # Once more in a process that shares its stderr with the tracker, which speaks last.
    command = [sys.executable, "-m", "tests.hardening.kills", str(tmp_path / "others"), *texts]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.fixture
def project(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is sent to workers file by file, of which two are to blame."""
    monkeypatch.setattr(extract_files, "SMALL_BYTES", 0)
    monkeypatch.setattr(extract_files, "CHUNK_BYTES", 1)
    bomb = "x = " + "(" * 20_000 + "1" + ")" * 20_000
    return write({"broken.py": "x = = 1\n", "bomb.py": bomb, **{f"m{n}.py": f"{CLASS}x = {n}\n" for n in range(40)}})


@ALL
@pytest.mark.parametrize("after", [[1], [20], [42], [2, 10, 30]], ids=["start", "middle", "end", "thrice"])
def test_a_kill_changes_nothing_in_the_report(
    project: Path, scan: Scan, monkeypatch: pytest.MonkeyPatch, texts: list[str], after: list[int]
) -> None:
    expected = scan(project, "-j", "2")
    killing = Killing(texts, after)
    monkeypatch.setattr(load, "load_executor", lambda name: killing.open)
    assert scan(project, "-j", "2") == expected
    assert killing.tasks == 42
    assert have_ended(killing.below)


def test_who_kills_again_and_again_is_told_of_and_no_file_is_blamed() -> None:
    with open_processes(2) as executor:
        future = executor.submit(time.sleep, 100, 200)
        wait_until(lambda: (kill(os.getpid(), [SERVER]), future.done())[-1])
        error = future.exception()
        assert isinstance(error, ExecutorError)
        assert executor.submit(abs, -1, 1).exception() is error
    assert str(error) == (
        "the processes that read files were killed 6 times. If memory has run out, scan with fewer --jobs"
    )


GONE = """
from ssot_lint.workers.forked import ForkedContext

class Gone:
    def __reduce__(self):
        return int, ("gone",)

if __name__ == "__main__":
    worker = ForkedContext().Process(target=print, args=(Gone(),))
    worker.start()
    worker.join()
    print(worker.exitcode)
"""


def test_a_worker_whose_state_has_gone_says_nothing() -> None:
    ended = subprocess.run([sys.executable, "-c", GONE], capture_output=True, check=False)
    assert (ended.stdout, ended.stderr) == (b"1\n", b"")


FORGOTTEN = """
import os, sys
from multiprocessing import resource_tracker
from ssot_lint.workers.forked import ForkedContext
from ssot_lint.workers.processes import _silent_tracker
from tests.hardening.kills import TRACKER, kill

with _silent_tracker():
    context = ForkedContext()
    lock = context.RLock()
    name = lock._semlock.name
    if "before" in sys.argv:
        kill(os.getpid(), [TRACKER])
    context.forget_locks()
    if "after" in sys.argv:
        kill(os.getpid(), [TRACKER])
    del lock
    print(os.path.exists("/dev/shm/sem." + name.lstrip("/")))
    resource_tracker.ensure_running()
"""


@pytest.mark.parametrize("when", [[], ["before"], ["after"], ["before", "after"]])
def test_whoever_tracks_locks_never_complains_of_one_it_does_not_know(when: list[str]) -> None:
    command = [sys.executable, "-c", FORGOTTEN, *when]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert (ended.stdout, ended.stderr) == (b"False\n", b"")


def test_a_scan_that_is_given_up_is_one_line(write: Write, scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"a.py": CLASS, "endless.py": ENDLESS})
    killing = Killing([SERVER], [1])
    monkeypatch.setattr(steady, "MOST_POOLS", 1)
    monkeypatch.setattr(load, "load_executor", lambda name: killing.open)
    ended = scan(root)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith("error: the processes that read files were killed 1 times")
    assert have_ended(killing.below)


@pytest.mark.parametrize("texts", [[SERVER], [SERVER, TRACKER]], ids=["server", "both"])
@pytest.mark.parametrize("is_mended", [True, False])
def test_an_interruption_after_a_kill_leaves_nobody_behind(write: Write, texts: Sequence[str], is_mended: bool) -> None:
    # So large that each is a chunk of its own, and both workers are busy.
    root = write({f"endless{number}.py": f"{ENDLESS}# {str(number) * 200_000}\n" for number in range(2)})
    scan = subprocess.Popen(
        [*MODULE, "scan", "-q", "-j", "2", "--no-cache"], cwd=root, stderr=subprocess.PIPE, start_new_session=True
    )
    wait_until(lambda: len(workers(scan.pid)) == 2)
    time.sleep(1)  # until they are at the files
    below = kill(scan.pid, texts)
    if is_mended:
        # Far sooner than the old ones would end by themselves.
        wait_until(lambda: len(workers(scan.pid)) == 2, DEADLINE_SECONDS)
    below += workers(scan.pid) + living_children(scan.pid)
    scan.send_signal(signal.SIGINT)
    assert scan.wait(60) == 130
    assert have_ended(below)
    # It would wait for whoever is left.
    assert scan.communicate()[1] == b""
