"""SSOT122: one accessor name, several accessors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.edits import fix_delegate
from ssot_rules.analysis.hooks import has_hook_name, looked_up_names, without_plugins
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.definitions._accessor_likeness import is_bridge, keep_their_own, may_be_confused
from ssot_rules.definitions._function_findings import function_finding, modules_of
from ssot_rules.definitions._functions import FunctionAnalysis

_ADVICE = "Write `{statement}` in {paths}, or let the name of the function there say what sets it apart."
_OTHERWISE = "If they are not the same thing, let their names say what sets them apart."
_ACCESSOR = re.compile(r"(?:get|create|make|build|is|load|init|initialize|resolve|setup|ensure)_\w+")


@dataclass(frozen=True)
class DuplicateAccessor(Rule):
    """One public accessor (``get_x``, ``create_x``, ``is_x``) is defined in several modules.

    Why:
        An accessor is how the rest of the code gets at a thing. Where there are two of one name, an automatic
        import picks one of them, callers get different objects, caches and defaults, and nobody notices. Names say
        little, so more has to be alike: two or more parameters, the class that is returned, or the lines. Hooks,
        plug-ins, wrappers of the namesake, implementations behind a common front, editions that are chosen by name
        and functions that return different things are exempt. It is information, unless two that are called alike,
        in different folders, give what a table or an object of their own module holds: of fifteen read in unseen
        code two were worth an action as they stood. SSOT120 and SSOT121 score the bodies.

    Bad:
        # shop/storage.py
        def get_session(name, readonly=False):
            return connect(name, readonly)
        # shop/reports/pages.py
        def get_session(name, readonly=False):
            session = connect(name)
            session.readonly = readonly
            return session

    Good:
        # shop/storage.py
        def get_session(name, readonly=False):
            session = connect(name)
            session.readonly = readonly
            return session
        # shop/reports/pages.py
        from shop.storage import get_session

        def report():
            return get_session("orders", readonly=True).rows()

    Fix:
        Let one module own the accessor and the others import it; where the functions do different things, let
        their names say so.
    """

    code: ClassVar[str] = "SSOT122"
    name: ClassVar[str] = "duplicate-accessor"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        judged, finding = project.judging(self._groups_among), project.judging(self._finding)
        groups = project.folded(_AccessorsIn(self.zones), Groups[tuple[str, str], FunctionSymbol]).several()
        yield from (finding(group) for namesakes in groups for group in judged(namesakes))

    def _groups_among(
        self, project: Project, namesakes: tuple[FunctionSymbol, ...]
    ) -> tuple[tuple[FunctionSymbol, ...], ...]:
        """Those among functions of one name and source root that may be taken for each other."""
        if namesakes[0].name in project.derived(looked_up_names):
            return ()
        if is_hook_layout([function.module for function in namesakes]):
            return ()
        copied = project.derived(_Copied(self.zones))
        accessors = list(filter(_is_accessor, without_plugins(namesakes)))
        independent = _one_of_each(_independent(project, accessors), copied)
        groups = (_of_one_meaning(project, each) for each in project.comparable_groups(independent))
        return tuple(tuple(group) for group in groups if modules_of(group) > 1)

    def _finding(self, project: Project, group: tuple[FunctionSymbol, ...]) -> Finding:
        complaint = f"accessor `{group[0].name}` is defined in {modules_of(group)} modules"
        severity = _severity(project, group)
        return function_finding(project, self, group, complaint, _ADVICE, _OTHERWISE, severity, fix=_delegate)


@dataclass(frozen=True, slots=True)
class _AccessorsIn:
    """The functions of a module with the name of an accessor, by source root and name: two roots are two programs. For
    :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[tuple[str, str], FunctionSymbol], ...]:
        functions = module.top_level_functions if module.zone in self.zones and is_handwritten(module) else ()
        return tuple(
            ((module.source.root, each.name), each)
            for each in functions
            if _ACCESSOR.fullmatch(each.name) and not has_hook_name(each.name)
            if each not in project.linked(declared_copies_in, module)
        )


def _delegate(project: Project, home: Symbol, copy: Symbol, _: bool) -> Fix:
    return fix_delegate(project, home, copy)


def _severity(project: Project, functions: Sequence[FunctionSymbol]) -> Severity | None:
    is_split = any(keep_their_own(project, *pair) for pair in combinations(functions, 2))
    return Severity.MEDIUM if is_split else None


def _is_accessor(function: FunctionSymbol) -> bool:
    fact = function.fact
    return (
        not fact.decorators
        and fact.guard is Guard.NONE
        and not is_bridge(function)
        and function.module.namespace.get(fact.name) is function
    )


@dataclass(frozen=True, slots=True)
class _Copied:
    """Functions that SSOT120 or SSOT121 report, each with the one that stands for its group. For
    :meth:`Project.derived`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> Mapping[FunctionSymbol, FunctionSymbol]:
        report = project.derived(FunctionAnalysis(self.zones))
        first: dict[FunctionSymbol, FunctionSymbol] = {}
        for group in (*report.identical, *report.similar):
            leader = first.get(group[0], group[0])
            for function in group:
                first[function] = leader
        return first


def _one_of_each(
    functions: Sequence[FunctionSymbol], copied: Mapping[FunctionSymbol, FunctionSymbol]
) -> list[FunctionSymbol]:
    """``functions`` without copies: the first of each stays."""
    return list({copied.get(function, function): function for function in reversed(functions)}.values())[::-1]


def _independent(project: Project, functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """``functions`` without those that stand in front of a namesake; of several behind one front, the first."""
    modules = {function.module for function in functions}
    fronts: set[Module] = set()
    behind: dict[FunctionSymbol, set[Module]] = {}
    for function in functions:
        users = _users(project, function) & modules - {function.module}
        fronts |= users
        behind[function] = users | set(project.derived(_alternatives).get(function.module, ()))
    wrapped = {target for function in functions if (target := _wrapped(project, function))}
    served: set[Module] = set()
    kept = []
    for function in functions:
        is_wrapper = len(wrapped) == 1 and bool(_wrapped(project, function))
        if function.module in fronts or is_wrapper or behind[function] & served:
            continue
        served |= behind[function]
        kept.append(function)
    return kept


def _of_one_meaning(project: Project, functions: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """``functions`` without those that may be taken for none of the others."""
    alike = (pair for pair in combinations(functions, 2) if may_be_confused(project, *pair))
    found = {function for pair in alike for function in pair}
    return [function for function in functions if function in found]


def _users(project: Project, function: FunctionSymbol) -> set[Module]:
    """The modules that import a function, or call it from its namesake."""
    importers = {use.importer for use in project.imports_of(function)}
    callers = ((call.module, call.module.scope_symbol(call.fact.scope)) for call in project.calls_of(function))
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
    return dict(found)


def _wrapped(project: Project, function: FunctionSymbol) -> str:
    """What a function only passes a call on to, if it has its own name: ``return backend.get_user(name)``."""
    if function.fact.body.statements > 1:
        return ""
    for value in function.fact.returned:
        if value.text.rpartition(".")[2] == function.name:
            target = project.resolve(function.module, function.fact.scope, value.text).symbol
            return value.text if target is None else target.id
    return ""
