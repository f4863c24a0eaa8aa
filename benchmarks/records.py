"""What was measured, as data."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

import msgspec

from benchmarks.measure import Cost

START = "start"
PEERS = "peers"
FIX = "fix"


class Step(Enum):
    """What is measured in a round. A scan is cold when its cache is empty; it fills it."""

    FLOOR_1 = "floor, 1 worker"
    COLD_1 = "cold, 1 worker"
    FLOOR_2 = "floor, 2 workers"
    COLD_2 = "cold, 2 workers"
    WARM = "nothing changed"
    EDITED = "a function edited"
    CHANGED = "definitions added"


SCANS = (Step.COLD_1, Step.COLD_2, Step.WARM, Step.EDITED, Step.CHANGED)


class Round(msgspec.Struct, frozen=True):
    """One run of every step, paired: what lies close in time met the same conditions. ``stages`` has the wall-clock
    seconds of each stage of the scans, in the order they ran."""

    costs: dict[Step, Cost]
    stages: dict[Step, dict[str, float]]


class Surroundings(msgspec.Struct, frozen=True):
    """Where and on what a part was measured. The load is the average of the last minute, before and after."""

    revision: str
    python: str
    libcst: str
    processor: str
    cpus: int
    load: tuple[float, float]


class SizeResult(msgspec.Struct, frozen=True, tag=True):
    """Scans of one corpus."""

    corpus: str
    files: int
    lines: int
    rounds: list[Round]
    surroundings: Surroundings


class StartResult(msgspec.Struct, frozen=True, tag=True):
    """What it costs to start. ``runs`` are the costs by command, ``loaded`` the heavy modules that each imports."""

    runs: dict[str, list[Cost]]
    loaded: dict[str, list[str]]
    surroundings: Surroundings


class PeerRuns(msgspec.Struct, frozen=True):
    """One tool. ``problem`` says why its figures are no measure of its work; it is empty if they are."""

    name: str
    looks_for: str
    runs: list[Cost]
    problem: str


class PeersResult(msgspec.Struct, frozen=True, tag=True):
    """Other tools on the same files. The first of ``tools`` is ssot-lint's cold scan."""

    corpus: str
    files: int
    lines: int
    tools: list[PeerRuns]
    surroundings: Surroundings


class FixRound(msgspec.Struct, frozen=True):
    """A cold scan, a ``fix`` with an empty cache, and one after a scan: what close runs of them cost."""

    scan: Cost
    fix: Cost
    fix_after_scan: Cost


class FixResult(msgspec.Struct, frozen=True, tag=True):
    """``fix`` on a corpus in which ``changed`` files have to change."""

    corpus: str
    files: int
    lines: int
    changed: int
    rounds: list[FixRound]
    surroundings: Surroundings


Result: TypeAlias = SizeResult | StartResult | PeersResult | FixResult


def wall(cost: Cost) -> float:
    """Wall-clock seconds."""
    return cost.seconds


def cpu_of(cost: Cost) -> float:
    """CPU seconds."""
    return cost.cpu


def seconds(rounds: Sequence[Round], step: Step) -> list[float]:
    """Wall-clock seconds of a step in each round."""
    return [each.costs[step].seconds for each in rounds]


def cpu(rounds: Sequence[Round], step: Step) -> list[float]:
    """CPU seconds of a step in each round."""
    return [each.costs[step].cpu for each in rounds]


def main_mb(rounds: Sequence[Round]) -> list[float]:
    """The peak memory of the main process in each round, whichever scan it was in."""
    return [max(each.costs[step].main_mb for step in SCANS) for each in rounds]


def worker_mb(rounds: Sequence[Round]) -> list[float]:
    """The peak memory of the largest worker in each round, whichever scan it was in."""
    return [max(each.costs[step].worker_mb for step in SCANS) for each in rounds]
