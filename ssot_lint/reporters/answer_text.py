"""The answer to "is there one already?" as text, at most a screen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.text import Text

from ssot_lint.model.source import Zone
from ssot_lint.query.answer import Answer, Definition, Literal, Other, Relation, Response, Way
from ssot_lint.reporters.layout import Layout, prose, to_string
from ssot_lint.reporters.phrases import unread_sentence
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

_INDENT = 2
_LABEL = 11
_PERCENT = 100


def render_answer(response: Response, *, width: int, color: bool, shown: Callable[[str], str] = str) -> str:
    """Render what is answered for a terminal of ``width`` columns; ``shown`` is what paths are called there."""
    layout = Layout(width)
    answers = [[*_answer(layout, each, shown)] for each in response.answers]
    literals = [[*_literal(layout, each, shown)] for each in response.literals]
    # Who asks for the text of a setting does not mean what a test calls so.
    is_aside = bool(response.answers) and response.answers[0].home.zone is not Zone.PRODUCTION
    sections = [*literals, *answers] if is_aside else [*answers, *literals]
    sections += [[prose(f"Nothing like `{each}`.")] for each in response.unknown]
    sections += [[prose(response.remark)]] if response.remark else []
    if response.more:
        sections.append([Text(f"... and {counted(response.more, 'more answer')}: name it more closely", "dim")])
    if response.unread:
        text = f"May be incomplete: {unread_sentence([shown(path) for path in response.unread])}"
        sections.append([*layout.hang(Text(), prose(text), 0)])
    return to_string(map(tuple, sections), color=color)


def _answer(layout: Layout, each: Answer, shown: Callable[[str], str]) -> Iterator[Text]:
    home = each.home
    yield Text.assemble((_place(home, shown), "bold green"), f" {home.kind.value} ", (visible(home.symbol), "bold"))
    yield from layout.hang(Text(), Text(visible(home.signature)), _INDENT)
    if home.docstring:
        yield from layout.hang(Text(), Text(visible(home.docstring), "dim"), _INDENT)
    if said := _likeness(each):
        yield from layout.hang(_label("asked:"), prose(said), _LABEL)
    if each.reason:
        yield from layout.hang(_label("why:"), prose(each.reason), _LABEL)
    yield from _way(layout, "import:", each.way)
    if each.factory is not None and each.factory_way is not None:
        built = f"built by `{each.factory.symbol}`, {_place(each.factory, shown)}"
        yield from layout.hang(_label("factory:"), prose(built), _LABEL)
        yield from _way(layout, "", each.factory_way)
    if each.components:
        yield from layout.hang(_label("part of:"), prose(", ".join(f"`{name}`" for name in each.components)), _LABEL)
    yield from layout.rows([_other(at, other, shown) for at, other in enumerate(each.others)], _LABEL)
    if each.more:
        yield Text(f"{' ' * _LABEL}... and {each.more:,} more", "dim")


def _way(layout: Layout, label: str, way: Way) -> Iterator[Text]:
    if way.statement:  # in one line, to be copied
        yield Text.assemble(f"{_label(label).plain:<{_LABEL}}", (visible(way.statement), "bold"))
    else:
        yield from layout.hang(_label(label), prose(f"none: {way.obstacle}"), _LABEL)


def _other(at: int, other: Other, shown: Callable[[str], str]) -> tuple[Text, Text, Text]:
    each = other.definition
    remark = f"`{each.symbol}`, {_relation(other.relation, other.share)}"
    return _label("" if at else "also:"), Text(_place(each, shown)), prose(remark)


def _relation(relation: Relation, share: float) -> str:
    if relation is Relation.EQUAL:
        return "equal code"
    if relation is Relation.RENAMED:
        return "equal but for its own names"
    if relation is Relation.VALUE:
        return "the same value"
    if relation is Relation.NEAR:
        return f"{share * _PERCENT:.0f} % of the lines equal"
    if relation is Relation.ALIKE:
        return f"{share * _PERCENT:.0f} % of the lines equal but for its own names"
    return "another one of that name"


def _likeness(each: Answer) -> str:
    """How the home is what was asked for, where that does not speak for itself."""
    if each.relation in (Relation.NAME, Relation.WORDS, Relation.PLACE):
        return "" if each.asked == each.home.symbol.rpartition(":")[2] else f"`{each.asked}`"
    if each.relation is Relation.CONTAINS:
        return "has all these words"
    if each.relation is Relation.MODULE:
        return "has these words with the name of its module"
    if each.relation is Relation.SHORT:
        return "has these words in short"
    if each.relation is Relation.PARTLY:
        return "has some of these words"
    return f"`{each.asked}`: {_relation(each.relation, each.share)}"


def _literal(layout: Layout, each: Literal, shown: Callable[[str], str]) -> Iterator[Text]:
    places, files = counted(each.uses.places, "place"), counted(each.uses.files, "file")
    first = [f"{visible_path(shown(path))}:{line}" for path, line in each.uses.first]
    more = each.uses.places - len(first)
    shown_places = ", ".join([*first, f"and {more:,} more"] if more else first)
    text = f"The text `{each.value}` is written out in {places} of {files}: {shown_places}"
    yield from layout.hang(Text(), prose(text), 0)


def _place(each: Definition, shown: Callable[[str], str]) -> str:
    return f"{visible_path(shown(each.path))}:{each.line}"


def _label(text: str) -> Text:
    return Text(f"{' ' * _INDENT}{text}", "dim")
