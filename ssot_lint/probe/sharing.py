"""P2: what two instances of different owners both reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from ssot_lint.probe.reach import Reached, Walker, fingerprint
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
    both = [(each, theirs.mutable[key]) for key, each in ours.mutable.items() if key in theirs.mutable]
    registries = run.registries | ours.registries | theirs.registries
    ids = frozenset({id(a), id(b)})
    told: list[str] = []
    for here, there in both:
        if any(here.path.startswith(path) for path in told):
            continue
        told.append(here.path)
        if _is_meant(first.watched.component.shared, here) or id(here.obj) in registries:
            continue
        if walker.leads_to(here.obj, ids):
            continue
        is_changed = _is_changed(run, here.obj)
        if here.is_of_class and not is_changed:
            continue
        key = (first.watched.component.name, id(first.cls), id(second.cls), here.path, there.path)
        owners = (first.known_owner, second.known_owner)
        yield key, Sharing(first, second, owners, (here.path, there.path), type(here.obj).__name__, is_changed)


def _is_changed(run: TestRun, obj: object) -> bool:
    before = run.fingerprints.get(id(obj))
    return before is not None and before != fingerprint(obj)


def _is_meant(globs: Sequence[str], reached: Reached) -> bool:
    path, symbol = reached.path.removeprefix("."), symbol_of(type(reached.obj))
    return any(fnmatchcase(path, glob) or symbol == glob for glob in globs)
