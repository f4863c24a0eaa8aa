"""Which of the violations of today the baseline knows.

Every entry knows one violation. Four rules in turn pair what the ones before have left over, so that fixing one
violation never pays for another one, and what only moved is not new:

1. the same rule, subject and site, whatever became of the body;
2. the same rule and concept in the same definition of a file that version control calls renamed;
3. the same rule and site under another subject of the same concept or with the same body, if the old subject is gone;
4. the same rule, concept and body elsewhere, if the old place is gone.

That order asks for the place first: copies have one body, so that a body alone could take the entry of a copy that was
moved and edited. A concept is a subject without the modules that its parts stand in (:attr:`BaselineEntry.concept`),
which are other ones when files move; after the first rule only concepts are compared. A violation without a body is
never known by it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from ssot_lint.baseline.entry import Baseline, BaselineEntry


class Match(NamedTuple):
    """What the baseline knows of a violation: its entry, or one that it resembles and that knows none; or nothing."""

    entry: BaselineEntry | None
    lookalike: BaselineEntry | None


class Matching(NamedTuple):
    """A match for each violation, and the entries that know none: what they knew is gone, or was not looked at."""

    matches: tuple[Match, ...]
    stale: tuple[BaselineEntry, ...]


def match(
    current: Sequence[BaselineEntry],
    baseline: Baseline,
    renames: Mapping[str, str],
    is_unseen: Callable[[str], bool] = lambda _: False,
) -> Matching:
    """Pair the violations of a scan, all of them, as entries, with those of ``baseline``.

    ``renames`` maps paths of the time of the baseline to those of today. ``is_unseen`` tells of a path whether the file
    is there but was not scanned: what it held is not gone, and pays for nothing elsewhere. Time is linear in the number
    of violations and entries; the order of ``current`` does not matter.
    """
    entries = {entry.key: entry for entry in baseline.entries}
    known = {at: entries.pop(entry.key) for at, entry in enumerate(current) if entry.key in entries}
    if not entries or len(known) == len(current):
        return Matching(tuple(Match(known.get(at), None) for at in range(len(current))), tuple(entries.values()))
    leftovers = _Leftovers({at: entry for at, entry in enumerate(current) if at not in known}, entries.values())
    for old_key, new_key in _keys(current, leftovers.old, renames, is_unseen):
        known |= leftovers.pair(old_key, new_key)
    stale = tuple(each.entry for each in leftovers.old)
    lookalikes: dict[int, BaselineEntry] = {}
    for key in (_namesake, _neighbour, _namesake_of_any_rule):
        lookalikes |= leftovers.pair(key, key)
    return Matching(tuple(Match(known.get(at), lookalikes.get(at)) for at in range(len(current))), stale)


class _Traits(msgspec.Struct, frozen=True, eq=False, gc=False):
    """An entry with what is compared; computed once, told apart by identity."""

    entry: BaselineEntry
    place: str
    path: str
    qualname: str
    concept: str


def _traits(entry: BaselineEntry) -> _Traits:
    place = entry.place
    path, _, qualname = place.rpartition("::")
    return _Traits(entry, place, path, qualname, entry.concept)


_Key: TypeAlias = tuple[str, ...]
_KeyOf: TypeAlias = Callable[[_Traits], _Key | None]


class _Leftovers:
    """What is not paired yet: ``new`` violations by their index, and ``old`` entries, both in the order of entries."""

    def __init__(self, new: Mapping[int, BaselineEntry], old: Iterable[BaselineEntry]) -> None:
        self.new = {at: _traits(new[at]) for at in sorted(new, key=lambda at: new[at].key)}
        self.old = [_traits(entry) for entry in old]

    def pair(self, old_key: _KeyOf, new_key: _KeyOf) -> dict[int, BaselineEntry]:
        """Take out what has the same key, and return the entry for each index. None is no key."""
        if not (self.new and self.old):
            return {}
        keys = {at: key for at, each in self.new.items() if (key := new_key(each)) is not None}
        wanted = set(keys.values())
        waiting: dict[_Key, deque[_Traits]] = defaultdict(deque)
        for each in self.old:
            if (old := old_key(each)) is not None and old in wanted:
                waiting[old].append(each)
        pairs = {at: candidates.popleft() for at, key in keys.items() if (candidates := waiting.get(key))}
        if not pairs:
            return {}
        used = set(pairs.values())
        self.old = [each for each in self.old if each not in used]
        self.new = {at: each for at, each in self.new.items() if at not in pairs}
        return {at: each.entry for at, each in pairs.items()}


def _keys(
    current: Iterable[BaselineEntry],
    old: Iterable[_Traits],
    renames: Mapping[str, str],
    is_unseen: Callable[[str], bool],
) -> tuple[tuple[_KeyOf, _KeyOf], ...]:
    """By what ``old`` entries and violations are paired, rule after rule."""
    places = {each.place for each in old}
    occupied = {(entry.rule, entry.concept, entry.place) for entry in current if entry.place in places}
    subjects = {(entry.rule, entry.subject) for entry in current}

    def renamed(old: _Traits) -> _Key | None:
        path = renames.get(old.path)
        return None if path is None else (old.entry.rule, old.concept, path, old.qualname)

    def if_subject_is_gone(key: _KeyOf) -> _KeyOf:
        return lambda old: None if (old.entry.rule, old.entry.subject) in subjects else key(old)

    def if_place_is_gone(old: _Traits) -> _Key | None:
        is_there = (old.entry.rule, old.concept, old.place) in occupied or is_unseen(old.path)
        return None if is_there else _code(old)

    return (
        (_place, _place),
        (renamed, _definition),
        (if_subject_is_gone(_concept_in_place), _concept_in_place),
        (if_subject_is_gone(_code_in_place), _code_in_place),
        (if_place_is_gone, _code),
    )


def _place(each: _Traits) -> _Key:
    return each.entry.rule, each.entry.subject, each.place


def _definition(each: _Traits) -> _Key:
    return each.entry.rule, each.concept, each.path, each.qualname


def _concept_in_place(each: _Traits) -> _Key:
    return each.entry.rule, each.place, each.concept


def _code_in_place(each: _Traits) -> _Key | None:
    return (each.entry.rule, each.place, each.entry.body) if each.entry.body else None


def _code(each: _Traits) -> _Key | None:
    return (each.entry.rule, each.concept, each.entry.body) if each.entry.body else None


def _namesake(each: _Traits) -> _Key:
    return each.entry.rule, each.concept, each.qualname


def _neighbour(each: _Traits) -> _Key:
    return each.entry.rule, each.concept, each.path


def _namesake_of_any_rule(each: _Traits) -> _Key:
    return each.concept, each.qualname
