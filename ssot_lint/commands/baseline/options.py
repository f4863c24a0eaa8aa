"""The options of the commands below ``baseline``, as those receive them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.commands.option_groups import (
    BaselinePath,
    ConfigChoice,
    ConfigFile,
    RuleChoice,
    RunOptions,
    ScannedPaths,
    Verbose,
    format_option,
)
from ssot_lint.commands.options import ListFormat


@dataclass(frozen=True, kw_only=True)
class EditOptions:
    """The options of all commands that edit a baseline: ``file``, None for the configured one."""

    file: BaselinePath = None
    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class UpdateOptions:
    """The options of ``baseline update``."""

    paths: ScannedPaths = (Path(),)
    rules: RuleChoice
    edit: EditOptions


@dataclass(frozen=True, kw_only=True)
class PruneOptions:
    """The options of ``baseline prune``."""

    paths: Annotated[
        tuple[Path, ...],
        typer.Argument(metavar="PATH", help="The project; only a scan of all of it shows what is fixed."),
    ] = (Path(),)
    ignored: Annotated[
        bool,
        typer.Option("--ignored", help="Also drop what the configuration leaves out by now: paths, files, rules."),
    ] = False
    rules: RuleChoice
    edit: EditOptions


@dataclass(frozen=True, kw_only=True)
class AcceptOptions:
    """The options of ``baseline accept``. ``until`` is midnight at the start of the last day."""

    ids: Annotated[tuple[str, ...], typer.Argument(metavar="ID", help="Ids of violations, as a scan prints them.")]
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why they are accepted.")] = ""
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Last day on which they are accepted."
        ),
    ] = None
    edit: EditOptions


@dataclass(frozen=True, kw_only=True)
class ShowOptions:
    """The options of ``baseline show``."""

    paths: Annotated[
        tuple[Path, ...], typer.Argument(metavar="PATH", help="Only known violations at or below these paths.")
    ] = ()
    rules: Annotated[
        tuple[str, ...],
        typer.Option("--rule", metavar="RULE", help="Only of these rules: a code, name, SSOT1; repeatable."),
    ] = ()
    format: Annotated[ListFormat, format_option(help="Format of the list.")] = ListFormat.TEXT
    file: BaselinePath = None
    config: ConfigChoice
    verbose: Verbose = False


@dataclass(frozen=True, kw_only=True)
class DiffOptions:
    """The options of ``baseline diff``."""

    against: Annotated[str, typer.Option("--against", metavar="REV", help="The revision to compare with.")]
    fail_on_growth: Annotated[bool, typer.Option("--fail-on-growth", help="Exit with 1 if anything was added.")] = False
    file: BaselinePath = None
    config: ConfigFile
    verbose: Verbose = False
