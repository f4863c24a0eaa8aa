"""Findings about code that is on the way out as a whole are listed, not scored: what is going to be deleted gets no new
home before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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


def with_retired_listed(
    project: Project, found: Iterable[tuple[ActiveRule, Finding]]
) -> Iterator[tuple[ActiveRule, Finding]]:
    """The findings, those as information whose home and sites all lie in folders called legacy or the like that no
    production code outside such folders imports. A severity that the configuration gives stays."""
    modules = {module.path: module for module in project.modules if retired_folder(module.path)}
    known: dict[str, bool] = {}
    for active, finding in found:
        folder = "" if is_information(active, finding) else _folder_of_all(modules, finding)
        if folder and all(_is_left(project, modules[path], known) for path in _paths(finding)):
            yield active, _listed(finding, folder)
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


def _folder_of_all(modules: Mapping[str, Module], finding: Finding) -> str:
    paths = _paths(finding)
    return retired_folder(min(paths)) if paths and paths <= modules.keys() else ""


def _paths(finding: Finding) -> set[str]:
    places = {site.location.path for site in finding.sites}
    return places if finding.home is None else places | {finding.home.location.path}


def _is_left(project: Project, module: Module, known: dict[str, bool]) -> bool:
    """Whether no production code outside retired folders imports a module."""
    if module.path not in known:
        known[module.path] = all(
            importer.zone is not Zone.PRODUCTION or retired_folder(importer.path)
            for importer in project.importers_of_module(module)
        )
    return known[module.path]


def _listed(finding: Finding, folder: str) -> Finding:
    own = finding.evidence.get(TEXT)
    lines = [f"listed only: all of it is in {folder}, which no other production code imports"]
    text = [*lines, *(own if isinstance(own, list) else [])][:TEXT_LINES]
    return msgspec.structs.replace(finding, severity=Severity.INFO, evidence={**finding.evidence, TEXT: text})
