"""Settles what the imports of the code decide: source roots, module names and zones.

Folders and metadata only make source roots likely. What proves them is how the code imports itself: a file
with ``from app.db import X`` below ``backend/``, where ``backend/app/db.py`` exists, uses ``backend`` as a
source root; one with ``from backend.app.db import X`` uses the project root, and shows that ``backend`` is none.
Every import is a vote, and for each folder the majority decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from ssot_lint.discovery.distributions import assign
from ssot_lint.discovery.locate import Locator
from ssot_lint.discovery.naming import name_tree
from ssot_lint.discovery.paths import join, module_path, parent, with_parents
from ssot_lint.discovery.zone_evidence import Link, ZoneEvidence, settle_zones
from ssot_lint.discovery.zones import ZoneDecision
from ssot_lint.model.facts import Import, ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceTree


class FileEvidence(NamedTuple):
    """What the content of a file tells about the layout."""

    imports: Sequence[Import] = ()
    is_generated: bool = False
    is_runnable: bool = False
    edits_path: bool = False
    """It calls a method of ``sys.path`` that adds a folder."""


def evidence_by_path(tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure]) -> Mapping[str, FileEvidence]:
    """What :func:`infer_layout` asks for, of each parsed file. ``results`` are in the order of files."""
    return {
        file.path: evidence_of(facts)
        for file, facts in zip(tree.files, results, strict=True)
        if isinstance(facts, ModuleFacts)
    }


def evidence_of(result: ModuleFacts | ParseFailure) -> FileEvidence:
    """The evidence in one file: none where it cannot be parsed."""
    if isinstance(result, ParseFailure):
        return FileEvidence()
    return FileEvidence(result.imports, result.is_generated, result.is_runnable, _edits_path(result))


def _edits_path(facts: ModuleFacts) -> bool:
    return any(call.callee in ("sys.path.insert", "sys.path.append", "sys.path.extend") for call in facts.calls)


def infer_layout(tree: SourceTree, contents: Mapping[str, FileEvidence]) -> SourceTree:
    """The tree with final source roots, module names and zones; files, paths and order stay.

    ``contents`` maps the path of a file to what it tells; a file without an entry (one that cannot be parsed)
    tells nothing. Linear in the number of imports.
    """
    evidence = _Evidence(Locator(tree), tree.layout.likely_roots)
    for file in tree.files:
        content = contents.get(file.path, FileEvidence())
        evidence.add_file(file.path, content.imports, edits_path=content.edits_path)
    if not tree.layout.is_fixed:
        tree = _rename(tree, evidence)
    generated = {path for path, content in contents.items() if content.is_generated}
    runnable = {path for path, content in contents.items() if content.is_runnable}
    settled = settle_zones(tree, ZoneEvidence(evidence.links, generated, runnable))
    declared = [each for each in tree.distributions if each.folder in tree.layout.distributions]
    files, distributions = assign(settled.files, declared, tree.layout.declared_roots)
    return msgspec.structs.replace(settled, files=files, distributions=distributions)


class LayoutCheck:
    """Tells whether other contents of a file leave the layout of ``tree`` as it is."""

    def __init__(self, tree: SourceTree) -> None:
        self._locator, self._likely_roots = Locator(tree), tree.layout.likely_roots

    def is_same(self, path: str, before: FileEvidence, after: FileEvidence) -> bool:
        """Whether a file tells what it told before."""
        flags = (before.is_generated, before.is_runnable)
        return flags == (after.is_generated, after.is_runnable) and self._shows(path, before) == self._shows(
            path, after
        )

    def _shows(self, path: str, content: FileEvidence) -> _Evidence:
        evidence = _Evidence(self._locator, self._likely_roots)
        evidence.add_file(path, content.imports, edits_path=content.edits_path)
        return evidence


@dataclass
class _Evidence:
    """What the imports of some files show.

    ``votes`` counts ``(source root, module name)``: imports that find the module if names count from the root.
    ``package_votes`` counts the folders that a relative import needs to be packages. ``links`` are the
    imports of modules by files other than themselves. ``balance`` is how many names imported from a
    top-level module are found, minus those that are not. ``outside`` are the votes for unlikely roots that come
    from outside the top-level module, ``explicit`` those of files that put a folder around them on ``sys.path``;
    ``unfound`` maps top-level names to the files that import something below them that is not found, and no declared
    dependency has, and to what.
    """

    locator: Locator
    likely_roots: Set[str]
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)
    package_votes: Counter[str] = field(default_factory=Counter)
    links: list[Link] = field(default_factory=list)
    balance: Counter[str] = field(default_factory=Counter)
    outside: set[tuple[str, str]] = field(default_factory=set)
    explicit: set[tuple[str, str]] = field(default_factory=set)
    unfound: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add_file(self, path: str, imports: Iterable[Import], *, edits_path: bool) -> None:
        names: dict[tuple[int, str], set[str | None]] = {}
        for each in imports:
            names.setdefault((each.level, each.module), set()).add(each.name)
        folder = parent(path)
        for (level, dotted), imported in names.items():
            module = dotted.replace(".", "/")
            if not level and not self.locator.may_be_module(_top(module)):
                continue
            # `from a import b` may load the module a/b as well.
            submodules = [join(module, name) for name in imported if name and self.locator.may_be_module(name)]
            if level:
                self._add_relative(path, folder, level, [module, *submodules] if module else submodules)
            else:
                found = self._add_absolute(path, folder, [module, *submodules], edits_path=edits_path)
                count = len(imported)
                self.balance[_top(module)] += count if module in found else 2 * len(found) - count

    def _add_absolute(self, file: str, folder: str, names: Sequence[str], *, edits_path: bool) -> set[str]:
        found = set()
        for name in names:
            root = self.locator.find_root(folder, name)
            if root is None and edits_path:
                root = self.locator.find_around(folder, name)
                self.explicit |= set() if root is None else {(root, name)}
            if root is not None:
                found.add(name)
                self._add_vote(file, root, name)
            elif not self.locator.is_from_outside(folder, name):
                self.unfound[_top(name)].append((file, name))
        return found

    def _add_vote(self, file: str, root: str, name: str) -> None:
        path, own = join(root, name), module_path(file)
        if path == own:
            return
        self.votes[root, name] += 1
        self.links.append(Link(file, path, root))
        if root not in self.likely_roots and not _is_within(own, root, name):
            self.outside.add((root, name))

    def _add_relative(self, file: str, folder: str, level: int, names: Sequence[str]) -> None:
        base, own = folder, module_path(file)
        for _ in range(level - 1):
            base = parent(base)
        for name in names:
            path = join(base, name)
            if path != own and self.locator.is_module(path):
                self.package_votes[base] += 1
                self.links.append(Link(file, path, None))

    def confirm(self) -> None:
        """Count imports from outside that are found only with a root that the folder uses for itself."""
        roots: dict[str, set[str]] = defaultdict(set)
        for root, name in self.votes:
            if root not in self.likely_roots:
                roots[_top(name)].add(root)
        for top, candidates in roots.items():
            for file, name in self.unfound.get(top, ()):
                for root in sorted(candidates):
                    if self.locator.is_module(join(root, name)) and not _is_within(module_path(file), root, name):
                        self._add_vote(file, root, name)

    def accepts(self, root: str, name: str) -> bool:
        """Whether a vote counts.

        A module may be called like a third-party package it wraps, down to a submodule of the same name. Most imports
        of that name find nothing here, so the few that do prove nothing; nor does what it imports of itself, unless
        there is a root beside that has the same name: so it is with services side by side.
        """
        if root in self.likely_roots or (root, name) in self.explicit:
            return True
        return self.balance[_top(name)] > 0 and ((root, name) in self.outside or self._has_twin(root, _top(name)))

    def _has_twin(self, root: str, top: str) -> bool:
        return any(
            other != root and parent(other) == parent(root) and root not in self.locator.packages
            for other in self.locator.holders(top)
        )


def _is_within(module: str, root: str, name: str) -> bool:
    """Whether a module lies in the top-level package of a name as counted from a root."""
    return f"{module}/".startswith(f"{join(root, _top(name))}/")


def _rename(tree: SourceTree, evidence: _Evidence) -> SourceTree:
    evidence.confirm()
    votes = {(root, name): count for (root, name), count in evidence.votes.items() if evidence.accepts(root, name)}
    roots = _elect(votes, evidence.package_votes, tree.layout.likely_roots)
    # The losers of the election are source roots too if they really are used. Where only `x/y.py` itself imports
    # `x.const`, that may as well be a third-party package.
    used = {
        root
        for root, name in votes
        if (root, name) in evidence.explicit
        or ("/" in name and (root in tree.layout.likely_roots or (root, name) in evidence.outside))
    }
    files = [(file.path, ZoneDecision(file.zone, file.zone_reason, file.is_given)) for file in tree.files]
    named = name_tree(files, tree.layout, roots, used_roots=used, unreadable=tree.unreadable)
    return msgspec.structs.replace(named, distributions=tree.distributions, links=tree.links)


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
