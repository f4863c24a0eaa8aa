"""SSOT306 deprecated-import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, call_site
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.edits import fix_import, fix_statement, manual
from ssot_rules.analysis.imports import by_statement, can_write_import, importers, is_within, statement_site
from ssot_rules.analysis.vocabulary import COMPATIBILITY_WORDS, MIGRATION_WORDS
from ssot_rules.imports._deprecations import Deprecated, deprecated_things
from ssot_rules.imports._old_code import (
    callers_inside,
    difference,
    is_published,
    is_shim,
    serves_old_and_new,
    types_parameters_only,
    what_then,
)
from ssot_rules.imports._replacements import replacement_of
from ssot_rules.imports._shapes import is_asserted, is_same_shape

_SERVING_WORDS = COMPATIBILITY_WORDS | MIGRATION_WORDS | {"migrations"}
"""Words of modules that deal with what is old on purpose."""


@dataclass(frozen=True)
class DeprecatedImport(Rule):
    """A module or name that declares itself deprecated is still imported.

    Why:
        The old path was meant to go, and each new importer keeps it alive: two addresses for one thing, warnings that
        nobody reads any more, and the day it is deleted all importers break at once. Scored is what production code
        imports and whose replacement is named, can be imported there and is called in the same way. The rest is an
        inventory: what says that it is kept for others, what a test expects the warning of, what has another shape.
        Layers for compatibility, migrations, and importers that call it old themselves are exempt.

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
        Import what the warning names instead, in all importers; then delete the old path, unless it is kept for users
        outside the project.
    """

    code: ClassVar[str] = "SSOT306"
    name: ClassVar[str] = "deprecated-import"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.REWRITE_IMPORTS

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
        """One finding per deprecated module, or name of a module that is not deprecated as a whole.

        Its sites are the statements that import it, and what is deprecated, which goes last; tests are sites only where
        nothing else imports it.
        """
        things = self._things(project)
        by_module, by_name = project.concluded(_uses, tuple(things))
        retired = _Retired(things)
        for thing in things:
            uses = by_name.get((thing.module, thing.name), ()) if thing.name else by_module.get(thing.module, ())
            home = replacement_of(project, thing)
            accused = [use for use in uses if self._is_accused(thing, use, home, retired)]
            if accused:
                is_meant = all(is_published(thing, use) or serves_old_and_new(use, home) for use in accused)
                is_kept = is_meant or is_shim(thing) or is_asserted(uses)
                yield _finding(project, thing, accused, home, is_kept=is_kept)

    def _things(self, project: Project) -> Sequence[Deprecated]:
        declared = project.derived(deprecated_things)
        known = {thing.module for thing in declared if not thing.name}
        configured = [
            Deprecated(module, "", None, (), Location(module.path, 1))
            for module in project.modules
            if module not in known and any(fnmatchcase(module.name, glob) for glob in self.deprecated)
        ]
        return [*declared, *configured]

    def _is_accused(self, thing: Deprecated, use: ImportReference, home: Home | None, retired: _Retired) -> bool:
        """Whether an import keeps a thing alive that could do without it.

        Deprecated code and layers for compatibility may use deprecated code, so may what replaces it, and a module may
        go on offering a name.
        """
        importer = use.importer
        if not self.applies_to(importer) or is_within(importer, thing.module) or retired.holds(use):
            return False
        if home is not None and importer.name == home.module:
            return False
        if thing.name and (_is_offer(use) or types_parameters_only(use)):
            return False
        return home is not None or not _is_accepted(thing, use)


class _Retired:
    """What is deprecated itself, and whoever only serves it."""

    def __init__(self, things: Sequence[Deprecated]) -> None:
        self._modules = {thing.module for thing in things if not thing.name}
        self._scopes = {(thing.module, thing.symbol.fact.scope) for thing in things if thing.symbol is not None}

    def holds(self, use: ImportReference) -> bool:
        """Whether an import stands in deprecated code, or in a layer for compatibility: a module that warns of what is
        deprecated still serves it."""
        importer, scope = use.importer, use.fact.scope
        is_layer = bool(importer.facts.deprecations) or bool(_SERVING_WORDS & set(words(importer.name)))
        if importer in self._modules or is_layer or COMPATIBILITY_WORDS & set(words(use.fact.alias or "")):
            return True
        while scope != MODULE_SCOPE:
            if (importer, scope) in self._scopes:
                return True
            scope = importer.facts.scopes[scope].parent
        return False


def _is_offer(use: ImportReference) -> bool:
    """Whether a package, or a comment, or ``X as X``, says that a name is only passed on."""
    fact = use.fact
    module = use.importer
    in_package = module.source.is_package and fact.scope == MODULE_SCOPE
    is_listed = fact.scope == MODULE_SCOPE and fact.bound_name in (module.facts.exports or ())
    return in_package or is_listed or fact.is_reexport or fact.alias == fact.name


def _is_accepted(thing: Deprecated, use: ImportReference) -> bool:
    """Whether a name is imported for annotations alone: it tells that old objects are still understood, and where
    nothing replaces them there is nothing else to write."""
    return bool(thing.name) and bool(use.fact.guard & Guard.TYPE_CHECKING)


def _uses(
    project: Project, things: tuple[Deprecated, ...]
) -> tuple[Mapping[Module, Sequence[ImportReference]], Mapping[tuple[Module, str], Sequence[ImportReference]]]:
    """The imports of or from each deprecated module, and those of each name, wherever it is taken from. An import of a
    module runs the packages around it: the innermost that is deprecated counts."""
    retired = {thing.module.path: thing.module for thing in things if not thing.name}
    names = {(thing.module, thing.name) for thing in things if thing.name}
    holders = {module for module, _ in names}
    by_module: dict[Module, list[ImportReference]] = defaultdict(list)
    by_name: dict[tuple[Module, str], list[ImportReference]] = defaultdict(list)
    files = project.derived(_files_run).items() if retired else ()
    run = {module: found for module, paths in files if (found := _innermost(retired, paths))}
    for use in project.imports:
        symbol, target = use.resolution.symbol, use.resolution.module
        for each in dict.fromkeys(run[each] for each in (use.source, target) if each in run):
            by_module[each].append(use)
        module = use.source if symbol is None else symbol.module
        name = use.fact.name if symbol is None else symbol.qualname
        if module in holders and name is not None and (module, name) in names:
            by_name[module, name].append(use)
    return by_module, by_name


def _innermost(retired: Mapping[str, Module], paths: Sequence[str]) -> Module | None:
    """The deprecated module that an import of a module runs: itself, else the innermost package around it."""
    return next((retired[path] for path in paths if path in retired), None)


def _files_run(project: Project) -> Mapping[Module, tuple[str, ...]]:
    """For each module its file and those of the packages that may be around it, innermost first."""
    return {
        module: (module.path, *(f"{folder}/__init__.py" for folder in PurePosixPath(module.path).parents))
        for module in project.modules
    }


def _finding(
    project: Project, thing: Deprecated, uses: Sequence[ImportReference], named: Home | None, *, is_kept: bool
) -> Finding:
    production = [use for use in uses if use.importer.zone is not Zone.TEST]
    home = named if named is not None and _can_be_written(project, thing, uses, named) else None
    extent = _extent(len(importers(production)), len(importers(uses)) - len(importers(production)))
    what = f"`{thing.name}` of {thing.module.name}" if thing.name else thing.module.name
    statements = by_statement(production or uses)
    instead = "" if home is None else f": {_instead(home)}"
    inside = callers_inside(project, thing, home)
    return DeprecatedImport.finding(
        subject=thing.id,
        message=f"{what} is deprecated and still imported by {extent}",
        remedy=_remedy(project, thing, len(importers(uses)), home, len(inside)),
        home=home,
        sites=[
            *(
                statement_site(
                    each, f"imports {thing.id}, which is deprecated{instead}", _fix(project, thing, each, home)
                )
                for each in statements
            ),
            *(call_site(call, f"calls {thing.id}, which is deprecated") for call in inside),
            Site(thing.location, thing.module.name, thing.id, f"deprecated, imported by {extent}"),
        ],
        evidence={
            "claims": list(thing.claims),
            "importers": [{"module": use.importer.name, "line": use.fact.line} for use in uses],
            "text": _text(thing, production or uses),
        },
        severity=Severity.INFO if is_kept or not production else _severity(project, thing, home, uses),
        rests_on=(thing.module.path,),
    )


def _severity(project: Project, thing: Deprecated, home: Home | None, uses: Sequence[ImportReference]) -> Severity:
    """Serious is what takes another import line and nothing else, the rest is an inventory."""
    if home is None or difference(project, thing, home):
        return Severity.INFO
    return Severity.HIGH if is_same_shape(project, thing, home, uses) else Severity.INFO


def _can_be_written(project: Project, thing: Deprecated, uses: Sequence[ImportReference], home: Home) -> bool:
    """Whether all importers can import the replacement."""
    module = project.resolver.index.find_module(thing.module, home.module)
    name = home.symbol.partition(":")[2]
    return module is not None and all(
        can_write_import(project, use.importer, module, name, is_late=use.fact.scope != MODULE_SCOPE) for use in uses
    )


def _fix(project: Project, thing: Deprecated, uses: Sequence[ImportReference], home: Home | None) -> Fix:
    """Let a statement import what replaces a thing."""
    module = None if home is None else project.resolver.index.find_module(thing.module, home.module)
    if home is None or module is None:
        return manual("nothing in the project is named as its replacement")
    name = home.symbol.partition(":")[2]
    if not name and not thing.name:
        return fix_statement(project, uses, thing.module, module)
    if len(uses) > 1 or not name or uses[0].fact.name in (None, "*"):
        return manual("not all that it imports has one replacement")
    return fix_import(project, uses[0], module, name)


def _extent(modules: int, tests: int) -> str:
    if not modules:
        return counted(tests, "test module")
    return counted(modules, "module") + (f" and {counted(tests, 'test module')}" if tests else "")


def _instead(home: Home) -> str:
    module, _, name = home.symbol.partition(":")
    return f"write `from {module} import {name}`" if name else f"import from {module}"


def _remedy(project: Project, thing: Deprecated, count: int, home: Home | None, inside: int) -> str:
    """The way out."""
    places = counted(count, "importer") + (
        f" and at {counted(inside, 'call')} in {thing.module.name}" if inside else ""
    )
    end = what_then(project, thing, home)
    if home is None:
        return f"Move the {places} to its replacement{end}"
    instead = _instead(home)
    return f"{instead[:1].upper()}{instead[1:]} in the {places}{difference(project, thing, home)}{end}"


def _text(thing: Deprecated, uses: Sequence[ImportReference]) -> list[str]:
    claim: list[str] = [f"it says: {thing.claims[0]}"] if thing.claims else []
    return claim + [f"imported in {use.importer.path}:{use.fact.line}" for use in uses[: 6 - len(claim)]]
