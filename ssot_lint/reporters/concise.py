"""The report as one line per new violation, for editors, problem matchers and grep."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.model.finding import Location
from ssot_lint.model.report import Diagnostic, Report
from ssot_lint.reporters.figures import home_word
from ssot_lint.reporters.flagged import Flagged, information, new_violations, place, place_of_problem, problem
from ssot_lint.reporters.interface import ReportFormat
from ssot_lint.reporters.phrases import fix_mark
from ssot_lint.text.sanitize import visible


def render_concise(report: Report, shown: Callable[[str], str] = str, *, show_info: bool = False) -> str:
    """Render ``path:line:column: severity ID message`` for every new violation, the worst first, and where
    ``show_info`` asks for it for what is information; ``shown`` is how a path is called in the working directory.

    Problems of the scan come before them, as ``path:line:1: kind: message``, or without a place if they have none in
    the project. Nothing to say is no line.
    """
    problems = (_problem(each, shown) for each in report.diagnostics)
    listed = [*new_violations(report), *(information(report) if show_info else ())]
    violations = (_violation(each, shown) for each in listed)
    return "".join(f"{visible(line)}\n" for line in (*problems, *violations))


def _violation(each: Flagged, shown: Callable[[str], str]) -> str:
    parts = (_where(each.location, shown), each.finding.severity.value, each.site.id, _said(each, shown))
    return " ".join(filter(None, (*parts, fix_mark(each.site))))


def _said(each: Flagged, shown: Callable[[str], str]) -> str:
    judged, site = each.finding, each.site.site
    home = site.original or judged.finding.home
    if home is None:
        return judged.finding.message if site.message in judged.finding.message else each.sentence
    if site.original is not None:
        return f"`{site.symbol.rpartition(':')[2]}`: {site.message}; home: {_place(home.location, shown)}"
    # What stands behind the colon is the home and why.
    return f"{judged.finding.message.partition(': ')[0]}; {home_word(judged.finding)}: {_place(home.location, shown)}"


def _problem(diagnostic: Diagnostic, shown: Callable[[str], str]) -> str:
    location = place_of_problem(diagnostic)
    return f"{_where(location, shown)} {problem(diagnostic)}" if location else problem(diagnostic)


def _where(location: Location, shown: Callable[[str], str]) -> str:
    return f"{_place(location, shown)}:{location.column}:"


def _place(location: Location, shown: Callable[[str], str]) -> str:
    return place(Location(shown(location.path), location.line))


FORMAT = ReportFormat(
    lambda view: render_concise(view.report, view.listing.shown, show_info=view.listing.show_info), is_for_people=True
)
