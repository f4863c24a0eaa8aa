"""The commands: what each is called and says of itself. They are imported when they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

import typer

from ssot_lint import __version__
from ssot_lint.cli.expand import expanded
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
from ssot_lint.errors import ExitCode

PROGRAM = "ssot-lint"
"""Written out, for looking at what is installed would slow ``--help`` down; a test holds it against that."""

OptionsT = TypeVar("OptionsT")


def build_app(called: str = "") -> typer.Typer:
    """The application with all its commands; where one of that name is ``called``, with this one alone: making all of
    them takes a tenth of a second."""
    app = typer.Typer(
        help="Find single-source-of-truth violations in Python codebases.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(_root)
    adders = _adders()
    for name in [called] if called in adders else adders:
        adders[name](app, name)
    return app


def _adders() -> Mapping[str, Callable[[typer.Typer, str], None]]:
    """What adds each command, by name, in the order of the help."""
    return {
        "scan": _adder(_scan),
        "check": _adder(_check),
        "where": _adder(_where),
        "fix": _adder(_fix),
        "files": _adder(_files),
        "rules": _adder(_rules),
        "explain": _adder(_explain),
        "show": _adder(_show),
        "graph": _adder(_graph),
        "init": _adder(_init),
        "config": _adder(_config),
        "server": _adder(_server),
        "mcp": _adder(_mcp),
        "baseline": _add_group,
        "history": _add_group,
        "cache": _add_group,
    }


def _adder(command: Callable[[OptionsT], ExitCode | None]) -> Callable[[typer.Typer, str], None]:
    def add(app: typer.Typer, name: str) -> None:
        app.command(name)(expanded(command))

    return add


def _add_group(app: typer.Typer, name: str) -> None:
    from ssot_lint.cli.baseline import baseline_app
    from ssot_lint.cli.cache import cache_app
    from ssot_lint.cli.history import history_app

    makers = {"baseline": baseline_app, "history": history_app, "cache": cache_app}
    app.add_typer(makers[name](), name=name)


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
