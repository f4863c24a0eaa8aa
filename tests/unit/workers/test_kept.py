from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ssot_lint.errors import ExecutorError
from ssot_lint.workers.inline import InlineExecutor
from ssot_lint.workers.interface import Executor
from ssot_lint.workers.kept import KeptExecutor


def test_it_is_opened_when_it_is_needed_and_closed_in_the_end_or_after_an_error() -> None:
    events: list[str] = []

    @contextmanager
    def opened(jobs: int) -> Iterator[Executor]:
        events.append(f"open {jobs}")
        try:
            yield InlineExecutor()
        finally:
            events.append("close")

    kept = KeptExecutor(opened)
    kept.close()
    assert events == []
    for _ in range(2):
        with kept.open(4) as executor:
            assert executor.submit(len, "abc", 1.0).result() == 3
    assert events == ["open 1"]
    with pytest.raises(ExecutorError), kept.open(1):
        raise ExecutorError("killed")
    assert events == ["open 1", "close"]
    with kept.open(1):
        pass
    kept.close()
    assert events == ["open 1", "close", "open 1", "close"]
