"""Where extraction runs: the seam between a scan and the processes or machines that read its files.

An executor is an entry point of the group ``ssot_lint.executors``: a function that takes the number of jobs and
returns a context manager around an :class:`Executor`. Its name is what ``--executor`` takes.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, TypeAlias, TypeVar

from ssot_lint.errors import PluginError
from ssot_lint.text.requirement import with_extras
from ssot_lint.text.suggest import suggestion

ENTRY_POINT_GROUP = "ssot_lint.executors"

A = TypeVar("A")
R = TypeVar("R")


class Executor(Protocol):
    """Runs tasks elsewhere, in the manner of :class:`concurrent.futures.Executor`."""

    def submit(self, task: Callable[[A], R], argument: A, deadline: float) -> Future[R]:
        """Begin ``task(argument)``. ``task`` is a function of a module, ``argument`` and the result can be pickled.

        The future ends with TimeoutError when the task has used ``deadline`` seconds of a processor, or by far as
        many by the clock where that is not known, with MemoryError when it ran out of memory, and with any other
        exception when whoever ran it died of it. None of these harms another task. When whoever runs tasks is ended
        from outside, they are run again; it ends with ExecutorError when that is in vain.
        """
        ...


OpenExecutor: TypeAlias = Callable[[int], AbstractContextManager[Executor]]
"""Opens an executor with that many processes. An exception that leaves the block drops what is still running."""


def load_executor(name: str) -> OpenExecutor:
    """The function that opens the installed executor ``name``.

    Raises PluginError when there is none of that name, or when it cannot be imported.
    """
    known = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    if name not in known:
        raise PluginError(f'no executor is called "{name}"', suggestion(name, known, "Install the package that has it"))
    return _load(known[name])


def _load(point: EntryPoint) -> OpenExecutor:
    try:
        opened: OpenExecutor = point.load()
    except ImportError as error:
        own = point.dist if point.dist and point.dist.name == "ssot-lint" else None
        extra = f"Install what it needs: {with_extras(own, [point.name])}" if own else ""
        raise PluginError(f'executor "{point.name}" cannot be loaded: {error}', extra) from error
    return opened
