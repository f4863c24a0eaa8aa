"""Questions that are code: is there something that does this already?"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.source import SourceFile, Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.symbols import Module
from ssot_lint.query.answer import Answer, Other, Relation, Response, Way, definition_of
from ssot_lint.query.build import LEAST_STATEMENTS, bare_entries
from ssot_lint.query.catalogue import Term
from ssot_lint.query.compose import CODE, MOST_OTHERS, Composer, relation_of
from ssot_lint.query.entries import Entry, Found, Kind
from ssot_lint.query.likeness import ALIKE_FROM

Likeness: TypeAlias = tuple[Relation, float, Found]
"""How a definition is like another one, and the share of their lines that is equal."""

MOST_ANSWERS = 5
LOOSE = "the code"
"""What an answer calls statements outside any definition."""
_MOST_READ = 40
_CLASS = "__"
_RECEIVERS = frozenset({"self", "cls"})
_CONSTRUCTOR = "__init__"
"""Two that keep as many parameters are equal but for names, and it means nothing."""
_RANKS = (Relation.EQUAL, Relation.RENAMED, Relation.VALUE, Relation.NEAR, Relation.ALIKE, Relation.NAME)


def dedented(code: str) -> str:
    """Code as it can be parsed: a piece from inside a block stands at the margin."""
    return textwrap.dedent(code.expandtabs())


def as_function(code: str) -> str:
    """Statements as the body of a function, so that their lines can be compared."""
    return f"def _():\n{textwrap.indent(dedented(code), '    ')}\n"


def are_methods(facts: ModuleFacts) -> bool:
    """Whether code has methods without their class: what they call their attributes would count otherwise."""
    firsts = [function.parameters[:1] for function in facts.functions if function.parent == MODULE_SCOPE]
    return bool(firsts) and not facts.classes and all(first and first[0].name in _RECEIVERS for first in firsts)


def as_class(code: str) -> str:
    """Methods in a class that has no name of its own."""
    return f"class {_CLASS}:\n{textwrap.indent(dedented(code), '    ')}\n"


def where_coded(composer: Composer, question: str, facts: ModuleFacts, *, is_loose: bool = False) -> Response:
    """What there is of the definitions in a piece of code; ``is_loose``: it was put into a function."""
    module = Module(SourceFile("", "", "", False, False, Zone.PRODUCTION), facts)
    answers: list[Answer] = []
    unknown: list[str] = []
    known: set[str] = set()
    entries = bare_entries(module)
    for entry in _asked(entries):
        if entry.qualname == _CLASS or (entry.kind is Kind.METHOD and entry.qualname.rpartition(".")[0] in known):
            continue
        label = LOOSE if is_loose else entry.qualname.removeprefix(f"{_CLASS}.")
        ranked = _ranked(composer, entry, is_loose=is_loose)
        if entry.name == _CONSTRUCTOR:
            ranked = [each for each in ranked if each[0] not in (Relation.RENAMED, Relation.ALIKE)]
        if entry.kind is Kind.CLASS and (not ranked or ranked[0][0] is Relation.NAME):
            ranked = [*_by_methods(composer, entry, entries), *ranked]
        # The file that is asked about is no answer, unless others have the same.
        if any(not _is_asked(composer, entry, each) for _, _, each in ranked):
            answers.append(_answer(composer, label, ranked))
            if ranked[0][0] is not Relation.NAME:
                known.add(entry.qualname)
        elif "." not in label:
            unknown.append(label)
    answers.sort(key=lambda answer: _RANKS.index(answer.relation))
    return Response(
        question,
        tuple(answers[:MOST_ANSWERS]),
        max(len(answers) - MOST_ANSWERS, 0),
        (),
        tuple(unknown),
        unread=composer.unread,
    )


def _by_methods(composer: Composer, entry: Entry, entries: Sequence[Entry]) -> Iterator[Likeness]:
    """The class that has the methods of the class ``entry``, whatever both call their attributes."""
    owners: dict[int, Found] = {}
    equal: Counter[int] = Counter()
    telling: set[int] = set()
    for method in entries:
        if method.qualname.rpartition(".")[0] == entry.qualname and method.statements >= LEAST_STATEMENTS:
            for number, (statements, owner) in _owners(_ranked(composer, method, is_loose=False)).items():
                owners[number] = owner
                equal[number] += min(statements, method.statements)
                telling |= {number} if method.name != _CONSTRUCTOR else set()
    for number, statements in equal.most_common(1):
        share = 2 * statements / (entry.statements + owners[number].entry.statements)
        if share >= ALIKE_FROM and number in telling:
            yield Relation.ALIKE if share < 1 else Relation.RENAMED, share, owners[number]


def _owners(ranked: Iterable[Likeness]) -> dict[int, tuple[int, Found]]:
    """The classes of methods, by number, each with the statements of the first of its methods."""
    found: dict[int, tuple[int, Found]] = {}
    for _, share, method in ranked:
        if method.entry.kind is Kind.METHOD and method.owner is not method:
            found.setdefault(method.owner.number, (round(method.entry.statements * share), method.owner))
    return found


def _asked(entries: Sequence[Entry]) -> Iterator[Entry]:
    """What is asked about: what stands at the top, and the methods of classes."""
    for entry in entries:
        is_method = entry.kind is Kind.METHOD and entry.statements > LEAST_STATEMENTS
        if is_method or (entry.kind is not Kind.VARIABLE and "." not in entry.qualname):
            yield entry


def _ranked(composer: Composer, entry: Entry, *, is_loose: bool) -> list[Likeness]:
    """The definitions that are like ``entry``, the most alike first."""
    found = []
    for each in composer.catalogue.found(dict.fromkeys(_candidates(composer, entry))):
        relation, share = relation_of(entry, each.entry)
        is_namesake = each.entry.name == entry.name and entry.kind is not Kind.METHOD and not is_loose
        if _is_of_kind(entry, each.entry) and (relation is not Relation.NAME or is_namesake):
            found.append((relation, share, each))
    return sorted(found, key=lambda one: (_RANKS.index(one[0]), *_rank(one[2]), -one[1]))


def _rank(found: Found) -> tuple[bool, bool, int, str, int]:
    """The home of a name before its copies, then what others import."""
    wholes = (found.entry, found.owner.entry) if found.entry.kind is Kind.METHOD else (found.entry,)
    is_copy = any(each.home >= 0 and found.file.entry_of(each.home) is not each for each in wholes)
    is_aside = found.file.zone is not Zone.PRODUCTION
    return is_aside, is_copy, -found.entry.importers, found.file.path, found.entry.line


def _is_of_kind(one: Entry, other: Entry) -> bool:
    if one.kind in CODE or other.kind in CODE:
        return (one.kind is Kind.CLASS) == (other.kind is Kind.CLASS) and one.kind in CODE and other.kind in CODE
    return True


def _candidates(composer: Composer, entry: Entry) -> Iterable[int]:
    catalogue = composer.catalogue
    if entry.statements >= LEAST_STATEMENTS:
        yield from catalogue.numbers(Term.DIGEST, entry.digest)[:_MOST_READ]
        if entry.renamed_digest:
            yield from catalogue.numbers(Term.RENAMED, entry.renamed_digest)[:_MOST_READ]
        yield from catalogue.sketches.like(entry.lines)
    if entry.shapes:
        yield from catalogue.shapes.like(entry.shapes)
    if entry.constant:
        yield from catalogue.numbers(Term.CONSTANT, entry.constant)[:_MOST_READ]
    if entry.value:
        yield from catalogue.numbers(Term.VALUE, entry.value)[:_MOST_READ]
    if entry.kind is not Kind.METHOD:
        yield from catalogue.numbers(Term.NAME, entry.name)[:_MOST_READ]


def _answer(composer: Composer, asked: str, ranked: Sequence[Likeness]) -> Answer:
    """The most alike as the home, with what else is like the code."""
    relation, share, home = ranked[0]
    answer = composer.answer(asked, relation, home, share)
    if home.entry.kind is Kind.METHOD and answer.way.statement:
        answer = msgspec.structs.replace(answer, way=Way("", _shared(home)))
    told = {home.symbol, *(other.definition.symbol for other in answer.others)}
    rest = [
        Other(definition_of(each), alike, of_lines) for alike, of_lines, each in ranked[1:] if each.symbol not in told
    ]
    others = (*answer.others, *rest)
    return answer.with_others(others[:MOST_OTHERS], answer.more + max(len(others) - MOST_OTHERS, 0))


def _shared(method: Found) -> str:
    """How else to get at the body of a method: whoever writes the same is seldom an heir of its class."""
    owner = method.entry.qualname.rpartition(".")[0]
    return f"it is a method of `{owner}`; move its body to a function that both can import"


def _is_asked(composer: Composer, entry: Entry, found: Found) -> bool:
    """Whether a definition is ``entry`` itself, in the file of the asker."""
    return composer.is_asked_from(found) and entry.qualname in (found.entry.qualname, f"{_CLASS}.{found.entry.name}")
