"""The measurements as Markdown: ``docs/benchmarks.md``, and the part of it that the README shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from textwrap import fill

from benchmarks.budgets import check_all, check_growth
from benchmarks.corpora import MEMBERS, SIZES, WHEELS, WORKSPACE
from benchmarks.figures import FEWEST_RUNS, ratios, shown
from benchmarks.records import (
    FIX,
    PEERS,
    START,
    FixResult,
    PeerRuns,
    PeersResult,
    Result,
    SizeResult,
    StartResult,
    Step,
    Surroundings,
    cpu,
    cpu_of,
    main_mb,
    seconds,
    wall,
    worker_mb,
)
from ssot_lint.text.wording import counted, listed

BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"

_WIDTH = 118
_FIX_STEPS = {"scan": "cold scan", "fix": "fix, with an empty cache", "fix_after_scan": "fix, after a scan"}

_TITLE = """# How fast ssot-lint is

Written by `python -m benchmarks.run --output docs/benchmarks.md`, on Linux; not to be edited. What was not measured is
missing.

"""

_METHOD = f"""
## How it is measured

- The corpora are made of pinned wheels from PyPI: {listed(WHEELS, len(WHEELS))}.
  Of one list of packages, the integrations of Home Assistant last, each size has as many as come nearest to 10,000
  lines, 30,000, and so on. {WORKSPACE} is a workspace of whole projects with their tests, from source distributions:
  {listed(MEMBERS, len(MEMBERS))}.
- The **floor** is what nothing built on LibCST can beat: the same files read and given to `libcst.parse_module`, and
  nothing else, in as many processes as the scan has workers, without garbage collection.
- A scan is the command of a fresh, non-editable installation, report included. **Cold** is the first scan, with an
  empty cache, which it fills; *nothing changed* is a second one, which has to print the same bytes; *a function edited*
  is one after a statement was put into the first function of the file of middling size, *definitions added* one after
  an import, a class and a function were put at its end.
- For **fix** a thousand files import from `homeassistant.core` by way of a module that warns and passes its names on.
  It runs on copies, with an empty cache and after a scan; every other round the former comes first.
- Each run is a process of its own. CPU time is that of all its processes, from `wait4`. Memory is the peak resident
  memory of a process, from `VmHWM` in `/proc`, in 10^6 bytes; pages that processes share count in each. All files are
  in the page cache before the first run.
- Floor and scans take turns, in the other order every other round. A figure is the median of all rounds, with their
  range in brackets; a ratio is taken within each round. A budget is met, or not, when all rounds say so; it is
  undecided when they do not, or when there are fewer than {FEWEST_RUNS}.
"""

_PEERS = (
    "The tools look for different things, so this is no race: it says what it costs to ask each question. Each runs\n"
    "with its own defaults, the number of processes included."
)


def document(results: Mapping[str, Result]) -> str:
    """All of it. ``results`` are by part: the name of a corpus, ``start`` or ``peers``."""
    sizes = [result for name in (*SIZES, WORKSPACE) if isinstance(result := results.get(name), SizeResult)]
    start, peers = results.get(START), results.get(PEERS)
    sections = [f"{BEGIN}\n{summary(results)}{END}\n", *size_sections(sizes)]
    if isinstance(start, StartResult):
        sections.append(f"\n## Without a scan\n\n{start_table(start)}")
    if isinstance(peers, PeersResult):
        sections.append(peers_section(peers))
    fix = results.get(FIX)
    if isinstance(fix, FixResult):
        sections.append(fix_section(fix))
    return "".join([_TITLE, *sections, _METHOD, f"\n## Where\n\n{surroundings_table(results)}" if results else ""])


def summary(results: Mapping[str, Result]) -> str:
    """What the README shows: the times of the largest corpus, those of other tools, and every budget."""
    checks, peers = check_all(results), results.get(PEERS)
    if not checks:
        return "Not measured yet.\n"
    sizes = [result for name in SIZES if isinstance(result := results.get(name), SizeResult)]
    parts = [sentence(sizes[-1])] if sizes else []
    if isinstance(peers, PeersResult):
        parts.append(f"Beside tools that look for other things, on {_extent(peers)}:\n\n{peers_table(peers)}".rstrip())
    budgets = [(check.what, check.measured, check.budget, check.verdict.value) for check in checks]
    parts.append(table(("what", "measured", "budget", "met"), budgets))
    return "\n\n".join(parts)


def sentence(result: SizeResult) -> str:
    """The times of one corpus in words."""
    cold, warm, edited = (median(seconds(result.rounds, step)) for step in (Step.COLD_2, Step.WARM, Step.EDITED))
    text = (
        f"{result.files:,} files with {result.lines:,} lines: the first scan takes {cold:.1f} s with two workers, the "
        f"next one {warm:.2f} s, and {edited:.2f} s after an edit in one function ({machine(result.surroundings)})."
    )
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def size_sections(sizes: Sequence[SizeResult]) -> Iterator[str]:
    """Times, ratios, memory and stages of scans, by corpus."""
    if not sizes:
        return
    yield f"\n## Scans\n\nWall-clock seconds.\n\n{seconds_table(sizes)}"
    yield f"\nCPU seconds of all processes.\n\n{cpu_table(sizes)}"
    yield f"\nRatios of wall-clock times, and peak memory in MB.\n\n{ratio_table(sizes)}"
    if len(sizes) > 1:
        yield f"\n## Growth\n\n{growth_table(sizes)}"
    for step in (Step.COLD_2, Step.WARM):
        yield f"\n## Stages: {step.value}\n\nMedians of wall-clock seconds; rules run in the main process.\n\n"
        yield stages_table(sizes, step)


def seconds_table(sizes: Sequence[SizeResult]) -> str:
    rows = [
        (
            f"{each.lines:,}",
            f"{each.files:,}",
            str(len(each.rounds)),
            *(shown(seconds(each.rounds, step)) for step in Step),
        )
        for each in sizes
    ]
    return table(("lines", "files", "rounds", *(step.value for step in Step)), rows)


def cpu_table(sizes: Sequence[SizeResult]) -> str:
    rows = [(f"{each.lines:,}", *(shown(cpu(each.rounds, step)) for step in Step)) for each in sizes]
    return table(("lines", *(step.value for step in Step)), rows)


def ratio_table(sizes: Sequence[SizeResult]) -> str:
    """What the budgets are about, for every corpus."""
    pairs = (
        (Step.COLD_1, Step.FLOOR_1, 2),
        (Step.COLD_2, Step.FLOOR_2, 2),
        (Step.COLD_2, Step.WARM, 0),
        (Step.COLD_2, Step.EDITED, 0),
        (Step.COLD_2, Step.CHANGED, 0),
    )
    rows = [
        (
            f"{each.lines:,}",
            *(
                shown(ratios(seconds(each.rounds, above), seconds(each.rounds, below)), digits)
                for above, below, digits in pairs
            ),
            shown(main_mb(each.rounds), 0),
            shown(worker_mb(each.rounds), 0),
        )
        for each in sizes
    ]
    heads = [f"{above.value} / {below.value}" for above, below, _ in pairs]
    return table(("lines", *heads, "main process", "largest worker"), rows)


def growth_table(sizes: Sequence[SizeResult]) -> str:
    """From each corpus to the next one."""
    checks = [check for small, large in pairwise(sizes) for check in check_growth(small, large)]
    return table(("what", "measured"), [(check.what, check.measured) for check in checks])


def stages_table(sizes: Sequence[SizeResult], step: Step) -> str:
    """The stages of a scan; the rest is starting, rendering, printing and ending."""
    names = list(dict.fromkeys(name for each in sizes for of in each.rounds for name in of.stages[step]))
    rows = [
        (name, *(f"{median([of.stages[step].get(name, 0.0) for of in each.rounds]):.3f}" for each in sizes))
        for name in names
    ]
    rest = [
        f"{median([of.costs[step].seconds - sum(of.stages[step].values()) for of in each.rounds]):.3f}"
        for each in sizes
    ]
    return table(("stage", *(f"{each.lines:,} lines" for each in sizes)), [*rows, ("the rest", *rest)])


def start_table(start: StartResult) -> str:
    rows = [
        (
            command,
            shown([cost.cpu for cost in costs], 3),
            shown([cost.seconds for cost in costs], 3),
        )
        for command, costs in start.runs.items()
    ]
    return table(("command", "CPU seconds", "wall-clock seconds"), rows)


def peers_table(peers: PeersResult) -> str:
    """What other tools look for, and how long it takes them."""
    own = peers.tools[0]
    rows = [
        (tool.name, tool.looks_for, shown([cost.seconds for cost in tool.runs], 1), against(tool, own))
        for tool in peers.tools
    ]
    return table(("tool", "looks for", "seconds", "against the first row"), rows)


def _extent(peers: PeersResult) -> str:
    return f"{peers.corpus}: {peers.files:,} files, {peers.lines:,} lines"


def peers_section(peers: PeersResult) -> str:
    """Other tools, with what they look for: they do other work."""
    own = peers.tools[0]
    rows = [
        (
            tool.name,
            tool.looks_for,
            str(len(tool.runs)),
            shown([cost.seconds for cost in tool.runs], 1),
            shown([cost.cpu for cost in tool.runs], 1),
            f"{max(cost.main_mb for cost in tool.runs):,.0f} + {max(cost.worker_mb for cost in tool.runs):,.0f}",
            against(tool, own),
        )
        for tool in peers.tools
    ]
    heads = (
        "tool",
        "looks for",
        "runs",
        "seconds",
        "CPU seconds",
        "MB, main + largest worker",
        "against the first row",
    )
    extent = f"On {_extent(peers)}, all tools in each round; one that takes minutes ran once."
    return f"\n## Other tools\n\n{extent}\n{_PEERS}\n\n{table(heads, rows)}"


def fix_section(result: FixResult) -> str:
    """What it costs to change many files at once."""
    rows = [
        (
            what,
            *(shown([of(getattr(each, name)) for each in result.rounds], 1) for of in (wall, cpu_of)),
            shown(
                ratios(
                    [wall(getattr(each, name)) for each in result.rounds], [wall(each.scan) for each in result.rounds]
                )
            ),
            shown([getattr(each, name).main_mb for each in result.rounds], 0),
        )
        for name, what in _FIX_STEPS.items()
    ]
    extent = f"{result.files:,} files with {result.lines:,} lines, of which {result.changed:,} have to change."
    heads = ("what", "seconds", "CPU seconds", "against the scan", "MB, main process")
    return f"\n## Fix\n\n{extent}\n\n{table(heads, rows)}"


def against(tool: PeerRuns, own: PeerRuns) -> str:
    """How much more time ``tool`` takes than ``own``, if the runs agree on who is faster."""
    if tool.problem:
        return tool.problem
    if tool is own:
        return ""
    values = [theirs.seconds / ours.seconds for theirs, ours in zip(tool.runs, own.runs, strict=False)]
    if min(values) <= 1 <= max(values):
        return "no difference shown"
    return shown(values, 2, " x")


def surroundings_table(results: Mapping[str, Result]) -> str:
    rows = []
    for part, result in results.items():
        at = result.surroundings
        load = f"{at.load[0]:.2f}, {at.load[1]:.2f}"
        rows.append((part, at.revision, at.python, at.libcst, machine(at), load))
    return table(("part", "revision", "Python", "LibCST", "machine", "load before, after"), rows)


def machine(at: Surroundings) -> str:
    """The processor and how many there are."""
    return f"{at.processor}, {counted(at.cpus, 'processor')}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
