"""Conclusions of a project that is asked once, with what each rests on: the next scan may take them over.

Other than in a project that stays in memory (:mod:`ssot_lint.project.kept`), what a conclusion rests on is noted one
step deep: the conclusions that it was drawn from, not the files that those rest on. So one that comes out as before
ends all doubt about what was concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from ssot_lint.project.groups import ByKey
from ssot_lint.project.symbols import Module
from ssot_lint.project.watch import Question, Watch, Watched

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

NOT_KNOWN = object()
"""No value: None is one."""


@dataclass(slots=True, eq=False)
class Basis:
    """What a conclusion rests on: ``files`` that were read, questions whose ``whole`` answer counts, what was
    ``picked`` from those of others, other conclusions it was ``drawn_from``, by name and key, ``surveys`` of all
    conclusions of a name, and ``folds`` of all files. ``asks_failures``: which files could not be read counts too."""

    files: set[Watched] = field(default_factory=set)
    whole: set[Question] = field(default_factory=set)
    picked: set[tuple[Question, object]] = field(default_factory=set)
    drawn_from: set[tuple[object, object]] = field(default_factory=set)
    surveys: set[object] = field(default_factory=set)
    folds: set[Question] = field(default_factory=set)
    asks_failures: bool = False

    def is_plain(self, key: object) -> bool:
        """Whether nothing counts but the one file that the conclusion is about."""
        others = self.whole or self.picked or self.drawn_from or self.surveys or self.folds or self.asks_failures
        return not others and isinstance(key, Module) and self.files <= {key}

    def take(self, other: Basis) -> None:
        """Rest on what another conclusion rests on."""
        self.files |= other.files
        self.whole |= other.whole
        self.picked |= other.picked
        self.drawn_from |= other.drawn_from
        self.surveys |= other.surveys
        self.folds |= other.folds
        self.asks_failures |= other.asks_failures


class Past(Protocol):
    """What an earlier scan concluded."""

    def concluded(self, name: object, key: object) -> object:
        """A conclusion that surely is as it was, else NOT_KNOWN."""
        ...

    def answer(self, question: Question) -> object:
        """The answer to a question about all files that surely is as it was, else NOT_KNOWN."""
        ...

    def picked(self, question: Question, key: object) -> object:
        """What such an answer has for a key, if that surely is as it was, else NOT_KNOWN."""
        ...


class NotedConclusions:
    """All that is concluded, with its basis. ``plain`` are those conclusions that rest on the file alone that they are
    about. ``past`` knows some that need not be drawn again."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.past: Past | None = None
        self.known: dict[object, dict[object, Any]] = defaultdict(dict)
        self.bases: dict[tuple[object, object], Basis] = {}
        self.plain: list[tuple[object, object]] = []
        self.answers: dict[Question, object] = {}
        self.picked: dict[Question, dict[object, object]] = defaultdict(dict)
        self.folds: set[Question] = set()
        self.surveyed: set[object] = set()
        self._basis: Basis | None = None

    def judge(self, name: object, compute: Callable[[K], T], answer: Callable[[Question], object]) -> Callable[[K], T]:
        """What gives ``compute(key)`` for keys; ``name`` stands for ``compute``."""
        del answer
        return partial(self._of, name, compute)

    def of_all(
        self,
        name: object,
        compute: Callable[[Module], tuple[T, ...]],
        answer: Callable[[Question], object],
        modules: Sequence[Module],
    ) -> tuple[T, ...]:
        """What ``compute`` gives for each module, one after the other; ``name`` stands for it."""
        del answer
        self._survey(name)
        with self._watch.paused():
            found = tuple(each for module in modules for each in self._of(name, compute, module))
        self.surveyed.add(name)
        return found

    def of_each(
        self, name: object, compute: Callable[[K], T], answer: Callable[[Question], object], about: object, keys: Set[K]
    ) -> Mapping[K, T]:
        """What ``compute`` gives for each key, as far as there is anything in it; ``name`` stands for it."""
        del answer, about
        self._survey(name)
        with self._watch.paused():
            return {key: value for key in keys if (value := self._of(name, compute, key))}

    def pass_failures(self) -> None:
        """Somebody asks which files could not be read."""
        if (basis := self._noting()) is not None:
            basis.asks_failures = True

    def pass_fold(self, question: Question) -> None:
        """Somebody looks at what was made of all files, one by one."""
        self.folds.add(question)
        if (basis := self._noting()) is not None:
            basis.folds.add(question)

    def pass_survey(self) -> None:
        """Somebody asks for the conclusions on each of many: noted where it is done."""

    def note(self, question: Question, value: object) -> None:
        """Somebody has asked a question about all files, for the whole answer."""
        if question[1:]:
            self.answers[question] = value
        if (basis := self._noting()) is not None:
            basis.whole.add(question)

    def note_picked(self, question: Question, answer: ByKey | None, key: object, value: object) -> None:
        """Somebody has asked a question about all files, and looked up what the answer has for ``key``."""
        del answer
        self.picked[question][key] = value
        if (basis := self._noting()) is not None:
            basis.picked.add((question, key))

    def settled(self, question: Question, value: T) -> T:
        """The answer."""
        del question
        return value

    def exchanged(self, question: Question, version: int) -> None:
        """Nothing: no answer changes."""

    def forget(self, module: Module) -> None:
        """Nothing: a project is renewed before anything is concluded in it."""
        del module

    def draw(self, name: object, compute: Callable[[K], T], key: K) -> T:
        """``compute(key)``, computed now."""
        watch, before, outer = self._watch, self._watch.files, self._basis
        basis = self._basis = Basis()
        watch.files = basis.files
        try:
            value = compute(key)
        except BaseException:
            if outer is not None:  # whoever goes on rests on what led to this
                outer.take(basis)
            raise
        finally:
            watch.files, self._basis = before, outer
        self.known[name][key] = value
        if basis.is_plain(key):
            self.plain.append((name, key))
        else:
            self.bases[name, key] = basis
        return value

    def _of(self, name: object, compute: Callable[[K], T], key: K) -> T:
        known: dict[Any, T] = self.known[name]
        if key not in known:
            past = NOT_KNOWN if self.past is None else self.past.concluded(name, key)
            if key not in known:  # it is, where it had to be drawn to see whether it is as it was
                if past is NOT_KNOWN:
                    self.draw(name, compute, key)
                else:
                    known[key] = cast(T, past)
        if (basis := self._noting()) is not None:
            basis.drawn_from.add((name, key))
        return known[key]

    def _survey(self, name: object) -> None:
        if (basis := self._noting()) is not None:
            basis.surveys.add(name)

    def _noting(self) -> Basis | None:
        """What is noted for, unless nothing is to be noted."""
        basis = self._basis
        return basis if basis is not None and self._watch.files is basis.files else None
