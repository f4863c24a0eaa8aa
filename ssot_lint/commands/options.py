"""The options of commands, each declared once, as commands receive them.

The choices are also ``str``: typer with click before 8.2 looks for a default among the names of the choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ssot_lint.commands.declared import Role
from ssot_lint.commands.option_groups import (
    BaselineChoice,
    ConfigChoice,
    ConfigFile,
    RuleChoice,
    RunOptions,
    ScannedPaths,
    format_option,
    output_option,
)
from ssot_lint.config.settings import FailLevel
from ssot_lint.model.source import Zone

BUILTIN_FORMATS = "text, concise, markdown, json, sarif, github, gitlab, html, junit or rdjson"


class ListFormat(str, Enum):
    """The formats of a list."""

    TEXT = "text"
    JSON = "json"


class GraphFormat(str, Enum):
    """The formats of a graph."""

    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"
    GRAPHML = "graphml"


class HistoryFormat(str, Enum):
    """The formats of a history."""

    TEXT = "text"
    SVG = "svg"
    BADGE = "badge"


class GroupBy(str, Enum):
    """What violations are listed by."""

    FINDING = "finding"
    FILE = "file"


class Color(str, Enum):
    """Whether text is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class FilesOptions:
    """The options of ``files``."""

    paths: Annotated[tuple[Path, ...], typer.Argument(metavar="PATH", help="Files and folders to list; default: .")] = (
        Path(),
    )
    format: Annotated[ListFormat, format_option(help="Format of the list.")] = ListFormat.TEXT
    zones: Annotated[
        tuple[Zone, ...], typer.Option("--zone", help="List the files of this zone only; repeatable.")
    ] = ()
    is_not_judged: Annotated[
        bool,
        typer.Option("--not-judged", help="List only what is neither production code nor a test."),
    ] = False
    config: ConfigFile
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class ScanOptions:
    """The options of ``scan``. ``reports`` are FORMAT=FILE; revisions and the reason are empty where none was given."""

    paths: ScannedPaths = (Path(),)
    format: Annotated[
        str, format_option(metavar="FORMAT", help=f"Format of the report: {BUILTIN_FORMATS}, or a pack's.")
    ] = "text"
    output: Annotated[Path | None, output_option(help="Write the report here, not to stdout.")] = None
    reports: Annotated[
        tuple[str, ...], typer.Option("--report", metavar="FORMAT=FILE", help="Write one more report; repeatable.")
    ] = ()
    config: ConfigChoice
    rules: RuleChoice
    extend_select: Annotated[
        tuple[str, ...],
        typer.Option("--extend-select", metavar="RULES", help="Run these rules too."),
        Role.DECIDES,
        Role.SETTING,
    ] = ()
    extend_exclude: Annotated[
        tuple[str, ...],
        typer.Option("--extend-exclude", "--exclude", metavar="GLOBS", help="Leave out these files and folders too."),
        Role.DECIDES,
        Role.SETTING,
    ] = ()
    fail_level: Annotated[
        FailLevel | None,
        typer.Option("--fail-level", help="Fail on violations of this severity or worse; default: low."),
        Role.DECIDES,
        Role.SETTING,
    ] = None
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="SCORE", help="Fail if the score is lower."),
        Role.DECIDES,
        Role.SETTING,
    ] = None
    baseline: BaselineChoice
    history: Annotated[
        Path | None,
        typer.Option("--history", metavar="FILE", help="Show the score over time from this file; html does."),
    ] = None
    probe: Annotated[
        Path | None,
        typer.Option("--probe", metavar="FILE", help="Join what `pytest --ssot-probe-json FILE` saw to the findings."),
        Role.DECIDES,
    ] = None
    locked: Annotated[
        bool, typer.Option("--locked", help="Fail if the baseline lists violations that are fixed."), Role.DECIDES
    ] = False
    changed: Annotated[
        str,
        typer.Option("--changed", metavar="REV", help="Old name of `check --base REV`, which is run instead."),
    ] = ""
    watch: Annotated[bool, typer.Option("--watch", help="Scan again whenever a file changes, until Ctrl-C.")] = False
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even if there are new violations; errors still count.")
    ] = False
    color: Annotated[Color, typer.Option("--color", help="Colour the text report.")] = Color.AUTO
    run: RunOptions
    show_info: Annotated[bool, typer.Option("--show-info", help="Show info findings (the inventory) in full.")] = False
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Show how much each rule found, in place of the findings.")
    ] = False
    top: Annotated[
        int | None, typer.Option("--top", metavar="N", min=1, help="Show the N worst findings; the others are counted.")
    ] = None
    group_by: Annotated[
        GroupBy, typer.Option("--group-by", help="List violations by finding, or one a line by file.")
    ] = GroupBy.FINDING
    plan: Annotated[bool, typer.Option("--plan", help="Show a remediation plan; Markdown always has one.")] = False
    add_ignore: Annotated[
        bool,
        typer.Option(
            "--add-ignore",
            help="Write `# ssot-lint: ignore[CODE]` at each new violation of these rules, then scan again.",
        ),
    ] = False
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Say why in the comments of --add-ignore.")
    ] = ""


@dataclass(frozen=True, kw_only=True)
class FixOptions:
    """The options of ``fix``. Texts are empty where none was given; ``targets`` are paths and ids of sites."""

    targets: Annotated[
        tuple[str, ...],
        typer.Argument(
            metavar="PATH",
            help="Files and folders whose violations are fixed, or ids of sites: SSOT101-1a2b; default: .",
        ),
    ] = (".",)
    diff: Annotated[bool, typer.Option("--diff", help="Print what would change, as a patch; write nothing.")] = False
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Also make changes that code may notice: `__module__`, pickles, types.")
    ] = False
    select: Annotated[
        tuple[str, ...],
        typer.Option("--select", metavar="RULES", help="Fix what these rules find only: codes, names, SSOT3."),
    ] = ()
    steps: Annotated[
        tuple[str, ...], typer.Option("--step", metavar="N", help="Do these steps of `scan --plan` only.")
    ] = ()
    subject: Annotated[
        str, typer.Option("--subject", metavar="GLOB", help="Fix findings about matching subjects only.")
    ] = ""
    allow_dirty: Annotated[
        bool,
        typer.Option("--allow-dirty", help="Also change files that git cannot give back as they are now."),
    ] = False
    verify: Annotated[
        str,
        typer.Option("--verify", metavar="COMMAND", help="Run this after each step; take back a step that it fails."),
    ] = ""
    mirrors: Annotated[
        bool,
        typer.Option("--mirrors", help="Copy originals over declared copies that have drifted, and only that."),
    ] = False
    move: Annotated[
        tuple[str, str] | None,
        typer.Option("--move", metavar="NAME MODULE", help="Move package.module:Name to MODULE, and only that."),
    ] = None
    keep_alias: Annotated[
        bool, typer.Option("--keep-alias", help="With --move: leave the old address behind, with a warning.")
    ] = False
    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """The options of ``check``. ``paths``: none for the whole change; ``base`` is empty where it was not given."""

    paths: Annotated[
        tuple[Path, ...], typer.Argument(metavar="PATH", help="Say only what is about these files and folders.")
    ] = ()
    base: Annotated[
        str, typer.Option("--base", metavar="REV", help="What the change is held against; default: HEAD."), Role.DECIDES
    ] = ""
    staged: Annotated[
        bool, typer.Option("--staged", help="Judge what is in the index, not the work tree."), Role.DECIDES
    ] = False
    format: Annotated[str, format_option(metavar="FORMAT", help=f"Format: {BUILTIN_FORMATS}, or a pack's.")] = "text"
    output: Annotated[Path | None, output_option(help="Write it here, not to stdout.")] = None
    reports: Annotated[
        tuple[str, ...],
        typer.Option("--report", metavar="FORMAT=FILE", help="Write a report of what is new too; repeatable."),
    ] = ()
    config: ConfigChoice
    rules: RuleChoice
    fail_level: Annotated[
        FailLevel | None,
        typer.Option("--fail-level", help="Leave out violations that are less severe; default: low."),
        Role.DECIDES,
        Role.SETTING,
    ] = None
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever there is to say.")] = False
    color: Annotated[Color, typer.Option("--color", help="Colour the text.")] = Color.AUTO
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class WhereOptions:
    """The options of ``where``."""

    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="A name, words, package.module:Name, the text of an event, FILE:LINE, or - for code."
        ),
    ]
    asker: Annotated[Path | None, typer.Option("--from", metavar="FILE", help="Say what to import in this file.")] = (
        None
    )
    format: Annotated[ListFormat, format_option(help="Format of the answer.")] = ListFormat.TEXT
    color: Annotated[Color, typer.Option("--color", help="Colour the text.")] = Color.AUTO
    config: ConfigFile
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class McpOptions:
    """The options of ``mcp``."""

    root: Annotated[
        Path | None, typer.Option("--root", metavar="FOLDER", help="Answer about the project here; default: .")
    ] = None
    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class ServerOptions:
    """The options of ``server``."""

    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class ShowOptions:
    """The options of ``show``."""

    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a site, as reports give it: SSOT101-1a2b.")]
    config: ConfigChoice
    color: Annotated[Color, typer.Option("--color", help="Colour the text.")] = Color.AUTO
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class GraphOptions:
    """The options of ``graph``.

    ``component`` and ``symbol`` are empty where they were not given; ``limit`` is the number of nodes, 0 for all, None
    for what suits the format.
    """

    path: Annotated[Path, typer.Argument(metavar="PATH", help="File or folder to read.")] = Path()
    component: Annotated[
        str, typer.Option("--component", metavar="NAME", help="Draw this declared component and what surrounds it.")
    ] = ""
    symbol: Annotated[
        str,
        typer.Option(
            "--symbol", metavar="SYMBOL", help="Draw this package.module:Name, or the finding of a site's id."
        ),
    ] = ""
    format: Annotated[GraphFormat, format_option(help="Format of the graph.")] = GraphFormat.MERMAID
    output: Annotated[Path | None, output_option(help="Write the graph here, not to stdout.")] = None
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=0,
            help="Draw at most N nodes; 0: all. Default: mermaid 40, dot 200, others all.",
        ),
    ] = None
    tests: Annotated[bool, typer.Option("--tests", help="Draw test code too.")] = False
    config: ConfigChoice
    run: RunOptions


@dataclass(frozen=True, kw_only=True)
class InitOptions:
    """The options of ``init``. ``accept``: ask nothing."""

    path: Annotated[Path, typer.Argument(metavar="PATH", help="The project, or a file or folder in it.")] = Path()
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the configuration, write nothing.")] = False
    accept: Annotated[bool, typer.Option("--yes", "-y", help="Declare all proposed components without asking.")] = False
    run: RunOptions
