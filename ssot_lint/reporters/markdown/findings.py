"""Findings with their evidence, each in a section to be opened."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from ssot_lint.model.finding import Finding, Home, Location, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.reporters.figures import claim, deed, evidence_text, home_word, is_violation, new_first, remark
from ssot_lint.reporters.markdown.blocks import MOST_ROWS, bullets, clip, details, fenced, name, place, prose, table
from ssot_lint.text.sanitize import html_code, html_text, visible_code
from ssot_lint.text.wording import counted

_MOST_SITES = 5
_MOST_PIECES = 3
_MOST_LINES = 8
_LONGEST_LINE = 160

ReadCode: TypeAlias = Callable[[Location], Sequence[str]]
"""The lines of code at a place; none where they cannot be read."""


def no_code(_: Location) -> Sequence[str]:
    """Where no code is at hand."""
    return ()


def finding_section(judged: JudgedFinding, read_code: ReadCode, known: str = Status.BASELINED.value) -> str:
    """What is wrong, where its home is, every site, code, the evidence, the way out."""
    finding = judged.finding
    return details(
        _summary(judged),
        [
            prose(claim(finding)),
            *_components(judged),
            *([_home(finding.home, home_word(finding))] if finding.home else []),
            *_sites(judged.sites, known),
            *_code(judged, read_code),
            *_evidence(finding),
            *([f"**Fix:** {prose(deed(finding))}"] if finding.remedy else []),
        ],
    )


def _summary(judged: JudgedFinding) -> str:
    rule = judged.rule
    count = counted(len(judged.sites), "violation" if is_violation(judged) else "site")
    new = sum(site.status is Status.NEW for site in judged.sites)
    standing = f" ({new:,} new)" if is_violation(judged) and 0 < new < len(judged.sites) else ""
    bearer = judged.sites[0].id if judged.sites else rule.code
    return (
        f"<b>{judged.severity.value}</b> {html_code(clip(bearer))} "
        f"{html_text(clip(rule.name))}: {html_code(clip(judged.finding.subject))}, {count}{standing}"
    )


def _components(judged: JudgedFinding) -> Iterator[str]:
    if judged.components:
        yield f"**Component:** {', '.join(map(name, judged.components[:MOST_ROWS]))}"


def _home(home: Home, word: str) -> str:
    return f"**{word.capitalize()}:** {place(home.location)}, {prose(home.reason)}"


def _sites(sites: Sequence[JudgedSite], known: str) -> Iterator[str]:
    has_known = any(site.status is not Status.NEW for site in sites)
    rows = [
        (place(each.site.location), prose(remark(each)), *([_standing(each, known)] if has_known else []))
        for each in new_first(sites)[:_MOST_SITES]
    ]
    header = ("Site", "Remark", "Status") if has_known else ("Site", "Remark")
    yield from table(header, "l" * len(header), rows, len(sites))


def _standing(site: JudgedSite, known: str) -> str:
    return known if site.status is Status.BASELINED else site.status.value


def _code(judged: JudgedFinding, read_code: ReadCode) -> Iterator[str]:
    """The first lines at the home, where something is to be merged into it, and at the first sites, each piece once: a
    reader of an issue has no checkout."""
    finding, sites = judged.finding, [each.site for each in new_first(judged.sites)]
    homes = [finding.home] if finding.home and judged.rule.action is Action.MERGE else []
    places: list[Home | Site] = [*homes, *sites]
    shown: dict[str, str] = {}
    for each in places[: 1 + _MOST_PIECES]:
        if lines := read_code(each.location):
            shown.setdefault(_piece(lines), place(each.location))
    for at, (piece, where) in enumerate(shown.items()):
        if at < _MOST_PIECES:
            yield f"{where}:"
            yield fenced("python", piece)


def _piece(lines: Sequence[str]) -> str:
    shown = [visible_code(clip(line, _LONGEST_LINE)) for line in lines[:_MOST_LINES]]
    return textwrap.dedent("\n".join(shown)) + ("\n..." if len(lines) > _MOST_LINES else "")


def _evidence(finding: Finding) -> Iterator[str]:
    lines = evidence_text(finding)
    if lines:
        yield bullets([prose(line) for line in lines[:MOST_ROWS]], len(lines))
