"""The picture of a finding: its home, its sites, and what surrounds them."""

from __future__ import annotations

import msgspec

from ssot_lint.graph.dependencies import dependency_graph
from ssot_lint.graph.views.surroundings import picture_surroundings
from ssot_lint.model.finding import Location
from ssot_lint.model.picture import Picture, PictureEdge, PictureNode, Role
from ssot_lint.model.report import JudgedFinding
from ssot_lint.project.project import Project


def picture_finding(project: Project, judged: JudgedFinding, most: int | None, *, with_tests: bool = False) -> Picture:
    """Home and sites with their surroundings, in about ``most`` nodes.

    An edge with the name of the rule leads from a site to the home where nothing else connects the two.
    """
    home = judged.finding.home
    homes = [_node(project, home.location, home.symbol, Role.HOME)] if home else []
    sites = [_node(project, each.site.location, each.site.symbol, Role.SITE) for each in judged.sites]
    subjects = {node.id: node for node in (*sites, *homes)}
    title = f"{judged.rule.code} {judged.rule.name}: {judged.finding.subject}"
    picture = picture_surroundings(project, list(subjects.values()), title, most, with_tests=with_tests)
    connected = {(edge.source, edge.target) for edge in picture.edges}
    drawn = {node.id for node in picture.nodes}
    accusations = [
        PictureEdge(node.id, target.id, judged.rule.name)
        for target in homes
        for node in subjects.values()
        if node.role is Role.SITE and {node.id, target.id} <= drawn and (node.id, target.id) not in connected
    ]
    return msgspec.structs.replace(picture, edges=(*picture.edges, *accusations))


def _node(project: Project, location: Location, symbol: str, role: Role) -> PictureNode:
    """A site may be a whole module, or a place in one."""
    _, _, qualname = symbol.partition(":")
    if not qualname:
        return PictureNode(location.path, location.path, "module", role)
    node = f"{location.path}::{qualname}"
    graph = project.derived(dependency_graph)
    kind = graph.kind(node).value if node in graph else "symbol"
    return PictureNode(node, qualname, kind, role, location.path)
