"""Findings about code that is on the way out as a whole are listed, not scored: what is going to be deleted gets no new
home before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from ssot_lint.gate.causes import is_information
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.rules.evidence import TEXT, TEXT_LINES
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.text.identifiers import words

_RETIRED = frozenset({"deprecated", "legacy", "obsolete", "old"})
_NUMBERED = re.compile(r"(?P<stem>.*?[A-Za-z])[_-]?(?P<number>\d+(?:[._]\d+)*)")
# A generation begins as a copy of the one before: a third of the files of the smaller one are called as in the other.
_SHARE = 1 / 3


def with_retired_listed(
    project: Project, found: Iterable[tuple[ActiveRule, Finding]]
) -> Iterator[tuple[ActiveRule, Finding]]:
    """The findings, those as information whose home and sites all lie in folders called legacy or the like, or in older
    generations of a folder (``engine1`` beside ``engine2``), that no production code outside such folders imports. A
    severity that the configuration gives stays."""
    retired = _retired_folders(project.modules)
    folders = {module.path: folder for module, folder in retired.items()}
    left = _Left(project, folders, {module.path: module for module in retired}, {})
    for active, finding in found:
        paths = set() if is_information(active, finding) else _paths(finding)
        if paths and paths <= folders.keys() and all(map(left.is_left, paths)):
            yield active, _listed(finding, folders[min(paths)])
        else:
            yield active, finding


def retired_folder(path: str) -> str:
    """The outermost folder above a file whose name begins or ends with a word for what is on the way out, as a path
    that ends with a slash; empty without one."""
    above = ""
    for name in path.split("/")[:-1]:
        above += f"{name}/"
        said = words(name)
        if said and not _RETIRED.isdisjoint((said[0], said[-1])):
            return above
    return ""


def older_generations(paths: Iterable[str]) -> frozenset[str]:
    """The folders of ``paths`` called as one beside them but for a lower number (``s1/``, ``s2/`` and ``s2_5/`` beside
    ``s3/``), a third of whose files are called as files of the next one; each ends with a slash."""
    files: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        places = [place for place, letter in enumerate(path) if letter == "/"]
        for place in places:
            if _NUMBERED.fullmatch(path[:place].rpartition("/")[2]):
                files[path[: place + 1]].add(path[place + 1 :])
    series: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folder in files:
        above, _, name = folder[:-1].rpartition("/")
        if match := _NUMBERED.fullmatch(name):
            series[above, match["stem"]].append(folder)
    return frozenset(older for folders in series.values() for older in _older(folders, files))


def _older(folders: Sequence[str], files: Mapping[str, Collection[str]]) -> Iterator[str]:
    for folder, following in pairwise(sorted(folders, key=_number)):
        shared = set(files[folder]).intersection(files[following])
        if len(shared) >= _SHARE * min(len(files[folder]), len(files[following])):
            yield folder


def _number(folder: str) -> tuple[int, ...]:
    match = _NUMBERED.fullmatch(folder[:-1].rpartition("/")[2])
    return tuple(map(int, re.split(r"[._]", match["number"]))) if match else ()


def _retired_folders(modules: Sequence[Module]) -> Mapping[Module, str]:
    """The outermost folder that is on the way out around each module that stands in one."""
    generations = older_generations(module.path for module in modules if module.zone is Zone.PRODUCTION)
    found: dict[Module, str] = {}
    for module in modules:
        around = (module.path[: place + 1] for place, letter in enumerate(module.path) if letter == "/")
        folder = retired_folder(module.path) or next((each for each in around if each in generations), "")
        if folder:
            found[module] = folder
    return found


def _paths(finding: Finding) -> set[str]:
    places = {site.location.path for site in finding.sites}
    return places if finding.home is None else places | {finding.home.location.path}


@dataclass(frozen=True, slots=True)
class _Left:
    """Which modules no production code outside retired ``folders`` imports; ``known`` is filled as it is asked."""

    project: Project
    folders: Mapping[str, str]
    modules: Mapping[str, Module]
    known: dict[str, bool]

    def is_left(self, path: str) -> bool:
        if path not in self.known:
            self.known[path] = all(
                importer.zone is not Zone.PRODUCTION or importer.path in self.folders
                for importer in self.project.importers_of_module(self.modules[path])
            )
        return self.known[path]


def _listed(finding: Finding, folder: str) -> Finding:
    own = finding.evidence.get(TEXT)
    lines = [f"listed only: all of it is in {folder}, which no other production code imports"]
    text = [*lines, *(own if isinstance(own, list) else [])][:TEXT_LINES]
    return msgspec.structs.replace(finding, severity=Severity.INFO, evidence={**finding.evidence, TEXT: text})
