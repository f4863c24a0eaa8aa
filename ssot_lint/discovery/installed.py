"""Packages of other projects that were put into a folder of this one, as far as what lies beside them says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ssot_lint.discovery import requirements
from ssot_lint.discovery.paths import join, module_path, parents
from ssot_lint.discovery.tables import read_text
from ssot_lint.discovery.third_party import modules_of
from ssot_lint.text.distribution_names import normalised

_DIST_INFO = ".dist-info"
"""What an installer leaves beside the packages of a distribution, called ``name-version.dist-info`` (PEP 376). A
``.egg-info`` may as well be that of the code itself."""

LISTS = frozenset({"_vendored.txt", "vendor.txt", "vendored.txt"})
"""What tools for vendoring read and write. Only lines with ``==`` count: other lists of vendors hold names alone."""


def installed_in(folder: Path, held: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names of distributions that were put into ``folder``, which holds the names ``held``, and which of these says
    so."""
    for name in sorted(held):
        if name.endswith(_DIST_INFO):
            yield normalised(name.removesuffix(_DIST_INFO).partition("-")[0]), name
        elif name in LISTS:
            pinned = (line for line in requirements.of_requirements_file(read_text(folder / name)) if "==" in line)
            yield from ((each, name) for each in requirements.names(pinned))


def copies_among(
    paths: Iterable[str], installed: Mapping[str, Mapping[str, str]], own: Collection[str]
) -> Mapping[str, str]:
    """The modules and packages, by path, that belong to distributions put into the folders of ``installed``, each with
    what says so; but for those that are ``own``, distributions of the project."""
    named = {
        folder: {
            module: join(folder, source) for name, source in found.items() if name not in own for module in _of(name)
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


def _of(name: str) -> Collection[str]:
    return modules_of((name,), ())
