"""Replay the baseline on the history of a repository: from an old commit on, what it calls new although it was there.

The baseline is written at the oldest commit and never again. Each later commit is scanned with all default rules, and
what that baseline says is held against what git says about where the code comes from. Prints a Markdown table; with
--list also every disagreement, to be read by hand.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.replay import Release, Step, compared, disagreements, scanned
from benchmarks.schemes import SCHEMES
from benchmarks.snapshots import Change, Snapshots
from benchmarks.tables import table
from ssot_lint.git import open_repository


def main(arguments: Sequence[str]) -> int:
    """Replay, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history", description=__doc__)
    parser.add_argument("clone", type=Path, help="a clone that nobody works in: commits are checked out in it")
    parser.add_argument("since", metavar="COMMIT", help="where the baseline is written")
    parser.add_argument("--until", default="HEAD", metavar="COMMIT")
    parser.add_argument("--steps", type=int, default=20, metavar="N", help="how many later commits are scanned")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write every disagreement with git here")
    given = parser.parse_args(arguments)
    snapshots = Snapshots(given.clone.resolve())
    steps = list(replay(snapshots, commits(snapshots, given.since, given.until, given.steps)))
    if given.list:
        given.list.write_text("".join(disagreements({given.clone.name: steps})), encoding="utf-8")
    sys.stdout.write(table(("commit", "violations", "there before", "called new", "hidden"), map(_row, steps)))
    return 0


def commits(snapshots: Snapshots, since: str, until: str, count: int) -> list[str]:
    """``since``, and so many commits after it, evenly, on the main line to ``until``."""
    start = snapshots.run("rev-parse", since).strip()
    line = snapshots.run("rev-list", "--reverse", "--first-parent", f"{start}..{until}").split()
    return [start, *(line[(number * len(line)) // count - 1] for number in range(1, count + 1))]


def replay(snapshots: Snapshots, chosen: Sequence[str]) -> Iterator[Step]:
    """What became of the violations of the first commit in each of the others."""
    first = checked_out(snapshots, chosen[0], chosen[0])
    for commit in chosen[1:]:
        sys.stderr.write(f"{commit}\n")
        yield compared(Change(snapshots, first.commit, commit), first, checked_out(snapshots, commit, first.commit))


def checked_out(snapshots: Snapshots, commit: str, first: str) -> Release:
    """A commit, scanned."""
    snapshots.run("checkout", "--quiet", "--force", commit)
    findings, present = scanned(snapshots.folder)
    located = {site.site.location.path for finding in findings for site in finding.sites}
    located |= {finding.finding.home.location.path for finding in findings if finding.finding.home is not None}
    files = {path: (snapshots.folder / path).read_bytes() for path in located}
    renames = open_repository(snapshots.folder).renames_since(first)
    return Release(commit[:10], commit, files, findings, present, renames)


def _row(step: Step) -> tuple[str, ...]:
    ours = next(iter(SCHEMES))
    wrong = (len(step.wrong(ours, is_known=is_known)) for is_known in (False, True))
    return (step.name.rpartition(" ")[2], str(len(step.violations)), str(step.carried), *map(str, wrong))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))
