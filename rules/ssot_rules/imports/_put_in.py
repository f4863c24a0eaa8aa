"""Names and modules that other code puts in their place at run time, by a statement that says which."""

from __future__ import annotations

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_rules.imports._missing import dotted_name

_REGISTRY = "sys.modules"
_QUOTES = "\"'"


def is_put_in(project: Project, use: ImportReference) -> bool:
    """Whether code of the program, or for a test that of tests, puts in place what an import asks for:
    ``sys.modules["shop.extra"] = extra``, ``shop.orders.client = Client()``, ``setattr(orders, "client", client)``."""
    return any(module.zone is not Zone.TEST or use.importer.zone is Zone.TEST for module in _putting(project, use))


def is_stubbed(project: Project, use: ImportReference) -> bool:
    """Whether tests put something in place of what the program asks for."""
    return bool(_putting(project, use))


def _putting(project: Project, use: ImportReference) -> list[Module]:
    dotted = dotted_name(project, use)
    found = project.mentioning(dotted.rpartition(".")[2])
    return [module for module in found if _puts_module(module, dotted) or _puts_name(project, module, use)]


def _puts_module(module: Module, dotted: str) -> bool:
    keys = (
        each.key.strip(_QUOTES)
        for each in module.facts.mutations
        if each.target == _REGISTRY and each.operation in ("setitem", "setdefault")
    )
    return any(key and f"{dotted}.".startswith(f"{key}.") for key in keys)


def _puts_name(project: Project, module: Module, use: ImportReference) -> bool:
    name = use.fact.name
    if use.source is None or name is None or module is use.source:
        return False
    return any(
        (each.operation, each.key) == ("setattr", name)
        and project.resolve(module, each.scope, each.target).module is use.source
        for each in module.facts.mutations
    ) or _sets_by_name(project, module, use)


def _sets_by_name(project: Project, module: Module, use: ImportReference) -> bool:
    """``setattr(orders, "client", client)``, where the module is imported."""
    is_set = any((each.taker, each.value) == ("setattr", use.fact.name) for each in module.facts.strings)
    return is_set and any(other.resolution.module is use.source for other in project.imports_in(module))
