"""Tables of what a report says in many places, each entry once. ``size`` is what a table has grown to, in bytes."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.model.report import Importers, Surroundings
from ssot_lint.model.source import Zone
from ssot_lint.reporters.html.payload import FileData, ImportData, ImportersData
from ssot_lint.reporters.html.room import size_of
from ssot_lint.text.sanitize import uri_path, visible, visible_path


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
