"""The command line of ``ssot-lint history``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.cli.expand import expanded
from ssot_lint.commands.option_groups import ConfigChoice, RunOptions, Verbose, format_option, output_option
from ssot_lint.commands.options import Color, HistoryFormat


@dataclass(frozen=True, kw_only=True)
class _AddOptions:
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of the history; created if it does not exist.")]
    source: Annotated[
        str,
        typer.Option("--from", metavar="REPORT", help="JSON report of a scan of the commit, or `scan` to scan it now."),
    ] = "scan"
    commit: Annotated[
        str, typer.Option("--commit", metavar="REV", help="The commit: any revision that git knows, or a full hash.")
    ] = "HEAD"
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="The day; default: that of the commit."
        ),
    ] = None
    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class _ShowOptions:
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of the history.")]
    format: Annotated[HistoryFormat, format_option(help="Text, a chart, or the latest score as a badge.")] = (
        HistoryFormat.TEXT
    )
    output: Annotated[Path | None, output_option(help="Write it here, not to stdout.")] = None
    color: Annotated[Color, typer.Option("--color", help="Colour the text.")] = Color.AUTO
    verbose: Verbose = False


def history_app() -> typer.Typer:
    """The application below ``history``."""
    app = typer.Typer(help="Keep the score of each commit in a file, and draw the trend.")
    app.command("add")(expanded(_add))
    app.command("show")(expanded(_show))
    return app


def _add(options: _AddOptions) -> None:
    """Add a line for a scanned commit, or replace it.

    It holds the date, the commit, and the score and violations by severity that the scan or its JSON report says.
    """
    from ssot_lint.commands.history import add_to_history

    day = options.date.date() if options.date else None
    add_to_history(options.file, options.source, commit=options.commit, day=day, config=options.config, run=options.run)


def _show(options: _ShowOptions) -> None:
    """Draw the trend as text, or as an SVG chart or badge for a README."""
    from ssot_lint.commands.history import show_history

    show_history(options.file, options.format, output=options.output, color=options.color)
