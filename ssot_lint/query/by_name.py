"""Questions that name something: ``OrderBook``, ``shop.orders:OrderBook``, "order book", ``order_placed``, a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.source import Zone
from ssot_lint.query.answer import Literal, Relation, Response
from ssot_lint.query.by_words import named_with
from ssot_lint.query.catalogue import Term
from ssot_lint.query.compose import Composer
from ssot_lint.query.entries import FileEntry, Found, Kind
from ssot_lint.text.identifiers import words

MOST_ANSWERS = 5
_MOST_READ = 40
"""Definitions of one name that are looked at: of ``__init__`` there are thousands."""
_PARTS = frozenset({Kind.METHOD, Kind.MEMBER, Kind.VARIABLE})


def where_named(composer: Composer, text: str) -> Response:
    """What there is of that name, symbol, value, or with these words."""
    asked = text.strip()
    homes = sorted(_homes(composer, asked), key=lambda each: _remoteness(each[2]))
    answers = tuple(composer.answer(name, relation, home) for relation, name, home in homes[:MOST_ANSWERS])
    uses = composer.catalogue.uses(asked)
    literals = () if uses is None else (Literal(asked, uses),)
    unknown = () if answers or literals else (asked,)
    return Response(text, answers, len(homes) - len(answers), literals, unknown, unread=composer.unread)


def _remoteness(found: Found) -> tuple[bool, bool]:
    """Sorts what can be imported first, and before what only tests and the like have."""
    return not found.is_reachable, found.file.zone is not Zone.PRODUCTION


def where_at(composer: Composer, file: FileEntry, line: int) -> Response:
    """What is imported at a line, or else the innermost definition around it."""
    question = f"{file.path}:{line}"
    found = [*composer.catalogue.found(number for at, number in file.imports if at == line)] or _around(file, line)
    homes = {home.number: (each, home) for each in found for home in [composer.home_of(each)]}
    answers = [composer.answer(each.entry.qualname, Relation.PLACE, home) for each, home in homes.values()]
    remark = "" if answers else _nothing_at(composer, file, line)
    return Response(question, tuple(answers[:MOST_ANSWERS]), max(len(answers) - MOST_ANSWERS, 0), remark=remark)


def _nothing_at(composer: Composer, file: FileEntry, line: int) -> str:
    unread = next((each for each in composer.catalogue.unread if each.path == file.path), None)
    if unread is not None:
        return f"`{file.path}` could not be read, so nothing is known of it: line {unread.line}: {unread.reason}."
    return f"No definition and no import stands at `{file.path}:{line}`."


def _around(file: FileEntry, line: int) -> list[Found]:
    around = [
        (entry.line - entry.end_line, at)
        for at, entry in enumerate(file.entries)
        if entry.line <= line <= max(entry.end_line, entry.line)
    ]
    if not around:
        return []
    _, innermost = max(around)
    return [Found(file.first + innermost, file, file.entries[innermost])]


def _homes(composer: Composer, text: str) -> list[tuple[Relation, str, Found]]:
    """The homes of all that the text may mean, the likeliest first, each once, with the name that was found."""
    catalogue = composer.catalogue
    exact = (
        (Relation.NAME, _symbols(composer, text)),
        (Relation.NAME, catalogue.numbers(Term.NAME, text)),
        (Relation.VALUE, catalogue.numbers(Term.VALUE, text)),
        (Relation.WORDS, catalogue.numbers(Term.WORDS, "".join(words(text)))),
    )
    homes = _each_home(composer, exact)
    if any(relation is Relation.NAME for relation, _, _ in homes):
        # Who says `Version` does not mean the property `version` of another class.
        homes = [each for each in homes if each[0] is not Relation.WORDS or each[2].entry.kind not in _PARTS]
    return homes or _each_home(composer, named_with(catalogue, text))


def _each_home(
    composer: Composer, numbers: Iterable[tuple[Relation, Sequence[int]]]
) -> list[tuple[Relation, str, Found]]:
    found: dict[int, tuple[Relation, str, Found]] = {}
    for relation, group in numbers:
        for each in composer.catalogue.found(group[:_MOST_READ]):
            # Who names the module does not mean the namesake in another one.
            home = each if relation is Relation.MODULE else composer.home_of(each)
            found.setdefault(home.number, (relation, each.entry.name, home))
    return list(found.values())


def _symbols(composer: Composer, text: str) -> Sequence[int]:
    """The definitions that ``package.module:Qual.name`` names, or the same with dots alone."""
    module, colon, qualname = text.partition(":")
    splits = [(module, qualname)] if colon else _splits(text)
    files = [(file, qualname) for module, qualname in splits for file in composer.catalogue.files_of(module)]
    defined = [
        file.first + at
        for file, qualname in files
        for at, entry in enumerate(file.entries)
        if entry.qualname == qualname
    ]
    return defined or [
        found.number
        for file, name in files
        for found in composer.catalogue.found(dict.fromkeys(number for _, number in file.imports))
        if found.entry.name == name
    ]


def _splits(dotted: str) -> Iterator[tuple[str, str]]:
    parts = dotted.split(".")
    for at in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:at]), ".".join(parts[at:])
