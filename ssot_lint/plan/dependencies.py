"""What merges do to other work: they take code away, and definitions are settled by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

from ssot_lint.model.finding import Home, Site
from ssot_lint.model.plan import Action
from ssot_lint.plan.addresses import qualname
from ssot_lint.plan.work import Work

_Place: TypeAlias = tuple[str, str]
"""Path and qualified name."""


class Merges:
    """The merges among works, which go by their indices, by the definitions that they delete and keep."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._deleting: dict[_Place, list[int]] = defaultdict(list)
        self._keeping: dict[_Place, list[int]] = defaultdict(list)
        for at, work in enumerate(works):
            for symbol in work.delete:
                self._deleting[symbol.module.path, symbol.qualname].append(at)
            for home in _homes(work) if work.delete else ():
                self._keeping[_place(home)].append(at)

    def deleting(self, place: Home | Site) -> set[int]:
        """Those that delete the definition at ``place``, or one that it lies in."""
        return {merge for around in _around(place) for merge in self._deleting.get(around, ())}

    def deleting_around(self, place: Home | Site) -> set[int]:
        """Those that delete a definition that ``place`` lies in, but not the one at ``place`` itself."""
        return self.deleting(place) - set(self._deleting.get(_place(place), ()))

    def keeping(self, home: Home) -> Sequence[int]:
        """Those that merge something into the definition at ``home``."""
        return self._keeping.get(_place(home), ())


def dependencies(works: Sequence[Work]) -> list[set[int]]:
    """For each of ``works`` the indices of those to be done first.

    Nothing is changed in code that a merge deletes: what has its home there, or a site, comes after the merge. Of two
    merges that delete the same definition neither waits for the other. Imports move to a definition after everything
    has been merged into it.
    """
    merges = Merges(works)
    return [_needed(work, merges) - {at} for at, work in enumerate(works)]


def _needed(work: Work, merges: Merges) -> set[int]:
    deleting = merges.deleting_around if work.delete else merges.deleting
    needed = set().union(*(deleting(judged.site) for judged in work.sites))
    for home in _homes(work):
        needed |= merges.deleting(home)
        if work.judged[0].rule.action in (Action.MOVE_IMPORTS, Action.REWRITE_IMPORTS):
            needed.update(merges.keeping(home))
    return needed


def _homes(work: Work) -> Iterator[Home]:
    return (judged.finding.home for judged in work.judged if judged.finding.home is not None)


def _place(place: Home | Site) -> _Place:
    return place.location.path, qualname(place)


def _around(place: Home | Site) -> Iterator[_Place]:
    """The place and every definition that it lies in: ``a``, ``a.b``, ``a.b.c``."""
    path, name = _place(place)
    for outer in accumulate(name.split("."), lambda outer, inner: f"{outer}.{inner}"):
        yield path, outer
