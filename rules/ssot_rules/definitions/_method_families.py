"""One family of classes is one finding: near copies in a third class join the pairs that it would be split into, and
what only some of the classes share joins what all do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_rules.analysis.bodies import is_identical
from ssot_rules.definitions._heir_places import heir_place
from ssot_rules.definitions._method_pairs import are_apart, are_near_copies, are_overrides, class_of, of_one_meaning
from ssot_rules.definitions._methods import MethodCopies, judged_methods_in
from ssot_rules.definitions._settled_classes import reported_classes

# As many methods are a family, as many statements more than a hand-over.
_SEVERAL = 2

_Classes = frozenset[ClassSymbol]
_Group = tuple[MethodCopies, ...]


def in_families(project: Project, found: Sequence[MethodCopies], zones: tuple[Zone, ...]) -> list[MethodCopies]:
    """Copies with the near ones in classes that have others in common with theirs, where that makes several of the
    very same classes."""
    others: dict[ClassSymbol, set[ClassSymbol]] = defaultdict(set)
    for copies in found:
        for cls in classes_of(copies) if not copies.functions else ():
            others[cls] |= classes_of(copies)
    grown = {copies: _grown(project, copies, others, zones) for copies in found}
    families: dict[_Classes, int] = defaultdict(int)
    for copies in grown.values():
        families[classes_of(copies)] += 1
    return [grown[copies] if families[classes_of(grown[copies])] > 1 else copies for copies in found]


def classes_of(copies: MethodCopies) -> frozenset[ClassSymbol]:
    """The classes that copies stand in."""
    return frozenset(map(class_of, copies.methods))


def with_narrower(project: Project, groups: Sequence[_Group]) -> list[_Group]:
    """``groups`` of copies of the same classes, with those of fewer classes in the narrowest of several methods whose
    classes they are among: one class between these and their ancestor is the place of both, where each of them has
    such methods."""
    ancestor = project.judging(_ancestor_between)
    wide = sorted((group for group in groups if len(group) > 1), key=lambda group: len(_classes_in(group)))
    found: dict[_Group, list[MethodCopies]] = {group: list(group) for group in groups}
    for group in groups:
        around = (each for each in wide if each in found and _is_within(group, each))
        own = next((each for each in around if ancestor(each) is not None and ancestor(each) is ancestor(group)), None)
        if own is not None:
            found[own] += found.pop(group)
    return list(map(tuple, found.values()))


def with_shorter(project: Project, group: _Group, told: Collection[FunctionSymbol]) -> _Group:
    """``group`` of several methods that the same classes have, with those of two statements or more that all of them
    have word for word besides, other than what is ``told`` elsewhere: by themselves they are not worth a finding."""
    if len(group) < _SEVERAL or group[0].functions:
        return group
    classes = sorted(_classes_in(group), key=lambda cls: cls.sort_key)
    taken = {method for copies in group for method in copies.methods} | set(told)
    added = []
    for first in classes[0].module.methods(classes[0]):
        others = [
            found for cls in classes[1:] if isinstance(found := cls.module.member(cls, first.name), FunctionSymbol)
        ]
        methods = (first, *others)
        if len(methods) == len(classes) and taken.isdisjoint(methods) and _are_word_for_word(project, methods):
            added.append(MethodCopies(methods, (), is_equal=True))
    return (*group, *added)


def _are_word_for_word(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    first, *others = methods
    is_plain = not first.name.startswith("__") and first.fact.body.statements >= _SEVERAL
    is_plain = is_plain and not any(method.fact.decorators for method in methods)
    is_same = all(is_identical(first, other) and first.fact.is_async is other.fact.is_async for other in others)
    return is_plain and is_same and len(of_one_meaning(project, methods)) == 1


def _ancestor_between(project: Project, group: _Group) -> ClassSymbol | None:
    """What the classes of copies inherit from, as others do that have other tasks. For :meth:`Project.judging`."""
    ancestor, is_fit = heir_place(project, [method for copies in group for method in copies.methods])
    return None if is_fit else ancestor


def _is_within(group: _Group, around: _Group) -> bool:
    """Whether copies are those of some of the classes that others are of, all of which have methods called so."""
    classes = _classes_in(around)
    names = {method.name for copies in group for method in copies.methods}
    return _classes_in(group) < classes and all(cls.module.member(cls, name) for cls in classes for name in names)


def _classes_in(group: _Group) -> _Classes:
    return classes_of(group[0])


def _grown(
    project: Project,
    copies: MethodCopies,
    others: Mapping[ClassSymbol, set[ClassSymbol]],
    zones: tuple[Zone, ...],
) -> MethodCopies:
    own = classes_of(copies)
    around = set[ClassSymbol]().union(*(others[cls] for cls in own)) - own if not copies.functions else set()
    first = copies.methods[0]
    added = [
        method
        for cls in sorted(around, key=lambda each: each.sort_key)
        for method in judged_methods_in(project, cls.module)
        if class_of(method) is cls and method.name == first.name and _joins(project, first, method, zones)
    ]
    methods = tuple(sorted((*copies.methods, *added), key=lambda method: method.sort_key))
    return MethodCopies(methods, copies.functions, is_equal=False) if added else copies


def _joins(project: Project, first: FunctionSymbol, method: FunctionSymbol, zones: tuple[Zone, ...]) -> bool:
    return (
        are_near_copies(project, first, method)
        and are_apart(project, first, method, reported_classes(project, zones))
        and not are_overrides(project, (first, method))
    )
