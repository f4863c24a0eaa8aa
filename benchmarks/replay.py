"""Replay the baseline on the releases of real packages: what it calls new although it was there, and what it hides.

Each release is scanned with all default rules, compared with the one before, and what the baseline says is held against
what git says about where the code comes from. Needs the network once; wheels, repositories and facts stay in the cache
folder of the benchmarks. Writes two Markdown tables, for docs/baseline.md; with --list also every disagreement, to be
read by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.origins import Place, carried, places_of
from benchmarks.schemes import SCHEMES, Violation, violations
from benchmarks.snapshots import Change, Snapshots
from benchmarks.tables import table
from benchmarks.wheels import cache_folder, wheel_sources
from ssot_lint.baseline.present import Present
from ssot_lint.config.load import load_settings
from ssot_lint.git import open_repository
from ssot_lint.model.report import JudgedFinding
from ssot_lint.rules.registry import installed_packs, load_rules
from ssot_lint.rules.selection import activate
from ssot_lint.scan.check import present_in
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import CacheChoice

RELEASES: Mapping[str, str] = {
    "apache-airflow": "2.0.0 2.1.0 2.2.0 2.3.0 2.4.0 2.5.0 2.6.0 2.7.0 2.8.0 2.9.0 2.10.0",
    "langchain-community": "0.2.0 0.2.1 0.2.2 0.2.3 0.2.4 0.2.5 0.2.6 0.2.7 0.2.9 0.2.10 0.2.11 0.2.12 0.3.0",
    "sphinx": "3.0.0 3.1.0 3.2.0 3.3.0 3.4.0 3.5.0 4.0.0 4.1.0 4.2.0 4.3.0 4.4.0 4.5.0 5.0.0 5.1.0 5.2.0 5.3.0 6.0.0 "
    "6.1.0 6.2.0 7.0.0 7.1.0 7.2.0 7.3.0 7.4.0 8.0.0 8.1.0 8.2.0 9.0.0 9.1.0 9.2.0",
}


@dataclass(frozen=True)
class Release:
    """A release as a commit, with what a scan found in it. ``renames`` are those since the release before."""

    requirement: str
    commit: str
    files: Mapping[str, bytes]
    findings: Sequence[JudgedFinding]
    present: Present
    renames: Mapping[str, str]


@dataclass(frozen=True)
class Step:
    """From one release to the next: what is there now, whether it was there before, and what each scheme says."""

    name: str
    violations: Sequence[Violation]
    origins: Sequence[Place | None]
    known: Mapping[str, Sequence[bool]]

    @property
    def carried(self) -> int:
        """How many of the violations were there before."""
        return sum(origin is not None for origin in self.origins)

    def wrong(self, scheme: str, *, is_known: bool) -> list[tuple[Violation, Place | None]]:
        """The violations that a scheme takes for known, or for new, and git for the opposite."""
        said = zip(self.violations, self.origins, self.known[scheme], strict=True)
        return [(each, origin) for each, origin, known in said if known is is_known is (origin is None)]


def main(arguments: Sequence[str]) -> int:
    """Replay, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(RELEASES), metavar="PACKAGE")
    parser.add_argument("--last", type=int, metavar="N", help="no more than the last N releases of a package")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write every disagreement of this tool with git here")
    given = parser.parse_args(arguments)
    steps = {package: replay(package, given.last) for package in given.only or RELEASES}
    if given.list:
        given.list.write_text("".join(disagreements(steps)), encoding="utf-8")
    sys.stdout.write(f"{extent_table(steps)}\n{scheme_table(steps)}")
    return 0


def replay(package: str, last: int | None) -> list[Step]:
    """All steps from release to release of a package."""
    snapshots = Snapshots(cache_folder() / "replay" / package)
    versions = RELEASES[package].split()[-last if last else None :]
    found = releases(snapshots, [f"{package}=={version}" for version in versions])
    return [compared(Change(snapshots, old.commit, new.commit), old, new) for old, new in pairwise(found)]


def releases(snapshots: Snapshots, requirements: Sequence[str]) -> Iterator[Release]:
    """Check in and scan one release after the other."""
    before = ""
    for requirement in requirements:
        sys.stderr.write(f"{requirement}\n")
        files = wheel_sources(requirement)
        commit = snapshots.check_in(requirement, files)
        renames: Mapping[str, str] = open_repository(snapshots.folder).renames_since(before) if before else {}
        yield Release(requirement, commit, files, *scanned(snapshots.folder), renames)
        before = commit


def scanned(root: Path) -> tuple[Sequence[JudgedFinding], Present]:
    """What all default rules find at ``root``, and what else there is.

    A file that did not change since another scan is not read again.
    """
    settings = load_settings(root, options={"jobs": 1}, environment={}, isolated=True)
    rules = load_rules(installed_packs(), ())
    request = Request(root, [root], settings.config, activate(rules, settings), command="", codes=rules.codes())
    with Scan.open(request, CacheChoice(cache_folder() / "replay" / "facts")) as scan:
        return scan.findings, present_in(request, scan.loaded)


def compared(change: Change, old: Release, new: Release) -> Step:
    """What git and every scheme say about the violations of a release."""
    truth = carried(change, places_of(old.findings, old.files), places_of(new.findings, new.files))
    origins = {id(after.site): before for after, before in truth.items()}
    found = violations(new.findings)
    return Step(
        name=f"{old.requirement} to {new.requirement}",
        violations=found,
        origins=[origins.get(id(each.site)) for each in found],
        known={name: scheme(old.findings, new.findings, new.renames, new.present) for name, scheme in SCHEMES.items()},
    )


def extent_table(steps: Mapping[str, Sequence[Step]]) -> str:
    """What was replayed."""
    rows = [
        (package, str(len(of)), _total(of, lambda step: len(step.violations)), _total(of, lambda step: step.carried))
        for package, of in steps.items()
    ]
    return table(("package", "steps", "violations after them", "there before, says git"), rows)


def scheme_table(steps: Mapping[str, Sequence[Step]]) -> str:
    """What each scheme gets wrong, if git is right."""
    everything = [step for of in steps.values() for step in of]
    rows = [(name, *_verdict(everything, name)) for name in SCHEMES]
    return table(("scheme", "old called new", "new hidden"), rows)


def _verdict(steps: Sequence[Step], scheme: str) -> Iterator[str]:
    old = sum(step.carried for step in steps)
    new = sum(len(step.violations) for step in steps) - old
    for is_known, of in ((False, old), (True, new)):
        wrong = sum(len(step.wrong(scheme, is_known=is_known)) for step in steps)
        yield f"{wrong:,} of {of:,} ({wrong / max(of, 1):.1%})"


def _total(steps: Sequence[Step], figure: Callable[[Step], int]) -> str:
    return f"{sum(map(figure, steps)):,}"


def disagreements(steps: Mapping[str, Sequence[Step]]) -> Iterator[str]:
    """A line for each violation about which this tool and git are not of one mind."""
    ours = next(iter(SCHEMES))
    for step in (step for of in steps.values() for step in of):
        for is_known in (False, True):
            for violation, origin in step.wrong(ours, is_known=is_known):
                entry, at = violation.entry, violation.site.site.location
                was = (
                    f"{origin.finding.finding.subject} {origin.location.path}:{origin.location.line}" if origin else ""
                )
                kind = "hidden" if is_known else "called new"
                yield "\t".join((step.name, kind, entry.rule, entry.subject, entry.site, str(at.line), was)) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
