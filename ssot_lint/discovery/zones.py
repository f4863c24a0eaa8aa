"""What a file is for: production, test, backup or script."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from ssot_lint.discovery.ignore import Patterns
from ssot_lint.discovery.paths import module_path, parents, with_parents
from ssot_lint.model.source import SourceFile, SourceTree, Zone
from ssot_lint.model.vocabulary import BACKUP_WORDS, SCRIPT_FOLDERS, TEST_FOLDERS, TEST_STEMS

ALEMBIC_REVISIONS = "alembic/versions"


def zones_by_path(paths: Iterable[str], test_paths: Patterns) -> Iterator[tuple[str, Zone]]:
    """Each path with its zone as far as the path tells.

    BACKUP, and SCRIPT for a file in the project root, are provisional: :func:`settle_zones` decides them when
    the imports are known.
    """
    zones: dict[str, Zone] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in zones:
            zones[folder] = _zone_of_folder(folder)
        is_test = _is_test_file(name) or test_paths.covers(path)
        yield path, Zone.TEST if is_test else zones[folder]


def settle_zones(tree: SourceTree, imported: Collection[str]) -> SourceTree:
    """Decide the provisional zones; ``imported`` are the module paths that a file other than themselves imports.

    A backup folder that holds an imported module is none, and an imported file in the project root is no
    script. Files in the root are no scripts either where there is no production code but them.
    """
    alive = {folder for path in imported for folder in with_parents(path) if _is_backup(folder)}
    files = [_settle_backup(file, alive) for file in tree.files]
    is_flat = not any(file.zone is Zone.PRODUCTION for file in files)
    return msgspec.structs.replace(tree, files=tuple(_settle_loose(file, imported, is_flat=is_flat) for file in files))


def _settle_backup(file: SourceFile, alive: Collection[str]) -> SourceFile:
    if file.zone is not Zone.BACKUP or any(_is_backup(folder) and folder not in alive for folder in parents(file.path)):
        return file
    return msgspec.structs.replace(file, zone=_zone_beside_backup(file.path.rpartition("/")[0]))


def _settle_loose(file: SourceFile, imported: Collection[str], *, is_flat: bool) -> SourceFile:
    if file.zone is not Zone.SCRIPT or "/" in file.path:
        return file
    if is_flat or module_path(file.path) in imported:
        return msgspec.structs.replace(file, zone=Zone.PRODUCTION)
    return file


def _zone_of_folder(folder: str) -> Zone:
    words = _words(folder)
    if not TEST_FOLDERS.isdisjoint(words):
        return Zone.TEST
    if not BACKUP_WORDS.isdisjoint(words):
        return Zone.BACKUP
    return _zone_beside_backup(folder)


def _zone_beside_backup(folder: str) -> Zone:
    words = _words(folder)
    is_script = not folder or not SCRIPT_FOLDERS.isdisjoint(words) or f"/{ALEMBIC_REVISIONS}/" in f"/{'/'.join(words)}/"
    return Zone.SCRIPT if is_script else Zone.PRODUCTION


def _words(folder: str) -> list[str]:
    """The segments as they are compared: ``_Archive`` is ``archive``, ``integration-tests`` has an underscore."""
    return [part.lower().strip("._-").replace("-", "_") for part in folder.split("/")]


def _is_backup(folder: str) -> bool:
    return _words(folder)[-1] in BACKUP_WORDS


def _is_test_file(name: str) -> bool:
    stem = name.lower().rpartition(".")[0]
    return stem in TEST_STEMS or stem.startswith("test_") or stem.endswith(("_test", "_tests"))
