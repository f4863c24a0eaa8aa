"""SSOT505 incomplete-emitter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.probe import Kind
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.components._emitters import Emitter, Reach, emitters_of, families
from ssot_rules.components._events import EventSet, event_sets

# One event may be sent by anybody for a reason of its own, two that are sent together are work on the set.
_ENOUGH = 2
# Who sends this share of a set has the whole of it to answer for.
_HALF = 0.5


@dataclass(frozen=True)
class IncompleteEmitter(Rule):
    """A class sends some events of a declared component, but never the others.

    Why:
        Who listens relies on the whole set: after "started" comes "completed". Where several classes send the same
        events each for itself, one of them is forgotten when an event is added, and what runs through that one never
        ends, as far as anybody sees.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "export"
        events = ["export_started", "export_progressed", "export_completed"]
        # shop/nightly.py
        class NightlyExport:
            def run(self, bus, rows):
                bus.send("export_started")
                for row in rows:
                    bus.send("export_progressed", row)

    Good:
        # ssot-lint.toml
        [[components]]
        name = "export"
        events = ["export_started", "export_progressed", "export_completed"]
        # shop/nightly.py
        class NightlyExport:
            def run(self, bus, rows):
                bus.send("export_started")
                for row in rows:
                    bus.send("export_progressed", row)
                bus.send("export_completed")

    Fix:
        Send the missing events too, or let one class send the whole set and have the others call it. A class is held to
        an event when it sends two others that somebody else sends together with that one; to an event that nobody sends
        when it sends half of the set. What a class leaves to its ancestors, its subclasses or to functions it calls is
        not missing, nor what only others send that share no work with it: that is a division of labour.
    """

    code: ClassVar[str] = "SSOT505"
    name: ClassVar[str] = "incomplete-emitter"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.MEDIUM
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.EVENTS,)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component."""
        for event_set in project.derived(event_sets):
            emitters = emitters_of(event_set)
            missing = _missing(project, event_set, emitters, self._candidates(project, event_set, emitters))
            if missing:
                yield _finding(event_set, emitters, missing)

    def _candidates(
        self, project: Project, event_set: EventSet, emitters: Sequence[Emitter]
    ) -> Mapping[ClassSymbol, Emitter]:
        """The classes that send several events of the set, but not all; without the home and what belongs to it."""
        found = {
            emitter.symbol: emitter
            for emitter in emitters
            if isinstance(emitter.symbol, ClassSymbol)
            and self.applies_to(emitter.symbol.module)
            and _ENOUGH <= len(emitter.sent) < len(event_set.events)
        }
        return (
            found
            if event_set.home is None
            else {cls: found[cls] for cls in event_set.home.rivals_among(project, found)}
        )


def _missing(
    project: Project, event_set: EventSet, emitters: Sequence[Emitter], candidates: Mapping[ClassSymbol, Emitter]
) -> Mapping[ClassSymbol, Sequence[str]]:
    """The events that each class never sends and should, in their order; classes by place."""
    if not candidates:
        return {}
    reach = Reach(project, event_set)
    found = {}
    for cls, family in families(project, candidates.keys()).items():
        reached = reach.of(family)
        absent = [event for event in event_set.events if event not in reached]
        absent = [event for event in absent if _is_due(event, candidates[cls], emitters, len(event_set.events))]
        if absent:
            found[cls] = absent
    return found


def _is_due(event: str, emitter: Emitter, emitters: Sequence[Emitter], count: int) -> bool:
    """Whether an emitter should send an event of a set of ``count`` that it does not send: another one that does the
    same work sends it, or nobody does, and ``emitter`` sends half of the set."""
    senders = [other for other in emitters if event in other.sent]
    if not senders:
        return len(emitter.sent) >= count * _HALF
    return any(len(other.sent.keys() & emitter.sent.keys()) >= _ENOUGH for other in senders)


def _finding(event_set: EventSet, emitters: Sequence[Emitter], missing: Mapping[ClassSymbol, Sequence[str]]) -> Finding:
    name, home, count = event_set.component.name, event_set.home, len(event_set.events)
    sent = {emitter.symbol: emitter.sent for emitter in emitters}
    classes = listed([f"`{cls.name}` ({len(sent[cls])})" for cls in missing])
    sending = "sends" if len(missing) == 1 else "send"
    steps = listed([f"{' and '.join(absent)} from {cls.id}" for cls, absent in missing.items()])
    whole = [emitter.symbol.id for emitter in emitters if len(emitter.sent) == count]
    one = home.symbol.id if home is not None else whole[0] if whole else "one of them"
    text = [
        f"{cls.module.path}:{cls.fact.line} {cls.name} sends {', '.join(sent[cls])}; never {', '.join(absent)}"
        for cls, absent in missing.items()
    ]
    return IncompleteEmitter.finding(
        subject=name,
        message=f"{classes} {sending} only a part of the {count} events of `{name}`",
        remedy=f"Send {steps} too, or leave the whole set to {one} and call it",
        home=None if home is None else home.as_home(),
        sites=tuple(
            site_of(cls, f"sends {len(sent[cls])} of {count} events, never {listed(absent, most=5)}")
            for cls, absent in missing.items()
        ),
        evidence={
            "component": name,
            "events": list(event_set.events),
            "emitters": [_described(emitter, missing) for emitter in emitters],
            "text": text,
        },
    )


def _described(emitter: Emitter, missing: Mapping[ClassSymbol, Sequence[str]]) -> Fact:
    absent = missing.get(emitter.symbol, ()) if isinstance(emitter.symbol, ClassSymbol) else ()
    return {
        "symbol": emitter.symbol.id,
        "sent": {event: use.place for event, use in emitter.sent.items()},
        "missing": absent,
    }
