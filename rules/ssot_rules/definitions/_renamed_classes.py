"""Which classes are one class under several names: the analysis behind SSOT105.

Bodies are compared without the words of the classes' own names. Candidates are found by what is rare: the digest of a
body, or lines that few classes have.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_rules.analysis.bodies import SIMILAR_FROM, dice
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.layout import is_async_twin, is_handwritten
from ssot_rules.analysis.lineage import lineage_of
from ssot_rules.analysis.mirrors import declared_copies
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.remedies import can_reach

_STATEMENTS = 6
"""Fewer equal statements are how such classes are written."""
_NEAR_STATEMENTS = 8
_LONG_PART_SHARE = 0.6
_LONG_PART = 20
"""Measured on haystack and mlflow: with fewer, what two classes have in common is the contract of their framework."""
# A line that more classes than that have says nothing of any two of them.
_RARE = 12
_RARE_LINES = 3
_DATA = frozenset({Kind.ENUM, Kind.EXCEPTION, Kind.ORM_MODEL, Kind.SCHEMA})


@dataclass(frozen=True, slots=True)
class RenamedGroup:
    """Classes that are one under several names. ``sites`` are those beyond the home, each with the share of its lines
    that are those of the home."""

    home: ClassSymbol
    reason: str
    sites: Mapping[ClassSymbol, float]


@dataclass(frozen=True, slots=True)
class RenamedClassAnalysis:
    """The renamed classes in certain zones: ``project.derived(RenamedClassAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[RenamedGroup, ...]:
        declared = project.derived(declared_copies)
        candidates = [
            cls
            for cls in project.classes()
            if cls.module.zone in self.zones and cls not in declared and _is_candidate(project, cls)
        ]
        leaders = _leaders(candidates)
        near = [pair for pair in _pairs(list(leaders)) if _is_copy(project, *pair)]
        groups = _connected(leaders, near)
        found = (each for group in groups for each in _found(project, group))
        return tuple(sorted(found, key=lambda each: each.home.sort_key))


def shared_lines(first: ClassSymbol, second: ClassSymbol) -> float:
    """Dice coefficient over the lines of two classes without the words of their names."""
    return dice(_lines(first), _lines(second))


def _is_candidate(project: Project, cls: ClassSymbol) -> bool:
    return (
        cls.fact.body.statements >= _STATEMENTS
        and bool(cls.fact.body.renamed_lines)
        and not cls.fact.guard & STAND_IN
        and is_handwritten(cls.module)
        and cls.module.namespace.get(cls.name) is cls
        and bool(cls.module.methods(cls))
        and lineage_of(project, cls).kind not in _DATA
    )


def _leaders(candidates: Sequence[ClassSymbol]) -> Mapping[ClassSymbol, list[ClassSymbol]]:
    """The classes by equal body but for their names: the first of each body with all of them."""
    of_body: dict[str, list[ClassSymbol]] = defaultdict(list)
    for cls in candidates:
        of_body[cls.fact.body.renamed_digest].append(cls)
    return {group[0]: group for group in of_body.values()}


def _pairs(classes: Sequence[ClassSymbol]) -> Iterator[tuple[ClassSymbol, ClassSymbol]]:
    """Pairs with a few rare lines in common."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, cls in enumerate(classes):
        for line in set(_lines(cls)):
            holders[line].append(place)
    shared = Counter(
        pair for places in holders.values() if 2 <= len(places) <= _RARE for pair in combinations(places, 2)
    )
    yield from ((classes[one], classes[other]) for (one, other), count in shared.items() if count >= _RARE_LINES)


def _is_copy(project: Project, first: ClassSymbol, second: ClassSymbol) -> bool:
    """Whether two classes are nearly equal but for their names, or hold one long part. Those on one base have that in
    common by design."""
    if first.name == second.name or not _may_be_copies(project, first, second):
        return False
    one, other = _lines(first), _lines(second)
    common, share = (one & other).total(), dice(one, other)
    if share >= SIMILAR_FROM:
        return common >= _NEAR_STATEMENTS
    roots = lineage_of(project, first).roots & lineage_of(project, second).roots
    is_long = common >= _LONG_PART and share >= _LONG_PART_SHARE
    return is_long and not roots and can_reach(project, first.module, second.module)


def _may_be_copies(project: Project, first: ClassSymbol, second: ClassSymbol) -> bool:
    one, other = lineage_of(project, first), lineage_of(project, second)
    return (
        first.module is not second.module
        and one.kind is other.kind
        and first not in other.ancestors
        and second not in one.ancestors
        and not is_async_twin(first.module, second.module)
        and not are_overlaid(first.module, second.module)
        and project.comparable(first.module, second.module)
    )


def _connected(
    leaders: Mapping[ClassSymbol, list[ClassSymbol]], pairs: Iterable[tuple[ClassSymbol, ClassSymbol]]
) -> list[list[ClassSymbol]]:
    """Groups of classes that equal bodies and ``pairs`` hold together."""
    group_of = {leader: list(members) for leader, members in leaders.items()}
    for one, other in pairs:
        first, second = group_of[one], group_of[other]
        if first is not second:
            first += second
            group_of |= {leader: first for leader, group in group_of.items() if group is second}
    return list({id(group): group for group in group_of.values()}.values())


def _found(project: Project, group: Sequence[ClassSymbol]) -> Iterator[RenamedGroup]:
    """The findings of one group: the home with what is a copy of it, then the same with what is left."""
    left = sorted(group, key=lambda cls: cls.sort_key)
    while len({cls.name for cls in left}) > 1:
        home, reason = project.home_among(left)
        sites = {cls: shared_lines(home, cls) for cls in left if cls is not home and _is_site(project, home, cls)}
        if sites:
            yield RenamedGroup(home, reason, sites)
        left = [cls for cls in left if cls is not home and cls not in sites]


def _is_site(project: Project, home: ClassSymbol, cls: ClassSymbol) -> bool:
    if home.fact.body.renamed_digest == cls.fact.body.renamed_digest:
        return home.name != cls.name and _may_be_copies(project, home, cls)
    return _is_copy(project, home, cls)


def _lines(cls: ClassSymbol) -> Counter[int]:
    hashes = array("I")
    hashes.frombytes(cls.fact.body.renamed_lines)
    return Counter(hashes)
