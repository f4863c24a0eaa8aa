"""Which classes are one class under several names: the analysis behind SSOT105.

Bodies are compared without the words of the classes' own names. Candidates are found by what is rare: the digest of a
body, or lines that few classes have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import SIMILAR_FROM, common_part, hashes_of
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.layout import is_async_twin, is_handwritten
from ssot_rules.analysis.lineage import Lineage, lineage_of
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.definitions._renamed_bodies import RenamedBodies, RenamedBody

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
_DATA = frozenset({Kind.ENUM, Kind.EXCEPTION, Kind.ORM_MODEL, Kind.SCHEMA})


@dataclass(frozen=True, slots=True, eq=False)
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
        judged = project.judging(_found_among)
        found = (each for group in self._groups(project) for each in judged(group))
        return tuple(sorted(found, key=lambda each: each.home.sort_key))

    def _groups(self, project: Project) -> list[tuple[ClassSymbol, ...]]:
        """Classes that equal bodies and near copies hold together, by place."""
        bodies = project.folded(_BodiesIn(self.zones), RenamedBodies)
        copies = project.in_groups(_is_copy, bodies.near_classes(), self)
        near = [(one.fact.body.renamed_digest, other.fact.body.renamed_digest) for one, other in copies]
        return [
            tuple(sorted((cls for body in group for cls in bodies.classes_of(body)), key=lambda cls: cls.sort_key))
            for group in _connected(bodies.several.union(*near), near)
        ]


@dataclass(frozen=True, slots=True)
class _BodiesIn:
    """The classes of a module that may be copies, each with its body. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[RenamedBody, ...]:
        known = project.linked(_candidates_in, module) if module.zone in self.zones else {}
        declared = project.linked(declared_copies_in, module)
        return tuple(
            (cls, cls.fact.body.renamed_digest, tuple(dict.fromkeys(_lines(cls))) if _may_be_near(cls) else ())
            for cls in known
            if cls not in declared
        )


def _candidates_in(project: Project, module: Module) -> Mapping[ClassSymbol, Lineage]:
    """The classes that may be copies, with what they inherit from."""
    classes = filter(_may_be_candidate, module.top_level_classes)
    known = ((cls, lineage_of(project, cls)) for cls in classes)
    return {cls: lineage for cls, lineage in known if lineage.kind not in _DATA}


def _lineage_in(project: Project, cls: ClassSymbol) -> Lineage:
    return project.linked(_candidates_in, cls.module)[cls]


def _may_be_near(cls: ClassSymbol) -> bool:
    return cls.fact.body.statements >= _NEAR_STATEMENTS and bool(cls.module.methods(cls))


def _may_be_candidate(cls: ClassSymbol) -> bool:
    return (
        cls.fact.body.statements + len(cls.module.methods(cls)) >= _STATEMENTS_OF_NAMESAKES
        and bool(cls.fact.body.renamed_lines)
        and not cls.fact.guard & STAND_IN
        and is_handwritten(cls.module)
        and cls.module.namespace.get(cls.name) is cls
    )


def _found_among(project: Project, group: tuple[ClassSymbol, ...]) -> tuple[RenamedGroup, ...]:
    """The findings of one group: the home with what is a copy of it, then the same with what is left. For
    :meth:`Project.judging`."""
    found, left = [], list(group)
    while len({cls.name for cls in left}) > 1:
        home, reason = project.home_among(left)
        sites = {
            cls: _likeness(project, home, cls)[1] for cls in left if cls is not home and _is_site(project, home, cls)
        }
        if sites:
            found.append(RenamedGroup(home, reason, sites))
        left = [cls for cls in left if cls is not home and cls not in sites]
    return tuple(found)


def _is_site(project: Project, home: ClassSymbol, cls: ClassSymbol) -> bool:
    """Whether a class of the group of ``home`` is a copy of it; one that grew out of another copy is where most of it
    still is."""
    if home.name == cls.name or not _may_be_copies(project, home, cls):
        return False
    if home.fact.body.renamed_digest == cls.fact.body.renamed_digest:
        is_long = home.fact.body.statements >= _STATEMENTS and bool(home.module.methods(home))
        return is_long or _shared_words(home, cls) >= _SHARED_WORDS
    return _likeness(project, home, cls)[1] >= _LONG_PART_SHARE


def _is_copy(project: Project, pair: tuple[ClassSymbol, ClassSymbol]) -> bool:
    """Whether two classes are nearly equal but for their names, or hold one long part. Those on one base have that in
    common by design. For :meth:`Project.in_groups`."""
    first, second = pair
    common, share = _likeness(project, first, second)
    if share < _LONG_PART_SHARE or first.name == second.name or not _may_be_copies(project, first, second):
        return False
    if share >= SIMILAR_FROM:
        return common >= _NEAR_STATEMENTS
    roots = _lineage_in(project, first).roots & _lineage_in(project, second).roots
    return common >= _LONG_PART and not roots and can_reach(project, first.module, second.module)


def _likeness(project: Project, first: ClassSymbol, second: ClassSymbol) -> tuple[int, float]:
    """The number of lines that two classes have in common, and the share of them."""
    return project.compared(_renamed_likeness, first, second)


def _may_be_copies(project: Project, first: ClassSymbol, second: ClassSymbol) -> bool:
    one, other = _lineage_in(project, first), _lineage_in(project, second)
    return (
        first.module is not second.module
        and one.kind is other.kind
        and first not in other.ancestors
        and second not in one.ancestors
        and not is_async_twin(first.module, second.module)
        and not are_overlaid(first.module, second.module)
        and project.comparable(first.module, second.module)
    )


def _connected(bodies: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of bodies that ``pairs`` hold together."""
    group_of = {body: [body] for body in bodies}
    for pair in pairs:
        smaller, larger = sorted((group_of[each] for each in pair), key=len)
        if smaller is not larger:
            larger += smaller
            group_of |= dict.fromkeys(smaller, larger)
    return list({id(group): group for group in group_of.values()}.values())


def _shared_words(one: ClassSymbol, other: ClassSymbol) -> int:
    """How many words the names of two classes have in common at their ends."""
    pairs = zip(reversed(words(one.name)), reversed(words(other.name)), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _renamed_likeness(one: ClassSymbol, other: ClassSymbol) -> tuple[int, float]:
    return common_part(_lines(one), _lines(other))


def _lines(cls: ClassSymbol) -> Sequence[int]:
    return hashes_of(cls.fact.body.renamed_lines)
