"""The command line: reads arguments, hands them to a command, turns the outcome into an exit code.

Only this module ends the process, and ``__main__`` while this one is imported. Commands are imported when they run, so
that ``--help`` and ``--version`` stay quick: they load neither libcst nor networkx.
"""

from __future__ import annotations

import errno
import gc
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Protocol, runtime_checkable

import typer

from ssot_lint import __version__
from ssot_lint.cli.baseline import baseline_app
from ssot_lint.cli.cache import cache_app
from ssot_lint.cli.history import history_app
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
from ssot_lint.commands.options import (
    BaselineChoice,
    Color,
    ConfigChoice,
    GraphFormat,
    GraphOptions,
    InitOptions,
    ListFormat,
    ReportFormat,
    ScanOptions,
)
from ssot_lint.commands.streams import open_missing_streams, print_error, print_traceback
from ssot_lint.config.settings import FailLevel
from ssot_lint.errors import ExitCode, SsotLintError, is_interruption

PROGRAM = "ssot-lint"

_FULL = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """Run with the arguments of the process and end it. SIGTERM ends it as Ctrl-C does: nothing is left behind."""
    # A scan builds millions of objects that live to its end: looking for garbage among them is a third of its time.
    gc.disable()
    open_missing_streams()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    exit_code = run(sys.argv[1:])
    # Else the interpreter looks through all of them on its way out.
    gc.freeze()
    sys.exit(exit_code)


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
        if is_interruption(error):
            return ExitCode.INTERRUPTED
        if isinstance(error, _UsageProblem):
            message = error.format_message().rstrip(".")
            print_error(f"{message}{'' if message.endswith('?') else '.'} Try `{PROGRAM} --help`")
            return ExitCode.USAGE
        if isinstance(error, OSError) and error.errno in _FULL:
            print_error(error.strerror or str(error))
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
    for command in (scan, rules, explain, graph, init, config):
        app.command()(command)
    app.add_typer(baseline_app(), name="baseline")
    app.add_typer(history_app(), name="history")
    app.add_typer(cache_app(), name="cache")
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
    select: Select = None,
    ignore: Ignore = None,
    fail_level: Annotated[
        FailLevel | None,
        typer.Option("--fail-level", help="Fail on a violation of this severity or a worse one; default: low."),
    ] = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="SCORE", help="Fail when the score is lower.")
    ] = None,
    baseline: BaselinePath = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Take all violations for new.")] = False,
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail when the baseline has violations that are fixed.")
    ] = False,
    base_ref: Annotated[
        str,
        typer.Option("--base-ref", metavar="REV", help="Known is what the code had where HEAD left REV; no baseline."),
    ] = "",
    changed: Annotated[
        str,
        typer.Option("--changed", metavar="REV", help="Report findings only that have a site in files changed since."),
    ] = "",
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 although the gate failed; errors still count.")
    ] = False,
    color: Annotated[Color, typer.Option("--color", help="Colour the text report.")] = Color.AUTO,
    jobs: Jobs = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    check_content: CheckContent = False,
    cache_dir: CacheDir = None,
    no_progress: NoProgress = False,
    show_info: Annotated[bool, typer.Option("--show-info", help="Show info findings, the inventory, in full.")] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Show a remediation plan; Markdown always has one.")] = False,
    add_ignore: Annotated[
        bool,
        typer.Option(
            "--add-ignore",
            help="Write `# ssot-lint: ignore[CODE]` at each new violation of these rules, then scan again.",
        ),
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Say why in the comments of --add-ignore.")
    ] = "",
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
        baseline=BaselineChoice(baseline, no_baseline, base_ref),
        locked=locked,
        changed=changed,
        exit_zero=exit_zero,
        color=color,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        progress=not no_progress,
        no_cache=no_cache,
        check_content=check_content,
        cache_dir=cache_dir,
        show_info=show_info,
        plan=plan,
        add_ignore=add_ignore,
        reason=reason,
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


def graph(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="File or folder to read.")] = Path(),
    *,
    component: Annotated[
        str, typer.Option("--component", metavar="NAME", help="Draw this declared component and what surrounds it.")
    ] = "",
    symbol: Annotated[
        str,
        typer.Option(
            "--symbol", metavar="SYMBOL", help="Draw this package.module:Name, or the finding of a site's id."
        ),
    ] = "",
    format: Annotated[  # noqa: A002 - the name of the option
        GraphFormat, typer.Option("--format", "-f", help="Format of the graph.")
    ] = GraphFormat.MERMAID,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the graph here, not to stdout.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="Draw at most N nodes; 0: all. Default: mermaid 40, dot 200, others all.",
        ),
    ] = None,
    config_file: ConfigFile = None,
    isolated: Isolated = False,
    allow_plugins: AllowPlugins = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
    verbose: Verbose = False,
) -> None:
    """Draw modules and their imports, or what surrounds a component or a symbol."""
    del verbose
    from ssot_lint.commands.graph import run_graph

    run_graph(
        GraphOptions(
            path=path,
            component=component,
            symbol=symbol,
            format=format,
            output=output,
            limit=limit,
            choice=ConfigChoice(config_file, isolated, allow_plugins),
            jobs=jobs,
            quiet=quiet,
            progress=not no_progress,
        )
    )


def init(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The project, or a file or folder in it.")] = Path(),
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the configuration, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Declare all proposed components without asking.")] = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
    verbose: Verbose = False,
) -> ExitCode:
    """Write a commented configuration, with what a scan of the project proposes.

    It goes to the end of pyproject.toml, else to ssot-lint.toml. Where there is a configuration already, only
    --dry-run works.
    """
    del verbose
    from ssot_lint.commands.init import run_init

    options = InitOptions(path=path, dry_run=dry_run, accept=yes, jobs=jobs, quiet=quiet, progress=not no_progress)
    return run_init(options)


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
