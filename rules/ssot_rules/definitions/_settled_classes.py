"""What the rules on classes say of classes already: for the rules on methods, which leave it to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_rules.analysis.bodies import Grade
from ssot_rules.definitions._duplicates import NamesakeAnalysis, Namesakes
from ssot_rules.definitions._renamed_classes import RenamedClassAnalysis

ClassPairs: TypeAlias = frozenset[tuple[ClassSymbol, ClassSymbol]]
"""Pairs of classes, each in both orders."""


@dataclass(frozen=True, slots=True)
class _Reported:
    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> ClassPairs:
        namesakes = _namesakes(project, self.zones)
        return _pairs_in((each.home, *each.sites) for each in namesakes if each.grade >= Grade.RELATED)


@dataclass(frozen=True, slots=True)
class _Dropped:
    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> frozenset[ClassSymbol]:
        return frozenset(site for each in _copied(project, self.zones) for site in each.sites)


@dataclass(frozen=True, slots=True)
class _Kept:
    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> frozenset[ClassSymbol]:
        return frozenset(each.home for each in _copied(project, self.zones))


@dataclass(frozen=True, slots=True)
class _Renamed:
    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> ClassPairs:
        renamed = project.derived(RenamedClassAnalysis(self.zones))
        return _pairs_in((each.home, *each.sites) for each in renamed if len(each.home.module.methods(each.home)) > 1)


def reported_classes(project: Project, zones: tuple[Zone, ...]) -> ClassPairs:
    """Pairs of namesakes that the rules on classes call copies or relatives of each other."""
    return project.derived(_Reported(zones))


def dropped_classes(project: Project, zones: tuple[Zone, ...]) -> frozenset[ClassSymbol]:
    """The classes that SSOT101 and SSOT102 ask to drop for their namesakes."""
    return project.derived(_Dropped(zones))


def kept_classes(project: Project, zones: tuple[Zone, ...]) -> frozenset[ClassSymbol]:
    """The classes that they keep."""
    return project.derived(_Kept(zones))


def renamed_classes(project: Project, zones: tuple[Zone, ...]) -> ClassPairs:
    """Pairs of classes that are one under several names. A class of one method under another name is that method: what
    it is called says more than the class does."""
    return project.derived(_Renamed(zones))


def _copied(project: Project, zones: tuple[Zone, ...]) -> list[Namesakes]:
    return [each for each in _namesakes(project, zones) if each.grade >= Grade.SIMILAR]


def _namesakes(project: Project, zones: tuple[Zone, ...]) -> Iterator[Namesakes]:
    report = project.derived(NamesakeAnalysis(zones))
    yield from report.namesakes
    yield from (each for mirror in report.mirrors for each in mirror.names)


def _pairs_in(groups: Iterable[Sequence[ClassSymbol]]) -> ClassPairs:
    return frozenset(pair for group in groups for pair in permutations(group, 2))
