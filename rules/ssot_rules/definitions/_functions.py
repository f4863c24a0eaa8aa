"""Which functions are copies of each other: the analysis behind SSOT120 to SSOT122.

Equal bodies are found by their hash, nearly equal ones among namesakes only. Methods are left to the rules on classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, STAND_IN, Guard, ScopeKind
from ssot_lint.model.vocabulary import ALL_LOCAL_NAMES
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import stand_in_order, words
from ssot_rules.analysis.bodies import SIMILAR_FROM, compared_pairs, is_identical, likeness, similarity
from ssot_rules.analysis.hooks import are_hooks, is_server_hook
from ssot_rules.analysis.kept_apart import is_specimen
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout, is_parallel, is_setup_script
from ssot_rules.analysis.meanings import meanings_of, other_meanings, own_values
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.analysis.overlays import are_editions
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.variants import (
    are_of_two_times,
    rewrite_of,
    stands_alone,
)

STATEMENTS = 4
"""A body of fewer is no copy of another one."""

HOSTED_STATEMENTS = 20
"""What a program asks each of its parts for is alike in fewer: in unseen code five such findings were judged wrong or
half right, none right."""

# That many equal lines are one text, whatever stands around them.
_LONG_PART_LINES = 12
_LONG_PART_SHARE = 0.5
# One that has most of the other's lines has grown out of it.
_GROWN_LINES = 4
_GROWN_SHARE = 0.6
_GROWN_PART = 0.8
# What a framework or a parallel layout asks for is alike by design up to that many lines.
_FORCED_LINES = 8
# Fewer under other names are an idiom.
_RENAMED_STATEMENTS = 6
# From that many statements on a place that all can import is worth looking for, circles of imports or not.
_SHARED_STATEMENTS = 8
_OF_PLACE = frozenset({"__file__", "__package__", "__path__", "__spec__"})


@dataclass(frozen=True, slots=True)
class FunctionReport:
    """Groups of copies; each ordered by place, and they by their first one.

    ``identical`` are functions of one body, whatever their names; ``similar`` are namesakes of different bodies.
    """

    identical: tuple[tuple[FunctionSymbol, ...], ...]
    similar: tuple[tuple[FunctionSymbol, ...], ...]


@dataclass(frozen=True, slots=True)
class FunctionAnalysis:
    """The copied functions in certain zones: ``project.derived(FunctionAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> FunctionReport:
        copies, alike = project.judging(_copies_among), project.judging(_alike_among)
        bodies = project.folded(_BodiesIn(self.zones), Groups[str, FunctionSymbol])
        names = project.folded(_NamesIn(self.zones), Groups[str, FunctionSymbol])
        identical = [group for functions in bodies.several() for group in copies(functions)]
        similar = [group for functions in names.several() if (group := alike(functions))]
        return FunctionReport(tuple(sorted(identical, key=_place)), tuple(sorted(similar, key=_place)))


def _place(group: Sequence[FunctionSymbol]) -> tuple[str, int, int]:
    return group[0].sort_key


@dataclass(frozen=True, slots=True)
class _BodiesIn:
    """The functions of a module that can be copies, by body. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        functions = project.linked(judged_functions_in, module) if module.zone in self.zones else ()
        return tuple((each.fact.body.digest, each) for each in functions)


@dataclass(frozen=True, slots=True)
class _NamesIn:
    """The top-level ones, by name. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        functions = project.linked(judged_functions_in, module) if module.zone in self.zones else ()
        return tuple((each.name, each) for each in functions if is_top_level(each))


def judged_functions_in(project: Project, module: Module) -> tuple[FunctionSymbol, ...]:
    """The functions of a module that can be copies, without those that are declared to be. For
    :meth:`Project.linked`."""
    declared = project.linked(declared_copies_in, module)
    return tuple(each for each in module.derived(_candidates_in) if each not in declared)


def _candidates_in(module: Module) -> tuple[FunctionSymbol, ...]:
    is_own = is_handwritten(module) and not is_specimen(module) and not is_setup_script(module)
    functions = module.functions if is_own else ()
    return tuple(each for each in functions if size_of(each) >= STATEMENTS and _is_candidate(each))


def is_top_level(function: FunctionSymbol) -> bool:
    """Whether a function stands in no class and no other function."""
    return function.fact.parent == MODULE_SCOPE


def _is_candidate(function: FunctionSymbol) -> bool:
    """A function proper: no method, no stand-in for a failed import, nothing for scripts only, no hook of the module
    itself (`__getattr__`), no small one of a server, none that nobody is to name (`_`)."""
    parent = function.module.facts.scopes[function.fact.parent]
    is_small = size_of(function) < _SHARED_STATEMENTS
    is_hook = is_top_level(function) and (function.name.startswith("__") or (is_small and is_server_hook(function)))
    is_named = bool(function.name.strip("_"))
    is_proper = parent.kind is not ScopeKind.CLASS and not function.fact.guard & (STAND_IN | Guard.MAIN)
    return is_proper and is_named and not is_hook


def _copies_among(project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[tuple[FunctionSymbol, ...], ...]:
    """The copies among functions of one body. For :meth:`Project.judging`."""
    group = _without_parts_of_copies(functions)
    if not _is_in_several_modules(group):
        return ()
    return tuple(
        tuple(each)
        for copies in _of_one_meaning(project, group)
        for of_one_time in _by_time(project, copies)
        for each in project.comparable_groups(of_one_time)
        if _are_copies(project, each)
    )


def _by_time(project: Project, functions: Sequence[FunctionSymbol]) -> Iterator[list[FunctionSymbol]]:
    """Functions in groups, those of each rewrite apart."""
    found: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in functions:
        found[rewrite_of(project, function.module)].append(function)
    yield from found.values()


def _are_copies(project: Project, functions: Sequence[FunctionSymbol]) -> bool:
    # Functions inside others work on what is around them, and those that rebind names of their module, or read what
    # others of it rebind, on its state.
    if not any(map(is_top_level, functions)) or functions[0].fact.global_names or any(map(_reads_state, functions)):
        return False
    if _tell_where_they_are(functions) or _hand_on_all_names(functions):
        return False
    if not _is_in_several_modules(functions):
        return False
    if size_of(functions[0]) >= _SHARED_STATEMENTS:
        return True
    if size_of(functions[0]) < _RENAMED_STATEMENTS and not _have_one_name(functions):
        return False
    return not any(_keeps_out_of_circle(project, each) for each in functions)


def _reads_state(function: FunctionSymbol) -> bool:
    """Whether a function reads what functions of its module rebind: another module has its own of that."""
    return not function.module.derived(_rebound_in).isdisjoint(function.module.facts.mentioned_by(function.fact))


def _tell_where_they_are(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions read what each module has of its own: the name of its package, the file that it is."""
    return any(not _OF_PLACE.isdisjoint(each.module.facts.mentioned_by(each.fact)) for each in functions)


def _hand_on_all_names(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions of other parameters hand all of these on by ``locals()``."""
    if len({tuple(each.name for each in function.fact.parameters) for function in functions}) == 1:
        return False
    return any(ALL_LOCAL_NAMES in each.module.facts.mentioned_by(each.fact) for each in functions)


def _rebound_in(module: Module) -> frozenset[str]:
    return frozenset(name for function in module.functions for name in function.fact.global_names)


def _have_one_name(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions are called the same, or as one of them with words more: `get_version`, `_get_package_version`.
    One word, `run`, says too little for that."""
    if len({function.name for function in functions}) == 1:
        return True
    shortest, *others = sorted({words(function.name) for function in functions}, key=len)
    return len(shortest) > 1 and all(stand_in_order(shortest, other) for other in others)


def _keeps_out_of_circle(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function imports when it runs what leads back to its module: where it can be shared is not certain."""
    imports = function.module.imports_by_scope.get(function.fact.scope, {}).values()
    sources = (project.resolve(function.module, function.fact.scope, fact.bound_name) for fact in imports)
    modules = {found.symbol.module if found.symbol is not None else found.module for found in sources}
    return any(module is not None and project.reach.leads(module, function.module) for module in modules)


def _of_one_meaning(project: Project, functions: Sequence[FunctionSymbol]) -> list[list[FunctionSymbol]]:
    """Functions of one body in groups in which its names stand for the same things."""
    meanings = {function: {**meanings_of(project, function), **own_values(project, function)} for function in functions}
    groups: list[list[FunctionSymbol]] = []
    for function in functions:
        for group in groups:
            others = other_meanings(meanings[group[0]], meanings[function])
            if all(have_drifted(project, group[0], function, name) for name in others):
                group.append(function)
                break
        else:
            groups.append([function])
    return groups


def drifted_helpers(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> list[str]:
    """The names that two functions of one body call, each a near copy of its own; sorted."""
    others = other_meanings(meanings_of(project, one), meanings_of(project, other))
    return [name for name in others if have_drifted(project, one, other, name)]


def have_drifted(project: Project, one: FunctionSymbol, other: FunctionSymbol, name: str) -> bool:
    """Whether ``name`` stands for copies in two modules that are alike no more: that does not hide copied callers."""
    first, second = (project.resolve(each.module, each.fact.scope, name).symbol for each in (one, other))
    if not isinstance(first, FunctionSymbol) or not isinstance(second, FunctionSymbol):
        return False
    return first.name == second.name and similarity(first, second) >= SIMILAR_FROM


def size_of(function: FunctionSymbol) -> int:
    """How many statements a body has, imports included."""
    imports = function.module.imports_by_scope.get(function.fact.scope, {})
    return function.fact.body.statements + len({fact.statement for fact in imports.values()})


def _without_parts_of_copies(functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """Of nested functions whose enclosing functions are copies too only the first: the outer ones are the subject."""
    seen: set[str] = set()
    kept = []
    for function in functions:
        around = function.module.scope_symbol(function.fact.parent)
        if around is None or around.fact.body.digest not in seen:
            kept.append(function)
        if around is not None:
            seen.add(around.fact.body.digest)
    return kept


def _is_in_several_modules(functions: Iterable[FunctionSymbol]) -> bool:
    return len({function.module for function in functions}) > 1


def _alike_among(project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[FunctionSymbol, ...]:
    """Those among functions of one name that are alike. For :meth:`Project.judging`."""
    if not _is_in_several_modules(functions) or _is_for_others(functions):
        return ()
    return _alike(project, _one_of_each_body(project, functions))


def _is_for_others(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether the layout asks for a public name."""
    is_public = not functions[0].name.startswith("_")
    return is_public and is_hook_layout([function.module for function in functions])


def _one_of_each_body(project: Project, functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    by_body: dict[tuple[str, tuple[tuple[str, str], ...]], list[FunctionSymbol]] = defaultdict(list)
    for function in functions:
        values = tuple(sorted(own_values(project, function).items()))
        by_body[function.fact.body.digest, values].append(function)
    return [project.home_among(group)[0] for group in by_body.values()]


def other_values(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> list[str]:
    """The parameters and constants that two functions of one body have with different values; sorted."""
    return other_meanings(own_values(project, one), own_values(project, other))


def _alike(project: Project, functions: Sequence[FunctionSymbol]) -> tuple[FunctionSymbol, ...]:
    found = {
        symbol
        for pair in compared_pairs(functions)
        if _may_be_copies(project, *pair) and _are_alike(project, *pair)
        for symbol in pair
    }
    return tuple(sorted(found, key=lambda symbol: symbol.sort_key))


def _may_be_copies(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    return (
        first.module is not second.module
        and (not is_identical(first, second) or _differ_by_values_only(project, first, second))
        and project.comparable(first.module, second.module)
        and can_reach(project, first.module, second.module)
        and not are_editions(first, second)
        and not are_of_two_times(project, first.module, second.module)
        and not stands_alone(first)
        and not stands_alone(second)
    )


def _differ_by_values_only(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    others = other_meanings(meanings_of(project, first), meanings_of(project, second))
    values = other_values(project, first, second)
    return bool(values) and set(others) <= set(values)


def _are_alike(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    common, share = project.compared(likeness, first, second)
    share = 1.0 if is_identical(first, second) else share
    if common < _FORCED_LINES and share < 1 and _may_be_forced(project, first, second):
        return False
    is_long = share >= _LONG_PART_SHARE and common >= _LONG_PART_LINES
    shorter = min(first.fact.body.statements, second.fact.body.statements)
    has_grown = share >= _GROWN_SHARE and common >= max(_GROWN_LINES, _GROWN_PART * shorter)
    return is_long or ((share >= SIMILAR_FROM or has_grown) and not _work_on_other_things(project, first, second))


def _work_on_other_things(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    """Whether what the two differ in is also what their equal lines are about."""
    return bool(unlike_names(project, first, second))


def unlike_names(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> list[str]:
    """The names in two functions that each module has its own thing for, other than values and copies that drifted;
    sorted."""
    others = other_meanings(meanings_of(project, first), meanings_of(project, second))
    values = other_values(project, first, second)
    return [name for name in others if name not in values and not have_drifted(project, first, second, name)]


def _may_be_forced(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    """Whether something asks both modules for the function, which accounts for a few equal lines."""
    if first.name.startswith("_"):
        return False
    return is_parallel(first.module, second.module) or are_hooks(project, [first, second])
