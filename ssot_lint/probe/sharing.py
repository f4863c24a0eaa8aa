"""P2: what two instances of different owners both reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TypeAlias

from ssot_lint.probe.reach import Surroundings, Walker
from ssot_lint.probe.records import Instance, Sharing, TestRun
from ssot_lint.probe.static import symbol_of

Neighbour: TypeAlias = tuple[Instance, Surroundings]
"""An instance, and what is near it."""


def meetings(neighbours: Iterable[Neighbour]) -> Iterator[tuple[Neighbour, Neighbour]]:
    """Pairs of instances of one component and of different owners that reach one mutable object, a few at most for each
    such object: each is held against the first that reached it."""
    first: dict[int, Neighbour] = {}
    for neighbour in neighbours:
        record, near = neighbour
        found = {id(one): one for key in near.mutable if (one := first.setdefault(key, neighbour)) is not neighbour}
        for one in found.values():
            if one[0].watched is record.watched and one[0].known_owner != record.known_owner:
                yield one, neighbour


def compare(
    walker: Walker, run: TestRun, one: Neighbour, other: Neighbour
) -> Iterator[tuple[tuple[object, ...], Sharing]]:
    """The outermost mutable objects that both instances reach, each with a key that stands for all pairs like this one.

    Left out is what the component shares by design, what leads to one of the two: that is where instances are
    registered, no state of theirs, and what one reaches only by way of the other, which holds its parts.
    """
    (first, ours), (second, theirs) = one, other
    both = [
        (key, obj)
        for key, obj in ours.mutable.items()
        if key in theirs.mutable and not _is_behind_one(ours, theirs, obj)
    ]
    registries = run.registries | ours.registries | theirs.registries
    ids = frozenset({id(ours.instance), id(theirs.instance)})
    told: list[str] = []
    for key, obj in both:
        here = walker.path(ours, obj)
        if any(here.startswith(path) for path in told):
            continue
        told.append(here)
        if key in registries or _is_meant(first.watched.component.shared, here, obj) or walker.leads_to(obj, ids):
            continue
        is_changed = key in run.fingerprints and run.fingerprints[key] != walker.fingerprint(obj)
        if key in ours.of_class and not is_changed:
            continue
        there = walker.path(theirs, obj)
        owners = (first.known_owner, second.known_owner)
        sharing = Sharing(first, second, owners, (here, there), type(obj).__name__, is_changed)
        yield (first.watched.component.name, id(first.cls), id(second.cls), here, there), sharing


def _is_behind_one(ours: Surroundings, theirs: Surroundings, obj: object) -> bool:
    return ours.is_behind(obj, theirs.instance) or theirs.is_behind(obj, ours.instance)


def _is_meant(globs: Sequence[str], path: str, obj: object) -> bool:
    name, symbol = path.removeprefix("."), symbol_of(type(obj))
    return any(fnmatchcase(name, glob) or symbol == glob for glob in globs)
