"""A picture of the worst thing in a report: its homes, and the sites that should use them."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.model.finding import Location
from ssot_lint.model.picture import Picture, PictureEdge, PictureNode, Role
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.duplication import Duplication, duplication

MOST_NODES = 20
"""More cannot be read in an issue."""

_LEAST_SITES = 2
"""A subject with one site is said in a sentence."""

_LONGEST_TITLE = 80


def homes_picture(report: Report) -> Picture | None:
    """The homes and sites of the worst declared component, else of the worst subject with at least two sites.

    An edge leads from each site to its home and bears the name of the rule; findings without a home are not in the
    picture. At most 20 nodes, those of the worst findings. None if there is nothing to be seen.
    """
    for row in duplication(report):
        nodes, edges = _graph(row.findings)
        sites = sum(node.role is Role.SITE for node in nodes.values())
        if sites >= (1 if row.is_component else _LEAST_SITES):
            return _cut(row, list(nodes.values()), edges)
    return None


def _graph(findings: Iterable[JudgedFinding]) -> tuple[dict[str, PictureNode], list[PictureEdge]]:
    """Nodes by id and edges, each home before its sites. What is home in one finding and site in another is a home."""
    nodes: dict[str, PictureNode] = {}
    edges: dict[PictureEdge, None] = {}
    for judged in findings:
        home = judged.finding.home
        if home is None:
            continue
        target = _node(home.location, home.symbol, Role.HOME)
        nodes[target.id] = target
        for each in judged.sites:
            source = _node(each.site.location, each.site.symbol, Role.SITE)
            if source.id != target.id:
                nodes.setdefault(source.id, source)
                edges[PictureEdge(source.id, target.id, judged.rule.name)] = None
    return nodes, list(edges)


def _node(location: Location, symbol: str, role: Role) -> PictureNode:
    _, _, qualname = symbol.partition(":")
    if qualname:
        return PictureNode(f"{location.path}::{qualname}", symbol, "symbol", role)
    return PictureNode(location.path, location.path, "module", role)


def _cut(row: Duplication, nodes: list[PictureNode], edges: list[PictureEdge]) -> Picture:
    shown = nodes[:MOST_NODES]
    ids = {node.id for node in shown}
    drawn = [edge for edge in edges if edge.source in ids and edge.target in ids]
    return Picture(
        title=row.name[:_LONGEST_TITLE],
        nodes=tuple(shown),
        edges=tuple(drawn),
        nodes_left_out=len(nodes) - len(shown),
        edges_left_out=len(edges) - len(drawn),
    )
