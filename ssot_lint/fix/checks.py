"""What must hold after every change: a scan with the changed files is held against the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ssot_lint.fix.cycles import Imports, new_circles
from ssot_lint.fix.tasks import SiteKey, Task, site_key
from ssot_lint.model.finding import Home
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.scan.scan import Scan
from ssot_lint.text.sanitize import visible


class Problem(NamedTuple):
    """What a change would break, as a clause, and the files that it is about."""

    reason: str
    paths: frozenset[str]


class State:
    """A scan, and what checks ask of it."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.scan.project)

    @cached_property
    def sites(self) -> Counter[SiteKey]:
        """How often each violation is found."""
        return Counter(site_key(judged, each.site) for judged in self.scan.findings for each in judged.sites)

    @cached_property
    def places(self) -> Counter[tuple[str, str, str, bool]]:
        """How often each rule finds something at a place, and whether that is silenced."""
        return Counter(_place(judged, each) for judged in self.scan.findings for each in judged.sites)


def _place(judged: JudgedFinding, each: JudgedSite) -> tuple[str, str, str, bool]:
    return judged.rule.code, each.site.location.path, each.site.symbol, each.status is Status.SUPPRESSED


def remaining(before: State, after: State, tasks: Iterable[Task]) -> list[Task]:
    """Those of the tasks whose violation is still found."""
    done = [task for task in tasks if not task.fix.leaves_site]
    counts = Counter(_without_body(task.key) for task in done)
    were, are = _counted(before), _counted(after)
    left = {key for key, count in counts.items() if are[key] > were[key] - count}
    return [task for task in done if _without_body(task.key) in left]


def _counted(state: State) -> Counter[SiteKey]:
    found: Counter[SiteKey] = Counter()
    for key, count in state.sites.items():
        found[_without_body(key)] += count
    return found


def _without_body(key: SiteKey) -> SiteKey:
    """A violation by its place alone: what stands around it changes with it."""
    return key._replace(body="")


def problems(before: State, after: State) -> Iterator[Problem]:
    """What is worse than before."""
    yield from _crashes(before.scan, after.scan)
    yield from _unparsable(before.scan, after.scan)
    yield from _new_findings(before, after)
    for importer, target in new_circles(before.imports, after.imports):
        reason = f"{visible(importer)} would import {visible(target)}, which leads back to it"
        yield Problem(f"{reason}: move what both need to a third module", frozenset((importer, target)))


def _crashes(before: Scan, after: Scan) -> Iterator[Problem]:
    """A rule that crashed finds nothing, which proves nothing."""
    known = {crash.diagnostic.message for crash in before.checked.crashes}
    for crash in after.checked.crashes:
        if crash.diagnostic.message not in known:
            yield Problem(visible(crash.diagnostic.message), frozenset())


def _unparsable(before: Scan, after: Scan) -> Iterator[Problem]:
    known = {source.path for source, _ in before.project.failures}
    for source, failure in after.project.failures:
        if source.path not in known:
            yield Problem(f"{visible(source.path)} could not be parsed: {failure.reason}", frozenset((source.path,)))


def _new_findings(before: State, after: State) -> Iterator[Problem]:
    seen: Counter[tuple[str, str, str, bool]] = Counter()
    for judged in after.scan.findings:
        for each in judged.sites:
            place = _place(judged, each)
            seen[place] += 1
            if before.sites[site_key(judged, each.site)] or seen[place] <= before.places[place]:
                continue
            paths = frozenset((each.site.location.path, *judged.finding.rests_on, *_home(judged.finding.home)))
            where = f"{visible(each.site.location.path)}:{each.site.location.line}"
            yield Problem(f"it would bring {judged.rule.code} in {where}: {visible(judged.finding.message)}", paths)


def _home(home: Home | None) -> Sequence[str]:
    return () if home is None else (home.location.path,)
