"""What the import rules share: by which paths names are imported, and which names are aliases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from keyword import iskeyword

from ssot_lint.model.edits import Fix
from ssot_lint.model.facts import Binding, BindingKind, Import
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.project.project import Project, home_within
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol, VariableSymbol
from ssot_rules.analysis.layout import is_template_path, is_test_input, top_package
from ssot_rules.analysis.parts import united
from ssot_rules.analysis.vocabulary import PLUGIN_FOLDERS

_PREFERRED = Guard.TRY_IMPORT | Guard.TRY
"""Where a name is bound if all goes well."""

# So many files in a folder of plug-ins, none of them imported by name, are loaded by another way.
_SEVERAL = 3

_CAP_WORDS = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Alias:
    """A public CapWords name of a module that stands for a class called something else."""

    module: Module
    name: str
    fact: Import | Binding
    target: ClassSymbol

    @property
    def id(self) -> str:
        return f"{self.module.name}:{self.name}"


def is_class_name(name: str) -> bool:
    """Whether a name is public CapWords (``Order``, not ``ORDER``, ``order`` or ``_Order``)."""
    return _CAP_WORDS.fullmatch(name) is not None


def importers_by_name(project: Project) -> Mapping[tuple[Module, str], tuple[Module, ...]]:
    """Who writes ``from module import name``, by module and name; in order of path."""
    return project.combined(_names_taken_in, _takers)


def takers_by_name(project: Project) -> Mapping[tuple[Module, str], tuple[Module, ...]]:
    """Who writes ``from module import name`` and goes on calling it so, by module and name; in order of path."""
    return project.combined(_names_kept_in, _takers)


def _names_taken_in(project: Project, module: Module) -> tuple[tuple[Module, str], ...]:
    uses = ((use.source, use.fact.name) for use in project.imports_in(module) if use.source is not module)
    return tuple(dict.fromkeys((source, name) for source, name in uses if source is not None and name is not None))


def _names_kept_in(project: Project, module: Module) -> tuple[tuple[Module, str], ...]:
    uses = (use for use in project.imports_in(module) if use.source is not module)
    kept = ((use.source, use.fact.bound_name) for use in uses if use.fact.name == use.fact.bound_name)
    return tuple(dict.fromkeys((source, name) for source, name in kept if source is not None))


def _takers(
    parts: Mapping[Module, tuple[tuple[Module, str], ...]],
) -> Mapping[tuple[Module, str], tuple[Module, ...]]:
    found: dict[tuple[Module, str], list[Module]] = defaultdict(list)
    for module, taken in parts.items():
        for key in taken:
            found[key].append(module)
    return {key: tuple(modules) for key, modules in found.items()}


def exported_aliases(project: Project) -> tuple[Alias, ...]:
    """``A = B``, and each ``from m import B as A`` that other modules import or ``__all__`` lists; by place.

    Unconditional ones, and those that a ``try`` prefers, where B is a class of the project.
    """
    importers = project.derived(importers_by_name)
    return tuple(
        alias
        for alias in project.gathered(_aliases)
        if isinstance(alias.fact, Binding)
        or (alias.module, alias.name) in importers
        or alias.name in (alias.module.facts.exports or ())
    )


def _aliases(project: Project, module: Module) -> list[Alias]:
    renamed = [(fact.bound_name, fact) for fact in module.facts.imports if fact.alias and fact.alias != fact.name]
    assigned = [(variable.fact.name, variable.fact) for variable in module.variables]
    candidates: tuple[tuple[str, Import | Binding], ...] = (*renamed, *assigned)
    found = []
    for name, fact in candidates:
        if not fact.guard & ~_PREFERRED and is_class_name(name) and _means(module, name, fact):
            target = _target(project, module, name, fact)
            if isinstance(target, ClassSymbol) and target.name != name:
                found.append(Alias(module, name, fact, target))
    return sorted(found, key=lambda alias: (alias.fact.line, alias.fact.column))


def _target(project: Project, module: Module, name: str, fact: Import | Binding) -> Symbol | None:
    """What an alias stands for; an assignment under ``try`` is a variable to the resolver, since it may fail."""
    is_alias = isinstance(fact, Binding) and fact.guard is not Guard.NONE and fact.kind is BindingKind.ASSIGN
    if isinstance(fact, Binding) and is_alias and fact.value is not None and fact.value.kind is ValueKind.NAME:
        return project.resolve(module, MODULE_SCOPE, fact.value.text).symbol
    return project.resolver.lookup(module, name).symbol


def _means(module: Module, name: str, fact: Import | Binding) -> bool:
    """Whether it is ``fact`` that decides what a module-level name stands for."""
    entry = module.namespace.get(name)
    return (entry.fact if isinstance(entry, VariableSymbol) else entry) == fact


def place_of(module: Module, fact: Import | Binding) -> Location:
    """Where a statement's name stands."""
    return Location(module.path, fact.line, fact.column, fact.end_line)


def is_within(module: Module, package: Module) -> bool:
    """Whether a module is ``package`` or, by its name, inside it."""
    return module is package or module.name.startswith(f"{package.name}.")


def can_write_import(project: Project, importer: Module, module: Module, name: str, *, is_late: bool = False) -> bool:
    """Whether ``from module import name`` can be written in ``importer``: it is Python, means that module, takes
    nothing that is private elsewhere, and closes no circle, which does not matter if it runs late, in a function."""
    return (
        module is not importer
        and all(part.isidentifier() and not iskeyword(part) for part in module.name.split("."))
        and project.can_use(importer, module)
        and _is_on_path(project, importer, module)
        and not is_loose_namesake(project, importer, module)
        and not is_loaded_by_path(project, module)
        and not _is_private_to(importer, module, name)
        and (is_late or not project.reach.closes_circle(importer, module))
    )


def _is_on_path(project: Project, importer: Module, module: Module) -> bool:
    """Whether names count from the same folder in both, or code beside the importer imports from that of the module."""
    roots = (importer.source.root, module.source.root)
    return roots[0] == roots[1] or roots in project.derived(_roots_in_use)


def is_loose_namesake(project: Project, importer: Module, module: Module) -> bool:
    """Whether a name means one file in the folder of ``importer`` and another one in other folders, as ``good`` and
    ``bad`` do in a folder of examples, and nothing there imports its neighbours: they are names of scripts."""
    root = module.source.root
    is_beside = importer.source.root == root and (root, root) not in project.derived(_roots_in_use)
    return is_beside and len(project.derived(_roots_by_top)[top_package(module)]) > 1


def is_template(project: Project, module: Module) -> bool:
    """Whether a file is there to be filled in: its path says so, and nobody imports it."""
    return is_template_path(module.path) and not project.importers_of_module(module)


def is_only_read(project: Project, module: Module) -> bool:
    """Whether tests read a file, and nothing loads it."""
    return is_test_input(module.source) and not project.importers_of_module(module)


def is_loaded_by_path(project: Project, module: Module) -> bool:
    """Whether a module lies in a folder of plug-ins of which no import statement ever names one from the top: the
    program loads them as files, and their names count from there."""
    folder = _plugin_folder(module)
    return bool(folder) and folder in project.derived(_folders_never_named)


def _folders_never_named(project: Project) -> frozenset[str]:
    """The folders of plug-ins, by dotted name, with several files of which none is named in an import."""
    counts = Counter(filter(None, map(_plugin_folder, project.modules)))
    return frozenset(each for each, count in counts.items() if count >= _SEVERAL) - project.combined(
        _plugins_named_in, united
    )


def _plugins_named_in(project: Project, module: Module) -> frozenset[str]:
    targets = (
        target
        for use in project.imports_in(module)
        if not use.fact.level
        for target in (use.source, use.resolution.module)
        if target is not None and target.name.startswith(use.fact.module)
    )
    return frozenset(filter(None, map(_plugin_folder, targets)))


def _plugin_folder(module: Module) -> str:
    """The dotted name of the folder of plug-ins that a module lies in; empty for none."""
    parts = module.name.split(".")[:-1]
    inside = next((at for at, part in enumerate(parts, 1) if part in PLUGIN_FOLDERS), 0)
    return ".".join(parts[:inside])


def _roots_by_top(project: Project) -> Mapping[str, frozenset[str]]:
    """The source roots in which each top-level name stands for something."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in project.modules:
        found[top_package(module)].add(module.source.root)
    return {top: frozenset(roots) for top, roots in found.items()}


def _roots_in_use(project: Project) -> frozenset[tuple[str, str]]:
    """From which source root another one is imported."""
    return project.combined(_roots_used_in, united)


def _roots_used_in(project: Project, module: Module) -> frozenset[tuple[str, str]]:
    targets = (use.source or use.resolution.module for use in project.imports_in(module))
    return frozenset((module.source.root, target.source.root) for target in targets if target is not None)


def _is_private_to(importer: Module, module: Module, name: str) -> bool:
    """Whether an underscore keeps a name to the package it stands in, or that of a module, and the importer is not
    there."""
    parts = [*module.name.split("."), name]
    private = next((index for index, part in enumerate(parts) if is_private(part)), None)
    if private is None:
        return False
    package = ".".join(parts[:private]) if private < len(parts) - 1 else module.source.package
    return not f"{importer.name}.".startswith(f"{package}." if package else "")


def is_private(part: str) -> bool:
    """Whether a name, or a part of a dotted one, begins with an underscore and is not special to Python."""
    return part.startswith("_") and not part.startswith("__")


def module_home(module: Module, reason: str) -> Home:
    """A file as the home of a finding."""
    return home_within(module, MODULE_SCOPE, Location(module.path, 1), reason)


def statement_site(uses: Sequence[ImportReference], message: str, fix: Fix | None = None) -> Site:
    """An import statement as a site, at the first of those of its names that matter; known again by its text."""
    first = uses[0]
    text = "\n".join(sorted(map(_text, uses)))
    body = blake2b(text.encode(errors="surrogatepass"), digest_size=6).hexdigest()
    return Site(place_of(first.importer, first.fact), first.importer.name, enclosing_id(first), message, body, fix)


def _text(use: ImportReference) -> str:
    fact = use.fact
    alias = f" as {fact.alias}" if fact.alias else ""
    dotted = f"{'.' * fact.level}{fact.module}"
    return f"import {dotted}{alias}" if fact.name is None else f"from {dotted} import {fact.name}{alias}"


def by_statement(uses: Iterable[ImportReference]) -> list[list[ImportReference]]:
    """Imports in groups, one for each statement, in their order."""
    found: dict[tuple[str, int], list[ImportReference]] = defaultdict(list)
    for use in uses:
        found[use.importer.path, use.fact.statement].append(use)
    return list(found.values())


def importers(uses: Iterable[ImportReference]) -> tuple[Module, ...]:
    """The modules that imports stand in, each once."""
    return tuple(dict.fromkeys(use.importer for use in uses))


def enclosing_id(use: ImportReference) -> str:
    """The function or class an import stands in, else its module, as sites name it."""
    symbol = use.importer.scope_symbol(use.fact.scope)
    return symbol.id if symbol is not None else use.importer.name
