"""One cause, one finding: what a stronger rule has said of the same definitions is not said again by a weaker one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from ssot_lint.model.finding import Finding, Json, Location, Severity
from ssot_lint.rules.evidence import TEXT, TEXT_LINES
from ssot_lint.rules.rule import Reach
from ssot_lint.rules.selection import ActiveRule

COVERED = "covered"
"""The key of the evidence that lists what a finding stands for besides."""

Found = tuple[ActiveRule, Finding]


def by_cause(found: Sequence[Found]) -> list[Found]:
    """``found`` in its order, without the sites that a finding of a rule which covers theirs settles, and without the
    findings that lose all sites. The finding that stands for them notes them in its evidence.

    How far it reaches is what :attr:`Rule.covers` says. Information settles nothing, the inventory of a rule that
    gives nothing else is not settled, and of two rules that cover each other neither settles. Only what says the same
    of the same line settles an inventory.
    """
    stronger = _Stronger.among(found)
    kept: list[tuple[int, Found]] = []
    notes: dict[int, dict[int, Finding]] = defaultdict(dict)
    for index, (active, finding) in enumerate(found):
        by_site = [(site, stronger.settling(active, finding, site.location)) for site in finding.sites]
        for _, other in by_site:
            if other is not None:
                notes[other][index] = finding
        if left := tuple(site for site, other in by_site if other is None):
            kept.append((index, (active, msgspec.structs.replace(finding, sites=left))))
    return [(active, _with_notes(finding, list(notes[index].values()))) for index, (active, finding) in kept]


@dataclass(frozen=True)
class _Stronger:
    """What settles the sites of a code: the indexes of findings by code and place, pair of files or line."""

    by_key: dict[tuple[str, Hashable], list[int]]

    @classmethod
    def among(cls, found: Sequence[Found]) -> _Stronger:
        covers = {finding.code: active.rule.covers for active, finding in found}
        by_key: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
        for index, (active, finding) in enumerate(found):
            for code, reach in active.rule.covers.items():
                if not is_information(active, finding) and finding.code not in covers.get(code, ()):
                    for key in _keys(finding, reach):
                        by_key[code, key].append(index)
        return cls(dict(by_key))

    def settling(self, active: ActiveRule, finding: Finding, site: Location) -> int | None:
        """The index of the first finding that settles a site; None where none does."""
        if in_line := self.by_key.get((finding.code, _line(site))):
            return min(in_line)
        if finding.home is None or is_information(active):
            return None
        home = finding.home.location
        at_home = self.by_key.get((finding.code, home), ())
        found = [index for index in self.by_key.get((finding.code, site), ()) if index in at_home]
        found += self.by_key.get((finding.code, frozenset((site.path, home.path))), ())
        for path in {other.location.path for other in finding.sites}:
            found += self.by_key.get((finding.code, (site.path, path)), ())
        return min(found, default=None)


def _keys(finding: Finding, reach: Reach) -> Iterator[Hashable]:
    """The places of a finding, or the pairs of files that it holds against each other, or the lines of its sites."""
    if reach is Reach.LINES:
        yield from {_line(site.location) for site in finding.sites}
        return
    if finding.home is None:
        return
    home = finding.home.location
    if reach is Reach.DEFINITIONS:
        yield home
        yield from {site.location for site in finding.sites} - {home}
    else:
        yield from {frozenset((site.location.path, home.path)) for site in finding.sites}
        # Of a definition that stands in a third file as well, the copy in the file which is settled goes with it.
        yield from {(site.location.path, home.path) for site in finding.sites}


def _line(location: Location) -> tuple[str, int]:
    return location.path, location.line


def is_information(active: ActiveRule, finding: Finding | None = None) -> bool:
    """Whether a finding is information, or all of a rule without the ``finding``."""
    own = finding.severity if finding is not None else None
    return (active.severity or own or active.info.severity) is Severity.INFO


def _with_notes(finding: Finding, covered: Sequence[Finding]) -> Finding:
    if not covered:
        return finding
    evidence = dict(finding.evidence)
    evidence[COVERED] = [_note(each) for each in covered]
    lines = evidence.get(TEXT)
    if isinstance(lines, list):
        evidence[TEXT] = [*lines, *(f"also {each.code}: {each.message}" for each in covered)][:TEXT_LINES]
    return msgspec.structs.replace(finding, evidence=evidence)


def _note(finding: Finding) -> Json:
    return {"code": finding.code, "subject": finding.subject, "message": finding.message}
