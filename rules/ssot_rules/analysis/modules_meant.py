"""Modules that equal text means by one name: `CONSTANTS` is another file beside each of two copied files."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.project.names_read import names_read_by
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol

FEW_STATEMENTS = 10
"""A judgement: around tables that each module has for itself, readers of unseen code called five and six statements no
copies; of more they asked for a parameter."""

# Helpers of helpers are looked at that deep.
_DEPTH = 3


def modules_meant_otherwise(
    project: Project, one: ClassSymbol | FunctionSymbol, other: ClassSymbol | FunctionSymbol, depth: int = _DEPTH
) -> frozenset[str]:
    """The names by which two definitions mean modules of other contents, themselves or in definitions of equal text
    that they take from their own modules."""
    found: set[str] = set()
    for name in names_read_by(one) & names_read_by(other):
        here, there = (project.resolver.lookup(each.module, name) for each in (one, other))
        if _are_unlike_modules(one.module, here, other.module, there):
            found.add(name)
        elif depth and _are_of_one_text(here.symbol, there.symbol):
            first, second = here.symbol, there.symbol
            if isinstance(first, (ClassSymbol, FunctionSymbol)) and isinstance(second, (ClassSymbol, FunctionSymbol)):
                found |= modules_meant_otherwise(project, first, second, depth - 1)
    return frozenset(found)


def _are_of_one_text(one: Symbol | None, other: Symbol | None) -> bool:
    if not isinstance(one, (ClassSymbol, FunctionSymbol)) or not isinstance(other, (ClassSymbol, FunctionSymbol)):
        return False
    return one.module is not other.module and one.fact.body.digest == other.fact.body.digest


def _are_unlike_modules(one: Module, here: Resolution, other: Module, there: Resolution) -> bool:
    """Whether two names stand for modules that do not have the same under all names that the readers use."""
    if here.outcome is not Outcome.MODULE or there.outcome is not Outcome.MODULE or here.module is there.module:
        return False
    if here.module is None or there.module is None:
        return False
    return _contents(here.module, one) != _contents(there.module, other)


def _contents(module: Module, reader: Module) -> Mapping[str, str]:
    """What of a module the text of a reader may name, each with what it is."""
    return {
        name: _content(entry)
        for name, entry in module.namespace.items()
        if isinstance(entry, Symbol) and reader.facts.mentions_name(name)
    }


def _content(symbol: Symbol) -> str:
    if isinstance(symbol, VariableSymbol):
        value = symbol.fact.value
        return symbol.fact.digest or ("" if value is None else value.text)
    return symbol.fact.body.digest if isinstance(symbol, (ClassSymbol, FunctionSymbol)) else symbol.id
