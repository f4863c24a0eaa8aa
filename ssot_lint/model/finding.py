"""What a rule reports: a subject, its home, and the sites beyond that home."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ssot_lint.model.edits import Fix

if TYPE_CHECKING:
    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
else:
    Json = Any  # msgspec reads annotations too, and knows no type that contains itself


class Severity(Enum):
    """How much a violation matters. ``INFO`` is an inventory: never scored, never fails the gate."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical up to 4 for info: sorts the worst first."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this severity is as bad as ``other`` or worse."""
        return self.rank <= other.rank


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in a file: POSIX path relative to the project root; lines and columns start at 1."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0


NEW_MODULE = "a new one in"
"""What a remedy calls the module to make, as an example, where none that is there is known to fit."""
NO_HOME_YET = "none of them is the home yet"
"""The reason of a home that is to move to a place of its own."""


class Home(msgspec.Struct, frozen=True):
    """The source of truth of a subject, and why it was chosen."""

    location: Location
    module: str
    symbol: str
    reason: str


class Site(msgspec.Struct, frozen=True):
    """One violation: a place beyond the home. ``body`` identifies the code there (12 hex digits, or empty). ``fix`` is
    what resolves it, if the rule knows. ``original`` is the home of this site alone: what it is a copy of, where the
    finding is about several things."""

    location: Location
    module: str
    symbol: str
    message: str
    body: str = ""
    fix: Fix | None = None
    original: Home | None = None


class Editions(msgspec.Struct, frozen=True, tag="editions"):
    """Home and sites of a finding are classes, the editions of one component."""


class Builders(msgspec.Struct, frozen=True, tag="builders"):
    """Home and sites of a finding are functions that build the same class; ``product`` is the id of its symbol."""

    product: str


class Finding(msgspec.Struct, frozen=True):
    """One subject that has more than one source of truth.

    ``message`` is one sentence with the figures, ``remedy`` the way out, ``evidence`` what a reader needs to
    check the claim, as JSON. ``severity`` is None for the rule's own severity. ``component`` says
    of what component the finding speaks, for `ssot-lint init` to propose; reports do not show it. ``rests_on`` are the
    paths of further files without which it would not be so: those that lack a name which the sites import, say. There
    need not be a file. ``home_stays``: what the home has is not to move to a place of its own together with the sites.
    ``sites_unused``: what stands at the sites is not used, so it is deleted, and the home takes nothing over.
    ``also_changes`` are the paths of further files that may have to follow, such as those of callers.
    """

    code: str
    subject: str
    message: str
    remedy: str
    home: Home | None
    sites: tuple[Site, ...]
    evidence: dict[str, Json]
    severity: Severity | None = None
    component: Editions | Builders | None = None
    rests_on: tuple[str, ...] = ()
    home_stays: bool = True
    sites_unused: bool = False
    also_changes: tuple[str, ...] = ()
