"""The dependency graph of a project."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.graph import DependencyGraph, Node, NodeKind, Relation
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import ImportUse, Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol

Edge = tuple[Node, Node, Relation]


def node_id(symbol: Symbol) -> str:
    """The graph node of a symbol."""
    return f"{symbol.module.path}::{symbol.qualname}"


def dependency_graph(project: Project) -> DependencyGraph:
    """Modules, classes, factories and globals, and what connects them: ``project.derived(dependency_graph)``."""
    return DependencyGraph(_edges(project))


def _edges(project: Project) -> Iterator[Edge]:
    for use in project.imports:
        yield from _import_edges(project, use)
    for module in project.modules:
        yield from _definition_edges(project, module)
    for call in project.calls:
        caller = call.module.scope_symbol(call.fact.scope)
        if isinstance(call.symbol, ClassSymbol) and isinstance(caller, FunctionSymbol):
            yield _node(project, caller), _node(project, call.symbol), Relation.BUILDS


def _definition_edges(project: Project, module: Module) -> Iterator[Edge]:
    for symbol in (*module.top_level_classes, *module.variables):
        yield _module_node(module), _node(project, symbol), Relation.DEFINES
    for cls in module.top_level_classes:
        for base in project.resolver.bases(cls):
            if base.symbol is not None:
                yield _node(project, cls), _node(project, base.symbol), Relation.INHERITS
    for function in module.functions:
        for product in project.products(function):
            yield _node(project, function), _node(project, product), Relation.RETURNS


def _import_edges(project: Project, use: ImportUse) -> Iterator[Edge]:
    importer = _module_node(use.importer)
    target = use.resolution.symbol
    if target is not None:
        yield importer, _node(project, target), Relation.IMPORTS
        if use.importer.source.is_package and use.fact.scope == MODULE_SCOPE:
            yield importer, _node(project, target), Relation.REEXPORTS
    module = use.source or use.resolution.module
    if module is not None:
        yield importer, _module_node(module), Relation.IMPORTS


def _module_node(module: Module) -> Node:
    return Node(module.path, NodeKind.MODULE)


def _node(project: Project, symbol: Symbol) -> Node:
    if isinstance(symbol, ClassSymbol):
        return Node(node_id(symbol), NodeKind.CLASS)
    if isinstance(symbol, FunctionSymbol):
        return Node(node_id(symbol), NodeKind.FACTORY if project.products(symbol) else NodeKind.FUNCTION)
    return Node(node_id(symbol), NodeKind.GLOBAL)
