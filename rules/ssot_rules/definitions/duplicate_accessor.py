"""SSOT122: one accessor name, several accessors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout
from ssot_rules.definitions._function_findings import function_finding, modules_of
from ssot_rules.definitions._functions import FunctionAnalysis

_ACCESSOR = re.compile(r"(?:get|create|make|build|is|load|init|initialize|resolve|setup|ensure)_\w+")
# That many modules of one folder with the same accessor are its plug-ins, the accessor is how they are used.
_SIBLINGS = 5


@dataclass(frozen=True)
class DuplicateAccessor(Rule):
    """One public accessor (``get_x``, ``create_x``, ``is_x``) is defined in several modules.

    Why:
        An accessor is how the rest of the code gets at a thing. Where there are two of one name, an automatic
        import picks one of them, callers get different objects, caches and defaults, and nobody notices. Hooks,
        wrappers of the namesake, implementations behind a common front and functions of different packages that
        take other parameters and are annotated to return other things are exempt.

    Bad:
        # shop/storage.py
        def get_session():
            return connect("orders")
        # shop/reports.py
        def get_session():
            session = connect("orders")
            session.readonly = True
            return session

    Good:
        # shop/storage.py
        def get_session(readonly=False):
            session = connect("orders")
            session.readonly = readonly
            return session
        # shop/reports.py
        from shop.storage import get_session

        def report():
            return get_session(readonly=True).rows()

    Fix:
        Let one module own the accessor and the others import it; where the functions do different things, let
        their names say so.
    """

    code: ClassVar[str] = "SSOT122"
    name: ClassVar[str] = "duplicate-accessor"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        copied = _copied(project, self)
        for functions in self._accessors(project).values():
            if len(functions) < 2 or is_hook_layout([function.module for function in functions]):
                continue
            independent = _one_of_each(_independent(project, functions), copied)
            for comparable in project.comparable_groups(independent):
                group = _of_one_meaning(comparable)
                if modules_of(group) > 1 and not _are_siblings(group):
                    complaint = f"accessor `{group[0].name}` is defined in {modules_of(group)} modules"
                    advice = (
                        "Keep {home} and write `{statement}` in {paths}, or give the functions there names that say "
                        "what sets them apart"
                    )
                    yield function_finding(project, self, group, complaint, advice)

    def _accessors(self, project: Project) -> Mapping[tuple[str, str], list[FunctionSymbol]]:
        """The undecorated, unconditional public accessors by source root and name: two roots are two programs."""
        found: dict[tuple[str, str], list[FunctionSymbol]] = defaultdict(list)
        for module in project.modules:
            if self.applies_to(module) and is_handwritten(module):
                for function in filter(_is_accessor, module.top_level_functions):
                    found[module.source.root, function.name].append(function)
        return found


def _is_accessor(function: FunctionSymbol) -> bool:
    fact = function.fact
    return (
        _ACCESSOR.fullmatch(fact.name) is not None
        and not fact.decorators
        and fact.guard is Guard.NONE
        and function.module.namespace.get(fact.name) is function
    )


def _copied(project: Project, rule: Rule) -> Mapping[FunctionSymbol, FunctionSymbol]:
    """Functions that SSOT120 or SSOT121 report, each with the one that stands for its group."""
    report = project.derived(FunctionAnalysis(rule.zones))
    first: dict[FunctionSymbol, FunctionSymbol] = {}
    for group in (*report.identical, *report.similar):
        leader = first.get(group[0], group[0])
        for function in group:
            first[function] = leader
    return first


def _one_of_each(
    functions: Sequence[FunctionSymbol], copied: Mapping[FunctionSymbol, FunctionSymbol]
) -> list[FunctionSymbol]:
    """``functions`` without copies, and without those that have the same place in parallel folders: the first of each
    stays."""
    seen: set[FunctionSymbol | str] = set()
    kept = []
    for function in functions:
        places: set[FunctionSymbol | str] = {copied.get(function, function), *_parallel_places(function.module.path)}
        if not places & seen:
            kept.append(function)
        seen |= places
    return kept


def _parallel_places(path: str) -> list[str]:
    """The patterns that a path shares with those of the same place in parallel folders: ``*/api.py``."""
    *folders, name = path.split("/")
    return ["/".join([*folders[:place], "*", *folders[place + 1 :], name]) for place in range(len(folders))]


def _independent(project: Project, functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """``functions`` without those that stand in front of a namesake; of several behind one front, the first."""
    modules = {function.module for function in functions}
    fronts: set[Module] = set()
    behind: dict[FunctionSymbol, set[Module]] = {}
    for function in functions:
        users = _users(project, function) & modules - {function.module}
        fronts |= users
        behind[function] = users | set(project.derived(_alternatives).get(function.module, ()))
    served: set[Module] = set()
    kept = []
    for function in functions:
        if function.module in fronts or _is_wrapper(function) or behind[function] & served:
            continue
        served |= behind[function]
        kept.append(function)
    return kept


def _of_one_meaning(functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """``functions`` without those that may be taken for none of the others."""
    return [each for each in functions if any(_is_alike(each, other) for other in functions if other is not each)]


def _is_alike(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether one accessor may be taken for the other: they stand in one package, take the same, or do not say that
    what they return differs."""
    said = {one.fact.returns, other.fact.returns} - {""}
    return len(said) < 2 or _parameters(one) == _parameters(other) or _folder(one) == _folder(other)


def _parameters(function: FunctionSymbol) -> list[str]:
    return [parameter.name for parameter in function.fact.parameters]


def _folder(function: FunctionSymbol) -> PurePosixPath:
    return PurePosixPath(function.module.path).parent


def _users(project: Project, function: FunctionSymbol) -> set[Module]:
    """The modules that import a function, or return a call of it from its namesake."""
    importers = {use.importer for use in project.imports_of(function)}
    returned = (call for call in project.calls_of(function) if call.fact.usage is ResultUse.RETURNED)
    callers = ((call.module, call.module.scope_symbol(call.fact.scope)) for call in returned)
    return importers | {module for module, caller in callers if caller is not None and caller.name == function.name}


def _alternatives(project: Project) -> Mapping[Module, set[Module]]:
    """Modules of which another one takes its choice, ``import fast as engine`` here and ``import plain as engine``
    there; each with those that choose. For :meth:`Project.derived`."""
    choices: dict[tuple[Module, str], set[Module]] = defaultdict(set)
    for use in project.imports:
        if use.resolution.module is not None and use.fact.name != "*" and (use.fact.alias or use.fact.name):
            choices[use.importer, use.fact.bound_name].add(use.resolution.module)
    found: dict[Module, set[Module]] = defaultdict(set)
    for (importer, _), modules in choices.items():
        if len(modules) > 1:
            for module in modules:
                found[module].add(importer)
    return found


def _is_wrapper(function: FunctionSymbol) -> bool:
    """Whether a function only passes a call on to something of its own name: ``return backend.get_user(name)``."""
    if function.fact.body.statements > 1:
        return False
    return any(value.text.rpartition(".")[2] == function.name for value in function.fact.returned)


def _are_siblings(functions: Sequence[FunctionSymbol]) -> bool:
    return len(functions) >= _SIBLINGS and len({_folder(function) for function in functions}) == 1
