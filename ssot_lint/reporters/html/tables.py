"""Tables of what a report says in many places, each entry once. ``size`` is what a table has grown to, in bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssot_lint.model.report import Importers, Surroundings
from ssot_lint.model.source import Zone
from ssot_lint.reporters.html.payload import FileData, ImportData, ImportersData
from ssot_lint.reporters.html.room import Room, size_of
from ssot_lint.text.sanitize import uri_path, visible, visible_path

MOST_CODE_LINES = 300
FEWEST_CODE_LINES = 40
"""Of each place, if there are few or many places; what is longer is read in an editor."""
LONGEST_LINE = 240
_TAB = 4
_LINES_IN_ALL = 60_000


class Files:
    """The files that are mentioned, numbered as they come."""

    def __init__(self, zones: Mapping[str, str]) -> None:
        self._zones = zones
        self._numbers: dict[str, int] = {}
        self._rows: list[FileData] = []
        self.size = 0

    def number(self, path: str) -> int:
        if path not in self._numbers:
            self._numbers[path] = len(self._rows)
            self._rows.append(self._row(path))
            self.size += size_of(self._rows[-1])
        return self._numbers[path]

    def rows(self) -> list[FileData]:
        return self._rows

    def _row(self, path: str) -> FileData:
        shown, uri, zone = visible_path(path), uri_path(path), self._zones.get(path, "")
        # Left out of the data if they are the default itself, no equal string.
        return FileData(shown, "" if zone == Zone.PRODUCTION.value else zone, "" if uri == shown else uri)


class Codes:
    """Pieces of code, at most so many lines of each, as long as there is room for them."""

    def __init__(self, room: Room, most_lines: int) -> None:
        self._room, self._most = room, most_lines
        self._numbers: dict[str, int] = {}

    def number(self, lines: Sequence[str]) -> tuple[int, int]:
        """The number of the piece (-1 where there is no room, or none was read) and how many lines are left out."""
        text = "\n".join(_shown(line) for line in lines[: self._most])
        if text and text not in self._numbers and self._room.holds(size_of(text)):
            self._room.take(size_of(text))
            self._numbers[text] = len(self._numbers)
        if text not in self._numbers:
            return -1, len(lines)
        return self._numbers[text], max(len(lines) - self._most, 0)

    def rows(self) -> list[str]:
        return list(self._numbers)


class ImportersTable:
    """Who imports the places that are mentioned."""

    def __init__(self, surroundings: Surroundings | None, files: Files) -> None:
        self._known = surroundings.importers if surroundings else {}
        self._files = files
        self._numbers: dict[str, int] = {}
        self._rows: list[ImportersData] = []
        self.size = 0

    def number(self, key: str) -> int:
        """That of the importers of the place with that key; -1 if nobody imports it."""
        if key not in self._known:
            return -1
        if key not in self._numbers:
            self._numbers[key] = len(self._rows)
            self._rows.append(self._row(self._known[key]))
            self.size += size_of(self._rows[-1])
        return self._numbers[key]

    def rows(self) -> list[ImportersData]:
        return self._rows

    def _row(self, importers: Importers) -> ImportersData:
        first = [
            ImportData(visible(each.module), self._files.number(each.location.path), each.location.line)
            for each in importers.first
        ]
        return ImportersData(importers.files, first)


def most_code_lines(places: int) -> int:
    """How many lines of each of so many places are shown: few of many, as nearly all are short."""
    return min(max(_LINES_IN_ALL // max(places, 1), FEWEST_CODE_LINES), MOST_CODE_LINES)


def _shown(line: str) -> str:
    text = visible(line.rstrip().expandtabs(_TAB))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]} ..."
