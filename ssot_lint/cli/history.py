"""The command line of ``ssot-lint history``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.commands.arguments import Verbose
from ssot_lint.commands.options import Color, HistoryFormat


def history_app() -> typer.Typer:
    """The application below ``history``."""
    app = typer.Typer(help="Keep the score of each commit in a file, and draw the trend.")
    app.command("add")(_add)
    app.command("show")(_show)
    return app


def _add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of the history; made if there is none.")],
    *,
    report: Annotated[Path, typer.Option("--from", metavar="REPORT", help="JSON report of a scan of the commit.")],
    commit: Annotated[
        str, typer.Option("--commit", metavar="REV", help="The commit: any revision that git knows, or a full hash.")
    ] = "HEAD",
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="The day; default: that of the commit."
        ),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Add a line for a scanned commit, or replace it.

    It holds the date, the commit, and the score and violations by severity that the JSON report says.
    """
    del verbose
    from ssot_lint.commands.history import add_to_history

    add_to_history(file, report, commit=commit, day=date.date() if date else None)


def _show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of the history.")],
    *,
    format: Annotated[  # noqa: A002 - the name of the option
        HistoryFormat, typer.Option("--format", "-f", help="Text, a chart, or the latest score as a badge.")
    ] = HistoryFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here, not to stdout.")
    ] = None,
    color: Annotated[Color, typer.Option("--color", help="Colour the text.")] = Color.AUTO,
    verbose: Verbose = False,
) -> None:
    """Draw the trend as text, or as an SVG chart or badge for a README."""
    del verbose
    from ssot_lint.commands.history import show_history

    show_history(file, format, output=output, color=color)
