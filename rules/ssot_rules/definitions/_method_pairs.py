"""Whether two methods are copies of each other: of equal or nearly equal text, in which names stand for the same
things, in classes that can have one place for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, VariableSymbol
from ssot_rules.analysis.bodies import hashes_of, likeness
from ssot_rules.analysis.layout import is_async_twin
from ssot_rules.analysis.meanings import meanings_of, other_meanings, own_values
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.variants import are_of_two_times, stands_alone
from ssot_rules.analysis.vocabulary import ABSTRACT_DECORATORS
from ssot_rules.definitions._functions import have_drifted
from ssot_rules.definitions._settled_classes import ClassPairs

NEAR_LINES = 6
"""Methods of one name with that many equal lines, and a certain share of them, are one text that was changed a little.
"""
_NEAR_SHARE = 0.75
# So many lines may tell two overrides of one method apart, of so many.
_MOST_DIFFERENT = 2
_SMALL_REPLACEMENT = 8
# An ancestor's method of fewer statements is a default, or says that heirs have to have one.
_DOES_SOMETHING = 4


def class_of(method: FunctionSymbol) -> ClassSymbol:
    """The class that a method stands in."""
    return method.module.classes[method.module.facts.scopes[method.fact.parent].index]


def of_one_meaning(project: Project, functions: Sequence[FunctionSymbol]) -> list[list[FunctionSymbol]]:
    """Functions of one body in groups in which its names stand for the same things, or for copies that have drifted.
    What a method calls of its own object is its object's matter."""
    groups: list[tuple[Mapping[str, str], list[FunctionSymbol]]] = []
    for function in functions:
        meanings = _meanings(project, function)
        for known, group in groups:
            others = other_meanings(known, meanings)
            if all(have_drifted(project, group[0], function, name) for name in others):
                group.append(function)
                break
        else:
            groups.append((meanings, [function]))
    return [group for _, group in groups]


def _meanings(project: Project, function: FunctionSymbol) -> Mapping[str, str]:
    return _without_own(function, {**meanings_of(project, function), **own_values(project, function)})


def _without_own(function: FunctionSymbol, found: Mapping[str, str]) -> Mapping[str, str]:
    """What names stand for without those of the object of a method."""
    receiver = function.fact.parameters[0].name if function.fact.parameters else ""
    return {name: meaning for name, meaning in found.items() if name.partition(".")[0] not in (receiver, "super()")}


def one_of_each_class(
    project: Project, methods: Sequence[FunctionSymbol], reported: ClassPairs
) -> list[FunctionSymbol]:
    """``methods`` without those whose class has one of them already, or is reported as a whole beside such a class;
    what cannot be imported from where the first one stands is left out too."""
    kept: list[FunctionSymbol] = []
    for method in methods:
        if all(are_apart(project, method, other, reported) for other in kept):
            kept.append(method)
    return kept


def are_apart(project: Project, one: FunctionSymbol, other: FunctionSymbol, reported: ClassPairs) -> bool:
    """Whether two methods stand in classes that are no pair of ``reported``, nor one of them the other's variant, and
    can be given one place."""
    first, second = class_of(one), class_of(other)
    return (
        first is not second
        and one.fact.is_async is other.fact.is_async
        and (first, second) not in reported
        and can_reach(project, one.module, other.module)
        and not are_overlaid(one.module, other.module)
        and not are_of_two_times(project, one.module, other.module)
        and not is_async_twin(one.module, other.module)
    )


def may_be_near(one: int, other: int) -> bool:
    """Whether two methods of so many comparable lines can be near copies, whatever stands in these."""
    return min(one, other) >= NEAR_LINES and 2 * min(one, other) / (one + other) >= _NEAR_SHARE


def are_near_copies(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two methods of comparable modules have nearly one text, in which names stand for the same things."""
    if one.module is other.module:
        return False
    common, share = project.compared(likeness, one, other)
    if common < NEAR_LINES or share < _NEAR_SHARE or one.fact.body.digest == other.fact.body.digest:
        return False
    if one.module.source.distribution != other.module.source.distribution or stands_alone(one) or stands_alone(other):
        return False
    return project.comparable(one.module, other.module) and not _mean_other_things(project, one, other)


def _mean_other_things(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether near copies use other classes or functions under one name. Other values are what differs in them."""
    names = other_meanings(*(_without_own(each, meanings_of(project, each)) for each in (one, other)))
    return any(
        not have_drifted(project, one, other, name)
        and not isinstance(project.resolve(one.module, MODULE_SCOPE, name).symbol, VariableSymbol)
        for name in names
    )


def are_overrides(project: Project, pair: tuple[FunctionSymbol, FunctionSymbol]) -> bool:
    """Whether two methods implement what ancestors ask for, each for its own class: what differs in them is what they
    are for. For :meth:`Project.judging`."""
    one, other = pair
    first, second = project.ancestry(class_of(one)), project.ancestry(class_of(other))
    if class_of(one) in second or class_of(other) in first or _replace_one_method_alike(project, one, other):
        return False
    return all(any(each.module.member(each, one.name) for each in ancestry[1:]) for ancestry in (first, second))


def _replace_one_method_alike(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two methods replace what one ancestor does by itself, line for line but for one or two: nothing asks for
    what they do alike, and what differs can be told apart by the class."""
    replaced, there = (_replaced_by(project, each) for each in (one, other))
    if replaced is None or replaced is not there:
        return False
    lines, others = hashes_of(one.fact.body.lines), hashes_of(other.fact.body.lines)
    if len(lines) != len(others) or one.fact.body.statements < _SMALL_REPLACEMENT:
        return False
    return sum(map(int.__ne__, lines, others)) <= _MOST_DIFFERENT


def _replaced_by(project: Project, method: FunctionSymbol) -> FunctionSymbol | None:
    """The method of an ancestor in its place, if that does something by itself."""
    found = (each.module.member(each, method.name) for each in project.ancestry(class_of(method))[1:])
    first = next(filter(None, found), None)
    if not isinstance(first, FunctionSymbol) or first.fact.body.statements < _DOES_SOMETHING:
        return None
    decorators = {decorator.name.rpartition(".")[2] for decorator in first.fact.decorators}
    return None if decorators & ABSTRACT_DECORATORS else first
