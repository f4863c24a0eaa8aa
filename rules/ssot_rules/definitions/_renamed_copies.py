"""Which functions and methods are copies of each other under other names: the analysis behind SSOT123."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.mirrors import declared_copies
from ssot_rules.analysis.remedies import can_reach
from ssot_rules.definitions._functions import FunctionAnalysis, is_top_level
from ssot_rules.definitions._methods import (
    MethodAnalysis,
    class_of,
    groups_by,
    judged_methods,
    of_one_meaning,
    one_of_each_class,
)
from ssot_rules.definitions._settled_classes import renamed_classes, reported_classes

STATEMENTS = 6

# The names of two functions that share their words say that they do the same; what is left in them may be shorter.
_STATEMENTS_OF_NAMESAKES = 4
# A body that hands most of its statements to one other function is its wrapper.
_WRAPPER_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class RenamedCopies:
    """Functions and methods that are equal but for their own names, at least two in different modules; by place."""

    functions: tuple[FunctionSymbol, ...]
    methods: tuple[FunctionSymbol, ...]


@dataclass(frozen=True, slots=True)
class RenamedAnalysis:
    """The renamed copies in certain zones: ``project.derived(RenamedAnalysis(zones))``. What SSOT120, SSOT121 and
    SSOT124 report is left to them."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[RenamedCopies, ...]:
        reported = reported_classes(project, self.zones) | renamed_classes(project, self.zones)
        known = _known(project, self.zones)
        candidates = [
            *(each for each in judged_methods(project, self.zones) if each in each.module.derived(_judged_in)),
            *self._functions(project),
        ]
        found = []
        for group in groups_by(lambda function: function.fact.body.renamed_digest, candidates, ()):
            for meant in of_one_meaning(project, group):
                one_of_each = [each for each in meant if _is_first(meant, each, known)]
                methods = one_of_each_class(project, [each for each in one_of_each if not is_top_level(each)], reported)
                functions = [each for each in one_of_each if is_top_level(each)]
                if _are_copies(project, [*functions, *methods]):
                    found.append(RenamedCopies(tuple(functions), tuple(methods)))
        return tuple(sorted(found, key=lambda copies: (*copies.functions, *copies.methods)[0].sort_key))

    def _functions(self, project: Project) -> Iterator[FunctionSymbol]:
        declared = project.derived(declared_copies)
        for module in project.modules:
            if module.zone in self.zones:
                yield from (each for each in module.derived(_judged_functions) if each not in declared)


def _judged_functions(module: Module) -> tuple[FunctionSymbol, ...]:
    functions = module.top_level_functions if is_handwritten(module) else ()
    judged = module.derived(_judged_in)
    return tuple(each for each in functions if not each.fact.guard & STAND_IN and each in judged)


def _judged_in(module: Module) -> frozenset[FunctionSymbol]:
    return frozenset(filter(_is_judged, module.functions))


def _is_judged(function: FunctionSymbol) -> bool:
    calls = [call for call in function.module.calls(function) if call.usage is ResultUse.RETURNED]
    is_wrapper = len(calls) >= _WRAPPER_SHARE * function.fact.body.statements
    return function.fact.body.statements >= _STATEMENTS_OF_NAMESAKES and not is_wrapper


def _known(project: Project, zones: tuple[Zone, ...]) -> dict[FunctionSymbol, FunctionSymbol]:
    """What other rules call copies, each with the first of them."""
    report = project.derived(FunctionAnalysis(zones))
    groups = [*report.identical, *report.similar]
    groups += [(*copies.methods, *copies.functions) for copies in project.derived(MethodAnalysis(zones))]
    return {function: group[0] for group in groups for function in group}


def _is_first(
    functions: Sequence[FunctionSymbol], function: FunctionSymbol, known: dict[FunctionSymbol, FunctionSymbol]
) -> bool:
    """Whether no other function before ``function`` has the very body, or is reported beside it already."""
    for other in functions:
        if other is function:
            return True
        same_body = other.fact.body.digest == function.fact.body.digest
        if same_body or (other in known and known[other] is known.get(function)):
            return False
    return True


def _are_variations(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two methods of related classes call other methods of their own objects: there these are no names for one
    thing."""
    if is_top_level(one) or is_top_level(other):
        return False
    are_related = not set(project.ancestry(class_of(one))).isdisjoint(project.ancestry(class_of(other)))
    return are_related and _own_calls(one) != _own_calls(other)


def _own_calls(method: FunctionSymbol) -> set[str]:
    receiver = method.fact.parameters[0].name if method.fact.parameters else ""
    called = (call.callee.partition(".") for call in method.module.calls(method))
    return {name for root, _, name in called if root in (receiver, "super()")}


def _are_copies(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    if len({function.module for function in functions}) < 2:
        return False
    if not all(can_reach(project, functions[0].module, each.module) for each in functions):
        return False
    if not all(project.comparable(functions[0].module, each.module) for each in functions):
        return False
    if any(_are_variations(project, functions[0], each) for each in functions[1:]):
        return False
    names = {words(function.name) for function in functions}
    return functions[0].fact.body.statements >= (_STATEMENTS_OF_NAMESAKES if len(names) == 1 else STATEMENTS)
