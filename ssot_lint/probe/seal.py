"""Tells in little time that a module still leads to what it led to before, however much that is.

A seal keeps no object of the program alive but its classes: whatever else is found again by its name.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Reversible, Sequence
from enum import Enum
from itertools import repeat
from types import BuiltinFunctionType, FunctionType, GetSetDescriptorType, MemberDescriptorType, ModuleType
from typing import NamedTuple, TypeAlias, cast

from ssot_lint.probe.static import values_of

_LASTING = frozenset(
    map(
        id,
        (
            *(FunctionType, BuiltinFunctionType, staticmethod, classmethod, property, ModuleType),
            *(MemberDescriptorType, GetSetDescriptorType, str, bytes, int, float),
        ),
    )
)
"""The ids of classes whose instances no program replaces by a container: functions, modules, texts, numbers."""


class Place(NamedTuple):
    """A name in a namespace: that of the module for ``number`` 0, else that of its class of this number, from 1."""

    number: int
    name: str
    symbol: str


Names: TypeAlias = tuple[int, tuple[str, ...]]
"""Names in the namespace of a number."""


class Seal(NamedTuple):
    """How a module was found.

    ``closed`` are containers that led to nothing that changes, ``variables`` what may be replaced,
    ``others`` what may hold instances as it is. ``stamp``: the latest name of each namespace, the ids of the first
    two, and of what the closed containers held.
    """

    classes: tuple[Mapping[str, object], ...]
    closed: tuple[Names, ...]
    variables: tuple[Names, ...]
    others: tuple[Place, ...]
    stamp: list[object]

    def holds(self, own: Mapping[str, object]) -> bool:
        """Whether all that is still so. ``own`` is the namespace of the module."""
        return self.stamp == _stamp((own, *self.classes), self.closed, self.variables)

    def found(self, own: Mapping[str, object]) -> list[tuple[str, object]]:
        """What is at the other places now, each with its symbol."""
        namespaces = (own, *self.classes)
        return [(symbol, namespaces[number].get(name)) for number, name, symbol in self.others]


def sealed(
    own: Mapping[str, object],
    classes: Sequence[tuple[Place, Mapping[str, object]]],
    places: Sequence[Place],
    is_closed: Callable[[object], bool],
) -> Seal:
    """The seal of a module with the namespaces of its ``classes``, whose ``places`` may hold instances."""
    inner = tuple(each for _, each in classes)
    namespaces = (own, *inner)
    values = [(place, namespaces[place.number].get(place.name)) for place in places]
    sure = {place for place, value in values if _shows_all(value) and is_closed(value)}
    closed = _by_namespace(place for place in places if place in sure)
    others = tuple(place for place in places if place not in sure)
    variables = _by_namespace([*(place for place, _ in classes), *_variables(namespaces, places)])
    return Seal(inner, closed, variables, others, _stamp(namespaces, closed, variables))


def may_be_replaced(name: str, value: object) -> bool:
    """Whether a name in a namespace may come to mean a container, if it does not already."""
    kind = type(value)
    return not (name.startswith("__") or id(kind) in _LASTING or issubclass(kind, (type, Enum)))


def _variables(namespaces: Sequence[Mapping[str, object]], places: Sequence[Place]) -> list[Place]:
    known = {(place.number, place.name) for place in places}
    return [
        Place(number, name, "")
        for number, namespace in enumerate(namespaces)
        for name, value in list(namespace.items())
        if (number, name) not in known and may_be_replaced(name, value)
    ]


def _stamp(
    namespaces: Sequence[Mapping[str, object]], closed: Sequence[Names], variables: Sequence[Names]
) -> list[object]:
    containers = _values(namespaces, closed)
    held = gc.get_referents(*containers)  # one call for all: asking each for its values takes several times as long
    latest = map(next, map(reversed, cast("Sequence[Reversible[str]]", namespaces)), repeat(""))
    return [*latest, *map(id, containers), *map(id, held), *map(id, _values(namespaces, variables))]


def _by_namespace(places: Iterable[Place]) -> tuple[Names, ...]:
    names: dict[int, list[str]] = {}
    for number, name, _ in places:
        names.setdefault(number, []).append(name)
    return tuple((number, tuple(each)) for number, each in names.items())


def _values(namespaces: Sequence[Mapping[str, object]], names: Sequence[Names]) -> list[object]:
    found: list[object] = []
    for number, each in names:
        found.extend(map(namespaces[number].get, each))
    return found


def _shows_all(container: object) -> bool:
    """Whether the collector sees what a container holds. In a view it sees the mapping behind it, and in the
    ``__dict__`` of an instance nothing from Python 3.13 on; of what is empty it cannot be known."""
    values = values_of(container)
    return bool(values) and set(map(id, values or ())).issubset(map(id, gc.get_referents(container)))
