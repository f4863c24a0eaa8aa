"""P2: what two instances of different owners both reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from ssot_lint.probe.reach import Walker
from ssot_lint.probe.records import Instance, Sharing, TestRun
from ssot_lint.probe.static import symbol_of


def compare(
    walker: Walker, run: TestRun, one: tuple[Instance, object], other: tuple[Instance, object]
) -> Iterator[tuple[tuple[object, ...], Sharing]]:
    """The outermost mutable objects that both instances reach, each with a key that stands for all pairs like this one.

    Left out is what the component shares by design, and what leads to one of the two: that is where instances are
    registered, no state of theirs.
    """
    (first, a), (second, b) = one, other
    ours, theirs = walker.reached(a), walker.reached(b)
    both = [(key, obj) for key, obj in ours.mutable.items() if key in theirs.mutable]
    registries = run.registries | ours.registries | theirs.registries
    ids = frozenset({id(a), id(b)})
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


def _is_meant(globs: Sequence[str], path: str, obj: object) -> bool:
    name, symbol = path.removeprefix("."), symbol_of(type(obj))
    return any(fnmatchcase(name, glob) or symbol == glob for glob in globs)
