"""Definitions that fill one slot of a family on purpose: adapters of vendors, back ends, variants of a platform.

What they have in common is the contract of the family, not a copy that somebody forgot.
"""

from __future__ import annotations

import re
from itertools import product

from ssot_lint.model.syntax import Guard
from ssot_lint.model.vocabulary import BACKUP_WORDS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_lint.text.standard_library import STANDARD_LIBRARY
from ssot_rules.analysis.layout import are_neighbours, fill_one_slot
from ssot_rules.analysis.lineage import lineage_of

ONE_TEXT_SHARE = 0.92
"""Variants that have more in common than that were judged copies in unseen code, those with less contracts."""

# Two modules that define a name are chance, three in one place of their folders are a family.
_FAMILY = 3

_VERSION = re.compile(r"v\d+")
_NUMBER = re.compile(r"\d+")


def are_variants(project: Project, first: ClassSymbol | FunctionSymbol, second: ClassSymbol | FunctionSymbol) -> bool:
    """Whether two namesakes stand for two things that are used in one way: beside each other, and on one base, each
    named after the package that it wraps, or two of at least three that their folders ask for. Nothing asks for a
    private function."""
    if isinstance(first, FunctionSymbol) and first.name.startswith("_"):
        return False
    one, other = first.module, second.module
    if are_neighbours(one, other) and _wrap_other_packages(project, one, other):
        return True
    if not fill_one_slot(one, other):
        return False
    return _have_one_base(project, first, second) or _is_slot_of_many(project, first)


def hold_numbered_variants(project: Project, one: Module, other: Module) -> bool:
    """Whether two modules are there for two classes on one base of the project whose names differ by a number only:
    ``Grid4Env`` and ``Grid5Env``. What else the modules define under one name is that of their variant."""
    return fill_one_slot(one, other) and any(
        _are_numbered_siblings(project, first, second)
        for first, second in product(one.top_level_classes, other.top_level_classes)
        if first.name != second.name and _NUMBER.sub("", first.name) == _NUMBER.sub("", second.name)
    )


def _are_numbered_siblings(project: Project, first: ClassSymbol, second: ClassSymbol) -> bool:
    one, other = project.ancestry(first), project.ancestry(second)
    return first not in other and second not in one and not set(one).isdisjoint(other)


def are_independent(project: Project, one: Module, other: Module) -> bool:
    """Whether two modules are of two distributions of which neither is the other's: plug-ins of one program, say, that
    reach each other by way of its extras only."""
    if one.source.distribution == other.source.distribution:
        return False
    return project.can_use(one, other) is project.can_use(other, one)


def stands_alone(symbol: ClassSymbol | FunctionSymbol) -> bool:
    """Whether a definition is there for one file that runs by itself, or is kept and not used."""
    folders = symbol.module.path.lower().split("/")[:-1]
    return bool(symbol.fact.guard & Guard.MAIN) or not BACKUP_WORDS.isdisjoint(folders)


def rewrite_of(project: Project, module: Module) -> str:
    """The folder of a rewrite that a module belongs to: one called after a version, in which nothing is imported of
    the project outside of it, because it will take the place of that. Empty for anything else."""
    folder = module.derived(_version_folder)
    return "" if folder in project.derived(_mixed_folders) else folder


def are_of_two_times(project: Project, one: Module, other: Module) -> bool:
    """Whether one module belongs to a rewrite of what the other belongs to."""
    return rewrite_of(project, one) != rewrite_of(project, other)


def _mixed_folders(project: Project) -> frozenset[str]:
    """The folders called after a version that use the rest of the project. For :meth:`Project.derived`."""
    return frozenset(project.gathered(_folders_mixed_in))


def _folders_mixed_in(project: Project, module: Module) -> tuple[str, ...]:
    folder = module.derived(_version_folder)
    uses = project.imports_in(module) if folder else ()
    is_mixed = any(use.source is not None and not use.source.path.startswith(f"{folder}/") for use in uses)
    return (folder,) if is_mixed else ()


def _version_folder(module: Module) -> str:
    """The outermost folder called after a version; empty without one."""
    parts = module.path.split("/")[:-1]
    place = next((place for place, part in enumerate(parts) if _VERSION.fullmatch(part)), None)
    return "" if place is None else "/".join(parts[: place + 1])


def _have_one_base(project: Project, first: ClassSymbol | FunctionSymbol, second: ClassSymbol | FunctionSymbol) -> bool:
    """Whether two classes implement one thing: an ancestor of the project, or a class of a library that they share
    words of their name with (``WeComConverter(Converter)``). What is built on ``nn.Module`` is no family."""
    if not isinstance(first, ClassSymbol) or not isinstance(second, ClassSymbol):
        return False
    shared = lineage_of(project, first).roots & lineage_of(project, second).roots
    own = set(words(first.name))
    return any(not isinstance(root, str) or own & set(words(root.rpartition(".")[2])) for root in shared)


def _wrap_other_packages(project: Project, one: Module, other: Module) -> bool:
    """Whether each of two modules is named after a library that it imports and the other does not."""
    here, there = project.linked(_libraries, one), project.linked(_libraries, other)
    return _is_named_after(one, here - there) and _is_named_after(other, there - here)


def _is_named_after(module: Module, libraries: frozenset[str]) -> bool:
    *_, folder, file = ("", *module.path.rpartition(".")[0].split("/"))
    named = {*words(folder), *words(file)}
    return any(not named.isdisjoint(words(library)) for library in libraries)


def _libraries(project: Project, module: Module) -> frozenset[str]:
    """The third-party packages that a module imports, wherever in it."""
    index = project.resolver.index
    return frozenset(
        package
        for fact in module.facts.imports
        if not fact.level and (package := fact.module.partition(".")[0]) not in STANDARD_LIBRARY
        if not index.is_first_party(module, fact.module)
    )


def _is_slot_of_many(project: Project, symbol: ClassSymbol | FunctionSymbol) -> bool:
    holders = project.modules_with(_names_defined_in, symbol.name)
    return sum(module is symbol.module or fill_one_slot(module, symbol.module) for module in holders) >= _FAMILY


def _names_defined_in(_: Project, module: Module) -> frozenset[str]:
    return frozenset(symbol.name for symbol in (*module.top_level_classes, *module.top_level_functions))
