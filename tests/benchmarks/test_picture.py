"""The picture for the README."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from benchmarks.picture import draw
from tests.benchmarks.results import a_round, a_size

_SVG = "{http://www.w3.org/2000/svg}"


def test_nothing_is_drawn_that_was_not_measured() -> None:
    assert draw({}) == ""


def test_bars_are_as_long_as_the_medians_of_the_largest_size() -> None:
    rounds = [a_round(floor=10, cold=20, edited=5, warm=1)] * 3
    picture = draw({"10k": a_size("10k", 10_000, [a_round()]), "1m": a_size("1m", 1_000_000, rounds)})
    root = ET.fromstring(picture)  # noqa: S314 - our own
    widths = [float(bar.attrib["width"]) for bar in root.iter(f"{_SVG}rect")][1:]
    assert widths == [200.0, 400.0, 100.0, 20.0]
    texts = [text.text for text in root.iter(f"{_SVG}text")]
    assert texts[0] == "1,000,000 lines in 10,000 files, two workers, seconds"
    assert texts[1::2] == ["LibCST's parse alone", "first scan", "a function edited", "nothing changed"]
    assert texts[2::2] == ["10.0", "20.0", "5.0", "1.0"]
