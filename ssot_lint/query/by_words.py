"""Questions in words that are no name as they stand: which names have them, with those of the module, or in short."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ssot_lint.model.source import Zone
from ssot_lint.query.answer import Relation
from ssot_lint.query.catalogue import Catalogue, Term
from ssot_lint.query.entries import Found, Kind
from ssot_lint.text.identifiers import stand_in_order, words

_MOST_RANKED = 400
_SAY_NOTHING = frozenset({"a", "an", "and", "for", "in", "not", "of", "the", "to"})
_LEAST_SHORT = 3
"""Letters of the shortest word that counts as an abbreviation: shorter ones stand for anything."""
_LEAST_PART = 3
"""Letters of the shortest part of a word that is written in one: ``in`` begins and ends a great many."""
_MOST_COMMON = 20
"""Names with a word that still tells something where the other words are missing."""
_VOWELS = frozenset("aeiou")
_OFFERED = (Kind.CLASS, Kind.FUNCTION)


def named_with(catalogue: Catalogue, text: str) -> list[tuple[Relation, Sequence[int]]]:
    """The definitions that have the words of ``text``, the nearest first, each group with how it has them.

    The name of the module counts only where no name in production code has all of them, and words in short only where
    there is nothing else, and some of the words only where nothing has all.
    """
    asked = [word for word in dict.fromkeys(words(text)) if word not in _SAY_NOTHING]
    short = partial(_short, catalogue)
    for each in [asked, *_spellings(catalogue, asked)]:
        if found := _having(catalogue, each, _number, Relation.CONTAINS):
            return found
    if found := _having(catalogue, asked, short, Relation.SHORT):
        return found
    # Who writes a name wants that one; who writes words looks for what comes near.
    return _partly(catalogue, asked, short) if len(text.split()) > 1 else []


def _spellings(catalogue: Catalogue, asked: Sequence[str]) -> Iterator[list[str]]:
    """The same words with two of them in one, as in ``load_kubeconfig``, or one of them in two."""
    for at in range(len(asked) - 1):
        yield [*asked[:at], asked[at] + asked[at + 1], *asked[at + 2 :]]
    for at, word in enumerate(asked):
        for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
            parts = (word[:cut], word[cut:])
            if all(catalogue.numbers(Term.WORD, part) for part in parts):
                yield [*asked[:at], *parts, *asked[at + 1 :]]


def _partly(
    catalogue: Catalogue, asked: Sequence[str], forms: Callable[[str], Iterable[str]]
) -> list[tuple[Relation, Sequence[int]]]:
    """What has half of several words in its name, the nearest first: one of them at least has to tell something."""
    in_names = [_rows(partial(catalogue.numbers, Term.WORD), forms(word)) for word in asked]
    telling = {number for numbers in in_names if len(numbers) <= _MOST_COMMON for number in numbers}
    counts = Counter(number for numbers in in_names for number in numbers)
    near = [number for number in counts if number in telling and 2 * counts[number] >= len(asked) > 1]
    found = list(catalogue.found(near[:_MOST_RANKED]))
    shared = {each.number: counts[each.number] + _told(each.entry.docstring, asked) for each in found}
    found = [*filter(_is_production, found)] or found
    ranked = sorted(found, key=lambda each: (-shared[each.number], _farness(each)))
    return [(Relation.PARTLY, [each.number for each in ranked])] if ranked else []


def _told(docstring: str, asked: Sequence[str]) -> int:
    """How many of the words begin a word of a docstring."""
    said = words(docstring)
    return sum(any(each.startswith(word) for each in said) for word in asked)


def is_short_for(short: str, word: str) -> bool:
    """Whether one word is an abbreviation of another: ``sys`` of system, ``cmd`` of command."""
    if not _LEAST_SHORT <= len(short) < len(word) or short in _SAY_NOTHING:
        return False
    return word.startswith(short) or (short[0] == word[0] and not _VOWELS & {*short} and stand_in_order(short, word))


def _having(
    catalogue: Catalogue, asked: Sequence[str], forms: Callable[[str], Iterable[str]], relation: Relation
) -> list[tuple[Relation, Sequence[int]]]:
    """What has each word in one of its ``forms``; ``relation`` is that of names that have all of them."""
    if not asked:
        return []
    of_word = [[*forms(word)] for word in asked]
    in_names = [_rows(partial(catalogue.numbers, Term.WORD), each) for each in of_word]
    named = _ranked(catalogue, frozenset.intersection(*map(frozenset, in_names)), in_names[0])
    beside: list[Found] = []
    if not any(map(_is_production, named)):
        files = [frozenset(_rows(catalogue.files_with, each)) for each in of_word]
        beside = [*filter(_is_production, _beside(catalogue, in_names, files) or _in_module(catalogue, of_word, files))]
    found = ((Relation.MODULE, beside), (relation, named))
    return [(how, [each.number for each in group]) for how, group in found if group]


def _beside(catalogue: Catalogue, in_names: Sequence[Sequence[int]], files: Sequence[frozenset[int]]) -> list[Found]:
    """What has one word at least in its name, and the others in that of its module."""
    named = [frozenset(numbers) for numbers in in_names]
    starts = catalogue.world.starts
    candidates = dict.fromkeys(number for numbers in in_names for number in numbers)
    shared = {
        number
        for number in candidates
        for file in [bisect_right(starts, number) - 1]
        if all(number in names or file in modules for names, modules in zip(named, files, strict=True))
    }
    return _ranked(catalogue, shared, candidates)


def _in_module(
    catalogue: Catalogue, of_word: Sequence[Sequence[str]], files: Sequence[frozenset[int]]
) -> Iterator[Found]:
    """What a module offers whose own name has all the words."""
    for number in sorted(frozenset.intersection(*files))[:_MOST_RANKED]:
        file = catalogue.file(number)
        own = words(file.module.rpartition(".")[2])
        if all(not {*own}.isdisjoint(forms) for forms in of_word):
            numbered = enumerate(file.entries, file.first)
            offered = ((at, each) for at, each in numbered if each.kind in _OFFERED and not each.name.startswith("_"))
            yield from (Found(at, file, each) for at, each in offered)


def _ranked(catalogue: Catalogue, numbers: Iterable[int], order: Iterable[int]) -> list[Found]:
    """Those of ``order`` that are among ``numbers``, the shortest names first."""
    among = frozenset(numbers)
    ranked = [number for number in order if number in among][:_MOST_RANKED]
    return sorted(catalogue.found(ranked), key=_farness)


def _farness(found: Found) -> tuple[bool, bool, int]:
    """How far a name that has the words is from one that is meant."""
    name = found.entry.name
    return not _is_production(found), name.startswith("_"), len(words(name))


def _is_production(found: Found) -> bool:
    return found.file.zone is Zone.PRODUCTION


def _rows(look_up: Callable[[str], Sequence[int]], terms: Iterable[str]) -> list[int]:
    return [*dict.fromkeys(number for term in terms for number in look_up(term))]


def _number(word: str) -> Iterable[str]:
    """A word in singular and plural."""
    return dict.fromkeys((word, word.removesuffix("s"), f"{word}s"))


def _short(catalogue: Catalogue, word: str) -> Iterator[str]:
    """A word in singular, plural, and in short, or written out."""
    yield from _number(word)
    for other in catalogue.words_from(word[0]):
        if is_short_for(other, word) or is_short_for(word, other):
            yield other
