"""A graph small enough to be looked at: nodes and edges with labels, and what was left out."""

from __future__ import annotations

from enum import Enum

import msgspec


class Role(Enum):
    """What a node is to the subject of the picture; decides on its looks."""

    HOME = "home"
    SITE = "site"
    OTHER = "other"


class PictureNode(msgspec.Struct, frozen=True):
    """``id`` tells nodes apart (a path, or ``path::Qual.name``), ``kind`` is class, module, factory, ..."""

    id: str
    label: str
    kind: str
    role: Role = Role.OTHER


class PictureEdge(msgspec.Struct, frozen=True):
    """From one node's id to another's; ``label`` says what connects them."""

    source: str
    target: str
    label: str


class Picture(msgspec.Struct, frozen=True):
    """Nodes and edges in the order they are drawn, and how many of each did not fit."""

    title: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    nodes_left_out: int = 0
    edges_left_out: int = 0
