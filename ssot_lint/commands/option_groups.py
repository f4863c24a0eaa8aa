"""Options that several commands have, alone and in groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.commands.declared import Role

format_option = partial(typer.Option, "--format", "--output-format", "-f")
output_option = partial(typer.Option, "--output", "--output-file", "-o", metavar="FILE")

BaselinePath = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Read known violations from this file, not from the configured one."
    ),
    Role.DECIDES,
]
ScannedPaths = Annotated[tuple[Path, ...], typer.Argument(metavar="PATH", help="Files and folders to scan; default: .")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print what was done, and how long it took, to stderr.")]


@dataclass(frozen=True, kw_only=True)
class ConfigFile:
    """Which configuration counts: the given file, none at all, or the project's own."""

    file: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Read this configuration, not the project's."),
        Role.DECIDES,
    ] = None
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration file."), Role.DECIDES] = False


@dataclass(frozen=True, kw_only=True)
class ConfigChoice(ConfigFile):
    """Which configuration counts, and whether the code that it names may run."""

    allow_plugins: Annotated[
        bool,
        typer.Option("--allow-plugins", help="Load the plugins named in the configuration; this runs their code."),
        Role.DECIDES,
    ] = False


@dataclass(frozen=True, kw_only=True)
class RuleChoice:
    """Which rules run; a text may hold several, separated by commas."""

    select: Annotated[
        tuple[str, ...],
        typer.Option("--select", metavar="RULES", help="Run these rules only: codes, names, SSOT1, ALL."),
        Role.DECIDES,
        Role.SETTING,
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        typer.Option("--ignore", metavar="RULES", help="Do not run these rules."),
        Role.DECIDES,
        Role.SETTING,
    ] = ()


@dataclass(frozen=True, kw_only=True)
class BaselineChoice:
    """What counts as known: the violations in ``file`` (None: in the configured one), those at the merge base with
    ``base_ref``, if that is not empty, or none."""

    file: BaselinePath = None
    is_off: Annotated[bool, typer.Option("--no-baseline", help="Treat all violations as new."), Role.DECIDES] = False
    base_ref: Annotated[
        str,
        typer.Option(
            "--base-ref",
            metavar="REV",
            help="Treat what was there at the merge base with REV as known; read no baseline.",
        ),
        Role.DECIDES,
    ] = ""


@dataclass(frozen=True, kw_only=True)
class CacheOptions:
    """Whether, how and where facts and results are kept between scans."""

    is_off: Annotated[bool, typer.Option("--no-cache", help="Do not use a cache.")] = False
    check_content: Annotated[
        bool,
        typer.Option(
            "--check-content", help="Compare files by content, not by time: for unreliable clocks and file systems."
        ),
    ] = False
    folder: Annotated[
        Path | None, typer.Option("--cache-dir", metavar="DIR", help="Keep the cache here; default: .ssot_lint_cache.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """How a project is read: by how many processes, with which cache, and what is said about it."""

    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", help="Worker processes; 0: one per processor."),
        Role.SETTING,
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors to stderr.")] = False
    verbose: Verbose = False
    cache: CacheOptions
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")] = False

    @property
    def shows_progress(self) -> bool:
        """Whether a progress bar is wanted."""
        return not (self.no_progress or self.quiet)
