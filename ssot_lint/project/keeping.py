"""Answers that are kept for all rules, and in a project that stays in memory while single files change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence, Set
from enum import Enum
from functools import cached_property, partial
from itertools import chain
from types import MethodType
from typing import TypeVar, cast

from ssot_lint.model.facts import mention_of
from ssot_lint.project.groups import FoldByKey, Holders, Records
from ssot_lint.project.kept import Conclusions
from ssot_lint.project.links import FoldT, Links
from ssot_lint.project.mentions import Mentions
from ssot_lint.project.noted import NOT_KNOWN, NotedConclusions, Past
from ssot_lint.project.resolve import Resolver
from ssot_lint.project.symbols import Module, SymbolT
from ssot_lint.project.watch import Question, Watch

T = TypeVar("T")
R = TypeVar("R")
K = TypeVar("K")
ProjectT = TypeVar("ProjectT", bound="KeptAnswers")


class Keeping(Enum):
    """What becomes of a project."""

    ASKED_ONCE = "asked once"
    NOTED = "noted"
    """It is asked once, and the next scan wants to know what was concluded, and from what."""
    RENEWED = "renewed"
    """It stays in memory while files change."""


class KeptAnswers:
    """What a project keeps: see ``docs/architecture.md``."""

    def __init__(self, modules: tuple[Module, ...], resolver: Resolver, watch: Watch, keeping: Keeping) -> None:
        self.modules = modules
        self.resolver = resolver
        self._watch = watch
        self._keeping = keeping
        stays = keeping is Keeping.RENEWED
        self._links = Links(watch, keeps_parts=stays)
        self._noted = NotedConclusions(watch) if keeping is Keeping.NOTED else None
        self._conclusions = self._noted or Conclusions(watch, len(modules), stays=stays)
        self._past: Past | None = None
        self._begin()

    def _begin(self) -> None:
        """Ask all questions about all files anew."""
        self._derived: dict[object, object] = {}
        self._combined: dict[Question, object] = {}

    def linked(self: ProjectT, compute: Callable[[ProjectT, Module], T], module: Module) -> T:
        """``compute(self, module)``, computed once for all rules, and in a project that stays in memory once as long as
        the module does not change. So it may read the facts of this module alone, and ask what names mean: of what they
        stand for it reads no more than what can be seen from outside, see :mod:`ssot_lint.project.interface`."""
        return self._links.of(compute, self._asked_by, module)

    def combined(
        self: ProjectT, collect: Callable[[ProjectT, Module], T], combine: Callable[[Mapping[Module, T]], R]
    ) -> R:
        """What ``combine`` makes of what ``collect`` finds in each module, by module; computed again only where
        something else is found. ``collect`` is like that of :meth:`linked`. ``combine`` reads nothing but what it is
        given, and of symbols what can be seen from outside."""
        result = self._combine(collect, combine)
        self._conclusions.note((collect, combine), result)
        return result

    def gathered(self: ProjectT, collect: Callable[[ProjectT, Module], Sequence[T]]) -> tuple[T, ...]:
        """What ``collect`` finds in all modules, by path; ``collect`` is like that of :meth:`linked`."""
        return self.combined(collect, _one_after_the_other)

    def modules_with(
        self: ProjectT, collect: Callable[[ProjectT, Module], Collection[K]], key: K
    ) -> tuple[Module, ...]:
        """The modules in which ``collect`` finds ``key``, by path; ``collect`` is like that of :meth:`linked`. What is
        concluded from it rests on these alone."""
        return cast("tuple[Module, ...]", self.asked_of(collect, Holders, key))

    def records_of(
        self: ProjectT, collect: Callable[[ProjectT, Module], Sequence[tuple[K, T]]], key: K
    ) -> tuple[T, ...]:
        """The records that ``collect`` finds under ``key``, by the path of their module; ``collect`` is like that of
        :meth:`linked`, a record a value or a definition. What is concluded from it rests on these alone."""
        return cast("tuple[T, ...]", self.asked_of(collect, Records, key))

    def asked_of(
        self: ProjectT, collect: Callable[[ProjectT, Module], object], make: Callable[[], FoldByKey], key: object
    ) -> object:
        """The answer for ``key`` of what ``make`` makes, with what ``collect`` finds in each module added, as by
        :meth:`folded`. What is concluded from it rests on this answer alone."""
        question = collect, make, FoldByKey
        found = self._past_pick(question, key)
        if found is not NOT_KNOWN:
            self._conclusions.note_picked(question, None, key, found)
            return found
        answer = self._by_key(question)
        found = answer.get(key)
        self._conclusions.note_picked(question, answer, key, found)
        return found

    def _past_pick(self, question: Question, key: object) -> object:
        self._check_not_asked()
        return NOT_KNOWN if self._past is None else self._past.picked(question, key)

    def mentioning(self: ProjectT, name: str) -> tuple[Module, ...]:
        """The modules whose text may have a name somewhere else than in its definition, by path."""
        if self._keeping is Keeping.RENEWED:
            return self.modules_with(_mentions_in, mention_of(name))
        if self._keeping is Keeping.NOTED:
            return self._mentioning_noted(mention_of(name))
        return self.concluded(_mentioning, name)

    def _mentioning_noted(self: ProjectT, mention: bytes) -> tuple[Module, ...]:
        question: Question = (_mentions_in, Holders, FoldByKey)
        found = self._past_pick(question, mention)
        if found is NOT_KNOWN:
            with self._watch.paused():
                found = tuple(self._mentions.holders(mention))
        self._conclusions.note_picked(question, None, mention, found)
        return cast("tuple[Module, ...]", found)

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self.modules)

    def _by_key(self: ProjectT, question: Question) -> FoldByKey:
        self._check_not_asked()
        if question not in self._combined:
            collect, make, _ = question
            with self._watch.paused():
                found: FoldByKey = self._links.folded((collect, make), self._asked_by, make, self.modules)
            self._conclusions.exchanged(question, found.version)
            self._combined[question] = found
        return cast(FoldByKey, self._combined[question])

    def _combine(
        self: ProjectT, collect: Callable[[ProjectT, Module], T], combine: Callable[[Mapping[Module, T]], R]
    ) -> R:
        self._check_not_asked()
        question = collect, combine
        if question not in self._combined and self._past is not None:
            past = self._past.answer(question)
            if past is not NOT_KNOWN:
                self._combined[question] = past
        if question not in self._combined:
            found = self._links.combined(question, self._asked_by, combine, self.modules)
            self._combined[question] = self._conclusions.settled(question, found)
        return cast(R, self._combined[question])

    def folded(self: ProjectT, collect: Callable[[ProjectT, Module], T], make: Callable[[], FoldT]) -> FoldT:
        """What ``make`` makes, with what ``collect`` finds in each module added: where that differs from before it is
        exchanged, so that nothing is done for all modules. ``collect`` is like that of :meth:`linked`. As the fold
        changes, what reads it is never kept: what :meth:`judging` is given is taken from it."""
        self._check_not_asked()
        with self._watch.paused():
            found = self._links.folded((collect, make), self._asked_by, make, self.modules)
        self._conclusions.pass_fold((collect, make))
        return found

    @property
    def noted_conclusions(self) -> NotedConclusions | None:
        """What was concluded, where that is noted."""
        return self._noted

    @property
    def has_past(self) -> bool:
        """Whether conclusions of an earlier scan are taken over."""
        return self._past is not None

    def take_over(self, past: Past) -> None:
        """Draw no conclusion again that ``past`` knows."""
        self._past = past
        if self._noted is not None:
            self._noted.past = past

    def fold_of(self, question: Question) -> object:
        """What :meth:`folded` gave, None where nobody asked."""
        return self._links.fold_of(question)

    def compared(self: ProjectT, compute: Callable[[SymbolT, SymbolT], T], one: SymbolT, other: SymbolT) -> T:
        """``compute(one, other)``, in a project that stays in memory computed once as long as the modules of both stay
        as they are: it reads no other."""
        return self._links.compared(compute, one, other)

    def _asked_by(self: ProjectT, compute: Callable[[ProjectT, Module], T], module: Module) -> T:
        if self.resolver.asker is not None and self.resolver.asker is not module:
            raise RuntimeError(f"what is kept for {self.resolver.asker.name} must not rest on {module.name}")
        before, self.resolver.asker = self.resolver.asker, module
        try:
            return compute(self, module)
        finally:
            self.resolver.asker = before

    def derived(self: ProjectT, compute: Callable[[ProjectT], T]) -> T:
        """``compute(self)``, computed once for all rules of a scan that share it; in a project that stays in memory
        once as long as nothing changes that was read or asked meanwhile, see :meth:`judging`. The answer is a value:
        nothing in it reads more when it is looked at."""
        self._check_not_asked()
        if compute not in self._derived:
            with self._watch.paused():
                self._derived[compute] = self._conclusions.judge(KeptAnswers.derived, self._drawn, self._answer)(
                    compute
                )
        self._conclusions.note((compute,), self._derived[compute])
        return cast(T, self._derived[compute])

    def _drawn(self: ProjectT, compute: Callable[[ProjectT], object]) -> object:
        return self._conclusions.settled((compute,), compute(self))

    def concluded(self: ProjectT, compute: Callable[[ProjectT, K], T], key: K) -> T:
        """``compute(self, key)``, computed once, and in a project that stays in memory once as long as nothing changes
        that was read or asked meanwhile. ``key`` is a definition or a module, a tuple of them, or a plain value;
        :meth:`judging` is for many of them. The answer is a value: nothing in it reads more when it is looked at."""
        return self.judging(compute)(key)

    def judging(self: ProjectT, compute: Callable[[ProjectT, K], T]) -> Callable[[K], T]:
        """:meth:`concluded` for one ``compute`` and many keys."""
        self._check_not_asked()
        return self._conclusions.judge(_name_of(compute), partial(compute, self), self._answer)

    def in_modules(self: ProjectT, compute: Callable[[ProjectT, Module], tuple[T, ...]]) -> tuple[T, ...]:
        """What ``compute`` concludes, as by :meth:`judging`, in each module, by path: of a project that stays in memory
        only changed modules are looked at, and those whose conclusions rest on something that has changed."""
        self._check_not_asked()
        self._conclusions.pass_survey()
        return self._conclusions.of_all(_name_of(compute), partial(compute, self), self._answer, self.modules)

    def in_groups(
        self: ProjectT, compute: Callable[[ProjectT, K], T], groups: Set[K], about: Hashable
    ) -> Mapping[K, T]:
        """What ``compute`` concludes, as by :meth:`judging`, of each of ``groups``, as far as there is anything in it,
        in no order: of a project that stays in memory only groups are looked at that were not there before, and those
        whose conclusions rest on something that has changed. ``about`` says which groups they are, equally each time.
        The answer changes in place."""
        self._check_not_asked()
        self._conclusions.pass_survey()
        return self._conclusions.of_each(_name_of(compute), partial(compute, self), self._answer, about, groups)

    def _check_not_asked(self) -> None:
        if self.resolver.asker is not None:
            raise RuntimeError(f"what is kept for {self.resolver.asker.name} must not rest on all modules")

    def _answer(self: ProjectT, question: Question) -> object:
        if question[2:]:
            return self._by_key(question)
        return self.combined(*question) if question[1:] else self.derived(*question)


def _name_of(compute: object) -> object:
    """What is equal for equal functions: methods of equal objects are not."""
    return (compute.__func__, compute.__self__) if isinstance(compute, MethodType) else compute


def _one_after_the_other(parts: Mapping[Module, Sequence[T]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(parts.values()))


def _mentioning(project: KeptAnswers, name: str) -> tuple[Module, ...]:
    return tuple(project.derived(_mentions).holders(mention_of(name)))


def _mentions(project: KeptAnswers) -> Mentions:
    return Mentions(project.modules)


def _mentions_in(_: KeptAnswers, module: Module) -> frozenset[bytes]:
    return module.facts.all_mentions()
