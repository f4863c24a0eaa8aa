"""What to write about broken imports: the ways out of all that a finding is about, in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Home
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.evidence import Fact
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import STAR, combined, manual, retarget
from ssot_rules.analysis.imports import importers, module_home
from ssot_rules.analysis.layout import is_loaded_by_name
from ssot_rules.imports._missing import is_broken, missing_imports
from ssot_rules.imports._successors import Kind, Way

NO_WAY = "Import what took its place, or delete the import and what depends on it"

# As many names of one module or package are told one by one; that is what is to be written.
_MOST = 6

_REASONS = {
    Kind.BESIDE: ("the one of that name in the same folder", "those of these names in the same folder"),
    Kind.RENAMED: ("beside it, which has nearly its name", "beside it, which have nearly their names"),
    Kind.MOVED: ("the only place that defines it", "where alone they are defined"),
    Kind.UP: ("where it is, one package up", "where they are, one package up"),
    Kind.DOWN: ("where it is, one package down", "where they are, one package down"),
    Kind.ELSEWHERE: ("the only module of that name that has it", "the only modules of these names that have them"),
}
"""Why to write a statement; why to write several, or one of several names."""


def remedy(project: Project, ways: Mapping[ImportReference, Way]) -> str:
    """The way out of all of them; where nothing tells any, what remains to be done."""
    kinds: dict[Kind, list[Way]] = defaultdict(list)
    near = {way.module: way.kind for way in ways.values() if way.kind in (Kind.UP, Kind.DOWN)}
    spelled = _spelled(ways)
    for way in dict.fromkeys(ways.values()):
        kinds[near.get(way.module, way.kind) if way.kind is Kind.MOVED else way.kind].append(way)
    clauses = [_clause(project, kind, kinds[kind], spelled) for kind in Kind if kind in kinds and kind is not Kind.NONE]
    if Kind.NONE in kinds and clauses:
        clauses.append(f"delete the import of {_names(kinds[Kind.NONE])} and what depends on it")
    text = "; ".join(clauses)
    return f"{text[0].upper()}{text[1:]}" if text else NO_WAY


def _spelled(ways: Mapping[ImportReference, Way]) -> Mapping[Module, str]:
    """How files that import by relative names write the modules of their own package."""
    found: dict[Module, set[str]] = defaultdict(set)
    for use, way in ways.items():
        if way.module is not None:
            package = f"{use.importer.source.package}."
            is_inside = use.fact.level > 0 and way.module.name.startswith(package)
            found[way.module].add(f".{way.module.name.removeprefix(package)}" if is_inside else way.module.name)
    return {module: min(names) for module, names in found.items() if len(names) == 1}


def _clause(project: Project, kind: Kind, ways: Sequence[Way], spelled: Mapping[Module, str]) -> str:
    names = _names(ways)
    if kind is Kind.TWICE:
        places = [f"line {way.line} takes it from {way.module.name}" for way in ways if way.module is not None]
        return f"delete {names} from the import: {listed(places)} already"
    if kind is Kind.LOOK:
        modules = listed(list(dict.fromkeys(way.module.name for way in ways if way.module is not None)))
        return f"look in {modules} for the successor of {names}"
    if kind is Kind.CLOSE:
        meant = listed([f"`{way.name}`" for way in ways], _MOST)
        verb = "that is" if len(ways) == 1 else "those are"
        return f"import {meant} if {verb} what is meant, else delete the import and what depends on it"
    reason = _REASONS[kind][len(ways) > 1]
    return f"write {listed(statements(ways, spelled), _MOST)}, {reason}{_condition(project, ways)}"


def _names(ways: Sequence[Way]) -> str:
    return listed([f"`{way.asked}`" for way in ways], _MOST)


def statements(ways: Sequence[Way], spelled: Mapping[Module, str]) -> list[str]:
    """The imports to write, one for each module."""
    names: dict[Module, list[str]] = defaultdict(list)
    for way in ways:
        if way.module is not None:
            names[way.module].append(way.name)
    return [
        f"`{_statement(module, spelled.get(module, module.name), [name for name in taken if name])}`"
        for module, taken in names.items()
    ]


def _statement(module: Module, spelling: str, names: Sequence[str]) -> str:
    return f"from {spelling} import {', '.join(names)}" if names else f"import {module.name}"


def _condition(project: Project, ways: Sequence[Way]) -> str:
    """What has to come before, if a module that is to be imported fails itself."""
    targets = dict.fromkeys(way.module for way in ways if way.module is not None)
    failing = [module.name for module in targets if _fails(project, module)]
    return f", once {listed(failing)} can be imported" if failing else ""


def _fails(project: Project, module: Module) -> bool:
    """Whether a module, or one that it loads in any case, imports what is not there."""
    failing = project.derived(failing_modules)
    seen: set[Module] = set()
    pending = [module]
    while pending:
        current = pending.pop()
        if current in failing:
            return True
        if current not in seen:
            seen.add(current)
            pending += _loads(project, current)
    return False


def _loads(project: Project, module: Module) -> Iterator[Module]:
    for use in project.imports_in(module):
        if _runs_always(use):
            yield from (each for each in (use.source, use.resolution.module) if each is not None)


def _runs_always(use: ImportReference) -> bool:
    return use.fact.scope == MODULE_SCOPE and use.fact.guard is Guard.NONE


def failing_modules(project: Project) -> frozenset[Module]:
    """The modules that cannot be imported, as they surely miss something themselves. For :meth:`Project.derived`."""
    return frozenset(
        use.importer
        for module in project.modules
        for use in project.linked(missing_imports, module)
        if _runs_always(use) and is_broken(project, use)
    )


def with_dead_files(project: Project, ways: Mapping[ImportReference, Way], otherwise: str) -> str:
    """The remedy where the files go with what they import: they cannot be loaded, and nothing that can be loaded
    imports them; ``otherwise`` alone for other files. What took the place of all that is missing comes first."""
    modules = importers(list(ways))
    if not all(is_dead(project, module) for module in modules):
        return otherwise
    what, it = ("it is", "it") if len(modules) == 1 else ("they are", "them")
    deletion = f"elete {_files(modules)} if {what} dead: nothing that can be loaded imports {it}"
    if all(way.kind is not Kind.NONE for way in ways.values()):
        return f"{otherwise}; d{deletion}"
    return f"D{deletion}; else {otherwise[0].lower()}{otherwise[1:]}"


def without_files(ways: Mapping[ImportReference, Way], otherwise: str) -> str:
    """The remedy for files that miss several things, and that nothing loads: they go. What else can be done comes
    second, and not at all where it would leave the next import broken."""
    modules = importers(list(ways))
    if any(module.zone is Zone.TEST for module in modules):
        it, tests = ("it", "it tests") if len(modules) == 1 else ("them", "they test")
        return f"Delete {_files(modules)} if what {tests} is gone; else write {it} anew for what is there"
    is_known = all(way.kind is not Kind.NONE for way in ways.values())
    deletion = f"Delete {_files(modules)}: nothing that can be loaded imports {'it' if len(modules) == 1 else 'them'}"
    return (
        f"{deletion}; where somebody runs it all the same, {otherwise[0].lower()}{otherwise[1:]}"
        if is_known
        else deletion
    )


def _files(modules: Sequence[Module]) -> str:
    return listed([module.path for module in modules], _MOST)


def is_dead(project: Project, module: Module) -> bool:
    """Whether a file cannot be loaded, and nothing that can be loaded imports it or runs it."""
    is_run = is_loaded_by_name(module.path) or any(call.guard & Guard.MAIN for call in module.facts.calls)
    return module.zone is Zone.PRODUCTION and not is_run and _is_left_alone(project, module)


def is_lost_test(project: Project, module: Module) -> bool:
    """Whether a test module cannot be loaded, and helps no other one that can."""
    is_hook = module.path.rpartition("/")[2] == "conftest.py"
    return module.zone is Zone.TEST and not is_hook and _is_left_alone(project, module)


def _is_left_alone(project: Project, module: Module) -> bool:
    failing = project.derived(failing_modules)
    return not module.source.is_package and module in failing and project.importers_of_module(module) <= failing


def home(ways: Sequence[Way]) -> Home | None:
    """The one place that has all of it."""
    modules = {way.module for way in ways}
    is_known = all(way.kind in _REASONS for way in ways)
    module = next(iter(modules)) if len(modules) == 1 and is_known else None
    if module is None:
        return None
    if any(way.kind is not Kind.MOVED for way in ways):
        return module_home(module, _REASONS[ways[0].kind][len(ways) > 1])
    if len(ways) == 1 and ways[0].symbol is not None:
        return home_of(ways[0].symbol, "the only definition of that name in reach")
    return module_home(module, f"the only definitions of these {counted(len(ways), 'name')} in reach")


def places(ways: Sequence[Way]) -> Iterator[str]:
    """Where the definitions are."""
    for way in ways:
        if way.kind is Kind.MOVED and way.symbol is not None:
            yield f"{way.symbol.id} is defined in {way.symbol.module.path}:{way.symbol.fact.line}"
        elif way.kind in _REASONS and way.module is not None:
            yield f"{way.module.path} has {'it' if way.name in ('', '*') else way.name}"


def rewrites(ways: Mapping[ImportReference, Way]) -> Iterator[Fact]:
    """The ways out for programs."""
    for use, way in ways.items():
        if way.kind in _REASONS and way.module is not None and way.name not in ("", "*"):
            yield {"name": way.name, "new": way.module.name, "path": use.importer.path, "line": use.fact.line}


def fix_of(uses: Sequence[ImportReference], ways: Mapping[ImportReference, Way]) -> Fix:
    """Let a statement import what alone is called so."""
    edits = []
    for use in uses:
        way = ways[use]
        if use.fact.name == "*":
            return manual(STAR)
        is_near = way.module is not None and way.module.source.distribution == use.importer.source.distribution
        if way.module is None or way.kind not in _REASONS or not is_near:
            return manual("nothing tells what took its place")
        edits.append(retarget(use, way.module.name, way.name))
    return combined(edits, is_safe=False, note="only the name says that it is the same thing")
