"""What discovery decided by a sign that may mislead: written down commented out, for somebody to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from ssot_lint.model.proposal import SettingProposal
from ssot_lint.model.source import SourceFile, SourceTree, Zone
from ssot_lint.model.vocabulary import (
    READING_FOLDERS,
    SCRIPT_FOLDERS,
    SPECIMEN_FOLDERS,
    VENDORED_FOLDERS,
    VENDORED_NAMES,
)
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

_ENOUGH_FILES = 10
"""What few files say is soon checked by hand, and changes little."""
_MOST_FOLDERS = 3
_IN_DOUBT = (Zone.SCRIPT, Zone.BACKUP, Zone.VENDORED)
_NO_DOUBT = SCRIPT_FOLDERS | VENDORED_FOLDERS | VENDORED_NAMES | SPECIMEN_FOLDERS
"""Folders that are called what they are."""
_ENOUGH_SERVICES = 2


def propose_in_doubt(tree: SourceTree) -> Iterator[SettingProposal]:
    """The packages that are not judged though they hold many files, and the services without packaging metadata."""
    yield from _zones(tree)
    yield from _distributions(tree)


def _zones(tree: SourceTree) -> Iterator[SettingProposal]:
    packages = {PurePosixPath(file.path).parent.as_posix() for file in tree.files if file.is_package}
    held = Counter(
        (_folder_of(file), file.zone, file.zone_reason)
        for file in tree.files
        if file.zone in _IN_DOUBT and not file.is_given
    )
    large = [
        (folder, zone, reason, count)
        for (folder, zone, reason), count in held.most_common()
        if count >= _ENOUGH_FILES
        and folder in packages
        and visible(folder) == folder
        and not _NO_DOUBT & {*PurePosixPath(folder).parts}
    ][:_MOST_FOLDERS]
    if not large or tree.layout.is_fixed:
        return
    lines = [
        f"  {folder}: {counted(count, 'file')} taken for {zone.value} code: {visible(reason)}"
        for folder, zone, reason, count in large
    ]
    value = {Zone.PRODUCTION.value: tuple(dict.fromkeys(f"{folder}/**" for folder, *_ in large))}
    evidence = ("Not judged, by a sign that may mislead. Keep below what is part of the product:", *lines)
    yield SettingProposal("zone-paths", value, evidence, is_doubtful=True)


def _folder_of(file: SourceFile) -> str:
    """The folder that the reason speaks of, else the file's own; empty for that of a database's history, and for one at
    the root that is called what it is."""
    parents = [each.as_posix() for each in PurePosixPath(file.path).parents][:-1]
    named = next((each for each in parents if file.zone_reason.startswith(f"{each} ")), "")
    folder = named or (parents[0] if parents else "")
    return "" if folder in READING_FOLDERS or file.zone_reason.endswith(" migrations") else folder


def _distributions(tree: SourceTree) -> Iterator[SettingProposal]:
    services = [
        each.folder
        for each in tree.distributions
        if each.folder and not each.declared_in and visible(each.folder) == each.folder
    ]
    if len(services) < _ENOUGH_SERVICES:
        return
    files = Counter(file.distribution for file in tree.files)
    lines = [f"  {folder}: {counted(files[folder], 'file')}, no packaging metadata" for folder in services]
    value: dict[str, tuple[str, ...]] = dict.fromkeys(services, ())
    evidence = ("Taken for services that do not import one another. If one can use another, write so:", *lines)
    yield SettingProposal("distributions", value, evidence, is_doubtful=True)
