"""Settles what the imports of the code decide: source roots, module names and zones.

Folders and metadata only make source roots likely. What proves them is how the code imports itself: a file
with ``from app.db import X`` below ``backend/``, where ``backend/app/db.py`` exists, uses ``backend`` as a
source root; one with ``from backend.app.db import X`` uses the project root, and shows that ``backend`` is none.
Every import is a vote, and for each folder the majority decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ssot_lint.discovery.locate import Locator
from ssot_lint.discovery.naming import name_tree
from ssot_lint.discovery.paths import join, module_path, parent, with_parents
from ssot_lint.discovery.zones import settle_zones
from ssot_lint.model.facts import Import, ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceTree


def imports_by_path(tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure]) -> Mapping[str, Sequence[Import]]:
    """What :func:`infer_layout` asks for: the imports of each parsed file. ``results`` are in the order of files."""
    pairs = zip(tree.files, results, strict=True)
    return {file.path: facts.imports for file, facts in pairs if isinstance(facts, ModuleFacts)}


def infer_layout(tree: SourceTree, imports: Mapping[str, Sequence[Import]]) -> SourceTree:
    """The tree with final source roots, module names and zones; files, paths and order stay.

    ``imports`` maps the path of a file to its imports; a file without an entry (one that cannot be parsed)
    tells nothing. Linear in the number of imports.
    """
    evidence = _Evidence(Locator(tree), tree.layout.likely_roots)
    for file in tree.files:
        evidence.add_file(file.path, imports.get(file.path, ()))
    if not tree.layout.is_fixed:
        tree = _rename(tree, evidence)
    return settle_zones(tree, evidence.imported)


@dataclass
class _Evidence:
    """What the imports of some files show.

    ``votes`` counts ``(source root, module name)``: imports that find the module if names count from the root.
    ``package_votes`` counts the folders that a relative import needs to be packages. ``imported`` are the
    module paths that a file other than themselves imports. ``balance`` is how many names imported from a
    top-level module are found, minus those that are not. ``outside`` are the votes for unlikely roots that come
    from outside the top-level module.
    """

    locator: Locator
    likely_roots: Set[str]
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)
    package_votes: Counter[str] = field(default_factory=Counter)
    imported: set[str] = field(default_factory=set)
    balance: Counter[str] = field(default_factory=Counter)
    outside: set[tuple[str, str]] = field(default_factory=set)

    def add_file(self, path: str, imports: Iterable[Import]) -> None:
        names: dict[tuple[int, str], set[str | None]] = {}
        for each in imports:
            names.setdefault((each.level, each.module), set()).add(each.name)
        folder, own = parent(path), module_path(path)
        for (level, dotted), imported in names.items():
            module = dotted.replace(".", "/")
            if not level and not self.locator.may_be_module(_top(module)):
                continue
            # `from a import b` may load the module a/b as well.
            submodules = [join(module, name) for name in imported if name and self.locator.may_be_module(name)]
            if level:
                self._add_relative(folder, own, level, [module, *submodules] if module else submodules)
            else:
                found = self._add_absolute(folder, own, module, submodules)
                count = len(imported)
                self.balance[_top(module)] += count if module in found else 2 * len(found) - count

    def _add_absolute(self, folder: str, own: str, module: str, submodules: Sequence[str]) -> set[str]:
        found = set()
        for name in (module, *submodules):
            root = self.locator.find_root(folder, name)
            if root is not None:
                found.add(name)
                self._add_vote(own, root, name)
        return found

    def _add_vote(self, own: str, root: str, name: str) -> None:
        path = join(root, name)
        if path == own:
            return
        self.votes[root, name] += 1
        self.imported.add(path)
        if root not in self.likely_roots and not f"{own}/".startswith(f"{join(root, _top(name))}/"):
            self.outside.add((root, name))

    def _add_relative(self, folder: str, own: str, level: int, names: Sequence[str]) -> None:
        base = folder
        for _ in range(level - 1):
            base = parent(base)
        for name in names:
            path = join(base, name)
            if path != own and self.locator.is_module(path):
                self.package_votes[base] += 1
                self.imported.add(path)


def _rename(tree: SourceTree, evidence: _Evidence) -> SourceTree:
    # A module may be called like a third-party package it wraps, down to a submodule of the same name. Most
    # imports of that name find nothing here, so the few that do prove nothing.
    votes = {
        (root, name): count
        for (root, name), count in evidence.votes.items()
        if root in tree.layout.likely_roots or evidence.balance[_top(name)] > 0
    }
    roots = _elect(votes, evidence.package_votes, tree.layout.likely_roots)
    # The losers of the election are source roots too if they really are used. Where only `x/y.py` itself imports
    # `x.const`, that may as well be a third-party package.
    used = {
        root
        for root, name in votes
        if "/" in name and (root in tree.layout.likely_roots or (root, name) in evidence.outside)
    }
    files = [(file.path, file.zone) for file in tree.files]
    return name_tree(files, tree.layout, roots, used_roots=used, unreadable=tree.unreadable)


def _elect(
    votes: Mapping[tuple[str, str], int], package_votes: Mapping[str, int], likely_roots: Set[str]
) -> frozenset[str]:
    """The folders that more imports use as a source root than as a package; a likely root also wins a tie."""
    for_root: Counter[str] = Counter()
    against_root = Counter(package_votes)
    for (root, name), count in votes.items():
        for_root[root] += count
        for folder in _between(root, join(root, name)):
            against_root[folder] += count
    return frozenset(
        folder
        for folder in likely_roots | for_root.keys()
        if for_root[folder] + (folder in likely_roots) > against_root[folder]
    )


def _between(root: str, path: str) -> Iterator[str]:
    """``path`` and the folders above it, as far as they lie below ``root``."""
    for folder in with_parents(path):
        if folder == root:
            return
        yield folder


def _top(name: str) -> str:
    return name.partition("/")[0]
