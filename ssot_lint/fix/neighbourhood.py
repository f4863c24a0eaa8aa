"""What each file has to know of the project to be changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from ssot_lint.discovery.line_length import line_length
from ssot_lint.fix.context import FileContext
from ssot_lint.fix.source import RefusedError
from ssot_lint.project.modules import package_of
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module


class Neighbourhood:
    """The contexts of the files of a project in the folder ``root``."""

    def __init__(self, project: Project, root: Path) -> None:
        self._project, self._root = project, root
        self._lengths: dict[str, int] = {}

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The modules by path, those that Python never imports too."""
        return {module.path: module for module in (*self._project.shadowed, *self._project.modules)}

    def module(self, path: str) -> Module:
        """The module in a file. Raises RefusedError for a file that was not analysed."""
        if path not in self.modules:
            raise RefusedError(f"{path} was not analysed")
        return self.modules[path]

    def is_new(self, path: str) -> bool:
        """Whether a file is to be made, in a package that is there."""
        return path not in self.modules and _package_of(path) in self.modules

    def context(self, path: str) -> FileContext:
        """What the file has to know."""
        if self.is_new(path):
            package = self.context(_package_of(path))
            name = f"{package.package}.{PurePosixPath(path).stem}"
            return replace(package, module=name, wanted=frozenset(), is_open=False)
        module = self.module(path)
        return FileContext(
            package=package_of(module),
            module=module.name,
            beside=self._beside.get((module.source.root, module.name.partition(".")[0]), frozenset()),
            tops=self._tops,
            line_length=self._line_length(module.source.distribution),
            wanted=frozenset(self._wanted.get(path, ())),
            is_open=module.source.is_package or path in self._starred,
        )

    @cached_property
    def _beside(self) -> Mapping[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for module in self._project.modules:
            found[module.source.root, module.name.partition(".")[0]].add(module.name)
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def _tops(self) -> frozenset[str]:
        return frozenset(module.name.partition(".")[0] for module in self._project.modules)

    @cached_property
    def _wanted(self) -> Mapping[str, set[str]]:
        """The names that other files import from each."""
        found: dict[str, set[str]] = defaultdict(set)
        for use in self._project.imports:
            if use.source is not None and use.fact.name is not None:
                found[use.source.path].add(use.fact.name)
        return found

    @cached_property
    def holders(self) -> Mapping[str, frozenset[str]]:
        """The files that import each file as a whole, and can read any name of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for use in self._project.imports:
            for module in (use.resolution.module, use.source if use.fact.name is None else None):
                if module is not None:
                    found[module.path].add(use.importer.path)
        return {path: frozenset(importers) for path, importers in found.items()}

    @cached_property
    def _starred(self) -> frozenset[str]:
        """The files of which others import all names."""
        stars = (use for use in self._project.imports if use.fact.name == "*")
        return frozenset(module.path for use in stars for module in (use.source, use.resolution.module) if module)

    def _line_length(self, folder: str) -> int:
        """That of the distribution, as far as it is no default; else that of the project."""
        if folder not in self._lengths:
            self._lengths[folder] = line_length(self._root / folder)
        return self._lengths[folder]


def _package_of(path: str) -> str:
    """The file of the package that a file lies in."""
    return (PurePosixPath(path).parent / "__init__.py").as_posix()
