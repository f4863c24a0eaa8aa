"""ACME102: a package writes its version in more than one module. The worked example of docs/adding-a-rule.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.literals import literal_text

_VERSION = re.compile(r"'\d+(\.\d+)+.*'")


@dataclass(frozen=True)
class RivalVersion(Rule):
    """The version of a package is written down in more than one of its modules.

    Why:
        A release edits all of them, and one day only some: users then report bugs against a version that they do not
        have.

    Bad:
        # shop/__init__.py
        __version__ = "1.4.0"
        # shop/about.py
        VERSION = "1.4.0"

    Good:
        # shop/__init__.py
        from shop.about import VERSION
        __version__ = VERSION
        # shop/about.py
        VERSION = "1.4.0"

    Fix:
        Keep one of them and let the others import it.
    """

    code: ClassVar[str] = "ACME102"
    name: ClassVar[str] = "rival-version"
    family: ClassVar[str] = "acme"
    severity: ClassVar[Severity] = Severity.LOW

    names: Annotated[tuple[str, ...], Meta(description="the names that hold a version")] = (
        "__version__",
        "VERSION",
        "version",
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per package and version."""
        by_version: dict[tuple[str, str, str], list[VariableSymbol]] = defaultdict(list)
        for module in project.modules:
            if self.applies_to(module) and is_handwritten(module):
                package = module.name.partition(".")[0]
                for variable in module.variables:
                    version = literal_text(variable.fact.value)
                    if self._is_version(variable, version):
                        by_version[module.source.root, package, version].append(variable)
        for (_, package, version), variables in by_version.items():
            for rivals in project.comparable_groups(variables):
                if len({variable.module for variable in rivals}) > 1:
                    yield self._finding(project, package, version, rivals)

    def _is_version(self, variable: VariableSymbol, text: str) -> bool:
        is_plain = variable.fact.guard is Guard.NONE  # no stand-in, under no condition
        return is_plain and variable.name in self.names and _VERSION.fullmatch(text) is not None

    def _finding(self, project: Project, package: str, version: str, variables: Sequence[VariableSymbol]) -> Finding:
        home, reason = project.home_among(variables)
        others = [variable for variable in variables if variable is not home]
        return self.finding(
            subject=package,
            message=f"version {version} of `{package}` is written in {len(variables)} places: keep {home.id}, {reason}",
            remedy=f"Write `from {home.module.name} import {home.name}` where the others are",
            home=home_of(home, reason),
            sites=[site_of(other, f"{version} again") for other in others],
            evidence={
                "version": version,
                "text": [f"{each.module.path}:{each.fact.line} {each.name} = {version}" for each in (home, *others)],
            },
        )
