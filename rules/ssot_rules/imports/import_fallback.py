"""SSOT308 import-fallback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.facts import Class, Function, Import
from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.syntax import MODULE_SCOPE, BranchKind, Exit, Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.text.standard_library import STANDARD_LIBRARY
from ssot_rules.analysis.imports import by_statement, module_home, statement_site
from ssot_rules.imports._guarded import ends_in_handler, handler_of, has_stand_in, may_come_later
from ssot_rules.imports._missing import dotted_name, is_broken, may_be_added, missing_in
from ssot_rules.imports._put_in import is_put_in
from ssot_rules.imports._successors import is_somewhere, way_out
from ssot_rules.imports._ways_out import NO_WAY, remedy
from ssot_rules.imports._written_modules import is_written_by_a_script

_TAKE_OUT = "take it out of there and delete the import"

_Alternative = Import | Class | Function


@dataclass(frozen=True)
class ImportFallback(Rule):
    """A name comes from another place, or is a stub, when a first-party import fails.

    Why:
        A module of the same project is there or the installation is broken. The handler hides every ImportError inside
        that module, also that of a typo, and the program goes on with something else: a validator that
        accepts everything, a client that sends nothing. Scored is an import that can never succeed. Where it may,
        most handlers turned out to be meant (six of seven in four draws of unseen code): these are information, and
        so is a module that is missing from a folder of plug-ins or hooks, which others add.

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
        optional package, guard the import of that package instead. An import that never succeeds is not the one that
        is meant.
    """

    code: ClassVar[str] = "SSOT308"
    name: ClassVar[str] = "import-fallback"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.MEDIUM
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"SSOT307": Reach.LINES})

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per module and name, and one per statement that can never succeed."""
        tried = [use for use in project.gathered(_tried_in) if self._may_be_site(project, use)]
        for use in tried:
            for alternative in _alternatives(use):
                if _is_second_source(project, use, alternative) and _may_not_fail(project, use, alternative):
                    yield _finding(project, use, alternative)
                    break
        for uses in by_statement(use for use in tried if _never_succeeds(project, use)):
            yield _hopeless_finding(project, uses)

    def _may_be_site(self, project: Project, use: ImportReference) -> bool:
        """Whether an import is judged: not in a script, which may have to run without the rest of the project."""
        module = use.importer
        is_script = any(call.guard & Guard.MAIN for call in module.facts.calls)
        return self.applies_to(module) and not (is_script and not project.importers_of_module(module))


def _tried_in(project: Project, module: Module) -> tuple[ImportReference, ...]:
    # Most imports have no flag at all, and combining flags is slow.
    guarded = (use for use in project.imports_in(module) if use.fact.guard is not Guard.NONE)
    return tuple(use for use in guarded if use.fact.guard & Guard.TRY_IMPORT)


def _never_succeeds(project: Project, use: ImportReference) -> bool:
    """Whether an import surely fails, and the program goes on with something in its place that does not say so."""
    if not is_broken(project, use) or may_come_later(use) or not has_stand_in(use.importer, use.fact):
        return False
    if (use.fact.name or "").startswith("__"):  # Python makes such names while it runs
        return False
    if is_put_in(project, use) or is_written_by_a_script(project, dotted_name(project, use)):
        return False
    alternatives = list(_alternatives(use))
    return not alternatives or not all(_raises(use, alternative) for alternative in alternatives)


def _raises(use: ImportReference, stub: _Alternative) -> bool:
    """Whether something can be called by mistake, but not pass for the real thing: all it does is to raise."""
    if isinstance(stub, Import):
        return False
    if isinstance(stub, Function):
        return stub.exit is Exit.RAISE
    methods = [function for function in use.importer.facts.functions if function.parent == stub.scope]
    return any(method.exit is Exit.RAISE for method in methods if method.name in ("__init__", "__new__", "__call__"))


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
    return not _raises(use, alternative) and (source is None or not _needs_optional_package(project, source))


def _may_not_fail(project: Project, use: ImportReference, alternative: _Alternative) -> bool:
    """Whether all that is imported in the same ``try`` is there, and nothing is called: else the handler may be for the
    rest of it."""
    module, scope = use.importer, use.fact.scope
    blocks = [branch.line for branch in module.facts.branches if branch.kind is BranchKind.TRY]
    start = max((line for line in blocks if line <= use.fact.statement), default=1)
    handler = handler_of(module, use.fact)
    end = alternative.line if handler is None else handler.line
    if any(call.scope == scope and start <= call.line < end for call in module.facts.calls):
        return False
    return all(
        project.resolver.resolve_import(module, fact).outcome in (Outcome.SYMBOL, Outcome.MODULE)
        for fact in module.facts.imports
        if fact.scope == scope and start <= fact.line < alternative.line and fact.guard & Guard.TRY_IMPORT
    )


def _needs_optional_package(project: Project, module: Module) -> bool:
    """Whether a module imports a package that no other module relies on: its import may fail on purpose."""
    users = project.combined(_packages, _user_counts)
    return any(users[package] == 1 for package in project.linked(_packages, module))


def _user_counts(parts: Mapping[Module, frozenset[str]]) -> Counter[str]:
    """How many modules cannot be imported without each third-party package."""
    return Counter(package for packages in parts.values() for package in packages)


def _packages(project: Project, module: Module) -> frozenset[str]:
    """The third-party packages without which a module cannot be imported."""
    needed = {
        fact.module.partition(".")[0]
        for fact in module.facts.imports
        if fact.scope == MODULE_SCOPE and fact.guard is Guard.NONE and not fact.level
    }
    index = project.resolver.index
    return frozenset(each for each in needed - STANDARD_LIBRARY if not index.is_first_party(module, each))


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
        severity=Severity.INFO,
    )


def _hopeless_finding(project: Project, uses: Sequence[ImportReference]) -> Finding:
    """A finding about a statement whose failure is all that ever happens. Information where nothing tells what a module
    that is not there was, nor pretends to be it: who installs the program may put it there, as in 14 of the 18
    findings of ten draws of unseen code."""
    module, missing = uses[0].importer, missing_in(project, uses[0])
    names = ", ".join(f"`{use.fact.bound_name}`" for use in uses)
    stand_in = next((alternative for use in uses for alternative in _alternatives(use)), None)
    instead = f" at line {stand_in.line}" if stand_in is not None else ""
    found = remedy(project, {use: way_out(project, missing, use) for use in uses})
    is_unknown = missing.source is None and stand_in is None and found == NO_WAY
    only_tells = stand_in is None and all(ends_in_handler(module, use.fact) for use in uses)
    runs = "its handler, which ends the function," if only_tells else f"what takes the place of {names}{instead}"
    message = f"never succeeds: {runs} is what runs"
    otherwise = "" if only_tells else f"; if what stands in the handler is meant, {_TAKE_OUT}"
    return ImportFallback.finding(
        subject=" ".join(f"{module.name}:{use.fact.bound_name}" for use in uses),
        message=f"{missing.complaint}, so the guarded import of {names} in {module.name} always fails",
        remedy=f"{_way_of_unknown(project, uses, names) if found == NO_WAY else found}{otherwise}",
        sites=(statement_site(uses, message),),
        evidence={"missing": missing.id, "text": [missing.proof, f"{module.path}:{uses[0].fact.line} {message}"]},
        rests_on=missing.rests_on,
        severity=Severity.INFO if is_unknown or may_be_added(missing) else None,
    )


def _way_of_unknown(project: Project, uses: Sequence[ImportReference], names: str) -> str:
    if any(is_somewhere(project, use) for use in uses):
        return f"Import {names} from where it is now"
    return f"Write {names}, which nothing here defines, or delete the import and what depends on it"


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
