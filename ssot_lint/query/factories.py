"""By which function a class is built, where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol


def builders(project: Project, checkpoint: Callable[[], None]) -> Mapping[ClassSymbol, FunctionSymbol]:
    """The function that each class is built through: the declared factory, else the public function of a module, or
    method of the class itself, that production code of other modules calls more often than the class. ``checkpoint`` is
    called now and then, and may raise to stop the work."""
    found: dict[ClassSymbol, list[FunctionSymbol]] = defaultdict(list)
    declared = {component.factory for component in project.components if component.factory}
    for function in project.functions():
        checkpoint()
        is_public = not function.name.startswith("_") and function.module.zone is Zone.PRODUCTION
        if is_public and not function.fact.is_generator:
            for product in project.products(function):
                if _is_built(project, product) and function.fact.parent in (MODULE_SCOPE, product.fact.scope):
                    found[product].append(function)
    return {
        product: best for product, functions in found.items() if (best := _best(project, product, functions, declared))
    }


def _is_built(project: Project, product: ClassSymbol) -> bool:
    """Whether calls of a class make objects: those of an enum look members up."""
    return not any(name.startswith("enum.") for name in project.base_names(product))


def _best(
    project: Project, product: ClassSymbol, functions: list[FunctionSymbol], declared: set[str]
) -> FunctionSymbol | None:
    for function in functions:
        if function.id in declared:
            return function
    best = max(functions, key=lambda function: (_calls(project, function, function.module), function.sort_key))
    through = _calls(project, best, best.module)
    return best if through and through > _calls(project, product, best.module) else None


def _calls(project: Project, symbol: Symbol, inside: Module) -> int:
    """How often production code calls ``symbol``, what stands in one module left out."""
    calls = project.calls_of(symbol)
    return sum(call.module is not inside and call.module.zone is Zone.PRODUCTION for call in calls)
