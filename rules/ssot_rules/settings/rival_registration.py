"""SSOT605 rival-registration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.settings._registrations import Registration, registrations


@dataclass(frozen=True)
class RivalRegistration(Rule):
    """Two definitions register under one key in one registry.

    Why:
        The last one that is imported wins, silently: which task, command or plug-in runs depends on the order of
        imports.
        Ships as an inventory: no finding on real code has been judged yet.

    Bad:
        # shop/registry.py
        EXPORTERS = {}

        def exporter(name):
            def keep(function):
                EXPORTERS[name] = function
                return function
            return keep
        # shop/csv.py
        from shop.registry import exporter

        @exporter("csv")
        def export_csv(rows):
            return ";".join(rows)
        # shop/excel.py
        from shop.registry import exporter

        @exporter("csv")
        def export_excel(rows):
            return ",".join(rows)

    Good:
        # shop/registry.py
        EXPORTERS = {}

        def exporter(name):
            def keep(function):
                EXPORTERS[name] = function
                return function
            return keep
        # shop/csv.py
        from shop.registry import exporter

        @exporter("csv")
        def export_csv(rows):
            return ";".join(rows)
        # shop/excel.py
        from shop.registry import exporter

        @exporter("excel")
        def export_excel(rows):
            return ",".join(rows)

    Fix:
        Give each its own key, or delete the one that is not meant. A registry that refuses a key it knows makes the
        mistake show at once.
    """

    code: ClassVar[str] = "SSOT605"
    name: ClassVar[str] = "rival-registration"
    family: ClassVar[str] = "settings"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per registry and key."""
        by_key: dict[tuple[Symbol | str, str, str], list[Registration]] = defaultdict(list)
        for each in registrations(project):
            if self.applies_to(each.definition.module):
                by_key[each.registry, each.key, each.definition.module.source.root].append(each)
        for found in by_key.values():
            definitions = list(dict.fromkeys(each.definition for each in found))
            for group in project.comparable_groups(definitions):
                if len({definition.id for definition in group}) > 1:
                    yield _finding(project, found[0], group)


def _finding(
    project: Project, registration: Registration, definitions: Sequence[FunctionSymbol | ClassSymbol]
) -> Finding:
    registry, key = registration.registry_name, registration.key
    home, reason = project.home_among(definitions)
    others = [definition for definition in definitions if definition is not home]
    return RivalRegistration.finding(
        subject=f"{registry} {key}",
        message=(
            f"{counted(len(definitions), 'definition')} register as `{key}` in `{registry}`: the last that is imported "
            f"wins, {listed([f'`{each.id}`' for each in definitions])}"
        ),
        remedy=f"Give {listed([other.id for other in others])} a key of its own, or delete it",
        home=home_of(home, reason),
        sites=[site_of(other, f"registers as `{key}`, as `{home.id}` does") for other in others],
        evidence={
            "registry": registry,
            "key": key,
            "text": [f"{each.module.path}:{each.fact.line} `{each.qualname}`" for each in (home, *others)],
        },
    )
