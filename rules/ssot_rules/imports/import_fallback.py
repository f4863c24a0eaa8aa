"""SSOT308 import-fallback."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import Class, Function, Import
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.syntax import MODULE_SCOPE, BranchKind, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.imports import module_home

_Alternative = Import | Class | Function


@dataclass(frozen=True)
class ImportFallback(Rule):
    """A name comes from another place, or is a stub, when a first-party import fails.

    Why:
        A module of the same project is there or the installation is broken. The handler hides every ImportError inside
        that module, also that of a typo, and the program goes on with something else: a validator that
        accepts everything, a client that sends nothing.

    Bad:
        # shop/validation.py
        def validate(order):
            return order.total > 0
        # shop/checkout.py
        try:
            from shop.validation import validate
        except ImportError:
            def validate(order):
                return True

    Good:
        # shop/validation.py
        def validate(order):
            return order.total > 0
        # shop/checkout.py
        from shop.validation import validate

    Fix:
        Import the one that is meant and delete the other, with the ``try`` around both. If the module depends on an
        optional package, guard the import of that package instead.
    """

    code: ClassVar[str] = "SSOT308"
    name: ClassVar[str] = "import-fallback"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per module and name."""
        # Most imports have no flag at all, and combining flags is slow.
        guarded = (use for use in project.imports if use.fact.guard is not Guard.NONE)
        tried = [use for use in guarded if use.fact.guard & Guard.TRY_IMPORT and self.applies_to(use.importer)]
        for use in tried:
            for alternative in _alternatives(use):
                if _is_second_source(project, use, alternative) and _may_not_fail(project, use, alternative):
                    yield _finding(project, use, alternative)
                    break


def _alternatives(use: ImportReference) -> Iterator[_Alternative]:
    """What handlers of ImportError bind the imported name to, flags and None left out."""
    facts = use.importer.facts
    name, scope = use.fact.bound_name, use.fact.scope
    for fact in facts.imports:
        if fact.guard & Guard.EXCEPT_IMPORT and fact.scope == scope and fact.bound_name == name:
            yield fact
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    for definition in definitions:
        if definition.guard & Guard.EXCEPT_IMPORT and definition.parent == scope and definition.name == name:
            yield definition


def _is_second_source(project: Project, use: ImportReference, alternative: _Alternative) -> bool:
    """Whether the name surely means one thing of the project, and may come to mean another."""
    first = use.resolution
    if first.symbol is None and first.module is None:
        return False
    if isinstance(alternative, Import):
        second = project.resolver.resolve_import(use.importer, alternative)
        return (second.symbol or second.module) not in (None, first.symbol or first.module)
    source = use.source if first.symbol is None else first.symbol.module
    return source is None or not _needs_optional_package(project, source)


def _may_not_fail(project: Project, use: ImportReference, alternative: _Alternative) -> bool:
    """Whether all that is imported in the same ``try`` is there: else the handler may be for the rest of it."""
    module, scope = use.importer, use.fact.scope
    blocks = [branch.line for branch in module.facts.branches if branch.kind is BranchKind.TRY]
    start = max((line for line in blocks if line <= use.fact.statement), default=1)
    return all(
        project.resolver.resolve_import(module, fact).outcome in (Outcome.SYMBOL, Outcome.MODULE)
        for fact in module.facts.imports
        if fact.scope == scope and start <= fact.line < alternative.line and fact.guard & Guard.TRY_IMPORT
    )


def _needs_optional_package(project: Project, module: Module) -> bool:
    """Whether a module imports a package that no other module relies on: its import may fail on purpose."""
    users = project.derived(_users_of_packages)
    return any(users[package] == {module} for package in _packages(project, module))


def _users_of_packages(project: Project) -> Mapping[str, set[Module]]:
    """The modules that cannot be imported without each third-party package."""
    found: dict[str, set[Module]] = defaultdict(set)
    for module in project.modules:
        for package in _packages(project, module):
            found[package].add(module)
    return found


def _packages(project: Project, module: Module) -> Iterator[str]:
    for fact in module.facts.imports:
        package = fact.module.partition(".")[0]
        is_needed = fact.scope == MODULE_SCOPE and fact.guard is Guard.NONE and not fact.level
        is_own = package in sys.stdlib_module_names or project.resolver.index.is_first_party(module, package)
        if is_needed and not is_own:
            yield package


def _finding(project: Project, use: ImportReference, alternative: _Alternative) -> Finding:
    module, name = use.importer, use.fact.bound_name
    second = _description(project, module, alternative)
    symbol = f"{module.name}:{name}"
    place = Location(module.path, alternative.line, alternative.column, alternative.end_line)
    home = _home(use)
    return ImportFallback.finding(
        subject=symbol,
        message=f"`{name}` in {module.name} is {home.symbol}, or {second} when that import fails",
        remedy=f"Import `{name}` from {home.module} without a handler, and delete the fallback",
        home=home,
        sites=(Site(place, module.name, symbol, f"`{name}` is {second} when the import above fails"),),
        evidence={
            "sources": [home.symbol, second],
            "text": [
                f"{module.path}:{use.fact.line} imports {home.symbol}",
                f"{module.path}:{alternative.line} falls back to {second}",
            ],
        },
    )


def _home(use: ImportReference) -> Home:
    reason = "what the import means"
    symbol, module = use.resolution.symbol, use.resolution.module
    if symbol is not None:
        return home_of(symbol, reason)
    return module_home(module if module is not None else use.importer, reason)


def _description(project: Project, module: Module, alternative: _Alternative) -> str:
    if not isinstance(alternative, Import):
        return "a stub of its own"
    found = project.resolver.resolve_import(module, alternative)
    if found.symbol is not None:
        return found.symbol.id
    return found.module.name if found.module is not None else alternative.module
