"""What an editor shows of a definition: hover, home, sites, and a line above it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from ssot_lint.model.finding import Location
from ssot_lint.query.answer import Answer, Definition, Relation
from ssot_lint.query.by_name import where_at
from ssot_lint.query.compose import Composer
from ssot_lint.query.entries import FileEntry, Kind
from ssot_lint.server.lsp.places import Places
from ssot_lint.text.sanitize import markdown_code, markdown_text
from ssot_lint.text.wording import counted

SHOW_HOME = "ssot-lint.showHome"
"""The command behind the line above a definition: editors that know it go to its home."""

_COPIES = frozenset({Relation.EQUAL, Relation.RENAMED, Relation.NEAR, Relation.ALIKE, Relation.VALUE})


def hover(composer: Composer, file: FileEntry, line: int) -> types.Hover | None:
    """The home of what stands or is imported at a line, why it is that, and what else there is; None for nothing."""
    answers = where_at(composer, file, line).answers
    if not answers:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(map(_text, answers))))


def home(composer: Composer, file: FileEntry, line: int, places: Places) -> list[types.Location]:
    """The homes of what stands or is imported at a line, but for what is its home itself."""
    homes = [answer.home for answer in where_at(composer, file, line).answers]
    return [places.location(_place(each)) for each in homes if (each.path, each.line) != (file.path, line)]


def sites(composer: Composer, file: FileEntry, line: int, places: Places) -> list[types.Location]:
    """Home and sites of what stands or is imported at a line."""
    answers = where_at(composer, file, line).answers
    found = [each for answer in answers for each in (answer.home, *(other.definition for other in answer.others))]
    return [places.location(_place(each)) for each in found]


def lenses(composer: Composer, file: FileEntry, places: Places) -> Iterator[types.CodeLens]:
    """A line above each class and function of a module that others import or that has copies."""
    for at, entry in enumerate(file.entries):
        if entry.kind not in (Kind.CLASS, Kind.FUNCTION) or "." in entry.qualname:
            continue
        (found,) = composer.catalogue.found([file.first + at])
        answer = composer.answer(entry.name, Relation.PLACE, composer.home_of(found))
        copies = sum(other.relation in _COPIES for other in answer.others)
        if entry.importers or copies:
            target = places.location(_place(answer.home))
            command = types.Command(_title(answer, entry.importers, copies, file), SHOW_HOME, arguments=[target])
            place = Location(file.path, entry.line, entry.column)
            yield types.CodeLens(places.range(place), command)


def _title(answer: Answer, importers: int, copies: int, file: FileEntry) -> str:
    where = "home" if answer.home.path == file.path else f"copy of {answer.home.symbol}"
    parts = [where, f"imported by {counted(importers, 'module')}" if importers else ""]
    parts.append(f"{copies} {'copy' if copies == 1 else 'copies'}" if copies else "")
    return " \u00b7 ".join(filter(None, parts))


def _text(answer: Answer) -> str:
    each = answer.home
    lines = [f"**home** {markdown_code(each.symbol)}, {markdown_code(f'{each.path}:{each.line}')}"]
    lines += [markdown_text(each.docstring)] if each.docstring else []
    lines += [markdown_text(answer.reason)] if answer.reason else []
    lines += [markdown_code(answer.way.statement)] if answer.way.statement else []
    lines += [f"built by {markdown_code(answer.factory.symbol)}"] if answer.factory else []
    lines += [f"part of {', '.join(map(markdown_code, answer.components))}"] if answer.components else []
    others = len(answer.others) + answer.more
    lines += [f"{others} more like it: {_listed(answer)}"] if others else []
    return "\n\n".join(lines)


def _listed(answer: Answer) -> str:
    return ", ".join(markdown_code(f"{other.definition.path}:{other.definition.line}") for other in answer.others)


def _place(each: Definition) -> Location:
    return Location(each.path, each.line, each.column, each.end_line)
