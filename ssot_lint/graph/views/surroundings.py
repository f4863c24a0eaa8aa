"""The picture of a few definitions: who imports them and through which path, who builds them, what they inherit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from ssot_lint.graph.dependencies import dependency_graph
from ssot_lint.graph.digraph import DependencyGraph, NodeKind, Relation
from ssot_lint.graph.views.draw import Link, draw
from ssot_lint.graph.views.fold import fold
from ssot_lint.graph.views.modules import module_nodes, paths_of_tests
from ssot_lint.model.picture import Picture, PictureNode, Role
from ssot_lint.project.project import Project

_USES = Relation.IMPORTS | Relation.BUILDS | Relation.RETURNS


def picture_surroundings(
    project: Project, subjects: Sequence[PictureNode], title: str, most: int | None, *, with_tests: bool = False
) -> Picture:
    """``subjects``, whose ids are nodes of the dependency graph, and what surrounds them, in about ``most`` nodes.

    Nearest are re-exports, bases and what the subjects return; then come subclasses, factories and globals; then the
    modules that import or build them. Modules are folded into folders until all fit, and so are subclasses, factories
    and globals where they would take more than half of the room. Of subjects with one id (a class defined in two
    branches) the first counts. What test code does with the subjects is left out unless it is asked for.
    """
    graph = project.derived(dependency_graph)
    ids = {node.id: node for node in reversed(subjects)}
    tests = frozenset[str]() if with_tests else paths_of_tests(project)
    found = dict.fromkeys(_links(graph, ids))
    links = [link for link in found if link.source in ids or _module_of(link.source) not in tests]
    nodes = _ends(links)
    kept = ids.keys() | (_near(graph, ids) & nodes)
    names = {node for node in nodes - kept if _is_name(node)}
    if most is None or len(names) <= (most - len(kept)) // 2:
        kept |= names
    links = _without_implied(links, kept)
    standing = _standing(links, kept, most)
    folded = [Link(standing[source], standing[target], relation) for source, target, relation in links]
    middle = [_name_node(graph, node) for node in kept - ids.keys()]
    modules = {_module_of(node): place for node, place in standing.items() if node not in kept and place not in kept}
    by_role = [[node for node in ids.values() if node.role is role] for role in Role]
    return draw(title, [*by_role, middle, module_nodes(modules.values())], folded, most)


def _name_node(graph: DependencyGraph, node: str) -> PictureNode:
    path, _, qualname = node.rpartition("::")
    return PictureNode(node, qualname, graph.kind(node).value, remark=path)


def _links(graph: DependencyGraph, subjects: Collection[str]) -> Iterator[Link]:
    """What connects the subjects with their surroundings; the same link may come up twice."""
    for subject in sorted(subjects):
        for source in graph.sources(subject, _USES):
            yield _use(graph, source, subject, subjects)
        for offer in sorted(graph.descendants(subject, Relation.REEXPORTS)):
            yield from (Link(importer, offer, Relation.IMPORTS) for importer in graph.sources(offer, Relation.IMPORTS))
        yield from (Link(subject, product, relation) for product, relation in _products(graph, subject))
        yield from _chain(graph, subject, Relation.REEXPORTS)
        yield from _chain(graph, subject, Relation.INHERITS)


def _use(graph: DependencyGraph, source: str, subject: str, subjects: Collection[str]) -> Link:
    """Factories and globals are shown by name; of whoever else builds the subject, the module."""
    relation = graph.relation(source, subject) & _USES
    if Relation.RETURNS in relation:
        relation &= ~Relation.BUILDS
    elif relation == Relation.BUILDS and graph.kind(source) is not NodeKind.GLOBAL:
        source = _holder(source, subjects)
    return Link(source, subject, relation)


def _holder(node: str, subjects: Collection[str]) -> str:
    """The subject that a function or class belongs to, otherwise its module."""
    path, separator, qualname = node.rpartition("::")
    while qualname and separator:
        if f"{path}::{qualname}" in subjects:
            return f"{path}::{qualname}"
        qualname = qualname.rpartition(".")[0]
    return _module_of(node)


def _products(graph: DependencyGraph, subject: str) -> Iterator[tuple[str, Relation]]:
    """What a factory returns and a global holds, and how."""
    yield from ((product, Relation.RETURNS) for product in graph.targets(subject, Relation.RETURNS))
    if subject in graph and graph.kind(subject) is NodeKind.GLOBAL:
        yield from ((product, Relation.BUILDS) for product in graph.targets(subject, Relation.BUILDS))


def _chain(graph: DependencyGraph, subject: str, relation: Relation) -> Iterator[Link]:
    """What leads to the subject over any number of edges of one relation, and what the subject leads to."""
    links = graph.ancestors(subject, relation) | graph.descendants(subject, relation) | {subject}
    for source in sorted(links):
        yield from (Link(source, target, relation) for target in graph.targets(source, relation) if target in links)


def _near(graph: DependencyGraph, subjects: Iterable[str]) -> set[str]:
    """What is never folded: re-exports, bases and products."""
    near: set[str] = set()
    for subject in subjects:
        near.update(graph.descendants(subject, Relation.REEXPORTS))
        near.update(graph.ancestors(subject, Relation.REEXPORTS | Relation.INHERITS))
        near.update(product for product, _ in _products(graph, subject))
    return near


def _without_implied(links: Iterable[Link], kept: Set[str]) -> list[Link]:
    """Links of a module to what one of its names that are drawn is linked to: the name says it."""
    links = list(links)
    said = {(_module_of(link.source), link.target) for link in links if _is_name(link.source) and link.source in kept}
    return [link for link in links if (link.source, link.target) not in said]


def _standing(links: Iterable[Link], kept: Set[str], most: int | None) -> dict[str, str]:
    """What is drawn for each end of a link: itself if it is ``kept``, otherwise its module or a folder."""
    ends = Counter(node for link in links for node in (link.source, link.target))
    weights: Counter[str] = Counter()
    for node, weight in ends.items():
        if node not in kept and _module_of(node) not in kept:
            weights[_module_of(node)] += weight
    folded = fold(weights, None if most is None else max(most - len(kept), 1))
    return {node: node if node in kept else folded.get(_module_of(node), _module_of(node)) for node in ends}


def _ends(links: Iterable[Link]) -> set[str]:
    return {node for link in links for node in (link.source, link.target)}


def _is_name(node: str) -> bool:
    return "::" in node


def _module_of(node: str) -> str:
    path, separator, _ = node.rpartition("::")
    return path if separator else node
