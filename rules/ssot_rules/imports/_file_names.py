"""The files of a project by every module name that they can go by, and which of these names one process loads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ssot_lint.model.facts import Import
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import Module
from ssot_lint.text.standard_library import STANDARD_LIBRARY
from ssot_rules.analysis.vocabulary import PATH_CHANGES

_NOT_LOADED = Guard.TYPE_CHECKING | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT
"""Imports that never run, or of which a `try` takes only one."""

_OWN_FOLDER = frozenset({"Path", "__file__", "abspath", "dirname", "fspath", "parent", "realpath", "str"})
"""Words of expressions that lead from a file to its folder, as far as facts show them: ``str(...)``."""

_WORD = re.compile(r"\w+")

Names: TypeAlias = Mapping[str, Sequence[ImportReference]]
"""The imports of a file by the name that they use."""


class Counting(NamedTuple):
    """From where a module counts the names of files: whether it puts its own folder on the path, and folders around
    source roots from which it counts too, as in ``from src.shop import cart``."""

    adds_its_folder: bool
    outer_roots: frozenset[str]


class Loads(NamedTuple):
    """What a module imports: ``loaded`` as names mean it, ``named`` by every name that a file may have; ``at_once`` are
    those that are loaded with it, not by a function of it only; ``of_another`` are names of its own that it imports
    itself."""

    loaded: frozenset[Module]
    named: frozenset[tuple[Module, str]]
    at_once: frozenset[Module]
    of_another: frozenset[str]


def file_names(project: Project) -> FileNames:
    """The files of a project by their names."""
    return project.combined(_counting_in, _FileNamesFrom(tuple(project.source_roots)))


@dataclass(frozen=True, slots=True)
class _FileNamesFrom:
    source_roots: tuple[str, ...]

    def __call__(self, counting: Mapping[Module, Counting]) -> FileNames:
        roots = frozenset(self.source_roots).union(*(each.outer_roots for each in counting.values()))
        return FileNames(roots, frozenset(module for module, each in counting.items() if each.adds_its_folder))


def _counting_in(project: Project, module: Module) -> Counting:
    code = module.facts.imports if module.zone is Zone.PRODUCTION else ()
    first = {fact.module.partition(".")[0] for fact in code if not fact.level}
    splits = (root.rpartition("/") for root in project.source_roots if root)
    return Counting(_adds_its_folder(module), frozenset(folder for folder, _, name in splits if name in first))


class _Tables:
    """The modules of a project by the names that they have from some roots, and by path."""

    def __init__(self, modules: Iterable[Module], roots: Collection[str]) -> None:
        self.homes: dict[str, dict[str, Module]] = defaultdict(dict)
        self.by_path: dict[str, Module] = {}
        for module in modules:
            self.by_path[module.path] = module
            for root in _folders_around(module.path):
                if root in roots:
                    self.homes[_name_from(root, module)].setdefault(root, module)


@dataclass(frozen=True, slots=True)
class FileNames:
    """The files of a project by every name that a source root gives them, or the folder around one where imports count
    from there, or a program (``adders``) that adds its own folder."""

    roots: frozenset[str]
    adders: frozenset[Module]
    _made: list[_Tables] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_plain(self) -> bool:
        """Whether each file has one name only."""
        return len(self.roots) == 1 and not self.adders

    def _tables(self, project: Project) -> _Tables:
        if not self._made:
            self._made.append(_Tables(project.modules, self.roots))
        return self._made[0]

    def with_several_names(self, project: Project, zones: Collection[Zone]) -> Mapping[Module, Names]:
        """Each file that modules of ``zones`` import under several names, with these, in order of path and name."""
        known = project.combined(self._kept_loads_in, _Several(frozenset(zones)))
        return {target: self._names_of(project, target, importers) for target, importers in known.items()}

    def processes(self, project: Project) -> Processes:
        """Which files may be loaded in one process."""
        return project.combined(self._kept_loads_in, Processes)

    def _names_of(self, project: Project, target: Module, importers: Iterable[Module]) -> Names:
        found: dict[str, list[ImportReference]] = defaultdict(list)
        for importer in importers:
            for use, name in project.linked(self.uses_in, importer):
                if use.source is target and name not in _names_of_another(target):
                    found[name].append(use)
        return dict(sorted(found.items()))

    def _kept_loads_in(self, project: Project, importer: Module) -> Loads:
        return project.linked(self.loads_in, importer)

    def loads_in(self, project: Project, importer: Module) -> Loads:
        """What a module imports. For :meth:`Project.linked`."""
        uses = [use for use in project.imports_in(importer) if not use.fact.guard & Guard.TYPE_CHECKING]
        named = list(self._targets_in(project, importer))
        loaded = [(use.fact, each) for use in uses for each in (use.source, use.resolution.module) if each is not None]
        ways = [*loaded, *((fact, target) for fact, target, _ in named)]
        return Loads(
            loaded=frozenset(module for _, module in loaded),
            named=frozenset((target, name) for _, target, name in named),
            at_once=frozenset(module for fact, module in ways if fact.scope == MODULE_SCOPE),
            of_another=_names_of_another(importer),
        )

    def uses_in(self, project: Project, importer: Module) -> tuple[tuple[ImportReference, str], ...]:
        """The imports of files in a module, with the names that they use. For :meth:`Project.linked`."""
        return tuple(
            (ImportReference(importer, fact, target, Resolution(Outcome.MODULE, module=target)), name)
            for fact, target, name in self._targets_in(project, importer)
        )

    def _targets_in(self, project: Project, importer: Module) -> Iterator[tuple[Import, Module, str]]:
        for fact in importer.facts.imports:
            is_dependency = project.resolver.index.is_dependency(importer, fact.module)
            if fact.level == 0 and not fact.guard & _NOT_LOADED and not is_dependency:
                target, name = self._target(self._tables(project), importer, fact)
                if target is not None and target is not importer:
                    yield fact, target, name

    def _target(self, tables: _Tables, importer: Module, fact: Import) -> tuple[Module | None, str]:
        if fact.module.partition(".")[0] in STANDARD_LIBRARY:
            return None, ""
        if fact.name is not None and (below := self._find(tables, importer, f"{fact.module}.{fact.name}")):
            return below, f"{fact.module}.{fact.name}"
        return self._find(tables, importer, fact.module), fact.module

    def _find(self, tables: _Tables, importer: Module, name: str) -> Module | None:
        """The file of that name as counted from the innermost root around the importer that has one.

        From other roots only a dotted name counts, and only if it is the only one: anything else may as well be a
        package from outside.
        """
        homes = tables.homes.get(name)
        if homes is None:
            return _beside(tables, importer, name) if importer in self.adders else None
        for folder in _folders_around(importer.path):
            if folder in homes:
                return homes[folder]
        return next(iter(homes.values())) if len(homes) == 1 and "." in name else None


def _beside(tables: _Tables, importer: Module, name: str) -> Module | None:
    folder = importer.path.rpartition("/")[0]
    path = f"{folder}/{name.replace('.', '/')}".lstrip("/")
    return tables.by_path.get(f"{path}/__init__.py") or tables.by_path.get(f"{path}.py")


@dataclass(frozen=True, slots=True)
class _Several:
    """The files that are imported under several names, by path, each with the modules of some zones that import it."""

    zones: frozenset[Zone]

    def __call__(self, loads: Mapping[Module, Loads]) -> Mapping[Module, tuple[Module, ...]]:
        names: dict[Module, set[str]] = defaultdict(set)
        importers: dict[Module, dict[Module, None]] = defaultdict(dict)
        for importer, each in loads.items():
            for target, name in each.named if importer.zone in self.zones else ():
                if name not in loads[target].of_another:
                    names[target].add(name)
                    importers[target][importer] = None
        several = sorted((target for target in names if len(names[target]) > 1), key=lambda target: target.path)
        return {target: tuple(importers[target]) for target in several}


class Processes:
    """Which files may be loaded in one process, by what each of them imports. For :meth:`Project.combined`."""

    def __init__(self, loads: Mapping[Module, Loads]) -> None:
        self._importers: dict[Module, set[Module]] = defaultdict(set)
        self._loaders: dict[Module, set[Module]] = defaultdict(set)
        packages = {module.path: module for module in loads if module.source.is_package}
        for importer, each in loads.items():
            named = {target for target, name in each.named if name not in loads[target].of_another}
            for target in each.loaded | named:
                for loaded in (target, *_packages_around(packages, target)):
                    self._importers[loaded].add(importer)
                    if target in each.at_once:
                        self._loaders[loaded].add(importer)

    def may_share(self, some: Iterable[Module], others: Iterable[Module]) -> bool:
        """Whether a program may come to load one of ``some`` and one of ``others``, whatever calls it makes."""
        return not _leading_to(self._importers, some).isdisjoint(_leading_to(self._importers, others))

    def share(self, some: Iterable[Module], others: Iterable[Module]) -> bool:
        """Whether a program loads one of ``some`` and one of ``others`` by what is imported where modules are loaded,
        or in functions of its own first file: which functions of others it calls is not known."""
        return not self._programs(some).isdisjoint(self._programs(others))

    def _programs(self, modules: Iterable[Module]) -> set[Module]:
        loading = _leading_to(self._loaders, modules)
        return loading.union(*(self._importers.get(module, ()) for module in loading))


def _packages_around(packages: Mapping[str, Module], target: Module) -> Iterator[Module]:
    """The packages around a file, which an import runs first."""
    for folder in _folders_around(target.path):
        if package := packages.get(f"{folder}/__init__.py"):
            yield package


def _leading_to(importers: Mapping[Module, Set[Module]], modules: Iterable[Module]) -> set[Module]:
    """Everything whose import leads to one of the modules, they themselves included."""
    found = set(modules)
    queue = list(found)
    while queue:
        new = importers.get(queue.pop(), set()) - found
        found |= new
        queue += new
    return found


def _adds_its_folder(module: Module) -> bool:
    """Whether a program puts on the path what it finds from its own file."""
    texts = [each.text for call in module.facts.calls if call.callee in PATH_CHANGES for each in call.arguments]
    if not texts:
        return False
    bound = {
        binding.name
        for binding in module.facts.bindings
        if binding.value is not None and _is_found(f"{binding.value.text} {binding.value.arguments_text}")
    }
    return any(_is_found(text) or text in bound for text in texts)


def _is_found(text: str) -> bool:
    return not _OWN_FOLDER.isdisjoint(_WORD.findall(text))


def _folders_around(path: str) -> Iterator[str]:
    """The folders around a file, innermost first, the project root ("") last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _name_from(root: str, module: Module) -> str:
    """What a file is called when names count from ``root``, a folder around it."""
    inner = module.path.removeprefix(f"{root}/" if root else "").rpartition(".")[0]
    return (inner.rpartition("/")[0] if module.source.is_package else inner).replace("/", ".")


def _names_of_another(module: Module) -> frozenset[str]:
    """The names of a file that it imports itself: they are those of packages from outside, as in ``yaml.py``."""
    name = _name_from("", module).rpartition(".")[2]
    imported = (fact.module for fact in module.facts.imports if fact.level == 0)
    return frozenset(each for each in imported if each.rpartition(".")[2] == name)
