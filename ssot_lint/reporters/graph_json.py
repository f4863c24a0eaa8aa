"""A picture as JSON, for programs."""

from __future__ import annotations

from ssot_lint.model.picture import Picture
from ssot_lint.reporters.json_text import json_text

GRAPH_SCHEMA_VERSION = 1


def render_graph_json(picture: Picture) -> str:
    """Render ``picture`` as one object: ``schema_version``, ``title``, ``nodes``, ``edges`` and ``left_out``.

    ``role`` is home, site or other; ``remark`` is the path of a symbol, the size of a folder, or empty.
    """
    return json_text(
        {
            "schema_version": GRAPH_SCHEMA_VERSION,
            "title": picture.title,
            "nodes": [
                {
                    "id": node.id,
                    "label": node.label,
                    "kind": node.kind,
                    "role": node.role.value,
                    "remark": node.remark,
                }
                for node in picture.nodes
            ],
            "edges": [{"source": edge.source, "target": edge.target, "label": edge.label} for edge in picture.edges],
            "left_out": {"nodes": picture.nodes_left_out, "edges": picture.edges_left_out},
        }
    )
