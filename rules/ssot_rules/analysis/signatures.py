"""What calls of a function must say."""

from __future__ import annotations

from ssot_lint.model.facts import ParameterKind
from ssot_lint.project.symbols import FunctionSymbol

_REST = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


def required_names(function: FunctionSymbol) -> frozenset[str]:
    """The parameters that a call must give; without the instance or class of a method."""
    return frozenset(
        parameter.name
        for parameter in function.fact.parameters
        if parameter.default is None and parameter.kind not in _REST and parameter.name not in ("self", "cls")
    )
