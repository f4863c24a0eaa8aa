"""An executor that stays open between tasks that come one by one, as those of an editor do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ssot_lint.workers.interface import Executor, OpenExecutor


class KeptExecutor:
    """One process of an executor, started when it is first needed: starting one takes longer than most tasks."""

    def __init__(self, open_executor: OpenExecutor) -> None:
        self._open_executor = open_executor
        self._stack = ExitStack()
        self._executor: Executor | None = None

    @contextmanager
    def open(self, _jobs: int) -> Iterator[Executor]:
        """The executor; open it as any other. It is closed after an exception only, and opened again for the next
        task."""
        if self._executor is None:
            self._executor = self._stack.enter_context(self._open_executor(1))
        try:
            yield self._executor
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process, if there is one."""
        self._executor = None
        self._stack.close()
