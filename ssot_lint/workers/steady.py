"""Tasks that outlive the pool they run in.

Something from outside may end what a pool is made of: an OOM killer takes the server that forks its workers as well as
any other process. That says nothing about the tasks, so those that have not ended go to a new pool.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Future
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from ssot_lint.errors import ExecutorError
from ssot_lint.workers.interface import A, R

if TYPE_CHECKING:
    from pebble import ProcessPool

MOST_POOLS = 6
"""Pools that may break under one executor. Whoever ended that many would end the next one, too."""

PATIENCE = 10
"""Seconds by the clock for each second of a processor that a task may use: as long as that takes on a machine with ten
times as much to do as it has processors."""

_PATROL_SECONDS = 1.0

OpenPool: TypeAlias = Callable[[], "AbstractContextManager[ProcessPool]"]
"""Opens a pool. Leaving the block drops what still runs in it."""
Run: TypeAlias = Callable[[Callable[[Any], Any], Any, float], Any]
"""What a process does: a task with its argument, and with the seconds of a processor that it may use."""


class SteadyExecutor:
    """An :class:`~ssot_lint.workers.interface.Executor` over one pool after the other.

    A thread of its own opens and closes them, so that whoever waits for a task need not know of it.
    """

    def __init__(self, open_pool: OpenPool, run: Run) -> None:
        self._open_pool, self._run_task = open_pool, run
        self._tasks: dict[Future[Any], tuple[Callable[[Any], Any], Any, float]] = {}
        self._pool: ProcessPool | None = None
        self._error: BaseException | None = None
        self._is_closing = False
        self._lock = threading.RLock()
        self._opened, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def open(self) -> None:
        """Start the first pool. Raises what keeps it from starting."""
        self._thread.start()
        # Where workers are forked from this process, nobody in it may hold a lock meanwhile.
        self._opened.wait()
        if self._error is not None:
            raise self._error

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:
        """Begin ``task(argument)`` in one of the processes."""
        future: Future[R] = Future()
        with self._lock:
            if self._error is not None:
                future.set_exception(self._error)
                return future
            self._tasks[future] = task, argument, deadline
            if self._pool is not None:
                self._schedule(self._pool, future)
        return future

    def finish(self) -> None:
        """Wait for all tasks."""
        with self._lock:
            running = list(self._tasks)
        futures.wait(running)

    def close(self) -> None:
        """Drop what is still running."""
        self._is_closing = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            for _ in range(MOST_POOLS):
                # The pipe is that to the resource tracker, which may die as well.
                with suppress(BrokenExecutor, BrokenPipeError), self._open_pool() as pool:
                    self._serve(pool)
                if self._is_closing:
                    return
            raise ExecutorError(
                f"the processes that read files were killed {MOST_POOLS} times",
                "If memory has run out, scan with fewer --jobs",
            )
        except BaseException as error:  # in a thread; whoever waits must not wait for ever
            self._give_up(error)

    def _serve(self, pool: ProcessPool) -> None:
        """Let ``pool`` do all tasks until it breaks or is no longer needed."""
        try:
            if pool.active:  # asking starts it
                self._adopt(pool)
            while pool.active and not self._is_closing:
                # What a pool has not looked at when it breaks does not end, so nobody need have told of that.
                self._wake.wait(_PATROL_SECONDS)
                self._wake.clear()
        finally:
            with self._lock:
                self._pool = None

    def _adopt(self, pool: ProcessPool) -> None:
        with self._lock:
            self._pool = pool
            for future in list(self._tasks):
                self._schedule(pool, future)
        self._opened.set()

    def _schedule(self, pool: ProcessPool, future: Future[Any]) -> None:
        *_, deadline = self._tasks[future]
        try:
            inner = pool.schedule(self._run_task, args=self._tasks[future], timeout=PATIENCE * deadline)
        except RuntimeError:  # it has just broken: the task waits for the next one
            self._wake.set()
        else:
            inner.add_done_callback(partial(self._pass_on, pool, future))

    def _pass_on(self, pool: ProcessPool, future: Future[Any], inner: Future[Any]) -> None:
        """End ``future`` as ``inner`` did in ``pool``, unless that was for the sake of the pool."""
        error = futures.CancelledError() if inner.cancelled() else _as_timeout(inner.exception())
        with self._lock:
            if isinstance(error, BrokenExecutor):
                self._wake.set()
                return
            # A good result of a pool that has gone is one all the same, but nothing else it says can be relied on.
            if (error is not None and pool is not self._pool) or self._tasks.pop(future, None) is None:
                return
        if error is None:
            future.set_result(inner.result())
        else:
            future.set_exception(error)

    def _give_up(self, error: BaseException) -> None:
        is_ours = isinstance(error, ExecutorError) or not self._opened.is_set()
        with self._lock:
            self._error = error if is_ours else ExecutorError(f"no process can be started: {error}")
            lost, self._tasks = self._tasks, {}
        self._opened.set()
        for future in lost:
            future.set_exception(self._error)


def _as_timeout(error: BaseException | None) -> BaseException | None:
    """``error``, or a TimeoutError if that is why the process was ended."""
    from pebble import ProcessExpired

    is_late = sys.platform != "win32" and isinstance(error, ProcessExpired) and error.exitcode == -signal.SIGPROF
    return TimeoutError() if is_late else error


@contextmanager
def open_steady(open_pool: OpenPool, run: Run) -> Iterator[SteadyExecutor]:
    """An executor over pools, in which ``run`` does each task. An exception (Ctrl-C, say) drops what still runs."""
    executor = SteadyExecutor(open_pool, run)
    try:
        executor.open()
        yield executor
        executor.finish()
    finally:
        executor.close()
