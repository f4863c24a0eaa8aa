"""Whether a violation that is not found any more is fixed, or was not looked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ssot_lint.baseline.entry import BaselineEntry
from ssot_lint.rules.selection import ActiveRule


class Stale(NamedTuple):
    """An entry that knows no violation of the scan. ``doubt`` says in a clause why that does not prove that it is
    fixed; empty if it does. ``is_left_out``: the doubt is that the configuration leaves it out, so that no scan will
    find it. ``is_unread``: it is that a file could not be read, and about this entry alone."""

    entry: BaselineEntry
    doubt: str
    is_left_out: bool = False
    is_unread: bool = False


@dataclass(frozen=True)
class Coverage:
    """How far a scan went. ``gap`` says in a clause what of the project it has not read, empty if it has read all of
    it, where it cannot be told file by file. ``rules`` are those that are on, by code, ``crashed`` the codes of
    those that did not come to their end; ``files`` the paths that were looked at; ``exists`` tells of a path whether
    there is a file. ``unread`` are the files that no scan reads, with the names of their
    modules: nothing that was found had anything from them. ``broken`` is one that earlier scans may have read: what
    stood in it is not known to be gone."""

    gap: str
    rules: Mapping[str, ActiveRule]
    crashed: Collection[str]
    files: Collection[str]
    exists: Callable[[str], bool]
    unread: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""

    def doubt_about(self, entry: BaselineEntry) -> Stale:
        """An entry that knows no violation of the scan, with what is to be said against calling it fixed."""
        if self.gap:
            return Stale(entry, self.gap)
        if entry.rule in self.crashed:
            return Stale(entry, f"{entry.rule} did not run to its end")
        if unread := self._unread(entry):
            return Stale(entry, f"{unread} could not be read", is_unread=True)
        left_out = self._left_out(entry)
        return Stale(entry, left_out, bool(left_out))

    def _unread(self, entry: BaselineEntry) -> str:
        """The unread file that the site, or what the entry is about, stands or may stand in."""
        modules = {word.partition(":")[0] for word in entry.subject.split(" ")}
        return next((path for path, name in self.unread.items() if path == entry.path or name in modules), self.broken)

    def _left_out(self, entry: BaselineEntry) -> str:
        rule = self.rules.get(entry.rule)
        if rule is None:
            return f"{entry.rule} is off"
        if rule.ignored_paths is not None and rule.ignored_paths.covers(entry.path):
            return f"{entry.path} is ignored for {entry.rule}"
        if entry.path not in self.files and self.exists(entry.path):
            return f"{entry.path} was not scanned"
        return ""
