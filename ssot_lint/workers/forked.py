"""Processes that a server forks, which may be killed as any other process; so may the tracker of their semaphores.

Python starts both again when it next needs them. What it does not see to: the children of a server that was killed
live on unwatched, and a new tracker complains of what it is told to forget.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import resource_tracker, util
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import RLock

from ssot_lint.workers.quiet import silence

_TRIES = 3
"""How often the tracker is spoken to. The first word to a dying one is lost."""

_LOST = 255
"""The exit code that Python makes up when the server can no longer tell it."""


class Worker(ForkServerProcess):
    """A process that is one of a broken pool as soon as its server is gone."""

    _is_ended = False

    def is_alive(self) -> bool:
        """Whether it runs. Raises BrokenProcessPool when nobody can tell any more.

        It may well be alive, and take tasks beside the process that replaces it.
        """
        if super().is_alive():
            return True
        if self.exitcode == _LOST and not self._is_ended:
            raise BrokenProcessPool("the server that forks was killed")
        return False

    def terminate(self) -> None:
        """End it, even if it counts as ended because its server is."""
        self._is_ended = True
        super().terminate()
        if self.exitcode == _LOST and self.pid is not None:
            with suppress(ProcessLookupError):
                # As nobody waits for it, its number may already be that of a stranger.
                if os.getpgid(self.pid) == os.getpgrp():
                    os.kill(self.pid, signal.SIGKILL)

    def __reduce__(self) -> tuple[Callable[[], Worker], tuple[()], dict[str, object]]:
        # Silent before its state is read: that fails at length when the locks in it have gone with a killed pool.
        return _silent_worker, (), vars(self)


def _silent_worker() -> Worker:
    silence()
    return Worker.__new__(Worker)


class ForkedContext(ForkServerContext):
    """Starts such processes."""

    Process = Worker

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 - the name is that of multiprocessing
        """A lock to share with them."""
        lock = super().RLock()
        self._locks.append(lock)
        return lock

    def forget_locks(self) -> None:
        """Give back what the locks take, now that nobody uses them.

        Python does so when it collects them, which may be long after another tracker has come that knows none of them.
        """
        names = [(lock._semlock.name,) for lock in self._locks]  # type: ignore[attr-defined]
        for finalizer in list(util._finalizer_registry.values()):  # type: ignore[attr-defined]
            if finalizer._args in names:
                _register(*finalizer._args)
                with suppress(OSError):  # the tracker dies right now, and no other one knows of the lock
                    finalizer()
        self._locks.clear()


def _register(semaphore: str) -> None:
    for _ in range(_TRIES):
        with suppress(OSError):  # the tracker is dying; the next call starts another
            resource_tracker.register(semaphore, "semaphore")
            return
