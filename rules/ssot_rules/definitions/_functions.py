"""Which functions are copies of each other: the analysis behind SSOT120 to SSOT122.

Equal bodies are found by their hash, nearly equal ones among namesakes only. Methods are left to the rules on classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, STAND_IN, ScopeKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module, Symbol
from ssot_rules.analysis.bodies import SIMILAR_FROM, compared_pairs, is_identical, similarity
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout, is_parallel

IDENTICAL_STATEMENTS = 5
SIMILAR_STATEMENTS = 4

_Meaning = tuple[tuple[str, str], ...]


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
        candidates = [
            function
            for module in project.modules
            if module.zone in self.zones and is_handwritten(module)
            for function in module.functions
            if function.fact.body.statements >= SIMILAR_STATEMENTS and _is_candidate(function)
        ]
        identical = sorted(_identical(project, candidates), key=lambda group: group[0].sort_key)
        similar = sorted(_similar(project, candidates), key=lambda group: group[0].sort_key)
        return FunctionReport(tuple(identical), tuple(similar))


def is_top_level(function: FunctionSymbol) -> bool:
    """Whether a function stands in no class and no other function."""
    return function.fact.parent == MODULE_SCOPE


def _is_candidate(function: FunctionSymbol) -> bool:
    """A function proper: no method, no stand-in for a failed import."""
    parent = function.module.facts.scopes[function.fact.parent]
    return parent.kind is not ScopeKind.CLASS and not function.fact.guard & STAND_IN


def _identical(project: Project, candidates: Sequence[FunctionSymbol]) -> Iterator[tuple[FunctionSymbol, ...]]:
    by_body: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in candidates:
        if size_of(function) >= IDENTICAL_STATEMENTS:
            by_body[function.fact.body.digest].append(function)
    groups = [group for group in map(_without_parts_of_copies, by_body.values()) if _is_in_several_modules(group)]
    meanings = _meanings(project, [function for group in groups for function in group])
    for group in groups:
        by_meaning: dict[_Meaning, list[FunctionSymbol]] = defaultdict(list)
        for function in group:
            by_meaning[meanings[function]].append(function)
        for copies in by_meaning.values():
            yield from (tuple(each) for each in project.comparable_groups(copies) if _is_in_several_modules(each))


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


def _meanings(project: Project, functions: Sequence[FunctionSymbol]) -> Mapping[FunctionSymbol, _Meaning]:
    """What the names that a body calls stand for: equal text that calls different things is no copy.

    Things of equal bodies count as the same, so that a copied helper does not hide the copied caller.
    """
    called: dict[FunctionSymbol, set[tuple[str, str]]] = {function: set() for function in functions}
    inside: dict[tuple[Module, int], list[FunctionSymbol]] = defaultdict(list)
    for function in functions:
        for scope in _scopes_of(function):
            inside[function.module, scope].append(function)
    for use in project.calls:
        for function in inside.get((use.module, use.fact.scope), ()):
            called[function].add((use.fact.callee, _identity(use.symbol)))
    return {function: tuple(sorted(called[function])) for function in functions}


def _scopes_of(function: FunctionSymbol) -> set[int]:
    """The scopes of a function and of everything that is defined in it."""
    found = {function.fact.scope}
    # A scope comes after the one it stands in.
    for number, scope in enumerate(function.module.facts.scopes):
        if scope.parent in found:
            found.add(number)
    return found


def _identity(symbol: Symbol) -> str:
    return symbol.fact.body.digest if isinstance(symbol.fact, (Class, Function)) else symbol.id


def _similar(project: Project, candidates: Sequence[FunctionSymbol]) -> Iterator[tuple[FunctionSymbol, ...]]:
    by_name: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in candidates:
        if is_top_level(function):
            by_name[function.name].append(function)
    for functions in by_name.values():
        if _is_in_several_modules(functions) and not is_hook_layout([function.module for function in functions]):
            alike = _alike(project, _one_of_each_body(project, functions))
            if alike:
                yield alike


def _one_of_each_body(project: Project, functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    by_body: dict[str, list[FunctionSymbol]] = defaultdict(list)
    for function in functions:
        by_body[function.fact.body.digest].append(function)
    return [project.home_among(group)[0] for group in by_body.values()]


def _alike(project: Project, functions: Sequence[FunctionSymbol]) -> tuple[FunctionSymbol, ...]:
    found = {
        symbol
        for pair in compared_pairs(functions)
        if _may_be_copies(project, *pair) and similarity(*pair) >= SIMILAR_FROM
        for symbol in pair
    }
    return tuple(sorted(found, key=lambda symbol: symbol.sort_key))


def _may_be_copies(project: Project, first: FunctionSymbol, second: FunctionSymbol) -> bool:
    return (
        first.module is not second.module
        and not is_identical(first, second)
        and not is_parallel(first.module, second.module)
        and project.comparable(first.module, second.module)
    )
