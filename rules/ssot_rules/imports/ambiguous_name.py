"""SSOT302 ambiguous-name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.retirement import is_retired_name
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_rules.analysis.imports import Alias, exported_aliases, importers_by_name, is_class_name, place_of

_Key = tuple[str, str]
"""Source root and name: what stands under different roots is different programs, each with names of its own."""


@dataclass(frozen=True)
class AmbiguousName(Rule):
    """One class name means different classes, depending on the module it is imported from.

    Why:
        Under an alias, the name in the code is no longer the name of the class: ``isinstance`` fails between two
        objects that both claim to be a ``Session``, searches for the class miss half of its users, and a changed
        import line swaps the implementation without a word.

    Bad:
        # shop/session.py
        class Session:
            def close(self): ...
        # shop/testing_tools.py
        class MemorySession:
            def rollback(self): ...

        Session = MemorySession

    Good:
        # shop/session.py
        class Session:
            def close(self): ...
        # shop/testing_tools.py
        class MemorySession:
            def rollback(self): ...

    Fix:
        Leave the name to the class that is defined under it. Delete the aliases and let their users import the other
        class by its own name.
    """

    code: ClassVar[str] = "SSOT302"
    name: ClassVar[str] = "ambiguous-name"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    def check(self, project: Project) -> Iterator[Finding]:
        definitions = self._definitions(project)
        aliases: dict[_Key, list[Alias]] = defaultdict(list)
        for alias in project.derived(exported_aliases):
            if self.applies_to(alias.module) and not is_retired_name(alias.module.name):
                aliases[alias.module.source.root, alias.name].append(alias)
        for key, found in sorted(aliases.items()):
            owners = [cls for cls in definitions.get(key, ()) if not _is_pair(cls, found)]
            if owners and not _is_told_apart(project, owners, found):
                yield _finding(project, owners, found)

    def _definitions(self, project: Project) -> Mapping[_Key, list[ClassSymbol]]:
        """The unconditional public classes by source root and name."""
        found: dict[_Key, list[ClassSymbol]] = defaultdict(list)
        for cls in project.classes():
            if self.applies_to(cls.module) and cls.fact.guard is Guard.NONE and is_class_name(cls.name):
                found[cls.module.source.root, cls.name].append(cls)
        return found


def _is_pair(cls: ClassSymbol, aliases: Sequence[Alias]) -> bool:
    """Whether the aliases stand beside the class: ``class Order`` and, further down, ``Order = Traced``."""
    return all(alias.module is cls.module for alias in aliases)


def _is_told_apart(project: Project, owners: Sequence[ClassSymbol], aliases: Sequence[Alias]) -> bool:
    """Whether all of them are in use, and always with the module before the name: ``chat.Choice`` and ``text.Choice``
    are read as two names."""
    importers = project.derived(importers_by_name)
    places = [(owner.module, owner) for owner in owners] + [(alias.module, alias.target) for alias in aliases]
    return all(
        (module, owners[0].name) not in importers and _is_called_as_member(project, module, owners[0].name, cls)
        for module, cls in places
    )


def _is_called_as_member(project: Project, module: Module, name: str, cls: ClassSymbol) -> bool:
    for call in project.calls_of(cls):
        before, _, last = call.fact.callee.rpartition(".")
        if last == name and before and project.resolve(call.module, call.fact.scope, before).module is module:
            return True
    return False


def _finding(project: Project, owners: Sequence[ClassSymbol], aliases: Sequence[Alias]) -> Finding:
    home, reason = project.home_among(owners)
    targets = sorted({alias.target for alias in aliases}, key=lambda symbol: symbol.sort_key)
    meanings = [*(owner.id for owner in owners), *(target.id for target in targets)]
    modules = ", ".join(dict.fromkeys(alias.module.name for alias in aliases))
    name = home.name
    return AmbiguousName.finding(
        subject=name,
        message=f"`{name}` means {len(meanings)} different classes, depending on where it is imported from",
        remedy=(
            f"Leave the name to {home.id}: delete the alias in {modules} and import "
            f"{', '.join(f'`{target.name}` from {target.module.name}' for target in targets)} where it is meant"
        ),
        home=home_of(home, reason),
        sites=tuple(_site(alias, home) for alias in aliases),
        evidence={
            "text": [
                *(f"{owner.id} is defined in {owner.module.path}:{owner.fact.line}" for owner in owners[:3]),
                *(
                    f"{alias.id} is {alias.target.id}, by {alias.module.path}:{alias.fact.line}"
                    for alias in aliases[:3]
                ),
            ],
            "meanings": list(meanings),
        },
    )


def _site(alias: Alias, home: Symbol) -> Site:
    message = f"here `{alias.name}` is {alias.target.id}, not {home.id}"
    return Site(place_of(alias.module, alias.fact), alias.module.name, alias.id, message)
