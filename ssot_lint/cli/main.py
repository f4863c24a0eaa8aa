"""The command line: reads arguments, hands them to a command, turns the outcome into an exit code.

Only this module ends the process, and ``__main__`` while this one is imported. Commands are imported when they run, so
that ``--help`` and ``--version`` stay quick: they load neither libcst nor networkx.
"""

from __future__ import annotations

import errno
import gc
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, runtime_checkable

import typer

from ssot_lint import __version__
from ssot_lint.cli.baseline import baseline_app
from ssot_lint.cli.cache import cache_app
from ssot_lint.cli.expand import expanded
from ssot_lint.cli.history import history_app
from ssot_lint.commands.option_groups import ConfigChoice, ConfigFile, Verbose, format_option
from ssot_lint.commands.options import (
    CheckOptions,
    FilesOptions,
    FixOptions,
    GraphOptions,
    InitOptions,
    ListFormat,
    McpOptions,
    ScanOptions,
    ServerOptions,
    ShowOptions,
    WhereOptions,
)
from ssot_lint.commands.streams import open_missing_streams, print_error, print_traceback
from ssot_lint.errors import ExitCode, SsotLintError, is_interruption

PROGRAM = "ssot-lint"
"""Written out, for looking at what is installed would slow ``--help`` down; a test holds it against that."""

_OF_PARSER = re.compile(
    r"Value error, |(?:Input should be a valid |'[^']*' is not a valid )(?P<kind>integer|number|float)"
    r"(?: range|, unable to parse string as an? \w+)?"
)
"""What the library that reads the values of options says of one that it cannot use, in newer versions and in older."""

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
            message = _OF_PARSER.sub(_plain_words, error.format_message().rstrip("."))
            print_error(f"{message}{'' if message.endswith('?') else '.'} Try `{_command_of(error)} --help`")
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


def _plain_words(match: re.Match[str]) -> str:
    kind: str | None = match["kind"]
    return {"integer": "not a whole number", "number": "not a number", "float": "not a number"}.get(kind or "", "")


def _command_of(error: _UsageProblem) -> str:
    """The command that was called wrongly, whose help it is that helps."""
    command: object = getattr(getattr(error, "ctx", None), "command_path", "")
    return command if isinstance(command, str) and command else PROGRAM


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
    app.command("scan")(expanded(_scan))
    app.command("check")(expanded(_check))
    app.command("where")(expanded(_where))
    app.command("fix")(expanded(_fix))
    app.command("files")(expanded(_files))
    app.command("rules")(expanded(_rules))
    app.command("explain")(expanded(_explain))
    app.command("show")(expanded(_show))
    app.command("graph")(expanded(_graph))
    app.command("init")(expanded(_init))
    app.command("config")(expanded(_config))
    app.command("server")(expanded(_server))
    app.command("mcp")(expanded(_mcp))
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
        bool, typer.Option("--version", "-V", is_eager=True, callback=_show_version, help="Print the version.")
    ] = False,
) -> None:
    del version  # its callback has done the work
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitCode.USAGE)


def _scan(options: ScanOptions) -> ExitCode:
    """Scan a project for violations. The report goes to stdout, everything else to stderr.

    Exit code: 0 gate passed, 1 gate failed, 2 wrong usage or configuration, 3 a rule or the tool crashed.
    """
    from ssot_lint.commands.scan import run_scan

    return run_scan(options)


def _check(options: CheckOptions) -> ExitCode:
    """Say what a change adds and what it breaks.

    New is what was not there at the merge base with REV; untracked files count. Exit code 1 if there is anything.
    """
    from ssot_lint.commands.check import run_check

    return run_check(options)


def _where(options: WhereOptions) -> ExitCode:
    """Say whether there is one already, where its home is, and what to import.

    Exit code 1 if there is nothing like it.
    """
    from ssot_lint.commands.where import run_where

    return run_where(options)


def _fix(options: FixOptions) -> ExitCode:
    """Carry out what scan --plan says, as far as it can be done without a decision.

    Exit code: 0 all that was asked for is done, 1 something was refused, 2 wrong usage or configuration. With --diff
    nothing is written: 1 if there is anything to change, else 0.
    """
    from ssot_lint.commands.fix import run_fix

    return run_fix(options)


def _files(options: FilesOptions) -> None:
    """List files with their zone, module name, source root and distribution, and why.

    The whole project is read for it, for imports decide.
    """
    from ssot_lint.commands.file_list import print_files

    print_files(options)


@dataclass(frozen=True, kw_only=True)
class _RulesOptions:
    format: Annotated[ListFormat, format_option(help="Format of the list.")] = ListFormat.TEXT
    config: ConfigChoice
    verbose: Verbose = False


def _rules(options: _RulesOptions) -> None:
    """List all rules and whether they are on."""
    from ssot_lint.commands.rules import print_rules

    print_rules(options.config, options.format)


@dataclass(frozen=True, kw_only=True)
class _ExplainOptions:
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Code or name of a rule, or the id of a site.")]
    config: ConfigChoice
    verbose: Verbose = False


def _explain(options: _ExplainOptions) -> None:
    """Explain a rule.

    Why it matters, a bad and a good example, how to fix it, its options.
    """
    from ssot_lint.commands.explain import print_explanation

    print_explanation(options.config, options.rule)


def _show(options: ShowOptions) -> None:
    """Show one finding whole.

    The code of its home and sites, how copies differ, who imports them, how to fix, accept, ignore or pin it.
    """
    from ssot_lint.commands.show import show_finding

    show_finding(options)


def _graph(options: GraphOptions) -> None:
    """Draw modules and their imports, or what surrounds a component or a symbol."""
    from ssot_lint.commands.graph import run_graph

    run_graph(options)


def _init(options: InitOptions) -> ExitCode:
    """Write a commented configuration, with what a scan of the project proposes.

    It goes to the end of pyproject.toml, else to ssot-lint.toml. Where there is a configuration already, only
    --dry-run works.
    """
    from ssot_lint.commands.init import run_init

    return run_init(options)


def _server(options: ServerOptions) -> None:
    """Answer an editor that speaks LSP, on standard input and output.

    Needs the extra `server`.
    """
    from ssot_lint.commands.server import run_server

    run_server(options)


def _mcp(options: McpOptions) -> None:
    """Answer an assistant that speaks MCP, on standard input and output.

    Needs the extra `server`.
    """
    from ssot_lint.commands.mcp import run_mcp

    run_mcp(options)


@dataclass(frozen=True, kw_only=True)
class _ConfigOptions:
    config: ConfigFile
    verbose: Verbose = False


def _config(options: _ConfigOptions) -> None:
    """Print the resolved configuration.

    It is TOML; a comment says where each value came from.
    """
    from ssot_lint.commands.config import print_config

    print_config(options.config)
