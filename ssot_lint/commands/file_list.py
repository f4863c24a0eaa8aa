"""``ssot-lint files``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ssot_lint.commands.options import FilesOptions, ListFormat
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.run_scan import open_scan
from ssot_lint.commands.session import existing
from ssot_lint.commands.streams import print_bytes
from ssot_lint.discovery.paths import is_within
from ssot_lint.model.facts import ParseFailure
from ssot_lint.model.source import Zone
from ssot_lint.reporters.file_list import render_file_list, render_file_list_json
from ssot_lint.scan.request import Request

_JUDGED = (Zone.PRODUCTION, Zone.TEST)


def print_files(options: FilesOptions) -> None:
    """Print what was decided about each file at and below the paths, and why; the whole project is read for it.

    Raises SsotLintError for anything the user has to put right.
    """
    paths = existing(options.paths)
    root = project_root(paths)
    settings = settings_of(root, options.config, {"jobs": options.run.jobs})
    request = Request(root, [root, *paths], settings.config, (), "", {})
    with open_scan(request, options.run) as scan:
        tree = scan.loaded.tree
        results = zip(tree.files, scan.loaded.results, strict=True)
        unread = {file.path: found for file, found in results if isinstance(found, ParseFailure)}
    wanted = [_relative(root, path) for path in paths]
    files = [file for file in tree.files if _is_wanted(file.path, wanted) and file.zone in _zones(options)]
    links = [] if options.zones else [path for path in tree.links if _is_wanted(path, wanted)]
    render = render_file_list_json if options.format is ListFormat.JSON else render_file_list
    print_bytes(render(tree, files, links, unread).encode("utf-8", "surrogateescape"))


def _zones(options: FilesOptions) -> Collection[Zone]:
    """The zones whose files are listed."""
    asked = set(options.zones or Zone)
    return asked.difference(_JUDGED) if options.is_not_judged else asked


def _relative(root: Path, path: Path) -> str:
    relative = path.relative_to(root).as_posix()
    return "" if relative == "." else relative


def _is_wanted(file: str, wanted: Sequence[str]) -> bool:
    return any(is_within(file, path) for path in wanted)
