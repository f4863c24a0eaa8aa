"""One violation as a SARIF result: its message, its place, and what makes it the same alert in the next run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.model.edits import LineChange
from ssot_lint.model.finding import Json, Location, Severity
from ssot_lint.model.record import Suppression
from ssot_lint.model.report import Status
from ssot_lint.reporters.flagged import Flagged, place
from ssot_lint.reporters.json_text import JsonObject
from ssot_lint.reporters.source_lines import SourceLines
from ssot_lint.text.sanitize import uri_path, visible

SOURCE_ROOT = "%SRCROOT%"
MAX_LINKED_SITES = 5
"""Other sites that a result links to. All of them would make the document grow with the square of their number."""

LEVELS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "error",
        Severity.HIGH: "error",
        Severity.MEDIUM: "warning",
        Severity.LOW: "note",
        Severity.INFO: "note",
    }
)

_LINK_CHARACTERS = re.compile(r"[\\\[\]]")


class Places(NamedTuple):
    """How locations are written: ``lines`` are those they stand in, ``folder`` is where the project lies in the
    repository, empty or with a slash at the end; ``changes`` are what becomes of them, by the id of the site."""

    lines: SourceLines
    folder: str
    changes: Mapping[str, Sequence[LineChange]]

    def artifact(self, path: str) -> JsonObject:
        """An ``artifactLocation``."""
        return {"uri": uri_path(f"{self.folder}{path}"), "uriBaseId": SOURCE_ROOT}

    def physical(self, location: Location) -> JsonObject:
        """A ``physicalLocation``. Its region goes from where ``location`` starts to the end of that line: the whole of
        a definition would put GitHub's annotation below it, and mostly outside the diff."""
        number = max(location.line, 1)
        region: JsonObject = {"startLine": number, "startColumn": location.column}
        line = self.lines.get((location.path, location.line))
        if line:
            region |= {"endLine": number, "endColumn": line.end_column(location.column)}
        return {"artifactLocation": self.artifact(location.path), "region": region}


class _Related(NamedTuple):
    """A place that the message links to by its ``id``."""

    id: int
    location: Location
    remark: str

    @property
    def link(self) -> str:
        text = _LINK_CHARACTERS.sub(r"\\\g<0>", visible(place(self.location)))
        return f"[{text}]({self.id})"


def sarif_result(each: Flagged, rule_index: int, places: Places, *, has_baseline: bool) -> Json:
    """The ``result`` object of a violation. Its message links to the home and to other sites."""
    finding = each.finding
    home = finding.finding.home
    related_home = _Related(1, home.location, home.reason) if home else None
    others = list(_other_sites(each, first_id=2 if home else 1))
    related = [*([related_home] if related_home else []), *others]
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": " ".join(_sentences(each, related_home, others))},
        "locations": [{"physicalLocation": places.physical(each.location)}],
        "relatedLocations": [_related_location(one, places) for one in related],
        "partialFingerprints": _fingerprints(each, places.lines),
        **({"baselineState": "new" if each.is_new else "unchanged"} if has_baseline else {}),
        **_suppressions(each, places),
        **_fixes(each, places),
        "properties": _properties(each),
    }


def _other_sites(each: Flagged, first_id: int) -> Iterator[_Related]:
    nearby = each.finding.sites[: MAX_LINKED_SITES + 1]
    others = [judged.site for judged in nearby if judged is not each.site][:MAX_LINKED_SITES]
    for at, site in enumerate(others, first_id):
        yield _Related(at, site.location, site.message)


def _sentences(each: Flagged, home: _Related | None, others: list[_Related]) -> Iterator[str]:
    yield _stopped(_prose(each.sentence))
    if home:
        yield _stopped(f"Home: {home.link}, {_prose(home.remark)}")
    if others:
        rest = len(each.finding.sites) - 1 - len(others)
        yield _stopped(f"Other sites: {', '.join(one.link for one in others)}{f' and {rest:,} more' if rest else ''}")
    yield from (_stopped(_prose(line)) for line in each.ways_out)
    yield f"({each.site.id})"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _prose(text: str) -> str:
    """Text that holds no link: a bracket before a parenthesis would end one."""
    return visible(text).replace("](", r"\](")


def _related_location(related: _Related, places: Places) -> Json:
    message: JsonObject = {"message": {"text": visible(related.remark)}} if related.remark else {}
    return {"id": related.id, **message, "physicalLocation": places.physical(related.location)}


def _fingerprints(each: Flagged, lines: SourceLines) -> JsonObject:
    """What GitHub knows an alert by: its own hash of the line, and what the baseline goes by."""
    line = lines.get((each.location.path, each.location.line))
    return {
        "ssotLint/v1": each.site.fingerprint,
        **({"primaryLocationLineHash": line.hash} if line else {}),
    }


def _suppressions(each: Flagged, places: Places) -> JsonObject:
    if each.site.status is not Status.SUPPRESSED:
        return {}
    suppression = each.site.suppression
    return {"suppressions": [_suppression(suppression, places) if suppression else {"kind": "inSource"}]}


def _suppression(suppression: Suppression, places: Places) -> Json:
    reason: JsonObject = {"justification": visible(suppression.reason)} if suppression.reason else {}
    location: Json = {"physicalLocation": places.physical(suppression.location)}
    return {"kind": "inSource", "status": "accepted", **reason, "location": location}


def _fixable(each: Flagged) -> JsonObject:
    fix = each.site.site.fix
    return {"fix": fix.safety.value} if fix is not None and fix.is_automatic else {}


def _fixes(each: Flagged, places: Places) -> JsonObject:
    """What `ssot-lint fix` would write for this violation alone."""
    changes = places.changes.get(each.site.id, ())
    by_path: dict[str, list[Json]] = {}
    for change in changes:
        by_path.setdefault(change.path, []).append(_replacement(change))
    files: list[Json] = [
        {"artifactLocation": places.artifact(path), "replacements": replacements}
        for path, replacements in by_path.items()
    ]
    fix = each.site.site.fix
    note = f": {visible(fix.note)}" if fix is not None and fix.note else ""
    safety = fix.safety.value if fix is not None else ""
    return {"fixes": [{"description": {"text": f"{safety}{note}"}, "artifactChanges": files}]} if files else {}


def _replacement(change: LineChange) -> Json:
    region: Json = {"startLine": change.first, "startColumn": 1, "endLine": change.end, "endColumn": 1}
    return {"deletedRegion": region, "insertedContent": {"text": change.text}}


def _properties(each: Flagged) -> JsonObject:
    finding = each.finding
    components: JsonObject = (
        {"components": [visible(name) for name in finding.components]} if finding.components else {}
    )
    return {
        "id": each.site.id,
        "severity": finding.severity.value,
        "subject": visible(finding.finding.subject),
        **_fixable(each),
        **components,
    }
