"""Measures the CPU time from one edit to the findings of the whole project, in a project that stays in memory.

    python -m benchmarks.renewals FOLDER --edits 10

Beside it, in the same process, that of all that follows the reading of the files when it is done from the beginning: a
ratio that holds on a busy machine. The edited text is parsed in another process, whose time does not count.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.edits import SMALLEST_BYTES, edits_of
from ssot_lint.config.load import load_settings
from ssot_lint.rules.registry import installed_packs, load_rules
from ssot_lint.rules.selection import activate
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import NO_CACHE
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.server.resident import ResidentProject

FROM_THE_BEGINNING = "all anew"
_COLD_ROUNDS = 3
_MOST = 0.95


def request_for(root: Path) -> Request:
    """What is scanned where nothing is said: the whole folder, by its configuration."""
    rules = load_rules(installed_packs())
    settings = load_settings(root, options={}, environment={})
    return Request(root, [root], settings.config, activate(rules, settings), "", rules.codes())


def measure(root: Path, edits: int) -> Mapping[str, Sequence[float]]:
    """The CPU seconds of each edit, by kind, and of scans of the same facts from the beginning."""
    request = request_for(root)
    resident = ResidentProject(lambda: request, [], NO_CACHE, _say)
    seconds: dict[str, list[float]] = defaultdict(list)
    try:
        files = resident.scan().files
        for _ in range(_COLD_ROUNDS):
            seconds[FROM_THE_BEGINNING].append(_timed(lambda: Scan.of_files(request, files, Stopwatch()).report))
        _ = resident.scan().report
        for path, kind, text in _chosen(root, edits):
            seconds[kind].append(_edited(resident, path, text))
    finally:
        resident.close()
    return seconds


def _edited(resident: ResidentProject, path: str, text: str) -> float:
    """What an edit of one file takes, which is then taken back."""
    resident.set_text(path, text.encode())
    taken = _timed(lambda: resident.scan(looks=False).report)
    resident.set_text(path, None)
    _ = resident.scan().report
    return taken


def _chosen(root: Path, edits: int) -> Iterator[tuple[str, str, str]]:
    """Path, kind and new text of edits of some files, the same each time."""
    rng = random.Random(0)  # noqa: S311 - the same files each time
    files = sorted(path for path in root.rglob("*.py") if path.stat().st_size > SMALLEST_BYTES)
    for file in rng.sample(files, min(edits, len(files))):
        text = file.read_text(encoding="utf-8", errors="replace")
        for kind, new in edits_of(text):
            yield file.relative_to(root).as_posix(), kind, new


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def table(seconds: Mapping[str, Sequence[float]]) -> str:
    """The figures, and the ratio of each median to that of a scan from the beginning."""
    whole = statistics.median(seconds[FROM_THE_BEGINNING])
    rows = ["| what | times | least | median | 95 % | of all anew |", "| --- | --: | --: | --: | --: | --: |"]
    for kind, measured in seconds.items():
        own = sorted(measured)
        median, most = statistics.median(own), own[min(int(_MOST * len(own)), len(own) - 1)]
        figures = " | ".join(f"{1000 * each:.0f} ms" for each in (own[0], median, most))
        rows.append(f"| {kind} | {len(own)} | {figures} | 1/{whole / median:.0f} |")
    return "\n".join(rows)


def _say(note: str) -> None:
    sys.stderr.write(f"{note}\n")


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--edits", type=int, default=10, help="files that are edited")
    given = parser.parse_args(arguments)
    sys.stdout.write(f"{table(measure(given.folder.resolve(), given.edits))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
