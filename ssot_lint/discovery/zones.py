"""What a file is for, as far as its path tells.

Some words of folders are certain (``tests``, ``_vendor``, ``scripts``). Others are bare words that products use as well
(``demo``, ``evaluation``, ``backup``, ``external``): what imports the folder decides, see
:mod:`ssot_lint.discovery.zone_evidence`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from ssot_lint.discovery.attributes import Attributes
from ssot_lint.discovery.ignore import Patterns
from ssot_lint.discovery.paths import parents
from ssot_lint.discovery.set_aside import Aside, set_aside
from ssot_lint.model.source import Zone
from ssot_lint.model.vocabulary import (
    BACKUP_WORDS,
    CONTRIBUTED_FOLDERS,
    FOREIGN_FOLDERS,
    GENERATED_SUFFIXES,
    PROGRAM_FOLDERS,
    READING_FOLDERS,
    SCAFFOLD_FOLDERS,
    SCRIPT_FOLDERS,
    SPECIMEN_FOLDERS,
    TEST_FOLDERS,
    TEST_STEMS,
    VENDORED_FILES,
    VENDORED_FOLDERS,
    VENDORED_NAMES,
)

ALEMBIC_REVISIONS = "alembic/versions"
# Whatever the tests are for: `cdk_integration_tests`.
_TEST_ENDINGS = ("_acceptance_tests", "_e2e_tests", "_functional_tests", "_integration_tests", "_unit_tests")


class Word(Enum):
    """What the name of a folder suggests."""

    VENDORED = "vendored"
    FOREIGN = "foreign"
    SPECIMEN = "specimen"
    SCAFFOLD = "scaffold"
    TEST = "test"
    BACKUP = "backup"
    SCRIPT = "script"
    READING = "reading"
    PROGRAM = "program"
    CONTRIBUTED = "contributed"


_WORDS: Sequence[tuple[Word, Collection[str]]] = (
    (Word.VENDORED, VENDORED_FOLDERS),
    (Word.FOREIGN, FOREIGN_FOLDERS),
    (Word.SPECIMEN, SPECIMEN_FOLDERS),
    (Word.SCAFFOLD, SCAFFOLD_FOLDERS),
    (Word.TEST, TEST_FOLDERS),
    (Word.BACKUP, BACKUP_WORDS),
    (Word.SCRIPT, SCRIPT_FOLDERS),
    (Word.READING, READING_FOLDERS),
    (Word.PROGRAM, PROGRAM_FOLDERS),
    (Word.CONTRIBUTED, CONTRIBUTED_FOLDERS),
)


class ZoneDecision(NamedTuple):
    """A zone, and why in a few words. ``is_given``: the project says so, in its configuration or attributes of git."""

    zone: Zone
    reason: str
    is_given: bool = False


PRODUCTION = ZoneDecision(Zone.PRODUCTION, "nothing says otherwise")


def given_zones(
    paths: Iterable[str], zone_paths: Mapping[Zone, Patterns], attributes: Attributes
) -> tuple[Mapping[str, ZoneDecision], Mapping[str, str]]:
    """The zones that the project gives its files: by its configuration, else by attributes of git. And the other files
    that attributes call no copies of other projects, each with the place that says so."""
    given: dict[str, ZoneDecision] = {}
    own: dict[str, str] = {}
    for path in paths:
        configured = _configured_zone(path, zone_paths) if zone_paths else None
        stated = None if configured else attributes.about(path)
        if configured:
            given[path] = configured
        elif stated and stated.zone:
            given[path] = ZoneDecision(stated.zone, stated.reason, is_given=True)
        elif stated:
            own[path] = stated.reason
    return given, own


def aside_zones(
    zones: Mapping[str, ZoneDecision], asides: Iterable[Aside], own: Collection[str]
) -> Mapping[str, ZoneDecision]:
    """The zones of production code that the project sets aside, but for files that are its ``own`` by its word."""
    judged = [path for path, decision in zones.items() if decision.zone is Zone.PRODUCTION and not decision.is_given]
    found = set_aside(asides, [path for path in judged if path not in own])
    return {path: ZoneDecision(Zone.VENDORED, reason, is_given=True) for path, reason in found.items()}


def _configured_zone(path: str, zone_paths: Mapping[Zone, Patterns]) -> ZoneDecision | None:
    """The zone that the configuration gives a file; of two the later one in the order of :class:`Zone`."""
    found = [zone for zone in Zone if zone in zone_paths and zone_paths[zone].covers(path)]
    return ZoneDecision(found[-1], "configured", is_given=True) if found else None


def zones_by_path(paths: Iterable[str], given: Mapping[str, ZoneDecision]) -> Iterator[tuple[str, ZoneDecision]]:
    """Each path with its zone: the one it is given, else what the path tells. The imports decide the rest later."""
    zones: dict[str, ZoneDecision] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder not in zones:
            zones[folder] = zone_of_folder(folder, frozenset())
        yield path, given.get(path) or zone_of_file(name, zones[folder])


def zone_of_file(name: str, of_folder: ZoneDecision) -> ZoneDecision:
    """The zone of a file called ``name`` in a folder."""
    stem = name.rpartition(".")[0]
    if of_folder.zone is Zone.VENDORED:
        return of_folder
    if stem.endswith(GENERATED_SUFFIXES):
        return ZoneDecision(Zone.GENERATED, "its name is one that protoc gives")
    if name in VENDORED_FILES:
        return ZoneDecision(Zone.VENDORED, "its name is that of a file which projects copy")
    if is_test_file(name):
        return ZoneDecision(Zone.TEST, "its name is that of a test file")
    if not stem.isidentifier():
        return _no_identifier(of_folder)
    return of_folder


def _no_identifier(of_folder: ZoneDecision) -> ZoneDecision:
    """Of a file that nobody can import: tests read it, or somebody runs it."""
    if of_folder.zone is Zone.TEST:
        return ZoneDecision(Zone.VENDORED, "a specimen: its name is no identifier")
    if of_folder.zone is Zone.PRODUCTION:
        return ZoneDecision(Zone.SCRIPT, "its name is no identifier")
    return of_folder


def zone_of_folder(folder: str, product: Collection[str]) -> ZoneDecision:
    """The zone of what lies in ``folder``; the folders in ``product`` are what their names do not say."""
    if not folder:
        return ZoneDecision(Zone.SCRIPT, "it lies in the project root, and nobody imports it")
    found = {word: holder for holder, word in words_above(folder) if holder not in product}
    if holder := _hidden(folder):
        return ZoneDecision(Zone.VENDORED, f"{holder} begins with a dot")
    for word, zone in _ORDER:
        if word in found and not (word is Word.FOREIGN and Word.TEST in found):
            return ZoneDecision(zone, f"{found[word]} holds {_HOLDS[word]}")
    if f"/{ALEMBIC_REVISIONS}/" in f"/{'/'.join(map(_plain, folder.split('/')))}/":
        return ZoneDecision(Zone.SCRIPT, f"{ALEMBIC_REVISIONS} holds migrations")
    return PRODUCTION


_ORDER: Sequence[tuple[Word, Zone]] = (
    (Word.VENDORED, Zone.VENDORED),
    (Word.FOREIGN, Zone.VENDORED),
    (Word.SPECIMEN, Zone.VENDORED),
    (Word.SCAFFOLD, Zone.VENDORED),
    (Word.TEST, Zone.TEST),
    (Word.BACKUP, Zone.BACKUP),
    (Word.SCRIPT, Zone.SCRIPT),
    (Word.READING, Zone.SCRIPT),
    (Word.PROGRAM, Zone.SCRIPT),
    (Word.CONTRIBUTED, Zone.SCRIPT),
)
_HOLDS: Mapping[Word, str] = {
    Word.VENDORED: "copies of other projects",
    Word.FOREIGN: "copies of other projects",
    Word.SPECIMEN: "specimens that tests read",
    Word.SCAFFOLD: "templates that a generator copies",
    Word.TEST: "tests",
    Word.BACKUP: "backups",
    Word.SCRIPT: "scripts",
    Word.READING: "what is read, not imported",
    Word.PROGRAM: "programs that no production code imports",
    Word.CONTRIBUTED: "contributions that no production code imports",
}


def words_above(folder: str) -> Iterator[tuple[str, Word]]:
    """The folders at and above ``folder`` whose names suggest something, innermost first, each with its word."""
    while folder:
        word = word_of(folder)
        if word is not None:
            yield folder, word
        folder = folder.rpartition("/")[0]


def word_of(folder: str) -> Word | None:
    """What the last part of ``folder`` suggests."""
    name = folder.rpartition("/")[2]
    if name.lower() in VENDORED_NAMES:
        return Word.VENDORED
    if "{{" in name:
        return Word.SCAFFOLD
    plain = _plain(name)
    if plain.partition("_")[0] == "vendored":
        return Word.VENDORED
    own = next((word for word, names in _WORDS if plain in names), None)
    return Word.TEST if own is None and plain.endswith(_TEST_ENDINGS) else own


def word_of_any(folder: str) -> bool:
    """Whether a folder at or above ``folder`` is no production code by its name."""
    return any(word_of(each) for each in (folder, *parents(folder)) if each)


def _plain(name: str) -> str:
    """A segment as it is compared: ``_Archive`` is ``archive``, ``integration-tests`` has an underscore."""
    return name.lower().strip("._-").replace("-", "_")


def _hidden(folder: str) -> str:
    """The outermost folder that begins with a dot."""
    above = [each for each in (folder, *parents(folder)) if each.rpartition("/")[2].startswith(".")]
    return above[-1] if above else ""


def is_test_file(name: str) -> bool:
    """Whether test runners take a file of that name for one of tests."""
    stem = name.lower().rpartition(".")[0]
    return stem in TEST_STEMS or stem.startswith("test_") or stem.endswith(("_test", "_tests"))
