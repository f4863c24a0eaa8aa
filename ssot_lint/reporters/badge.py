"""The score as a badge, an SVG picture of one line."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ssot_lint.history.entry import HistoryEntry
from ssot_lint.reporters.phrases import shown_score

GOOD, FAIR, POOR = "#1a7f37", "#9a6700", "#cf222e"
"""White text has a contrast of more than 4.5 on each (WCAG 2.2, 1.4.3), on light and dark pages alike."""
LABEL = "#4d5560"

_LEAST_GOOD, _LEAST_FAIR = 85, 60
"""Healthy repositories score 85 or more."""

_HEIGHT = 20
_WIDTH_OF_CHARACTER = 7
_MARGIN = 6
_SUBJECT = "SSOT score"


def render_badge(entry: HistoryEntry) -> str:
    """Draw the score of ``entry``: green from 85, brown from 60, else red."""
    score = shown_score(entry.score)
    left, right = _width(_SUBJECT), _width(score)
    size = {"width": str(left + right), "height": str(_HEIGHT)}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img"})
    ET.SubElement(root, "title").text = f"{_SUBJECT}: {score}"
    ET.SubElement(root, "rect", {**size, "rx": "3", "fill": LABEL})
    value = {"x": str(left), "width": str(right), "height": str(_HEIGHT), "fill": _color(entry.score)}
    ET.SubElement(root, "rect", {**value, "rx": "3"})
    ET.SubElement(root, "rect", {**value, "width": "3"})  # covers the round corners inside
    font = {"fill": "#fff", "font-family": "Verdana,Geneva,DejaVu Sans,sans-serif", "font-size": "11"}
    words = ET.SubElement(root, "g", font)
    for x, text in ((0, _SUBJECT), (left, score)):
        # Readers lack fonts: the length given makes any of them fit.
        length = str(_width(text) - 2 * _MARGIN)
        ET.SubElement(words, "text", {"x": str(x + _MARGIN), "y": "14", "textLength": length}).text = text
    ET.indent(root)
    return f"{ET.tostring(root, encoding='unicode')}\n"


def _width(text: str) -> int:
    return len(text) * _WIDTH_OF_CHARACTER + 2 * _MARGIN


def _color(score: float) -> str:
    return GOOD if score >= _LEAST_GOOD else FAIR if score >= _LEAST_FAIR else POOR
