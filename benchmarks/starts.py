"""What it costs to start: ``--version``, ``--help`` and an interpreter that does nothing, and what they import."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Cost, observe, succeeded
from benchmarks.scans import Bench, heavy_modules

VERSION, HELP = "--version", "--help"
NOTHING = "an interpreter that does nothing"
WARM = "a scan when nothing changed"


def run_starts(commands: Path, rounds: int) -> dict[str, list[Cost]]:
    """The costs by command, taken in turn."""
    program, python = str(commands / "ssot-lint"), str(commands / "python")
    every = {VERSION: [program, VERSION], HELP: [program, HELP], NOTHING: [python, "-c", "pass"]}
    costs: dict[str, list[Cost]] = {name: [] for name in every}
    for _ in range(rounds):
        for name, command in every.items():
            costs[name].append(succeeded(command, observe(command, commands)).cost)
    return costs


def heavy_modules_by_command(bench: Bench) -> dict[str, list[str]]:
    """The heavy modules that each command imports; the second scan is one in which nothing changed."""
    traced = [str(bench.commands / "python"), "-X", "importtime", "-m", "ssot_lint"]
    loaded = {
        option: heavy_modules(succeeded([*traced, option], observe([*traced, option], bench.commands)).stderr)
        for option in (VERSION, HELP)
    }
    with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as folder:
        bench.scan(2, Path(folder))
        return {**loaded, WARM: bench.loaded_by_scan(Path(folder))}
