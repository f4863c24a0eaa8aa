"""Work on a project that two processors share.

A project is millions of objects that know each other: to send it would take longer than to ask it. A copy of the
process has it as it is, and the system copies of the memory what one of the two writes to.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

from ssot_lint.workers.interrupts import interrupts_held

T = TypeVar("T")

_THREADS = Path("/proc/self/task")
"""Where Linux lists the threads of this process."""
_PAGES = Path("/proc/self/statm")
"""The pages of this process; the second number is of those in memory."""
_AVAILABLE = Path("/proc/meminfo")
_LIMIT = Path("/sys/fs/cgroup/memory.max")
_TAKEN = Path("/sys/fs/cgroup/memory.current")
"""What a container may take, and has taken (cgroup v2)."""


def in_halves(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """What ``tasks`` return, in their order.

    This process begins with the first one and a copy of it with the last, until they meet: tasks that ask for the same
    should stand side by side. What the copy has not done, because it was killed or the task raised there, is done here;
    so is all, one after the other, where no copy can be made. What the copy does comes back as a pickle.
    """
    if len(tasks) < 2 or not _can_be_copied():
        return [task() for task in tasks]
    done: dict[int, T] = {}
    with _turns(len(tasks)) as has_turn, _copied(partial(_from_the_end, tasks, has_turn, os.getpid())) as answers:
        for place, task in enumerate(tasks):
            if not has_turn():
                break
            done[place] = task()
        done |= answers()
    return [done[place] if place in done else task() for place, task in enumerate(tasks)]


def _can_be_copied() -> bool:
    """Whether this is Linux, and this thread the only one, those of libraries counted: a copy has no other than the one
    that made it, and would wait for ever for what another one had locked. On macOS the system itself has some."""
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        return sum(1 for _ in _THREADS.iterdir()) == 1 and _has_room()
    return False


def _has_room() -> bool:
    """Whether as much memory is free as this process takes, of which its copy writes to nearly all: even to read an
    object is to count who holds it."""
    own = int(_PAGES.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    known = dict(line.split(":") for line in _AVAILABLE.read_text(encoding="ascii").splitlines())
    free = int(known["MemAvailable"].removesuffix("kB")) * 1024
    with suppress(OSError, ValueError):  # no container, or "max": no limit
        free = min(free, int(_LIMIT.read_text(encoding="ascii")) - int(_TAKEN.read_text(encoding="ascii")))
    return own <= free


@contextmanager
def _turns(count: int) -> Iterator[Callable[[], bool]]:
    """What says ``count`` times that there is something left to do, to whichever process asks first."""
    reading, writing = os.pipe()
    os.write(writing, bytes(count))
    os.close(writing)
    try:
        yield lambda: bool(os.read(reading, 1))
    finally:
        os.close(reading)


def _from_the_end(
    tasks: Sequence[Callable[[], object]], has_turn: Callable[[], bool], parent: int
) -> Mapping[int, bytes]:
    """What the last tasks return, by place, as long as the process ``parent`` waits for it."""
    done: dict[int, bytes] = {}
    for place in reversed(range(len(tasks))):
        if os.getppid() != parent or not has_turn():
            break
        with suppress(Exception):  # it comes up again where it can be told
            done[place] = pickle.dumps(tasks[place]())
    return done


@contextmanager
def _copied(work: Callable[[], Mapping[int, bytes]]) -> Iterator[Callable[[], Mapping[int, Any]]]:
    """A copy of this process that does ``work``. Yields what waits for its answers, of which a copy that died has
    none."""
    reading, writing = os.pipe()
    _flush()
    pid = 0
    try:
        with os.fdopen(reading, "rb") as pipe:
            with interrupts_held(), suppress(OSError):  # the system has no room for another process
                pid = os.fork()
                if pid == 0:
                    pipe.close()
                    _work_alone(work, writing)
            os.close(writing)
            yield partial(_answers, pipe)
    finally:
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _work_alone(work: Callable[[], Mapping[int, bytes]], writing: int) -> NoReturn:
    """Be the copy: whoever waits for the answers sees to everything else, Ctrl-C included."""
    try:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        answers = pickle.dumps(work())
        _flush()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answers)
    finally:
        os._exit(0)


def _answers(pipe: BinaryIO) -> Mapping[int, Any]:
    with suppress(Exception):  # it was killed before or while it answered
        found: Mapping[int, bytes] = pickle.loads(pipe.read())  # noqa: S301 - from this very process
        return {place: pickle.loads(each) for place, each in found.items()}  # noqa: S301
    return {}


def _flush() -> None:
    """Write what was printed: once, and by whoever printed it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
