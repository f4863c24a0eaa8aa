"""What `pytest --ssot-probe` adds to the test suite of another project.

    python -m benchmarks.probe_cost FOLDER --python VENV/bin/python [--rounds 5] [-- arguments of pytest]

FOLDER declares components; the virtual environment has the project's own needs and ssot-lint[probe]. Each round runs
the suite three times: without the plugin, with it but not asked for, and with the probe on. A run of each way goes
first that does not count: it compiles what was not compiled yet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.figures import ratios, shown
from benchmarks.measure import BenchmarkError, observe

ROUNDS = 5
NONE, OFF, ON = "without the plugin", "plugin off", "probe on"
_WAYS = {NONE: ("-p", "no:ssot_probe"), OFF: (), ON: ("--ssot-probe",)}
_TESTS_FAILED = 1
"""What pytest exits with when tests failed: those of others may, in all three ways alike."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print. Returns 1 if a run means nothing."""
    given, rest = _parse(arguments)
    command = [str(given.python.absolute()), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *rest]
    try:
        seconds = measure(command, given.folder, given.rounds, _say)
    except BenchmarkError as error:
        _say(str(error))
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in lines(seconds)))
    return 0


def measure(command: Sequence[str], folder: Path, rounds: int, say: Callable[[str], None]) -> dict[str, list[float]]:
    """The CPU seconds of each way, round by round: those, unlike the clock, do not count who else is at work.

    Raises BenchmarkError for a suite that does not run to its end, or ends otherwise with the probe.
    """
    ways = list(_WAYS)
    first = {way: _run(command, folder, way) for way in ways}
    codes = {code for code, _ in first.values()}
    say(f"warm-up, not counted: {_times({way: cpu for way, (_, cpu) in first.items()})}")
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds):
        for way in (*ways[number % 3 :], *ways[: number % 3]):  # what comes first finds the machine otherwise
            code, cpu = _run(command, folder, way)
            codes.add(code)
            seconds[way].append(cpu)
        if len(codes) > 1:
            raise BenchmarkError(f"pytest exits with {' and '.join(map(str, sorted(codes)))}: the runs differ")
        say(f"round {number + 1}: {_times({way: times[-1] for way, times in seconds.items()})}")
    return seconds


def _run(command: Sequence[str], folder: Path, way: str) -> tuple[int, float]:
    """What pytest exits with, and its CPU seconds. Raises BenchmarkError where it does not get to the end."""
    seen = observe([*command, *_WAYS[way]], folder, variables={"PYTHONPATH": "src", "PYTHONHASHSEED": "0"})
    if seen.exit_code not in (0, _TESTS_FAILED):
        raise BenchmarkError(f"{way}: pytest exited with {seen.exit_code}\n{seen.stdout.decode()[-2000:]}")
    return seen.exit_code, seen.cost.cpu


def _times(cpu: Mapping[str, float]) -> str:
    return ", ".join(f"{way} {seconds:.2f} s" for way, seconds in cpu.items())


def lines(seconds: Mapping[str, Sequence[float]]) -> list[str]:
    """The medians, and what each way costs more than none: run by run, and by the medians."""
    text = [f"{way}: {shown(times, unit=' s')} of processor time" for way, times in seconds.items()]
    for way in (OFF, ON):
        more = [(ratio - 1) * 100 for ratio in ratios(seconds[way], seconds[NONE])]
        whole = (median(seconds[way]) / median(seconds[NONE]) - 1) * 100
        text.append(
            f"{way}: {median(more):+.1f} % ({min(more):+.1f} to {max(more):+.1f}), median of {len(more)} paired runs; "
            f"{whole:+.1f} % by the medians of all runs"
        )
    return text


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    own, _, rest = _split(arguments)
    return parser.parse_args(own), rest


def _split(arguments: Sequence[str]) -> tuple[list[str], str, list[str]]:
    given = list(arguments)
    at = given.index("--") if "--" in given else len(given)
    return given[:at], "--", given[at + 1 :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
