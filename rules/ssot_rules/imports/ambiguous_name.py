"""SSOT302 ambiguous-name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.retirement import is_retired_name
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.imports import (
    Alias,
    exported_aliases,
    importers_by_name,
    is_class_name,
    is_private,
    place_of,
    takers_by_name,
)
from ssot_rules.analysis.layout import is_hook_layout

_CHOOSING = Guard.CONDITION | Guard.ELSE | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT

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
        Leave the name to the class that is defined under it, or to the alias that most modules take. Delete the other
        aliases and let their users import the class by its own name.
    """

    code: ClassVar[str] = "SSOT302"
    name: ClassVar[str] = "ambiguous-name"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    def check(self, project: Project) -> Iterator[Finding]:
        definitions = project.folded(_DefinitionsIn(self.zones), Groups[_Key, ClassSymbol])
        aliases: dict[_Key, list[Alias]] = defaultdict(list)
        for alias in project.derived(exported_aliases):
            if self.applies_to(alias.module) and not _is_on_purpose(project, alias):
                aliases[alias.module.source.root, alias.name].append(alias)
        for key, found in sorted(aliases.items()):
            owners = [cls for cls in definitions.get(key) if not _is_pair(cls, found)]
            if owners and not _is_told_apart(project, owners, found):
                yield _finding(project, owners, found)
            elif not definitions.get(key) and len(_meanings(rivals := _rivals(project, found))) > 1:
                yield _rival_finding(project, rivals)


@dataclass(frozen=True, slots=True)
class _DefinitionsIn:
    """The unconditional public classes of a module, by source root and name. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, _: Project, module: Module) -> tuple[tuple[_Key, ClassSymbol], ...]:
        return tuple(
            ((module.source.root, cls.name), cls)
            for cls in (module.top_level_classes if module.zone in self.zones else ())
            if cls.fact.guard is Guard.NONE and is_class_name(cls.name)
        )


def _is_on_purpose(project: Project, alias: Alias) -> bool:
    """Whether an alias is on its way out, or a facade offers a subclass under the name of its base."""
    ancestors = project.ancestry(alias.target)[1:]
    return is_retired_name(alias.module.name) or any(ancestor.name == alias.name for ancestor in ancestors)


def _is_pair(cls: ClassSymbol, aliases: Sequence[Alias]) -> bool:
    """Whether the aliases stand beside the class: ``class Order`` and, further down, ``Order = Traced``."""
    return all(alias.module is cls.module for alias in aliases)


def _is_told_apart(project: Project, owners: Sequence[ClassSymbol], aliases: Sequence[Alias]) -> bool:
    """Whether the aliases, or all of them, are in use, and always with the module before the name: ``chat.Choice`` and
    ``text.Choice`` are read as two names."""
    importers = project.derived(importers_by_name)
    if all(_is_read_with_module(project, alias) for alias in aliases):
        return True
    places = [(owner.module, owner) for owner in owners] + [(alias.module, alias.target) for alias in aliases]
    return all(
        (module, owners[0].name) not in importers and _is_called_as_member(project, module, owners[0].name, cls)
        for module, cls in places
    )


def _is_read_with_module(project: Project, alias: Alias) -> bool:
    """Whether an alias is in use, never by its name alone: ``models.Order`` beside a class of another layer."""
    is_imported = (alias.module, alias.name) in project.derived(importers_by_name)
    is_listed = alias.name in (alias.module.facts.exports or ())
    return not (is_imported or is_listed) and _is_called_as_member(project, alias.module, alias.name, alias.target)


def _is_called_as_member(project: Project, module: Module, name: str, cls: ClassSymbol) -> bool:
    for call in project.calls_of(cls):
        before, _, last = call.fact.callee.rpartition(".")
        if last == name and before and project.resolve(call.module, call.fact.scope, before).module is module:
            return True
    return False


def _rivals(project: Project, aliases: Sequence[Alias]) -> list[Alias]:
    """The aliases that somebody takes under their name, or may: they are meant for others. None where a framework asks
    for the name in many files."""
    if is_hook_layout([alias.module for alias in aliases]):
        return []
    takers = project.derived(takers_by_name)
    return [
        alias
        for alias in aliases
        if (alias.module, alias.name) in takers or alias.name in (alias.module.facts.exports or ())
    ]


def _meanings(aliases: Sequence[Alias]) -> list[ClassSymbol]:
    return sorted({alias.target for alias in aliases}, key=lambda symbol: symbol.sort_key)


def _rival_finding(project: Project, aliases: Sequence[Alias]) -> Finding:
    """A name that is no class's own: the alias that most modules take stays."""
    takers = project.derived(takers_by_name)
    counts = {alias: len(takers.get((alias.module, alias.name), ())) for alias in aliases}
    kept = max(aliases, key=lambda alias: (counts[alias], alias.module.path))
    others = [alias for alias in aliases if alias.target is not kept.target]
    meanings = _meanings(aliases)
    reason = f"imported from there by {counted(counts[kept], 'module')}"
    return AmbiguousName.finding(
        subject=kept.name,
        message=f"`{kept.name}` means {len(meanings)} different classes, depending on where it is imported from",
        remedy=f"Leave the name to {kept.id}, which is {kept.target.id}: {_way_out(others)}",
        home=Home(place_of(kept.module, kept.fact), kept.module.name, kept.id, reason),
        sites=(_site(alias, kept.target) for alias in others),
        evidence={
            "text": [_line(alias) for alias in aliases],
            "meanings": [target.id for target in meanings],
        },
        severity=Severity.INFO if _is_chosen(project, aliases) else _severity(project, kept.name, meanings),
    )


def _finding(project: Project, owners: Sequence[ClassSymbol], aliases: Sequence[Alias]) -> Finding:
    home, reason = project.home_among(owners)
    meanings = [*(owner.id for owner in owners), *(target.id for target in _meanings(aliases))]
    name = home.name
    return AmbiguousName.finding(
        subject=name,
        message=f"`{name}` means {len(meanings)} different classes, depending on where it is imported from",
        remedy=f"Leave the name to {home.id}: {_way_out(aliases)}",
        home=home_of(home, reason),
        sites=(_site(alias, home) for alias in aliases),
        evidence={
            "text": [
                *(f"{owner.id} is defined in {owner.module.path}:{owner.fact.line}" for owner in owners[:3]),
                *(_line(alias) for alias in aliases[:3]),
            ],
            "meanings": list(meanings),
        },
        severity=_severity(project, name, (*owners, *_meanings(aliases))),
    )


def _severity(project: Project, name: str, meanings: Sequence[ClassSymbol]) -> Severity | None:
    """Scored where somebody can mistake one for the other: modules of one package take both under the bare name."""
    seen: set[str] = set()
    for cls in meanings:
        packages = _taking_packages(project, cls, name)
        if not seen.isdisjoint(packages):
            return None
        seen |= packages
    return Severity.INFO


def _is_chosen(project: Project, aliases: Sequence[Alias]) -> bool:
    """Whether a module takes the name from one place or, under a condition, from another: back ends behind one name,
    for the settings or the platform to choose."""
    takers = project.derived(takers_by_name)
    counts = Counter(taker for alias in aliases for taker in takers.get((alias.module, alias.name), ()))
    choosers = {taker for taker, count in counts.items() if count > 1}
    return any(
        fact.guard & _CHOOSING and fact.name == aliases[0].name for taker in choosers for fact in taker.facts.imports
    )


def _taking_packages(project: Project, cls: ClassSymbol, name: str) -> set[str]:
    """The packages whose modules, tests and those that only pass names on left out, import a class under a name."""
    uses = (use for use in project.imports_of(cls) if use.fact.bound_name == name)
    importers = {use.importer for use in uses if use.importer.zone is not Zone.TEST}
    return {importer.source.package for importer in importers if not importer.source.is_package}


def _way_out(aliases: Sequence[Alias]) -> str:
    modules = ", ".join(dict.fromkeys(alias.module.name for alias in aliases))
    targets = _meanings(aliases)
    public = [f"`{target.name}` from {target.module.name}" for target in targets if not is_private(target.name)]
    private = [target.id for target in targets if is_private(target.name)]
    steps = [f"delete the alias in {modules}"]
    steps += [f"give {', '.join(private)} a public name of its own"] if private else []
    steps += [f"import {', '.join(public)} where it is meant"] if public else []
    return f"{', '.join(steps[:-1])} and {steps[-1]}"


def _line(alias: Alias) -> str:
    return f"{alias.id} is {alias.target.id}, by {alias.module.path}:{alias.fact.line}"


def _site(alias: Alias, home: Symbol) -> Site:
    message = f"here `{alias.name}` is {alias.target.id}, not {home.id}"
    return Site(place_of(alias.module, alias.fact), alias.module.name, alias.id, message)
