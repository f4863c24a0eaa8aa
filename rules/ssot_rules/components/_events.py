"""The events of declared components: where they are defined, and where their names are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.model.component import Component
from ssot_lint.model.facts import ConstantUse
from ssot_lint.model.finding import Home, Location
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.declared_components import ComponentHome, component_home
from ssot_rules.components._event_definitions import Definition, definition_of, definitions_in
from ssot_rules.components._event_words import Use, is_telling, is_written_out, may_name

AT_HOME = "in the module of the component's home"
"""Why a definition is the home of an event."""


@dataclass(frozen=True, slots=True)
class EventUse:
    """A place where an event's name is used: by ``definition``, or as a literal, where that is None."""

    event: str
    module: Module
    fact: Use
    definition: Definition | None = None

    @property
    def location(self) -> Location:
        return Location(self.module.path, self.fact.line, self.fact.column, self.fact.line)

    @property
    def place(self) -> str:
        return f"{self.module.path}:{self.fact.line}"


@dataclass(frozen=True, slots=True)
class Events:
    """The definitions and uses of all events that components declare, by event, and by place within one."""

    definitions: Mapping[str, Sequence[Definition]]
    uses: Mapping[str, Sequence[EventUse]]


@dataclass(frozen=True, slots=True)
class EventSet:
    """A component with events. ``home`` is the one that it declares, if any; ``definitions`` and ``uses`` are those of
    its events, by event, and by place within one; ``homes`` has the home of each event that has a definition in
    production code, with the reason."""

    component: Component
    home: ComponentHome | None
    definitions: Mapping[str, Sequence[Definition]]
    uses: Mapping[str, Sequence[EventUse]]
    homes: Mapping[str, tuple[Definition, str]]

    @property
    def events(self) -> tuple[str, ...]:
        return tuple(self.definitions)

    def home_of(self, event: str) -> Home | None:
        """The home of an event: that of its definition, else the component's."""
        if event in self.homes:
            definition, reason = self.homes[event]
            return definition.as_home(reason)
        return None if self.home is None else self.home.as_home()


def declared_events(project: Project) -> Events:
    """For :meth:`Project.derived`."""
    names = {event for component in project.components for event in component.events}
    definitions: dict[str, list[Definition]] = defaultdict(list)
    uses: dict[str, list[EventUse]] = defaultdict(list)
    if names:
        for module in project.modules:
            for definition in definitions_in(project, module, names):
                definitions[definition.event].append(definition)
        for use in _uses(project, names, definitions):
            uses[use.event].append(use)
    return Events(definitions, uses)


def event_sets(project: Project) -> tuple[EventSet, ...]:
    """The components that declare events, in the order of the configuration; but none that declares a home that is not
    there: nothing can be held against it. For :meth:`Project.derived`."""
    return tuple(
        _event_set(project, component, home)
        for component in project.components
        if component.events and ((home := component_home(project, component)) is not None or not component.home)
    )


def _event_set(project: Project, component: Component, home: ComponentHome | None) -> EventSet:
    everything = project.derived(declared_events)
    events = tuple(dict.fromkeys(component.events))
    definitions = {
        event: [each for each in everything.definitions.get(event, ()) if _is_meant(each, home)] for event in events
    }
    uses = {
        event: [use for use in everything.uses.get(event, ()) if use.definition in (None, *definitions[event])]
        for event in events
    }
    for event in [event for event in events if not is_telling(event)]:
        definitions[event], uses[event] = _accompanied(event, definitions, uses, home)
    homes = {event: _home_among(project, home, found) for event, found in definitions.items()}
    return EventSet(
        component, home, definitions, uses, {event: found for event, found in homes.items() if found is not None}
    )


def _is_meant(definition: Definition, home: ComponentHome | None) -> bool:
    is_home = home is not None and definition.holder is home.symbol
    return is_home or may_name(definition.event, definition.name)


def _accompanied(
    event: str,
    definitions: Mapping[str, Sequence[Definition]],
    uses: Mapping[str, Sequence[EventUse]],
    home: ComponentHome | None,
) -> tuple[list[Definition], list[EventUse]]:
    """What counts of an event whose name is one word, such as ``error``, and may mean anything: definitions beside that
    of another event of the set, in the same class or module, and literals beside another event in the same function."""
    others = [other for other in definitions if other != event]
    holders: set[Symbol | Module] = {each.company for other in others for each in definitions[other]}
    if home is not None:
        holders.add(home.symbol)
    scopes = {(use.module, use.fact.scope) for other in others for use in uses[other] if _is_certain(use)}
    return (
        [each for each in definitions[event] if each.company in holders],
        [use for use in uses[event] if use.definition is not None or (use.module, use.fact.scope) in scopes],
    )


def _is_certain(use: EventUse) -> bool:
    return isinstance(use.fact, ConstantUse) or is_written_out(use.fact)


def _home_among(
    project: Project, home: ComponentHome | None, definitions: Sequence[Definition]
) -> tuple[Definition, str] | None:
    by_module: dict[Module, Definition] = {}
    for each in definitions:
        if each.module.zone is Zone.PRODUCTION:
            best = by_module.setdefault(each.module, each)
            by_module[each.module] = max(best, each, key=_likeness)  # the first one wins a draw
    at_home = [each for module, each in by_module.items() if home is not None and module is home.symbol.module]
    by_holder = {each.holder: each for each in at_home or by_module.values()}
    if not by_holder:
        return None
    every = {each.holder: each for each in definitions}
    if (pinned := project.pinned_among(list(every))) is not None:
        return every[pinned[0]], pinned[1]
    holder, reason = project.home_among(list(by_holder))
    return by_holder[holder], AT_HOME if at_home else reason


def _likeness(definition: Definition) -> int:
    """How many words of the event's name a definition has in its own."""
    return len(set(words(definition.name)) & set(words(definition.event)))


def _uses(
    project: Project, events: Collection[str], definitions: Mapping[str, Sequence[Definition]]
) -> Iterator[EventUse]:
    defined: dict[tuple[Symbol, str], Definition] = {
        (each.holder, each.binding.name): each for group in definitions.values() for each in group
    }
    for module in project.modules:
        for fact in module.facts.strings:
            if fact.value in events:
                yield EventUse(fact.value, module, fact)
        memo: dict[tuple[int, str], Definition | None] = {}
        for constant in module.facts.constants if defined else ():
            key = constant.scope, constant.name
            if key not in memo:
                memo[key] = definition_of(project, module, *key, defined)
            if (definition := memo[key]) is not None:
                yield EventUse(definition.event, module, constant, definition)
