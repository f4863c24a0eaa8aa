"""Which classes of one name are copies of each other: the analysis behind SSOT101 to SSOT104.

Classes are compared only with their namesakes, by the hashes of their logical lines. The definitions of a name fall
into copies with a home each; the homes are held against each other again. So no definition is called a copy of what it
has nothing in common with, and none is a site of two findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN, Guard
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_rules.analysis.bodies import Grade, compared_pairs, is_identical
from ssot_rules.analysis.idle_copies import home_in_use
from ssot_rules.analysis.imports import exported_aliases
from ssot_rules.analysis.kept_apart import is_specimen
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.reaching import is_importable
from ssot_rules.definitions._candidates import NamedCandidates
from ssot_rules.definitions._class_pairs import ClassPairs
from ssot_rules.definitions._enums import lists_members

MIRRORED_NAMES = 3
_METHODS_OF_INTERFACE = 2
_LAYERS = (Grade.SIMILAR, Grade.RELATED, Grade.DIFFERENT)
"""Definitions are brought together by pairs of at least that grade, one layer after the other."""

_Pairs = Mapping[tuple[ClassSymbol, ClassSymbol], Grade]


@dataclass(frozen=True, slots=True, eq=False)
class Namesakes:
    """Definitions of one class name with their home: what one finding is about.

    ``grade`` is that of the best pair of them. ``sites`` are the definitions beyond the home. ``grades`` has all
    definitions that are judged under the name, by place: those of the finding with the grade of their best pair in it,
    the others with their grade beside the home.
    """

    name: str
    grade: Grade
    home: ClassSymbol
    reason: str
    sites: tuple[ClassSymbol, ...]
    grades: Mapping[ClassSymbol, Grade]

    def of_grade(self, grade: Grade) -> tuple[ClassSymbol, ...]:
        """The definitions with that grade."""
        return tuple(symbol for symbol, own in self.grades.items() if own is grade)

    @property
    def modules(self) -> tuple[Module, Module]:
        """The modules of the home and its first site, by path."""
        one, other = sorted((self.home.module, self.sites[0].module), key=lambda module: module.path)
        return one, other


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two modules that define the same names; what is found under each name, by name. All have a home in one of the
    two."""

    names: tuple[Namesakes, ...]

    @property
    def grade(self) -> Grade:
        return max(each.grade for each in self.names)


@dataclass(frozen=True, slots=True)
class NamesakeReport:
    """Namesakes by name, mirrors by the paths of their modules; no site is in both. ``contested`` are the names of
    which any second meaning matters."""

    namesakes: tuple[Namesakes, ...]
    mirrors: tuple[Mirror, ...]
    contested: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamesakeAnalysis:
    """All names with more than one definition in certain zones: ``project.derived(NamesakeAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> NamesakeReport:
        judged = project.judging(_judged)
        groups = project.folded(NamedCandidates(self.zones, _candidates_in), Groups[str, ClassSymbol]).several()
        found = [namesakes for group in sorted(groups, key=_name) for namesakes in judged(group)]
        contested = frozenset(self._contested(project, {each.name for each in found}))
        mirrors = _mirrors(found, contested)
        mirrored = {each for mirror in mirrors for each in mirror.names}
        return NamesakeReport(tuple(each for each in found if each not in mirrored), mirrors, contested)

    def _contested(self, project: Project, names: Set[str]) -> Set[str]:
        """The names of declared components, and those that are also an exported alias of another class (SSOT302)."""
        declared = {name for name in names if any(component.is_played_by(name) for component in project.components)}
        aliases = project.derived(exported_aliases)
        return declared | (names & {alias.name for alias in aliases if alias.module.zone in self.zones})


def _name(symbols: Sequence[ClassSymbol]) -> str:
    return symbols[0].name


def _candidates_in(module: Module) -> tuple[ClassSymbol, ...]:
    return tuple(filter(_is_candidate, module.top_level_classes))


def _is_candidate(symbol: ClassSymbol) -> bool:
    """Whether a class can be somebody's copy at all.

    A definition that another one in its own module replaces, or that stands in for a failed import, is a matter
    of other rules; one that is there only where its file is run as a script may not import anything.
    """
    module = symbol.module
    is_interface = len(module.methods(symbol)) >= _METHODS_OF_INTERFACE
    return (
        (symbol.fact.body.statements > 0 or is_interface)
        and not symbol.fact.guard & (STAND_IN | Guard.MAIN)
        and is_handwritten(module)
        and not module.derived(is_specimen)
        and module.namespace.get(symbol.name) is symbol
    )


def _judged(project: Project, namesakes: tuple[ClassSymbol, ...]) -> tuple[Namesakes, ...]:
    """What is found under one name. For :meth:`Project.judging`."""
    symbols = [each for each in namesakes if not lists_members(project, each)]
    return tuple(_found_among(project, symbols)) if len(symbols) > 1 else ()


def _found_among(project: Project, symbols: Sequence[ClassSymbol]) -> Iterator[Namesakes]:
    """The same, in each group of plug-ins that is judged apart."""
    pairs = ClassPairs(project, symbols)
    graded: _Pairs = {pair: pairs.grade(*pair) for pair in compared_pairs(symbols)}
    graded = {pair: grade for pair, grade in graded.items() if pairs.is_judged(*pair, grade)}
    graded = _without_other_types(project, pairs, graded)
    judged = dict.fromkeys(symbol for pair in graded for symbol in pair)
    for group in project.comparable_groups(tuple(judged)):
        own = {pair: grade for pair, grade in graded.items() if pair[0] in group}
        yield from _Grouping(project, pairs, own).found()


def _without_other_types(project: Project, pairs: ClassPairs, graded: _Pairs) -> _Pairs:
    """The pairs without those of one text in which names mean other classes, if one of the two has a copy that means
    the same: the copies go together, and the other is none of them."""
    copied = {symbol for pair, grade in graded.items() if grade is Grade.IDENTICAL for symbol in pair}
    return {
        pair: grade
        for pair, grade in graded.items()
        if grade is Grade.IDENTICAL
        or not is_identical(*pair)
        or copied.isdisjoint(pair)
        or not _mean_other_classes(project, pairs, *pair)
    }


def _mean_other_classes(project: Project, pairs: ClassPairs, first: ClassSymbol, second: ClassSymbol) -> bool:
    names = pairs.other_meanings(first, second)
    return any(isinstance(project.resolve(first.module, first.fact.parent, name).symbol, ClassSymbol) for name in names)


class _Grouping:
    """Brings the definitions of one name together, layer by layer."""

    def __init__(self, project: Project, pairs: ClassPairs, graded: _Pairs) -> None:
        self._project = project
        self._pairs = pairs
        self._graded = graded
        self._all = sorted({symbol for pair in graded for symbol in pair}, key=lambda symbol: symbol.sort_key)

    def found(self) -> Iterator[Namesakes]:
        standing = self._all
        for layer in _LAYERS:
            homes = []
            for group in self._connected(standing, layer):
                namesakes = self._around_home(group, layer) if len(group) > 1 else None
                sites = () if namesakes is None else namesakes.sites
                homes += [symbol for symbol in group if symbol not in sites]
                if namesakes is not None and sites:
                    yield namesakes
            standing = sorted(homes, key=lambda symbol: symbol.sort_key)

    def _connected(self, standing: Sequence[ClassSymbol], layer: Grade) -> list[list[ClassSymbol]]:
        """``standing`` in groups that pairs of at least that grade hold together."""
        group_of = {symbol: [symbol] for symbol in standing}
        for (first, second), grade in self._graded.items():
            if grade >= layer and first in group_of and second in group_of:
                one, other = group_of[first], group_of[second]
                if one is not other:
                    one += other
                    group_of |= dict.fromkeys(other, one)
        distinct = {id(group): group for group in group_of.values()}
        return [sorted(group, key=lambda symbol: symbol.sort_key) for group in distinct.values()]

    def _around_home(self, group: Sequence[ClassSymbol], layer: Grade) -> Namesakes:
        home, reason = home_in_use(self._project, group)
        sites = tuple(symbol for symbol in group if self._is_site(symbol, home, layer))
        own = self._best_of({home, *sites})
        best = max(own.values(), default=layer)
        grades = {symbol: own[symbol] if symbol in own else self._pairs.grade(home, symbol) for symbol in self._all}
        return Namesakes(home.name, best, home, reason, sites, grades)

    def _best_of(self, symbols: set[ClassSymbol]) -> Mapping[ClassSymbol, Grade]:
        """Each of some definitions with the grade of its best pair with another of them."""
        found: dict[ClassSymbol, Grade] = {}
        for pair, grade in self._graded.items():
            if symbols.issuperset(pair):
                found |= {symbol: max(grade, found.get(symbol, grade)) for symbol in pair}
        return found

    def _is_site(self, symbol: ClassSymbol, home: ClassSymbol, layer: Grade) -> bool:
        """Whether a definition has as much in common with the home. What is only related, and could not be merged into
        it, is none."""
        if symbol is home or self._pairs.grade(home, symbol) < layer:
            return False
        return layer is not Grade.RELATED or is_importable(self._project, symbol.module, home.module)


def _mirrors(found: Sequence[Namesakes], contested: frozenset[str]) -> tuple[Mirror, ...]:
    """The pairs of modules with enough names in common, apart by whether they hold copies, relatives or no more than
    names."""
    shared: dict[tuple[str, str, Grade], list[Namesakes]] = defaultdict(list)
    for each in found:
        if len(each.sites) == 1 and each.name not in contested:
            one, other = each.modules
            shared[one.path, other.path, min(each.grade, Grade.SIMILAR)].append(each)
    return tuple(
        Mirror(tuple(names))
        for _, names in sorted(shared.items(), key=lambda item: item[0])
        if len(names) >= MIRRORED_NAMES
    )
