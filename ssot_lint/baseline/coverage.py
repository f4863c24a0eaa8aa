"""Whether a violation that is not found any more is fixed, or was not looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ssot_lint.baseline.entry import BaselineEntry
from ssot_lint.rules.selection import ActiveRule


class Stale(NamedTuple):
    """An entry that knows no violation of the scan. ``doubt`` says in a clause why that does not prove that it is
    fixed; empty if it does."""

    entry: BaselineEntry
    doubt: str


@dataclass(frozen=True)
class Coverage:
    """How far a scan went. ``gap`` says in a clause what of the project it has not read, empty if it has read all of
    it: every violation is about several places. ``rules`` are those that came to their end, by code; ``files`` the
    paths that were looked at; ``exists`` tells of a path whether there is a file."""

    gap: str
    rules: Mapping[str, ActiveRule]
    files: Collection[str]
    exists: Callable[[str], bool]

    def doubt_about(self, entry: BaselineEntry) -> Stale:
        """An entry that knows no violation of the scan, with what is to be said against calling it fixed."""
        return Stale(entry, self._doubt(entry))

    def _doubt(self, entry: BaselineEntry) -> str:
        if self.gap:
            return self.gap
        rule = self.rules.get(entry.rule)
        if rule is None:
            return f"{entry.rule} did not run to its end"
        if rule.ignored_paths is not None and rule.ignored_paths.covers(entry.path):
            return f"{entry.path} is ignored for {entry.rule}"
        if entry.path not in self.files and self.exists(entry.path):
            return f"{entry.path} was not scanned"
        return ""
