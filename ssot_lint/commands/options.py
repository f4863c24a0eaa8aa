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
    CONCISE = "concise"
    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    RDJSON = "rdjson"


class ListFormat(str, Enum):
    """The formats of a list."""

    TEXT = "text"
    JSON = "json"


class GraphFormat(str, Enum):
    """The formats of a graph."""

    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"
    GRAPHML = "graphml"


class HistoryFormat(str, Enum):
    """The formats of a history."""

    TEXT = "text"
    SVG = "svg"
    BADGE = "badge"


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


@dataclass(frozen=True)
class BaselineChoice:
    """What counts as known: the violations in ``file`` (None: in the configured one), those at the merge base with
    ``base_ref``, if that is not empty, or none."""

    file: Path | None
    is_off: bool
    base_ref: str


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """The options of the commands that run rules; None where an option was not given.

    ``select`` and ``ignore`` may hold several rules in one string, separated by commas.
    """

    paths: Sequence[Path]
    choice: ConfigChoice
    select: list[str] | None
    ignore: list[str] | None
    jobs: int | None
    quiet: bool
    verbose: bool
    progress: bool
    no_cache: bool
    check_content: bool
    cache_dir: Path | None


@dataclass(frozen=True, kw_only=True)
class ScanOptions(RunOptions):
    """The options of ``scan``.

    ``reports`` are FORMAT=FILE. ``locked``: a fixed violation in the baseline fails. ``changed`` is a revision, empty
    where it was not given. ``add_ignore``: new violations are to be ignored by comments in the code, for this
    ``reason``.
    """

    format: ReportFormat
    output: Path | None
    reports: Sequence[str]
    fail_level: FailLevel | None
    fail_under: float | None
    baseline: BaselineChoice
    locked: bool
    changed: str
    exit_zero: bool
    color: Color
    show_info: bool
    plan: bool
    add_ignore: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class BaselineOptions(RunOptions):
    """The options of the commands that edit a baseline: ``file``, None for the configured one."""

    file: Path | None


@dataclass(frozen=True)
class BaselinePlace:
    """Which baseline is to be looked at: ``file``, or the one that the configuration of ``choice`` names."""

    file: Path | None
    choice: ConfigChoice


@dataclass(frozen=True, kw_only=True)
class GraphOptions:
    """The options of ``graph``.

    ``component`` and ``symbol`` are empty where they were not given; ``limit`` is the number of nodes, 0 for all, None
    for what suits the format.
    """

    path: Path
    component: str
    symbol: str
    format: GraphFormat
    output: Path | None
    limit: int | None
    choice: ConfigChoice
    jobs: int | None
    quiet: bool
    progress: bool


@dataclass(frozen=True, kw_only=True)
class InitOptions:
    """The options of ``init``. ``dry_run``: print only; ``accept``: ask nothing."""

    path: Path
    dry_run: bool
    accept: bool
    jobs: int | None
    quiet: bool
    progress: bool
