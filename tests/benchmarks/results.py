"""Results made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.measure import Cost
from benchmarks.records import SCANS, Round, SizeResult, StartResult, Step, Surroundings
from benchmarks.starts import HELP, NOTHING, VERSION, WARM

HERE = Surroundings(revision="abc1234", python="3.11.7", libcst="1.9.0", processor="Fast", cpus=2, load=(0.5, 2.0))


def cost(seconds: float, cpu: float | None = None, main_mb: float = 100.0, worker_mb: float = 50.0) -> Cost:
    return Cost(seconds, seconds if cpu is None else cpu, main_mb, worker_mb)


def a_round(
    floor: float = 10.0,
    cold: float = 12.0,
    warm: float = 0.25,
    changed: float = 0.5,
    edited: float = 0.4,
    main_mb: float = 100.0,
) -> Round:
    times = {
        Step.FLOOR_1: 2 * floor,
        Step.COLD_1: 2 * cold,
        Step.FLOOR_2: floor,
        Step.COLD_2: cold,
        Step.WARM: warm,
        Step.EDITED: edited,
        Step.CHANGED: changed,
    }
    costs = {step: cost(seconds, main_mb=main_mb) for step, seconds in times.items()}
    return Round(costs, {step: {"discover": 0.25, "rules": times[step] / 2} for step in SCANS})


def a_size(corpus: str, lines: int, rounds: list[Round]) -> SizeResult:
    return SizeResult(corpus, lines // 100, lines, rounds, HERE)


def a_start(loaded: Mapping[str, list[str]]) -> StartResult:
    runs = {command: [cost(0.2, 0.125)] * 3 for command in (VERSION, HELP, NOTHING)}
    return StartResult(runs, {VERSION: [], HELP: [], WARM: [], **loaded}, HERE)
