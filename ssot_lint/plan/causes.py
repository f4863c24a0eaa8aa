"""Which findings have one cause, so that a team takes them in one go: the same two files, the same detour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from ssot_lint.model.finding import Finding, Home, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding
from ssot_lint.plan.addresses import qualname
from ssot_lint.text.wording import listed


def by_cause(findings: Iterable[tuple[JudgedFinding, Sequence[Site]]]) -> list[list[int]]:
    """The indices of findings, each with those of its sites that count, by cause, in order.

    Merges between the same classes, or the top levels of the same files, are one piece of work; so are the imports that
    leave the same modules. Every other finding is a cause of its own.
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at, (judged, sites) in enumerate(findings):
        cause = _cause(judged, sites)
        groups[at if cause is None else cause].append(at)
    return list(groups.values())


def detours(finding: Finding) -> list[str]:
    """The modules that a finding about imports wants to be left, by its evidence; empty where that names none."""
    rewrites = finding.evidence.get("rewrites")
    rows = rewrites if isinstance(rewrites, list) else []
    return sorted({old for row in rows if isinstance(row, dict) and isinstance(old := row.get("old"), str) and old})


def detours_named(finding: Finding) -> str:
    """The modules to leave, as a list in a sentence."""
    return listed([f"`{name}`" for name in detours(finding)])


def _cause(judged: JudgedFinding, sites: Sequence[Site]) -> Hashable:
    """What tells the cause from others; None for one of its own."""
    finding = judged.finding
    if judged.rule.action is Action.MERGE and finding.home is not None:
        return finding.home_stays, _around(finding.home), frozenset(map(_around, sites))
    if judged.rule.action is Action.REWRITE_IMPORTS and (left := detours(finding)):
        return judged.rule.code, *left
    return None


def _around(place: Home | Site) -> tuple[str, str]:
    """The file, and the class in it that the place lies in."""
    return place.location.path, qualname(place).rpartition(".")[0]
