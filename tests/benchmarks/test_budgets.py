"""Budgets, and whether results keep them."""

from __future__ import annotations

from benchmarks.budgets import Check, check_all, main_mb_budget
from benchmarks.figures import Verdict
from benchmarks.records import START, Result
from benchmarks.starts import HELP
from tests.benchmarks.results import a_round, a_size, a_start


def test_every_budget_is_checked_on_the_largest_corpus() -> None:
    results: dict[str, Result] = {
        "4m": a_size("4m", 4_000_000, [a_round()] * 3),
        "300k": a_size("300k", 300_000, [a_round(3, 4)] * 3),
        "1m": a_size("1m", 1_200_000, [a_round(10, 12), a_round(10, 13), a_round(10, 14, warm=0.5, main_mb=600)]),
        START: a_start({HELP: ["libcst", "networkx"]}),
    }
    parse = "cold scan against LibCST's parse alone"
    assert check_all(results) == [
        Check(f"{parse}, 1 worker, time", "1.30 x (1.20 to 1.40)", "at most 1.25 x", Verdict.UNDECIDED),
        Check(f"{parse}, 1 worker, CPU", "1.30 x (1.20 to 1.40)", "at most 1.25 x", Verdict.UNDECIDED),
        Check(f"{parse}, 2 workers, time", "1.30 x (1.20 to 1.40)", "at most 1.25 x", Verdict.UNDECIDED),
        Check(f"{parse}, 2 workers, CPU", "1.30 x (1.20 to 1.40)", "at most 1.25 x", Verdict.UNDECIDED),
        Check("cold scan against a second one, nothing changed", "48 x (28 to 52)", "at least 40 x", Verdict.UNDECIDED),
        Check("cold scan against a second one, a function edited", "32 x (30 to 35)", "at least 25 x", Verdict.MET),
        Check(
            "cold scan against a second one, definitions added to a file",
            "26 x (24 to 28)",
            "at least 15 x",
            Verdict.MET,
        ),
        Check("all rules, of the time of a cold scan, 1 worker", "50 % (50 to 50)", "at most 12 %", Verdict.MISSED),
        Check("memory of the main process", "100 MB (100 to 600)", "at most 370 MB", Verdict.UNDECIDED),
        Check("memory of the largest worker", "50 MB (50 to 50)", "at most 400 MB", Verdict.MET),
        Check(
            "cold scan, 1 worker, each time that the lines double, from 300k to 1m lines",
            "1.80 x (1.73 to 1.87)",
            "at most 2.10 x",
            Verdict.MET,
        ),
        Check(
            "cold scan, 2 workers, each time that the lines double, from 300k to 1m lines",
            "1.80 x (1.73 to 1.87)",
            "at most 2.10 x",
            Verdict.MET,
        ),
        Check("--version, CPU", "0.125 s (0.125 to 0.125)", "at most 0.25 s", Verdict.MET),
        Check("--help, CPU", "0.125 s (0.125 to 0.125)", "at most 0.25 s", Verdict.MET),
        Check("--version, imports of libcst and networkx", "none", "none", Verdict.MET),
        Check("--help, imports of libcst and networkx", "libcst and networkx", "none", Verdict.MISSED),
        Check("a scan when nothing changed, imports of libcst", "none", "none", Verdict.MET),
    ]


def test_memory_may_grow_with_the_lines() -> None:
    assert (main_mb_budget(0), main_mb_budget(2_000_000)) == (250, 450)
