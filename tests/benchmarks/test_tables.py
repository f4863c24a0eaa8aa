"""The document that results become."""

from __future__ import annotations

from benchmarks.records import PEERS, START, PeerRuns, PeersResult, Result
from benchmarks.tables import BEGIN, END, document, summary, table
from tests.benchmarks.results import HERE, a_round, a_size, a_start, cost


def test_the_summary_says_what_was_measured_and_no_more() -> None:
    assert summary({}) == "Not measured yet.\n"
    text = summary({"10k": a_size("10k", 10_000, [a_round()])})
    assert text.startswith(
        "100 files with 10,000 lines: the first scan takes 12.0 s with two workers, the next one 0.25 s, and 0.40 s "
        "after an\nedit in one function (Fast, 2 processors).\n\n"
        "| what | measured | budget | met |\n"
        "| --- | --- | --- | --- |\n"
        "| cold scan against LibCST's parse alone, 1 worker, time | 1.20 x | at most 1.25 x "
        "| undecided: fewer than 3 runs |\n"
    )


def test_the_summary_has_other_tools_before_the_budgets() -> None:
    tools = [
        PeerRuns("ssot-lint, cold", "homes", [cost(2.0)] * 3, ""),
        PeerRuns("another 1.0", "lines", [cost(5.0)] * 3, ""),
    ]
    text = summary({"10k": a_size("10k", 10_000, [a_round()]), PEERS: PeersResult("django", 9, 90, tools, HERE)})
    assert (
        "2 processors).\n\nBeside tools that look for other things, on django: 9 files, 90 lines:\n\n"
        "| tool | looks for | seconds | against the first row |\n| --- | --- | --- | --- |\n"
        "| ssot-lint, cold | homes | 2.0 (2.0 to 2.0) |  |\n"
        "| another 1.0 | lines | 5.0 (5.0 to 5.0) | 2.50 x (2.50 to 2.50) |\n\n"
        "| what | measured | budget | met |\n"
    ) in text


def test_a_document_has_a_section_for_each_part() -> None:
    tools = [PeerRuns("ssot-lint, cold", "homes", [cost(2.0)] * 3, "")]
    results: dict[str, Result] = {
        START: a_start({}),
        "10k": a_size("10k", 10_000, [a_round()] * 3),
        "30k": a_size("30k", 30_000, [a_round(cold=40)] * 3),
        PEERS: PeersResult("django", 9, 90, tools, HERE),
    }
    text = document(results)
    assert text.partition(BEGIN)[2].partition(END)[0] == f"\n{summary(results)}"
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# How fast ssot-lint is",
        "## Scans",
        "## Growth",
        "## Stages: cold, 2 workers",
        "## Stages: nothing changed",
        "## Without a scan",
        "## Other tools",
        "## How it is measured",
        "## Where",
    ]
    assert (
        "| stage | 10,000 lines | 30,000 lines |\n| --- | --- | --- |\n"
        "| discover | 0.250 | 0.250 |\n| rules | 6.000 | 20.000 |\n| the rest | 5.750 | 19.750 |\n"
    ) in text
    assert ("| 10k | abc1234 | 3.11.7 | 1.9.0 | Fast, 2 processors | 0.50, 2.00 |\n") in text
    assert [line for line in document({}).splitlines() if line.startswith("#")] == [
        "# How fast ssot-lint is",
        "## How it is measured",
    ]


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
