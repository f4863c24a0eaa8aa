"""Makes one of what several tests, or several processes, have seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from ssot_lint.model.probe import Observation, ProbeDocument, SentEvents, WatchedComponent


def grouped(observations: Iterable[Observation]) -> list[Observation]:
    """One of each observation, with all tests that showed it and what the first of them said."""
    groups: dict[tuple[str, str, str, str], Observation] = {}
    for each in observations:
        key = (each.level.value, each.kind.value, each.component, each.message)
        known = groups.get(key)
        groups[key] = each if known is None else _joined(known, each)
    return [groups[key] for key in sorted(groups)]


def _joined(one: Observation, other: Observation) -> Observation:
    return msgspec.structs.replace(
        one,
        tests=tuple(dict.fromkeys((*one.tests, *other.tests))),
        places=tuple(dict.fromkeys((*one.places, *other.places))),
    )


def merged(documents: Sequence[ProbeDocument]) -> ProbeDocument:
    """One document of all processes of a run, at least one."""
    first = documents[0]
    return ProbeDocument(
        version=1,
        tool_version=first.tool_version,
        source=first.source,
        tests=sum(each.tests for each in documents),
        components=tuple(map(_sum, zip(*(each.components for each in documents), strict=True))),
        observations=tuple(grouped(chain.from_iterable(each.observations for each in documents))),
        events=tuple(sorted(chain.from_iterable(each.events for each in documents), key=_flow)),
        notes=tuple(dict.fromkeys(chain.from_iterable(each.notes for each in documents))),
    )


def _sum(parts: Sequence[WatchedComponent]) -> WatchedComponent:
    return msgspec.structs.replace(
        parts[0],
        is_imported=any(each.is_imported for each in parts),
        instances=sum(each.instances for each in parts),
        tests=sum(each.tests for each in parts),
        identified=sum(each.identified for each in parts),
    )


def _flow(sent: SentEvents) -> tuple[str, str, str]:
    return sent.component, sent.test, sent.identity
