"""Kills what an executor is made of, while it works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from ssot_lint.workers.extract_files import DEADLINE_SECONDS
from ssot_lint.workers.interface import A, Executor, R
from ssot_lint.workers.processes import open_processes

SERVER, TRACKER = "multiprocessing.forkserver import main", "multiprocessing.resource_tracker import main"


def living_children(parent: int, text: str = "") -> list[int]:
    """The processes below ``parent`` that have not ended and have ``text`` in their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit():
                continue
            state, above, *_ = (entry / "stat").read_text().rpartition(")")[2].split()
            if state != "Z" and int(above) == parent and text in (entry / "cmdline").read_bytes().decode():
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def workers(parent: int) -> list[int]:
    """The processes that the server of ``parent`` has forked."""
    return [worker for server in living_children(parent, SERVER) for worker in living_children(server)]


def is_alive(pid: int) -> bool:
    """Whether a process runs, be it ours or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(parent: int, texts: Sequence[str]) -> list[int]:
    """Kill these below ``parent``; all that ran below the server before."""
    below = workers(parent)
    killed = [pid for text in texts for pid in living_children(parent, text)]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, killed)))  # it takes a moment
    return below


class Killing:
    """The built-in executor, killed right after some of its tasks have been given to it (they count from 1)."""

    def __init__(self, texts: Sequence[str], after: Sequence[int]) -> None:
        self._texts, self._after = texts, after
        self.tasks, self.below = 0, list[int]()

    @contextmanager
    def open(self, jobs: int) -> Iterator[Executor]:
        """Open it."""
        with open_processes(jobs) as self._executor:
            yield self

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:
        """Begin a task, and kill."""
        future = self._executor.submit(task, argument, deadline)
        self.tasks += 1
        if self.tasks in self._after:
            self.below += kill(os.getpid(), self._texts)
        return future


def wait_until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that is soon to come."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def have_ended(pids: Sequence[int]) -> bool:
    """Whether these end long before their deadline would end them, which is twice that of a file."""
    wait_until(lambda: not any(map(is_alive, pids)), DEADLINE_SECONDS)
    return True


def kill_while_a_task_runs(texts: Sequence[str], marks: Path) -> list[int]:
    """Kill once, in the middle of a task that notes who does it; those that were below the server.

    Asserts that the task is done again if need be, and by somebody else.
    """
    shell = f"echo $PPID >> {marks}; sleep 1"
    with open_processes(2) as executor:
        future = executor.submit(subprocess.call, ["sh", "-c", shell], 60)
        wait_until(marks.exists)
        below = kill(os.getpid(), texts)
        assert future.result() == 0
    done_by = marks.read_text().split()
    assert len(set(done_by)) == len(done_by) == (2 if SERVER in texts else 1)
    return below


if __name__ == "__main__":
    kill_while_a_task_runs(sys.argv[2:], Path(sys.argv[1]))
