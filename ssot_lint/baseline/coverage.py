"""Whether a violation that is not found any more is fixed, or was not looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ssot_lint.baseline.entry import BaselineEntry
from ssot_lint.rules.selection import ActiveRule


class Stale(NamedTuple):
    """An entry that knows no violation of the scan. ``doubt`` says in a clause why that does not prove that it is
    fixed; empty if it does. ``is_left_out``: the doubt is that the configuration leaves it out, so that no scan will
    find it."""

    entry: BaselineEntry
    doubt: str
    is_left_out: bool = False


@dataclass(frozen=True)
class Coverage:
    """How far a scan went. ``gap`` says in a clause what of the project it has not read, empty if it has read all of
    it: every violation is about several places. ``rules`` are those that are on, by code, ``crashed`` the codes of
    those that did not come to their end; ``files`` the paths that were looked at; ``exists`` tells of a path whether
    there is a file."""

    gap: str
    rules: Mapping[str, ActiveRule]
    crashed: Collection[str]
    files: Collection[str]
    exists: Callable[[str], bool]

    def doubt_about(self, entry: BaselineEntry) -> Stale:
        """An entry that knows no violation of the scan, with what is to be said against calling it fixed."""
        if self.gap:
            return Stale(entry, self.gap)
        if entry.rule in self.crashed:
            return Stale(entry, f"{entry.rule} did not run to its end")
        left_out = self._left_out(entry)
        return Stale(entry, left_out, bool(left_out))

    def _left_out(self, entry: BaselineEntry) -> str:
        rule = self.rules.get(entry.rule)
        if rule is None:
            return f"{entry.rule} is off"
        if rule.ignored_paths is not None and rule.ignored_paths.covers(entry.path):
            return f"{entry.path} is ignored for {entry.rule}"
        if entry.path not in self.files and self.exists(entry.path):
            return f"{entry.path} was not scanned"
        return ""
