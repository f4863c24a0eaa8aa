"""What was concluded in a project and what that rests on, as data that another process can read."""

from __future__ import annotations

import hashlib
import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec

from ssot_lint.project.encoding import Encoder, EncodingError, Places
from ssot_lint.project.groups import Groups
from ssot_lint.project.noted import Basis, NotedConclusions
from ssot_lint.project.resolve import Resolver
from ssot_lint.project.symbols import Module
from ssot_lint.project.watch import Question

UNKNOWN = -1
"""The place of a value that could not be written."""
_HASH_BYTES = 8
_FEW_NODES = 5_000


class Conclusion(msgspec.Struct, array_like=True):
    """A conclusion as a :class:`Basis` has it, with numbers: of names, of questions, of values, of modules."""

    name: int
    key: bytes
    value: int
    files: list[int] = []
    whole: list[int] = []
    picked: list[tuple[int, bytes]] = []
    drawn_from: list[tuple[int, bytes]] = []
    surveys: list[int] = []
    folds: list[int] = []
    asks_failures: bool = False


class Notes(msgspec.Struct, array_like=True):
    """``plain`` are conclusions that rest on the file alone that they are about, as far as something is in them, and
    all of those that are not asked for each module (``surveyed``). ``answers`` are those to questions about all files,
    ``picked`` is what was looked up in those of others. ``groups`` has hashes of the keys of all records, in order,
    each as often as there are records. ``asked`` are the names that a module was asked for by others. ``broken`` are
    names of conclusions some of which could not be written down."""

    names: list[bytes] = []
    questions: list[bytes] = []
    values: list[bytes] = []
    conclusions: list[Conclusion] = []
    plain: list[tuple[int, bytes, int]] = []
    surveyed: list[int] = []
    answers: dict[int, int] = {}
    picked: dict[int, dict[bytes, int]] = {}
    groups: dict[int, bytes] = {}
    asked: dict[int, list[str]] = {}
    broken: list[int] = []


class NotedBasis(NamedTuple):
    """A :class:`Basis` with all that it names written down, and the value."""

    name: bytes
    key: bytes
    value: bytes | None
    files: tuple[int, ...]
    whole: tuple[bytes, ...]
    picked: tuple[tuple[bytes, bytes], ...]
    drawn_from: tuple[tuple[bytes, bytes], ...]
    surveys: tuple[bytes, ...]
    folds: tuple[bytes, ...]
    asks_failures: bool


class Noted(NamedTuple):
    """What was noted in a part of the work, as bytes: what can travel between processes. ``turn`` counts the parts of
    a ``process``. ``counts_words``: the words of all imports were asked for."""

    bases: tuple[NotedBasis, ...]
    plain: tuple[tuple[bytes, bytes, bytes | None], ...]
    surveyed: frozenset[bytes]
    answers: Mapping[bytes, bytes]
    picked: Mapping[bytes, Mapping[bytes, bytes]]
    groups: Mapping[bytes, bytes]
    asked: Mapping[int, frozenset[str]]
    broken: frozenset[bytes]
    counts_words: bool
    process: int
    turn: int


class NoteTaker:
    """Writes down what is noted, each time what came since the last time."""

    def __init__(
        self,
        conclusions: NotedConclusions,
        places: Places,
        resolver: Resolver,
        groups_of: Callable[[Question], Groups[object, object] | None],
    ) -> None:
        self._conclusions, self._encoder, self._number_of = conclusions, Encoder(places), places.number_of
        self._resolver, self._groups_of = resolver, groups_of
        self._keys: dict[object, bytes] = {}
        self._told_of: dict[Module, set[str]] = {}
        self._folds: set[Question] = set()
        self._broken: set[bytes] = set()
        self._turn = 0
        self._answered: set[Question] = set()
        self._picked: set[tuple[Question, object]] = set()

    def take(self) -> Noted:
        """What was noted since the last time."""
        self._turn += 1
        noted, known = self._conclusions, self._conclusions.known
        bases = (self._basis(name, key, known[name][key], basis) for (name, key), basis in noted.bases.items())
        plain = (self._plain(name, key, known[name][key]) for name, key in noted.plain)
        surveyed = (self._written(name) for name in noted.surveyed)
        taken = Noted(
            bases=tuple(each for each in bases if each is not None),
            plain=tuple(each for each in plain if each is not None),
            surveyed=frozenset(each for each in surveyed if each is not None),
            answers=dict(self._answers()),
            picked=dict(self._all_picks()),
            groups=dict(self._groups()),
            asked=dict(self._new_names()),
            broken=frozenset(self._broken),
            counts_words=self._resolver.index.counts_words,
            process=os.getpid(),
            turn=self._turn,
        )
        noted.bases.clear()
        noted.plain.clear()
        noted.answers.clear()
        noted.picked.clear()
        return taken

    def _basis(self, name: object, key: object, value: object, basis: Basis) -> NotedBasis | None:
        try:
            return NotedBasis(
                name=self._key(name),
                key=self._encoder.encode(key),
                value=self._value(value),
                files=tuple(sorted(self._number_of(file) for file in basis.files if isinstance(file, Module))),
                whole=tuple(map(self._key, basis.whole)),
                picked=tuple((self._key(question), self._encoder.encode(each)) for question, each in basis.picked),
                drawn_from=tuple((self._key(other), self._encoder.encode(each)) for other, each in basis.drawn_from),
                surveys=tuple(map(self._key, basis.surveys)),
                folds=tuple(map(self._key, basis.folds)),
                asks_failures=basis.asks_failures,
            )
        except EncodingError:
            written = self._written(name)
            if written is not None:
                self._broken.add(written)
            return None

    def _plain(self, name: object, key: object, value: object) -> tuple[bytes, bytes, bytes | None] | None:
        if value == () and name in self._conclusions.surveyed:
            return None
        written = self._written(name)
        return None if written is None else (written, self._encoder.encode(key), self._value(value))

    def _answers(self) -> Iterable[tuple[bytes, bytes]]:
        for question, answer in self._conclusions.answers.items():
            if question in self._answered:
                continue
            self._answered.add(question)
            written, value = self._written(question), self._value(answer)
            if written is not None and value is not None:
                yield written, value

    def _all_picks(self) -> Iterable[tuple[bytes, Mapping[bytes, bytes]]]:
        for question, picked in self._conclusions.picked.items():
            written, new = (
                self._written(question),
                {k: v for k, v in picked.items() if (question, k) not in self._picked},
            )
            self._picked.update((question, key) for key in new)
            if written is not None and new:
                yield written, self._picks(new)

    def _picks(self, picked: Mapping[object, object]) -> Mapping[bytes, bytes]:
        found = {}
        for key, value in picked.items():
            written, answer = self._value(key), self._value(value, _FEW_NODES)
            if written is not None and answer is not None:
                found[written] = answer
        return found

    def _groups(self) -> Iterable[tuple[bytes, bytes]]:
        for question in self._conclusions.folds - self._folds:
            groups, written = self._groups_of(question), self._written(question)
            if groups is not None and written is not None:
                yield written, hashes_of(self._encoder, groups.keys())
        self._folds |= self._conclusions.folds

    def _new_names(self) -> Iterable[tuple[int, frozenset[str]]]:
        for module, names in self._resolver.asked.items():
            told = self._told_of.setdefault(module, set())
            if len(told) != len(names):
                yield self._number_of(module), frozenset(names - told)
                told.update(names)

    def _written(self, key: object) -> bytes | None:
        try:
            return self._key(key)
        except EncodingError:
            return None

    def _key(self, key: object) -> bytes:
        """A name or question: there are few of them."""
        known = self._keys.get(key)
        if known is None:
            known = self._keys[key] = self._encoder.encode(key)
        return known

    def _value(self, value: object, most: int | None = None) -> bytes | None:
        try:
            return self._encoder.encode(value) if most is None else self._encoder.encode(value, most)
        except EncodingError:
            return None


def hashes_of(encoder: Encoder, keys: Iterable[object]) -> bytes:
    """The hashes of keys, in order."""
    found = array("Q", sorted(hash_of(encoder, key) for key in keys))
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def hash_of(encoder: Encoder, key: object) -> int:
    """What stands for a key in :attr:`Notes.groups`: two keys that share it only cost time."""
    data = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else encoder.encode(key)
    return int.from_bytes(hashlib.blake2b(data, digest_size=_HASH_BYTES).digest(), "little")


class HashCounts:
    """How often there are hashes in what :func:`hashes_of` gave."""

    def __init__(self, data: bytes) -> None:
        self._hashes = array("Q")
        self._hashes.frombytes(data)
        if sys.byteorder == "big":
            self._hashes.byteswap()

    def count(self, value: int) -> int:
        """How often there is this one."""
        return bisect_right(self._hashes, value) - bisect_left(self._hashes, value)


class _Numbers(dict[bytes, int]):
    """Numbers things in the order in which they come."""

    def __missing__(self, key: bytes) -> int:
        self[key] = number = len(self)
        return number


def put_together(parts: Sequence[Noted]) -> Notes | None:
    """All that was noted, in several processes perhaps, where the same may be noted twice; None where some of it was
    lost on the way."""
    turns: dict[int, list[int]] = {}
    for part in parts:
        turns.setdefault(part.process, []).append(part.turn)
    if any(len(each) != max(each) for each in turns.values()):
        return None
    names, questions, values = _Numbers(), _Numbers(), _Numbers()
    bases = {(each.name, each.key): each for part in parts for each in part.bases}
    plain = {each[:2]: each[2] for part in parts for each in part.plain}
    asked: dict[int, set[str]] = {}
    for number, found in chain.from_iterable(part.asked.items() for part in parts):
        asked.setdefault(number, set()).update(found)

    def place_of(value: bytes | None) -> int:
        return UNKNOWN if value is None else values[value]

    notes = Notes(
        conclusions=[
            Conclusion(
                names[each.name],
                each.key,
                place_of(each.value),
                list(each.files),
                [questions[question] for question in each.whole],
                [(questions[question], key) for question, key in each.picked],
                [(names[name], key) for name, key in each.drawn_from],
                [names[name] for name in each.surveys],
                [questions[question] for question in each.folds],
                each.asks_failures,
            )
            for each in bases.values()
        ],
        plain=[(names[name], key, place_of(value)) for (name, key), value in plain.items()],
        surveyed=sorted({names[name] for part in parts for name in part.surveyed}),
        answers={questions[question]: values[value] for part in parts for question, value in part.answers.items()},
        groups={questions[question]: data for part in parts for question, data in part.groups.items()},
        asked={number: sorted(found) for number, found in asked.items()},
        broken=sorted({names[name] for part in parts for name in part.broken}),
    )
    for part in parts:
        for question, picked in part.picked.items():
            known = notes.picked.setdefault(questions[question], {})
            known.update((key, values[value]) for key, value in picked.items())
    notes.names, notes.questions, notes.values = list(names), list(questions), list(values)
    return notes
