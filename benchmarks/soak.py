"""Runs the properties of ``tests/fuzz`` for long, over new programs each time.

    python -m benchmarks.soak --minutes 20 --seed 1

Prints how many programs were tried and what became of them. A program that breaks a property is shrunk and saved, and
the seed that found it is printed: `--seed` with that number begins there. Returns 1 if there was any.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.wheels import cache_folder, wheel_sources
from ssot_lint.workers.interface import Executor
from ssot_lint.workers.processes import open_processes
from tests.fuzz.mutations import mutants, programs, several
from tests.fuzz.properties import check_extraction, check_neighbours, check_scan
from tests.fuzz.zoo import ZOO

WHEEL = "django==5.2"
BATCH = {"mutants": 200, "programs": 10, "neighbours": 20, "scans": 60}
"""How many programs, or groups of files, share a seed: a second or two of each property."""


@dataclass
class Tally:
    """What happened so far. ``last`` is what was tried last, ``worst`` the longest that anything took in seconds."""

    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    crashes: int = 0
    worst: float = 0.0
    last: tuple[bytes, ...] = ()

    def run(self, name: str, contents: Sequence[bytes], check: Callable[[], str]) -> None:
        """Count one run of ``check``, which says what became of ``contents``."""
        self.tried[name] += 1
        self.last = tuple(contents)
        start = time.perf_counter()
        try:
            self.outcomes[check()] += 1
        finally:
            self.worst = max(self.worst, time.perf_counter() - start)

    def summary(self) -> str:
        """All of it, a line each."""
        counts = [*(f"tried, {name}: {number}" for name, number in sorted(self.tried.items()))]
        counts += [f"ended as {name}: {number}" for name, number in sorted(self.outcomes.items())]
        return "\n".join([*counts, f"worst time: {self.worst:.2f} s", f"crashes: {self.crashes}", *self.failures])


class Soak:
    """The properties over one set of files."""

    def __init__(self, files: Sequence[bytes], one: Executor, more: Executor) -> None:
        self._files, self._one, self._more = files, one, more
        self.tally = Tally()

    def batch(self, number: int) -> None:
        """Try the programs of the seed ``number`` with the property whose turn it is."""
        name = list(BATCH)[number % len(BATCH)]
        chosen = settings(
            max_examples=BATCH[name],
            deadline=None,
            database=None,
            # To shrink a program of hypothesmith takes minutes, and it is small as it is.
            phases=[Phase.generate] if name == "programs" else [Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        try:
            seed(number)(chosen(self._property(name)))()
        except Exception as error:
            self._note(name, number, error)

    def _property(self, name: str) -> Callable[[], None]:
        tally, files = self.tally, self._files

        def extraction(content: bytes) -> None:
            tally.run(name, [content], lambda: type(check_extraction(content, self._one)).__name__)

        def neighbours(contents: dict[str, bytes]) -> None:
            check = check_neighbours
            tally.run(name, list(contents.values()), lambda: check(contents, self._one, self._more))

        def scans(contents: dict[str, bytes]) -> None:
            tally.run(name, list(contents.values()), lambda: check_scan(contents))

        if name == "neighbours":
            return given(several(files))(neighbours)
        if name == "scans":
            return given(several(files))(scans)
        return given(programs() if name == "programs" else mutants(files))(extraction)

    def _note(self, name: str, number: int, error: Exception) -> None:
        """Count and save a failure; what was tried last is its smallest form."""
        tally = self.tally
        tally.crashes += not isinstance(error, AssertionError)
        folder = cache_folder() / "soak" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        for index, content in enumerate(tally.last):
            (folder / f"{index}.py").write_bytes(content)
        tally.failures.append(f"{name}, seed {number}: {type(error).__name__}: {str(error)[:300]} (saved in {folder})")


def main(arguments: Sequence[str]) -> int:
    """Soak for some minutes. Returns 1 if a property was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20.0, help="how long (20)")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; each batch takes the next (0)")
    chosen = parser.parse_args(arguments)
    files = [*ZOO * 20, *wheel_sources(WHEEL).values()]
    end = time.monotonic() + chosen.minutes * 60
    number: int = chosen.seed
    with open_processes(1) as one, open_processes(2) as more:
        soak = Soak(files, one, more)
        while time.monotonic() < end:
            soak.batch(number)
            number += 1
    sys.stdout.write(f"{soak.tally.summary()}\nseeds: {chosen.seed} to {number - 1}\n")
    return 1 if soak.tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
