"""What was concluded from several files, kept until something changes that it was concluded from.

Nobody says what a conclusion rests on: it is noted while it is drawn, see :class:`ssot_lint.project.watch.Watch`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from ssot_lint.project.groups import ByKey
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.project.watch import Question, Watch, Watched

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_FEW_FILES, _MOST_FILES = 100, 0.5
"""So many files, or that share of them, a conclusion may rest on to be kept beyond the next change: what reads more
reads nearly all."""

_LONG = 200
"""Epochs after which a conclusion that nobody asked for is dropped: it may be about what is gone."""

_Picked = Mapping[Question, dict[object, object] | None]


@dataclass(slots=True, eq=False)
class _Entry:
    """A conclusion about ``key`` with what it rests on: files, and questions about all files, ``picked`` as a
    :class:`Watch` has them. It is known to have held in ``epoch``; ``is_passing``: it cannot be known to hold in the
    next, ``is_outdated``: it does not hold any more, for a file has changed."""

    table: _Table
    key: object
    value: object = None
    files: frozenset[Watched] = frozenset()
    is_passing: bool = False
    is_outdated: bool = True
    picked: _Picked = field(default_factory=dict)
    questions: frozenset[Question] = frozenset()
    epoch: int = 0


@dataclass(slots=True, eq=False)
class _Table:
    """The conclusions of one kind, by what they are about; ``surveys`` by what tells several of one kind apart."""

    entries: dict[object, _Entry] = field(default_factory=dict)
    surveys: dict[object, _Survey] = field(default_factory=dict)


@dataclass(slots=True)
class _Survey:
    """The conclusions on each of ``keys``, as far as there is anything in them: looked at last in the epoch
    ``checked``. ``stale`` are the keys to be looked at again in any case, ``by_questions`` those by what was asked.
    ``all`` is what is found in modules, one after the other; None where that has changed."""

    keys: Set[object] = frozenset()
    stale: set[object] = field(default_factory=set)
    checked: int = -1
    found: dict[object, object] = field(default_factory=dict)
    by_questions: dict[frozenset[Question], set[object]] = field(default_factory=lambda: defaultdict(set))
    all: tuple[object, ...] | None = None

    def take(self, keys: Set[object]) -> None:
        """Be about other keys than before."""
        gone = self.keys - keys
        self.stale |= keys - self.keys
        self.stale -= gone
        self.keys = frozenset(keys)
        for users in self.by_questions.values() if gone else ():
            users -= gone
        for key in gone:
            self.found.pop(key, None)


@dataclass(slots=True)
class _Answer:
    """The answer to a question about all files, and since which epoch it is that; ``version`` of one that changes in
    place."""

    value: object
    since: int
    version: int = 0


class Conclusions:
    """All that is kept, in a project of so many ``files``. An epoch is the time between two changes. ``answer`` answers
    questions about all files. Of a project that does not stay (``stays``) nothing is noted: that takes a third of the
    time of all rules."""

    def __init__(self, watch: Watch, files: int, *, stays: bool) -> None:
        self._watch = watch
        self._stays = stays
        self._known: dict[object, dict[object, Any]] = defaultdict(dict)
        self._most_files = max(_FEW_FILES, int(_MOST_FILES * files))
        self._epoch = 0
        self._tables: dict[object, _Table] = {}
        self._by_file: dict[Watched, set[_Entry]] = defaultdict(set)
        self._answers: dict[Question, _Answer] = {}
        self._since: dict[frozenset[Question], int] = {}
        self._sets: dict[frozenset[Question], frozenset[Question]] = {}

    def judge(self, name: object, compute: Callable[[K], T], answer: Callable[[Question], object]) -> Callable[[K], T]:
        """What gives ``compute(key)`` for keys; ``name`` stands for ``compute``."""
        if not self._stays:
            return partial(_known_or_computed, self._known[name], compute)
        table = self._tables.setdefault(name, _Table())
        return lambda key: self._of(table, compute, key, answer)

    def of_all(
        self,
        name: object,
        compute: Callable[[Module], tuple[T, ...]],
        answer: Callable[[Question], object],
        modules: Sequence[Module],
    ) -> tuple[T, ...]:
        """What ``compute`` gives for each module, one after the other; ``name`` stands for it."""
        if not self._stays:
            computed = partial(_known_or_computed, self._known[name], compute)
            return tuple(each for module in modules for each in computed(module))
        is_known = name in self._tables and None in self._tables[name].surveys
        survey = self._surveyed(name, compute, answer, None, None if is_known else set(modules))
        if survey.all is None:
            found = sorted(cast("Mapping[Module, tuple[object, ...]]", survey.found).items(), key=_by_path)
            survey.all = tuple(each for _, part in found for each in part)
        return cast("tuple[T, ...]", survey.all)

    def of_each(
        self, name: object, compute: Callable[[K], T], answer: Callable[[Question], object], about: object, keys: Set[K]
    ) -> Mapping[K, T]:
        """What ``compute`` gives for each key, as far as there is anything in it, in no order; ``name`` stands for it,
        ``about`` for what the keys are. It changes in place."""
        if not self._stays:
            computed = partial(_known_or_computed, self._known[name], compute)
            return {key: value for key in keys if (value := computed(key))}
        return cast("Mapping[K, T]", self._surveyed(name, compute, answer, about, keys).found)

    def _surveyed(
        self,
        name: object,
        compute: Callable[[K], object],
        answer: Callable[[Question], object],
        about: object,
        keys: Set[K] | None,
    ) -> _Survey:
        """What is known of ``keys``, None for the same ones as before."""
        table = self._tables.setdefault(name, _Table())
        survey = table.surveys.setdefault(about, _Survey())
        if keys is not None and keys is not survey.keys and keys != survey.keys:
            survey.take(keys)
            survey.checked = min(survey.checked, self._epoch - 1)
        if survey.checked < self._epoch:
            for questions, users in survey.by_questions.items():
                if self._changed_at(questions, answer) > survey.checked:
                    survey.stale |= users
            if survey.stale:
                survey.all = None
                self._look_again(table, survey, compute, answer)
            survey.checked = self._epoch
        return survey

    def _look_again(
        self, table: _Table, survey: _Survey, compute: Callable[[K], object], answer: Callable[[Question], object]
    ) -> None:
        for key in cast("list[K]", list(survey.stale)):
            value = self._of(table, compute, key, answer)
            entry = table.entries[key]
            survey.by_questions[entry.questions].add(key)
            if not entry.is_passing:
                survey.stale.discard(key)
            if value:
                survey.found[key] = value
            else:
                survey.found.pop(key, None)

    def _of(self, table: _Table, compute: Callable[[K], T], key: K, answer: Callable[[Question], object]) -> T:
        entry = table.entries.get(key)
        if entry is None:
            entry = table.entries[key] = _Entry(table, key)
        if not self._holds(entry, answer):
            self._draw(entry, compute, key)
        if self._watch.files is not None:
            if entry.is_passing:
                self._watch.pass_by()
            else:
                self._watch.files |= entry.files
                _merge(self._watch.questions, entry.picked)
        return cast(T, entry.value)

    def pass_failures(self) -> None:
        """Somebody asks which files could not be read: nothing keeps track of that."""
        self._watch.pass_by()

    def pass_fold(self, question: Question) -> None:
        """Somebody looks at what changes in place."""
        del question
        self._watch.pass_by()

    def pass_survey(self) -> None:
        """Somebody asks for the conclusions on each of many, which change in place."""
        self._watch.pass_by()

    def note(self, question: Question, value: object) -> None:
        """Somebody has asked a question about all files, for the whole answer."""
        if self._watch.files is not None:
            self._answers.setdefault(question, _Answer(value, self._epoch))
            self._watch.questions[question] = None

    def note_picked(self, question: Question, answer: ByKey | None, key: object, value: object) -> None:
        """Somebody has asked a question about all files, and looked up what the answer has for ``key``."""
        if self._watch.files is not None and answer is not None:
            self._answers.setdefault(question, _Answer(answer, self._epoch, answer.version))
            picked = self._watch.questions.setdefault(question, {})
            if picked is not None:
                picked[key] = value

    def settled(self, question: Question, value: T) -> T:
        """The answer that stays: the one before, where the new one says the same."""
        known = self._answers.get(question)
        if known is None or known.value is value:
            return value
        if is_same(known.value, value):
            return cast(T, known.value)
        self._answers[question] = _Answer(value, self._epoch)
        return value

    def exchanged(self, question: Question, version: int) -> None:
        """The answer is one that changes in place; another ``version`` of it is another answer."""
        known = self._answers.get(question)
        if known is not None and known.version != version:
            known.version, known.since = version, self._epoch

    def forget(self, module: Module) -> None:
        """Drop what rests on a file, which changes; so begins another epoch. What nobody has asked for since long is
        dropped too."""
        for entry in self._by_file[module]:
            entry.is_outdated = True
            for survey in entry.table.surveys.values():
                if entry.key in survey.keys:
                    survey.stale.add(entry.key)
        self._epoch += 1
        self._since.clear()
        if self._epoch % _LONG == 0:
            self._drop_old()

    def _drop_old(self) -> None:
        for table in self._tables.values():
            # What is surveyed was asked for as long as it did not have to be looked at again.
            kept = set[object]().union(*(survey.keys for survey in table.surveys.values()))
            table.entries = {
                key: each for key, each in table.entries.items() if key in kept or self._epoch - each.epoch <= _LONG
            }
        for file, entries in self._by_file.items():
            self._by_file[file] = {each for each in entries if each.table.entries.get(each.key) is each}

    def _draw(self, entry: _Entry, compute: Callable[[K], object], key: K) -> None:
        watch = self._watch
        before = watch.files, watch.questions, watch.is_passing
        files: set[Watched] = set(_files_of(key))
        questions: dict[Question, dict[object, object] | None] = {}
        watch.files, watch.questions, watch.is_passing = files, questions, False
        try:
            value = compute(key)
            is_passing = watch.is_passing or len(files) > self._most_files
        finally:
            watch.files, watch.questions, watch.is_passing = before
        asked = frozenset(questions)
        entry.value, entry.is_passing, entry.picked = value, is_passing, questions
        entry.questions = self._sets.setdefault(asked, asked)
        entry.epoch, entry.is_outdated = self._epoch, False
        self._rest(entry, frozenset() if is_passing else frozenset(files))

    def _rest(self, entry: _Entry, files: frozenset[Watched]) -> None:
        """Have a conclusion rest on files, and on no others."""
        for file in entry.files - files:
            self._by_file[file].discard(entry)
        for file in files - entry.files:
            self._by_file[file].add(entry)
        entry.files = files

    def _holds(self, entry: _Entry, answer: Callable[[Question], object]) -> bool:
        if entry.is_outdated:
            return False
        if entry.epoch == self._epoch:
            return True
        if entry.is_passing or not self._has_same_answers(entry, answer):
            return False
        entry.epoch = self._epoch
        return True

    def _has_same_answers(self, entry: _Entry, answer: Callable[[Question], object]) -> bool:
        if self._changed_at(entry.questions, answer) <= entry.epoch:
            return True
        return all(
            self._answers[question].since <= entry.epoch or _still_picks(self._answers[question].value, picked)
            for question, picked in entry.picked.items()
        )

    def _changed_at(self, questions: frozenset[Question], answer: Callable[[Question], object]) -> int:
        """The last epoch in which the answer to one of some questions changed."""
        known = self._since.get(questions)
        if known is None:
            with self._watch.paused():
                for question in questions:
                    answer(question)
            known = max((self._answers[question].since for question in questions), default=0)
            self._since[questions] = known
        return known


def _known_or_computed(known: dict[object, T], compute: Callable[[K], T], key: K) -> T:
    if key not in known:
        known[key] = compute(key)
    return known[key]


def _by_path(found: tuple[Module, object]) -> str:
    return found[0].path


def is_same(one: object, other: object) -> bool:
    """Whether two answers are equal, in the same order too: whoever takes the first of them gets the same one."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one.items()) == list(other.items())
    return one == other


def _still_picks(answer: object, picked: Mapping[object, object] | None) -> bool:
    if picked is None:
        return False
    return all(cast(ByKey, answer).get(key) == value for key, value in picked.items())


def _merge(into: dict[Question, dict[object, object] | None], picked: _Picked) -> None:
    for question, values in picked.items():
        known = into.setdefault(question, {})
        if values is None or known is None:
            into[question] = None
        else:
            known |= values


def _files_of(key: object) -> list[Module]:
    parts = key if isinstance(key, tuple) else (key,)
    found = [part.module if isinstance(part, Symbol) else part for part in parts]
    return [each for each in found if isinstance(each, Module)]
