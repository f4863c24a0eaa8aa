"""SSOT305 two-module-names."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ssot_lint.model.facts import Import
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.imports import module_home, place_of

_NOT_LOADED = Guard.TYPE_CHECKING | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT
"""Imports that never run, or of which a `try` takes only one."""


@dataclass(frozen=True, slots=True)
class _Use:
    """An import of a file, under some name."""

    importer: Module
    fact: Import


_Names: TypeAlias = "Mapping[str, Sequence[_Use]]"


@dataclass(frozen=True)
class TwoModuleNames(Rule):
    """One file is imported under two module names.

    Why:
        Python runs the file once per name. Its classes exist twice and fail each other's ``isinstance``, its registries
        and caches are filled in one copy and read in the other, its singletons are two.

    Bad:
        # backend/app/registry.py
        HANDLERS = {}
        # backend/app/server.py
        from app.registry import HANDLERS
        # backend/main.py
        from app.server import HANDLERS
        # jobs/nightly.py
        from backend.app.registry import HANDLERS
        from backend.main import HANDLERS as SERVED

    Good:
        # backend/app/registry.py
        HANDLERS = {}
        # backend/app/server.py
        from backend.app.registry import HANDLERS
        # backend/main.py
        from backend.app.server import HANDLERS
        # jobs/nightly.py
        from backend.app.registry import HANDLERS
        from backend.main import HANDLERS as SERVED

    Fix:
        Decide from which folder module names count, write all imports that way, and take the other folder out of
        ``sys.path``, ``PYTHONPATH`` and the working directory of what is run.
    """

    code: ClassVar[str] = "SSOT305"
    name: ClassVar[str] = "two-module-names"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        if len(project.source_roots) == 1:
            return
        index = _Index(project)
        for module, names in index.names_in_use(filter(self.applies_to, project.modules)):
            if len(names) > 1:
                yield _finding(module, names)


class _Index:
    """The files of a project by every name that some source root gives them."""

    def __init__(self, project: Project) -> None:
        self._homes: dict[str, dict[str, Module]] = defaultdict(dict)
        roots = frozenset(project.source_roots)
        for module in project.modules:
            for root in _folders_around(module.path):
                if root in roots:
                    self._homes[_name_from(root, module)].setdefault(root, module)

    def names_in_use(self, importers: Iterable[Module]) -> Iterator[tuple[Module, _Names]]:
        """Each imported file with the names it is imported under, in order of path and name."""
        found: dict[Module, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
        for importer in importers:
            for fact in importer.facts.imports:
                if fact.level == 0 and not fact.guard & _NOT_LOADED:
                    target, name = self._target(importer, fact)
                    if target is not None and target is not importer:
                        found[target][name].append(_Use(importer, fact))
        for module in sorted(found, key=lambda module: module.path):
            yield module, dict(sorted(found[module].items()))

    def _target(self, importer: Module, fact: Import) -> tuple[Module | None, str]:
        if fact.module.partition(".")[0] in sys.stdlib_module_names:
            return None, ""
        if fact.name is not None and (below := self._find(importer, f"{fact.module}.{fact.name}")):
            return below, f"{fact.module}.{fact.name}"
        return self._find(importer, fact.module), fact.module

    def _find(self, importer: Module, name: str) -> Module | None:
        """The file of that name as counted from the innermost root around the importer that has one.

        From other roots only a dotted name counts, and only if it is the only one: anything else may as well be a
        package from outside.
        """
        homes = self._homes.get(name)
        if homes is None:
            return None
        for folder in _folders_around(importer.path):
            if folder in homes:
                return homes[folder]
        return next(iter(homes.values())) if len(homes) == 1 and "." in name else None


def _folders_around(path: str) -> Iterator[str]:
    """The folders around a file, innermost first, the project root ("") last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _name_from(root: str, module: Module) -> str:
    """What a file is called when names count from ``root``, a folder around it."""
    inner = module.path.removeprefix(f"{root}/" if root else "").rpartition(".")[0]
    return (inner.rpartition("/")[0] if module.source.is_package else inner).replace("/", ".")


def _finding(module: Module, names: _Names) -> Finding:
    home = max(names, key=lambda name: (_importers(names[name]), name == module.name, name))
    others = [name for name in names if name != home]
    usages = [f"as {name} by {counted(_importers(names[name]), 'module')}" for name in (home, *others)]
    return TwoModuleNames.finding(
        subject=module.name,
        message=f"{module.path} is imported {' and '.join(usages)}: Python runs it once per name",
        remedy=f"Import it as {home} everywhere; take the folder that {', '.join(others)} counts from out of sys.path",
        home=module_home(module, f"imported {usages[0]}"),
        sites=tuple(_site(home, name, use) for name in others for use in _statements(names[name])),
        evidence={
            "text": [_line(name, names[name]) for name in (home, *others)],
            "names": [_name_fact(name, names[name]) for name in names],
        },
    )


def _statements(uses: Sequence[_Use]) -> Iterator[_Use]:
    """The first use of each statement: it is one place to mend, however many names it takes."""
    first: dict[tuple[Module, int], _Use] = {}
    for use in uses:
        first.setdefault((use.importer, use.fact.statement), use)
    yield from first.values()


def _importers(uses: Sequence[_Use]) -> int:
    return len({use.importer for use in uses})


def _site(home: str, name: str, use: _Use) -> Site:
    module = use.importer
    message = f"loads a second copy under the name {name}; elsewhere it is {home}"
    return Site(place_of(module, use.fact), module.name, module.name, message)


def _line(name: str, uses: Sequence[_Use]) -> str:
    first = uses[0]
    importers = counted(_importers(uses), "module")
    return f"as {name}: {importers}, first in {first.importer.path}:{first.fact.line}"


def _name_fact(name: str, uses: Sequence[_Use]) -> Fact:
    return {"name": name, "imports": [{"path": use.importer.path, "line": use.fact.line} for use in uses]}
