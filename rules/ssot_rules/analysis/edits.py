"""What is to become of a violation, as edits that ``ssot-lint fix`` carries out: computed from symbols, never from the
words of a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.edits import Edit, Fix, RetargetImport, Safety
from ssot_lint.model.facts import Import
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module, Symbol

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
    provider = None if entry is not None else project.resolver.star_names(module).get(name)
    return None if provider is None else (provider, name)


def detours(project: Project, module: Module, uses: Iterable[ImportReference]) -> Iterator[Edit]:
    """Let all that take names from ``module``, which only passes them on, take them from where it does."""
    for use in uses:
        name = use.fact.name
        found = None if name in (None, "*") or name is None else provider_of(project, module, name)
        if use.source is module and found is not None and found[0] is not use.importer:
            yield retarget(use, found[0].name, found[1])


def defined_by(symbol: Symbol) -> tuple[str, str]:
    """The module and the name of a definition at the top of its module."""
    return symbol.module.name, symbol.name
