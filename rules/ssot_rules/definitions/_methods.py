"""Which methods are copies of each other: the analysis behind SSOT124.

Equal bodies are found by their digest, nearly equal ones among methods of one name. What the rules on classes report of
two namesakes is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.bodies import compared_pairs, line_count
from ssot_rules.analysis.class_kinds import outer_bases
from ssot_rules.analysis.factories import is_double
from ssot_rules.analysis.kept_apart import are_all_kept_apart, are_repeated_on_purpose, is_specimen
from ssot_rules.analysis.layout import is_handwritten, is_parallel
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.analysis.modules_meant import FEW_STATEMENTS, modules_meant_otherwise
from ssot_rules.analysis.vocabulary import ABSTRACT_DECORATORS, ACCESSOR_DECORATORS, PROPERTY_DECORATORS
from ssot_rules.definitions._functions import is_top_level
from ssot_rules.definitions._method_kin import are_few_of_many, are_of_strangers, are_parts_of_networks, are_ports
from ssot_rules.definitions._method_pairs import (
    NEAR_LINES,
    are_apart,
    are_near_copies,
    are_overrides,
    class_of,
    may_be_near,
    of_one_meaning,
    one_of_each_class,
)
from ssot_rules.definitions._settled_classes import ClassPairs, dropped_classes, renamed_classes, reported_classes

STATEMENTS = 4
SCORED_STATEMENTS = 6
# Of two methods with fewer statements 3 of 8 findings were right in four draws of unseen code, of others 21 of 32.
_SCORED_IN_TWO = 7
"""Copies of fewer are information: of five drawn from unseen code none was worth an action."""
# Near copies of fewer were the wiring of parallel classes: of three drawn none was.
_SCORED_NEARLY = 12

# Overrides of fewer statements that call what they extend are what an ancestor of the project, or a library, asks for.
_HOOK_STATEMENTS = 10
_LIBRARY_HOOK_STATEMENTS = 9
# What an interface asks for, the modules of one file and attributes that are computed are alike by nature up to that
# many statements: read in mlflow 3.18.0 and django 5.2.
_FORCED_STATEMENTS = 6
_PARALLEL_STATEMENTS = 8
# Special methods of more do what others could do for them.
_SPECIAL_STATEMENTS = 8
_COPIES = 3

_EVENT_HANDLER = re.compile(r"[a-z]+(?:[A-Z][a-z]*)*Event")
_NOT_JUDGED = ABSTRACT_DECORATORS | ACCESSOR_DECORATORS
_MethodPair = tuple[FunctionSymbol, FunctionSymbol]


@dataclass(frozen=True, slots=True)
class MethodCopies:
    """Methods that should be one, by place, at least two of different classes; ``functions`` have the same body.
    ``is_equal``: all bodies are equal."""

    methods: tuple[FunctionSymbol, ...]
    functions: tuple[FunctionSymbol, ...]
    is_equal: bool

    def is_minor(self, project: Project) -> bool:
        """Whether they are not worth an action by themselves."""
        if self.is_slight(project) or self._read_other_modules(project):
            return True
        return not self.functions and (
            are_few_of_many(project, self.methods)
            or are_of_strangers(project, self.methods)
            or are_parts_of_networks(project, self.methods)
        )

    def is_slight(self, project: Project) -> bool:
        """Whether they are too short to be worth an action, or kept apart on purpose."""
        copies = (*self.methods, *self.functions)
        if are_all_kept_apart(project, [each.module for each in copies]) and len(copies) > 1:
            return True
        if are_repeated_on_purpose(copies) or are_ports(copies):
            return True
        least = (_SCORED_IN_TWO if self._are_two else SCORED_STATEMENTS) if self.is_equal else _SCORED_NEARLY
        return min(method.fact.body.statements for method in self.methods) < least

    def _read_other_modules(self, project: Project) -> bool:
        """Whether a few statements stand around modules that each has for itself."""
        first, *others = self.methods
        return first.fact.body.statements < FEW_STATEMENTS and any(
            modules_meant_otherwise(project, first, other) for other in (*others, *self.functions)
        )

    @property
    def _are_two(self) -> bool:
        return len(self.methods) + len(self.functions) < _COPIES


@dataclass(frozen=True, slots=True)
class MethodAnalysis:
    """The copied methods in certain zones: ``project.derived(MethodAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[MethodCopies, ...]:
        bodies = project.folded(_BodiesIn(self.zones), Groups[str, FunctionSymbol])
        judged = project.judging(self._equal_among)
        equal = {copies.methods[0]: copies for group in bodies.several() for copies in judged(group)}
        known = {method for copies in equal.values() for method in copies.methods[1:]}
        pairs = [pair for group in self._namesakes(project, known) for pair in group]
        overriding = project.judging(are_overrides)
        overrides = [pair for pair in pairs if overriding(pair)]
        near = list(self._near(project, set(pairs).difference(overrides)))
        found = [_with_equals(copies, equal) for copies in near]
        scaffolds = {each for pair in overrides for each in pair if each.fact.body.statements < _PARALLEL_STATEMENTS}
        taken = scaffolds.union(*(copies.methods for copies in near))
        found += [copies for first, copies in equal.items() if first not in taken]
        return tuple(sorted(found, key=lambda copies: copies.methods[0].sort_key))

    def _equal_among(self, project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[MethodCopies, ...]:
        """The copies among methods and functions of one body. For :meth:`Project.judging`."""
        ranked = self._ranked(project, functions)
        if len(ranked) < 2 or is_top_level(ranked[0]):
            return ()
        return tuple(
            MethodCopies(tuple(sorted(comparable, key=_place)), served, is_equal=True)
            for meant in of_one_meaning(project, ranked)
            for served in [tuple(each for each in meant if is_top_level(each))]
            for comparable in project.comparable_groups(
                one_of_each_class(project, [each for each in meant if not is_top_level(each)], self._reported(project))
            )
            if _are_worth_it(project, comparable, served)
        )

    def _namesakes(self, project: Project, known: Set[FunctionSymbol]) -> Iterator[tuple[_MethodPair, ...]]:
        """The pairs of near copies in each group of methods of one name, ``known`` copies of others left out."""
        names = project.folded(_NamesIn(self.zones), Groups[str, FunctionSymbol])
        judged = project.judging(self._near_among)
        for group in names.several():
            left = tuple(each for each in group if each not in known)
            if len(left) > 1:
                yield judged(left)

    def _near_among(self, project: Project, methods: tuple[FunctionSymbol, ...]) -> tuple[_MethodPair, ...]:
        """The pairs of near copies among methods of one name. What is only alike in classes that are variants of each
        other is not said again: that is what variants are. For :meth:`Project.judging`."""
        related = self._reported(project) | renamed_classes(project, self.zones)
        ranked = self._ranked(project, methods)
        sizes = {method: line_count(method) for method in ranked}
        return tuple(
            (one, other)
            for one, other in compared_pairs(ranked)
            if may_be_near(sizes[one], sizes[other]) and _are_near(project, one, other, related)
        )

    def _near(self, project: Project, pairs: Iterable[_MethodPair]) -> Iterator[MethodCopies]:
        judged = project.judging(self._one_of_each_class)
        for group in _connected(pairs):
            copies = judged(tuple(sorted(group, key=_place)))
            if len(copies) > 1:
                yield MethodCopies(tuple(sorted(copies, key=_place)), (), is_equal=False)

    def _one_of_each_class(self, project: Project, methods: tuple[FunctionSymbol, ...]) -> tuple[FunctionSymbol, ...]:
        related = self._reported(project) | renamed_classes(project, self.zones)
        ranked = self._ranked(project, methods)
        return tuple(one_of_each_class(project, ranked, related))

    def _reported(self, project: Project) -> ClassPairs:
        return reported_classes(project, self.zones)

    def _ranked(self, project: Project, functions: Iterable[FunctionSymbol]) -> list[FunctionSymbol]:
        """Methods come first. Of a class that is to be dropped for another, the other one's method is the subject."""
        dropped = dropped_classes(project, self.zones)
        return sorted(functions, key=lambda each: _rank(each, dropped))


@dataclass(frozen=True, slots=True)
class _BodiesIn:
    """The methods and functions of a module with their bodies. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        if module.zone not in self.zones:
            return ()
        declared = project.linked(declared_copies_in, module)
        functions = (each for each in module.derived(_functions_in) if each not in declared)
        judged = (*judged_methods_in(project, module), *functions)
        return tuple((each.fact.body.digest, each) for each in judged if each.fact.body.digest)


@dataclass(frozen=True, slots=True)
class _NamesIn:
    """The methods of a module that may be near copies of their namesakes. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        methods = judged_methods_in(project, module) if module.zone in self.zones else ()
        return tuple(
            (each.name, each)
            for each in methods
            if each.fact.body.statements >= NEAR_LINES and not each.name.startswith("__")
        )


def _functions_in(module: Module) -> tuple[FunctionSymbol, ...]:
    functions = module.top_level_functions if is_handwritten(module) and not module.derived(is_specimen) else ()
    return tuple(
        each for each in functions if each.fact.body.statements >= STATEMENTS and not each.fact.guard & STAND_IN
    )


def _with_equals(near: MethodCopies, equal: Mapping[FunctionSymbol, MethodCopies]) -> MethodCopies:
    """Nearly equal methods, with those that have the very body of one of them."""
    groups = [equal[method] for method in near.methods if method in equal]
    methods = {*near.methods, *(method for group in groups for method in group.methods)}
    functions = tuple(function for group in groups for function in group.functions)
    return MethodCopies(tuple(sorted(methods, key=lambda method: method.sort_key)), functions, is_equal=False)


def judged_methods_in(project: Project, module: Module) -> tuple[FunctionSymbol, ...]:
    """The methods of top-level classes that do something of their own: no interface, no constructor that only keeps
    what it is given, no double, no declared copy."""
    return project.linked(_judged_in, module)


def _judged_in(project: Project, module: Module) -> tuple[FunctionSymbol, ...]:
    classes = module.top_level_classes if is_handwritten(module) and not module.derived(is_specimen) else ()
    declared = project.linked(declared_copies_in, module)
    return tuple(
        method
        for cls in classes
        if not cls.fact.guard & STAND_IN and not is_double(cls.name) and cls not in declared
        for method in module.methods(cls)
        if method not in declared and _is_judged(method) and not _is_hook(project, method)
    )


def _is_judged(method: FunctionSymbol) -> bool:
    fact = method.fact
    decorators = {decorator.name.rpartition(".")[2] for decorator in fact.decorators}
    if fact.body.statements < STATEMENTS or decorators & _NOT_JUDGED or is_double(fact.name):
        return False
    if fact.body.statements <= len(method.module.attributes(method)):
        return False
    if fact.name.startswith("__") and fact.name.endswith("__"):
        return fact.body.statements >= _SPECIAL_STATEMENTS
    return fact.body.statements >= _FORCED_STATEMENTS or not decorators & PROPERTY_DECORATORS


def _is_hook(project: Project, method: FunctionSymbol) -> bool:
    """Whether a method does what an ancestor asks heirs for: a little beside the call of the ancestor's own, or for an
    event of a library."""
    if method.fact.body.statements < _LIBRARY_HOOK_STATEMENTS and _is_event_handler(project, method):
        return True
    if not any(call.callee == f"super().{method.name}" for call in method.module.calls(method)):
        return False
    ancestors = project.ancestry(class_of(method))[1:]
    is_own = any(ancestor.module.member(ancestor, method.name) for ancestor in ancestors)
    return method.fact.body.statements < (_HOOK_STATEMENTS if is_own else _LIBRARY_HOOK_STATEMENTS)


def _is_event_handler(project: Project, method: FunctionSymbol) -> bool:
    """Whether a method has the name that a library gives to what it calls for an event: ``mouseMoveEvent``."""
    return bool(_EVENT_HANDLER.fullmatch(method.name)) and not all(
        map(is_generic, outer_bases(project, class_of(method)))
    )


def _are_worth_it(project: Project, methods: Sequence[FunctionSymbol], functions: Sequence[FunctionSymbol]) -> bool:
    """Whether copies can be taken for more than what their places ask for."""
    if len(methods) + len(functions) < 2:
        return False
    statements = methods[0].fact.body.statements if methods else 0
    is_parallel_layout = len(methods) > 1 and is_parallel(methods[0].module, methods[1].module)
    forced = _PARALLEL_STATEMENTS if is_parallel_layout else _FORCED_STATEMENTS
    if functions or statements >= forced:
        return bool(methods)
    if any(_is_asked_for(project, method) for method in methods):
        return False
    return len(methods) >= _COPIES or len({method.module for method in methods}) > 1


def _is_asked_for(project: Project, method: FunctionSymbol) -> bool:
    """Whether a public method may be what an ancestor or a framework asks for."""
    if method.name.startswith("_"):
        return False
    cls = class_of(method)
    if not all(map(is_generic, outer_bases(project, cls))):
        return True
    return any(ancestor.module.member(ancestor, method.name) for ancestor in project.ancestry(cls)[1:])


def _rank(function: FunctionSymbol, dropped: Set[ClassSymbol]) -> tuple[bool, bool, tuple[str, int, int]]:
    is_function = is_top_level(function)
    return is_function, not is_function and class_of(function) in dropped, function.sort_key


def _place(function: FunctionSymbol) -> tuple[str, int, int]:
    return function.sort_key


def _are_near(project: Project, one: FunctionSymbol, other: FunctionSymbol, reported: ClassPairs) -> bool:
    return are_near_copies(project, one, other) and are_apart(project, one, other, reported)


def _connected(pairs: Iterable[_MethodPair]) -> list[set[FunctionSymbol]]:
    groups: list[set[FunctionSymbol]] = []
    for pair in pairs:
        touched = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups
