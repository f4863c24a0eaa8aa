"""Whether what a file calls by an imported name can be called so: a successor with another signature is none."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.facts import Call, Parameter, ParameterKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import last_part
from ssot_rules.analysis.constructors import constructor_parameters
from ssot_rules.analysis.vocabulary import SAME_CALL_DECORATORS

_BY_PLACE = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL)


def fits_calls(project: Project, use: ImportReference, symbol: Symbol | None) -> bool:
    """Whether all calls of the name that an import binds could be calls of ``symbol``, as far as its parameters are
    written out and the arguments are not hidden by stars."""
    parameters = _parameters(project, symbol)
    calls = [call for call in use.importer.facts.calls if call.callee == use.fact.bound_name]
    return not parameters or all(_fits(call, parameters) for call in calls)


def module_fits_calls(project: Project, use: ImportReference, module: Module) -> bool:
    """Whether all calls of what a file takes from one module could be calls of what ``module`` has by these names."""
    beside = (
        other
        for other in project.imports_in(use.importer)
        if (other.fact.module, other.fact.level) == (use.fact.module, use.fact.level) and other.fact.name
    )
    return all(
        fits_calls(project, other, project.resolver.lookup(module, other.fact.name or "").symbol) for other in beside
    )


def _parameters(project: Project, symbol: Symbol | None) -> Sequence[Parameter]:
    if isinstance(symbol, ClassSymbol):
        return constructor_parameters(project, symbol)
    if isinstance(symbol, FunctionSymbol) and all(
        last_part(each.name) in SAME_CALL_DECORATORS for each in symbol.fact.decorators
    ):
        return symbol.fact.parameters
    return ()


def _fits(call: Call, parameters: Sequence[Parameter]) -> bool:
    if any(argument.star for argument in call.arguments):
        return True
    named = {argument.keyword for argument in call.arguments if argument.keyword}
    by_place = len(call.arguments) - len(named)
    places = [each.name for each in parameters if each.kind in _BY_PLACE]
    kinds = {each.kind for each in parameters}
    needed = {each.name for each in parameters if each.default is None and not each.kind.is_variadic}
    is_room = by_place <= len(places) or ParameterKind.VAR_POSITIONAL in kinds
    is_known = ParameterKind.VAR_KEYWORD in kinds or named <= {each.name for each in parameters}
    return is_room and is_known and needed <= named.union(places[:by_place])
