"""Which classes are one class under several names: the analysis behind SSOT105.

Bodies are compared without the words of the classes' own names. Candidates are found by what is rare: the digest of a
body, or lines that few classes have.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import SIMILAR_FROM, dice
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.layout import is_async_twin, is_handwritten
from ssot_rules.analysis.lineage import Lineage, lineage_of
from ssot_rules.analysis.mirrors import declared_copies
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.remedies import can_reach

_STATEMENTS = 6
"""Fewer equal statements are how such classes are written."""
_STATEMENTS_OF_NAMESAKES = 4
_SHARED_WORDS = 2
"""Names that end in so many words alike (`BertSelfOutput`, `ElectraSelfOutput`) say that the classes do the same: what
is left in them may be shorter, methods counted, or nothing but fields."""
_NEAR_STATEMENTS = 8
_LONG_PART_SHARE = 0.6
_LONG_PART = 20
"""Measured on haystack and mlflow: with fewer, what two classes have in common is the contract of their framework."""
# A line that more classes than that have says nothing of any two of them.
_RARE = 60
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
            each
            for module in project.modules
            if module.zone in self.zones
            for each in project.linked(_candidates_in, module)
            if each[0] not in declared
        ]
        lineages = {cls: lineage for cls, lineage, _ in candidates}
        comparison = _Comparison(project, lineages, {cls: lines for cls, _, lines in candidates})
        found = (each for group in comparison.groups() for each in comparison.found(group))
        return tuple(sorted(found, key=lambda each: each.home.sort_key))


def _candidates_in(project: Project, module: Module) -> tuple[tuple[ClassSymbol, Lineage, Counter[int]], ...]:
    """The classes that may be copies, with what they inherit from and their lines."""
    classes = filter(_may_be_candidate, module.top_level_classes)
    known = ((cls, lineage_of(project, cls)) for cls in classes)
    return tuple((cls, lineage, _lines(cls)) for cls, lineage in known if lineage.kind not in _DATA)


def _may_be_candidate(cls: ClassSymbol) -> bool:
    return (
        cls.fact.body.statements + len(cls.module.methods(cls)) >= _STATEMENTS_OF_NAMESAKES
        and bool(cls.fact.body.renamed_lines)
        and not cls.fact.guard & STAND_IN
        and is_handwritten(cls.module)
        and cls.module.namespace.get(cls.name) is cls
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The candidates, each with what it inherits from and with its lines."""

    project: Project
    lineages: Mapping[ClassSymbol, Lineage]
    lines: Mapping[ClassSymbol, Counter[int]]

    def groups(self) -> list[list[ClassSymbol]]:
        """Classes that equal bodies and near copies hold together."""
        leaders = _leaders(self.lines)
        near = [pair for pair in self._pairs(leaders) if self._is_copy(*pair)]
        return _connected(leaders, near)

    def found(self, group: Sequence[ClassSymbol]) -> Iterator[RenamedGroup]:
        """The findings of one group: the home with what is a copy of it, then the same with what is left."""
        left = sorted(group, key=lambda cls: cls.sort_key)
        while len({cls.name for cls in left}) > 1:
            home, reason = self.project.home_among(left)
            sites = {cls: self._share(home, cls) for cls in left if cls is not home and self._is_site(home, cls)}
            if sites:
                yield RenamedGroup(home, reason, sites)
            left = [cls for cls in left if cls is not home and cls not in sites]

    def _pairs(self, leaders: Iterable[ClassSymbol]) -> Iterator[tuple[ClassSymbol, ClassSymbol]]:
        """Pairs with a few rare lines in common."""
        classes = [cls for cls in leaders if cls.fact.body.statements >= _NEAR_STATEMENTS and cls.module.methods(cls)]
        holders: dict[int, list[int]] = defaultdict(list)
        for place, cls in enumerate(classes):
            for line in self.lines[cls]:
                holders[line].append(place)
        shared = Counter(
            pair for places in holders.values() if 2 <= len(places) <= _RARE for pair in combinations(places, 2)
        )
        yield from ((classes[one], classes[other]) for (one, other), count in shared.items() if count >= _RARE_LINES)

    def _is_site(self, home: ClassSymbol, cls: ClassSymbol) -> bool:
        """Whether a class of the group of ``home`` is a copy of it; one that grew out of another copy is where most of
        it still is."""
        if home.name == cls.name or not self._may_be_copies(home, cls):
            return False
        if home.fact.body.renamed_digest == cls.fact.body.renamed_digest:
            is_long = home.fact.body.statements >= _STATEMENTS and bool(home.module.methods(home))
            return is_long or _shared_words(home, cls) >= _SHARED_WORDS
        return self._share(home, cls) >= _LONG_PART_SHARE

    def _is_copy(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether two classes are nearly equal but for their names, or hold one long part. Those on one base have that
        in common by design."""
        share = self._share(first, second)
        if share < _LONG_PART_SHARE or first.name == second.name or not self._may_be_copies(first, second):
            return False
        common, _ = self._likeness(first, second)
        if share >= SIMILAR_FROM:
            return common >= _NEAR_STATEMENTS
        roots = self.lineages[first].roots & self.lineages[second].roots
        return common >= _LONG_PART and not roots and can_reach(self.project, first.module, second.module)

    def _share(self, first: ClassSymbol, second: ClassSymbol) -> float:
        return self._likeness(first, second)[1]

    def _likeness(self, first: ClassSymbol, second: ClassSymbol) -> tuple[int, float]:
        """The number of lines that two classes have in common, and the share of them."""
        return self.project.compared(_renamed_likeness, first, second)

    def _may_be_copies(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        one, other = self.lineages[first], self.lineages[second]
        return (
            first.module is not second.module
            and one.kind is other.kind
            and first not in other.ancestors
            and second not in one.ancestors
            and not is_async_twin(first.module, second.module)
            and not are_overlaid(first.module, second.module)
            and self.project.comparable(first.module, second.module)
        )


def _leaders(candidates: Iterable[ClassSymbol]) -> Mapping[ClassSymbol, list[ClassSymbol]]:
    """The classes by equal body but for their names: the first of each body with all of them."""
    of_body: dict[str, list[ClassSymbol]] = defaultdict(list)
    for cls in candidates:
        of_body[cls.fact.body.renamed_digest].append(cls)
    return {group[0]: group for group in of_body.values()}


def _connected(
    leaders: Mapping[ClassSymbol, list[ClassSymbol]], pairs: Iterable[tuple[ClassSymbol, ClassSymbol]]
) -> list[list[ClassSymbol]]:
    """Groups of classes that equal bodies and ``pairs`` hold together."""
    group_of = {cls: members for members in map(list, leaders.values()) for cls in members}
    for one, other in pairs:
        smaller, larger = sorted((group_of[one], group_of[other]), key=len)
        if smaller is not larger:
            larger += smaller
            group_of |= dict.fromkeys(smaller, larger)
    return list({id(group): group for group in group_of.values()}.values())


def _shared_words(one: ClassSymbol, other: ClassSymbol) -> int:
    """How many words the names of two classes have in common at their ends."""
    pairs = zip(reversed(words(one.name)), reversed(words(other.name)), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _renamed_likeness(one: ClassSymbol, other: ClassSymbol) -> tuple[int, float]:
    first, second = _lines(one), _lines(other)
    return (first & second).total(), dice(first, second)


def _lines(cls: ClassSymbol) -> Counter[int]:
    hashes = array("I")
    hashes.frombytes(cls.fact.body.renamed_lines)
    return Counter(hashes)
