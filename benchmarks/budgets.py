"""What ssot-lint promises, and what the measurements say of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpora import SIZES
from benchmarks.figures import Verdict, judge, per_doubling, ratios, shown
from benchmarks.records import (
    FIX,
    START,
    FixResult,
    Result,
    SizeResult,
    StartResult,
    Step,
    cpu,
    cpu_of,
    main_mb,
    seconds,
    wall,
    worker_mb,
)
from benchmarks.starts import HELP, VERSION, WARM

COLD_PER_FLOOR = 1.25
GROWTH_PER_DOUBLING = 2.1
COLD_PER_WARM = 40
COLD_PER_EDITED = 25
COLD_PER_CHANGED = 15
WORKER_MB = 400
START_CPU_SECONDS = 0.25
FIX_PER_COLD = 1.5
RULES_PERCENT = 12


@dataclass(frozen=True)
class Check:
    """One budget and what was measured, both as they are shown."""

    what: str
    measured: str
    budget: str
    verdict: Verdict


def check_all(results: Mapping[str, Result]) -> list[Check]:
    """Every budget that ``results`` can tell about: those of size on the largest corpus, repetition aside."""
    sizes = [result for name in SIZES if isinstance(result := results.get(name), SizeResult)]
    checks = [*check_size(sizes[-1])] if sizes else []
    if len(sizes) > 1:
        checks += check_growth(*sizes[-2:])
    start = results.get(START)
    if isinstance(start, StartResult):
        checks += check_start(start)
    fix = results.get(FIX)
    if isinstance(fix, FixResult):
        checks += check_fix(fix)
    return checks


def main_mb_budget(lines: int) -> float:
    """The memory that the main process may take: 250 MB, and 100 MB for each million lines."""
    return 250 + 100 * lines / 1e6


def check_size(result: SizeResult) -> Iterator[Check]:
    """Time against the floor and between scans, and memory."""
    rounds = result.rounds
    for jobs, cold, floor in (("1 worker", Step.COLD_1, Step.FLOOR_1), ("2 workers", Step.COLD_2, Step.FLOOR_2)):
        for kind, of in (("time", seconds), ("CPU", cpu)):
            values = ratios(of(rounds, cold), of(rounds, floor))
            what = f"cold scan against LibCST's parse alone, {jobs}, {kind}"
            yield _at_most(what, values, COLD_PER_FLOOR, unit=" x")
    for step, what, least in (
        (Step.WARM, "cold scan against a second one, nothing changed", COLD_PER_WARM),
        (Step.EDITED, "cold scan against a second one, a function edited", COLD_PER_EDITED),
        (Step.CHANGED, "cold scan against a second one, definitions added to a file", COLD_PER_CHANGED),
    ):
        yield _at_least(what, ratios(seconds(rounds, Step.COLD_2), seconds(rounds, step)), least)
    shares = [
        100 * share
        for share in ratios([of.stages[Step.COLD_1]["rules"] for of in rounds], seconds(rounds, Step.COLD_1))
    ]
    yield _at_most("all rules, of the time of a cold scan, 1 worker", shares, RULES_PERCENT, " %", 0)
    yield _at_most("memory of the main process", main_mb(rounds), main_mb_budget(result.lines), " MB", 0)
    yield _at_most("memory of the largest worker", worker_mb(rounds), WORKER_MB, " MB", 0)


def check_growth(small: SizeResult, large: SizeResult) -> Iterator[Check]:
    """How the time of a cold scan grows from one corpus to another."""
    growth = large.lines / small.lines
    for jobs, step in (("1 worker", Step.COLD_1), ("2 workers", Step.COLD_2)):
        values = per_doubling(seconds(small.rounds, step), seconds(large.rounds, step), growth)
        what = f"cold scan, {jobs}, each time that the lines double, from {small.corpus} to {large.corpus} lines"
        yield _at_most(what, values, GROWTH_PER_DOUBLING, unit=" x")


def check_start(result: StartResult) -> Iterator[Check]:
    """CPU time of what needs no scan, and which commands stay free of heavy modules."""
    for option in (VERSION, HELP):
        yield _at_most(f"{option}, CPU", [cost.cpu for cost in result.runs[option]], START_CPU_SECONDS, " s", 3)
    for command, heavy in ((VERSION, ("libcst", "networkx")), (HELP, ("libcst", "networkx")), (WARM, ("libcst",))):
        found = [module for module in heavy if module in result.loaded[command]]
        what = f"{command}, imports of {' and '.join(heavy)}"
        yield Check(what, " and ".join(found) or "none", "none", Verdict.MISSED if found else Verdict.MET)


def check_fix(result: FixResult) -> Iterator[Check]:
    """What ``fix`` costs, all that it reads included, against a cold scan of the same files."""
    for kind, of in (("time", wall), ("CPU", cpu_of)):
        values = ratios([of(each.fix) for each in result.rounds], [of(each.scan) for each in result.rounds])
        yield _at_most(f"fix of {result.changed:,} files against a cold scan, {kind}", values, FIX_PER_COLD, unit=" x")


def _at_most(what: str, values: Sequence[float], limit: float, unit: str = "", digits: int = 2) -> Check:
    budget = f"at most {limit:,.{0 if digits == 0 else 2}f}{unit}"
    return Check(what, shown(values, digits, unit), budget, judge(values, limit))


def _at_least(what: str, values: Sequence[float], least: float) -> Check:
    verdict = judge([1 / value for value in values], 1 / least)
    return Check(what, shown(values, 0, " x"), f"at least {least} x", verdict)
