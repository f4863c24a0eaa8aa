"""The words of an identifier, and the parts of a dotted name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
"""One word of an identifier."""


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of an identifier, lower case: ``LegacyHTTPClient_v2`` is legacy, http, client, v, 2."""
    return tuple(word.lower() for word in WORD.findall(name))


def stand_in_order(parts: Iterable[str], others: Iterable[str]) -> bool:
    """Whether all of ``parts`` are among ``others``, in their order."""
    left = iter(others)
    return all(part in left for part in parts)


def last_part(dotted: str) -> str:
    """The last part of a dotted name: ``shop.cart`` is ``cart``."""
    return dotted.rpartition(".")[2]
