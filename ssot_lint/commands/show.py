"""``ssot-lint show``."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ssot_lint.commands.comparison import configured_baseline
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.options import ShowOptions
from ssot_lint.commands.run_scan import open_scan, tell_crashes
from ssot_lint.commands.session import open_session
from ssot_lint.commands.streams import print_text, text_width, wants_color
from ssot_lint.discovery.reading import read_regular
from ssot_lint.errors import UsageError
from ssot_lint.extract.source import decode
from ssot_lint.model.facts import ParseFailure
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.report import JudgedFinding
from ssot_lint.plan.addresses import Addresses
from ssot_lint.reporters.finding_text import FindingView, PlaceView, render_finding
from ssot_lint.scan.scan import Scan
from ssot_lint.text.lines import LINE_END


def show_finding(options: ShowOptions) -> None:
    """Scan the project and print the finding with that site whole.

    Raises SsotLintError for anything the user has to put right, an id that no site has among it.
    """
    session = open_session([Path()], options.config, settings_given(options))
    session = replace(session, paths=[session.root])
    request = replace(session.request(), baseline=configured_baseline(session))
    with open_scan(request, options.run) as scan:
        judged = finding_with(scan.result.report.findings, options.id)
        tell_crashes(scan.result.crashes, is_verbose=options.run.verbose)
        view = _view(scan, session.root, session.settings.config.max_file_size, judged)
    color = wants_color(options.color, os.environ, is_terminal=sys.stdout.isatty())
    print_text(render_finding(view, width=text_width(), color=color))


def finding_with(findings: Sequence[JudgedFinding], site: str) -> JudgedFinding:
    """The finding with the site of that id, in any case. Raises UsageError when there is none."""
    for judged in findings:
        if any(each.id.lower() == site.lower() for each in judged.sites):
            return judged
    raise UsageError(
        f'no site has the id "{site}"', "`ssot-lint scan` gives their ids; `ssot-lint explain` takes rules"
    )


def _view(scan: Scan, root: Path, largest: int, judged: JudgedFinding) -> FindingView:
    addresses = Addresses(scan.project)

    def view_of(place: Home | Site) -> PlaceView:
        return PlaceView(place, _code(root, place.location, largest), _importers(addresses, place))

    home = judged.finding.home
    return FindingView(judged, view_of(home) if home else None, [view_of(each.site) for each in judged.sites])


def _importers(addresses: Addresses, place: Home | Site) -> Mapping[str, Sequence[Location]]:
    """Where ``place`` is imported, by the module that the statement names."""
    found: dict[str, set[Location]] = defaultdict(set)
    for use in addresses.uses(place):
        source = use.source.name if use.source else "." * use.fact.level + use.fact.module
        found[source].add(Location(use.importer.path, use.fact.line, use.fact.column))
    return {source: sorted(locations) for source, locations in found.items()}


def _code(root: Path, place: Location, largest: int) -> Sequence[str]:
    """The lines of the definition or statement at ``place``."""
    with suppress(OSError):
        text = decode(read_regular(root / place.path, largest))
        if not isinstance(text, ParseFailure):
            return LINE_END.split(text)[place.line - 1 : max(place.end_line, place.line)]
    return ()
