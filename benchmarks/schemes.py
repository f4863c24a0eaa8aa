"""Ways to tell which violations are new: ours, and the simpler ones that other tools have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ssot_lint.baseline.document import dump, parse
from ssot_lint.baseline.entry import BaselineEntry, entries_of, fresh, is_kept
from ssot_lint.baseline.matching import match
from ssot_lint.baseline.present import Present
from ssot_lint.model.report import JudgedFinding, JudgedSite


class Violation(NamedTuple):
    """A site that a baseline has a place for, with what a later scan recognises it by."""

    finding: JudgedFinding
    site: JudgedSite
    entry: BaselineEntry


Scheme = Callable[[Sequence[JudgedFinding], Sequence[JudgedFinding], Mapping[str, str], Present], list[bool]]
"""Old findings, new findings, renamed paths and what else there is today; for each of :func:`violations` of the new
ones, whether it is known."""


def violations(findings: Sequence[JudgedFinding]) -> list[Violation]:
    """What of ``findings``, which are all of a scan, belongs in a baseline, in their order."""
    return [Violation(finding, site, entry) for finding, site, entry in _sites(findings) if is_kept(finding, site)]


def ours(
    old: Sequence[JudgedFinding], new: Sequence[JudgedFinding], renames: Mapping[str, str], present: Present
) -> list[bool]:
    """A baseline written from the old findings and read again."""
    sites = list(_sites(new))
    baseline = parse(dump(fresh(old)), "baseline")
    matches = match([entry for _, _, entry in sites], baseline, renames, present).matches
    pairs = zip(sites, matches, strict=True)
    return [each.entry is not None for (finding, site, _), each in pairs if is_kept(finding, site)]


def ours_without_git(
    old: Sequence[JudgedFinding], new: Sequence[JudgedFinding], _: Mapping[str, str], present: Present
) -> list[bool]:
    """Ours where git tells of no renamed file."""
    return ours(old, new, {}, present)


def by_key(key: Callable[[Violation], object]) -> Scheme:
    """A violation is known if an old one has the same key."""

    def known(old: Sequence[JudgedFinding], new: Sequence[JudgedFinding], *_: object) -> list[bool]:
        keys = {key(each) for each in violations(old)}
        return [key(each) in keys for each in violations(new)]

    return known


def by_count(key: Callable[[Violation], object]) -> Scheme:
    """All violations of a key are known unless there are more of them than there were."""

    def known(old: Sequence[JudgedFinding], new: Sequence[JudgedFinding], *_: object) -> list[bool]:
        before, now = (Counter(map(key, violations(each))) for each in (old, new))
        return [now[key(each)] <= before[key(each)] for each in violations(new)]

    return known


SCHEMES: Mapping[str, Scheme] = {
    "one entry per site, this tool": ours,
    "the same, no renames from git": ours_without_git,
    "rule, subject and site only": by_key(lambda each: each.entry.key),
    "set of rule and subject": by_key(lambda each: (each.entry.rule, each.entry.subject)),
    "count per rule and file": by_count(lambda each: (each.entry.rule, each.entry.path)),
    "path and line": by_key(lambda each: (each.entry.rule, each.entry.path, each.site.site.location.line)),
}


def _sites(findings: Sequence[JudgedFinding]) -> Iterable[tuple[JudgedFinding, JudgedSite, BaselineEntry]]:
    for finding, entries in zip(findings, entries_of([each.finding for each in findings]), strict=True):
        for site, entry in zip(finding.sites, entries, strict=True):
            yield finding, site, entry
