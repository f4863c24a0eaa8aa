"""What lies around the findings of a scan: folders and their sizes, zones, importers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.report import FolderSize, Importer, Importers, JudgedFinding, Surroundings, place_key
from ssot_lint.plan.addresses import Addresses
from ssot_lint.scan.load import LoadedProject

MOST_IMPORTERS = 20
"""Statements of each place; more are counted, `ssot-lint show` lists all."""


def surroundings_of(loaded: LoadedProject, findings: Iterable[JudgedFinding]) -> Surroundings:
    """The surroundings of ``findings`` in the project that was ``loaded``."""
    places = {place_key(judged.finding, place): (judged, place) for judged, place in _places(findings)}
    paths = {place.location.path for _, place in places.values()}
    return Surroundings(
        folders=tuple(_folders(loaded)),
        zones={file.path: file.zone.value for file in loaded.tree.files if file.path in paths},
        importers=_importers(Addresses(loaded.project), places),
    )


def _places(findings: Iterable[JudgedFinding]) -> Iterator[tuple[JudgedFinding, Home | Site]]:
    for judged in findings:
        if judged.finding.home is not None:
            yield judged, judged.finding.home
        yield from ((judged, each.site) for each in judged.sites)


def _folders(loaded: LoadedProject) -> Iterator[FolderSize]:
    files: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for file, facts in zip(loaded.tree.files, loaded.results, strict=True):
        folder = file.path.rpartition("/")[0]
        files[folder] += 1
        lines[folder] += facts.lines if isinstance(facts, ModuleFacts) else 0
    return (FolderSize(folder, files[folder], lines[folder]) for folder in sorted(files))


def _importers(addresses: Addresses, places: dict[str, tuple[JudgedFinding, Home | Site]]) -> dict[str, Importers]:
    found = {key: addresses.importers(judged, place) for key, (judged, place) in places.items()}
    return {key: _counted(by_module) for key, by_module in found.items() if by_module}


def _counted(by_module: dict[str, list[Location]]) -> Importers:
    statements = [Importer(module, location) for module, locations in by_module.items() for location in locations]
    files = len({each.location.path for each in statements})
    return Importers(files, tuple(sorted(statements, key=lambda each: (each.module, each.location))[:MOST_IMPORTERS]))
