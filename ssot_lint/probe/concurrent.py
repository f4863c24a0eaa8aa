"""The fixture `concurrent_identities`: the test of concurrent users that everybody writes by hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from inspect import iscoroutinefunction

from ssot_lint.model.probe import Level, Observation
from ssot_lint.probe.section import failure

_TIMEOUT = 60.0
"""Seconds that one waits for the others to start. All are started at once, so this is long."""


@dataclass(frozen=True)
class Verdict:
    """What running for several identities at once gave: the results by identity, and all that the test has shown."""

    results: dict[str, object]
    observations: tuple[Observation, ...]

    @property
    def errors(self) -> tuple[Observation, ...]:
        """The observations that are wrong for certain."""
        return tuple(each for each in self.observations if each.level is Level.ERROR)

    @property
    def is_clean(self) -> bool:
        """Whether there are no errors."""
        return not self.errors

    def __str__(self) -> str:
        return failure(self.observations) or "nothing is shared between identities"


class ConcurrentIdentities:
    """Runs a callable once for each identity, all at the same time. ``look`` says what the probe has seen."""

    def __init__(self, look: Callable[[], list[Observation]]) -> None:
        self._look = look

    def __call__(self, run: Callable[[str], object], identities: int | Sequence[str] = 5) -> Verdict:
        """Run in threads, or in tasks of a new event loop if ``run`` is a coroutine function.

        Raises what the first identity raised, when all have ended.
        """
        if iscoroutinefunction(run):
            return asyncio.run(self.in_tasks(run, identities))
        names = _names(identities)
        barrier = threading.Barrier(len(names))

        def start(name: str) -> object:
            barrier.wait(_TIMEOUT)
            return run(name)

        with ThreadPoolExecutor(len(names)) as pool:
            futures = [pool.submit(start, name) for name in names]
        return self._verdict(names, [future.result() for future in futures])

    async def in_tasks(self, run: Callable[[str], Awaitable[object]], identities: int | Sequence[str] = 5) -> Verdict:
        """Run in tasks of the running event loop: for tests that are coroutines themselves."""
        names = _names(identities)
        everybody = asyncio.Event()
        waiting = len(names)

        async def start(name: str) -> object:
            nonlocal waiting
            waiting -= 1
            if not waiting:
                everybody.set()
            await everybody.wait()
            return await run(name)

        results = await asyncio.gather(*(start(name) for name in names), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return self._verdict(names, results)

    def _verdict(self, names: Sequence[str], results: Sequence[object]) -> Verdict:
        return Verdict(dict(zip(names, results, strict=True)), tuple(self._look()))


def _names(identities: int | Sequence[str]) -> list[str]:
    """The identities, distinct and at least one. Raises ValueError for anything else."""
    names = [f"user-{number}" for number in range(1, identities + 1)] if isinstance(identities, int) else [*identities]
    if not names or len(set(names)) < len(names):
        raise ValueError("concurrent_identities needs one identity or more, each once")
    return names
