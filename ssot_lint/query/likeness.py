"""How much of the lines of two definitions is equal, and which definitions are worth comparing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

NEAR_FROM = 0.7
"""Share of equal lines from which on code is a near copy: that of the rules."""
ALIKE_FROM = 0.8
"""The same where names do not count: more lines are equal by chance then."""
LEAST_LINES = 3
"""Fewer lines than that are near anything."""
_SKETCH = 8
"""Lines that stand for a definition: of two that share 70 % of their lines one in four hundred pairs shares none."""
_COMPARED = 40
_SAYS_NOTHING = 2_000
"""A line that so many definitions have finds none of them."""
_HASH_BITS = 32


def hashes(lines: bytes) -> Counter[int]:
    """The hashes of the lines of a body."""
    found = array("I")
    found.frombytes(lines)
    return Counter(found)


def share_of_equal_lines(one: bytes, other: bytes) -> float:
    """Twice the equal lines over all lines: from 0.0 to 1.0."""
    first, second = hashes(one), hashes(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


class Sketches:
    """Which of many definitions share lines with a new one: each stands there with its smallest hashes."""

    def __init__(self, pairs: array[int]) -> None:
        self._pairs = pairs

    @classmethod
    def of(cls, bodies: Iterable[tuple[int, bytes]]) -> Sketches:
        """Those of the definitions with these numbers and lines."""
        pairs = (value << _HASH_BITS | number for number, lines in bodies for value in _smallest(lines))
        return cls(array("Q", sorted(pairs)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketches:
        """What :meth:`to_bytes` gave, on this machine."""
        pairs = array("Q")
        pairs.frombytes(data)
        return cls(pairs)

    def to_bytes(self) -> bytes:
        """For the cache."""
        return self._pairs.tobytes()

    def like(self, lines: bytes) -> list[int]:
        """The numbers of the definitions that share the most of the smallest hashes of ``lines``, most first."""
        found = Counter(number for value in _smallest(lines) for number in self._with(value))
        return [number for number, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMPARED]]

    def _with(self, value: int) -> Iterator[int]:
        first, end = (bisect_left(self._pairs, each << _HASH_BITS) for each in (value, value + 1))
        if end - first < _SAYS_NOTHING:
            yield from (pair & (1 << _HASH_BITS) - 1 for pair in self._pairs[first:end])


def _smallest(lines: bytes) -> list[int]:
    found = hashes(lines)
    return sorted(found)[:_SKETCH] if found.total() >= LEAST_LINES else []
