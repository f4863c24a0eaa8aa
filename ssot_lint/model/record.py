"""What a scan did, as rules about the scan itself receive it: the suppressions it met, the settings it used."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.model.finding import Location


class SuppressionKind(Enum):
    """The words of comments that silence findings."""

    IGNORE = "ignore"
    """Debt: the violation is known and still scored."""
    FILE_IGNORE = "file-ignore"
    """The same, for everything in a file."""
    DISTINCT = "distinct"
    """A judgement: two things that look alike, or right as it is. Not scored."""


class Suppression(msgspec.Struct, frozen=True):
    """A well-formed comment that silences findings of the rules ``codes``. ``location`` is that of the comment,
    ``reason`` the text after the codes."""

    kind: SuppressionKind
    location: Location
    module: str
    codes: tuple[str, ...]
    reason: str


class SuppressionUse(msgspec.Struct, frozen=True):
    """A suppression, and those of its codes whose rules ran and found nothing there to silence.

    ``unused`` is empty unless the whole project was scanned and could be read: a part proves nothing.
    """

    suppression: Suppression
    unused: tuple[str, ...]


class DirectiveMistake(msgspec.Struct, frozen=True):
    """A comment for this tool that says nothing it understands; ``text`` is what follows ``ssot-lint:``."""

    location: Location
    module: str
    text: str
    problem: str
    remedy: str


class Entry(msgspec.Struct, frozen=True):
    """One value of the configuration file: ``key`` is its dotted key, ``location`` the line it stands in."""

    location: Location
    key: str
    value: str


class ScanRecord(msgspec.Struct, frozen=True):
    """All comments by path and line, and the entries of the configuration file that match nothing in the project.

    It says nothing about findings: rules do not see each other's.
    """

    suppressions: tuple[SuppressionUse, ...] = ()
    mistakes: tuple[DirectiveMistake, ...] = ()
    unused_entries: tuple[Entry, ...] = ()
