"""The command line of ``ssot-lint baseline``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.commands.arguments import (
    AllowPlugins,
    BaselinePath,
    CacheDir,
    CheckContent,
    ConfigFile,
    Ignore,
    Isolated,
    Jobs,
    NoCache,
    NoProgress,
    Quiet,
    Select,
    Verbose,
)
from ssot_lint.commands.options import BaselineOptions, BaselinePlace, ConfigChoice, ListFormat
from ssot_lint.errors import ExitCode


def baseline_app() -> typer.Typer:
    """The application below ``baseline``."""
    app = typer.Typer(help="Keep the violations that are known in a file, so that only new ones fail.")
    for name, command in (("update", _update), ("prune", _prune), ("accept", _accept), ("show", _show)):
        app.command(name)(command)
    app.command("diff")(_diff)
    return app


def _update(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files and folders to scan; default: .")
    ] = None,
    *,
    baseline: BaselinePath = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    select: Select = None,
    ignore: Ignore = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    check_content: CheckContent = False,
    cache_dir: CacheDir = None,
    no_progress: NoProgress = False,
    allow_plugins: AllowPlugins = False,
) -> ExitCode:
    """Add all violations of a scan to the baseline, or make it.

    Prints every line that is added. What the baseline knows already stays, under its new place if it has moved.
    """
    from ssot_lint.commands.baseline.update import update_baseline

    options = BaselineOptions(
        paths=paths or [Path()],
        file=baseline,
        choice=ConfigChoice(config_file, isolated, allow_plugins),
        select=select,
        ignore=ignore,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
        no_cache=no_cache,
        check_content=check_content,
        cache_dir=cache_dir,
    )
    return update_baseline(options)


def _prune(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="The project, or nothing: a part of it proves nothing.")
    ] = None,
    *,
    baseline: BaselinePath = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    select: Select = None,
    ignore: Ignore = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    check_content: CheckContent = False,
    cache_dir: CacheDir = None,
    no_progress: NoProgress = False,
    allow_plugins: AllowPlugins = False,
) -> ExitCode:
    """Drop from the baseline what a scan does not find any more.

    Prints every line that is dropped. Refused, with the reason, where the scan does not prove that it is gone.
    """
    from ssot_lint.commands.baseline.update import prune_baseline

    options = BaselineOptions(
        paths=paths or [Path()],
        file=baseline,
        choice=ConfigChoice(config_file, isolated, allow_plugins),
        select=select,
        ignore=ignore,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
        no_cache=no_cache,
        check_content=check_content,
        cache_dir=cache_dir,
    )
    return prune_baseline(options)


def _accept(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of violations, as a scan prints them.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why they are accepted.")] = "",
    until: Annotated[
        datetime | None,
        typer.Option("--until", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Last day; after it they are new."),
    ] = None,
    baseline: BaselinePath = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    check_content: CheckContent = False,
    cache_dir: CacheDir = None,
    no_progress: NoProgress = False,
    allow_plugins: AllowPlugins = False,
) -> ExitCode:
    """Add single violations to the baseline, with a reason and a last day if you like.

    Prints their lines. The whole project is scanned, whatever part of it is the working directory.
    """
    from ssot_lint.commands.baseline.update import accept_violations

    options = BaselineOptions(
        paths=[Path()],
        file=baseline,
        choice=ConfigChoice(config_file, isolated, allow_plugins),
        select=None,
        ignore=None,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
        no_cache=no_cache,
        check_content=check_content,
        cache_dir=cache_dir,
    )
    return accept_violations(options, ids, reason, until.date() if until else None)


def _show(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Only what is known at or below these.")
    ] = None,
    *,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="RULE", help="Only of this rule, code or name; repeatable.")
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the option
        ListFormat, typer.Option("--format", "-f", help="Format of the list.")
    ] = ListFormat.TEXT,
    baseline: BaselinePath = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    allow_plugins: AllowPlugins = False,
    verbose: Verbose = False,
) -> None:
    """List what the baseline knows."""
    del verbose
    from ssot_lint.commands.baseline.view import show_baseline

    place = BaselinePlace(baseline, ConfigChoice(config_file, isolated, allow_plugins))
    show_baseline(place, paths or [], rule or [], format)


def _diff(
    *,
    against: Annotated[str, typer.Option("--against", metavar="REV", help="The revision to compare with.")],
    fail_on_growth: Annotated[
        bool, typer.Option("--fail-on-growth", help="Exit with 1 if anything was added.")
    ] = False,
    baseline: BaselinePath = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> ExitCode:
    """Compare the baseline with what it was in a git revision.

    Prints the lines: + added, - removed, ~ moved or edited.
    """
    del verbose
    from ssot_lint.commands.baseline.view import diff_baseline

    place = BaselinePlace(baseline, ConfigChoice(config_file, isolated, allow_plugins=False))
    return diff_baseline(place, against, fail_on_growth=fail_on_growth)
