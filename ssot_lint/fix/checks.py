"""What must hold after every change: a scan with the changed files is held against the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ssot_lint.fix.cycles import Imports, new_circles
from ssot_lint.fix.tasks import SiteKey, Task, site_key
from ssot_lint.model.edits import DeleteDefinition, DeleteFile, InsertDefinition
from ssot_lint.model.finding import Home, Severity
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.scan.scan import Scan
from ssot_lint.text.sanitize import visible


class Problem(NamedTuple):
    """What a change would break, as a clause, and the files that it is about."""

    reason: str
    paths: frozenset[str]


class Place(NamedTuple):
    """Where a rule finds something, and whether that is silenced."""

    code: str
    path: str
    symbol: str
    is_silenced: bool = False


class Relocation(NamedTuple):
    """A definition that stands in another file than before; symbols as findings name them."""

    old_path: str
    old_symbol: str
    path: str
    symbol: str

    def before(self, place: Place) -> Place:
        """Where a place was, if it is in the definition."""
        is_inside = place.path == self.path and f"{place.symbol}.".startswith(f"{self.symbol}.")
        symbol = self.old_symbol + place.symbol[len(self.symbol) :]
        return place._replace(path=self.old_path, symbol=symbol) if is_inside else place


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
    def listed(self) -> frozenset[SiteKey]:
        """What is listed only."""
        return frozenset(
            site_key(judged, each.site)
            for judged in self.scan.findings
            if judged.severity is Severity.INFO
            for each in judged.sites
        )

    @cached_property
    def places(self) -> Counter[Place]:
        """How often each rule finds something at a place."""
        return Counter(_place(judged, each) for judged in self.scan.findings for each in judged.sites)

    @cached_property
    def homes(self) -> Counter[Place]:
        """How often each rule takes a place for a home."""
        return Counter(home for judged in self.scan.findings if (home := _home_of(judged)) is not None)

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """The names of modules by path."""
        return {module.path: module.name for module in self.scan.project.modules}


def _place(judged: JudgedFinding, each: JudgedSite) -> Place:
    is_silenced = each.status is Status.SUPPRESSED
    return Place(judged.rule.code, each.site.location.path, each.site.symbol, is_silenced)


def _home_of(judged: JudgedFinding) -> Place | None:
    home = judged.finding.home
    return None if home is None else Place(judged.rule.code, home.location.path, home.symbol)


def relocations(after: State, tasks: Iterable[Task]) -> list[Relocation]:
    """The definitions that ``tasks`` have moved."""
    return [
        Relocation(
            edit.source_path,
            f"{edit.source_module}:{edit.name}",
            edit.path,
            f"{after.modules.get(edit.path, '')}:{edit.name}",
        )
        for task in tasks
        for edit in task.fix.edits
        if isinstance(edit, InsertDefinition)
    ]


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


def problems(before: State, after: State, tasks: Sequence[Task]) -> Iterator[Problem]:
    """What is worse than before ``tasks`` were done."""
    yield from _crashes(before.scan, after.scan)
    yield from _unparsable(before.scan, after.scan)
    yield from _new_findings(before, after, relocations(after, tasks))
    yield from _worse_findings(before, after)
    yield from _left_behind(before, tasks)
    for importer, target in new_circles(before.imports, after.imports):
        reason = f"{visible(importer)} would import {visible(target)}, which leads back to it"
        yield Problem(f"{reason}: move what both need to a third module", frozenset((importer, target)))


def _left_behind(before: State, tasks: Iterable[Task]) -> Iterator[Problem]:
    """What is deleted although a file that could not be read, and is not changed with the others, may use it."""
    edits = [each for task in tasks for each in task.fix.edits if isinstance(each, DeleteDefinition | DeleteFile)]
    unread = [module for module in before.scan.project.modules if module.is_opaque] if edits else []
    for edit in edits:
        names = [before.modules.get(edit.path, "").rpartition(".")[2]]
        if isinstance(edit, DeleteDefinition):
            names.append("" if edit.is_kept else edit.name.rpartition(".")[2])
        for module in unread:
            if all(names) and all(map(module.facts.mentions_name, names)):
                reason = f"{visible(module.path)}, which could not be read, may use {visible(names[-1])}"
                yield Problem(f"{reason} of {visible(edit.path)}", frozenset((edit.path,)))


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


def _new_findings(before: State, after: State, moved: Sequence[Relocation]) -> Iterator[Problem]:
    seen: Counter[Place] = Counter()
    for judged in after.scan.findings:
        # What was the home may be a site of the same thing now, where nothing has joined it.
        homes = before.homes if _has_known_home(before, judged, moved) else Counter[Place]()
        for each in judged.sites:
            place = _before(_place(judged, each), moved)
            seen[place] += 1
            if before.sites[site_key(judged, each.site)] or seen[place] <= before.places[place] + homes[place]:
                continue
            paths = frozenset((each.site.location.path, *judged.finding.rests_on, *_home(judged.finding.home)))
            where = f"{visible(each.site.location.path)}:{each.site.location.line}"
            yield Problem(f"it would bring {judged.rule.code} in {where}: {visible(judged.finding.message)}", paths)


def _worse_findings(before: State, after: State) -> Iterator[Problem]:
    """What was listed only, and would be a violation while nobody has touched it."""
    for judged in after.scan.findings:
        for each in judged.sites if judged.severity is not Severity.INFO else ():
            if site_key(judged, each.site) in before.listed:
                path = each.site.location.path
                what = f"{judged.rule.code} in {visible(path)}:{each.site.location.line}"
                yield Problem(f"{what}, which is only listed now, would be a violation: fix both", frozenset((path,)))


def _has_known_home(before: State, judged: JudgedFinding, moved: Sequence[Relocation]) -> bool:
    home = _home_of(judged)
    known = None if home is None else _before(home, moved)
    return known is None or bool(before.homes[known] or before.places[known])


def _before(place: Place, moved: Sequence[Relocation]) -> Place:
    """Where a place was."""
    for each in moved:
        place = each.before(place)
    return place


def _home(home: Home | None) -> Sequence[str]:
    return () if home is None else (home.location.path,)
