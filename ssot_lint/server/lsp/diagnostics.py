"""New violations as diagnostics of an editor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lsprotocol import types

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, Status
from ssot_lint.server.lsp.places import Places
from ssot_lint.text.sanitize import visible

SOURCE = "ssot-lint"
_MOST_RELATED = 10
_DEPRECATED = "deprecated"
"""How the names of rules begin about what is deprecated."""

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = MappingProxyType(
    {
        Severity.CRITICAL: types.DiagnosticSeverity.Error,
        Severity.HIGH: types.DiagnosticSeverity.Error,
        Severity.MEDIUM: types.DiagnosticSeverity.Warning,
        Severity.LOW: types.DiagnosticSeverity.Information,
    }
)


def diagnostics_by_path(report: Report, places: Places) -> dict[str, list[types.Diagnostic]]:
    """The new violations of a report, by path; inventories are none."""
    found: dict[str, list[types.Diagnostic]] = defaultdict(list)
    for judged in report.findings:
        if judged.severity in _SEVERITIES:
            for site in judged.sites:
                if site.status is Status.NEW:
                    found[site.site.location.path].append(_diagnostic(judged, site, places))
    return dict(found)


def _diagnostic(judged: JudgedFinding, site: JudgedSite, places: Places) -> types.Diagnostic:
    finding = judged.finding
    parts = [finding.message, site.site.message, finding.remedy]
    is_deprecated = judged.rule.name.startswith(_DEPRECATED)
    return types.Diagnostic(
        range=places.range(site.site.location),
        message="\n".join(visible(part) for part in parts if part),
        severity=_SEVERITIES[judged.severity],
        code=judged.rule.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Deprecated] if is_deprecated else None,
        related_information=[*_related(judged, site, places)],
        data={"id": site.id, "subject": finding.subject, "fix": bool(site.site.fix and site.site.fix.is_automatic)},
    )


def _related(judged: JudgedFinding, site: JudgedSite, places: Places) -> Iterator[types.DiagnosticRelatedInformation]:
    home = judged.finding.home
    if home is not None:
        said = visible(f"home: {home.symbol}, {home.reason}")
        yield types.DiagnosticRelatedInformation(places.location(home.location), said)
    for other in [each for each in judged.sites if each is not site][:_MOST_RELATED]:
        said = visible(other.site.message or other.site.symbol)
        yield types.DiagnosticRelatedInformation(places.location(other.site.location), said)
