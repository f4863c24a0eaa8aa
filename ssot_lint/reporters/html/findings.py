"""Findings as data of the page: those that cost most first, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ssot_lint.model.finding import Finding, Home, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, place_key
from ssot_lint.reporters.figures import evidence_text, is_violation, new_first, remark
from ssot_lint.reporters.html.codes import Codes, most_code_lines
from ssot_lint.reporters.html.payload import FindingData, PlaceData
from ssot_lint.reporters.html.points import Points
from ssot_lint.reporters.html.room import ROOM_FOR_CODE, ROOM_FOR_FINDINGS, Room, size_of
from ssot_lint.reporters.html.tables import Files, ImportersTable
from ssot_lint.reporters.interface import View
from ssot_lint.reporters.phrases import severity_remark
from ssot_lint.text.sanitize import visible

MOST_SITES = 200
"""Of a finding; more are counted."""
MOST_NOTES = 40
_DECIMALS = 5


class Findings:
    """Turns the findings of a view into data, and fills the tables that it refers to on the way."""

    def __init__(self, view: View, points: Points) -> None:
        report = view.report
        self._view, self._points = view, points
        self._steps = _steps(report)
        self.files = Files(report.surroundings.zones if report.surroundings else {})
        self.codes = Codes(ROOM_FOR_CODE, most_code_lines(sum(1 + len(each.sites) for each in report.findings)))
        self.importers = ImportersTable(report.surroundings, self.files)

    def rows(self) -> list[FindingData]:
        """The findings in their order, up to the first for which there is no room."""
        rows, room = [], Room(ROOM_FOR_FINDINGS)
        for judged in in_order(self._view.report, self._points):
            before = self.files.size + self.importers.size
            row = self._row(judged)
            if not room.take(size_of(row) + self.files.size + self.importers.size - before):
                break
            rows.append(row)
        return rows

    def _row(self, judged: JudgedFinding) -> FindingData:
        finding, sites = judged.finding, new_first(judged.sites)
        home = finding.home
        return FindingData(
            id=sites[0].id if sites else finding.code,
            rule=finding.code,
            severity=judged.severity.value,
            subject=visible(finding.subject),
            message=visible(finding.message),
            points=round(self._points.of(judged), _DECIMALS),
            sites=[self._site(finding, each) for each in sites[:MOST_SITES]],
            home=None if home is None else self._place(finding, home, home.reason),
            notes=[visible(note) for note in evidence_text(finding)[:MOST_NOTES]],
            remedy=visible(finding.remedy),
            components=[visible(name) for name in judged.components],
            remark=visible(severity_remark(judged)),
            more=max(len(sites) - MOST_SITES, 0),
            moves=not finding.home_stays,
            step=next((self._steps[each.id] for each in sites if each.id in self._steps), 0),
        )

    def _site(self, finding: Finding, judged: JudgedSite) -> PlaceData:
        place, original = self._place(finding, judged.site, remark(judged)), judged.site.original
        return msgspec.structs.replace(
            place,
            id=judged.id,
            status=judged.status.value,
            original=None if original is None else self._place(finding, original, original.reason),
        )

    def _place(self, finding: Finding, place: Home | Site, text: str) -> PlaceData:
        code, more = self.codes.number(self._view.read_code(place.location))
        return PlaceData(
            file=self.files.number(place.location.path),
            line=place.location.line,
            symbol=visible(place.symbol),
            text=visible(text),
            code=code,
            more=more,
            importers=self.importers.number(place_key(finding, place)),
        )


def in_order(report: Report, points: Points) -> list[JudgedFinding]:
    """Violations before inventories; what costs most first, then the worst and the most."""
    return sorted(
        report.findings,
        key=lambda judged: (
            not is_violation(judged),
            -round(points.of(judged), _DECIMALS),
            judged.severity.rank,
            -len(judged.sites),
        ),
    )


def left_out(findings: Sequence[JudgedFinding], shown: int) -> tuple[int, int]:
    """How many findings after the first ``shown`` there are, and how many of their sites are violations."""
    rest = findings[shown:]
    return len(rest), sum(len(judged.sites) for judged in rest if is_violation(judged))


def _steps(report: Report) -> Mapping[str, int]:
    """The number of the step that resolves a site, by its id."""
    return dict(_numbered(report))


def _numbered(report: Report) -> Iterator[tuple[str, int]]:
    for step in report.plan.steps if report.plan else ():
        yield from ((each, step.number) for each in step.ids)
