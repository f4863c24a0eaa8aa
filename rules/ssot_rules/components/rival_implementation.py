"""SSOT506 rival-implementation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.class_kinds import Kind, is_value_type, kind_of
from ssot_rules.analysis.component_symbols import import_paths
from ssot_rules.analysis.declared_components import ComponentHome, component_home, folder_of, is_definition
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.factories import is_factory_class
from ssot_rules.analysis.forwarding import is_front
from ssot_rules.analysis.vocabulary import EDITION_WORDS, MEDIUM_WORDS
from ssot_rules.components._responsibility import is_interface, names_its_object


class _Sort(Enum):
    """What a class is, as far as two of one name pattern must be the same to compete."""

    COMPONENT = "component"
    DATA = "data"
    EXCEPTION = "exception"
    FACTORY = "factory"
    MIXIN = "mixin"
    MODEL = "model"


@dataclass(frozen=True)
class RivalImplementation(Rule):
    """Classes play the role of a declared component and have nothing to do with its home.

    Why:
        Which of them a caller gets depends on what it happened to import. They hold state that the others do not see,
        and every fix has to be made, or is forgotten, in all of them.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "connections"
        home = "shop.hub:ConnectionManager"
        names = ["*ConnectionManager"]
        # shop/hub.py
        class ConnectionManager:
            def __init__(self):
                self.sockets = {}

            def send(self, user, text):
                self.sockets[user].write(text)
        # shop/chat.py
        class ChatConnectionManager:
            def __init__(self):
                self.members = []

            def send(self, user, text):
                for member in self.members:
                    member.write(text)

    Good:
        # ssot-lint.toml
        [[components]]
        name = "connections"
        home = "shop.hub:ConnectionManager"
        names = ["*ConnectionManager"]
        # shop/hub.py
        class ConnectionManager:
            def __init__(self):
                self.sockets = {}

            def send(self, user, text):
                self.sockets[user].write(text)
        # shop/chat.py
        from shop.hub import ConnectionManager

        class ChatConnectionManager(ConnectionManager):
            def say(self, text):
                for user in self.sockets:
                    self.send(user, text)

    Fix:
        Move to the home what only the others can do, or let them inherit from it; let their users import the home and
        delete them. What is something else needs another name, or narrower globs under ``names``. A class that does
        nothing of what the home does is no rival, whatever it is called.
    """

    code: ClassVar[str] = "SSOT506"
    name: ClassVar[str] = "rival-implementation"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"SSOT110": Reach.DEFINITIONS})

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component that declares a home and ``names``."""
        for component in project.components:
            home = component_home(project, component)
            if home is not None:
                wanted = _Sort.COMPONENT if home.cls is None else _sort_of(project, home.cls)
                players = [
                    cls
                    for cls in project.classes()
                    if component.is_played_by(cls.name)
                    and self._counts(project, cls)
                    and _sort_of(project, cls) is wanted
                ]
                rivals = [
                    cls for cls in home.rivals_among(project, players) if _competes(project, component, home, cls)
                ]
                if rivals:
                    yield _finding(project, component, home, rivals)

    def _counts(self, project: Project, cls: ClassSymbol) -> bool:
        return (
            self.applies_to(cls.module)
            and is_definition(cls)
            and not is_interface(project, cls)
            and not is_front(project, cls)
        )


def _sort_of(project: Project, cls: ClassSymbol) -> _Sort:
    kind = kind_of(project, cls)
    if kind is Kind.EXCEPTION:
        return _Sort.EXCEPTION
    if words(cls.name)[-1:] == ("mixin",):
        return _Sort.MIXIN
    if kind is Kind.ORM_MODEL:
        return _Sort.MODEL
    if is_value_type(project, cls):
        return _Sort.DATA
    return _Sort.FACTORY if is_factory_class(cls) else _Sort.COMPONENT


def _competes(project: Project, component: Component, home: ComponentHome, cls: ClassSymbol) -> bool:
    """Whether a class does something that the home does, not only under a bare verb that any class may have (``open``,
    ``close``), and not through another medium: a database connection is no web socket. Data competes by its name, as
    does a namesake."""
    if home.cls is None or home.cls.name == cls.name:
        return True
    at_home, here = _public_methods(project, home.cls), _public_methods(project, cls)
    if not at_home:
        return True
    if _has_another_medium(home.cls, cls):
        return False
    common = at_home & here
    declared = here.intersection(component.methods)
    return any(map(names_its_object, common | declared)) or 2 * len(common) >= len(at_home)


def _has_another_medium(home: ClassSymbol, cls: ClassSymbol) -> bool:
    """Whether the name of a class says that it talks to something that the home has nothing to do with."""
    at_home = set(words(home.name)) - EDITION_WORDS
    here = set(words(cls.name))
    return bool((here & MEDIUM_WORDS) - at_home) and not at_home <= here


def _finding(project: Project, component: Component, home: ComponentHome, rivals: Sequence[ClassSymbol]) -> Finding:
    folders = sorted({folder_of(cls) for cls in rivals})
    lines = [
        f"{cls.module.path}:{cls.fact.line} class `{cls.name}`, imported by "
        f"{counted(project.importer_count(cls), 'module')}"
        for cls in rivals
    ]
    return RivalImplementation.finding(
        subject=component.name,
        message=(
            f"the role of `{component.name}` is played by {counted(len(rivals), 'class')} in "
            f"{counted(len(folders), 'folder')} besides its home `{home.symbol.name}`"
        ),
        remedy=(
            f"Use {home.symbol.id} in place of {listed([cls.id for cls in rivals])}: move to it what only they can do, "
            "or let them inherit from it"
        ),
        home=home.as_home(),
        sites=tuple(_site(project, home, cls) for cls in rivals),
        evidence={
            "component": component.name,
            "folders": dict(Counter(folder_of(cls) for cls in rivals)),
            "rivals": [_rival(project, home, cls) for cls in rivals],
            "import_paths": import_paths(project, [home.symbol, *rivals]),
            "text": lines,
        },
    )


def _rival(project: Project, home: ComponentHome, cls: ClassSymbol) -> dict[str, Fact]:
    """What a class is and how it has drifted from the home."""
    found: dict[str, Fact] = {"symbol": cls.id, "importers": project.importer_count(cls)}
    if home.cls is not None:
        found["drift"] = drift_between(project, home.cls, cls).as_facts()
    return found


def _site(project: Project, home: ComponentHome, cls: ClassSymbol) -> Site:
    return site_of(cls, "; ".join([f"plays the role of `{home.symbol.id}`", *_comparison(project, home, cls)]))


def _comparison(project: Project, home: ComponentHome, cls: ClassSymbol) -> list[str]:
    """How a namesake of the home differs from it, what another class has in common with it."""
    if home.cls is None:
        return []
    if home.cls.name == cls.name:
        return drift_between(project, home.cls, cls).phrases()
    at_home, here = _public_methods(project, home.cls), _public_methods(project, cls)
    common = [f"`{name}`" for name in sorted(at_home & here)]
    return [f"has {len(common)} of its {counted(len(at_home), 'public method')} ({listed(common)})"] if common else []


def _public_methods(project: Project, cls: ClassSymbol) -> set[str]:
    return {
        method.name
        for ancestor in project.ancestry(cls)
        for method in ancestor.module.methods(ancestor)
        if not method.name.startswith("_")
    }
