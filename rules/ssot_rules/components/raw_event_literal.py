"""SSOT503 raw-event-literal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.edits import Fix
from ssot_lint.model.facts import StringContext, StringUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, site_within
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import fix_literal, manual
from ssot_rules.components._event_definitions import Definition
from ssot_rules.components._event_words import described, is_telling, is_written_out
from ssot_rules.components._events import EventSet, EventUse, event_sets


@dataclass(frozen=True)
class RawEventLiteral(Rule):
    """The name of an event that a declared component owns is written as a literal outside the component's home.

    Why:
        Sender and receiver agree only as long as nobody mistypes or renames the event: a literal that no longer matches
        raises nothing, the message is just never handled. And nobody can tell who sends or awaits an event but by
        searching for text.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "orders"
        home = "shop.events:OrderEvent"
        events = ["order_paid"]
        # shop/events.py
        from enum import Enum

        class OrderEvent(Enum):
            PAID = "order_paid"
        # shop/checkout.py
        def pay(bus, order):
            bus.send("order_paid", order)

    Good:
        # ssot-lint.toml
        [[components]]
        name = "orders"
        home = "shop.events:OrderEvent"
        events = ["order_paid"]
        # shop/events.py
        from enum import Enum

        class OrderEvent(Enum):
            PAID = "order_paid"
        # shop/checkout.py
        from shop.events import OrderEvent

        def pay(bus, order):
            bus.send(OrderEvent.PAID.value, order)

    Fix:
        Use the constant or enum member of the event; where there is none, define one in the home of the component.
        Log texts, docstrings and names that are looked up do not count, nor does a dict key, unless other events of the
        component are keys there too. A name of one word counts only where the code says that it is an event.
    """

    code: ClassVar[str] = "SSOT503"
    name: ClassVar[str] = "raw-event-literal"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component and event."""
        for event_set in project.derived(event_sets):
            for event in event_set.events:
                owners = _owners(event_set, event)
                literals = [
                    use
                    for use in _literals(event_set, event)
                    if self.applies_to(use.module)
                    and use.module not in owners
                    and all(project.comparable(use.module, owner) for owner in owners)
                ]
                # Where nothing owns the event, a literal that stands once is its source of truth.
                if len(literals) > 1 or (literals and owners):
                    yield _finding(project, event_set, event, literals)


def _owners(event_set: EventSet, event: str) -> set[Module]:
    """The modules that may write the event's name out: that of the component's home, and that of its definition."""
    owners = set() if event_set.home is None else {event_set.home.symbol.module}
    if event in event_set.homes:
        owners.add(event_set.homes[event][0].module)
    return owners


def _literals(event_set: EventSet, event: str) -> Iterator[EventUse]:
    """Where the event's name is written out, by place."""
    keyed = {
        (use.module, use.fact.scope)
        for other, uses in event_set.uses.items()
        for use in uses
        if other != event and use.fact.context is StringContext.DICT_KEY
    }
    for use in event_set.uses[event]:
        if isinstance(use.fact, StringUse) and (_is_event_key(use, keyed) or is_written_out(use.fact)):
            yield use


def _is_event_key(use: EventUse, keyed: Collection[tuple[Module, int]]) -> bool:
    """Whether the event is a key where ``keyed`` says that another one is too. A field may be called like one event."""
    is_key = use.fact.context is StringContext.DICT_KEY and is_telling(use.event)
    return is_key and (use.module, use.fact.scope) in keyed


def _finding(project: Project, event_set: EventSet, event: str, literals: Sequence[EventUse]) -> Finding:
    paths = list(dict.fromkeys(use.module.path for use in literals))
    text = [f"{use.place} {described(use.fact)}" for use in literals]
    definition = event_set.homes.get(event)
    return RawEventLiteral.finding(
        subject=event,
        message=(
            f"event `{event}` of `{event_set.component.name}` is written as a literal "
            f"{counted(len(literals), 'time')} in {counted(len(paths), 'module')}: {_way_out(event_set, event)}"
        ),
        remedy=_remedy(event_set, event, paths),
        home=event_set.home_of(event),
        sites=tuple(
            site_within(
                use.module,
                use.fact.scope,
                use.location,
                f'"{event}" as {described(use.fact)}',
                _fix(project, use, definition),
            )
            for use in literals
        ),
        evidence={
            "component": event_set.component.name,
            "definition": None if definition is None else definition[0].id,
            "literals": [{"place": use.place, "as": described(use.fact)} for use in literals],
            "text": text,
        },
    )


def _fix(project: Project, use: EventUse, found: tuple[Definition, str] | None) -> Fix:
    if found is None:
        return manual("no constant stands for it")
    definition, _ = found
    place = use.location
    return fix_literal(project, use.module, place, use.event, definition.holder, definition.as_text)


def _way_out(event_set: EventSet, event: str) -> str:
    if event in event_set.homes:
        definition, reason = event_set.homes[event]
        return f"use `{definition.name}` of {definition.module.path}, {reason}"
    return (
        "no constant stands for it" if event_set.home is None else f"define it in {event_set.home.symbol.module.path}"
    )


def _remedy(event_set: EventSet, event: str, paths: Sequence[str]) -> str:
    if event in event_set.homes:
        definition, _ = event_set.homes[event]
        return f'Write `{definition.as_text}` (`{definition.import_text}`) for "{event}" in {listed(paths)}'
    name = "_".join(words(event)).upper()
    where = "one module" if event_set.home is None else event_set.home.symbol.module.path
    return f'Define `{name} = "{event}"` once in {where} and import it in {listed(paths)}'
