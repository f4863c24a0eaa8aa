"""Measures ssot-lint and writes the tables.

    python -m benchmarks.run --output docs/benchmarks.md      every size but 4m, and the start: about 20 minutes
    python -m benchmarks.run --only 4m --only peers --output docs/benchmarks.md
    python -m benchmarks.run --quick                          does it work?

The tables have all parts that were measured on this machine, now or earlier; --quick knows only its own.
A picture of the largest size comes to lie beside the output; `python scripts/gen_docs.py` then brings the first
sentence into the README.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import PEERS_ON, SIZES, WORKSPACE, open_corpus
from benchmarks.fixes import DETOURS, open_detours, run_fixes
from benchmarks.measure import BenchmarkError
from benchmarks.peers import run_peers
from benchmarks.picture import draw
from benchmarks.records import FIX, PEERS, START, FixResult, PeersResult, Result, SizeResult, StartResult
from benchmarks.scans import Bench, run_round
from benchmarks.starts import heavy_modules_by_command, run_starts
from benchmarks.store import load_now, look_around, store, stored
from benchmarks.tables import document
from benchmarks.venvs import install_checkout

SMALLEST = next(iter(SIZES))
PARTS = (START, *SIZES, WORKSPACE, PEERS, FIX)
DEFAULT_PARTS = (START, *SIZES)
QUICK_PARTS = (START, SMALLEST)
QUICK_ROUNDS = 2
PICTURE = "speed.svg"
"""Beside the document."""
LIMIT_SECONDS = 900.0
"""What a run of another tool may take."""


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the document or write it to a file. Returns 1 if a measurement would mean nothing."""
    given = _parse(arguments)
    chosen: list[str] = given.only or list(QUICK_PARTS if given.quick else DEFAULT_PARTS)
    results = {} if given.quick else stored(PARTS)
    try:
        commands = install_checkout()
        for part in chosen:
            rounds = given.rounds or (QUICK_ROUNDS if given.quick else rounds_of(part))
            results[part] = measure(part, commands, rounds, SMALLEST if given.quick else PEERS_ON)
            if not given.quick:
                store(part, results[part])
    except (BenchmarkError, subprocess.CalledProcessError) as error:
        _say(str(error))
        return 1
    text = document({part: results[part] for part in PARTS if part in results})
    if given.output:
        given.output.write_text(text, encoding="utf-8")
        given.output.with_name(PICTURE).write_text(draw(results), encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def rounds_of(part: str) -> int:
    """The larger a corpus, the steadier its figures, and the longer a round."""
    if part == START:
        return 20
    return 3 if part == WORKSPACE else 5


def measure(part: str, commands: Path, rounds: int, peers_on: str) -> Result:
    """Measure one part; other tools on the corpus ``peers_on``. Raises BenchmarkError."""
    load_before = load_now()
    if part == START:
        _say(f"{part}: {rounds} rounds")
        runs = run_starts(commands, rounds)
        loaded = heavy_modules_by_command(Bench(commands, open_corpus(SMALLEST)))
        return StartResult(runs, loaded, look_around(commands, load_before))
    if part == FIX:
        return measure_fix(commands, rounds, load_before)
    corpus = open_corpus(peers_on if part == PEERS else part)
    extent = (corpus.name, len(corpus.paths), corpus.lines)
    bench = Bench(commands, corpus)
    if part == PEERS:
        tools = run_peers(bench, rounds, LIMIT_SECONDS, _say)
        return PeersResult(*extent, tools, look_around(commands, load_before))
    measured = []
    for number in range(rounds):
        _say(f"{part}: round {number + 1} of {rounds}")
        measured.append(run_round(bench, number))
    return SizeResult(*extent, measured, look_around(commands, load_before))


def measure_fix(commands: Path, rounds: int, load_before: float) -> FixResult:
    """Measure ``fix``. Raises BenchmarkError."""
    corpus = open_detours()
    measured = []
    for number in range(rounds):
        _say(f"{FIX}: round {number + 1} of {rounds}")
        measured.append(run_fixes(commands, corpus, number))
    extent = (corpus.name, len(corpus.paths), corpus.lines, DETOURS)
    return FixResult(*extent, measured, look_around(commands, load_before))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="two rounds on the smallest corpus, not kept")
    parser.add_argument("--only", action="append", choices=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, metavar="N", help="take each measurement N times")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the tables here, not to stdout")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
