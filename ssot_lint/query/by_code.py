"""Questions that are code: is there something that does this already?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.source import SourceFile, Zone
from ssot_lint.project.symbols import Module
from ssot_lint.query.answer import Answer, Other, Relation, Response, definition_of
from ssot_lint.query.build import LEAST_STATEMENTS, bare_entries
from ssot_lint.query.catalogue import Term
from ssot_lint.query.compose import CODE, MOST_OTHERS, Composer, relation_of
from ssot_lint.query.entries import Entry, Found, Kind

MOST_ANSWERS = 5
LOOSE = "the code"
"""What an answer calls statements outside any definition."""
_MOST_READ = 40
_RANKS = (Relation.EQUAL, Relation.RENAMED, Relation.VALUE, Relation.NEAR, Relation.NAME)


def dedented(code: str) -> str:
    """Code as it can be parsed: a piece from inside a block stands at the margin."""
    return textwrap.dedent(code.expandtabs())


def as_function(code: str) -> str:
    """Statements as the body of a function, so that their lines can be compared."""
    return f"def _():\n{textwrap.indent(dedented(code), '    ')}\n"


def where_coded(composer: Composer, question: str, facts: ModuleFacts, *, is_loose: bool = False) -> Response:
    """What there is of the definitions in a piece of code; ``is_loose``: it was put into a function."""
    module = Module(SourceFile("", "", "", False, False, Zone.PRODUCTION), facts)
    answers: list[Answer] = []
    unknown: list[str] = []
    known: set[str] = set()
    for entry in _asked(bare_entries(module)):
        if entry.kind is Kind.METHOD and entry.qualname.rpartition(".")[0] in known:
            continue
        label = LOOSE if is_loose else entry.qualname
        ranked = _ranked(composer, entry, is_loose=is_loose)
        # The file that is asked about is no answer, unless others have the same.
        if any(not _is_asked(composer, entry, each) for _, _, each in ranked):
            answers.append(_answer(composer, label, ranked))
            if ranked[0][0] is not Relation.NAME:
                known.add(entry.qualname)
        elif entry.kind is not Kind.METHOD:
            unknown.append(label)
    answers.sort(key=lambda answer: _RANKS.index(answer.relation))
    return Response(question, tuple(answers[:MOST_ANSWERS]), max(len(answers) - MOST_ANSWERS, 0), (), tuple(unknown))


def _asked(entries: Sequence[Entry]) -> Iterator[Entry]:
    """What is asked about: what stands at the top, and the methods of classes."""
    for entry in entries:
        is_method = entry.kind is Kind.METHOD and entry.statements > LEAST_STATEMENTS
        if is_method or (entry.kind is not Kind.VARIABLE and "." not in entry.qualname):
            yield entry


def _ranked(composer: Composer, entry: Entry, *, is_loose: bool) -> list[tuple[Relation, float, Found]]:
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
    whole = found.class_entry if found.entry.kind is Kind.METHOD else found.entry
    is_copy = whole.home >= 0 and found.file.entry_of(whole.home) is not whole
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
    if entry.constant:
        yield from catalogue.numbers(Term.CONSTANT, entry.constant)[:_MOST_READ]
    if entry.value:
        yield from catalogue.numbers(Term.VALUE, entry.value)[:_MOST_READ]
    if entry.kind is not Kind.METHOD:
        yield from catalogue.numbers(Term.NAME, entry.name)[:_MOST_READ]


def _answer(composer: Composer, asked: str, ranked: Sequence[tuple[Relation, float, Found]]) -> Answer:
    """The most alike as the home, with what else is like the code."""
    relation, share, home = ranked[0]
    answer = composer.answer(asked, relation, home, share)
    told = {home.symbol, *(other.definition.symbol for other in answer.others)}
    rest = [
        Other(definition_of(each), alike, of_lines) for alike, of_lines, each in ranked[1:] if each.symbol not in told
    ]
    others = (*answer.others, *rest)
    return answer.with_others(others[:MOST_OTHERS], answer.more + max(len(others) - MOST_OTHERS, 0))


def _is_asked(composer: Composer, entry: Entry, found: Found) -> bool:
    """Whether a definition is ``entry`` itself, in the file of the asker."""
    return composer.is_asked_from(found) and found.entry.qualname == entry.qualname
