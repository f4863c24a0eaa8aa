"""SSOT501 scattered-responsibility."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.roles import roles_of
from ssot_lint.rules.evidence import TEXT_LINES
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.declared_components import ComponentHome, component_home, folder_of, is_definition
from ssot_rules.components._responsibility import Part, is_worked_by_others, parts_of


@dataclass(frozen=True)
class ScatteredResponsibility(Rule):
    """Classes beside the home of a declared component implement the component's methods themselves.

    Why:
        Each of them keeps its own idea of what is connected, registered or cached. What one of them adds another does
        not find, what one forgets to remove stays, and a fix made in the home does not reach the others.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "connections"
        home = "shop.hub:Hub"
        methods = ["add_connection", "remove_connection"]
        # shop/hub.py
        class Hub:
            def __init__(self):
                self.connections = {}

            def add_connection(self, user, socket):
                self.connections[user] = socket

            def remove_connection(self, user):
                self.connections.pop(user)
        # shop/chat.py
        class Chat:
            def __init__(self):
                self.sockets = []

            def add_connection(self, user, socket):
                self.sockets.append((user, socket))

            def remove_connection(self, user):
                self.sockets = [each for each in self.sockets if each[0] != user]

    Good:
        # ssot-lint.toml
        [[components]]
        name = "connections"
        home = "shop.hub:Hub"
        methods = ["add_connection", "remove_connection"]
        # shop/hub.py
        class Hub:
            def __init__(self):
                self.connections = {}

            def add_connection(self, user, socket):
                self.connections[user] = socket

            def remove_connection(self, user):
                self.connections.pop(user)
        # shop/chat.py
        class Chat:
            def __init__(self, hub):
                self.hub = hub

            def add_connection(self, user, socket):
                self.hub.add_connection(user, socket)

            def remove_connection(self, user):
                self.hub.remove_connection(user)

    Fix:
        Give the other classes the home and let them call it; delete their own containers and what maintains them. A
        class counts when it implements methods of two roles (add, remove, get, change, send, start, stop, told by the
        verb in the name), so declare all names under which the work is done. A bare verb such as `get` or `close`
        counts in classes that `names` matches.
    """

    code: ClassVar[str] = "SSOT501"
    name: ClassVar[str] = "scattered-responsibility"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component that declares a home and ``methods``."""
        for component in project.components:
            home = component_home(project, component)
            if home is not None and component.methods and (parts := self._rival_parts(project, component, home)):
                yield _finding(component, home, parts)

    def _rival_parts(self, project: Project, component: Component, home: ComponentHome) -> list[Part]:
        """The classes that do the home's work for themselves. None of them where the home only passes it on, and to
        whom cannot be told: each may do it for the home."""
        if home.cls is not None and is_worked_by_others(project, component, home.cls):
            return []
        candidates = (cls for cls in project.classes() if self.applies_to(cls.module) and is_definition(cls))
        parts = {part.cls: part for part in parts_of(project, component, candidates, home)}
        return [parts[cls] for cls in home.rivals_among(project, parts)]


def _finding(component: Component, home: ComponentHome, parts: Sequence[Part]) -> Finding:
    roles = roles_of(component.methods)
    folders = sorted({folder_of(part.cls) for part in parts})
    done = [method for method in component.methods if any(method in part.methods for part in parts)]
    text = [
        f"{part.cls.module.path}:{part.cls.fact.line} class `{part.cls.name}`: {listed(part.methods, most=5)}"
        + (f"; keeps {listed(part.containers)}" if part.containers else "")
        for part in parts[: TEXT_LINES - 1]
    ]
    return ScatteredResponsibility.finding(
        subject=component.name,
        message=(
            f"`{component.name}` ({', '.join(roles)}) is implemented by {counted(len(parts), 'class')} in "
            f"{counted(len(folders), 'folder')} besides its home `{home.symbol.name}`"
        ),
        remedy=(
            f"Let {listed([part.cls.id for part in parts])} call {home.symbol.id} instead, and delete their own "
            f"{listed([f'`{method}`' for method in done])}"
        ),
        home=home.as_home(),
        sites=tuple(_site(part) for part in parts),
        evidence={
            "component": component.name,
            "roles": list(roles),
            "folders": list(folders),
            "classes": [
                {"symbol": part.cls.id, "methods": list(part.methods), "containers": list(part.containers)}
                for part in parts
            ],
            "text": [*text, f"in {counted(len(folders), 'folder')}: {listed(folders, most=5)}"],
        },
    )


def _site(part: Part) -> Site:
    methods = listed([f"`{method}`" for method in part.methods], most=5)
    containers = [f"`{name}`" for name in part.containers]
    kept = f"; keeps {listed(containers)} of its own" if containers else ""
    return site_of(part.cls, f"implements {methods} itself{kept}")
