"""Extraction in this process: for trusted sources, in tests of rules. What kills the parser kills the process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from ssot_lint.workers.interface import A, Executor, R


class InlineExecutor:
    """An :class:`Executor` that has done a task when it hands out the future; deadlines are not kept."""

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:  # noqa: ARG002 - see Executor
        """Do ``task(argument)``. Raises what it raises."""
        future: Future[R] = Future()
        future.set_result(task(argument))
        return future


@contextmanager
def open_inline(_jobs: int) -> Iterator[Executor]:
    """The one executor there can be."""
    yield InlineExecutor()
