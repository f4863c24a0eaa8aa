"""SSOT304 shadowed-module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.edits import DeleteFile, Fix, Safety
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.imports import module_home
from ssot_rules.analysis.layout import top_package
from ssot_rules.analysis.vocabulary import FILE_LOADERS


@dataclass(frozen=True)
class ShadowedModule(Rule):
    """A module stands beside a package of the same name, and Python never imports it.

    Why:
        Of ``models.py`` and ``models/__init__.py`` Python always takes the package. Whoever edits the file, fixes a bug
        in it or reads it to learn what the program does works on code that does not run. A package with code that loads
        files by their path, as plug-ins are loaded, finds both: nothing is said there.

    Bad:
        # shop/models.py
        TAX = 19
        # shop/models/__init__.py
        TAX = 21

    Good:
        # shop/models/__init__.py
        TAX = 21
        # shop/models/orders.py
        LIMIT = 100

    Fix:
        Move what the file alone defines into the package, then delete the file.
    """

    code: ClassVar[str] = "SSOT304"
    name: ClassVar[str] = "shadowed-module"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        for module, package in project.shadowed.items():
            if self.applies_to(module) and top_package(module) not in project.derived(_packages_that_load_files):
                yield _finding(module, package)


def _packages_that_load_files(project: Project) -> frozenset[str]:
    """The top-level packages with code that loads files by their path: that finds a file beside a package, too."""
    return frozenset(top_package(module) for name in FILE_LOADERS for module in project.mentioning(name))


def _finding(module: Module, package: Module) -> Finding:
    lost = sorted(
        name
        for name, entry in module.namespace.items()
        if isinstance(entry, Symbol) and not name.startswith("_") and name not in package.namespace
    )
    return ShadowedModule.finding(
        subject=module.name,
        message=(
            f"{module.path} is never imported: the package {package.path} has the same name, edits to the file have "
            "no effect"
        ),
        remedy=_remedy(module, package, lost),
        home=module_home(package, "a package comes before a module of the same name"),
        sites=(
            Site(
                Location(module.path, 1),
                module.name,
                module.name,
                f"shadowed by {package.path}",
                fix=_fix(module, package),
            ),
        ),
        evidence={
            "text": [
                f"`import {module.name}` loads {package.path}",
                f"{counted(len(lost), 'name')} only in {module.path}{': ' if lost else ''}{listed(lost, most=10)}",
            ],
            "only_in_module": list(lost),
        },
    )


def _remedy(module: Module, package: Module, lost: Sequence[str]) -> str:
    """What to do with the file; tests that it alone has go to a file that a test runner finds."""
    if not lost:
        return f"Delete {module.path}"
    if package.zone is Zone.TEST:
        folder = package.path.rpartition("/")[0]
        return f"Move what is still to be tested to a test module in {folder}, then delete {module.path}"
    return f"Move {listed(lost, most=5)} to {package.path} where anything needs it, then delete {module.path}"


def _fix(module: Module, package: Module) -> Fix:
    """Delete the file, unless something in it is nowhere else."""
    alone = sorted(name for name in module.namespace if name not in package.namespace)
    if alone:
        return Fix(Safety.MANUAL, note=f"{package.path} lacks {listed(alone)} of it: decide what is needed")
    return Fix(Safety.UNSAFE, (DeleteFile(module.path),), "the file is deleted")
