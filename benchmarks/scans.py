"""Scans with ssot-lint, cold and warm, and the floor below them."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import Corpus
from benchmarks.measure import BenchmarkError, Cost, Observation, observe, succeeded
from benchmarks.records import Round, Step

_FLOOR = Path(__file__).with_name("floor.py")
_STAGE = re.compile(r"^ *(\d+\.\d{3}) s  (?!SSOT\d)(.+)$", re.MULTILINE)
_FILES = re.compile(rb"([\d,]+)\s+files?,\s+[\d,]+\s+lines?")
_HEAVY = re.compile(r"\| +(libcst|networkx)$", re.MULTILINE)
_ADDED = (
    "\n\nimport json as added_json\n"
    "\n\nclass Added{0}:\n    def load(self, text):\n        return added_json.loads(text)\n"
    "\n\ndef added_by_the_benchmark_{0}(value):\n    return [value, {0}]\n"
)


class Scan(NamedTuple):
    """A scan: what it cost, the seconds of its stages, and what it printed."""

    cost: Cost
    stages: dict[str, float]
    report: bytes


@dataclass(frozen=True)
class Bench:
    """A corpus and the folder of the commands to scan it with."""

    commands: Path
    corpus: Corpus

    def floor(self, jobs: int) -> Cost:
        """Parse the files with LibCST, and do nothing else. Raises BenchmarkError if one of them cannot be parsed."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as paths:
            paths.writelines(f"{path}\n" for path in self.corpus.paths)
            paths.flush()
            command = [str(self.commands / "python"), str(_FLOOR), str(jobs), paths.name]
            seen = succeeded(command, observe(command, self.corpus.root))
        self._check(int(seen.stdout), "parsed")
        return seen.cost

    def scan(self, jobs: int, cache: Path) -> Scan:
        """Scan as a user does, with that cache folder. Raises BenchmarkError if files are missing in the report."""
        seen = self._run([str(self.commands / "ssot-lint")], jobs, cache)
        self._check(files_of(seen.stdout), "scanned")
        return Scan(seen.cost, stages_of(seen.stderr), seen.stdout)

    def loaded_by_scan(self, cache: Path) -> list[str]:
        """The heavy modules that a scan with that cache folder imports."""
        traced = [str(self.commands / "python"), "-X", "importtime", "-m", "ssot_lint"]
        return heavy_modules(self._run(traced, 2, cache).stderr)

    def _run(self, program: list[str], jobs: int, cache: Path) -> Observation:
        options = ["--isolated", "--exit-zero", "--no-progress", "--verbose"]
        command = [*program, "scan", ".", *options, "--jobs", str(jobs), "--cache-dir", str(cache)]
        return succeeded(command, observe(command, self.corpus.root))

    def _check(self, count: int, what: str) -> None:
        if count != len(self.corpus.paths):
            raise BenchmarkError(f"{self.corpus.name}: {count} of {len(self.corpus.paths)} files were {what}")


def run_round(bench: Bench, number: int) -> Round:
    """Take every step once. Every other round goes the other way, so that a drift favours neither side."""
    is_forward = number % 2 == 0
    with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as folder:
        caches = {jobs: Path(folder, f"cache-{jobs}") for jobs in (1, 2)}
        floors: dict[int, Cost] = {}
        scans: dict[int, Scan] = {}
        for jobs in sorted(caches, reverse=not is_forward):
            if is_forward:
                floors[jobs] = bench.floor(jobs)
            scans[jobs] = bench.scan(jobs, caches[jobs])
            if not is_forward:
                floors[jobs] = bench.floor(jobs)
        warm = bench.scan(2, caches[2])
        if warm.report != scans[2].report:
            raise BenchmarkError(f"{bench.corpus.name}: the second scan reports something else than the first")
        with changed(bench.corpus.middle, edited, number):
            after_edit = bench.scan(2, caches[2])
        bench.scan(2, caches[2])  # so that each change is one to a state that was scanned
        with changed(bench.corpus.middle, extended, number):
            after_addition = bench.scan(2, caches[2])
    by_step = {
        Step.COLD_1: scans[1],
        Step.COLD_2: scans[2],
        Step.WARM: warm,
        Step.EDITED: after_edit,
        Step.CHANGED: after_addition,
    }
    return Round(
        costs={
            Step.FLOOR_1: floors[1],
            Step.FLOOR_2: floors[2],
            **{step: scan.cost for step, scan in by_step.items()},
        },
        stages={step: scan.stages for step, scan in by_step.items()},
    )


@contextmanager
def changed(file: Path, change: Callable[[str, int], str], number: int) -> Iterator[None]:
    """``file`` is what ``change`` makes of its text, something else for each ``number``."""
    before = file.read_bytes()
    file.write_text(change(before.decode(), number), encoding="utf-8", newline="")
    try:
        yield
    finally:
        file.write_bytes(before)


def edited(text: str, number: int) -> str:
    """``text`` with another statement at the end of its first function, or at its own end where it has none."""
    functions = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    last = next((function.body[-1] for function in functions if function.body[-1].lineno > function.lineno), None)
    lines = text.splitlines(keepends=True)
    at, indent = (len(lines), "") if last is None else (_first_line(last) - 1, " " * last.col_offset)
    return "".join([*lines[:at], f"{indent}edited = {number}\n", *lines[at:]])


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def extended(text: str, number: int) -> str:
    """``text`` with an import, a class and a function more."""
    return text + _ADDED.format(number)


def files_of(report: bytes) -> int:
    """How many files a report in text says were scanned, wherever its lines are broken."""
    counts: list[bytes] = _FILES.findall(report)
    return int(counts[-1].replace(b",", b"")) if counts else 0


def stages_of(notes: str) -> dict[str, float]:
    """The seconds of each stage, from what ``--verbose`` says; single rules are left out."""
    return {name: float(seconds) for seconds, name in _STAGE.findall(notes)}


def heavy_modules(trace: str) -> list[str]:
    """Which of the modules that are slow to import are in a trace of ``-X importtime``."""
    return sorted(set(_HEAVY.findall(trace)))
