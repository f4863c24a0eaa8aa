"""The command line of ``ssot-lint baseline``."""

from __future__ import annotations

import typer

from ssot_lint.cli.expand import expanded
from ssot_lint.commands.baseline.options import AcceptOptions, DiffOptions, PruneOptions, ShowOptions, UpdateOptions
from ssot_lint.errors import ExitCode


def baseline_app() -> typer.Typer:
    """The application below ``baseline``."""
    app = typer.Typer(help="Keep known violations in a file, so that only new ones fail.")
    app.command("update")(expanded(_update))
    app.command("prune")(expanded(_prune))
    app.command("accept")(expanded(_accept))
    app.command("show")(expanded(_show))
    app.command("diff")(expanded(_diff))
    return app


def _update(options: UpdateOptions) -> ExitCode:
    """Add all violations of a scan to the baseline, or make it.

    Prints every line that is added. What the baseline knows already stays, under its new place if it has moved.
    """
    from ssot_lint.commands.baseline.update import update_baseline

    return update_baseline(options)


def _prune(options: PruneOptions) -> ExitCode:
    """Drop from the baseline what a scan does not find any more.

    Prints every line that is dropped. Refused, with the reason, where the scan does not prove that it is gone.
    """
    from ssot_lint.commands.baseline.update import prune_baseline

    return prune_baseline(options)


def _accept(options: AcceptOptions) -> ExitCode:
    """Add single violations to the baseline, with a reason and a last day if you like.

    Prints their lines. The whole project is scanned, whatever part of it is the working directory.
    """
    from ssot_lint.commands.baseline.update import accept_violations

    return accept_violations(options)


def _show(options: ShowOptions) -> None:
    """List what the baseline knows."""
    from ssot_lint.commands.baseline.view import show_baseline

    show_baseline(options)


def _diff(options: DiffOptions) -> ExitCode:
    """Compare the baseline with what it was in a git revision.

    Prints the lines: + added, - removed, ~ moved or edited.
    """
    from ssot_lint.commands.baseline.view import diff_baseline

    return diff_baseline(options)
