"""What an earlier scan concluded, as far as it surely holds after a few files have changed.

A conclusion holds if nothing differs that it rests on. Where one may differ, it is drawn again: if it comes out as
before, so does all that was concluded from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MethodType
from typing import Any, Protocol, cast

from ssot_lint.project.encoding import Decoder, Encoder, EncodingError, Places
from ssot_lint.project.groups import Groups
from ssot_lint.project.kept import is_same
from ssot_lint.project.noted import NOT_KNOWN, NotedConclusions
from ssot_lint.project.notes import UNKNOWN, Conclusion, HashCounts, Notes, hash_of
from ssot_lint.project.symbols import Module
from ssot_lint.project.watch import Question


class Asked(Protocol):
    """The project in which what was concluded may hold."""

    def linked(self, compute: Any, module: Module) -> Any:
        """See :meth:`ssot_lint.project.keeping.KeptAnswers.linked`."""
        ...


class PastConclusions:
    """The conclusions in ``notes`` of a project, some ``modules`` of which are about to change: to be made before they
    do, for what was found in them until now. ``name_of_derived`` is the name of what is concluded about all files at
    once, ``derive`` draws it."""

    def __init__(
        self, notes: Notes, places: Places, project: Asked, modules: Iterable[Module], name_of_derived: object
    ) -> None:
        self._notes, self._places, self._project = notes, places, project
        self._derived = name_of_derived
        self._modules = list(modules)
        self._numbers = {places.number_of(module) for module in self._modules}
        self._encoder, self._decoder = Encoder(places), Decoder(places)
        for module in self._modules:
            places.remember(module)
        self._name_numbers = {name: number for number, name in enumerate(notes.names)}
        self._question_numbers = {question: number for number, question in enumerate(notes.questions)}
        self._surveyed = frozenset(notes.surveyed) - frozenset(notes.broken)
        self._broken = frozenset(notes.broken)
        self._plain = {(name, key): value for name, key, value in notes.plain}
        self._places_of = {(each.name, each.key): place for place, each in enumerate(notes.conclusions)}
        self._by_name: dict[int, list[int]] = defaultdict(list)
        for place, each in enumerate(notes.conclusions):
            self._by_name[each.name].append(place)
        self._questions = [self._read(question) for question in notes.questions]
        self._names: dict[int, Any] = {}
        self._before = {
            collect: [self._part(collect, module) for module in self._modules]
            for collect in {question[0] for question in self._questions if isinstance(question, tuple) and question[1:]}
        }
        self._written: dict[object, int | None] = {}
        self._answered: dict[int, bool] = {}
        self._differs: dict[int, Callable[[object], bool] | None] = {}
        self._holds: dict[int, bool] = {}
        self._surveys: dict[int, bool] = {}
        self._folds: dict[int, bool] = {}
        self._picks: dict[tuple[int, bytes], bool] = {}
        self._failures_stay = True
        self._conclusions: NotedConclusions | None = None

    def begin(self, project: Asked, conclusions: NotedConclusions, *, failures_stay: bool) -> None:
        """The modules have changed, and ``project`` is what it is now."""
        self._project, self._conclusions, self._failures_stay = project, conclusions, failures_stay
        for module in self._modules:
            self._places.renewed(module)

    def concluded(self, name: object, key: object) -> object:
        """A conclusion that surely is as it was, else NOT_KNOWN."""
        number = self._number_of(name, self._name_numbers)
        if number is None:
            return NOT_KNOWN
        try:
            written = self._encoder.encode(key)
            place = self._places_of.get((number, written))
            if place is not None:
                return self._value(self._notes.conclusions[place].value) if self._is_held(place) else NOT_KNOWN
            if not isinstance(key, Module) or key in self._modules:
                return NOT_KNOWN
            known = self._plain.get((number, written))
            if known is not None:
                return self._value(known)
            return () if number in self._surveyed else NOT_KNOWN
        except EncodingError:
            return NOT_KNOWN

    def answer(self, question: Question) -> object:
        """The answer to a question about all files that surely is as it was, else NOT_KNOWN."""
        number = self._number_of(question, self._question_numbers)
        if number is None or number not in self._notes.answers or not self._stays(number):
            return NOT_KNOWN
        try:
            return self._value(self._notes.answers[number])
        except EncodingError:
            return NOT_KNOWN

    def picked(self, question: Question, key: object) -> object:
        """What such an answer has for a key, if that surely is as it was, else NOT_KNOWN."""
        number = self._number_of(question, self._question_numbers)
        if number is None:
            return NOT_KNOWN
        try:
            written = self._encoder.encode(key)
            value = self._notes.picked.get(number, {}).get(written, UNKNOWN)
            return self._value(value) if self._pick_stays(number, written) else NOT_KNOWN
        except EncodingError:
            return NOT_KNOWN

    def _part(self, collect: Any, module: Module) -> object:
        """What is found in a module; something that is equal to nothing where that fails."""
        try:
            return self._project.linked(collect, module)
        except Exception:  # whatever a rule raises: it will raise it again where it counts
            return object()

    def _is_held(self, place: int) -> bool:
        """Whether a conclusion comes out as it did."""
        if place not in self._holds:
            each = self._notes.conclusions[place]
            self._holds[place] = self._rests(each) or self._comes_out(each.name, each.key, each.value)
        return self._holds[place]

    def _rests(self, each: Conclusion) -> bool:
        """Whether all is as it was that a conclusion rests on."""
        return (
            self._numbers.isdisjoint(each.files)
            and (self._failures_stay or not each.asks_failures)
            and all(map(self._stays, each.whole))
            and all(self._pick_stays(*pick) for pick in each.picked)
            and all(map(self._fold_stays, each.folds))
            and all(self._other_holds(*other) for other in each.drawn_from)
            and all(map(self._survey_stays, each.surveys))
        )

    def _other_holds(self, name: int, key: bytes) -> bool:
        place = self._places_of.get((name, key))
        if place is not None:
            return self._is_held(place)
        return self._plain_holds(name, key)

    def _plain_holds(self, name: int, key: bytes) -> bool:
        """The same of a conclusion that rests on the file alone that it is about."""
        value = self._plain.get((name, key))
        if value is None and name not in self._surveyed:
            return False
        try:
            module = self._decoder.decode(key)
        except EncodingError:
            return False
        if not isinstance(module, Module):
            return False
        return module not in self._modules or self._comes_out(name, key, value)

    def _comes_out(self, name: int, key: bytes, value: int | None) -> bool:
        """Draw a conclusion again, and say whether it is what it was; ``value`` is None for an empty one."""
        if value == UNKNOWN or self._conclusions is None:
            return False
        try:
            named, about = self._name(name), self._decoder.decode(key)
        except EncodingError:
            return False
        known = self._conclusions.known[named]
        try:
            if about not in known:
                self._conclusions.draw(named, self._drawing(named), about)
            return self._encoder.encode(known[about]) == (
                self._encoder.encode(()) if value is None else self._notes.values[value]
            )
        except Exception:  # what a rule raises it will raise again where it counts
            return False

    def _drawing(self, named: Any) -> Callable[[Any], Any]:
        if named is self._derived:
            return cast("Callable[[Any], Any]", partial(_derive, self._project))
        compute = MethodType(*named) if isinstance(named, tuple) else named
        return partial(compute, self._project)

    def _stays(self, number: int) -> bool:
        """Whether a question about all files has the answer that it had."""
        if number not in self._answered:
            question = self._questions[number]
            if not isinstance(question, tuple):
                self._answered[number] = False
            elif not question[1:]:
                name = self._number_of(self._derived, self._name_numbers)
                self._answered[number] = name is not None and self._other_holds(name, self._encoder.encode(question[0]))
            else:
                self._answered[number] = all(is_same(*parts) for parts in self._parts(question[0]))
        return self._answered[number]

    def _parts(self, collect: Any) -> Iterable[tuple[object, object]]:
        """What was found in each module that changed, and what is."""
        return zip(self._before[collect], (self._part(collect, module) for module in self._modules), strict=True)

    def _pick_stays(self, number: int, key: bytes) -> bool:
        if self._stays(number):
            return True
        if (number, key) not in self._picks:
            self._picks[number, key] = self._same_pick(number, key)
        return self._picks[number, key]

    def _same_pick(self, number: int, key: bytes) -> bool:
        question = self._questions[number]
        if not isinstance(question, tuple):
            return False
        may_differ = getattr(question[1], "may_differ", None)
        try:
            about = self._decoder.decode(key)
        except EncodingError:
            return False
        return may_differ is not None and not any(may_differ(*parts, about) for parts in self._parts(question[0]))

    def _fold_stays(self, number: int) -> bool:
        if number not in self._folds:
            self._folds[number] = self._stays(number) or self._are_groups_same(number)
        return self._folds[number]

    def _are_groups_same(self, number: int) -> bool:
        """Whether records of which those of one key are looked at have changed where nobody looks: each of a key that
        it has for itself."""
        question, data = self._questions[number], self._notes.groups.get(number)
        if data is None or not isinstance(question, tuple):
            return False
        counts, before, after = HashCounts(data), Counter[Any](), Counter[Any]()
        differing: set[Any] = set()
        for old, new in self._parts(question[0]):
            one, other = cast("tuple[Iterable[tuple[Any, Any]], Iterable[tuple[Any, Any]]]", (old, new))
            before.update(key for key, _ in one)
            after.update(key for key, _ in other)
            differing |= Groups.differing(one, other)
        try:
            return all(
                before[key] <= 1 >= after[key] and counts.count(hash_of(self._encoder, key)) == before[key]
                for key in differing
            )
        except EncodingError:
            return False

    def _survey_stays(self, name: int) -> bool:
        if name not in self._surveys:
            self._surveys[name] = (
                name not in self._broken
                and all(map(self._is_held, self._by_name[name]))
                and self._plain_survey_stays(name)
            )
        return self._surveys[name]

    def _plain_survey_stays(self, name: int) -> bool:
        if name not in self._surveyed:
            return not self._has_plain(name)
        keys = ((name, self._encoder.encode(module)) for module in self._modules)
        return all(self._plain_holds(*key) for key in keys if key not in self._places_of)

    def _has_plain(self, name: int) -> bool:
        return any(number == name and self._numbers for number, _ in self._plain)

    def _number_of(self, named: object, numbers: Mapping[bytes, int]) -> int | None:
        """The number of a name or a question."""
        key = (named, numbers is self._name_numbers)
        if key not in self._written:
            try:
                self._written[key] = numbers.get(self._encoder.encode(named))
            except EncodingError:
                self._written[key] = None
        return self._written[key]

    def _name(self, number: int) -> Any:
        if number not in self._names:
            self._names[number] = self._decoder.decode(self._notes.names[number])
        return self._names[number]

    def _value(self, number: int) -> object:
        if number == UNKNOWN:
            return NOT_KNOWN
        return self._decoder.decode(self._notes.values[number])

    def _read(self, data: bytes) -> object:
        try:
            return self._decoder.decode(data)
        except EncodingError:
            return None


def _derive(project: Any, compute: Callable[[Any], object]) -> object:
    return compute(project)
