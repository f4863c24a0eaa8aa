"""A picture as GraphML, for yEd, Gephi and other programs that lay out and analyse graphs."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.graph.digraph import graphml
from ssot_lint.model.picture import Picture, PictureNode
from ssot_lint.text.sanitize import visible


def render_graphml(picture: Picture) -> str:
    """Render ``picture`` with the attributes label, kind, role and remark of nodes and label of edges.

    The graph itself has the attributes title, nodes_left_out and edges_left_out. ASCII; characters that XML forbids are
    escaped as :func:`ssot_lint.text.sanitize.visible` does it.
    """
    return graphml(
        {
            "title": visible(picture.title),
            "nodes_left_out": picture.nodes_left_out,
            "edges_left_out": picture.edges_left_out,
        },
        [(visible(node.id), _attributes(node)) for node in picture.nodes],
        [(visible(edge.source), visible(edge.target), {"label": visible(edge.label)}) for edge in picture.edges],
    )


def _attributes(node: PictureNode) -> Mapping[str, str]:
    return {
        "label": visible(node.label),
        "kind": node.kind,
        "role": node.role.value,
        "remark": visible(node.remark),
    }
