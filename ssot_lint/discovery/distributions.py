"""Which distributions a project consists of, and to which one each file belongs: the nearest around it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

import msgspec

from ssot_lint.discovery.paths import join, normalise, parent, with_parents
from ssot_lint.discovery.third_party import modules_of
from ssot_lint.discovery.walk import Listing
from ssot_lint.model.source import Distribution, SourceFile, Zone
from ssot_lint.model.vocabulary import SOURCE_FOLDERS
from ssot_lint.text.distribution_names import normalised


def find_distributions(listing: Listing, configured: Mapping[str, Sequence[str]]) -> tuple[Distribution, ...]:
    """The distributions that metadata and the configuration declare, sorted by folder; the project root is one.

    ``configured`` maps folders to what they may use: names of distributions, or folders. A ``setup.py`` alone makes no
    distribution of a package (numpy.distutils has one in each). Files for pip belong to the distribution around them.
    """
    found: dict[str, Distribution] = {"": Distribution("")}
    for folder, packaging in listing.packagings.items():
        if packaging.declared_in and (
            not folder or packaging.declared_in != "setup.py" or folder not in listing.packages
        ):
            folders = (normalise(join(folder, path)) for path in packaging.required_folders)
            found[folder] = Distribution(
                folder,
                packaging.name,
                join(folder, packaging.declared_in),
                tuple(sorted(packaging.requires)),
                tuple(sorted(packaging.development)),
                tuple(sorted(path for path in folders if path is not None)),
            )
    for folder, names in listing.requirements.items():
        _add(found, nearest(folder, found), names, ())
    for folder, uses in configured.items():
        found.setdefault(folder, Distribution(folder))
        _add(found, folder, (normalised(use) for use in uses if "/" not in use), filter(None, map(normalise, uses)))
    own = {each.name: each for each in found.values() if each.name}
    return tuple(
        msgspec.structs.replace(each, third_party=modules_of(_required_with_its_own(each, own), own.keys()))
        for each in sorted(found.values())
    )


def _required_with_its_own(distribution: Distribution, own: Mapping[str, Distribution]) -> set[str]:
    """What a distribution requires, and what comes with the distributions of the project among that."""
    found, pending = set(distribution.requires), list(distribution.requires)
    seen = {distribution.name}
    while pending:
        name = pending.pop()
        if name in own and name not in seen:
            seen.add(name)
            brought = set(own[name].requires) - set(own[name].development)
            pending += brought
            found |= brought
    return found


def nearest(folder: str, distributions: Collection[str]) -> str:
    """The innermost of the folders of ``distributions`` at or above ``folder``."""
    return next(above for above in with_parents(folder) if above in distributions)


def assign(
    files: Sequence[SourceFile], distributions: Sequence[Distribution], declared_roots: Set[str]
) -> tuple[tuple[SourceFile, ...], tuple[Distribution, ...]]:
    """The files with their distributions, and all distributions: those given, and services without metadata.

    These are source roots side by side in one distribution that declares neither: with the same parent, or with a
    top-level module of the same name. They count as distributions of their own, with what the one around them requires.
    """
    found = {each.folder: each for each in distributions}
    for folder in _services(files, found, declared_roots):
        outer = found[nearest(folder, {each.folder for each in distributions})]
        found[folder] = msgspec.structs.replace(outer, folder=folder, name="", declared_in="")
    of_folders: dict[str, str] = {}
    assigned = []
    for file in files:
        folder = parent(file.path)
        if folder not in of_folders:
            of_folders[folder] = nearest(folder, found)
        assigned.append(msgspec.structs.replace(file, distribution=of_folders[folder]))
    return tuple(assigned), tuple(sorted(found.values()))


def _services(files: Iterable[SourceFile], distributions: Collection[str], declared_roots: Set[str]) -> set[str]:
    """The folders of services without metadata."""
    tops: dict[str, set[str]] = defaultdict(set)
    for file in files:
        if file.zone is Zone.PRODUCTION and file.root not in declared_roots:
            tops[file.root].add(file.module.partition(".")[0])
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for root, names in tops.items():
        folder = parent(root) if posixpath.basename(root) in SOURCE_FOLDERS else root
        outer = nearest(folder, distributions)
        if folder != outer:
            alike[outer, f"{parent(folder)}/"].add(folder)
            for name in names:
                alike[outer, name].add(folder)
    return {folder for group in alike.values() if len(group) > 1 for folder in group}


def _add(found: dict[str, Distribution], folder: str, names: Iterable[str], folders: Iterable[str]) -> None:
    old = found[folder]
    found[folder] = msgspec.structs.replace(
        old,
        requires=tuple(sorted({*old.requires, *names})),
        required_folders=tuple(sorted({*old.required_folders, *folders})),
    )
