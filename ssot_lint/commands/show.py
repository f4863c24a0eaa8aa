"""``ssot-lint show``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from ssot_lint.commands.comparison import configured_baseline
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.excerpts import CodeLines
from ssot_lint.commands.options import ShowOptions
from ssot_lint.commands.run_scan import open_scan, tell_crashes
from ssot_lint.commands.session import open_session
from ssot_lint.commands.streams import print_text, text_width, wants_color
from ssot_lint.errors import UsageError
from ssot_lint.model.finding import Home, Site
from ssot_lint.model.report import JudgedFinding
from ssot_lint.plan.addresses import Addresses
from ssot_lint.reporters.finding_text import FindingView, PlaceView, render_finding
from ssot_lint.scan.scan import Scan
from ssot_lint.text.wording import counted, listed

_MOST_IDS = 10


def show_finding(options: ShowOptions) -> None:
    """Scan the project and print the finding with that site whole.

    Raises SsotLintError for anything the user has to put right, an id that no site has among it.
    """
    session = open_session([Path()], options.config, settings_given(options))
    session = replace(session, paths=[session.root])
    request = replace(session.request(), baseline=configured_baseline(session))
    with open_scan(request, options.run) as scan:
        judged = _asked_for(scan.result.report.findings, options.id)
        tell_crashes(scan.result.crashes, is_verbose=options.run.verbose)
        view = _view(scan, session.root, session.settings.config.max_file_size, judged)
    color = wants_color(options.color, os.environ, is_terminal=sys.stdout.isatty())
    print_text(render_finding(view, width=text_width(), color=color))


def finding_with(findings: Sequence[JudgedFinding], site: str) -> JudgedFinding:
    """The finding with the site of that id, in any case, that site first. Raises UsageError when there is none."""
    for judged in findings:
        meant = [each for each in judged.sites if each.id.lower() == site.lower()]
        if meant:
            others = [each for each in judged.sites if each not in meant]
            return msgspec.structs.replace(judged, sites=(*meant, *others))
    known = _ids(findings, site.partition("-")[0])
    raise UsageError(
        f'no site has the id "{site}"',
        f"There are {listed(known, _MOST_IDS)}"
        if known
        else "`ssot-lint scan` gives their ids; `ssot-lint explain` takes rules",
    )


def _asked_for(findings: Sequence[JudgedFinding], word: str) -> JudgedFinding:
    """The finding with the site of that id, or the only one with sites whose ids begin so or whose rule is called so.

    Raises UsageError when there is none, or several.
    """
    ids = _ids(findings, word)
    among = [judged for judged in findings if any(each.id in ids for each in judged.sites)]
    is_id = word.lower() in map(str.lower, ids)
    if len(among) == 1 and not is_id:
        return among[0]
    if among and not is_id:
        raise UsageError(f"{word} stands for {counted(len(ids), 'site')}", f"Choose from {listed(ids, _MOST_IDS)}")
    return finding_with(findings, word)


def _ids(findings: Sequence[JudgedFinding], word: str) -> list[str]:
    """The ids that begin so, in any case, or are about the rule of that name."""
    wanted = word.lower()
    sites = ((judged, site.id) for judged in findings for site in judged.sites)
    return [id_ for judged, id_ in sites if wanted and (id_.lower().startswith(wanted) or judged.rule.name == wanted)]


def _view(scan: Scan, root: Path, largest: int, judged: JudgedFinding) -> FindingView:
    addresses, code = Addresses(scan.project), CodeLines(root, largest)

    def view_of(place: Home | Site) -> PlaceView:
        original = place.original if isinstance(place, Site) else None
        return PlaceView(
            place,
            code.all_at(place.location),
            addresses.importers(judged, place),
            *code.around(place.location),
            None if original is None else view_of(original),
        )

    home = judged.finding.home
    return FindingView(judged, view_of(home) if home else None, [view_of(each.site) for each in judged.sites])
