"""Which folders are source roots, by the votes of imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from ssot_lint.discovery.paths import join, with_parents


class Election:
    """How many imports use each folder as a source root, and how many as a package. The majority decides; a likely root
    also wins a tie, unless all votes for it were refused. ``package_votes`` are those of relative imports."""

    def __init__(self, likely_roots: Set[str], package_votes: Mapping[str, int]) -> None:
        self._likely_roots = likely_roots
        self._for_root: Counter[str] = Counter()
        self._against_root = Counter(package_votes)
        self._refused: Counter[str] = Counter()

    def count(self, root: str, name: str, votes: int) -> None:
        """Count imports that find the module ``name`` if names count from ``root``; a negative number takes them
        back."""
        self._for_root[root] += votes
        for folder in folders_named(root, name):
            self._against_root[folder] += votes

    def refuse(self, root: str, votes: int) -> None:
        """Count imports that would find something from a root but prove nothing, in the same way."""
        self._refused[root] += votes

    def count_relative(self, folder: str, votes: int) -> None:
        """Count relative imports that need a folder to be a package, in the same way."""
        self._against_root[folder] += votes

    def wins(self, folder: str) -> bool:
        """Whether a folder is a source root."""
        votes = self._for_root[folder]
        is_likely = folder in self._likely_roots and (votes > 0 or not self._refused[folder])
        return votes + is_likely > self._against_root[folder]

    def winners(self) -> frozenset[str]:
        """All source roots."""
        return frozenset(filter(self.wins, self._likely_roots | self._for_root.keys()))


def folders_named(root: str, name: str) -> Iterator[str]:
    """The module ``name`` as seen from ``root``, and the folders above it, as far as they lie below ``root``."""
    for folder in with_parents(join(root, name)):
        if folder == root:
            return
        yield folder
