"""SSOT508 bypassed-source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.outside_uses import OutsideUse, outside_uses
from ssot_lint.project.project import Project, site_within
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.declared_components import ComponentHome, component_home


@dataclass(frozen=True)
class BypassedSource(Rule):
    """What a declared component stands in front of is used past it.

    Why:
        The component is there so that the environment is read, ids are made or tokens are checked in one way. Who calls
        the library itself gets none of the checks and defaults, and is missed when the way changes.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "ids"
        home = "shop.ids:new_id"
        replaces = ["uuid.uuid4"]
        # shop/ids.py
        import uuid

        def new_id():
            return f"shop-{uuid.uuid4()}"
        # shop/orders.py
        from uuid import uuid4

        def order(lines):
            return {"id": str(uuid4()), "lines": lines}

    Good:
        # ssot-lint.toml
        [[components]]
        name = "ids"
        home = "shop.ids:new_id"
        replaces = ["uuid.uuid4"]
        # shop/ids.py
        import uuid

        def new_id():
            return f"shop-{uuid.uuid4()}"
        # shop/orders.py
        from shop.ids import new_id

        def order(lines):
            return {"id": new_id(), "lines": lines}

    Fix:
        Call the component instead; give it what it lacks. Files that may use the library themselves are named under
        ``allowed-in``, and those under ``paths`` belong to the component.
    """

    code: ClassVar[str] = "SSOT508"
    name: ClassVar[str] = "bypassed-source"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component and replaced name."""
        components = [component for component in project.components if component.replaces]
        if not components:
            return
        uses = [use for module in project.modules if self.applies_to(module) for use in outside_uses(project, module)]
        for component in components:
            home = component_home(project, component)
            for name, found in self._bypasses(project, component, home, uses).items():
                yield _finding(component, home, name, found)

    def _bypasses(
        self, project: Project, component: Component, home: ComponentHome | None, uses: Sequence[OutsideUse]
    ) -> Mapping[str, list[OutsideUse]]:
        found: dict[str, list[OutsideUse]] = defaultdict(list)
        for use in uses:
            name = component.replaced(use.name)
            if name and not component.may_bypass(use.module.path) and _could_use(project, home, use.module):
                found[name].append(use)
        return found


def _could_use(project: Project, home: ComponentHome | None, module: Module) -> bool:
    """Whether a module is not the home itself, and not a plug-in of another core."""
    return home is None or (module is not home.symbol.module and project.comparable(home.symbol.module, module))


def _finding(component: Component, home: ComponentHome | None, name: str, uses: Sequence[OutsideUse]) -> Finding:
    by_module: dict[str, list[OutsideUse]] = defaultdict(list)
    for use in sorted(uses, key=lambda use: use.location):
        by_module[use.module.path].append(use)
    instead = component.home or f"the component {component.name}"
    return BypassedSource.finding(
        subject=name,
        message=(
            f"`{name}` is used {counted(len(uses), 'time')} in {counted(len(by_module), 'module')} past "
            f"`{component.name}`: use {instead}"
        ),
        remedy=f"Use {instead} in {listed(list(by_module))}, or name what may use `{name}` under allowed-in",
        home=None if home is None else home.as_home(),
        sites=[site_within(use.module, use.fact.scope, use.location, f"`{use.name}` past {instead}") for use in uses],
        evidence={
            "component": component.name,
            "modules": {path: [use.location.line for use in found] for path, found in by_module.items()},
            "text": [
                f"{path}: {counted(len(found), 'use')}, {listed([f'line {use.location.line}' for use in found])}"
                for path, found in by_module.items()
            ],
        },
    )
