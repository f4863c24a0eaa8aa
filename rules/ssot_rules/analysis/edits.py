"""What is to become of a violation, as edits that ``ssot-lint fix`` carries out: computed from symbols, never from the
words of a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.edits import (
    Delegate,
    DeleteDefinition,
    Edit,
    Fix,
    RenameImport,
    ReplaceLiteral,
    RetargetImport,
    Safety,
)
from ssot_lint.model.facts import Class, Function, Import, ParameterKind
from ssot_lint.model.finding import Location
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.same_meaning import SameMeaning, same_meaning
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_rules.analysis.bodies import SIMILAR_FROM, similarity
from ssot_rules.analysis.class_kinds import is_enum
from ssot_rules.analysis.imports import can_write_import, importers_by_name
from ssot_rules.analysis.parts import united
from ssot_rules.analysis.reaching import obstacle_between
from ssot_rules.analysis.spelled import name_for

DIFFERENT = "the two differ: decide first which of them is right"
UNSAID = "only the copy has a docstring: give it to the home first"
OTHER_MODULE = "`__module__` changes, and with it pickles and what tells classes apart"
OTHER_MODULE_OF_FUNCTION = "its `__module__` changes, and with it what logs and pickles call it"
OTHER_OBJECT = "the two names are different objects"
STAR = "a star import takes it, which names nothing that could move"


def retarget(use: ImportReference, module: str, name: str) -> RetargetImport:
    """Let what ``use`` imports be ``name`` of ``module``; empty, let it be that module."""
    return RetargetImport(use.importer.path, use.fact.line, use.fact.column, module, name)


def manual(reason: str) -> Fix:
    """No fix, and why, as a clause."""
    return Fix(Safety.MANUAL, note=reason)


def fix_import(project: Project, use: ImportReference, module: Module, name: str) -> Fix:
    """Let ``use``, which imports one name, import ``name`` of ``module``: safe where that is the same object."""
    found = project.resolver.lookup(module, name).symbol
    is_same = found is not None and found is use.resolution.symbol
    return combined([retarget(use, module.name, name)], is_safe=is_same, note=OTHER_OBJECT)


def combined(edits: Sequence[Edit], *, is_safe: bool, note: str) -> Fix:
    """A fix of several edits; ``note`` says what may change if it is not safe."""
    return Fix(Safety.SAFE, tuple(edits)) if is_safe else Fix(Safety.UNSAFE, tuple(edits), note)


def fix_statement(project: Project, uses: Iterable[ImportReference], old: Module, new: Module) -> Fix:
    """Let a statement that imports ``old``, or names of it, import the same of ``new``."""
    edits: list[Edit] = []
    is_safe = True
    for use in uses:
        name = use.fact.name
        if name == "*":
            return manual(STAR)
        if use.resolution.module is old:
            edits.append(retarget(use, new.name, ""))
            continue
        found = project.resolver.lookup(new, name or "")
        if found.symbol is None and found.module is None:
            return manual(f"{new.name} has no `{name}`")
        is_safe &= found.symbol is use.resolution.symbol
        edits.append(retarget(use, new.name, name or ""))
    return combined(edits, is_safe=is_safe, note=OTHER_OBJECT)


def provider_of(project: Project, module: Module, name: str) -> tuple[Module, str] | None:
    """The module that ``module`` takes a name from, and what it is called there; None where it has it itself, or takes
    it from outside."""
    entry = module.namespace.get(name)
    index = project.resolver.index
    if isinstance(entry, Import):
        dotted = index.absolute_name(module, entry)
        source = None if dotted is None or entry.name is None else index.find_module(module, dotted)
        return None if source is None or entry.name is None else (source, entry.name)
    if isinstance(entry, VariableSymbol):
        symbol = project.resolver.lookup(module, name).symbol
        is_alias = symbol is not None and symbol is not entry and symbol.qualname == symbol.name
        return (symbol.module, symbol.name) if symbol is not None and is_alias else None
    provider = None if entry is not None else project.resolver.star_names(module).get(name)
    return None if provider is None else (provider, name)


def detours(project: Project, module: Module, uses: Iterable[ImportReference]) -> Iterator[Edit]:
    """Let all that take names from ``module``, which only passes them on, take them from where it does."""
    for use in uses:
        name = use.fact.name
        found = None if name is None or name == "*" else provider_of(project, module, name)
        if use.source is module and found is not None and found[0] is not use.importer:
            yield retarget(use, found[0].name, found[1])


def fix_copy(project: Project, home: Symbol, copy: Symbol, home_stays: bool) -> Fix:
    """Delete a copy that is equal to its home; its module and all importers take the home. Where that is not to stay
    by the remedy, the note says so: who keeps one of two has not brought them together."""
    obstacle = _difference(home, copy) or obstacle_between(project, copy.module, home)
    meaning = SameMeaning() if obstacle else _meaning(project, home, copy)
    if obstacle := obstacle or meaning.difference:
        return manual(obstacle)
    others = [use for use in project.imports_of(copy) if use.importer is not copy.module]
    if any(use.importer is home.module for use in others):
        return manual(f"{home.module.name} imports the copy: move both to a third module")
    moved = [use for use in others if use.source is copy.module and _can_move(project, use, home)]
    is_kept = len(moved) < len(others) or copy.module in project.derived(_whole_modules)
    name = name_for(project, copy.module, home.module)
    delete = DeleteDefinition(copy.module.path, copy.fact.line, copy.name, name, home.name, home.module.path, is_kept)
    note = OTHER_MODULE_OF_FUNCTION if isinstance(copy, FunctionSymbol) else OTHER_MODULE
    if not home_stays:
        note = f"it keeps that in {home.module.path} in place of moving both; {note}"
    if meaning.loggers:
        named = ", ".join(f"`{name}`" for name in meaning.loggers)
        note = f"{note}; what it logs to {named} comes from the logger of {home.module.name}"
    return Fix(
        Safety.UNSAFE,
        (delete, *(retarget(use, name_for(project, use.importer, home.module), home.name) for use in moved)),
        note,
    )


def _meaning(project: Project, home: Symbol, copy: Symbol) -> SameMeaning:
    if not isinstance(home, (ClassSymbol, FunctionSymbol)) or not isinstance(copy, (ClassSymbol, FunctionSymbol)):
        return SameMeaning()
    return same_meaning(project, copy, home)


def _difference(home: Symbol, copy: Symbol) -> str:
    """Why one definition cannot stand for the other, as a clause."""
    if home.qualname != home.name or copy.qualname != copy.name:
        return "it stands inside another definition"
    one, other = home.fact, copy.fact
    if isinstance(one, Function) and isinstance(other, Function):
        is_same = (one.parameters, one.is_async, one.returns) == (other.parameters, other.is_async, other.returns)
    elif isinstance(one, Class) and isinstance(other, Class):
        is_same = (one.bases, one.keywords) == (other.bases, other.keywords)
    else:
        return "they are of two kinds"
    if not is_same or _decorators(one) != _decorators(other) or one.body.digest != other.body.digest:
        return DIFFERENT
    return UNSAID if other.docstring and not one.docstring else ""


def _decorators(fact: Class | Function) -> list[tuple[str, str | None]]:
    return [(decorator.name, decorator.arguments_text) for decorator in fact.decorators]


def _can_move(project: Project, use: ImportReference, home: Symbol) -> bool:
    is_late = use.fact.scope != MODULE_SCOPE
    return use.fact.name not in (None, "*") and can_write_import(
        project, use.importer, home.module, home.name, is_late=is_late
    )


def _whole_modules(project: Project) -> frozenset[Module]:
    """The modules that others import as a whole, or all names of."""
    return project.combined(_whole_modules_in, united)


def _whole_modules_in(project: Project, module: Module) -> frozenset[Module]:
    uses = project.imports_in(module)
    stars = {use.source for use in uses if use.fact.name in (None, "*")}
    return frozenset(each for each in ({use.resolution.module for use in uses} | stars) if each is not None)


def fix_delegate(project: Project, home: Symbol, copy: Symbol) -> Fix:
    """Let a function call its home, with what it is given itself. Where two of one name do it in other ways, the home
    may well reach the copy through what it is given: then a call would never end."""
    if not isinstance(home, FunctionSymbol) or not isinstance(copy, FunctionSymbol):
        return manual(DIFFERENT)
    call = _call_with_own_parameters(home, copy)
    if call and home.name == copy.name and similarity(home, copy) < SIMILAR_FROM:
        return manual(DIFFERENT)
    obstacle = obstacle_between(project, copy.module, home)
    if not call or obstacle:
        return manual(obstacle or "the two take other arguments")
    is_taken = home.name in copy.module.namespace
    bound = f"{home.module.name.rpartition('.')[2]}_{home.name}" if is_taken else home.name
    name = name_for(project, copy.module, home.module)
    edit = Delegate(copy.module.path, copy.fact.line, copy.name, name, home.name, bound, f"{bound}{call}")
    return Fix(Safety.UNSAFE, (edit,), "it does what the home does, no longer what it does now")


def _call_with_own_parameters(home: FunctionSymbol, copy: FunctionSymbol) -> str:
    """The arguments of a call of ``home`` in ``copy``; empty where a call cannot say the same."""
    one, other = home.fact, copy.fact
    is_plain = home.qualname == home.name and copy.qualname == copy.name and one.is_async == other.is_async
    if not is_plain or one.is_generator or other.is_generator or other.decorators:
        return ""
    given = {parameter.name: parameter for parameter in other.parameters}
    if given.keys() != {parameter.name for parameter in one.parameters}:
        return ""
    if any(given[each.name].kind.is_variadic or each.kind.is_variadic for each in one.parameters):
        return ""
    parts = [
        each.name if each.kind < ParameterKind.KEYWORD_ONLY else f"{each.name}={each.name}" for each in one.parameters
    ]
    return f"({', '.join(parts)})"


def fix_alias(project: Project, module: Module, name: str, target: Symbol, target_name: str) -> Fix:
    """Let all that import the alias ``name`` of ``module`` import ``target`` under its own name."""
    edits = [
        RenameImport(use.importer.path, use.fact.line, use.fact.column, target.module.name, target_name)
        for importer in project.derived(importers_by_name).get((module, name), ())
        for use in project.imports_in(importer)
        if use.source is module and use.fact.name == name and _can_move(project, use, target)
    ]
    if not edits:
        return manual("whether anything outside the project uses the name is not known here")
    return Fix(Safety.UNSAFE, tuple(edits), "names in code and texts change", leaves_site=True)


def fix_literal(project: Project, module: Module, place: Location, value: str, holder: Symbol, text: str) -> Fix:
    """Let the string ``value`` at a place of ``module`` become ``text``, which begins with ``holder``."""
    name = holder.qualname.partition(".")[0]
    if not can_write_import(project, module, holder.module, name):
        return manual(obstacle_between(project, module, holder) or f"{module.name} cannot import {holder.module.name}")
    edit = ReplaceLiteral(module.path, place.line, place.column, value, text, holder.module.name, name)
    is_text = not isinstance(holder, ClassSymbol) or text.endswith(".value") or not is_enum(project, holder)
    return combined([edit], is_safe=is_text, note="a member of an enum stands where a plain string was")
