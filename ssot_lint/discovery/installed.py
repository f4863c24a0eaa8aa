"""Packages of other projects that were put into a folder of this one, as far as what lies beside them says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ssot_lint.discovery import requirements
from ssot_lint.discovery.paths import join, module_path, parents
from ssot_lint.discovery.tables import read_text
from ssot_lint.discovery.third_party import modules_of
from ssot_lint.text.distribution_names import normalised

_DIST_INFO = ".dist-info"
"""What an installer leaves beside the packages of a distribution, called ``name-version.dist-info`` (PEP 376). A
``.egg-info`` may as well be that of the code itself."""
_RECORD = "RECORD"
_PYTHON = (".py", ".pyi")

LISTS = frozenset({"_vendored.txt", "vendor.txt", "vendored.txt"})
"""What tools for vendoring read and write. Only lines with ``==`` count: other lists of vendors hold names alone."""


class Installed(NamedTuple):
    """What was put into a folder of one distribution: ``source`` is the name beside it that says so, ``modules`` are
    those it has besides what its name tells, normalised as that is."""

    source: str
    modules: frozenset[str] = frozenset()


def installed_in(folder: Path, held: Collection[str]) -> Iterator[tuple[str, Installed]]:
    """The distributions that were put into ``folder``, which holds the names ``held``, by name."""
    for name in sorted(held):
        if name.endswith(_DIST_INFO):
            distribution = normalised(name.removesuffix(_DIST_INFO).partition("-")[0])
            yield distribution, Installed(name, frozenset(_recorded(folder / name)))
        elif name in LISTS:
            pinned = (line for line in requirements.of_requirements_file(read_text(folder / name)) if "==" in line)
            yield from ((each, Installed(name)) for each in requirements.names(pinned))


def _recorded(info: Path) -> Iterator[str]:
    """The modules and packages at the top of what an installer says that it wrote, in ``RECORD`` (PEP 376)."""
    for line in read_text(info / _RECORD).splitlines():
        path = line.rpartition(",")[0].rpartition(",")[0].strip('"')
        if path.endswith(_PYTHON):
            yield normalised(module_path(path).partition("/")[0])


def copies_among(
    paths: Iterable[str], installed: Mapping[str, Mapping[str, Installed]], own: Collection[str]
) -> Mapping[str, str]:
    """The modules and packages, by path, that belong to distributions put into the folders of ``installed``, each with
    what says so; but for those that are ``own``, distributions of the project."""
    named = {
        folder: {
            module: join(folder, each.source)
            for name, each in found.items()
            if name not in own
            for module in _of(name) | each.modules
        }
        for folder, found in installed.items()
    }
    copies: dict[str, str] = {}
    for path in paths if named else ():
        module = module_path(path)
        for folder in parents(module):
            name = module[len(folder) + 1 :].partition("/")[0]
            source = named.get(folder, {}).get(normalised(name))
            if source:
                copies[join(folder, name)] = source
    return copies


def _of(name: str) -> frozenset[str]:
    return modules_of((name,), ())
