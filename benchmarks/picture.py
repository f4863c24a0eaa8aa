"""The largest corpus as an SVG picture for the README: what LibCST's parse alone takes, and each kind of scan. Pure.

The picture brings its own background, with colours for light and for dark pages. No script, no font, no link.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from xml.etree import ElementTree as ET

from benchmarks.corpora import SIZES
from benchmarks.records import Result, SizeResult, Step, seconds

_WIDTH, _ROW, _TOP, _BOTTOM = 720, 30, 48, 16
_MARGIN, _BARS, _LONGEST = 16, 232, 400
_BAR = 16
_STEPS = {
    Step.FLOOR_2: "LibCST's parse alone",
    Step.COLD_2: "first scan",
    Step.EDITED: "a function edited",
    Step.WARM: "nothing changed",
}
_STYLE = (
    "text{font-family:Helvetica,Arial,DejaVu Sans,sans-serif;font-size:13px;fill:#1f2328}"
    ".card{fill:#ffffff;stroke:#d1d9e0}.floor{fill:#59636e}.scan{fill:#0969da}"
    "@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.card{fill:#0d1117;stroke:#3d444d}"
    ".floor{fill:#9198a1}.scan{fill:#58a6ff}}"
)
"""The colours are those of GitHub's themes."""


def draw(results: Mapping[str, Result]) -> str:
    """A bar for each step on the largest corpus of the sizes that was measured; empty without one."""
    sizes = [result for name in SIZES if isinstance(result := results.get(name), SizeResult)]
    return _drawn(sizes[-1]) if sizes else ""


def _drawn(result: SizeResult) -> str:
    height = _TOP + _ROW * len(_STEPS) + _BOTTOM
    size = {"width": str(_WIDTH), "height": str(height)}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img"})
    title = f"{result.lines:,} lines in {result.files:,} files, two workers, seconds"
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "style").text = _STYLE
    card = {"x": "0.5", "y": "0.5", "width": str(_WIDTH - 1), "height": str(height - 1), "rx": "6"}
    ET.SubElement(root, "rect", {"class": "card", **card})
    _write(root, _MARGIN, _TOP - 20, title)
    medians = {step: median(seconds(result.rounds, step)) for step in _STEPS}
    longest = max(medians.values())
    for row, (step, label) in enumerate(_STEPS.items()):
        y, width = _TOP + _ROW * row, medians[step] / longest * _LONGEST
        place = {"x": str(_BARS), "y": str(y), "width": f"{width:.1f}", "height": str(_BAR)}
        ET.SubElement(root, "rect", {"class": "floor" if step is Step.FLOOR_2 else "scan", **place})
        _write(root, _MARGIN, y + _BAR - 3, label)
        _write(root, _BARS + width + 8, y + _BAR - 3, f"{medians[step]:.1f}")
    ET.indent(root)
    return f"{ET.tostring(root, encoding='unicode')}\n"


def _write(root: ET.Element, x: float, y: float, text: str) -> None:
    ET.SubElement(root, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}"}).text = text
