"""Which distribution may use which: what its metadata declare for all who install it, or its imports prove."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.model.source import Distribution


class DistributionGraph:
    """The distributions of a project by folder, with the uses among them.

    ``proven`` are pairs of folders: code of the first imports the second.
    """

    def __init__(self, distributions: Iterable[Distribution], proven: Iterable[tuple[str, str]]) -> None:
        self.by_folder: Mapping[str, Distribution] = {each.folder: each for each in distributions}
        self._uses: dict[str, set[str]] = defaultdict(set)
        by_name = {each.name: each.folder for each in self.by_folder.values() if each.name}
        for each in self.by_folder.values():
            needed = set(each.requires) - set(each.development)
            self._uses[each.folder].update(by_name[name] for name in needed if name in by_name)
            self._uses[each.folder].update(folder for folder in each.required_folders if folder in self.by_folder)
        for user, used in proven:
            self._uses[user].add(used)
        self._reach: dict[str, frozenset[str]] = {}

    def can_use(self, user: str, used: str) -> bool:
        """Whether code of the distribution in the folder ``user`` can import that in ``used``: the same one, or one it
        depends on, also by way of others."""
        if user not in self._reach:
            self._reach[user] = frozenset(self._reachable(user))
        return used in self._reach[user]

    def used_by_all(self, users: Iterable[str]) -> tuple[Distribution, ...]:
        """The named distributions that code of all of some folders can import, by name."""
        folders = set(users)
        found = (
            each
            for folder, each in self.by_folder.items()
            if each.name and all(self.can_use(user, folder) for user in folders)
        )
        return tuple(sorted(found, key=lambda each: each.name))

    def _reachable(self, start: str) -> Iterator[str]:
        seen, pending = {start}, [start]
        while pending:
            folder = pending.pop()
            yield folder
            new = self._uses[folder] - seen
            seen |= new
            pending += sorted(new)
