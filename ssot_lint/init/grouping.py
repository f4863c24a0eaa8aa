"""Groups of things that have something in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")


def linked(items: Iterable[T], keys_of: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """``items`` in groups: those that share a key, with each other or with a third one. In their order, the groups by
    their first items; nearly linear in the number of keys."""
    leaders: dict[Hashable, Hashable] = {}
    keyed = [(item, [("item", index), *keys_of(item)]) for index, item in enumerate(items)]
    for _, keys in keyed:
        first = _leader(leaders, keys[0])
        for key in keys[1:]:
            leaders[_leader(leaders, key)] = first
    groups: dict[Hashable, list[T]] = {}
    for item, keys in keyed:
        groups.setdefault(_leader(leaders, keys[0]), []).append(item)
    return list(groups.values())


def _leader(leaders: dict[Hashable, Hashable], key: Hashable) -> Hashable:
    """The key that stands for the group of ``key``; the way there is halved for the next time."""
    while key in leaders and leaders[key] != key:
        above = leaders[key]
        leaders[key] = leaders.get(above, above)
        key = leaders[key]
    return key
