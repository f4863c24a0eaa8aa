"""SSOT305 two-module-names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import MODULE_SCOPE, BranchKind, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.class_kinds import is_enum
from ssot_rules.analysis.imports import by_statement, importers, module_home, statement_site
from ssot_rules.imports._file_names import Names, Processes, file_names

_CONTAINERS = frozenset({ValueKind.DICT, ValueKind.LIST, ValueKind.SET})
_CLASS_TESTS = ("isinstance", "issubclass")


@dataclass(frozen=True)
class TwoModuleNames(Rule):
    """One file is imported under two module names.

    Why:
        Python runs the file once per name. Its classes exist twice and fail each other's ``isinstance``, its registries
        and caches are filled in one copy and read in the other, its singletons are two. That takes one process that
        loads both names: what no program leads to both of is not reported. Where it only gets to one of them by an
        import in a function of some other module, which may never be called there, it says so, and lists it. It is
        scored only where code takes a container of the file that begins empty, or a class that it catches, or tells the
        instances of from others: of 10 other findings drawn on unseen code none was worth acting on as told, for the
        path that makes both names possible is there on purpose.

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
        ``sys.path``, ``PYTHONPATH`` and the working directory of what is run, unless it is the root of the project.
    """

    code: ClassVar[str] = "SSOT305"
    name: ClassVar[str] = "two-module-names"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per file that one process may load under two names."""
        files = file_names(project)
        if files.is_plain:
            return
        for module, names in files.with_several_names(project, self.zones).items():
            home = max(names, key=lambda name: (len(importers(names[name])), name == module.name, name))
            pairs = _Pairs(project, module, names, home)
            if sure := [name for name in names if name != home and pairs.are_loaded(name)]:
                finding = _finding(module, names, home, sure)
                uses = [use for name in (home, *sure) for use in names[name]]
                is_felt = _are_told_apart(project, module, uses) or _is_container_taken(module, uses)
                yield finding if is_felt else replace(finding, severity=Severity.INFO)
            elif others := [name for name in names if name != home and pairs.may_be_loaded(name)]:
                yield _listed(_finding(module, names, home, others))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Another name of a file beside ``home``."""

    project: Project
    module: Module
    names: Names
    home: str

    def are_loaded(self, name: str) -> bool:
        """Whether one program loads both."""
        if _are_of_one_package(self.module, self.names, self.home, name):
            return True
        return self._processes.share(importers(self.names[self.home]), importers(self.names[name]))

    def may_be_loaded(self, name: str) -> bool:
        """Whether one program may come to load both."""
        return self._processes.may_share(importers(self.names[self.home]), importers(self.names[name]))

    @property
    def _processes(self) -> Processes:
        return file_names(self.project).processes(self.project)


def _are_of_one_package(module: Module, names: Names, home: str, name: str) -> bool:
    """Whether the package that a file is in imports it by its own name and by one that begins with the folder of its
    source root, which is not there where the package is installed."""
    root = module.source.root.rpartition("/")[2]
    own = module.name
    package, dot, _ = own.partition(".")
    if not root or not dot or {home, name} != {own, f"{root}.{own}"}:
        return False
    inside = (
        {each.source.root for each in importers(names[key]) if each.name.startswith(f"{package}.")}
        for key in (home, name)
    )
    return all(module.source.root in roots for roots in inside)


def _finding(module: Module, names: Names, home: str, others: Sequence[str]) -> Finding:
    usages = [f"as {name} by {counted(len(importers(names[name])), 'module')}" for name in (home, *others)]
    return TwoModuleNames.finding(
        subject=module.name,
        message=f"{module.path} is imported {' and '.join(usages)}: Python runs it once per name",
        remedy=_remedy(module, home, others),
        home=module_home(module, f"imported {usages[0]}"),
        sites=(
            statement_site(uses, f"loads a second copy under the name {name}; elsewhere it is {home}")
            for name in others
            for uses in by_statement(names[name])
        ),
        evidence={
            "text": [_line(name, names[name]) for name in (home, *others)],
            "names": [_name_fact(name, names[name]) for name in (home, *others)],
        },
    )


def _remedy(module: Module, home: str, others: Sequence[str]) -> str:
    """The root of the project stays on the path: whatever is started there has it."""
    # So many parts has the name that counts from there.
    parts = module.path.count("/") + (not module.source.is_package)
    inner = [name for name in others if name.count(".") + 1 < parts]
    path = f"; take the folder that {', '.join(inner)} counts from out of sys.path" if inner else ""
    return f"Import it as {home} everywhere{path}"


def _are_told_apart(project: Project, module: Module, uses: Sequence[ImportReference]) -> bool:
    """Whether a file that imports a class of the module asks for its instances, or catches it: those of the other copy
    are none. The members of an enum are asked for by name and value."""
    classes = {each.name for each in module.top_level_classes if not is_enum(project, each)}
    return any(_is_asked_for(use.importer, use.fact.bound_name) for use in uses if use.fact.name in classes)


def _is_asked_for(module: Module, name: str) -> bool:
    """Whether a file tells the instances of a class from others, as far as facts show it: they leave out the arguments
    of conditions, where a class counts that the file neither calls nor derives from."""
    facts, word = module.facts, re.compile(rf"\b{re.escape(name)}\b")
    returned = [each for function in facts.functions for each in function.returned if each.text in _CLASS_TESTS]
    if any(word.search(each.arguments_text.partition(",")[2]) for each in returned):
        return True
    if any(branch.kind is BranchKind.EXCEPT and word.search(branch.test) for branch in facts.branches):
        return True
    used = (*(call.callee for call in facts.calls), *(base for each in facts.classes for base in each.bases))
    is_only_named = not any(each.partition(".")[0] == name for each in used)
    return is_only_named and any(f"{test}(" in branch.test for branch in facts.branches for test in _CLASS_TESTS)


def _is_container_taken(module: Module, uses: Sequence[ImportReference]) -> bool:
    """Whether files take a container of the module, which the other copy fills by itself."""
    containers = {
        each.name
        for each in module.facts.bindings
        if each.scope == MODULE_SCOPE
        and each.value is not None
        and each.value.kind in _CONTAINERS
        and not each.elements
    }
    return any(use.fact.name in containers for use in uses)


def _listed(finding: Finding) -> Finding:
    """``finding`` of two names that meet only where a function of some module along the way imports the next one."""
    return replace(
        finding,
        message=f"{finding.message} if one process loads both",
        remedy=f"If one process loads both, i{finding.remedy[1:]}; else leave it",
        severity=Severity.INFO,
    )


def _line(name: str, uses: Sequence[ImportReference]) -> str:
    first = uses[0]
    return f"as {name}: {counted(len(importers(uses)), 'module')}, first in {first.importer.path}:{first.fact.line}"


def _name_fact(name: str, uses: Sequence[ImportReference]) -> Fact:
    return {"name": name, "imports": [{"path": use.importer.path, "line": use.fact.line} for use in uses]}
