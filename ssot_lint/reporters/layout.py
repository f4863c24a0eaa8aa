"""Laying out lines of text: hanging indents, rows of places, tables. ASCII, no boxes, no trailing blanks.

Text from the scanned tree enters through :func:`prose` and :func:`where`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from ssot_lint.model.finding import Location
from ssot_lint.text.sanitize import visible, visible_path

_LEAST_WIDTH = 40
_COMFORTABLE_WIDTH = 48
_TELLING_WIDTH = 16
_GAP = 2
_CUT = " ..."
_WORD = re.compile(r"\s*(\S+)")
_LAST_WORD = re.compile(r"(?<=\S)\s+\S+$")
_PLACE = re.compile(r"\w[/\\]\w|\.pyi?\b")


class Layout:
    """Lays text out in ``width`` columns, at least 40. Words longer than a line are folded, paths and places never."""

    def __init__(self, width: int) -> None:
        self._width = max(width, _LEAST_WIDTH)

    def hang(self, start: Text, body: Text, indent: int) -> Iterator[Text]:
        """``body`` after ``start``, which is padded to ``indent``; further lines begin at ``indent``."""
        for line in _wrapped(body, self._width - indent):
            yield _padded(start, indent).append_text(line)
            start = Text()

    def row(self, label: Text, place: Text, remark: Text, indent: int) -> Iterator[Text]:
        """A label, a place that is never broken, and its remark beside it; below it, if there it needs fewer lines."""
        start = _padded(label, indent).append_text(place)
        if not remark:
            yield start
            return
        column = start.cell_len + _GAP
        if self._width - column >= min(remark.cell_len, _COMFORTABLE_WIDTH):
            yield from self.hang(start, remark, column)
        else:
            yield start
            yield from self.hang(Text(), remark, indent + _GAP)

    def row_in_one(self, label: Text, place: Text, remark: Text, indent: int) -> Text:
        """The same in one line: of the remark what fits, nothing if that says nothing."""
        start = _padded(label, indent).append_text(place)
        room = self._width - start.cell_len - _GAP
        if not remark or room < min(remark.cell_len, _TELLING_WIDTH):
            return start
        first = next(_wrapped(remark, room - (0 if remark.cell_len <= room else len(_CUT))))
        return Text.assemble(start, " " * _GAP, first, ("" if remark.cell_len <= room else _CUT, "dim"))

    def cut(self, line: Text) -> Text:
        """A line that goes on, with a mark for that, for which its last words make room; a path stays."""
        room = self._width - len(_CUT)
        while line.cell_len > room and (last := _LAST_WORD.search(line.plain)) and not _PLACE.search(last[0]):
            line = line[: last.start()]
        if not _PLACE.search(line.plain):
            line.truncate(room)
        return Text.assemble(line, (_CUT, "dim"))

    def rows(self, places: Sequence[tuple[Text, Text, Text]], indent: int) -> Iterator[Text]:
        """Rows of label, place and remark. The remarks get a column of their own if the places leave enough
        room for one, otherwise each stands below its place."""
        column = indent + max((place.cell_len for _, place, _ in places), default=0) + _GAP
        longest = max((remark.cell_len for _, _, remark in places), default=0)
        beside = self._width - column >= min(longest, _COMFORTABLE_WIDTH)
        for label, place, remark in places:
            start = _padded(label, indent).append_text(place)
            if not remark:
                yield start
            elif beside:
                yield from self.hang(start, remark, column)
            else:
                yield start
                yield from self.hang(Text(), remark, indent + _GAP)


def table(header: Sequence[str], rows: Sequence[Sequence[Text]], left: int) -> Iterator[Text]:
    """Columns as wide as their widest cell; the first ``left`` are flush left, the others flush right."""
    cells = [[Text(title, "dim") for title in header], *rows]
    widths = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        line = Text()
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            line.append_text(_padded(cell, width) if at < left else Text(" " * (width - cell.cell_len)) + cell)
            line.append(" " * _GAP)
        line.rstrip()
        yield line


def prose(text: str) -> Text:
    """A sentence of a rule, with the names it puts in backticks standing out."""
    shown = Text(visible(text))
    shown.highlight_regex(r"`[^`]+`", "bold")
    return shown


def where(location: Location, shown: Callable[[str], str] = str) -> str:
    """``path:line:column``, as terminals and editors make a link of it; ``shown`` is how the path is called there."""
    return f"{visible_path(shown(location.path))}:{location.line}:{location.column}"


def more(count: int, indent: int, how: str = "-f json lists all") -> Iterator[Text]:
    """The line below a list that leaves ``count`` entries out; none if that is nothing. ``how`` to see them."""
    if count > 0:
        yield Text(f"{' ' * indent}... and {count:,} more ({how})", "dim")


def to_string(sections: Iterable[Sequence[Text]], *, color: bool) -> str:
    """Lines in sections, with an empty line between those that have any; in the 16 colours of the terminal's own theme
    or in none. One section at a time is in memory as Text, which takes much more of it than a string."""
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        force_jupyter=False,
        # The environment is the caller's business: the same report gives the same bytes everywhere.
        _environ={},
    )
    for lines in sections:
        if lines:
            out.write("\n" if out.tell() else "")
            joined = Text("\n").join(lines)
            if color:
                console.print(joined, soft_wrap=True)
            else:
                out.write(f"{joined.plain}\n")
    return out.getvalue()


def _wrapped(body: Text, width: int) -> Iterator[Text]:
    """The lines of ``body``, broken between words."""
    for line in body.split(allow_blank=True):
        for piece in line.divide(_breaks(line.plain, width)):
            plain = piece.plain
            piece = piece[len(plain) - len(plain.lstrip()) :] if plain.strip() else Text()
            piece.rstrip()
            yield piece


def _breaks(line: str, width: int) -> Iterator[int]:
    """Where a line is to be broken."""
    column = 0
    for word in _WORD.finditer(line):
        start, blanks = word.start(1), word.start(1) - word.start()
        if column and column + blanks + cell_len(word[1]) > width:
            yield start
            column = blanks = 0
        pieces = [word[1]] if _PLACE.search(word[1]) else chop_cells(word[1], width)
        for piece in pieces[:-1]:
            start += len(piece)
            yield start
        column = (column + blanks if len(pieces) == 1 else 0) + cell_len(pieces[-1])


def _padded(text: Text, width: int) -> Text:
    return Text.assemble(text, " " * max(width - text.cell_len, 0))
