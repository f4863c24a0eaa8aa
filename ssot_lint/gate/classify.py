"""From what the rules found to what a report lists: severity, status, fingerprint and id of each site, in order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ssot_lint.baseline.entry import BaselineEntry, entries_of, finding_order, site_order
from ssot_lint.baseline.hints import hint
from ssot_lint.baseline.matching import Match, match
from ssot_lint.baseline.present import NOTHING_KNOWN, Present
from ssot_lint.baseline.reference import Reference
from ssot_lint.gate.causes import by_cause, is_information
from ssot_lint.gate.components import owns
from ssot_lint.gate.suppressions import Suppressions
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.record import Suppression
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.text.path_lists import about

FINGERPRINT_BYTES = 8
SHORTEST_ID = 4
"""Hex digits of a fingerprint in the id of a site, as long as they tell it apart."""


class Classified(NamedTuple):
    """Findings as a report lists them, the entries of the baseline that know none of their sites, and how many
    violations there would be more if the configuration ignored no paths."""

    findings: list[JudgedFinding]
    stale: tuple[BaselineEntry, ...]
    ignored: int


def classify(
    found: Iterable[tuple[ActiveRule, Finding]],
    components: Sequence[Component],
    suppressions: Suppressions,
    reference: Reference | None,
    present: Present = NOTHING_KNOWN,
) -> Classified:
    """Settle severity, standing and identity of all findings, and sort them as a report is sorted.

    Sites in files that the configuration ignores for the rule are dropped, what a stronger finding says already
    (:func:`~ssot_lint.gate.causes.by_cause`), and findings without sites. The baseline of
    ``reference`` is matched with all sites, but those that a comment silences stay suppressed, and an inventory is
    never baselined. ``present`` tells what became of the rest.
    """
    found = tuple(found)
    kept = _settled((active, _with_counted_sites(active, finding)) for active, finding in found)
    entries = entries_of([finding for _, finding in kept])
    identities, stale = _identified([entry for group in entries for entry in group], reference, present)
    following = iter(identities)
    judged = []
    for active, finding in kept:
        owners = [component for component in components if owns(component, finding)]
        severity = _severity(active, finding, owners)
        sites = tuple(
            _status_of(site, next(following), severity, suppressions.silencing(finding, site)) for site in finding.sites
        )
        names = tuple(component.name for component in owners)
        judged.append(JudgedFinding(finding, active.info, severity, sites, names))
    judged.sort(key=lambda each: (each.severity.rank, each.finding.code, each.finding.subject))
    return Classified(judged, stale, _ignored(found))


class _Identity(NamedTuple):
    """A site told apart from all others, and whether the baseline knows it."""

    fingerprint: str
    id: str
    is_known: bool = False
    hint: str = ""


def _identified(
    entries: Sequence[BaselineEntry], reference: Reference | None, present: Present
) -> tuple[list[_Identity], tuple[BaselineEntry, ...]]:
    """What each of ``entries`` is, and what of the baseline is none of them."""
    fingerprints = [(entry.rule, _fingerprint(entry)) for entry in entries]
    ids = _ids(fingerprints)
    identities = [_Identity(digest, ids[code, digest]) for code, digest in fingerprints]
    if reference is None:
        return identities, ()
    matches, stale = match(entries, reference.baseline, reference.renames, present)
    pairs = zip(identities, matches, strict=True)
    recognised = [_recognised(identity, each, reference) for identity, each in pairs]
    return [
        identity._replace(is_known=True, hint="") if (entry.key, entry.body) in reference.listed else identity
        for identity, entry in zip(recognised, entries, strict=True)
    ], stale


def _recognised(identity: _Identity, found: Match, reference: Reference) -> _Identity:
    is_known = found.entry is not None and not found.entry.is_expired(reference.today)
    return identity._replace(is_known=is_known, hint=hint(found, identity.id, reference))


def _status_of(site: Site, identity: _Identity, severity: Severity, silencing: Sequence[Suppression]) -> JudgedSite:
    if silencing:
        return JudgedSite(site, Status.SUPPRESSED, identity.fingerprint, identity.id, silencing[0])
    if severity is Severity.INFO:
        return JudgedSite(site, Status.NEW, identity.fingerprint, identity.id)
    status = Status.BASELINED if identity.is_known else Status.NEW
    return JudgedSite(site, status, identity.fingerprint, identity.id, hint=identity.hint)


def _settled(found: Iterable[tuple[ActiveRule, Finding]]) -> list[tuple[ActiveRule, Finding]]:
    """What has sites, in order, without what a stronger finding says already."""
    return by_cause(sorted((pair for pair in found if pair[1].sites), key=lambda pair: finding_order(pair[1])))


def _ignored(found: Sequence[tuple[ActiveRule, Finding]]) -> int:
    """How many violations stand in paths that the configuration ignores for their rule."""
    if all(active.ignored_paths is None for active, _ in found):
        return 0
    return sum(
        _is_ignored(active, site)
        for active, finding in _settled(found)
        if not is_information(active, finding)
        for site in finding.sites
    )


def _is_ignored(active: ActiveRule, site: Site) -> bool:
    return active.ignored_paths is not None and active.ignored_paths.covers(site.location.path)


def _with_counted_sites(active: ActiveRule, finding: Finding) -> Finding:
    sites = sorted((site for site in finding.sites if not _is_ignored(active, site)), key=site_order)
    kept = list(dict.fromkeys(site.location.path for site in sites))
    remedy = about(finding.remedy, kept, {site.location.path for site in finding.sites}.difference(kept))
    return msgspec.structs.replace(finding, sites=tuple(sites), remedy=remedy)


def _severity(active: ActiveRule, finding: Finding, owners: Sequence[Component]) -> Severity:
    """The configured severity, else the finding's own, else the rule's; critical if one of its ``owners`` is.

    An inventory stays one: a component cannot make it a violation.
    """
    severity = active.severity or finding.severity or active.info.severity
    is_critical = any(component.critical for component in owners)
    return Severity.CRITICAL if is_critical and severity is not Severity.INFO else severity


def _fingerprint(entry: BaselineEntry) -> str:
    """A hash of what a site is, not of where its lines are."""
    text = "\0".join(entry.key).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=FINGERPRINT_BYTES).hexdigest()


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
