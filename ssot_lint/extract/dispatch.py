"""Who is told of which nodes: one table for the whole walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import libcst as cst

from ssot_lint.extract.walk import Handler, Walk


class Recorder:
    """Notes what is worth remembering while the tree passes by.

    ``handlers`` are those that pass a node: each says which of its children are visited, and in which order.
    ``observers`` only note something of a node; they are called when the node's own words have been passed, before its
    children are visited.
    """

    def handlers(self) -> Mapping[type[cst.CSTNode], Handler]:
        return {}

    def observers(self) -> Mapping[type[cst.CSTNode], Handler]:
        return {}


def dispatch_table(walk: Walk, recorders: Iterable[Recorder]) -> Mapping[type[cst.CSTNode], Handler]:
    """One handler for each node class that somebody wants to know of.

    Several recorders may observe one class, and are told in their own order; nodes that nobody passes are descended
    into. Raises ValueError where two want to pass one class: its children would be visited twice.
    """
    in_turn: dict[type[cst.CSTNode], list[Handler]] = {}
    recorders = tuple(recorders)
    for recorder in recorders:
        for node_class, handler in recorder.handlers().items():
            if node_class in in_turn:
                raise ValueError(f"{node_class.__name__} is passed by two recorders")
            in_turn[node_class] = [handler]
    for recorder in recorders:
        for node_class, observer in recorder.observers().items():
            in_turn.setdefault(node_class, [walk.descend]).append(observer)
    return {node_class: _composed(handlers) for node_class, handlers in in_turn.items()}


def _composed(handlers: list[Handler]) -> Handler:
    """One call for them all; no wrapper around a single one, for this is paid for each node."""
    if len(handlers) == 1:
        return handlers[0]
    in_turn = tuple(handlers)

    def tell_all(node: Any) -> None:
        for handler in in_turn:
            handler(node)

    return tell_all
