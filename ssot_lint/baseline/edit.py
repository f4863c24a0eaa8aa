"""What the commands do to a baseline. Nothing here reads or writes a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from ssot_lint.baseline.entry import Baseline, BaselineEntry, entries_of, is_kept, union
from ssot_lint.baseline.matching import match
from ssot_lint.baseline.present import Present
from ssot_lint.baseline.reference import Reference
from ssot_lint.errors import UsageError
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.text.suggest import suggestion
from ssot_lint.text.wording import listed

_AS_THE_SCAN_SAW = Present(has_file=lambda _: False, has_name=lambda _: False, has_class=lambda _: True)
"""For what a scan has called known, because it saw that the old file or class is gone."""


class Difference(NamedTuple):
    """What became of a baseline. ``changed`` are entries that know the same violation, before and after: it has moved
    or was edited, or its reason or last day is another one."""

    added: tuple[BaselineEntry, ...]
    removed: tuple[BaselineEntry, ...]
    changed: tuple[tuple[BaselineEntry, BaselineEntry], ...]


class _Pair(NamedTuple):
    """A violation as an entry of today, and the one that knows it. ``is_kept``: it belongs in a baseline."""

    site: JudgedSite
    now: BaselineEntry
    known: BaselineEntry | None
    is_kept: bool


def updated(reference: Reference, findings: Sequence[JudgedFinding]) -> Baseline:
    """The baseline that knows all violations of a scan: new ones added, moved ones under their new sites.

    Entries that are over start anew, without reason and end. Entries that know no violation of the scan stay.
    """
    pairs, stale = _paired(reference, findings)
    kept = []
    for pair in pairs:
        if pair.is_kept and (pair.known is None or pair.known.is_expired(reference.today)):
            kept.append(pair.now)
        elif pair.known is not None:
            kept.append(_where_it_is(pair.now, pair.known))
    return union([*stale, *kept])


def pruned(reference: Reference, findings: Sequence[JudgedFinding]) -> Baseline:
    """The baseline without the entries that no violation of the scan needs: what they knew is gone, silenced by a
    comment, or an inventory now. What has moved stands under its new site.

    What was not looked at is not gone: ask :class:`ssot_lint.baseline.coverage.Coverage` first.
    """
    pairs, _ = _paired(reference, findings)
    return union(_where_it_is(pair.now, pair.known) for pair in pairs if pair.known is not None and pair.is_kept)


def accepted(
    reference: Reference, findings: Sequence[JudgedFinding], ids: Sequence[str], reason: str, until: date | None
) -> Baseline:
    """The baseline that also knows the violations with these ids, with the reason and the last day given. What has
    moved stands under its new site.

    An id may be longer or shorter than reports write it, as long as it means one violation. Raises UsageError if it
    does not, or if a baseline has no place for what it means, and for a last day that is over.
    """
    if until is not None and until < reference.today:
        raise UsageError(f"{until} is over", "Name a later day")
    pairs, stale = _paired(reference, findings)
    chosen = {pair.now.key: pair.now for pair in (_chosen(id_, pairs) for id_ in ids)}
    kept = [
        _where_it_is(pair.now, pair.known) for pair in pairs if pair.known is not None and pair.now.key not in chosen
    ]
    return union([*stale, *kept, *(msgspec.structs.replace(e, reason=reason, until=until) for e in chosen.values())])


def difference(old: Baseline, new: Baseline, renames: Mapping[str, str]) -> Difference:
    """What it takes to get from one baseline to another. ``renames`` maps paths of the time of ``old`` to those of
    ``new``: a violation that only moved is neither added nor removed."""
    matches, stale = match(new.entries, old, renames)
    pairs = [(each.entry, entry) for each, entry in zip(matches, new.entries, strict=True)]
    return Difference(
        added=tuple(entry for known, entry in pairs if known is None),
        removed=stale,
        changed=tuple((known, entry) for known, entry in pairs if known is not None and known != entry),
    )


def _where_it_is(now: BaselineEntry, known: BaselineEntry) -> BaselineEntry:
    """``known`` as it is to be written today: git tells of a move only until the baseline is committed again."""
    return msgspec.structs.replace(now, reason=known.reason, until=known.until)


def _paired(
    reference: Reference, findings: Sequence[JudgedFinding]
) -> tuple[Sequence[_Pair], tuple[BaselineEntry, ...]]:
    """Every site of a scan with its entries, and the entries that know none of them."""
    sites = list(_sites(findings))
    matches, stale = match([entry for _, entry, _ in sites], reference.baseline, reference.renames)
    known = {at: each.entry for at, each in enumerate(matches) if each.entry is not None}
    left = [at for at, (site, _, _) in enumerate(sites) if at not in known and site.status is Status.BASELINED]
    if left:
        found, stale = match([sites[at][1] for at in left], Baseline(stale), reference.renames, _AS_THE_SCAN_SAW)
        known |= {at: each.entry for at, each in zip(left, found, strict=True) if each.entry is not None}
    return [_Pair(site, now, known.get(at), kept) for at, (site, now, kept) in enumerate(sites)], stale


def _sites(findings: Sequence[JudgedFinding]) -> Iterator[tuple[JudgedSite, BaselineEntry, bool]]:
    for finding, entries in zip(findings, entries_of([each.finding for each in findings]), strict=True):
        for site, entry in zip(finding.sites, entries, strict=True):
            yield site, entry, is_kept(finding, site)


def _chosen(id_: str, pairs: Collection[_Pair]) -> _Pair:
    found = [pair for pair in pairs if f"{pair.now.rule}-{pair.site.fingerprint}".startswith(id_)]
    exact = [pair for pair in found if pair.site.id == id_] or found
    if not exact:
        known = [pair.site.id for pair in pairs]
        raise UsageError(f'no violation has the id "{id_}"', suggestion(id_, known, "`ssot-lint scan` prints the ids"))
    if len(exact) > 1:
        several = listed([pair.site.id for pair in exact])
        raise UsageError(f'"{id_}" is the id of several violations', f"Choose from {several}")
    if not exact[0].is_kept:
        raise UsageError(f"{id_} fails no scan", "It is silenced by a comment, or an inventory")
    return exact[0]
