"""SSOT306 deprecated-import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.imports import is_within
from ssot_rules.imports._deprecations import Deprecated, deprecated_things, replacement_of


@dataclass(frozen=True)
class DeprecatedImport(Rule):
    """A module or name that declares itself deprecated is still imported.

    Why:
        The old path was meant to go, and each new importer keeps it alive: two addresses for one thing, warnings that
        nobody reads any more, and the day it is deleted all importers break at once.

    Bad:
        # shop/models/order.py
        class Order:
            paid = False
        # shop/order.py
        import warnings

        from shop.models.order import Order

        warnings.warn("shop.order is deprecated, use shop.models.order", DeprecationWarning, stacklevel=2)
        # shop/cart.py
        from shop.order import Order

    Good:
        # shop/models/order.py
        class Order:
            paid = False
        # shop/order.py
        import warnings

        from shop.models.order import Order

        warnings.warn("shop.order is deprecated, use shop.models.order", DeprecationWarning, stacklevel=2)
        # shop/cart.py
        from shop.models.order import Order

    Fix:
        Import what the warning names instead, in all importers; then delete the old path.
    """

    code: ClassVar[str] = "SSOT306"
    name: ClassVar[str] = "deprecated-import"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    zones: Annotated[
        tuple[Zone, ...],
        Meta(description="which code is judged: production, test, backup, script; tests alone are an inventory"),
    ] = field(default=PRODUCTION_AND_TESTS, kw_only=True)
    deprecated: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of dotted module names that are deprecated without saying so",
            extra={"matches": "modules"},
        ),
    ] = ()

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per deprecated module, or name of a module that is not deprecated as a whole."""
        things = self._things(project)
        retired = {thing.module for thing in things if not thing.name}
        by_module, by_name = _uses(project, things)
        for thing in things:
            uses = by_name.get((thing.module, thing.name), ()) if thing.name else by_module.get(thing.module, ())
            home = replacement_of(project, thing)
            importers = self._importers(thing, [use for use in uses if home or not _is_accepted(thing, use)], retired)
            if importers:
                yield _finding(thing, importers, home)

    def _things(self, project: Project) -> Sequence[Deprecated]:
        declared = project.derived(deprecated_things)
        known = {thing.module for thing in declared if not thing.name}
        configured = [
            Deprecated(module, "", None, (), Location(module.path, 1))
            for module in project.modules
            if module not in known and any(fnmatchcase(module.name, glob) for glob in self.deprecated)
        ]
        return [*declared, *configured]

    def _importers(
        self, thing: Deprecated, uses: Sequence[ImportReference], retired: set[Module]
    ) -> Mapping[Module, ImportReference]:
        """Who imports the thing, each with its first import. Deprecated code may use deprecated code, and a package
        may go on offering a name of its modules."""
        found: dict[Module, ImportReference] = {}
        for use in uses:
            importer = use.importer
            if not self.applies_to(importer) or importer in retired or is_within(importer, thing.module):
                continue
            if not (thing.name and importer.source.is_package and use.fact.scope == MODULE_SCOPE):
                found.setdefault(importer, use)
        return found


def _is_accepted(thing: Deprecated, use: ImportReference) -> bool:
    """Whether a name is imported for annotations alone: it tells that old objects are still understood, and where
    nothing replaces them there is nothing else to write."""
    return bool(thing.name) and bool(use.fact.guard & Guard.TYPE_CHECKING)


def _uses(
    project: Project, things: Sequence[Deprecated]
) -> tuple[Mapping[Module, Sequence[ImportReference]], Mapping[tuple[Module, str], Sequence[ImportReference]]]:
    """The imports of or from each deprecated module, and those of each name, wherever it is taken from."""
    retired = {thing.module for thing in things if not thing.name}
    names = {(thing.module, thing.name) for thing in things if thing.name}
    holders = {module for module, _ in names}
    by_module: dict[Module, list[ImportReference]] = defaultdict(list)
    by_name: dict[tuple[Module, str], list[ImportReference]] = defaultdict(list)
    for use in project.imports:
        symbol, target = use.resolution.symbol, use.resolution.module
        for module in (use.source, target) if target is not use.source else (target,):
            if module in retired:
                by_module[module].append(use)
        module = use.source if symbol is None else symbol.module
        name = use.fact.name if symbol is None else symbol.qualname
        if module in holders and name is not None and (module, name) in names:
            by_name[module, name].append(use)
    return by_module, by_name


def _finding(thing: Deprecated, importers: Mapping[Module, ImportReference], home: Home | None) -> Finding:
    production = [module for module in importers if module.zone is not Zone.TEST]
    tests = len(importers) - len(production)
    count = counted(len(production), "module") if production else counted(tests, "test module")
    extra = f" and {counted(tests, 'test module')}" if production and tests else ""
    what = f"`{thing.name}` of {thing.module.name}" if thing.name else thing.module.name
    severity = Severity.INFO if not production else Severity.HIGH if home is not None else None
    return DeprecatedImport.finding(
        subject=thing.id,
        message=f"{what} is deprecated and still imported by {count}{extra}",
        remedy=_remedy(thing, len(importers), home),
        home=home,
        sites=(Site(thing.location, thing.module.name, thing.id, f"deprecated, imported by {count}{extra}"),),
        evidence={
            "claims": list(thing.claims),
            "importers": [{"module": use.importer.name, "line": use.fact.line} for use in importers.values()],
            "text": _text(thing, [importers[module] for module in production] or list(importers.values())),
        },
        severity=severity,
    )


def _remedy(thing: Deprecated, importers: int, home: Home | None) -> str:
    if home is None:
        return f"Move the {counted(importers, 'importer')} to its replacement, then delete {thing.id}"
    module, _, name = home.symbol.partition(":")
    instead = f"Write `from {module} import {name}`" if name else f"Import from {module}"
    return f"{instead} in the {counted(importers, 'importer')}, then delete {thing.id}"


def _text(thing: Deprecated, uses: Sequence[ImportReference]) -> list[str]:
    claim: list[str] = [f"it says: {thing.claims[0]}"] if thing.claims else []
    return claim + [f"imported in {use.importer.path}:{use.fact.line}" for use in uses[: 6 - len(claim)]]
