"""Which violations of a release were there in the one before, as far as git can tell: the truth of the replay.

Nothing here uses what the baseline compares: no digest of a body, no site, no key. Two violations are one if they are
of one rule, about the same name, and git traces the code of one to the code of the other: at least half of its lines,
or the line that it begins with, or that line stands where the other one stood. git takes one copy for another where
both move, so half of the lines may also be found, as text, in a violation whose file is gone. Each violation is one
other at most. If only the choice of the home has changed, the violation has gone from one definition to the other and
is still the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.snapshots import Change, Line
from ssot_lint.model.finding import Location
from ssot_lint.model.report import JudgedFinding, JudgedSite

_SEVERAL = re.compile(r",? and |, ")
_METHODS = "SSOT124"
_GROUPING = (_METHODS, "SSOT307")
"""Rules that tell of what several methods, or imports, have in common in one finding, as soon as there are several."""
LEAST_SHARE = 0.5
"""Of the lines of a violation, how many have to come from one place to be that place."""


@dataclass(frozen=True, eq=False)
class Place:
    """Code that a finding is about: a site of it, or its home or that of some sites, where ``site`` is None. ``symbol``
    is what stands there. ``code`` has its lines, without indentation and blank ones, and how often they are there."""

    finding: JudgedFinding
    site: JudgedSite | None
    symbol: str
    location: Location
    code: Counter[str]

    @property
    def span(self) -> range:
        """The numbers of its lines."""
        return span_of(self.location)

    @property
    def kind(self) -> tuple[str, str]:
        """The rule, and the last name of the subject, which stays the same when modules move. Where a finding is about
        several things, as that of two modules with classes in common is, or may be in one release and not in the next,
        the last name of what stands here."""
        finding = self.finding.finding
        subject = finding.subject
        if finding.code in _GROUPING or _SEVERAL.search(subject):
            subject = self.symbol
        return finding.code, subject.replace(":", ".").rpartition(".")[2]


class _Pair(NamedTuple):
    """Two places that git connects. Sorts the likeliest first: what stayed in its file, then by share of lines."""

    is_elsewhere: bool
    strangeness: float
    is_other_role: bool
    new: int
    old: int


def places_of(findings: Iterable[JudgedFinding], files: Mapping[str, bytes]) -> list[Place]:
    """All homes and sites of ``findings`` in ``files``."""
    lines = {path: content.decode(errors="replace").split("\n") for path, content in files.items()}
    return [place for finding in findings for place in _places(finding, lines)]


def span_of(location: Location) -> range:
    """The numbers of the lines of a location."""
    return range(location.line, max(location.line, location.end_line) + 1)


def _places(finding: JudgedFinding, lines: Mapping[str, Sequence[str]]) -> Iterator[Place]:
    sites = [(site, site.site.symbol, site.site.location) for site in finding.sites]
    # The home of several methods is a class, what they are held against are methods of it.
    originals = {site.site.original for site in finding.sites if finding.finding.code == _METHODS} - {None}
    homes = originals or {finding.finding.home}
    for site, symbol, location in (*sites, *((None, home.symbol, home.location) for home in homes if home is not None)):
        span = span_of(location)
        code = (line.strip() for line in lines[location.path][span.start - 1 : span.stop - 1])
        yield Place(finding, site, symbol, location, Counter(filter(None, code)))


def carried(change: Change, old: Sequence[Place], new: Sequence[Place]) -> dict[Place, Place]:
    """The site of the old release for each site of the new one that was there already, one to one."""
    found = {new[pair.new]: old[pair.old] for pair in _paired(_candidates(change, old, new))}
    sites = {after: before for after, before in found.items() if after.site and before.site}
    promoted: dict[int, list[Place]] = defaultdict(list)
    for after, before in found.items():
        if before.site and not after.site:
            promoted[id(before.finding)].append(before)
    for after, before in found.items():
        if after.site and not before.site and promoted[id(before.finding)]:
            sites[after] = promoted[id(before.finding)].pop(0)
    return sites


def _candidates(change: Change, old: Sequence[Place], new: Sequence[Place]) -> Iterator[_Pair]:
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, place in enumerate(old):
        by_kind[place.kind].append(at)
    origins = _origins(change, [place for place in new if place.kind in by_kind])
    for at, place in enumerate(new):
        for before in by_kind.get(place.kind, ()):
            share = _share(change, origins[place.location.path], old[before], place)
            if share is not None:
                is_elsewhere = old[before].location.path != place.location.path
                is_other_role = (old[before].site is None) != (place.site is None)
                yield _Pair(is_elsewhere, 1 - share, is_other_role, at, before)


def _origins(change: Change, places: Iterable[Place]) -> dict[str, dict[int, Line | None]]:
    spans: dict[str, set[range]] = defaultdict(set)
    for place in places:
        spans[place.location.path].add(place.span)
    return {path: change.origins(path, spans[path]) for path in sorted(spans)}


def _share(change: Change, origins: Mapping[int, Line | None], old: Place, new: Place) -> float | None:
    """How much of the code of ``new`` is that of ``old``, from 0 to 1; None if they are not the same."""
    lines = [origins[number] for number in new.span if number in origins]
    common = sum(line is not None and line.path == old.location.path and line.number in old.span for line in lines)
    if old.location.path in change.deleted:
        common = max(common, (old.code & new.code).total())
    share = common / max(len(lines), 1)
    head = Line(old.location.path, old.location.line)
    first = Line(new.location.path, new.location.line)
    is_same = share >= LEAST_SHARE or origins.get(first.number) == head or head in change.replaced_by(first)
    return share if is_same else None


def _paired(candidates: Iterable[_Pair]) -> Iterator[_Pair]:
    """One to one, the likeliest first."""
    seen: set[int] = set()
    taken: set[int] = set()
    for pair in sorted(candidates):
        if pair.new not in seen and pair.old not in taken:
            seen.add(pair.new)
            taken.add(pair.old)
            yield pair
