"""SSOT502 scattered-component."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.declared_components import ComponentHome, component_home, folder_of
from ssot_rules.components._members import definitions_of


@dataclass(frozen=True)
class ScatteredComponent(Rule):
    """Code of a declared component stands outside the folders that it belongs in.

    Why:
        Whoever changes the component reads its folder and thinks that is all of it. What stands elsewhere is missed,
        and written anew where it is not found. `paths` are globs of files and folders: `shop/mail` means what is in it.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "mail"
        home = "shop.mail.sender:MailSender"
        names = ["Mail*"]
        paths = ["shop/mail/**"]
        # shop/mail/sender.py
        class MailSender:
            def send(self, text):
                return text
        # shop/orders/queue.py
        class MailQueue:
            def put(self, text):
                return [text]

    Good:
        # ssot-lint.toml
        [[components]]
        name = "mail"
        home = "shop.mail.sender:MailSender"
        names = ["Mail*"]
        paths = ["shop/mail/**"]
        # shop/mail/sender.py
        class MailSender:
            def send(self, text):
                return text
        # shop/mail/queue.py
        class MailQueue:
            def put(self, text):
                return [text]

    Fix:
        Move the definitions to the component's folders, and let their users import them from there.
    """

    code: ClassVar[str] = "SSOT502"
    name: ClassVar[str] = "scattered-component"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component that declares ``paths``."""
        for component in project.components:
            if component.paths:
                home = component_home(project, component)
                definitions = definitions_of(project, component, home, self.applies_to)
                outside = [each for each in definitions if not component.may_hold(each.module.path)]
                if outside:
                    yield _finding(component, home, definitions, outside)


def _finding(
    component: Component, home: ComponentHome | None, definitions: Sequence[Symbol], outside: Sequence[Symbol]
) -> Finding:
    counts = Counter(folder_of(symbol) for symbol in outside)
    folders = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    where = listed([f"`{glob}`" for glob in component.paths])
    lines = [f"{folder}: {counted(count, 'definition')}" for folder, count in folders]
    return ScatteredComponent.finding(
        subject=component.name,
        message=(
            f"`{component.name}` has {len(outside)} of its {counted(len(definitions), 'definition')} outside {where}, "
            f"in {counted(len(folders), 'folder')}"
        ),
        remedy=f"Move {listed([symbol.id for symbol in outside])} to {where}",
        home=home.as_home() if home is not None and home.symbol not in outside else None,
        sites=tuple(site_of(symbol, f"belongs in {where}") for symbol in outside),
        evidence={
            "component": component.name,
            "paths": list(component.paths),
            "definitions": len(definitions),
            "folders": dict(folders),
            "text": lines,
        },
    )
