"""Tells in little time that containers lead to none of a few objects: mostly what a test leaves behind is garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence, Set
from itertools import chain

import msgspec

from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.static import CONTAINERS, values_of

_DEPTH = 10
"""Levels that are looked at. What is five steps away for a reader is at most ten for the collector, which takes one to
the ``__dict__`` of an object or to the mapping behind a view, and one more to what that holds."""

_MOST_OBJECTS = 5_000
"""Objects after which it is not worth while: who asks then finds out otherwise."""

_COLLECTED = 1 << 14
"""The flag of classes in whose instances the collector looks: Py_TPFLAGS_HAVE_GC."""

_MAY_BE_EMBEDDED = sys.version_info >= (3, 13)
"""Whether a dict may be the ``__dict__`` of an object that holds its values itself: the collector sees none in it."""


class Kind(msgspec.Struct, frozen=True):
    """What is to be done with instances of ``cls``, which is kept: its id is then nobody else's. ``is_hidden``: the
    collector does not see what they hold."""

    cls: type
    is_followed: bool
    is_hidden: bool


class Holders:
    """Asks the collector what objects hold, all of one level in one call. ``own`` tells which classes are the
    project's: their instances are followed, and containers."""

    def __init__(self, own: OwnClasses, reader: Reader) -> None:
        self._own, self._reader = own, reader
        self._kinds: dict[int, Kind] = {}

    def may_hold(self, containers: Sequence[object], ids: Set[int]) -> bool:
        """Whether ``containers`` may lead to one of the objects with these ids; False is certain."""
        seen = set(map(id, containers))
        level, hidden = self._parted(containers)
        for _ in range(_DEPTH):
            held = gc.get_referents(*level)
            held.extend(chain.from_iterable(map(self._read, hidden)))
            found = dict(zip(map(id, held), held, strict=True))
            if not ids.isdisjoint(found) or len(seen) > _MOST_OBJECTS:
                return True
            level, hidden = self._parted([found[key] for key in found.keys() - seen])
            if not (level or hidden):
                break
            seen.update(found)
        return False

    def _parted(self, objects: Sequence[object]) -> tuple[list[object], list[object]]:
        """Those that are followed: by the collector, and read by us."""
        level: list[object] = []
        hidden: list[object] = []
        known = self._kinds
        for obj in objects:
            cls = type(obj)
            kind = known.get(id(cls)) or self._kind(cls)
            if kind.is_followed:
                (hidden if kind.is_hidden else level).append(obj)
        return level, hidden

    def _kind(self, cls: type) -> Kind:
        is_followed = not issubclass(cls, type) and (issubclass(cls, CONTAINERS) or self._own.is_own(cls))
        flags: int = type.__dict__["__flags__"].__get__(cls)
        is_hidden = not flags & _COLLECTED or (cls is dict and _MAY_BE_EMBEDDED)
        known = self._kinds[id(cls)] = Kind(cls, is_followed, is_hidden)
        return known

    def _read(self, obj: object) -> list[object]:
        values = values_of(obj)
        return self._reader.values(obj) if values is None else values
