"""From what the rules found to what the gate says: severities, fingerprints, order, verdict."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from ssot_lint.components import owns
from ssot_lint.config.settings import FailLevel
from ssot_lint.errors import ExitCode
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.record import Suppression
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, Status
from ssot_lint.selection import ActiveRule
from ssot_lint.suppress import Suppressions

FINGERPRINT_BYTES = 8
SHORTEST_ID = 4
"""Hex digits of a fingerprint in the id of a site, as long as they tell it apart."""

RULE_CRASHED = "rule-crashed"
"""The kind of the diagnostic that makes a run end with ExitCode.INTERNAL."""


@dataclass(frozen=True)
class Verdict:
    """How the run ends, and why when it does not end well: one short clause per reason."""

    exit_code: ExitCode
    reasons: tuple[str, ...]


def judge(
    found: Iterable[tuple[ActiveRule, Finding]], components: Sequence[Component], suppressions: Suppressions
) -> list[JudgedFinding]:
    """Settle severity, standing and identity of all findings, and sort them as a report is sorted.

    Sites in files that the configuration ignores for the rule are dropped, and findings without sites.
    """
    kept = [(active, _with_counted_sites(active, finding)) for active, finding in found]
    kept = sorted((pair for pair in kept if pair[1].sites), key=_identity_order)
    fingerprints = _fingerprints(finding for _, finding in kept)
    ids = _ids(fingerprints)
    identities = iter(fingerprints)
    judged = []
    for active, finding in kept:
        sites = tuple(
            _judged(site, digest, ids[code, digest], suppressions.silencing(finding, site))
            for site, (code, digest) in zip(finding.sites, islice(identities, len(finding.sites)), strict=True)
        )
        owners = [component for component in components if owns(component, finding)]
        names = tuple(component.name for component in owners)
        judged.append(JudgedFinding(finding, active.info, _severity(active, finding, owners), sites, names))
    return sorted(judged, key=lambda each: (each.severity.rank, each.finding.code, each.finding.subject))


def decide(report: Report, fail_level: FailLevel, fail_under: float) -> Verdict:
    """The verdict on a report. A crashed rule outweighs a failed gate: what it would have found is unknown."""
    reasons = []
    if failing := _failing(report, fail_level):
        noun = "violation" if failing == 1 else "violations"
        reasons.append(f"{failing} new {noun} of severity {fail_level.value} or worse")
    if report.score.value < fail_under:
        shown = math.floor(report.score.value * 100) / 100  # down, or 79.999 reads as 80 is under 80
        reasons.append(f"score {shown:.2f} is under {fail_under:g}")
    if any(diagnostic.kind == RULE_CRASHED for diagnostic in report.diagnostics):
        return Verdict(ExitCode.INTERNAL, tuple(reasons))
    return Verdict(ExitCode.GATE_FAILED if reasons else ExitCode.OK, tuple(reasons))


def _judged(site: Site, digest: str, id_: str, silencing: Sequence[Suppression]) -> JudgedSite:
    if silencing:
        return JudgedSite(site, Status.SUPPRESSED, digest, id_, silencing[0])
    return JudgedSite(site, Status.NEW, digest, id_)


def _failing(report: Report, fail_level: FailLevel) -> int:
    limit = fail_level.severity
    return sum(
        site.status is Status.NEW
        for finding in report.findings
        if limit is not None and finding.severity.at_least(limit)
        for site in finding.sites
    )


def _with_counted_sites(active: ActiveRule, finding: Finding) -> Finding:
    ignored = active.ignored_paths
    sites = [site for site in finding.sites if ignored is None or not ignored.match_file(site.location.path)]
    return msgspec.structs.replace(finding, sites=tuple(sorted(sites, key=_site_order)))


def _site_order(site: Site) -> tuple[Location, str]:
    return site.location, site.symbol


def _identity_order(pair: tuple[ActiveRule, Finding]) -> tuple[str, str, list[tuple[Location, str]]]:
    """Findings that share a subject are numbered by where they stand, so that their order is theirs alone."""
    _, finding = pair
    return finding.code, finding.subject, [_site_order(site) for site in finding.sites]


def _severity(active: ActiveRule, finding: Finding, owners: Sequence[Component]) -> Severity:
    """The configured severity, else the finding's own, else the rule's; critical if one of its ``owners`` is.

    An inventory stays one: a component cannot make it a violation.
    """
    severity = active.severity or finding.severity or active.info.severity
    is_critical = any(component.critical for component in owners)
    return Severity.CRITICAL if is_critical and severity is not Severity.INFO else severity


def _fingerprints(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Code and fingerprint of every site: a hash of what it is, not of where its lines are.

    Sites that are the same in all that counts are numbered in the order they stand in.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    fingerprints = []
    for finding in findings:
        for site in finding.sites:
            qualname = site.symbol.rpartition(":")[2]
            key = (finding.code, finding.subject, f"{site.location.path}::{qualname}")
            text = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
            seen[key] += 1
            digest = hashlib.blake2b(text, digest_size=FINGERPRINT_BYTES).hexdigest()
            fingerprints.append((finding.code, digest))
    return fingerprints


def _ids(fingerprints: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """``CODE-xxxx`` for each fingerprint: its first digits, as many as tell it apart from its rule's others."""
    ids: dict[tuple[str, str], str] = {}
    pending = set(fingerprints)
    length = SHORTEST_ID
    while pending:
        shared = Counter((code, digest[:length]) for code, digest in pending)
        for code, digest in pending:
            if shared[code, digest[:length]] == 1 or length == 2 * FINGERPRINT_BYTES:
                ids[code, digest] = f"{code}-{digest[:length]}"
        pending -= ids.keys()
        length += 1
    return ids
