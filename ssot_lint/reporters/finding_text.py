"""One finding whole, as text: the code of home and sites, how they differ, who imports them, and every way out."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, JudgedSite
from ssot_lint.reporters.brief import headline
from ssot_lint.reporters.figures import evidence_text, home_word, remark
from ssot_lint.reporters.layout import Layout, prose, to_string, where
from ssot_lint.reporters.ways_out import ways_out
from ssot_lint.text.sanitize import code_in_columns, visible, visible_path
from ssot_lint.text.wording import counted

MOST_CODE_LINES = 40
"""Of each place; what is longer is read in an editor."""
MOST_DIFF_LINES = 100
_INDENT = 2
_LABEL = 10


@dataclass(frozen=True)
class PlaceView:
    """A home or a site: the lines of its ``code`` (none if it cannot be read), and where it is imported, by the module
    that the imports name. ``before`` and ``after`` are the lines around a statement, with the block that it stands in;
    ``original`` is the home of a site of its own."""

    place: Home | Site
    code: Sequence[str]
    importers: Mapping[str, Sequence[Location]]
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    original: PlaceView | None = None


@dataclass(frozen=True)
class FindingView:
    """A finding with what stands at its places; ``sites`` in the order of the finding's."""

    judged: JudgedFinding
    home: PlaceView | None
    sites: Sequence[PlaceView]


def render_finding(view: FindingView, *, width: int, color: bool) -> str:
    """Render one finding for a terminal of ``width`` columns. Nothing is left out but the middle of long code."""
    layout = Layout(width)
    sections = [[*_head(layout, view.judged)]]
    if view.home is not None:
        has_code = not all(site.original for site in view.sites)
        sections.append([*_home(layout, view.home, home_word(view.judged.finding), has_code=has_code)])
    for judged, place in zip(view.judged.sites, view.sites, strict=True):
        home = place.original or (view.home if _is_comparable(view, place) else None)
        sections.append([*_site(layout, judged, place, home)])
    sections.append([*_ways_out(layout, view.judged)])
    return to_string(map(tuple, sections), color=color)


def _is_comparable(view: FindingView, site: PlaceView) -> bool:
    """Whether a site is another definition of what the home defines: an import or a call of it has nothing in common
    with it."""
    action = view.judged.rule.action
    if view.home is None or action in (Action.REWRITE_IMPORTS, Action.MOVE_IMPORTS):
        return False
    are_two_things = {_kind(view.home), _kind(site)} == {"class", "def"}
    return not are_two_things and (action is Action.MERGE or _name(view.home) == _name(site))


def _kind(place: PlaceView) -> str:
    """Whether it is a class or a function, in the language's word; empty for anything else."""
    words = (line.removeprefix("async ").partition(" ")[0] for line in map(str.lstrip, place.code))
    return next((word for word in words if word in ("class", "def")), "")


def _name(place: PlaceView) -> str:
    return place.place.symbol.rpartition(":")[2].rpartition(".")[2]


def _head(layout: Layout, judged: JudgedFinding) -> Iterator[Text]:
    yield headline(judged)
    yield from layout.hang(Text(), prose(judged.finding.message), _INDENT)
    for note in evidence_text(judged.finding):
        yield from layout.hang(Text(), prose(note), _INDENT)


def _home(layout: Layout, home: PlaceView, word: str, *, has_code: bool) -> Iterator[Text]:
    """``has_code``: what the sites are compared with stands here, not in homes of their own."""
    yield Text.assemble((f"{word} ", "bold"), (where(home.place.location), "green"))
    if isinstance(home.place, Home):
        yield from layout.hang(Text(), prose(home.place.reason), _INDENT)
    if has_code:
        yield from _code(home)
    yield from _importers(home)


def _site(layout: Layout, judged: JudgedSite, site: PlaceView, home: PlaceView | None) -> Iterator[Text]:
    status = f" ({judged.status.value})"
    yield Text.assemble((f"{judged.id} ", "bold"), where(site.place.location), (status, "dim"))
    if text := remark(judged):
        yield from layout.hang(Text(), prose(text), _INDENT)
    difference = _difference(home, site) if home is not None and min(len(home.code), len(site.code)) > 1 else None
    if difference != [] or site.original is not None:
        yield from _code(site)
    if home is not None and difference == []:
        yield Text(f"{' ' * _INDENT}the same text as {where(home.place.location)}", "dim")
    yield from _importers(site)
    yield from difference or ()


def _code(place: PlaceView) -> Iterator[Text]:
    first = place.place.location.line
    has_more = bool(place.before or place.after)
    for number, line in enumerate(place.before, first - len(place.before)):
        yield _numbered(number, line)
    for number, line in enumerate(place.code[:MOST_CODE_LINES], first):
        yield _numbered(number, line, is_meant=has_more)
    yield from _rest(len(place.code) - MOST_CODE_LINES)
    for number, line in enumerate(place.after, first + len(place.code)):
        yield _numbered(number, line)


def _numbered(number: int, line: str, *, is_meant: bool = False) -> Text:
    mark = ">" if is_meant else ""
    return Text(f"{mark:>{_INDENT}}{number:>{_LABEL - 3 - _INDENT}} | {code_in_columns(line)}".rstrip())


def _importers(place: PlaceView) -> Iterator[Text]:
    """How many files, as other reports count them, and each statement."""
    statements = [(module, each) for module, locations in sorted(place.importers.items()) for each in locations]
    if not statements:
        return
    files = len({location.path for _, location in statements})
    several = f", in {len(statements):,} imports" if len(statements) > files else ""
    is_one = len(place.importers) == 1
    source = f" from {visible(statements[0][0])}" if is_one else ""
    yield Text(f"{' ' * _INDENT}imported{source} by {counted(files, 'file')}{several}:", "dim")
    for module, location in statements:
        yield Text.assemble(
            f"{' ' * 2 * _INDENT}{where(location)}", ("" if is_one else f"  from {visible(module)}", "dim")
        )


def _difference(home: PlaceView, site: PlaceView) -> list[Text]:
    one, other = (textwrap.dedent("\n".join(map(code_in_columns, each.code))).split("\n") for each in (home, site))
    ours, theirs = (visible_path(each.place.location.path) for each in (home, site))
    lines = [*difflib.unified_diff(one, other, ours, theirs, lineterm="")]
    shown = lines[:MOST_DIFF_LINES]
    return [
        *(Text(f"{' ' * _INDENT}{line}".rstrip(), {"+": "green", "-": "red"}.get(line[:1], "")) for line in shown),
        *_rest(len(lines) - MOST_DIFF_LINES),
    ]


def _rest(count: int) -> Iterator[Text]:
    if count > 0:
        yield Text(f"{' ' * _LABEL}... and {counted(count, 'more line')}", "dim")


def _ways_out(layout: Layout, judged: JudgedFinding) -> Iterator[Text]:
    for label, text in ways_out(judged):
        yield from layout.hang(Text(f"{label}:", "dim"), prose(text), _LABEL)
