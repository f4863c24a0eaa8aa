"""The dependency graph. The only importer of networkx.

Nodes are strings: modules by path, symbols as ``path::Qual.name``. One edge per pair of nodes carries the set of
relations between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, Flag, auto
from typing import NamedTuple

import networkx as nx


class Relation(Flag):
    """What one node has to do with another."""

    IMPORTS = auto()
    """A module imports a module, or a symbol of one."""
    REEXPORTS = auto()
    """A module offers a symbol that another one defines."""
    DEFINES = auto()
    BUILDS = auto()
    """A function calls a class."""
    RETURNS = auto()
    """A function returns an instance of a class."""
    INHERITS = auto()


class NodeKind(Enum):
    MODULE = "module"
    CLASS = "class"
    FACTORY = "factory"
    """A function that returns objects it constructs."""
    FUNCTION = "function"
    GLOBAL = "global"


class Node(NamedTuple):
    """A module (its path) or a symbol (``path::Qual.name``)."""

    id: str
    kind: NodeKind


class DependencyGraph:
    """A directed graph with typed nodes and edges, and the questions rules ask of it."""

    def __init__(self, edges: Iterable[tuple[Node, Node, Relation]]) -> None:
        graph: nx.DiGraph[str] = nx.DiGraph()
        for source, target, relation in edges:
            for node in (source, target):
                if node.id not in graph:
                    graph.add_node(node.id, kind=node.kind)
            known = graph.adj[source.id].get(target.id)
            if known is None:
                graph.add_edge(source.id, target.id, relation=relation)
            else:
                known["relation"] |= relation
        self._graph = graph

    def __contains__(self, node: str) -> bool:
        return node in self._graph

    def nodes(self) -> Iterator[Node]:
        """All nodes, sorted."""
        for node in sorted(self._graph):
            yield Node(node, self._graph.nodes[node]["kind"])

    def edges(self) -> Iterator[tuple[str, str, Relation]]:
        """All edges with their relations, sorted by their ends."""
        for source in sorted(self._graph):
            for target in sorted(self._graph.adj[source]):
                yield source, target, self._graph.adj[source][target]["relation"]

    def sources(self, node: str, relation: Relation) -> tuple[str, ...]:
        """The nodes with an edge of that relation to ``node``, sorted."""
        if node not in self._graph:
            return ()
        neighbours = self._graph.pred[node].items()
        return tuple(sorted(source for source, edge in neighbours if edge["relation"] & relation))

    def targets(self, node: str, relation: Relation) -> tuple[str, ...]:
        """The nodes that ``node`` has an edge of that relation to, sorted."""
        if node not in self._graph:
            return ()
        neighbours = self._graph.adj[node].items()
        return tuple(sorted(target for target, edge in neighbours if edge["relation"] & relation))

    def descendants(self, node: str, relation: Relation) -> frozenset[str]:
        """Everything that leads to ``node`` over edges of that relation: subclasses of subclasses, say."""
        return self._closure(node, relation, backwards=True)

    def ancestors(self, node: str, relation: Relation) -> frozenset[str]:
        """Everything that ``node`` leads to over edges of that relation."""
        return self._closure(node, relation, backwards=False)

    def _closure(self, node: str, relation: Relation, *, backwards: bool) -> frozenset[str]:
        if node not in self._graph:
            return frozenset()
        view = nx.subgraph_view(
            self._graph, filter_edge=lambda source, target: bool(self._graph[source][target]["relation"] & relation)
        )
        return frozenset(nx.ancestors(view, node) if backwards else nx.descendants(view, node))
