from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ssot_lint.history.document import parse
from ssot_lint.history.entry import HistoryEntry
from ssot_lint.reporters.badge import FAIR, GOOD, LABEL, POOR, render_badge
from ssot_lint.reporters.trend_svg import DARK, HEIGHT, LIGHT, WIDTH, render_trend_svg

DOCS = Path(__file__).parents[3] / "docs"
SVG = "{http://www.w3.org/2000/svg}"
FIRST = HistoryEntry(date(2026, 1, 2), "a" * 40, 80.0, 1, critical=0, high=2, medium=8, low=0)
SECOND = HistoryEntry(date(2026, 2, 3), "b" * 40, 84.0, 1, critical=1, high=0, medium=3, low=1)
OTHER = HistoryEntry(date(2026, 3, 4), "c" * 40, 82.0, 2, critical=0, high=0, medium=0, low=0)


def drawn(*history: HistoryEntry) -> ET.Element:
    return ET.fromstring(render_trend_svg(history))  # noqa: S314 - our own


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def bars(root: ET.Element) -> list[tuple[str, ...]]:
    found = [rect for rect in root.iter(f"{SVG}rect") if float(rect.get("x", "0")) > 48 and rect.get("width") == "24"]
    return [(rect.attrib["class"], rect.attrib["y"], rect.attrib["height"]) for rect in found]


def brightness(color: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_score_is_a_line_to_scale() -> None:
    root = drawn(FIRST, SECOND)
    assert [line.attrib["points"] for line in root.iter(f"{SVG}polyline")] == ["204,184 516,64"]
    assert [(dot.get("cx"), dot.get("cy")) for dot in root.iter(f"{SVG}circle")] == [("516", "64")]


def test_the_line_breaks_where_scores_are_counted_in_another_way() -> None:
    lines = list(drawn(FIRST, SECOND, OTHER).iter(f"{SVG}polyline"))
    assert [line.attrib["points"] for line in lines] == ["152,184 360,64", "568,124"]


def test_violations_are_bars_with_the_worst_at_the_bottom() -> None:
    assert bars(drawn(FIRST, SECOND, OTHER)) == [
        ("high", "292.8", "19.2"),
        ("medium", "216", "76.8"),
        ("critical", "302.4", "9.6"),
        ("medium", "273.6", "28.8"),
        ("low", "264", "9.6"),
    ]


def test_the_latest_figures_stand_in_words() -> None:
    assert texts(drawn(FIRST, SECOND)) == [
        *("Score 84.0 of 100, 5 violations", "bbbbbbb, 2026-02-03"),
        *("score", "80", "81", "82", "83", "84"),
        *("violations", "0", "5", "10"),
        *("2026-01-02", "2026-02-03"),
        *("critical 1", "high 0", "medium 3", "low 1"),
    ]


@pytest.mark.parametrize("count", [1, 4, 5, 6, 400])
def test_a_history_of_any_length_stays_inside(count: int) -> None:
    history = tuple(
        HistoryEntry(FIRST.date + timedelta(days=day), f"{day:040x}", day % 101, 1, 1, day % 7, day, 0)
        for day in range(count)
    )
    root = drawn(*history)
    dates = [text for text in texts(root) if text.startswith("20") and "-" in text]
    assert len(dates) == min(count, 5)
    assert dates[-1] == history[-1].date.isoformat()
    for rect in root.iter(f"{SVG}rect"):
        assert 0 <= float(rect.get("x", "0")) < float(rect.get("x", "0")) + float(rect.attrib["width"]) <= WIDTH
        assert 0 <= float(rect.get("y", "0")) <= float(rect.get("y", "0")) + float(rect.attrib["height"]) <= HEIGHT


def test_nothing_in_the_picture_acts() -> None:
    assert {element.tag.removeprefix(SVG) for element in drawn(FIRST, SECOND).iter()} == {
        *("svg", "title", "style", "rect", "text", "line", "polyline", "circle")
    }


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_can_be_told_from_their_background(palette: Mapping[str, str]) -> None:
    """Text has a contrast of 4.5, shapes of 3 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    least = {name: 4.5 if name in ("text", "strong") else 3.0 for name in palette if name not in ("card", "grid")}
    assert [name for name, ratio in least.items() if contrast(palette[name], palette["card"]) < ratio] == []


def test_the_picture_in_the_documentation_is_up_to_date() -> None:
    """To draw it anew: ``ssot-lint history show docs/example-history.jsonl -f svg -o docs/trend.svg``."""
    history = parse((DOCS / "example-history.jsonl").read_bytes(), "example-history.jsonl")
    assert render_trend_svg(history) == (DOCS / "trend.svg").read_text()


def test_the_badge_says_the_score() -> None:
    assert render_badge(SECOND) == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="122" height="20" role="img">\n'
        "  <title>SSOT score: 84.0</title>\n"
        '  <rect width="122" height="20" rx="3" fill="#4d5560" />\n'
        '  <rect x="82" width="40" height="20" fill="#9a6700" rx="3" />\n'
        '  <rect x="82" width="3" height="20" fill="#9a6700" />\n'
        '  <g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">\n'
        '    <text x="6" y="14" textLength="70">SSOT score</text>\n'
        '    <text x="88" y="14" textLength="28">84.0</text>\n'
        "  </g>\n"
        "</svg>\n"
    )


@pytest.mark.parametrize(("score", "color"), [(100.0, GOOD), (85.0, GOOD), (84.99, FAIR), (60.0, FAIR), (59.9, POOR)])
def test_the_badge_is_coloured_by_the_score(score: float, color: str) -> None:
    badge = render_badge(HistoryEntry(FIRST.date, FIRST.commit, score, 1, 0, 0, 0, 0))
    assert badge.count(f'fill="{color}"') == 2


def test_the_words_of_the_badge_can_be_read() -> None:
    assert [color for color in (GOOD, FAIR, POOR, LABEL) if contrast(color, "#ffffff") < 4.5] == []
