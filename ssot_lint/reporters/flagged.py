"""Violations one by one, as the formats for programs list them. All text is as the rules wrote it: not yet escaped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.model.finding import Location
from ssot_lint.model.report import RULE_CRASHED, Diagnostic, JudgedFinding, JudgedSite, Report, Status
from ssot_lint.reporters.figures import home_word, is_violation
from ssot_lint.text.sanitize import unambiguous_path


class Flagged(NamedTuple):
    """A violation: a site, and the finding it belongs to."""

    finding: JudgedFinding
    site: JudgedSite

    @property
    def location(self) -> Location:
        """Where it is."""
        return self.site.site.location

    @property
    def is_new(self) -> bool:
        """Whether it is neither baselined nor suppressed."""
        return self.site.status is Status.NEW

    @property
    def sentence(self) -> str:
        """What is wrong, and in parentheses what is special about this site."""
        message, remark = self.finding.finding.message, self.site.site.message
        return f"{message} ({remark})" if remark else message

    @property
    def details(self) -> list[str]:
        """A line for the home and its reason, and those of :attr:`ways_out`."""
        finding = self.finding.finding
        home, word = finding.home, home_word(finding).capitalize()
        return [*([f"{word}: {place(home.location)} ({home.reason})"] if home else []), *self.ways_out]

    @property
    def ways_out(self) -> list[str]:
        """A line for the remedy, and one for why the baseline may know the violation, if there are any."""
        labelled = (("Fix", self.finding.finding.remedy), ("Hint", self.site.hint))
        return [f"{label}: {text}" for label, text in labelled if text]


def flagged(report: Report) -> Iterator[Flagged]:
    """All violations, the worst first, in the order of the report. Info findings are an inventory: left out."""
    for finding in filter(is_violation, report.findings):
        for site in finding.sites:
            yield Flagged(finding, site)


def information(report: Report) -> list[Flagged]:
    """The sites of info findings that nothing silences."""
    listed = (each for each in report.findings if not is_violation(each))
    sites = (Flagged(finding, site) for finding in listed for site in finding.sites)
    return [each for each in sites if each.is_new]


def new_violations(report: Report) -> list[Flagged]:
    """Those of :func:`flagged` that are new."""
    return [each for each in flagged(report) if each.is_new]


def place(location: Location) -> str:
    """``path:line``."""
    return f"{unambiguous_path(location.path)}:{location.line}"


def place_of_problem(diagnostic: Diagnostic) -> Location | None:
    """Where in the project a problem of the scan is; None for one of the whole scan, or of a rule."""
    is_elsewhere = diagnostic.kind == RULE_CRASHED or not diagnostic.path
    return None if is_elsewhere else Location(diagnostic.path, max(diagnostic.line, 1))


def problem(diagnostic: Diagnostic) -> str:
    """A problem of the scan in one line, with the place in a rule that raised."""
    where = f" ({place(Location(diagnostic.path, diagnostic.line))})" if diagnostic.kind == RULE_CRASHED else ""
    return f"{diagnostic.kind}: {diagnostic.message}{where}"
