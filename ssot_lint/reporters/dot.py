"""A picture in the DOT language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.picture import Picture, PictureEdge, PictureNode
from ssot_lint.reporters.palette import COLORS
from ssot_lint.text.sanitize import dot_text

_SHAPES = {
    "class": "component",
    "factory": "ellipse",
    "function": "ellipse",
    "global": "cylinder",
    "folder": "folder",
}


def render_dot(picture: Picture) -> str:
    """Render ``picture`` as a graph from left to right, a newline at the end; nodes are called by their ids.

    The title and what was left out stand above it.
    """
    title = _lines(picture.title, picture.note)
    lines = [
        f'graph [label="{title}", labelloc=t, rankdir=LR];',
        "node [shape=box];",
        *(f'"{dot_text(node.id)}" [{", ".join(_attributes(node))}];' for node in picture.nodes),
        *(_edge(edge) for edge in picture.edges),
    ]
    return "\n".join(["digraph {", *(f"  {line}" for line in lines), "}", ""])


def _attributes(node: PictureNode) -> Iterator[str]:
    yield f'label="{_lines(node.label, node.remark)}"'
    if node.kind in _SHAPES:
        yield f"shape={_SHAPES[node.kind]}"
    if node.role in COLORS:
        colors = COLORS[node.role]
        yield f'style=filled, fillcolor="{colors.fill}", color="{colors.border}", fontcolor="{colors.text}"'


def _edge(edge: PictureEdge) -> str:
    attributes = f' [label="{dot_text(edge.shown)}"]' if edge.shown else ""
    return f'"{dot_text(edge.source)}" -> "{dot_text(edge.target)}"{attributes};'


def _lines(*texts: str) -> str:
    return r"\n".join(dot_text(text) for text in texts if text)
