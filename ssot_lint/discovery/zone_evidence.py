"""Settles the zones that a path alone does not tell: by who imports what, and by what files say of themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from ssot_lint.discovery.paths import INIT, is_importable, is_within, module_path, parent, with_parents
from ssot_lint.discovery.zones import (
    PRODUCTION,
    Word,
    ZoneDecision,
    word_of_any,
    words_above,
    zone_of_file,
    zone_of_folder,
)
from ssot_lint.model.source import SourceTree, Zone
from ssot_lint.model.vocabulary import SAMPLE_WORDS, TEMPLATE_FOLDERS
from ssot_lint.text.identifiers import words

_GENERATED = ZoneDecision(Zone.GENERATED, "its first lines say that it is generated")
_RUN = ZoneDecision(Zone.SCRIPT, "it is made to be run, and nobody imports it")
_SAMPLE = ZoneDecision(Zone.SCRIPT, "it is a sample to copy, and nobody imports it")
# Of a copy that was edited in place one file in nine knows the project, of code about vendors every second at least.
_KNOWING_SHARE = 0.2
_NOTHING_ELSE = ZoneDecision(Zone.PRODUCTION, "there is no other production code")


class Link(NamedTuple):
    """A file that imports the module at the path ``target``, which is not its own. ``root`` is the folder that the
    name counts from, None for a relative import."""

    importer: str
    target: str
    root: str | None


class ZoneEvidence(NamedTuple):
    """What the contents of the files show. ``generated`` and ``runnable`` are paths of files."""

    links: Sequence[Link]
    generated: Set[str]
    runnable: Set[str]


def settle_zones(tree: SourceTree, evidence: ZoneEvidence) -> SourceTree:
    """Decide the zones of all files that the configuration does not decide, whatever was decided before.

    A folder with a bare word for a name is what the word says unless it proves to be part of the product, see
    :func:`_is_product`. A file that is generated says so itself. A file that is made to be run is a script where
    nobody imports it and nobody could, as is a sample among templates that nobody imports. Where all that leaves no
    production code, the loose files are it.
    """
    product = _product_folders(tree, evidence)
    decisions = dict(_decide(tree, evidence, product))
    decisions.update(_leftovers(tree, decisions))
    files = (
        msgspec.structs.replace(file, zone=decision.zone, zone_reason=decision.reason)
        if (decision := decisions.get(file.path))
        else file
        for file in tree.files
    )
    return msgspec.structs.replace(tree, files=tuple(files))


def _decide(tree: SourceTree, evidence: ZoneEvidence, product: Mapping[str, str]) -> Iterator[tuple[str, ZoneDecision]]:
    imported = {link.target for link in evidence.links}
    packages = tree.layout.packages | _used_as_packages(evidence.links)
    of_folders: dict[str, ZoneDecision] = {}
    for file in tree.files:
        if file.is_given:
            continue
        folder, _, name = file.path.rpartition("/")
        if folder not in of_folders:
            of_folders[folder] = _of_folder(folder, product)
        path = module_path(file.path)
        place = tree.layout.own_files.get(file.path)
        decision = zone_of_file(name, _of_own(folder, product, place) if place else of_folders[folder])
        copy = "" if place else _copy_of(path, tree.layout.copies)
        if copy:
            yield file.path, ZoneDecision(Zone.VENDORED, f"{copy} is about what was installed there")
        elif decision.zone is Zone.VENDORED:
            yield file.path, decision
        elif file.path in evidence.generated:
            yield file.path, _GENERATED
        elif decision.zone is Zone.PRODUCTION and path not in imported and _is_sample(folder, name):
            yield file.path, _SAMPLE
        elif not folder and decision.zone is Zone.SCRIPT and path in imported:
            yield file.path, ZoneDecision(Zone.PRODUCTION, "it is imported")
        elif decision.zone is Zone.PRODUCTION and file.path in evidence.runnable and path not in imported:
            yield file.path, decision if _can_be_imported(folder, packages) else _RUN
        else:
            yield file.path, decision


def _of_folder(folder: str, product: Mapping[str, str]) -> ZoneDecision:
    decision = zone_of_folder(folder, product)
    reasons = [product[above] for above in with_parents(folder) if above in product]
    return ZoneDecision(Zone.PRODUCTION, reasons[-1]) if decision is PRODUCTION and reasons else decision


def _copy_of(module: str, copies: Mapping[str, str]) -> str:
    """What says that a module came here with another distribution; empty without anything."""
    return next((copies[above] for above in with_parents(module) if above in copies), "") if copies else ""


def _of_own(folder: str, product: Mapping[str, str], place: str) -> ZoneDecision:
    """What a file in ``folder`` is that ``place`` calls no copy of another project, whatever names say."""
    copies = [holder for holder, word in words_above(folder) if word in (Word.VENDORED, Word.FOREIGN)]
    return _of_folder(folder, {**product, **dict.fromkeys(copies, place)})


def _is_sample(folder: str, name: str) -> bool:
    """Whether a file among templates is called a sample: ``templates/sample_strategy.py``."""
    return _is_template(folder) and not SAMPLE_WORDS.isdisjoint(words(name.rpartition(".")[0]))


def _is_template(folder: str) -> bool:
    return folder.rpartition("/")[2].lower() in TEMPLATE_FOLDERS


def _can_be_imported(folder: str, packages: Collection[str]) -> bool:
    """Whether a file in ``folder`` has a module name that somebody could write: all of it is in packages."""
    if folder not in packages:
        return False
    while folder in packages:
        if not is_importable(folder.rpartition("/")[2]):
            return False
        folder = parent(folder)
    return True


def _used_as_packages(links: Iterable[Link]) -> Set[str]:
    """The folders that imports name, with or without an ``__init__``."""
    return {folder for link in links for folder in folders_used(link)}


def folders_used(link: Link) -> Iterator[str]:
    """The folders that an import uses as packages."""
    for folder in with_parents(parent(link.target)) if link.root is not None else ():
        if folder == link.root or not folder:
            return
        yield folder


def suspect_folders(tree: SourceTree) -> Mapping[str, Word]:
    """The folders with a bare word for a name, which imports may show to be part of the product."""
    return {
        holder: word
        for folder in {parent(file.path) for file in tree.files}
        for holder, word in words_above(folder)
        if word in _TESTS
    }


def decides_on(link: Link, suspects: Mapping[str, Word]) -> bool:
    """Whether an import may decide what one of ``suspects`` is: one from a copy of another project, or one of anything
    in another suspect."""
    out = (suspects.get(folder) for folder in with_parents(parent(link.importer)))
    into = (suspects.get(folder) for folder in with_parents(link.target))
    return Word.FOREIGN in out or any(word is not None and word is not Word.FOREIGN for word in into)


def may_be_lifted(path: str, *, is_runnable: bool) -> bool:
    """Whether it may count for the zone of a file, or of its folder, that somebody imports it."""
    folder = parent(path)
    return is_runnable or not folder or _is_template(folder)


def _product_folders(tree: SourceTree, evidence: ZoneEvidence) -> Mapping[str, str]:
    """The folders that are part of the product although a bare word is their name, each with the reason."""
    suspects = suspect_folders(tree)
    if not suspects:
        return {}
    held = _Held(tree, evidence, suspects)
    return {folder: reason for folder, word in suspects.items() if (reason := _TESTS[word](held, folder))}


class _Held:
    """What is known of the suspect folders: ``inward`` and ``outward`` links by folder, and their files."""

    def __init__(self, tree: SourceTree, evidence: ZoneEvidence, suspects: Collection[str]) -> None:
        self.packages = tree.layout.packages
        self.runnable = evidence.runnable
        self.imported = {link.target for link in evidence.links}
        self.distributions = {each.folder for each in tree.distributions}
        self.names = {(each.folder, each.name.replace("-", "_")) for each in tree.distributions}
        self.inward: dict[str, list[Link]] = defaultdict(list)
        self.outward: dict[str, list[Link]] = defaultdict(list)
        self.files: dict[str, list[str]] = defaultdict(list)
        for file in tree.files:
            for folder in with_parents(parent(file.path)):
                if folder in suspects:
                    self.files[folder].append(file.path)
        for link in evidence.links:
            for folder in with_parents(link.target):
                if folder in suspects:
                    self.inward[folder].append(link)
            for folder in with_parents(parent(link.importer)):
                if folder in suspects:
                    self.outward[folder].append(link)
        self._given = {file.path: file.zone for file in tree.files if file.is_given}
        self.has_others = any("/" in file.path and self.is_production(file.path) for file in tree.files)

    def is_production(self, path: str) -> bool:
        """Whether a file is production code as far as the project says so, or its path."""
        folder, _, name = path.rpartition("/")
        zone = self._given.get(path) or zone_of_file(name, zone_of_folder(folder, ())).zone
        return zone is Zone.PRODUCTION


def _is_used_backup(held: _Held, folder: str) -> str:
    """A backup that somebody imports is none. That its own files do says nothing where they were moved away together:
    into a folder that was not made a package, in one or at the top of a project with other production code."""
    is_outermost = not parent(folder) and held.has_others
    is_moved = folder not in held.packages and (parent(folder) in held.packages or is_outermost)
    users = (link.importer for link in held.inward[folder] if not is_moved or not is_within(link.importer, folder))
    return next((f"{user} imports it" for user in users), "")


def _is_about_others(held: _Held, folder: str) -> str:
    """A copy of another project knows nothing of what is around it, but for a few files that were edited in place; code
    about vendors and external systems does."""
    knowing = {
        importer: target
        for importer, target, root in reversed(held.outward[folder])
        if not is_within(target, folder) or (root is not None and not is_within(root, folder))
    }
    if len(knowing) < _KNOWING_SHARE * len(held.files[folder]):
        return ""
    return next(
        (f"{importer} imports {target}, as no copy of another project would" for importer, target in knowing.items()),
        "",
    )


def _is_read_as_code(held: _Held, folder: str) -> str:
    """Specimens and templates that code outside imports are code. Tests import what they try something on, too."""
    outside = (link.importer for link in held.inward[folder] if not is_within(link.importer, folder))
    return next((f"{importer} imports it" for importer in outside if not _is_test(importer)), "")


def _is_imported_by_product(held: _Held, folder: str) -> str:
    for importer, *_ in held.inward[folder]:
        if not is_within(importer, folder) and held.is_production(importer):
            return f"{importer} imports it"
    return ""


def _is_part_of_product(held: _Held, folder: str) -> str:
    """What the product imports, what its package holds unless most of it is run by itself, what is called like the
    distribution, and the only package there is."""
    if reason := _is_imported_by_product(held, folder):
        return reason
    above, _, name = folder.rpartition("/")
    if (above, name.lower()) in held.names:
        return "it is called like the distribution"
    if folder in held.packages and not held.has_others and not word_of_any(above):
        return _NOTHING_ELSE.reason
    if above in held.packages and not word_of_any(above) and not _is_mostly_run(held, folder):
        return f"the package {above} holds it"
    return ""


def _is_released(held: _Held, folder: str) -> str:
    """Contributions are part of a product like programs are, or where a distribution lies there."""
    found = (each for each in sorted(held.distributions) if each and is_within(each, folder))
    return _is_part_of_product(held, folder) or next((f"{each} is released" for each in found), "")


def _is_mostly_run(held: _Held, folder: str) -> bool:
    """Whether most files of a folder are programs that nobody imports."""
    counts = Counter(
        path in held.runnable and module_path(path) not in held.imported
        for path in held.files[folder]
        if not _is_init(path)
    )
    return counts[True] > counts[False]


def _is_init(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0] == INIT


def _is_test(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return zone_of_file(name, zone_of_folder(folder, ())).zone is Zone.TEST


_TESTS = {
    Word.BACKUP: _is_used_backup,
    Word.FOREIGN: _is_about_others,
    Word.SPECIMEN: _is_read_as_code,
    Word.SCAFFOLD: _is_read_as_code,
    Word.READING: _is_imported_by_product,
    Word.PROGRAM: _is_part_of_product,
    Word.CONTRIBUTED: _is_released,
}
"""For each bare word what proves that a folder is part of the product: the reason, empty without one."""


def _leftovers(tree: SourceTree, decisions: Mapping[str, ZoneDecision]) -> Iterator[tuple[str, ZoneDecision]]:
    """Files in the root where no folder holds production code, and programs where there is none at all."""
    zones = {file.path: decisions[file.path].zone if file.path in decisions else file.zone for file in tree.files}
    production = {path for path, zone in zones.items() if zone is Zone.PRODUCTION}
    if any("/" in path for path in production):
        return
    loose = {path for path, zone in zones.items() if "/" not in path and zone is Zone.SCRIPT}
    programs = set() if production | loose else {path for path, decision in decisions.items() if decision is _RUN}
    for path in sorted((loose | programs) & decisions.keys()):
        yield path, _NOTHING_ELSE
