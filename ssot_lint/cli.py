"""The command line: reads arguments, hands them to a command, turns the outcome into an exit code.

Only this module ends the process. Commands are imported when they run, so that ``--help`` and ``--version``
stay quick: they load neither libcst nor networkx.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Protocol, runtime_checkable

import typer

from ssot_lint import __version__
from ssot_lint.commands.options import Color, ConfigChoice, ListFormat, ReportFormat, ScanOptions
from ssot_lint.commands.streams import print_error, print_traceback
from ssot_lint.config.settings import FailLevel
from ssot_lint.errors import ExitCode, SsotLintError

PROGRAM = "ssot-lint"

ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Read this configuration, not the project's.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")]
AllowPlugins = Annotated[
    bool,
    typer.Option("--allow-plugins", help="Load the plugins named in the configuration: runs their code."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what was done and how long it took.")]


def main() -> None:
    """Run with the arguments of the process and end it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> ExitCode:
    """Run with ``arguments``; the report goes to stdout, one line per error to stderr."""
    try:
        outcome = build_app()(list(arguments), prog_name=PROGRAM, standalone_mode=False)
        return ExitCode(outcome or ExitCode.OK)
    except SsotLintError as error:
        print_error(str(error))
        return ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:  # the last place where one can be caught
        if isinstance(error, _UsageProblem):
            message = error.format_message().rstrip(".")
            print_error(f"{message}{'' if message.endswith('?') else '.'} Try `{PROGRAM} --help`")
            return ExitCode.USAGE
        return _internal_error(error, arguments)


@runtime_checkable
class _UsageProblem(Protocol):
    """What the usage errors of typer, and of click below older versions of it, have in common: typer exports
    none of their classes."""

    def format_message(self) -> str: ...


def _internal_error(error: Exception, arguments: Sequence[str]) -> ExitCode:
    is_verbose = any(
        word == "--verbose" or (word.startswith("-") and not word.startswith("--") and "v" in word)
        for word in arguments
    )
    if is_verbose:
        print_traceback("".join(traceback.format_exception(error)))
    remedy = "" if is_verbose else ". Run with --verbose for the traceback"
    print_error(
        f"internal error: {type(error).__name__}: {error}{remedy}. "
        "Please report it, with the traceback, to the maintainers of ssot-lint"
    )
    return ExitCode.INTERNAL


def build_app() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        help="Find single-source-of-truth violations in Python codebases.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(_root)
    for command in (scan, rules, explain, config):
        app.command()(command)
    return app


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    del version  # its callback has done the work
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitCode.USAGE)


def scan(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files and folders to scan; default: .")
    ] = None,
    *,
    format: Annotated[  # noqa: A002 - the name of the option
        ReportFormat, typer.Option("--format", "-f", help="Format of the report.")
    ] = ReportFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report here, not to stdout.")
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=FILE", help="Write one more report; repeatable."),
    ] = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="RULES", help="Run these rules only: codes, names, SSOT1, ALL."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULES", help="Do not run these rules.")
    ] = None,
    fail_level: Annotated[
        FailLevel | None,
        typer.Option("--fail-level", help="Fail on a violation of this severity or a worse one; default: low."),
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="SCORE", help="Fail when the score is lower.")
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 although the gate failed; errors still count.")
    ] = False,
    color: Annotated[Color, typer.Option("--color", help="Colour the text report.")] = Color.AUTO,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", help="Worker processes; 0: one per processor.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on stderr but errors.")] = False,
    verbose: Verbose = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.")] = False,
    show_info: Annotated[bool, typer.Option("--show-info", help="Show info findings, the inventory, in full.")] = False,
    allow_plugins: AllowPlugins = False,
) -> ExitCode:
    """Scan a project for violations. The report goes to stdout, everything else to stderr.

    Exit code: 0 gate passed, 1 gate failed, 2 wrong usage or configuration, 3 a rule or the tool crashed.
    """
    from ssot_lint.commands.scan import run_scan

    options = ScanOptions(
        paths=paths or [Path()],
        format=format,
        output=output,
        reports=report or [],
        choice=ConfigChoice(config_file, isolated, allow_plugins),
        select=select,
        ignore=ignore,
        fail_level=fail_level,
        fail_under=fail_under,
        exit_zero=exit_zero,
        color=color,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
        show_info=show_info,
    )
    return run_scan(options)


def rules(
    *,
    format: Annotated[  # noqa: A002 - the name of the option
        ListFormat, typer.Option("--format", "-f", help="Format of the list.")
    ] = ListFormat.TEXT,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    allow_plugins: AllowPlugins = False,
    verbose: Verbose = False,
) -> None:
    """List all rules and whether they are on."""
    del verbose
    from ssot_lint.commands.rules import print_rules

    print_rules(ConfigChoice(config_file, isolated, allow_plugins), format)


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Code or name of a rule, or the id of a site.")],
    *,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    allow_plugins: AllowPlugins = False,
    verbose: Verbose = False,
) -> None:
    """Explain a rule.

    Why it matters, a bad and a good example, how to fix it, its options.
    """
    del verbose
    from ssot_lint.commands.explain import print_explanation

    print_explanation(ConfigChoice(config_file, isolated, allow_plugins), rule)


def config(
    *,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Print the resolved configuration.

    It is TOML; a comment says where each value came from.
    """
    del verbose
    from ssot_lint.commands.config import print_config

    print_config(ConfigChoice(config_file, isolated, allow_plugins=False))
