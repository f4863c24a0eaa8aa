"""A graph small enough to be looked at: nodes and edges with labels, and what was left out."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.text.wording import counted


class Role(Enum):
    """What a node is to the subject of the picture; decides on its looks."""

    HOME = "home"
    SITE = "site"
    OTHER = "other"


class PictureNode(msgspec.Struct, frozen=True):
    """``id`` tells nodes apart (a path, or ``path::Qual.name``), ``kind`` is class, module, factory, ...; ``remark`` is
    shown below the label: the path of a symbol, say."""

    id: str
    label: str
    kind: str
    role: Role = Role.OTHER
    remark: str = ""


class PictureEdge(msgspec.Struct, frozen=True):
    """From one node's id to another's; ``label`` says what connects them, ``mark`` is the part of it that the title of
    the picture does not say already, None for all of it."""

    source: str
    target: str
    label: str
    mark: str | None = None

    @property
    def shown(self) -> str:
        """What formats for people write at the arrow."""
        return self.label if self.mark is None else self.mark


class Picture(msgspec.Struct, frozen=True):
    """Nodes and edges in the order they are drawn, and how many of each did not fit."""

    title: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    nodes_left_out: int = 0
    edges_left_out: int = 0

    @property
    def note(self) -> str:
        """What did not fit, in words; empty when everything did."""
        missing = ((self.nodes_left_out, "node"), (self.edges_left_out, "edge"))
        parts = [counted(count, noun) for count, noun in missing if count]
        return f"{' and '.join(parts)} left out" if parts else ""
