"""``ssot-lint graph``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.files import check_writable, write_atomically
from ssot_lint.commands.named_files import check_named_files
from ssot_lint.commands.options import GraphFormat, GraphOptions
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.run_scan import open_scan
from ssot_lint.commands.session import existing, known_rules
from ssot_lint.commands.streams import print_bytes, print_note
from ssot_lint.config.load import Settings
from ssot_lint.errors import UsageError
from ssot_lint.graph.views.findings import picture_finding
from ssot_lint.graph.views.modules import picture_modules
from ssot_lint.graph.views.named import component_named, picture_component, picture_symbol
from ssot_lint.model.picture import Picture
from ssot_lint.model.report import JudgedFinding
from ssot_lint.reporters.dot import render_dot
from ssot_lint.reporters.graph_json import render_graph_json
from ssot_lint.reporters.graphml import render_graphml
from ssot_lint.reporters.mermaid import MAX_CHARACTERS, MAX_EDGES, render_mermaid
from ssot_lint.rules.selection import ActiveRule, activate
from ssot_lint.scan.load import LoadedProject
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.text.wording import counted

_RENDERERS: Mapping[GraphFormat, Callable[[Picture], str]] = {
    GraphFormat.MERMAID: render_mermaid,
    GraphFormat.DOT: render_dot,
    GraphFormat.JSON: render_graph_json,
    GraphFormat.GRAPHML: render_graphml,
}
_LIMITS = {GraphFormat.MERMAID: 40, GraphFormat.DOT: 200}
"""What can be read: Mermaid lays out in layers whatever it gets, Graphviz has better means. Other formats are for
programs."""


def run_graph(options: GraphOptions) -> None:
    """Read the project, draw what was asked for, and say on stderr what is not in the picture.

    Raises SsotLintError for anything the user has to put right.
    """
    if options.component and options.symbol:
        raise UsageError("--component and --symbol exclude each other", "Give one of them")
    if options.output:
        check_writable(options.output)
    paths = existing([options.path])
    root = project_root(paths)
    settings = settings_of(root, options.config, settings_given(options))
    check_named_files(root, paths, settings.config)
    rules, paint = _painter(options, root, settings)
    request = Request(root, paths, settings.config, rules.active, "", rules.codes)
    with open_scan(request, options.run) as scan:
        picture, loaded = paint(scan), scan.loaded
    text = _RENDERERS[options.format](picture)
    if options.output:
        write_atomically(options.output, text.encode())
    else:
        print_bytes(text.encode())
    if not options.run.quiet:
        _tell(picture, text, loaded, options)


class _Rules(NamedTuple):
    """The rules that a picture needs, and what every known one can be called."""

    active: Sequence[ActiveRule] = ()
    codes: Mapping[str, str] = MappingProxyType({})


def _painter(options: GraphOptions, root: Path, settings: Settings) -> tuple[_Rules, Callable[[Scan], Picture]]:
    """What makes the picture, and the rules that must run for it. Raises UsageError for what is known to be wrong
    before anything is read."""
    most = _LIMITS.get(options.format) if options.limit is None else options.limit or None
    name, tests = options.symbol, options.tests
    if options.component:
        component = component_named(settings.config.components, options.component)
        return _Rules(), lambda scan: picture_component(scan.project, component, most, with_tests=tests)
    if not name:
        return _Rules(), lambda scan: picture_modules(scan.project, most, with_tests=tests)
    known = known_rules(root, settings, options.config)
    rule = known.find(name.partition("-")[0])
    if rule is None:
        return _Rules(), lambda scan: picture_symbol(scan.project, name, most, with_tests=tests)
    active = [each for each in activate(known, settings) if each.info.code == rule.rule.code]
    if not active:
        raise UsageError(f"{rule.rule.code} {rule.rule.name} is off", "Select it in the configuration")

    def paint(scan: Scan) -> Picture:
        return picture_finding(scan.project, _finding(scan, name), most, with_tests=tests)

    return _Rules(active, known.codes()), paint


def _finding(scan: Scan, site: str) -> JudgedFinding:
    """The finding with the site of that id. Raises UsageError when there is none."""
    if scan.checked.crashes:
        raise RuntimeError(scan.checked.crashes[0].diagnostic.message)
    for judged in scan.findings:
        if any(each.id == site for each in judged.sites):
            return judged
    raise UsageError(f'no violation is called "{site}"', "`ssot-lint scan` gives their ids")


def _tell(picture: Picture, text: str, loaded: LoadedProject, options: GraphOptions) -> None:
    folders = sum(node.kind == "folder" for node in picture.nodes)
    cuts = [f"{counted(folders, 'folder')} drawn in place of modules"] if folders else []
    cuts += [picture.note] if picture.note else []
    if cuts:
        print_note(f"{', '.join(cuts)}: `--limit 0` draws everything")
    if options.format is GraphFormat.MERMAID and (len(picture.edges) > MAX_EDGES or len(text) > MAX_CHARACTERS):
        print_note(f"Mermaid draws at most {MAX_EDGES:,} edges and {MAX_CHARACTERS:,} characters: lower the limit")
    missing = len(loaded.project.failures) + len(loaded.tree.unreadable)
    if missing:
        are, them = ("is", "it") if missing == 1 else ("are", "them")
        print_note(f"{counted(missing, 'path')} could not be read and {are} missing: `ssot-lint scan` names {them}")
