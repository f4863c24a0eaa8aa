"""The built-in executor: processes of this machine, each replaced when what it reads kills it.

LibCST can kill its interpreter (deep nesting) or never come back (nested patterns). pebble's pool survives both: it
ends a task that overruns its deadline with the process it runs in, and starts another. What kills the pool itself is
mended in :mod:`~ssot_lint.workers.steady`.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.workers.interface import A, Executor, R
from ssot_lint.workers.interrupts import interrupts_held
from ssot_lint.workers.quiet import silence
from ssot_lint.workers.steady import PATIENCE, open_steady

if sys.platform != "win32":
    from ssot_lint.workers.forked import ForkedContext

if TYPE_CHECKING:
    from pebble import ProcessPool

_CPU_SHARE = Path("/sys/fs/cgroup/cpu.max")

WORKER_MEMORY_BYTES = 3 * 1024**3
"""Address space of a worker; ordinary files need a tenth of it."""


def available_cpus() -> int:
    """The processors that this process may use: its affinity and, in a container, its share (cgroup v2)."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _CPU_SHARE.read_text(encoding="ascii").split()
        return max(1, min(cpus, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no cgroup, or "max": no limit
        return cpus


@contextmanager
def open_processes(jobs: int) -> Iterator[Executor]:
    """``jobs`` processes, limited in memory, that collect no garbage and import nothing from the working directory.

    Raises ExecutorError from its tasks when those processes are killed again and again.
    """
    with safe_environment(), _silent_tracker(), open_steady(partial(_open_pool, jobs), run_limited) as executor:
        yield executor


@contextmanager
def _open_pool(jobs: int) -> Iterator[ProcessPool]:
    # Imported here: a scan in which nothing changed opens no pool, and pebble brings asyncio.
    from pebble import ProcessPool

    context = _context()
    pool = ProcessPool(max_workers=jobs, initializer=prepare_worker, context=context)
    try:
        yield pool
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it out of its annotations
        pool.join()
        if sys.platform != "win32" and isinstance(context, ForkedContext):
            context.forget_locks()


@contextmanager
def _silent_tracker() -> Iterator[None]:
    """Python would warn of what is mended here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "resource_tracker: process died", UserWarning)
        yield


def _context() -> BaseContext:
    """How workers start: forked from a server that has loaded the extractor, where the platform can."""
    if sys.platform == "win32":
        return get_context("spawn")
    if sys.version_info < (3, 11) and sys.platform == "linux":
        # Without safe-path (see below) a fresh interpreter would import modules of the scanned folder.
        return get_context("fork")
    context = ForkedContext()
    context.set_forkserver_preload(["ssot_lint.extract.extractor"])
    resource_tracker.ensure_running()
    with interrupts_held():
        forkserver.ensure_running()
    return context


@contextmanager
def safe_environment() -> Iterator[None]:
    """Keep the working directory, which may be the scanned tree, off the import path of fresh interpreters."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def run_limited(task: Callable[[A], R], argument: A, deadline: float) -> R:
    """``task(argument)`` in a process that ends when it has used up its deadline, or long after, if nobody is left to
    end it.

    A busy machine takes long for what is little work, so the processor's time counts. Whoever started the process may
    have been killed, and what LibCST never finishes would go on for ever.
    """
    if sys.platform == "win32":
        return task(argument)
    # The default action of both signals ends the process, whatever that is doing.
    signal.setitimer(signal.ITIMER_PROF, deadline)
    signal.alarm(math.ceil(2 * PATIENCE * deadline))
    try:
        return task(argument)
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def prepare_worker() -> None:
    """Make this process one that only extracts."""
    from ssot_lint.extract.unchecked_leaves import leave_leaves_unchecked  # LibCST is not needed before

    # Syntax trees and facts hold no cycles: collecting garbage would cost a third of the time for nothing.
    gc.disable()
    leave_leaves_unchecked()
    # pebble's own handler would wait for the parser to come back, and pebble three seconds for the handler.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # What dies in native code says so at length. Whoever gave the task learns of it otherwise.
    silence()
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = WORKER_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(WORKER_MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
