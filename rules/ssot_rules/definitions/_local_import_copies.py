"""Which functions import the same of other packages themselves and do the same with it, whatever they are called and
whatever errors they catch: the part of SSOT123 that no comparison of whole bodies finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import BranchKind
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_rules.analysis.bodies import hashes_of, is_identical
from ssot_rules.analysis.overlays import are_editions
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.variants import are_of_two_times, stands_alone
from ssot_rules.definitions._functions import is_top_level, judged_functions_in
from ssot_rules.definitions._method_pairs import of_one_meaning


@dataclass(frozen=True, slots=True)
class LocalImportAnalysis:
    """Groups of such functions in certain zones, at least two of them under different names and in different modules;
    each ordered by place: ``project.derived(LocalImportAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[tuple[FunctionSymbol, ...], ...]:
        importing = project.folded(_ImportingIn(self.zones), Groups[str, FunctionSymbol])
        judged = project.judging(_copies_among)
        found = [group for functions in importing.several() for group in judged(functions)]
        return tuple(sorted(found, key=lambda group: group[0].sort_key))


@dataclass(frozen=True, slots=True)
class _ImportingIn:
    """The functions of a module that import something of another package themselves, by what they import and take. For
    :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        functions = project.linked(judged_functions_in, module) if module.zone in self.zones else ()
        return tuple((key, each) for each in functions if is_top_level(each) and (key := _key_of(project, each)))


def _key_of(project: Project, function: FunctionSymbol) -> str:
    """What has to be equal in any two copies; empty for functions that import nothing, or something of the project."""
    imports = function.module.imports_by_scope.get(function.fact.scope, {})
    if not imports or function.fact.global_names:
        return ""
    sources = [project.resolve(function.module, function.fact.scope, name) for name in imports]
    if any(source.outcome is not Outcome.EXTERNAL for source in sources):
        return ""
    taken = [each.name for each in function.fact.parameters]
    named = sorted(f"{name}={source.external}" for name, source in zip(imports, sources, strict=True))
    return f"{len(hashes_of(function.fact.body.lines))} {function.fact.is_async} {taken} {named}"


def _copies_among(project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[tuple[FunctionSymbol, ...], ...]:
    """The copies among functions that import and take the same. For :meth:`Project.judging`."""
    caught: list[list[FunctionSymbol]] = []
    for function in functions:
        group = next((group for group in caught if _are_one(project, group[0], function)), None)
        if group is None:
            caught.append([function])
        else:
            group.append(function)
    meant = (tuple(each) for group in caught for each in of_one_meaning(project, group))
    comparable = (tuple(each) for group in meant for each in project.comparable_groups(group))
    return tuple(group for group in comparable if _have_several_names(group))


def _have_several_names(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions stand in several modules under several names: namesakes are found by other means."""
    return len({each.name for each in functions}) > 1 and len({each.module for each in functions}) > 1


def _are_one(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    return (
        (is_identical(one, other) or _differ_in_what_they_catch(one, other))
        and can_reach(project, one.module, other.module)
        and not are_editions(one, other)
        and not are_of_two_times(project, one.module, other.module)
        and not stands_alone(one)
        and not stands_alone(other)
    )


def _differ_in_what_they_catch(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether the lines of two bodies of one length are equal but for those that name the errors they catch."""
    lines = zip(hashes_of(one.fact.body.lines), hashes_of(other.fact.body.lines), strict=True)
    caught, there = _caught_by(one), _caught_by(other)
    different = sum(line != line_there for line, line_there in lines)
    return len(caught) == len(there) and 0 < different == sum(map(str.__ne__, caught, there))


def _caught_by(function: FunctionSymbol) -> list[str]:
    """What each ``except`` of a function catches, in order."""
    return function.module.derived(_caught_in).get(function.fact.scope, [])


def _caught_in(module: Module) -> Mapping[int, list[str]]:
    """What is caught in each scope of a module. For :meth:`Module.derived`."""
    found: dict[int, list[str]] = {}
    for scope, test in _handlers(module):
        found.setdefault(scope, []).append(test)
    return found


def _handlers(module: Module) -> Iterator[tuple[int, str]]:
    handlers = (branch for branch in module.facts.branches if branch.kind is BranchKind.EXCEPT)
    return ((branch.scope, branch.test) for branch in sorted(handlers, key=lambda branch: branch.line))
