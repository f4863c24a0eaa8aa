"""Which functions and methods are copies of each other under other names: the analysis behind SSOT123."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.definitions._functions import FunctionAnalysis, is_top_level
from ssot_rules.definitions._method_pairs import class_of, of_one_meaning, one_of_each_class
from ssot_rules.definitions._methods import MethodAnalysis, judged_methods_in
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
        known = project.derived(_Known(self.zones))
        bodies = project.folded(_BodiesIn(self.zones), Groups[str, FunctionSymbol])
        meant, copies = project.judging(_of_one_meaning), project.judging(self._copies)
        found = (
            copies(tuple(each for each in functions if _is_first(functions, each, known)))
            for group in bodies.several()
            for functions in meant(group)
        )
        return tuple(
            sorted(
                (each for each in found if each is not None),
                key=lambda copies: (*copies.functions, *copies.methods)[0].sort_key,
            )
        )

    def _copies(self, project: Project, one_of_each: tuple[FunctionSymbol, ...]) -> RenamedCopies | None:
        """What is found of functions and methods of one body and meaning. For :meth:`Project.judging`."""
        reported = reported_classes(project, self.zones) | renamed_classes(project, self.zones)
        methods = one_of_each_class(project, [each for each in one_of_each if not is_top_level(each)], reported)
        functions = [each for each in one_of_each if is_top_level(each)]
        if not _are_copies(project, [*functions, *methods]):
            return None
        return RenamedCopies(tuple(functions), tuple(methods))


@dataclass(frozen=True, slots=True)
class _Known:
    """What other rules call copies, each with the first of them. For :meth:`Project.derived`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> dict[FunctionSymbol, FunctionSymbol]:
        report = project.derived(FunctionAnalysis(self.zones))
        groups = [*report.identical, *report.similar]
        groups += [(*copies.methods, *copies.functions) for copies in project.derived(MethodAnalysis(self.zones))]
        return {function: group[0] for group in groups for function in group}


@dataclass(frozen=True, slots=True)
class _BodiesIn:
    """The methods and functions of a module that may be copies, with their bodies. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        if module.zone not in self.zones:
            return ()
        judged, declared = module.derived(_judged_in), project.linked(declared_copies_in, module)
        methods = (each for each in judged_methods_in(project, module) if each in judged)
        functions = (each for each in module.derived(_judged_functions) if each not in declared)
        return tuple(
            (each.fact.body.renamed_digest, each) for each in (*methods, *functions) if each.fact.body.renamed_digest
        )


def _of_one_meaning(project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[tuple[FunctionSymbol, ...], ...]:
    """Those of one body in groups of one meaning, methods first. For :meth:`Project.judging`."""
    ranked = sorted(functions, key=lambda each: (is_top_level(each), each.sort_key))
    return tuple(map(tuple, of_one_meaning(project, ranked)))


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
