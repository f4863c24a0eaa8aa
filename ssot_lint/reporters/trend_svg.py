"""The history as an SVG picture, for a README or a page: the score as a line, violations by severity as bars.

The picture brings its own background, with colours for light and for dark pages: where a page shows it as an image, its
style sheet sees what the reader prefers, not what the page looks like. No script, no font, no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple
from xml.etree import ElementTree as ET

from ssot_lint.history.entry import History, comparable
from ssot_lint.model.finding import Severity
from ssot_lint.reporters.axis import Axis, axis_of
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.text.wording import counted

WIDTH, HEIGHT = 720, 368

_LEFT, _RIGHT = 48, 672
_MARGIN = 16
_SCORE_TOP, _SCORE_BOTTOM = 64, 184
_COUNT_TOP, _COUNT_BOTTOM = 216, 312
_DATES, _LEGEND = 330, 354
_MOST_DATES = 5
_WIDEST_BAR = 24.0
_SEVERITIES = tuple(severity for severity in Severity if severity is not Severity.INFO)

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "card": "#ffffff",
        "grid": "#d1d9e0",
        "text": "#59636e",
        "strong": "#1f2328",
        "score": "#1a7f37",
        "critical": "#8250df",
        "high": "#cf222e",
        "medium": "#9a6700",
        "low": "#0969da",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "card": "#0d1117",
        "grid": "#3d444d",
        "text": "#9198a1",
        "strong": "#f0f6fc",
        "score": "#3fb950",
        "critical": "#d2a8ff",
        "high": "#ff7b72",
        "medium": "#d29922",
        "low": "#58a6ff",
    }
)
"""What is drawn, and its colour: those of GitHub's themes."""


class _Panel(NamedTuple):
    """A part of the picture with a scale of its own."""

    axis: Axis
    top: int
    bottom: int

    def y(self, value: float) -> float:
        return self.bottom - self.axis.at(value) * (self.bottom - self.top)


def render_trend_svg(history: History) -> str:
    """Draw ``history``, which is not empty: its entries stand side by side, whatever the time between them.

    The line is broken where scores are counted in another way. The scales are whole numbers.
    """
    latest = history[-1]
    headline = f"Score {shown_score(latest.score)} of 100, {counted(latest.total, 'violation')}"
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "role": "img",
        },
    )
    ET.SubElement(root, "title").text = f"{headline}: ssot-lint, {latest.date.isoformat()}"
    ET.SubElement(root, "style").text = _style()
    card = {"x": "0.5", "y": "0.5", "width": str(WIDTH - 1), "height": str(HEIGHT - 1), "rx": "6"}
    ET.SubElement(root, "rect", {"class": "card", **card})
    root.append(_text(_MARGIN, 28, headline, "strong"))
    root.append(_text(WIDTH - _MARGIN, 28, f"{latest.short_commit}, {latest.date.isoformat()}", "end"))
    xs = _positions(len(history))
    score = _Panel(axis_of(entry.score for entry in history), _SCORE_TOP, _SCORE_BOTTOM)
    counts = _Panel(axis_of([0, *(entry.total for entry in history)]), _COUNT_TOP, _COUNT_BOTTOM)
    root.extend([*_grid(score, "score"), *_grid(counts, "violations")])
    root.extend([*_bars(history, xs, counts), *_lines(history, xs, score), *_dates(history, xs), *_legend(history)])
    ET.indent(root)
    return f"{ET.tostring(root, encoding='unicode')}\n"


def _style() -> str:
    font = "text{font-family:Helvetica,Arial,DejaVu Sans,sans-serif;font-size:11px}.strong{font-size:15px}"
    anchors = ".end{text-anchor:end}.middle{text-anchor:middle}.line{fill:none;stroke-width:2;stroke-linejoin:round}"
    return f"{font}{anchors}{_colors(LIGHT)}@media (prefers-color-scheme:dark){{{_colors(DARK)}}}"


def _colors(palette: Mapping[str, str]) -> str:
    lines = f".card,.grid{{stroke:{palette['grid']}}}.line{{stroke:{palette['score']}}}"
    fills = {"text": "text", ".card": "card", ".strong": "strong", ".dot": "score"}
    fills |= {f".{severity.value}": severity.value for severity in _SEVERITIES}
    return lines + "".join(f"{selector}{{fill:{palette[name]}}}" for selector, name in fills.items())


def _positions(count: int) -> Sequence[float]:
    """The middle of each entry's share of the width."""
    share = (_RIGHT - _LEFT) / count
    return [_LEFT + share * (at + 0.5) for at in range(count)]


def _grid(panel: _Panel, title: str) -> Iterator[ET.Element]:
    yield _text(_MARGIN, panel.top - 12, title)
    for value in panel.axis.ticks:
        y = _number(panel.y(value))
        yield ET.Element("line", {"class": "grid", "x1": str(_LEFT), "x2": str(_RIGHT), "y1": y, "y2": y})
        yield _text(_LEFT - 8, panel.y(value) + 4, f"{value:,}", "end")


def _lines(history: History, xs: Sequence[float], panel: _Panel) -> Iterator[ET.Element]:
    """A line for each comparable part, with a dot at its end."""
    points = ((x, panel.y(entry.score)) for x, entry in zip(xs, history, strict=True))
    for part in comparable(history):
        line = list(islice(points, len(part)))
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in line)
        yield ET.Element("polyline", {"class": "line", "points": path})
        x, y = line[-1]
        yield ET.Element("circle", {"class": "dot", "cx": _number(x), "cy": _number(y), "r": "4"})


def _bars(history: History, xs: Sequence[float], panel: _Panel) -> Iterator[ET.Element]:
    """A bar for each entry, the worst severity at the bottom."""
    width = min((_RIGHT - _LEFT) / len(history) * 0.8, _WIDEST_BAR)
    for x, entry in zip(xs, history, strict=True):
        stacked = 0
        for severity, count in entry.violations.items():
            if count:
                top, bottom = panel.y(stacked + count), panel.y(stacked)
                place = {"x": x - width / 2, "y": top, "width": width, "height": bottom - top}
                shown = {name: _number(value) for name, value in place.items()}
                yield ET.Element("rect", {"class": severity.value, **shown})
                stacked += count


def _dates(history: History, xs: Sequence[float]) -> Iterator[ET.Element]:
    """Those of the first and the last entry, and of some between them."""
    last = len(history) - 1
    shown = min(len(history), _MOST_DATES)
    for at in sorted({round(last * number / max(shown - 1, 1)) for number in range(shown)}):
        yield _text(xs[at], _DATES, history[at].date.isoformat(), "middle")


def _legend(history: History) -> Iterator[ET.Element]:
    for at, (severity, count) in enumerate(history[-1].violations.items()):
        x = _LEFT + at * 110
        square = {"x": str(x), "y": str(_LEGEND - 9), "width": "10", "height": "10"}
        yield ET.Element("rect", {"class": severity.value, **square})
        yield _text(x + 16, _LEGEND, f"{severity.value} {count:,}")


def _text(x: float, y: float, text: str, css: str = "") -> ET.Element:
    element = ET.Element("text", {"x": _number(x), "y": _number(y)} | ({"class": css} if css else {}))
    element.text = text
    return element


def _number(value: float) -> str:
    """Tenths of a pixel, without zeros that say nothing."""
    return f"{value:.1f}".removesuffix(".0")
