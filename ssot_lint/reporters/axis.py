"""The scale of a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple


class Axis(NamedTuple):
    """From ``low`` to ``high``, both multiples of ``step``; all are whole numbers."""

    low: int
    high: int
    step: int

    def at(self, value: float) -> float:
        """Where ``value`` is: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> range:
        """The values to be labelled."""
        return range(self.low, self.high + 1, self.step)


def axis_of(values: Iterable[float], most: int = 4) -> Axis:
    """An axis that holds ``values``, none of them negative, in about ``most`` steps of 1, 2 or 5 times a power of ten.

    It never ends beyond 100 for values that do not: these steps divide 100.
    """
    given = list(values)
    least, greatest = min(given), max(given)
    step = _step((greatest - least) / most)
    low, high = math.floor(least / step) * step, math.ceil(greatest / step) * step
    if low == high:
        return Axis(low - step, high, step) if low else Axis(0, step, step)
    return Axis(low, high, step)


def _step(least: float) -> int:
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10
