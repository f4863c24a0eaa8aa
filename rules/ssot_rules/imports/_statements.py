"""The import to write in place of another one, and whether it stands there already."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.facts import Import
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_rules.imports._paths import Definition, ImportPath, is_proper


def line_with_it(symbol: Definition, paths: Sequence[ImportPath], use: ImportReference) -> int:
    """The line in which the module of ``use`` takes the symbol from a proper path already; 0 for none."""
    lines = (
        other.fact.line
        for path in paths
        for other in path.uses
        if is_proper(symbol, path.module) and other.importer is use.importer and _serves(other.fact, use)
    )
    return next(lines, 0)


def _serves(other: Import, use: ImportReference) -> bool:
    """Whether another import has bound the same name when it is needed, for good and as surely as ``use`` does: one
    above it, or one that follows with nothing but imports between."""
    name, is_above = other.bound_name, other.line < use.fact.line
    is_there = other.scope == MODULE_SCOPE and (is_above or _follows(other, use))
    if not is_there or name != use.fact.bound_name or use.importer.namespace.get(name) not in (other, use.fact):
        return False
    is_kept = not is_bound_anew(use.importer, name)
    return is_kept and (other.guard is Guard.NONE or other.guard == use.fact.guard == Guard.TYPE_CHECKING)


def _follows(other: Import, use: ImportReference) -> bool:
    facts, first, last = use.importer.facts, use.fact.line, other.line
    lines = [*(fact.line for fact in facts.classes), *(fact.line for fact in facts.functions)]
    lines += [*(fact.line for fact in facts.bindings), *(fact.line for fact in facts.calls)]
    return use.fact.scope == MODULE_SCOPE and not any(first <= line <= last for line in lines)


def is_bound_anew(module: Module, name: str) -> bool:
    """Whether a module gives an imported name another value, as ``total = partial(total, rate)`` does."""
    return any(binding.name == name and binding.scope == MODULE_SCOPE for binding in module.facts.bindings)


def statement_of(symbol: Definition, use: ImportReference, target: ImportPath) -> str:
    """The import to write: with dots where the one there has them, and both are in one package."""
    alias = f" as {use.fact.alias}" if use.fact.alias else ""
    return f"from {origin_of(use, target.module)} import {symbol.name}{alias}"


def origin_of(use: ImportReference, module: Module) -> str:
    """How the statement of ``use`` is to name a module."""
    here, there = use.importer.source.package.split("."), module.name.split(".")
    common = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
    common = min(len(here), len(there)) if common is None else common
    if not use.fact.level or not common or use.importer.source.root != module.source.root:
        return module.name
    return "." * (len(here) - common + 1) + ".".join(there[common:])
