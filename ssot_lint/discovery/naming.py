"""Module names: which folder a name counts from, and what it is called from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

from ssot_lint.discovery.paths import (
    INIT,
    is_importable,
    is_within,
    join,
    module_path,
    parent,
    parents,
    with_parents,
)
from ssot_lint.discovery.walk import Listing
from ssot_lint.discovery.zones import ZoneDecision, word_of, word_of_any
from ssot_lint.model.source import Layout, SourceFile, SourceTree
from ssot_lint.model.vocabulary import SOURCE_FOLDERS
from ssot_lint.text.distribution_names import normalised

SRC = "src"


class Naming:
    """Names modules from a set of source roots; the project root is always one of them."""

    def __init__(self, roots: Collection[str], mirrors: Collection[str] = ()) -> None:
        self._roots = frozenset(roots) | {""}
        self._mirrors = mirrors
        self._root_of: dict[str, str] = {}

    def root_of(self, folder: str) -> str:
        """The innermost source root at or above ``folder``; but what mirrors the product is not called like it."""
        root = self._root_of.get(folder)
        if root is None:
            root = self._root_of[folder] = self._find(folder)
        return root

    def _find(self, folder: str) -> str:
        inner = None
        for above in with_parents(folder):
            if above in self._roots and inner not in self._mirrors:
                return above
            inner = above
        return ""

    def name(self, path: str) -> tuple[str, str]:
        """Source root and dotted name of a module path or folder.

        A dot within a file's or folder's name, which no import can spell, becomes a hyphen.
        """
        root = self.root_of(parent(path) if path not in self._mirrors else path)
        inner = path[len(root) + 1 :] if root else path
        return root, inner.replace(".", "-").replace("/", ".")


def name_tree(
    files: Iterable[tuple[str, ZoneDecision]],
    layout: Layout,
    roots: Set[str],
    *,
    used_roots: Set[str] = frozenset(),
    strangers: Set[str] = frozenset(),
    unreadable: tuple[tuple[str, str], ...],
) -> SourceTree:
    """The tree of ``files`` (path and zone), named from ``roots``. ``used_roots`` are listed as source roots
    too, though no file is named from them; ``strangers`` have their names from the next root above."""
    naming = Naming(roots, layout.mirrors | strangers)
    named = tuple(sorted(_name_file(path, decision, naming) for path, decision in files))
    return SourceTree(
        files=named,
        source_roots=tuple(sorted({"", *roots, *used_roots}, key=lambda root: (_depth(root), root))),
        opaque_modules=frozenset(map(naming.name, layout.opaque_modules | layout.opaque_folders)),
        namespace_packages=frozenset(_namespaces(named, naming, layout.packages)),
        unreadable=unreadable,
        layout=layout,
    )


def lay_out(listing: Listing, configured_roots: Collection[str]) -> Layout:
    """What later naming rests on: the ``configured_roots``, else those that folders and metadata make likely."""
    folders = {folder for path in (*listing.files, *listing.opaque_modules) for folder in parents(path)}
    # An extension module with its source beside it is known by the source; a stub does not tell everything.
    sources = {module_path(path) for path in listing.files if path.endswith(".py")}
    namespaces = frozenset(listing.namespaces & folders | _namespaces_by_name(listing)) - listing.packages
    roots = configured_roots or _likely_roots(folders, listing, namespaces)
    likely = frozenset({"", *roots, *_boundaries(folders - listing.packages)})
    return Layout(
        packages=frozenset(listing.packages),
        likely_roots=likely,
        is_fixed=bool(configured_roots),
        opaque_modules=frozenset((listing.opaque_modules | _expected(folders, listing)) - sources),
        opaque_folders=frozenset(listing.opaque_folders),
        declared_roots=frozenset(listing.declared_roots),
        namespaces=namespaces,
        mirrors=frozenset() if configured_roots else _mirrors(folders, likely),
    )


def _mirrors(folders: Set[str], likely_roots: Set[str]) -> frozenset[str]:
    """The folders of tests and scripts that are called like a folder with code in a source root of the product."""
    product = {
        folder.rpartition("/")[2]
        for folder in folders
        if folder and parent(folder) in likely_roots and not word_of_any(folder)
    }
    return frozenset(
        folder
        for folder in folders
        if folder.rpartition("/")[2] in product and word_of_any(parent(folder)) and word_of(folder) is None
    )


def _expected(folders: Set[str], listing: Listing) -> set[str]:
    """The modules that are not there yet: what ignore files and metadata name by path, what a build compiles by dotted
    name, counted from any folder of the distribution that may be a source root, or by the last part of its name."""
    found = set(listing.expected_modules)
    for folder, packaging in listing.packagings.items():
        roots = {join(folder, root) for root in ("", SRC, *packaging.roots)}
        for dotted in packaging.compiled:
            found.update(join(root, dotted.replace(".", "/")) for root in roots)
        found.update(
            join(root, module_path(path)) for root in roots for path in packaging.written if path.endswith(".py")
        )
    for above, names in listing.expected_names.items():
        below = [folder for folder in folders if is_within(folder, above)]
        found.update(join(folder, name) for folder in below for name in names)
    return {path for path in found if parent(path) in folders}


def _likely_roots(folders: Set[str], listing: Listing, namespaces: Set[str]) -> frozenset[str]:
    """The source roots as far as folders and packaging metadata tell, without a look at the code.

    These are folders without ``__init__`` that are named ``src``, declared by metadata, hold the metadata of a
    project, or hold a top package, and are none of the ``namespaces`` themselves. The latter do not count within a
    package or a ``src``: there, a folder without ``__init__`` is taken for a namespace package. A ``src`` that metadata
    declare is one in spite of an ``__init__``: what is installed does not have it. Imports may tell otherwise later.
    """
    loose = folders - listing.packages
    anchors = {folder for folder in loose if folder in listing.declared_roots or _base(folder) == SRC}
    anchors |= {folder for folder in folders & listing.declared_roots if _base(folder) == SRC}
    bounds = (loose & listing.projects) | _boundaries(loose)
    tops = {parent(folder) for folder in folders & listing.packages} & loose - namespaces
    inside = (anchors | listing.packages) - {""}
    return frozenset(anchors | bounds | {top for top in tops if not _is_within(top, inside, bounds)})


def _namespaces_by_name(listing: Listing) -> frozenset[str]:
    """The folders around packages in a folder whose distribution is called like the whole path: ``azure`` with the
    package ``storage`` in a folder that builds ``azure-storage``, or ``azure-data-storage``."""
    names = {folder: packaging.name for folder, packaging in listing.packagings.items() if packaging.name}
    found: set[str] = set()
    for package in listing.packages:
        around = list(with_parents(package))
        at = next((place for place, folder in enumerate(around) if folder in names), 0)
        inner = [normalised(folder.rpartition("/")[2]) for folder in around[:at]]
        name = names.get(around[at], "")
        if at < 2 or inner[-1] in SOURCE_FOLDERS:
            continue
        if name.startswith(f"{inner[-1]}-") and name.endswith(f"-{inner[0]}"):
            found.update(around[1:at])
    return frozenset(found)


def _boundaries(loose: Set[str]) -> frozenset[str]:
    """The folders among ``loose`` that no import can name: no module name reaches across them."""
    return frozenset(folder for folder in loose if folder and not is_importable(_base(folder)))


def _is_within(folder: str, inside: Set[str], bounds: Set[str]) -> bool:
    """Whether a folder of ``inside`` is met before one of ``bounds``, going up from ``folder``."""
    for above in with_parents(folder):
        if above in inside:
            return True
        if above in bounds:
            return False
    return False


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0


def _base(folder: str) -> str:
    return folder.rpartition("/")[2]


def _name_file(path: str, decision: ZoneDecision, naming: Naming) -> SourceFile:
    root, module = naming.name(module_path(path))
    is_package = "/" in path and path.rpartition("/")[2].partition(".")[0] == INIT
    zone, reason, is_given = decision
    return SourceFile(path, root, module, is_package, path.endswith(".pyi"), zone, reason, is_given=is_given)


def _namespaces(files: Iterable[SourceFile], naming: Naming, packages: Set[str]) -> Iterator[tuple[str, str]]:
    for folder in {folder for file in files for folder in parents(file.path)} - packages:
        root = naming.root_of(folder)
        if folder != root:
            yield naming.name(folder)
