"""Tells, without a look at all files, that the layout of a tree stays though imports have changed.

What one more import decides is known from what all imports together decide: it is counted here. Where a count may turn
something, or a file shows what no count tells, the whole has to be settled anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from ssot_lint.discovery.election import Election, folders_named
from ssot_lint.discovery.import_evidence import FileEvidence, ImportEvidence, top_of
from ssot_lint.discovery.paths import join, module_path
from ssot_lint.discovery.zone_evidence import Link, decides_on, folders_used, may_be_lifted, suspect_folders
from ssot_lint.model.source import SourceTree

_KeyT = TypeVar("_KeyT", bound=Hashable)


class LayoutCheck:
    """Knows what was decided on a tree by the ``evidence`` of its files; ``contents`` is what these tell."""

    def __init__(self, tree: SourceTree, contents: Mapping[str, FileEvidence], evidence: ImportEvidence) -> None:
        self._locator, self._likely_roots = evidence.locator, evidence.likely_roots
        self._doubtful_roots, self._explicit = evidence.doubtful_roots, evidence.explicit
        self._balance = Counter(evidence.balance)
        self._packages = tree.layout.packages
        self._suspects = suspect_folders(tree)
        self._lifted = frozenset(
            module_path(file.path)
            for file in tree.files
            if may_be_lifted(file.path, is_runnable=contents.get(file.path, FileEvidence()).is_runnable)
        )
        self._doubtful = {top_of(name) for root, name in evidence.votes if root not in self._likely_roots}
        self._election = Election(self._likely_roots, evidence.package_votes)
        self._dotted: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._named: Counter[str] = Counter()
        self._targets: Counter[str] = Counter()
        self._used: Counter[str] = Counter()
        for (root, name), count in evidence.votes.items():
            self._count_vote(root, name, count, is_accepted=evidence.accepts(root, name))
        self._count_links(evidence.links, 1)

    def takes(self, changes: Mapping[str, tuple[FileEvidence, FileEvidence]]) -> bool:
        """Whether files that tell something else, each what it told and what it tells, surely leave the layout as it
        is. If so, what they tell counts from now on; else this is not to be asked any more."""
        return all(self._takes(path, before, after) for path, (before, after) in changes.items())

    def _takes(self, path: str, before: FileEvidence, after: FileEvidence) -> bool:
        if (before.is_generated, before.is_runnable) != (after.is_generated, after.is_runnable):
            return False
        one, other = self._shown(path, before), self._shown(path, after)
        return one == other or (self._is_plain(one, other) and self._turns_nothing(one, other))

    def _shown(self, path: str, content: FileEvidence) -> ImportEvidence:
        evidence = ImportEvidence(self._locator, self._likely_roots)
        evidence.add_file(path, content.imports, edits_path=content.edits_path)
        return evidence

    def _is_plain(self, one: ImportEvidence, other: ImportEvidence) -> bool:
        """Whether what differs is about likely roots alone, and about no folder that has to prove what it is."""
        if one.explicit != other.explicit or one.outside != other.outside:
            return False
        unfound = (top for top in {*one.unfound, *other.unfound} if one.unfound.get(top) != other.unfound.get(top))
        roots = {root for root, _ in _changes(one.votes, other.votes)}
        return (
            roots <= self._likely_roots
            and self._doubtful.isdisjoint((*unfound, *_changes(one.balance, other.balance)))
            and self._deciding(one) == self._deciding(other)
        )

    def _deciding(self, shown: ImportEvidence) -> list[Link]:
        return [link for link in shown.links if decides_on(link, self._suspects)]

    def _turns_nothing(self, one: ImportEvidence, other: ImportEvidence) -> bool:
        """Count what differs, and say whether everything that it is about stays what it was."""
        if not self._keeps_signs(_changes(one.balance, other.balance)):
            return False
        votes = _changes(one.votes, other.votes)
        relative = _changes(one.package_votes, other.package_votes)
        links = {*one.links, *other.links}
        folders = {*relative, *(root for root, _ in votes), *(each for vote in votes for each in folders_named(*vote))}
        before = self._decided(folders, links)
        for (root, name), count in votes.items():
            self._count_vote(root, name, count, is_accepted=self._accepts(root, name))
        for folder, count in relative.items():
            self._election.count_relative(folder, count)
        self._count_links(one.links, -1)
        self._count_links(other.links, 1)
        return self._decided(folders, links) == before

    def _keeps_signs(self, balance: Mapping[str, int]) -> bool:
        """Count how the balance of names changes, and say whether it stays positive where it was, and only there."""
        before = [self._balance[top] > 0 for top in balance]
        self._balance.update(balance)
        return before == [self._balance[top] > 0 for top in balance]

    def _accepts(self, root: str, name: str) -> bool:
        """Whether a vote for a likely root counts."""
        is_sure = root not in self._doubtful_roots or (root, name) in self._explicit
        return is_sure or self._balance[top_of(name)] > 0

    def _decided(self, folders: Iterable[str], links: Iterable[Link]) -> object:
        """What folders are, and what imports make of their targets."""
        return (
            [(self._election.wins(folder), self._dotted[folder] > 0, self._is_stranger(folder)) for folder in folders],
            [self._targets[link.target] > 0 for link in links if link.target in self._lifted],
            [self._used[folder] > 0 for link in links for folder in folders_used(link)],
        )

    def _is_stranger(self, folder: str) -> bool:
        return self._refused[folder] > 0 and self._named[folder] > 0

    def _count_vote(self, root: str, name: str, count: int, *, is_accepted: bool) -> None:
        if is_accepted:
            self._election.count(root, name, count)
            self._dotted[root] += count if "/" in name else 0
            for folder in folders_named(root, name):
                self._named[folder] += count
        else:
            self._election.refuse(root, count)
            self._refused[join(root, top_of(name))] += count

    def _count_links(self, links: Iterable[Link], count: int) -> None:
        for link in links:
            self._targets[link.target] += count
            for folder in folders_used(link):
                if folder not in self._packages:
                    self._used[folder] += count


def _changes(one: Counter[_KeyT], other: Counter[_KeyT]) -> Mapping[_KeyT, int]:
    """The counts that differ, each with how much more there is in ``other``."""
    return {key: other[key] - one[key] for key in one.keys() | other.keys() if one[key] != other[key]}
