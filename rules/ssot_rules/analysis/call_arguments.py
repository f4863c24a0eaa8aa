"""What a call is given, and what a call decorates."""

from __future__ import annotations

from ssot_lint.model.facts import Call
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module


def literal_argument(call: Call, position: int, keyword: str) -> str | None:
    """The text of the argument of a call that is given by ``position`` (from 0) or as ``keyword``; None where it is
    not given, and empty where stars hide which one it is."""
    named = {argument.keyword: argument.text for argument in call.arguments if argument.keyword}
    if keyword in named:
        return named[keyword]
    if any(argument.star for argument in call.arguments):
        return ""
    given = [argument.text for argument in call.arguments if not argument.keyword]
    return given[position] if 0 <= position < len(given) else None


def decorated_at(module: Module, line: int) -> FunctionSymbol | ClassSymbol | None:
    """The function or class that has a decorator in ``line``."""
    definitions: tuple[FunctionSymbol | ClassSymbol, ...] = (*module.functions, *module.classes)
    return next(
        (symbol for symbol in definitions if any(each.line == line for each in symbol.fact.decorators)),
        None,
    )
