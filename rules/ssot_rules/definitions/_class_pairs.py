"""How two classes of one name are judged: their grade, and what exempts the pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from zlib import crc32

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import RELATED_FROM, SIMILAR_FROM, Grade, common_part, hashes_of, is_identical
from ssot_rules.analysis.class_kinds import Kind, outer_bases
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.drift import typed_signature_of
from ssot_rules.analysis.kept_apart import are_adapted_apart, are_kept_apart
from ssot_rules.analysis.layout import are_in_adapters, fill_one_slot, is_async_twin, is_parallel
from ssot_rules.analysis.lineage import Lineage, have_equal_bases, lineage_of
from ssot_rules.analysis.meanings import meanings_of, other_meanings
from ssot_rules.analysis.overlays import are_editions
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.variants import ONE_TEXT_SHARE, are_independent, are_of_two_times, are_variants, stands_alone

TRIVIAL_STATEMENTS = 2

# Equal lines without which a share says nothing, measured on what maintainers shrugged at: fields like `name: str`, the
# one method that a framework asks for.
_RELATED_LINES = 5
_HALF = 0.5
_LINES_OF_HALF = 3
_FIELDS_OF_HALF = 4
_FIELDS_OF_MOST = 5
_LINES_OF_ONE_METHOD = 5
# That many equal lines are one text, whatever stands around them.
_LONG_COMMON_PART = 20
_LONG_PART_SHARE = 0.15
# A private or one-word name says little: the lines must.
_TELLING_LINES = 10
# Files of one place in parallel folders are alike by design up to that many lines.
_PARALLEL_LINES = 8
# Variants of a family with that many equal lines are one text, whatever differs.
_ONE_TEXT_LINES = 100
# So many fields are what modules of one kind declare, each for itself.
_FEW_FIELDS = 3
# The state of one motor, the answer of one service: so many in the folder of each, and the next field is of one only.
_FIELDS_OF_ADAPTER = 5
# Of eighteen copies on fewer lines without a method three were worth an action as they stood, in five draws of unseen
# code.
SMALL_LINES = 5

_SETTINGS_BASES = frozenset({"BaseSettings"})
_KINDS_OF_FIELDS = frozenset({Kind.ORM_MODEL, Kind.SCHEMA, Kind.DATACLASS})


class ClassPairs:
    """The grades of pairs among some classes of one name."""

    def __init__(self, project: Project, symbols: Sequence[ClassSymbol]) -> None:
        self._project = project
        self._entries = {symbol: _Entry(project, symbol) for symbol in symbols}
        self._grades: dict[tuple[ClassSymbol, ClassSymbol], Grade] = {}

    def share(self, first: ClassSymbol, second: ClassSymbol) -> float:
        """What the lines of two classes have in common; of interfaces, the signatures."""
        return 1.0 if is_identical(first, second) else self._project.compared(_likeness, first, second)[1]

    def grade(self, first: ClassSymbol, second: ClassSymbol) -> Grade:
        """How much two classes have in common, too few equal lines to tell left out."""
        pair = (first, second) if first.sort_key < second.sort_key else (second, first)
        if pair not in self._grades:
            self._grades[pair] = self._grade(*pair)
        return self._grades[pair]

    def is_by_design(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether a pair of copies is the contract of a family: its variants while they differ and are short, and
        lists of fields; or what two distributions that know nothing of each other have of their own. What is one text
        but for a few lines is a copy everywhere."""
        if self.is_declaration(first, second) or are_kept_apart(self._project, first.module, second.module):
            return True
        if not is_identical(first, second) and are_adapted_apart(first.module, second.module):
            return True
        is_family = are_variants(self._project, first, second)
        if not is_family and not are_independent(self._project, first.module, second.module):
            return False
        if is_family and (self._are_fields(first, second) or self._are_stubs(first, second)):
            return True
        return self.share(first, second) < ONE_TEXT_SHARE and self._common(first, second) < _ONE_TEXT_LINES

    def is_small_declaration(self, symbol: ClassSymbol) -> bool:
        """Whether a class is a few lines without a method: an exception with its code, a tuple of fields. Settings are
        read from one environment."""
        has_methods = bool(symbol.module.methods(symbol))
        return not has_methods and self._lines(symbol).total() < SMALL_LINES and not self._entries[symbol].is_settings

    def is_base_of_each(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether two classes of a few lines are the bases that parallel modules have each for their own classes."""
        pair = (first, second)
        return (
            fill_one_slot(first.module, second.module)
            and self._lines(first).total() < SMALL_LINES
            and all(_is_base_at_home_only(self._project, symbol) for symbol in pair)
        )

    def other_meanings(self, first: ClassSymbol, second: ClassSymbol) -> list[str]:
        """The names that two classes use and that stand for other things in each, sorted."""
        return other_meanings(self._entries[first].meanings, self._entries[second].meanings)

    def _grade(self, first: ClassSymbol, second: ClassSymbol) -> Grade:
        if is_identical(first, second):
            if not have_equal_bases(self._project, first, second):
                return Grade.SIMILAR if first.module.methods(first) else Grade.RELATED
            return Grade.SIMILAR if self.other_meanings(first, second) else Grade.IDENTICAL
        common, share = self._project.compared(_likeness, first, second)
        if not self._is_more_than_a_hook(first, second, common):
            return Grade.DIFFERENT
        if share >= SIMILAR_FROM and self._is_long_enough(first, second, common):
            return Grade.SIMILAR
        return Grade.RELATED if self._is_related(first, second, share, common) else Grade.DIFFERENT

    def is_judged(self, first: ClassSymbol, second: ClassSymbol, grade: Grade) -> bool:
        """Whether nothing exempts a pair of that grade."""
        if grade < Grade.IDENTICAL and not self._is_telling_name(first, second, grade):
            return False
        if self._is_exempt(first, second, grade) or not self._project.comparable(first.module, second.module):
            return False
        return not self._is_small(first, second) or self._is_telling(first, second, grade)

    def _lines(self, symbol: ClassSymbol) -> Counter[int]:
        return self._entries[symbol].lines

    def _common(self, first: ClassSymbol, second: ClassSymbol) -> int:
        return self._project.compared(_likeness, first, second)[0]

    def _is_related(self, first: ClassSymbol, second: ClassSymbol, share: float, common: int) -> bool:
        if self._are_fields(first, second):
            return share >= _HALF and common >= _FIELDS_OF_HALF
        if common >= _LONG_COMMON_PART and share >= _LONG_PART_SHARE:
            return True
        return (share >= RELATED_FROM and common >= _RELATED_LINES) or (share >= _HALF and common >= _LINES_OF_HALF)

    def _are_fields(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        return self._entries[first].is_list_of_fields or self._entries[second].is_list_of_fields

    def _is_long_enough(self, first: ClassSymbol, second: ClassSymbol, common: int) -> bool:
        """Whether so many equal lines are a copy. Of lists of fields few say nothing; of other classes without methods
        they do where one has grown out of the other."""
        if common >= _FIELDS_OF_MOST:
            return True
        if self._are_fields(first, second):
            return False
        has_methods = bool(first.module.methods(first) and second.module.methods(second))
        return has_methods or common == min(self._lines(first).total(), self._lines(second).total())

    def _is_more_than_a_hook(self, first: ClassSymbol, second: ClassSymbol, common: int) -> bool:
        """Whether what two classes have in common is not just the one method that whoever calls them asks for."""
        one, other = self._entries[first].only_method, self._entries[second].only_method
        return one is None or one != other or common >= _LINES_OF_ONE_METHOD

    def _is_telling_name(self, first: ClassSymbol, second: ClassSymbol, grade: Grade) -> bool:
        """A private or one-word name says little: identical bodies count, and many equal lines."""
        if not first.name.startswith("_") and len(words(first.name)) > 1:
            return True
        needed = _TELLING_LINES if grade is Grade.SIMILAR else _LONG_COMMON_PART
        return grade > Grade.DIFFERENT and self._common(first, second) >= needed

    def _is_exempt(self, first: ClassSymbol, second: ClassSymbol, grade: Grade) -> bool:
        one, other = self._entries[first].lineage, self._entries[second].lineage
        if first.module is second.module or second in one.ancestors or first in other.ancestors:
            return True
        if grade < Grade.SIMILAR and self._are_of_two_kinds(one, other):
            return True
        if grade is not Grade.IDENTICAL and (are_editions(first, second) or self._is_for_itself(first, second)):
            return True
        if self._are_two_sides(first, second) or are_of_two_times(self._project, first.module, second.module):
            return True
        if grade >= Grade.SIMILAR:
            return False
        return (
            self._is_by_layout(first, second)
            or is_async_twin(first.module, second.module)
            or not can_reach(self._project, first.module, second.module)
        )

    @staticmethod
    def _are_of_two_kinds(one: Lineage, other: Lineage) -> bool:
        """Whether two classes are of different kinds, or share what they are built on. Rows of one table in two
        databases, or today's and those of the first migration, have no bases in common."""
        return one.kind is not other.kind or one.kind is Kind.ORM_MODEL or bool(one.roots & other.roots)

    def is_declaration(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether two classes only declare a few fields each, for their own module or for one of its kind. Settings
        are read from one environment."""
        entries = (self._entries[first], self._entries[second])
        if not all(entry.is_list_of_fields and not entry.is_settings for entry in entries):
            return False
        (least, most), one, other = sorted(entry.size for entry in entries), first.module, second.module
        if most <= _FEW_FIELDS and (first.name.startswith("_") or fill_one_slot(one, other)):
            return True
        is_beside = one.source.package != other.source.package and fill_one_slot(one, other)
        if most <= _FIELDS_OF_ADAPTER and is_beside:
            return True
        return least <= _FIELDS_OF_ADAPTER and are_in_adapters(one, other)

    def _are_stubs(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether two schemas have next to nothing yet."""
        entries = (self._entries[first], self._entries[second])
        return all(entry.is_schema and entry.size <= _FEW_FIELDS for entry in entries)

    def _are_two_sides(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether one is what comes over the wire, and the other what the program works with: fields of two kinds."""
        return self._are_fields(first, second) and self._entries[first].is_schema != self._entries[second].is_schema

    @staticmethod
    def _is_for_itself(first: ClassSymbol, second: ClassSymbol) -> bool:
        return stands_alone(first) or stands_alone(second)

    def _is_by_layout(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        """Whether parallel folders account for what two classes have in common. They ask for a name and its methods,
        not for their text."""
        return is_parallel(first.module, second.module) and self._common(first, second) < _PARALLEL_LINES

    def _is_small(self, first: ClassSymbol, second: ClassSymbol) -> bool:
        return min(self._entries[first].size, self._entries[second].size) <= TRIVIAL_STATEMENTS

    def _is_telling(self, first: ClassSymbol, second: ClassSymbol, grade: Grade) -> bool:
        """Whether a pair with a small body is a copy all the same.

        What so few lines do is decided by the bases: they count on equal bases only. Nearly equal ones do not count
        where they are fields (short lists of fields are alike by nature) or the layout asks for them.
        """
        one, other = self._entries[first], self._entries[second]
        if one.lineage.bases != other.lineage.bases:
            return False
        return grade is Grade.IDENTICAL or (
            grade is Grade.SIMILAR
            and max(one.size, other.size) > TRIVIAL_STATEMENTS
            and one.lineage.kind is other.lineage.kind is Kind.PLAIN
            and not is_parallel(first.module, second.module)
        )


def _is_base_at_home_only(project: Project, symbol: ClassSymbol) -> bool:
    heirs = heirs_of(project, symbol)
    return bool(heirs) and not project.importer_count(symbol) and all(each.module is symbol.module for each in heirs)


def _hashes_of(symbol: ClassSymbol) -> Sequence[int]:
    """The hashes of the lines of a class; of an interface those of the signatures."""
    methods = symbol.module.methods(symbol)
    own = hashes_of(symbol.fact.body.lines)
    return own or [crc32(typed_signature_of(method.fact).encode()) for method in methods]


def _likeness(first: ClassSymbol, second: ClassSymbol) -> tuple[int, float]:
    """The number of lines that two classes have in common, and the share of them."""
    return common_part(_hashes_of(first), _hashes_of(second))


class _Entry:
    """What a class is compared by, worked out when asked for."""

    def __init__(self, project: Project, symbol: ClassSymbol) -> None:
        self._project = project
        self._symbol = symbol
        self._methods = symbol.module.methods(symbol)

    @cached_property
    def lines(self) -> Counter[int]:
        return Counter(_hashes_of(self._symbol))

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        return meanings_of(self._project, self._symbol)

    @cached_property
    def lineage(self) -> Lineage:
        return lineage_of(self._project, self._symbol)

    @property
    def size(self) -> int:
        """Statements; of an interface, methods."""
        return self._symbol.fact.body.statements or len(self._methods)

    @property
    def is_list_of_fields(self) -> bool:
        """Whether a class is no more than its fields: such lists are alike by nature."""
        return not self._methods and self.lineage.kind in _KINDS_OF_FIELDS

    @property
    def is_settings(self) -> bool:
        return any(base.rpartition(".")[2] in _SETTINGS_BASES for base in outer_bases(self._project, self._symbol))

    @property
    def is_schema(self) -> bool:
        return self.lineage.kind is Kind.SCHEMA

    @property
    def only_method(self) -> str | None:
        """The name of the one method that a class has."""
        return self._methods[0].name if len(self._methods) == 1 else None
