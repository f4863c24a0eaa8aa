"""What a test run with the probe saw: the document between `pytest --ssot-probe-json` and `ssot-lint scan --probe`."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

Count: TypeAlias = Annotated[int, Meta(ge=0)]


class Kind(Enum):
    """What was observed; the values are the names in reports."""

    DUPLICATE = "P1"
    SHARED_STATE = "P2"
    SHARED_INSTANCE = "P3"
    BYPASS = "P4"
    OWNERLESS = "P5"
    EVENTS = "P6"
    GROWTH = "P7"


class Level(Enum):
    """How much an observation means: an error is wrong, a note may be."""

    ERROR = "error"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """A place in the project."""

    path: Annotated[str, Meta(description="POSIX, relative to the project root.")]
    line: Annotated[Count, Meta(description="0 where the place is a name without a line.")]
    symbol: Annotated[str, Meta(description="package.module:Qual.name of what stands there.")]


class Observation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that was seen, in one test or in several."""

    kind: Kind
    level: Level
    component: str
    message: str
    details: Annotated[tuple[str, ...], Meta(description="One line each: who made what, which paths meet.")]
    places: Annotated[tuple[Place, ...], Meta(description="Where the code to look at stands, the cause first.")]
    tests: Annotated[tuple[str, ...], Meta(description="The node ids of the tests that showed it.")]


class SentEvents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The events of a declared set that one test sent for one identity, in order, as ``event (sender)``."""

    component: str
    test: str
    identity: Annotated[str, Meta(description="Empty where the sender does not say for whom it sends.")]
    events: tuple[str, ...]


class WatchedComponent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A component as the run saw it."""

    name: str
    home: str
    factory: str
    is_imported: Annotated[bool, Meta(description="Whether the module of its home was imported.")]
    has_identity: Annotated[bool, Meta(description="Whether it is known where its instances say whom they belong to.")]
    instances: Annotated[Count, Meta(description="How many were built, adopted ones included.")]
    tests: Annotated[Count, Meta(description="How many tests built one.")]
    identified: Annotated[Count, Meta(description="How many said whom they belong to, or that they belong to nobody.")]


class ProbeDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole run."""

    version: Annotated[Literal[1], Meta(description="Of this format.")]
    tool_version: str
    source: Annotated[str, Meta(description="Where the components come from: a file, or what init proposes.")]
    tests: Annotated[Count, Meta(description="How many tests ran.")]
    components: tuple[WatchedComponent, ...]
    observations: tuple[Observation, ...]
    events: tuple[SentEvents, ...]
    notes: Annotated[tuple[str, ...], Meta(description="What could not be watched, and why.")]
