"""Which files mention a name, where a few names are asked for once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ssot_lint.project.symbols import Module

_BYTES = 4
"""What :func:`ssot_lint.model.facts.mention_of` makes of a name."""


class Mentions:
    """The mentions of all modules, one after the other: to search them is a tenth of the work of asking each module,
    and a table of all names would take longer than the few questions of one scan, and memory."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = modules
        texts = [module.facts.mentions for module in modules]
        self._text = b"".join(texts)
        self._ends = list(accumulate(map(len, texts)))

    def holders(self, mention: bytes) -> Iterator[Module]:
        """The modules that have it, in their order."""
        place = self._text.find(mention)
        while place >= 0:
            following = place + 1
            if place % _BYTES == 0:
                index = bisect_right(self._ends, place)
                yield self._modules[index]
                following = self._ends[index]
            place = self._text.find(mention, following)
