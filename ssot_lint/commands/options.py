"""What the command line was told, as commands receive it.

The choices are also ``str``: typer with click before 8.2 looks for a default among the names of the choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ssot_lint.config.settings import FailLevel


class ReportFormat(str, Enum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class ListFormat(str, Enum):
    """The formats of a list of rules."""

    TEXT = "text"
    JSON = "json"


class Color(str, Enum):
    """Whether text is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True)
class ConfigChoice:
    """Which configuration counts: the given file, none at all, or the project's own."""

    file: Path | None
    isolated: bool
    allow_plugins: bool


@dataclass(frozen=True, kw_only=True)
class ScanOptions:
    """The options of ``scan``; None where an option was not given.

    ``reports`` are FORMAT=FILE, ``select`` and ``ignore`` may hold several rules in one string, separated by
    commas.
    """

    paths: Sequence[Path]
    format: ReportFormat
    output: Path | None
    reports: Sequence[str]
    choice: ConfigChoice
    select: list[str] | None
    ignore: list[str] | None
    fail_level: FailLevel | None
    fail_under: float | None
    exit_zero: bool
    color: Color
    jobs: int | None
    quiet: bool
    verbose: bool
    progress: bool
    show_info: bool
