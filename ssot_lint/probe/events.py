"""P6: the events of a declared set, as one test sent them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.probe import Kind, Level, Observation, Place, SentEvents
from ssot_lint.probe.records import Emission, TestRun
from ssot_lint.probe.stack import Sources
from ssot_lint.probe.wording import about, kind_of_owner

MOST_EVENTS = 40
"""Events of one flow that are written down."""


def sent_events(run: TestRun) -> list[SentEvents]:
    """What was sent, by component and owner, in order."""
    return [
        SentEvents(
            group[0].watched.component.name,
            run.test,
            group[0].owner,
            tuple(f"{each.event} ({each.sender.rpartition(':')[2]})" for each in group[:MOST_EVENTS]),
        )
        for group in _groups(run)
    ]


def event_observations(run: TestRun, sources: Sources) -> Iterator[Observation]:
    """What is wrong with the flows of events of a test.

    A flow counts as begun when its first event and another one were sent: a test of one notification is none.
    """
    for group in _groups(run):
        events = group[0].watched.component.events
        sent = [each.event for each in group]
        missing = [event for event in events if event not in sent]
        begun = len(events) > 1 and events[0] in sent and len(set(sent)) > 1
        if begun and sent.count(events[-1]) < sent.count(events[0]):
            problem = f"begun with {events[0]}, not ended with {events[-1]}"
            yield _observation(group, problem, f"not sent: {', '.join(missing)}" if missing else "", run, sources)
        elif begun and events[-1] in sent and missing:
            problem = f"ended with {events[-1]}, without {', '.join(missing)}"
            yield _observation(group, problem, "", run, sources, Level.NOTE)
        first = list(dict.fromkeys(sent))
        if begun and first != sorted(first, key=events.index):
            yield _observation(
                group, f"sent out of order: {', '.join(first)}", f"declared: {', '.join(events)}", run, sources
            )
        yield from _sent_twice(group, run, sources)


def _sent_twice(group: Sequence[Emission], run: TestRun, sources: Sources) -> Iterator[Observation]:
    """One event by two classes in one flow of control, neither of them passing on what the other sends."""
    for event in dict.fromkeys(each.event for each in group):
        by_flow: dict[int, dict[str, Emission]] = {}
        for each in group:
            if each.event == event:
                by_flow.setdefault(each.flow, {}).setdefault(each.sender, each)
        for senders in by_flow.values():
            if len(senders) > 1:
                names = " and ".join(sorted(sender.rpartition(":")[2] for sender in senders))
                yield _observation(list(senders.values()), f"{event} sent twice, by {names}", "", run, sources)
                break


def _observation(
    group: Sequence[Emission], problem: str, detail: str, run: TestRun, sources: Sources, level: Level = Level.ERROR
) -> Observation:
    first = group[0]
    owner = (
        f" for {kind_of_owner(first.watched.identity.paths[0])} {first.owner}"
        if first.owner and first.watched.identity.paths
        else ""
    )
    order = ", ".join(f"{each.event} ({each.sender.rpartition(':')[2]})" for each in group[:MOST_EVENTS])
    lines = (
        detail,
        f"sent{owner}: {order}",
        f"the last one{about(group[-1].steps, sources)}" if group[-1].steps else "",
    )
    places = [Place(*_where(each, sources)) for each in group]
    return Observation(
        Kind.EVENTS,
        level,
        first.watched.component.name,
        f"{first.watched.component.name}: {problem}",
        tuple(line for line in lines if line),
        tuple(dict.fromkeys(place for place in places if place.path)),
        (run.test,),
    )


def _where(emission: Emission, sources: Sources) -> tuple[str, int, str]:
    """Who sends: the line in the program that called the emitter, else the class."""
    step = next((step for step in emission.steps if sources.is_product(step)), None)
    if step is None:
        return "", 0, emission.sender
    place = sources.place(step)
    return place.path, place.line, place.symbol


def _groups(run: TestRun) -> list[list[Emission]]:
    groups: dict[tuple[str, str], list[Emission]] = {}
    for each in run.emissions:
        groups.setdefault((each.watched.component.name, each.owner), []).append(each)
    return list(groups.values())
