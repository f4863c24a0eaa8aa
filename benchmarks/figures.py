"""Medians, paired ratios and what may be concluded from them. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from statistics import median

FEWEST_RUNS = 3
"""Runs that it takes to conclude anything."""


class Verdict(Enum):
    """Whether a budget is met."""

    MET = "met"
    MISSED = "**not met**"
    UNDECIDED = "undecided: the runs lie on both sides"
    TOO_FEW = f"undecided: fewer than {FEWEST_RUNS} runs"


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> list[float]:
    """Each run against its partner of the same round, so that what slowed down a round slowed down both."""
    return [above / below for above, below in zip(numerators, denominators, strict=True)]


def judge(values: Sequence[float], limit: float) -> Verdict:
    """A budget is met, or missed, when every single run says so."""
    if len(values) < FEWEST_RUNS:
        return Verdict.TOO_FEW
    if max(values) <= limit:
        return Verdict.MET
    return Verdict.MISSED if min(values) > limit else Verdict.UNDECIDED


def per_doubling(small: Sequence[float], large: Sequence[float], growth: float) -> list[float]:
    """How the time grows each time that the lines double, round by round, when ``growth`` is by how much the lines of
    two corpora differ: 2 for what is linear. The rounds that both have are compared."""
    doublings = math.log2(growth)
    return [(more / less) ** (1 / doublings) for less, more in zip(small, large, strict=False)]


def shown(values: Sequence[float], digits: int = 2, unit: str = "") -> str:
    """The median and the range of all runs: ``1.31 s (1.29 to 1.40)``. Raises ValueError when there is none."""
    middle, least, most = (f"{value:,.{digits}f}" for value in (median(values), min(values), max(values)))
    return f"{middle}{unit}" if len(values) == 1 else f"{middle}{unit} ({least} to {most})"
