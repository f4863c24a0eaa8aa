"""The dependency graph of a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssot_lint.graph.digraph import DependencyGraph, Node, NodeKind, Relation
from ssot_lint.model.facts import Import, ResultUse
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference, ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol

Edge = tuple[Node, Node, Relation]


def dependency_graph(project: Project) -> DependencyGraph:
    """Modules, classes, factories and globals, and what connects them: ``project.derived(dependency_graph)``."""
    return DependencyGraph(_edges(project))


def symbol_node(project: Project, symbol: Symbol) -> Node:
    """The node of a symbol in :func:`dependency_graph`."""
    name = _name_id(symbol.module, symbol.qualname)
    if isinstance(symbol, ClassSymbol):
        return Node(name, NodeKind.CLASS)
    if isinstance(symbol, FunctionSymbol):
        return Node(name, NodeKind.FACTORY if project.products(symbol) else NodeKind.FUNCTION)
    return Node(name, NodeKind.GLOBAL)


def _edges(project: Project) -> Iterator[Edge]:
    offers = _offers(project)
    for use in project.imports:
        yield from _import_edges(project, use, offers)
    for module in project.modules:
        yield from _definition_edges(project, module)
    for call in project.calls:
        if isinstance(call.symbol, ClassSymbol) and not _is_held(call):
            yield _caller(project, call), symbol_node(project, call.symbol), Relation.BUILDS


def _definition_edges(project: Project, module: Module) -> Iterator[Edge]:
    for symbol in (*module.top_level_classes, *module.variables):
        yield _module_node(module), symbol_node(project, symbol), Relation.DEFINES
    for variable in module.variables:
        value = variable.fact.value
        product = project.constructed_class(module, MODULE_SCOPE, value) if value else None
        if product is not None:
            yield symbol_node(project, variable), symbol_node(project, product), Relation.BUILDS
    for cls in module.classes:
        for base in project.resolver.bases(cls):
            if base.symbol is not None:
                yield symbol_node(project, cls), symbol_node(project, base.symbol), Relation.INHERITS
    for function in module.functions:
        for product in project.products(function):
            yield symbol_node(project, function), symbol_node(project, product), Relation.RETURNS


def _offers(project: Project) -> Mapping[tuple[Module, str], Symbol]:
    """The names that are imported from modules that do not define them, and what they stand for."""
    return {
        (use.source, use.fact.name): use.resolution.symbol
        for use in project.imports
        if use.source and use.fact.name and use.resolution.symbol and use.source is not use.resolution.symbol.module
    }


def _import_edges(
    project: Project, use: ImportReference, offers: Mapping[tuple[Module, str], Symbol]
) -> Iterator[Edge]:
    importer = _module_node(use.importer)
    symbol, via = use.resolution.symbol, use.source
    if symbol is not None and use.fact.name is not None:
        imported = symbol_node(project, symbol)
        if via is not None and via is not symbol.module:
            imported = _offer_node(via, use.fact.name)
            if not _is_imported(via, use.fact.name):  # a star import, say
                yield imported, symbol_node(project, symbol), Relation.REEXPORTS
        if use.fact.scope == MODULE_SCOPE and (use.importer, use.fact.bound_name) in offers:
            yield _offer_node(use.importer, use.fact.bound_name), imported, Relation.REEXPORTS
        yield importer, imported, Relation.IMPORTS
    module = use.resolution.module or via
    if module is not None:
        yield importer, _module_node(module), Relation.IMPORTS


def _is_imported(module: Module, name: str) -> bool:
    return isinstance(module.namespace.get(name), Import)


def _is_held(call: CallReference) -> bool:
    """Whether the result of the call becomes a global, which then is what builds it."""
    fact = call.fact
    return fact.scope == MODULE_SCOPE and fact.usage is ResultUse.ASSIGNED and "." not in fact.target


def _caller(project: Project, call: CallReference) -> Node:
    caller = call.module.scope_symbol(call.fact.scope)
    return _module_node(call.module) if caller is None else symbol_node(project, caller)


def _name_id(module: Module, name: str) -> str:
    return f"{module.path}::{name}"


def _offer_node(module: Module, name: str) -> Node:
    return Node(_name_id(module, name), NodeKind.REEXPORT)


def _module_node(module: Module) -> Node:
    return Node(module.path, NodeKind.MODULE)
