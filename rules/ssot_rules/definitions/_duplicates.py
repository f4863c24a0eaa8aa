"""Which classes of one name are copies of each other: the analysis behind SSOT101 to SSOT104.

Classes are compared only with their namesakes, by the hashes of their logical lines. Each name ends in one
:class:`Namesakes`, whose grade says which of the four rules reports it, or in one :class:`Mirror`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import SIMILAR_FROM, Grade, compared_pairs, dice, grade_of, is_identical, line_counts
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.imports import exported_aliases
from ssot_rules.analysis.layout import is_async_twin, is_handwritten, is_parallel
from ssot_rules.analysis.lineage import Lineage, lineage_of
from ssot_rules.definitions._enums import lists_members

TRIVIAL_STATEMENTS = 2
MIRRORED_NAMES = 3
_KINDS_OF_FIELDS = frozenset({Kind.ORM_MODEL, Kind.SCHEMA, Kind.DATACLASS})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two definitions of one name that are judged together, by place."""

    first: ClassSymbol
    second: ClassSymbol
    grade: Grade

    @property
    def symbols(self) -> tuple[ClassSymbol, ClassSymbol]:
        return self.first, self.second

    @property
    def modules(self) -> tuple[Module, Module]:
        return self.first.module, self.second.module


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The definitions of one class name that are judged together.

    ``grade`` is that of the best pair. ``grades`` has each definition's own grade, that of its best pair with any
    other; it is ordered by place.
    """

    name: str
    grade: Grade
    grades: Mapping[ClassSymbol, Grade]

    def of_grade(self, grade: Grade) -> tuple[ClassSymbol, ...]:
        """The definitions with that grade of their own."""
        return tuple(symbol for symbol, own in self.grades.items() if own is grade)

    def copies(self) -> tuple[ClassSymbol, ...]:
        """The definitions that resemble another one; all of them where none does."""
        alike = tuple(symbol for symbol, own in self.grades.items() if own is not Grade.DIFFERENT)
        return alike or tuple(self.grades)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Two modules that define the same names as different things; one pair per name, by name."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class NamesakeReport:
    """Namesakes by name, mirrors by the paths of their modules; no name is in both. ``contested`` are the names of
    which any second meaning matters."""

    namesakes: tuple[Namesakes, ...]
    mirrors: tuple[Mirror, ...]
    contested: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamesakeAnalysis:
    """All names with more than one definition in certain zones: ``project.derived(NamesakeAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> NamesakeReport:
        by_name: dict[str, list[ClassSymbol]] = defaultdict(list)
        for symbol in project.classes():
            if symbol.module.zone in self.zones and _is_candidate(symbol):
                by_name[symbol.name].append(symbol)
        pairs = {
            name: list(_judged_pairs(project, name, [each for each in symbols if not lists_members(project, each)]))
            for name, symbols in sorted(by_name.items())
            if len(symbols) > 1
        }
        groups = [(name, group) for name, found in pairs.items() for group in _apart(project, found)]
        return _report(groups, frozenset(pairs) & self._contested(project, pairs))

    def _contested(self, project: Project, names: Iterable[str]) -> set[str]:
        """The names of declared components, and those that are also an exported alias of another class (SSOT302)."""
        declared = {name for name in names if any(component.is_played_by(name) for component in project.components)}
        aliases = project.derived(exported_aliases)
        return declared | {alias.name for alias in aliases if alias.module.zone in self.zones}


def _is_candidate(symbol: ClassSymbol) -> bool:
    """Whether a class can be somebody's copy at all.

    A definition that another one in its own module replaces, or that stands in for a failed import, is a matter
    of other rules.
    """
    module = symbol.module
    return (
        symbol.fact.body.statements > 0
        and not symbol.fact.guard & STAND_IN
        and is_handwritten(module)
        and module.namespace.get(symbol.name) is symbol
    )


def _judged_pairs(project: Project, name: str, symbols: Sequence[ClassSymbol]) -> Iterator[Pair]:
    """The pairs that are not exempt. A private or one-word name says little: only identical bodies count."""
    lowest = Grade.IDENTICAL if name.startswith("_") or len(words(name)) < 2 else Grade.DIFFERENT
    counts = {symbol.fact.body.digest: line_counts(symbol) for symbol in symbols}
    lineages = {symbol: lineage_of(project, symbol) for symbol in symbols}
    for first, second in compared_pairs(symbols):
        identical = is_identical(first, second)
        one, other = counts[first.fact.body.digest], counts[second.fact.body.digest]
        share = 1.0 if identical else dice(one, other)
        grade = grade_of(share, identical=identical)
        if grade is Grade.RELATED and (one & other).total() <= TRIVIAL_STATEMENTS:
            grade = Grade.DIFFERENT if any(_is_list_of_fields(each, lineages) for each in (first, second)) else grade
        if grade < lowest or _is_exempt(first, second, lineages, grade):
            continue
        if not project.comparable(first.module, second.module):
            continue
        if not _is_small(first, second) or _is_telling(first, second, lineages, share):
            yield Pair(first, second, grade)


def _is_exempt(first: ClassSymbol, second: ClassSymbol, lineages: Mapping[ClassSymbol, Lineage], grade: Grade) -> bool:
    one, other = lineages[first], lineages[second]
    if first.module is second.module or second in one.ancestors or first in other.ancestors:
        return True
    if grade >= Grade.SIMILAR:
        return False
    return (
        one.kind is not other.kind
        or bool(one.roots & other.roots)
        or is_parallel(first.module, second.module)
        or is_async_twin(first.module, second.module)
    )


def _is_list_of_fields(symbol: ClassSymbol, lineages: Mapping[ClassSymbol, Lineage]) -> bool:
    """Whether a class is no more than its fields. A field or two in common relate it to nothing: such lists are alike
    by nature."""
    return lineages[symbol].kind in _KINDS_OF_FIELDS and not list(symbol.module.methods(symbol))


def _is_small(first: ClassSymbol, second: ClassSymbol) -> bool:
    return min(first.fact.body.statements, second.fact.body.statements) <= TRIVIAL_STATEMENTS


def _is_telling(first: ClassSymbol, second: ClassSymbol, lineages: Mapping[ClassSymbol, Lineage], share: float) -> bool:
    """Whether a pair with a small body is a copy all the same.

    What so few lines do is decided by the bases: they count on equal bases only. Nearly equal ones do not count where
    they are fields (short lists of fields are alike by nature) or the layout asks for them.
    """
    one, other = lineages[first], lineages[second]
    if one.bases != other.bases:
        return False
    return share == 1.0 or (
        share >= SIMILAR_FROM
        and max(first.fact.body.statements, second.fact.body.statements) > TRIVIAL_STATEMENTS
        and one.kind is other.kind is Kind.PLAIN
        and not is_parallel(first.module, second.module)
    )


def _apart(project: Project, pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """The pairs of one name in groups that are judged apart: by plug-in."""
    symbols = tuple(dict.fromkeys(symbol for pair in pairs for symbol in pair.symbols))
    for group in map(frozenset, project.comparable_groups(symbols)):
        yield [pair for pair in pairs if pair.first in group]


def _report(groups: Sequence[tuple[str, Sequence[Pair]]], contested: frozenset[str]) -> NamesakeReport:
    """A name goes to a mirror only if its one pair lies there: no definition is reported twice."""
    open_pairs = [
        pairs[0]
        for name, pairs in groups
        if len(pairs) == 1 and pairs[0].grade <= Grade.RELATED and name not in contested
    ]
    mirrors = _mirrors(open_pairs)
    mirrored = {pair for mirror in mirrors for pair in mirror.pairs}
    return NamesakeReport(
        tuple(_namesakes(name, pairs) for name, pairs in groups if pairs[0] not in mirrored), mirrors, contested
    )


def _mirrors(pairs: Sequence[Pair]) -> tuple[Mirror, ...]:
    """The pairs of modules that share enough names in a divergent or related form."""
    shared: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        shared[pair.first.module.path, pair.second.module.path].append(pair)
    return tuple(
        Mirror(tuple(group))
        for _, group in sorted(shared.items(), key=lambda item: item[0])
        if len(group) >= MIRRORED_NAMES
    )


def _namesakes(name: str, pairs: Sequence[Pair]) -> Namesakes:
    grades: dict[ClassSymbol, Grade] = {}
    for pair in pairs:
        for symbol in pair.symbols:
            grades[symbol] = max(pair.grade, grades.get(symbol, pair.grade))
    by_place = sorted(grades, key=lambda symbol: symbol.sort_key)
    return Namesakes(name, max(grades.values()), {symbol: grades[symbol] for symbol in by_place})
