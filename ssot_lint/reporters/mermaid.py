"""A picture as Mermaid source: GitHub, GitLab and many wikis draw it.

Nodes are called n0, n1, ... in the order of the picture. A home is green, a site red; classes have double sides,
functions are round, globals are cylinders, all else are boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssot_lint.model.picture import Picture, PictureEdge, PictureNode
from ssot_lint.reporters.palette import COLORS
from ssot_lint.text.sanitize import mermaid_text

MAX_NODES = 60
"""More cannot be read."""
MAX_CHARACTERS = 50_000
"""Mermaid draws no longer text: its default for ``maxTextSize``."""
MAX_EDGES = 500
"""Mermaid draws no more: its default for ``maxEdges``."""

_LONGEST_LABELS = (60, 15)
"""The second where the first makes the text too long: an entity code per character, all over the picture."""

_INDENT = "  "
_SHAPES = {"class": ("[[", "]]"), "factory": ("([", "])"), "function": ("([", "])"), "global": ("[(", ")]")}
_BOX = ("[", "]")


def render_mermaid(picture: Picture) -> str:
    """Render ``picture`` as a flow chart from left to right, without a code fence, a newline at the end.

    Whoever makes the picture keeps it small: MAX_NODES are drawn in at most MAX_CHARACTERS. A note says what was left
    out.
    """
    texts = (_render(picture, longest) for longest in _LONGEST_LABELS)
    return next((text for text in texts if len(text) <= MAX_CHARACTERS), _render(picture, _LONGEST_LABELS[0]))


def _render(picture: Picture, longest: int) -> str:
    ids = {node.id: f"n{at}" for at, node in enumerate(picture.nodes)}
    lines = [
        f"%% {mermaid_text(picture.title)}",
        *(_node(node, ids[node.id], longest) for node in picture.nodes),
        *(f"{ids[edge.source]} -->{_arrow_text(edge, longest)} {ids[edge.target]}" for edge in picture.edges),
        *_note(picture),
        *_styles(picture, ids),
    ]
    return "\n".join(["flowchart LR", *(f"{_INDENT}{line}" for line in lines), ""])


def _node(node: PictureNode, name: str, longest: int) -> str:
    left, right = _SHAPES.get(node.kind, _BOX)
    remark = f"<br/>{_label(node.remark, longest)}" if node.remark else ""
    return f'{name}{left}"{_label(node.label, longest)}{remark}"{right}'


def _arrow_text(edge: PictureEdge, longest: int) -> str:
    return f'|"{_label(edge.shown, longest)}"|' if edge.shown else ""


def _note(picture: Picture) -> Iterator[str]:
    if picture.note:
        yield f'note["{mermaid_text(picture.note)}"]'
        yield "style note stroke-dasharray:4"


def _styles(picture: Picture, ids: Mapping[str, str]) -> Iterator[str]:
    for role, colors in COLORS.items():
        names = [ids[node.id] for node in picture.nodes if node.role is role]
        if names:
            yield f"classDef {role.value} fill:{colors.fill},stroke:{colors.border},color:{colors.text}"
            yield f"class {','.join(names)} {role.value}"


def _label(text: str, longest: int) -> str:
    """``text``, of which the middle is left out where it is too long: the end tells paths apart."""
    if len(text) > longest:
        front = longest // 3
        text = f"{text[:front]}…{text[front + 1 - longest :]}"
    return mermaid_text(text) or " "  # Mermaid takes no empty string
