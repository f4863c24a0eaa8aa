"""The dependency graph. The only importer of networkx.

Nodes are strings: modules by path, symbols and re-exports as ``path::Qual.name``. One edge per pair of nodes carries
the set of relations between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, Flag, auto
from typing import NamedTuple

import networkx as nx


class Relation(Flag):
    """What one node has to do with another."""

    IMPORTS = auto()
    """A module imports a module, or a symbol from where it is defined, or a re-export of one."""
    REEXPORTS = auto()
    """From the name under which a module offers what another one defines, to what it imports it as: the definition, or
    another such name."""
    DEFINES = auto()
    BUILDS = auto()
    """A function, class body or module calls a class; a global holds the result of such a call."""
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
    REEXPORT = "re-export"
    """A name that is imported from a module which itself imports it."""


class Node(NamedTuple):
    """A module (its path) or a name in one (``path::Qual.name``)."""

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
        self._parts: dict[Relation, nx.DiGraph[str]] = {}

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

    def kind(self, node: str) -> NodeKind:
        """The kind of a node of this graph."""
        kind: NodeKind = self._graph.nodes[node]["kind"]
        return kind

    def relation(self, source: str, target: str) -> Relation:
        """What the edge between two nodes of this graph says; no flag where there is none."""
        edge = self._graph.adj[source].get(target)
        return edge["relation"] if edge else Relation(0)

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
        part = self._part(relation)
        if node not in part:
            return frozenset()
        return frozenset(nx.ancestors(part, node) if backwards else nx.descendants(part, node))

    def _part(self, relation: Relation) -> nx.DiGraph[str]:
        """The edges of a relation as a graph of their own: a filtered view would look at all others every time."""
        if relation not in self._parts:
            edges: Iterable[tuple[str, str, Relation]] = self._graph.edges(data="relation")
            self._parts[relation] = nx.DiGraph((source, target) for source, target, found in edges if found & relation)
        return self._parts[relation]


def circles_of(edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A number for each node of some edges, the same for nodes that lead to each other."""
    graph: nx.DiGraph[str] = nx.DiGraph(sorted(edges))
    circles = nx.strongly_connected_components(graph)
    return {node: number for number, circle in enumerate(circles) for node in circle}


def graphml(
    attributes: Mapping[str, str | int],
    nodes: Iterable[tuple[str, Mapping[str, str]]],
    edges: Iterable[tuple[str, str, Mapping[str, str]]],
) -> str:
    """A directed graph as GraphML (http://graphml.graphdrawing.org), ASCII, in the given order.

    ``attributes`` are those of the graph; a node is its id and its attributes, an edge two ids and its attributes.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(**attributes)
    for node, data in nodes:
        graph.add_node(node, **data)
    for source, target, data in edges:
        graph.add_edge(source, target, **data)
    return "\n".join(nx.generate_graphml(graph)) + "\n"
