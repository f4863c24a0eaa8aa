"""SSOT301 import-path-variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.edits import fix_import
from ssot_rules.analysis.imports import can_write_import, importers, is_within, statement_site
from ssot_rules.analysis.kept_apart import is_specimen
from ssot_rules.imports._faces import comes_along, faces, is_from_face, is_from_own_layer, taken_together
from ssot_rules.imports._habits import are_with_habits, is_rule_of_most, without_habits
from ssot_rules.imports._paths import (
    CHOSEN,
    Definition,
    ImportPath,
    are_side_by_side,
    fact_of,
    is_declared,
    is_proper,
    line_of,
    offer_of,
    offers_unasked,
    paths_of,
    symbols_with_detours,
)
from ssot_rules.imports._statements import is_bound_anew, line_with_it, origin_of, statement_of

_ROLES = ("definition", "detour", "package", "other")


@dataclass(frozen=True)
class ImportPathVariant(Rule):
    """A class or function is imported through a module that only happens to import it.

    Why:
        Each path is one more place that must not change: when the module in between stops needing the name,
        unrelated modules break, and nobody who searches for importers of the definition finds them all. Patching
        one path in a test leaves the others untouched. A name that is taken together with others, most of which the
        module is meant to offer, or by a module that lists it in its own ``__all__``, is only listed: scored is what is
        taken by accident. Listed only is also what is taken along with what the module defines itself, unless ten times
        as many import it directly, what a module has from one beside itself though it belongs to another package, what
        only type checkers see, what examples take, what the package has from the same module, and what four or more
        modules take from one other, twice as many as from where it is defined, or more than that from the package that
        they are in.
        A package offers what it takes by a star from a module that lists it in ``__all__``, and one
        with a long ``__all__`` that most importers of those names go through offers all it has.

    Bad:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/cart.py
        from shop.orders import Order

        def total(order: Order) -> int:
            return sum(order.prices)
        # shop/report.py
        from shop.cart import Order
        # shop/export.py
        from shop.orders import Order

    Good:
        # shop/orders.py
        class Order:
            prices = ()
        # shop/cart.py
        from shop.orders import Order

        def total(order: Order) -> int:
            return sum(order.prices)
        # shop/report.py
        from shop.orders import Order
        # shop/export.py
        from shop.orders import Order

    Fix:
        Import the name from the module that defines it, or from a package around that module. If the module in between
        is meant to offer the name, say so there: list it in ``__all__``, write ``import Order as Order``, or name the
        module under the option ``facades``.
    """

    code: ClassVar[str] = "SSOT301"
    name: ClassVar[str] = "import-path-variant"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.REWRITE_IMPORTS

    facades: Annotated[
        tuple[str, ...],
        Meta(
            description="globs of dotted module names that may offer what other modules define",
            extra={"matches": "modules"},
        ),
    ] = ()

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per symbol, each statement that takes it from a detour a site; those that take it from a face
        only where there are no others, as info."""
        found = map(project.judging(self._found_of), project.derived(symbols_with_detours))
        yield from (finding for finding in found if finding is not None)

    def _found_of(self, project: Project, symbol: Definition) -> Finding | None:
        paths = paths_of(project, symbol)
        detours = [path for path in paths if self._is_detour(project, symbol, path)]
        if not detours or not are_side_by_side(symbol, paths, detours):
            return None
        fronts = {path.module for path in detours if _is_front_of_package(path)}
        targets = {
            use: target
            for path in detours
            for use in path.uses
            if self.applies_to(use.importer) and not use.fact.guard & CHOSEN and not _gathers(use, path)
            if (target := _target(project, symbol, paths, use)) is not None
        }
        if not targets:
            return None
        told = {
            use: target
            for use, target in targets.items()
            if not _is_for_types(use) and not is_from_face(project, use)
            if not is_from_own_layer(use, symbol.module)
            if not use.importer.derived(is_specimen) and use.source not in fronts
        }
        is_rule = is_rule_of_most(project, symbol, paths, told)
        slips = without_habits(project, symbol, paths, told)
        by_chance = any(is_rule or not comes_along(project, use) for use in slips)
        severity = None if by_chance and not are_with_habits(project, slips) else Severity.INFO
        return _finding(project, symbol, paths, detours, slips or told or targets, severity)

    def _is_detour(self, project: Project, symbol: Definition, path: ImportPath) -> bool:
        """Whether a path leads through a module that does not say that it offers the symbol."""
        module = path.module
        if is_proper(symbol, module) or offers_unasked(symbol, module) or self._is_facade(module):
            return False
        offer = offer_of(project, module, symbol.name)
        is_said = offer is not None and is_declared(project, module, symbol.name, offer)
        if offer is None or is_said or module in project.derived(faces):
            return False
        return not is_bound_anew(module, symbol.name)

    def _is_facade(self, module: Module) -> bool:
        return any(fnmatchcase(module.name, glob) for glob in self.facades)


def _is_for_types(use: ImportReference) -> bool:
    """Whether a name is only taken for annotations: nothing breaks when the module in between stops needing it."""
    return bool(use.fact.guard & Guard.TYPE_CHECKING)


def _gathers(use: ImportReference, path: ImportPath) -> bool:
    """Whether a package offers what its own modules have."""
    importer = use.importer
    return importer.source.is_package and use.fact.scope == MODULE_SCOPE and is_within(path.module, importer)


def _is_front_of_package(path: ImportPath) -> bool:
    """Whether the package that a module is directly in has the name from there as well."""
    package = path.module.source.package
    return any(use.importer.name == package and _gathers(use, path) for use in path.uses)


def _target(
    project: Project, symbol: Definition, paths: Sequence[ImportPath], use: ImportReference
) -> ImportPath | None:
    """The path that an import should take: of those that are proper and that it can use, the most used one.

    A package is no choice for modules within it: it imports them while it is itself being imported.
    """
    direct = next((path for path in paths if path.module is symbol.module), ImportPath(symbol.module, ()))
    packages = [path for path in paths if path.module is not symbol.module and is_proper(symbol, path.module)]
    usable = [
        path
        for path in (direct, *packages)
        if can_write_import(project, use.importer, path.module, symbol.name, is_late=use.fact.scope != MODULE_SCOPE)
        and (path is direct or not is_within(use.importer, path.module))
    ]
    return max(usable, key=lambda path: (_weight(symbol, path), path is direct, path.module.name), default=None)


def _weight(symbol: Definition, path: ImportPath) -> int:
    """How many modules take a path; packages around the definition, which pass it on, left out."""
    return sum(not is_proper(symbol, importer) for importer in path.importers)


def _finding(
    project: Project,
    symbol: Definition,
    paths: Sequence[ImportPath],
    detours: Sequence[ImportPath],
    targets: Mapping[ImportReference, ImportPath],
    severity: Severity | None,
) -> Finding:
    kind = "class" if isinstance(symbol, ClassSymbol) else "function"
    moved = importers(targets)
    proper = Counter(targets.values()).most_common(1)[0][0]
    through = _listed(list(dict.fromkeys(use.source.name for use in targets if use.source is not None)))
    roles = _roles(symbol, paths, detours)
    direct = len(proper.importers)
    from_proper = f", from {proper.module.name} by {direct:,}" if direct else ""
    statement = f"from {proper.module.name} import {symbol.name}"
    count = counted(len(moved), "module")
    origins = {origin_of(use, target.module) for use, target in targets.items()}
    written = f"from {origins.pop()} import {symbol.name}" if len(origins) == 1 else statement
    deed = f"Write `{written}` instead of importing it through {through} ({count})"
    if all(line_with_it(symbol, paths, use) for use in targets):
        deed = f"Delete `{symbol.name}` from the imports of {through} ({count}): another line has it from its home"
    return ImportPathVariant.finding(
        subject=symbol.id,
        message=(
            f"{kind} `{symbol.name}` of {symbol.module.name} is imported through {through} by "
            f"{counted(len(moved), 'module')}{from_proper}"
        ),
        remedy=f"{deed}; a module that is meant to offer it says so in its `__all__`",
        home=home_of(symbol, _reason(proper, direct)),
        sites=(_site(project, symbol, paths, use, target) for use, target in targets.items()),
        evidence={
            "text": [line_of(_told_of(path, targets), role) for path, role in roles.items()],
            "kind": kind,
            "import": statement,
            "paths": [fact_of(path, role) for path, role in roles.items()],
            "rewrites": [_rewrite(symbol, use, target) for use, target in targets.items()],
        },
        severity=severity,
        rests_on=(path.module.path for path in detours),
    )


def _told_of(path: ImportPath, targets: Mapping[ImportReference, ImportPath]) -> ImportPath:
    """A path with the imports that the finding is about; as it is, where it is about none of them."""
    uses = tuple(use for use in path.uses if use in targets)
    return ImportPath(path.module, uses) if uses else path


def _reason(proper: ImportPath, direct: int) -> str:
    imported = f"; imported from {proper.module.name} by {counted(direct, 'module')}" if direct else ""
    return f"the definition{imported}"


def _site(
    project: Project, symbol: Definition, paths: Sequence[ImportPath], use: ImportReference, target: ImportPath
) -> Site:
    source = "" if use.source is None else use.source.name
    has_it = line_with_it(symbol, paths, use)
    way_out = f"write `{statement_of(symbol, use, target)}`"
    if has_it:
        it = f"`{symbol.name}` there" if len(taken_together(project, use)) > 1 else "it"
        way_out = f"delete {it}, line {has_it} imports the same"
    message = f"takes `{symbol.name}` from {source}, which only passes it on: {way_out}"
    return statement_site([use], message, fix_import(project, use, target.module, symbol.name))


def _roles(symbol: Definition, paths: Sequence[ImportPath], detours: Collection[ImportPath]) -> dict[ImportPath, str]:
    """What each path is: the definition, a detour, a package around the definition, or another module (a declared
    facade, say); in that order."""
    roles = {path: _role(symbol, path, detours) for path in paths}
    return dict(sorted(roles.items(), key=lambda item: _ROLES.index(item[1])))


def _role(symbol: Definition, path: ImportPath, detours: Collection[ImportPath]) -> str:
    if path.module is symbol.module:
        return "definition"
    if path in detours:
        return "detour"
    return "package" if is_proper(symbol, path.module) else "other"


def _rewrite(symbol: Definition, use: ImportReference, target: ImportPath) -> Fact:
    return {
        "name": symbol.name,
        "old": "" if use.source is None else use.source.name,
        "new": target.module.name,
        "path": use.importer.path,
        "line": use.fact.line,
    }


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
