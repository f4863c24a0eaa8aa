"""What the imports of files show of source roots, and of what their folders are for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from ssot_lint.discovery.election import folders_named
from ssot_lint.discovery.locate import Locator
from ssot_lint.discovery.paths import is_importable, join, module_path, parent
from ssot_lint.discovery.zone_evidence import Link
from ssot_lint.model.facts import Import, ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceTree
from ssot_lint.model.vocabulary import SOURCE_FOLDERS


class Statement(NamedTuple):
    """What of an import counts for the layout."""

    level: int
    module: str
    name: str | None


class FileEvidence(NamedTuple):
    """What the content of a file tells about the layout."""

    imports: Sequence[Import | Statement] = ()
    is_generated: bool = False
    is_runnable: bool = False
    edits_path: bool = False
    """It calls a method of ``sys.path`` that adds a folder."""


def evidence_by_path(tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure]) -> Mapping[str, FileEvidence]:
    """What each parsed file tells of the layout. ``results`` are in the order of files."""
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


def evidence_in(tree: SourceTree, contents: Mapping[str, FileEvidence]) -> ImportEvidence:
    """What all files of a tree show."""
    evidence = ImportEvidence(Locator(tree), tree.layout.likely_roots, doubtful_roots(tree))
    for file in tree.files:
        content = contents.get(file.path, FileEvidence())
        evidence.add_file(file.path, content.imports, edits_path=content.edits_path)
    return evidence


def doubtful_roots(tree: SourceTree) -> Set[str]:
    """The likely roots that only the folders in them speak for: not metadata, the configuration, a name like ``src``,
    or one that no import can reach across."""
    layout = tree.layout
    if layout.is_fixed:
        return frozenset()
    sure = {"", *layout.declared_roots, *(each.folder for each in tree.distributions)}
    names = {root: root.rpartition("/")[2] for root in layout.likely_roots - sure}
    return frozenset(root for root, name in names.items() if name not in SOURCE_FOLDERS and is_importable(name))


def _edits_path(facts: ModuleFacts) -> bool:
    return any(call.callee in ("sys.path.insert", "sys.path.append", "sys.path.extend") for call in facts.calls)


@dataclass
class ImportEvidence:
    """What the imports of some files show. ``doubtful_roots`` are the likely ones that nobody declares.

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
    doubtful_roots: Set[str] = frozenset()
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)
    package_votes: Counter[str] = field(default_factory=Counter)
    links: list[Link] = field(default_factory=list)
    balance: Counter[str] = field(default_factory=Counter)
    outside: set[tuple[str, str]] = field(default_factory=set)
    explicit: set[tuple[str, str]] = field(default_factory=set)
    unfound: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add_file(self, path: str, imports: Iterable[Import | Statement], *, edits_path: bool) -> None:
        names: dict[tuple[int, str], set[str | None]] = {}
        for each in imports:
            names.setdefault((each.level, each.module), set()).add(each.name)
        folder = parent(path)
        for (level, dotted), imported in names.items():
            module = dotted.replace(".", "/")
            if not level and not self.locator.may_be_module(top_of(module)):
                continue
            # `from a import b` may load the module a/b as well.
            submodules = [join(module, name) for name in imported if name and self.locator.may_be_module(name)]
            if level:
                self._add_relative(path, folder, level, [module, *submodules] if module else submodules)
            else:
                found = self._add_absolute(path, folder, [module, *submodules], edits_path=edits_path)
                count = len(imported)
                self.balance[top_of(module)] += count if module in found else 2 * len(found) - count

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
                self.unfound[top_of(name)].append((file, name))
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
                self.package_votes.update([base, *folders_named(base, parent(path)[len(base) :].lstrip("/"))])
                self.links.append(Link(file, path, None))

    def confirm(self) -> None:
        """Count imports from outside that are found only with a root that the folder uses for itself."""
        roots: dict[str, set[str]] = defaultdict(set)
        for root, name in self.votes:
            if root not in self.likely_roots:
                roots[top_of(name)].add(root)
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
        if (root, name) in self.explicit:
            return True
        if root in self.likely_roots:
            return root not in self.doubtful_roots or self.balance[top_of(name)] > 0
        return self.balance[top_of(name)] > 0 and ((root, name) in self.outside or self._has_twin(root, top_of(name)))

    def strangers(self) -> frozenset[str]:
        """The folders and modules in likely roots that are called like what the code takes from outside, and that it
        names from a root above: ``extensions.thunder`` beside a library ``thunder``."""
        refused: set[str] = set()
        named: set[str] = set()
        for root, name in self.votes:
            if self.accepts(root, name):
                named.update(folders_named(root, name))
            elif root in self.likely_roots:
                refused.add(join(root, top_of(name)))
        return frozenset(refused & named)

    def _has_twin(self, root: str, top: str) -> bool:
        return any(
            other != root and parent(other) == parent(root) and root not in self.locator.packages
            for other in self.locator.holders(top)
        )


def _is_within(module: str, root: str, name: str) -> bool:
    """Whether a module lies in the top-level package of a name as counted from a root."""
    return f"{module}/".startswith(f"{join(root, top_of(name))}/")


def top_of(name: str) -> str:
    """The top-level module or package of a name."""
    return name.partition("/")[0]
