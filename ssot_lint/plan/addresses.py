"""What stands at the places that findings name, and who imports from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module, Symbol


class Addresses:
    """The definitions and importers of a project, by the places of findings. Built once for all of them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._modules = {module.path: module for module in project.modules}
        self._definitions: dict[Module, Mapping[tuple[str, int], Symbol]] = {}
        self._by_module: dict[Module, list[ImportReference]] = defaultdict(list)
        self._by_name: dict[tuple[Module, str], list[ImportReference]] = defaultdict(list)
        for use in project.imports:
            for module in dict.fromkeys((use.source, use.resolution.module)):
                if module is not None:
                    self._by_module[module].append(use)
            if use.source is not None and use.fact.name is not None:
                self._by_name[use.source, use.fact.name].append(use)

    def definition(self, place: Home | Site) -> Symbol | None:
        """The class, function or module-level name whose definition stands at ``place``, under the name given there."""
        module = self._modules.get(place.location.path)
        if module is None:
            return None
        if module not in self._definitions:
            self._definitions[module] = {(symbol.qualname, symbol.fact.line): symbol for symbol in _symbols(module)}
        return self._definitions[module].get((qualname(place), place.location.line))

    def uses(self, site: Home | Site) -> Sequence[ImportReference]:
        """The imports by other files of what ``site`` offers; some of them may come twice.

        If it names a module: all imports of the module or from it, those within the package left out. Otherwise those
        that take its name from its module, and those that end at its definition, whatever path they take.
        """
        module = self._modules.get(site.location.path)
        if module is None:
            return ()
        name = qualname(site)
        if not name:
            return [use for use in self._by_module.get(module, ()) if not _is_inside(use.importer, module)]
        definition = self.definition(site)
        ending = () if definition is None else self._project.imports_of(definition)
        return [use for use in (*self._by_name.get((module, name), ()), *ending) if use.importer is not module]

    def importers(self, judged: JudgedFinding, place: Home | Site) -> dict[str, list[Location]]:
        """Where other files import what the finding is about from one of its places, by the module that the statement
        names, sorted. What else they import from the module of an import statement or a call is another matter."""
        home, action = judged.finding.home, judged.rule.action
        if isinstance(place, Home) or action in (Action.MERGE, Action.MOVE_IMPORTS):
            return _by_module(self.uses(place))
        if qualname(place):
            return _by_module(self.uses(place)) if self.definition(place) is not None else {}
        if home is None:
            return {}
        return _by_module(self._passed_on(place, home) if qualname(home) else self.uses(place))

    def _passed_on(self, place: Site, home: Home) -> Sequence[ImportReference]:
        """The imports that take what ``home`` is from the module of ``place``."""
        module = self._modules.get(place.location.path)
        name = qualname(home).partition(".")[0]
        found = () if module is None else self._by_name.get((module, name), ())
        return [use for use in found if use.importer is not module]


def _by_module(uses: Iterable[ImportReference]) -> dict[str, list[Location]]:
    found: dict[str, set[Location]] = defaultdict(set)
    for use in uses:
        module = use.source.name if use.source else "." * use.fact.level + use.fact.module
        found[module].add(Location(use.importer.path, use.fact.line, use.fact.column))
    return {module: sorted(found[module]) for module in sorted(found)}


def qualname(place: Home | Site) -> str:
    """``Qual.name`` of ``package.module:Qual.name``; empty for a module."""
    return place.symbol.partition(":")[2]


def _symbols(module: Module) -> Iterator[Symbol]:
    yield from module.variables
    yield from module.functions
    yield from module.classes


def _is_inside(module: Module, package: Module) -> bool:
    if not package.source.is_package:
        return module is package
    return PurePosixPath(module.path).is_relative_to(PurePosixPath(package.path).parent)
