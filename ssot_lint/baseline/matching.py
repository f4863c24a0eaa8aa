"""Which of the violations of today the baseline knows.

Every entry knows one violation. Seven rules in turn pair what the ones before have left over, so that fixing one
violation never pays for another one, and what only moved or was renamed is not new:

1. the same rule, subject and site, whatever became of the body;
2. the same rule and concept in the same definition of a file that version control calls renamed;
3. the same rule and site under another subject of the same concept or with the same body, or that lists the definition
   or its class as the old one does, if the old subject is gone: others have joined or left the copies of it;
4. the same rule, concept and body elsewhere, if the old place is gone;
5. the same rule and body under another name in the same file, if the old place is gone and the new one was not there;
6. the same rule, concept and definition in a file of the same name elsewhere, if the old file is gone, where the body
   tells nothing: there is none, or it is a statement that names the module;
7. the same rule in the same file where a class that is gone has been replaced by one that is new, in the subject, the
   definition or both, and something else in them is the same.

That order asks for the place first: copies have one body, so that a body alone could take the entry of a copy that was
moved and edited. A concept is a subject without the modules that its parts stand in (:attr:`BaselineEntry.concept`),
which are other ones when files move; after the first rule only concepts are compared. A violation without a body is
never known by it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from ssot_lint.baseline.entry import MODULE, Baseline, BaselineEntry
from ssot_lint.baseline.present import NOTHING_KNOWN, Present
from ssot_lint.baseline.renaming import masked, names_in, renamed_modules, with_modules


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
    present: Present = NOTHING_KNOWN,
) -> Matching:
    """Pair the violations of a scan, all of them, as entries, with those of ``baseline``.

    ``renames`` maps paths of the time of the baseline to those of today. What a file held that ``present`` calls unseen
    is not gone, and pays for nothing elsewhere. Time is linear in the number of violations and entries; the order of
    ``current`` does not matter.
    """
    entries = {entry.key: entry for entry in baseline.entries}
    known = {at: entries.pop(entry.key) for at, entry in enumerate(current) if entry.key in entries}
    if not entries or len(known) == len(current):
        return Matching(tuple(Match(known.get(at), None) for at in range(len(current))), tuple(entries.values()))
    leftovers = _Leftovers({at: entry for at, entry in enumerate(current) if at not in known}, entries.values())
    keys = _Keys(current, baseline.entries, leftovers.old, renames, present)
    for old_key, new_key in keys.in_turn():
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


class _Keys:
    """By what old entries and violations are paired."""

    def __init__(
        self,
        current: Sequence[BaselineEntry],
        baseline: Sequence[BaselineEntry],
        old: Iterable[_Traits],
        renames: Mapping[str, str],
        present: Present,
    ) -> None:
        places = {each.place for each in old}
        self._occupied = {(entry.rule, entry.concept, entry.place) for entry in current if entry.place in places}
        self._taken = {(rule, place) for rule, _, place in self._occupied}
        self._subjects = {(entry.rule, entry.subject) for entry in current}
        self._were_there = {(entry.rule, entry.place) for entry in baseline}
        self._names_then, self._names_now = names_in(baseline), names_in(current)
        self._renames, self._modules, self._present = renames, renamed_modules(renames), present

    def in_turn(self) -> Iterator[tuple[_KeyOf, _KeyOf]]:
        """The keys of the rules after the first, each of an old entry and of a violation."""
        yield _place, _place
        yield self._in_renamed_file, _definition
        yield self._listed_in_renamed_file, _listed
        yield self._if_subject_is_gone(_concept_in_place), _concept_in_place
        yield self._if_subject_is_gone(_code_in_place), _code_in_place
        yield self._if_subject_is_gone(_listed), _listed
        yield self._code_if_place_is_gone, _code
        yield self._code_of_gone_name, self._code_of_new_name
        yield self._in_gone_file, self._in_new_file
        yield self._without_gone_classes, self._without_new_classes

    def _in_renamed_file(self, old: _Traits) -> _Key | None:
        path = self._renames.get(old.path)
        concept = with_modules(old.concept, self._modules)
        return None if path is None else (old.entry.rule, concept, path, old.qualname)

    def _listed_in_renamed_file(self, old: _Traits) -> _Key | None:
        path, key = self._renames.get(old.path), self._if_subject_is_gone(_listed)(old)
        return key and (None if path is None else (old.entry.rule, path, old.qualname))

    def _if_subject_is_gone(self, key: _KeyOf) -> _KeyOf:
        return lambda old: None if (old.entry.rule, old.entry.subject) in self._subjects else key(old)

    def _code_if_place_is_gone(self, old: _Traits) -> _Key | None:
        is_there = (old.entry.rule, old.concept, old.place) in self._occupied or self._present.is_unseen(old.path)
        return None if is_there else _code(old)

    def _code_of_gone_name(self, old: _Traits) -> _Key | None:
        is_there = (old.entry.rule, old.place) in self._taken or self._present.is_unseen(old.path)
        path = self._renames.get(old.path, old.path)
        return (old.entry.rule, path, old.entry.body) if old.entry.body and not is_there else None

    def _code_of_new_name(self, new: _Traits) -> _Key | None:
        was_there = (new.entry.rule, new.place) in self._were_there
        return (new.entry.rule, new.path, new.entry.body) if new.entry.body and not was_there else None

    def _in_gone_file(self, old: _Traits) -> _Key | None:
        return None if self._present.has_file(old.path) else _in_file_of_that_name(old)

    def _in_new_file(self, new: _Traits) -> _Key | None:
        return None if (new.entry.rule, new.place) in self._were_there else _in_file_of_that_name(new)

    def _without_gone_classes(self, old: _Traits) -> _Key | None:
        concept = with_modules(old.concept, self._modules)
        found = None if self._present.is_unseen(old.path) else masked(concept, old.qualname, self._is_gone)
        return found and (old.entry.rule, self._renames.get(old.path, old.path), *found)

    def _without_new_classes(self, new: _Traits) -> _Key | None:
        found = masked(new.concept, new.qualname, self._is_new)
        return found and (new.entry.rule, new.path, *found)

    def _is_gone(self, name: str) -> bool:
        return name not in self._names_now and not self._present.has_name(name)

    def _is_new(self, name: str) -> bool:
        return name not in self._names_then and self._present.has_class(name)


def _in_file_of_that_name(each: _Traits) -> _Key | None:
    tells_nothing = not each.entry.body or each.qualname == MODULE
    name = each.path.rpartition("/")[2]
    return (each.entry.rule, each.concept, name, each.qualname) if tells_nothing else None


def _place(each: _Traits) -> _Key:
    return each.entry.rule, each.entry.subject, each.place


def _definition(each: _Traits) -> _Key:
    return each.entry.rule, each.concept, each.path, each.qualname


def _listed(each: _Traits) -> _Key | None:
    """A definition whose subject is a list of copies that it, or its class, is one of."""
    listed = each.entry.subject.split(", ")
    is_listed = len(listed) > 1 and (each.qualname in listed or each.qualname.rpartition(".")[0] in listed)
    return (each.entry.rule, each.path, each.qualname) if is_listed else None


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
