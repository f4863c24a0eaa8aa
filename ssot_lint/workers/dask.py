"""An executor on a dask cluster, for repositories that outgrow one machine: ``pip install ssot-lint[dask]``.

The cluster is the one that dask's own settings name (``DASK_SCHEDULER_ADDRESS``); without one, processes of this
machine in dask's hands. Its workers need ssot-lint of the same version, and the setting ``distributed.worker.daemon:
false``: each of them runs tasks in a process below it, so that a file which kills the parser harms no other task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from logging import CRITICAL
from typing import cast

import dask
from distributed import Client, LocalCluster, Worker, WorkerPlugin, get_worker

from ssot_lint.errors import PluginError
from ssot_lint.workers.interface import A, Executor, R
from ssot_lint.workers.processes import open_processes

_PLUGIN = "ssot-lint"


class ClusterExecutor:
    """An :class:`Executor` over a dask client."""

    def __init__(self, client: Client) -> None:
        self._executor = client.get_executor(pure=False)

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:
        """Begin ``task(argument)`` on a worker of the cluster."""
        future: Future[R] = self._executor.submit(run_below_worker, task, argument, deadline)
        return future


class ProcessBelowWorker(WorkerPlugin):
    """Gives a worker of the cluster a process of its own to run tasks in."""

    name = _PLUGIN

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the signature of dask
        """Start it. Raises AssertionError in a worker that may have no child."""
        self._stack = ExitStack()
        self._executor = self._stack.enter_context(open_processes(1))
        self.run(bool, True, 60)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the signature of dask
        """End it."""
        self._stack.close()

    def run(self, task: Callable[[A], R], argument: A, deadline: float) -> R:
        """``task(argument)`` in that process; raises what the future would end with."""
        return self._executor.submit(task, argument, deadline).result()


def run_below_worker(task: Callable[[A], R], argument: A, deadline: float) -> R:
    """What a worker of the cluster does."""
    plugin = cast(ProcessBelowWorker, get_worker().plugins[_PLUGIN])
    return plugin.run(task, argument, deadline)


@contextmanager
def open_dask(jobs: int) -> Iterator[Executor]:
    """The cluster of dask's settings, or one of ``jobs`` processes here.

    Raises PluginError when the workers of that cluster may have no process below them.
    """
    with _client(jobs) as client:
        try:
            client.register_plugin(ProcessBelowWorker())
        except AssertionError as error:
            raise PluginError(f"dask: {error}", "Set distributed.worker.daemon to false for its workers") from error
        yield ClusterExecutor(client)


@contextmanager
def _client(jobs: int) -> Iterator[Client]:
    if dask.config.get("scheduler-address", None):
        with Client() as client:
            yield client
        return
    with dask.config.set({"distributed.worker.daemon": False}):
        here = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=CRITICAL)
        with here, Client(here) as client:
            yield client
