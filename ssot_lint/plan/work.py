"""What it takes to resolve a finding: which definitions go, whose imports move, which files change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, JudgedSite
from ssot_lint.plan.addresses import Addresses, qualname
from ssot_lint.plan.titles import gathering_title, import_title, joint_title, merge_title, remedy_title, rewrite_title
from ssot_lint.project.project import site_of
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol


@dataclass(frozen=True)
class Work:
    """Findings of one cause as work. ``sites`` are those to be dealt with, ``delete`` the definitions among them that
    go, ``importers`` the paths of the files whose imports move, sorted, ``files`` the paths of all files touched.
    ``new_files`` is the number of those whose paths are not known yet."""

    judged: Sequence[JudgedFinding]
    sites: Sequence[JudgedSite]
    title: str
    delete: Sequence[Symbol]
    importers: Sequence[str]
    files: frozenset[str]
    new_files: int = 0

    @property
    def cost(self) -> int:
        """How many files it touches."""
        return len(self.files) + self.new_files

    @property
    def severity(self) -> Severity:
        """That of its worst finding."""
        return min((each.severity for each in self.judged), key=lambda severity: severity.rank)


def joined(works: Sequence[Work]) -> Work:
    """Works of one cause, at least one, as one."""
    if len(works) == 1:
        return works[0]
    importers = sorted({path for work in works for path in work.importers})
    files = frozenset[str]().union(*(work.files for work in works))
    return Work(
        judged=[judged for work in works for judged in work.judged],
        sites=[site for work in works for site in work.sites],
        title=joint_title(
            [judged.finding for work in works for judged in work.judged],
            [symbol for work in works for symbol in work.delete],
            len(files),
        ),
        delete=[symbol for work in works for symbol in work.delete],
        importers=importers,
        files=files,
        new_files=max(work.new_files for work in works),
    )


def work_of(judged: JudgedFinding, judged_sites: Sequence[JudgedSite], addresses: Addresses) -> Work:
    """What the action of the finding's rule means for some of its sites, at least one.

    An edit touches the files of the sites, and those that the finding says may have to follow; rewriting the
    imports those of the sites. Moving imports touches the importers, and the sites but for those that only import
    the home under its own name, for themselves too. A merge touches sites and importers, and the home's file if a
    copy's body differs from the home's, which then has something to take over, or if the home is nested, where
    nobody can import it. Where the home does not stay either, its file, its importers and the file that takes it in
    are touched too.
    """
    if judged.rule.action is Action.MERGE:
        return _merge(judged, judged_sites, addresses)
    if judged.rule.action is Action.MOVE_IMPORTS:
        return _move(judged, judged_sites, addresses)
    if judged.rule.action is Action.REWRITE_IMPORTS:
        return _rewrite(judged, judged_sites)
    sites = [each.site for each in judged_sites]
    files = _paths(sites).union(judged.finding.also_changes)
    return Work((judged,), judged_sites, remedy_title(judged.finding), (), (), files)


def _merge(judged: JudgedFinding, judged_sites: Sequence[JudgedSite], addresses: Addresses) -> Work:
    finding, sites = judged.finding, [each.site for each in judged_sites]
    found = {site: symbol for site in sites if (symbol := addresses.definition(site)) is not None}
    delete = list(found.values())
    if finding.home is not None and not finding.home_stays:
        return _gathering(judged, judged_sites, finding.home, delete, addresses)
    importers = _importers([use for site in found for use in addresses.uses(site)])
    files = _paths(sites).union(importers, _changed_home(finding, delete, addresses))
    title = merge_title(finding, delete, is_for_heirs=_takes_methods(finding.home, delete, addresses))
    return Work((judged,), judged_sites, title, delete, importers, files)


def _gathering(
    judged: JudgedFinding,
    judged_sites: Sequence[JudgedSite],
    home: Home,
    delete: Sequence[Symbol],
    addresses: Addresses,
) -> Work:
    """Everything, the home too, goes to a place of its own."""
    places: list[Home | Site] = [home, *(each.site for each in judged_sites)]
    importers = _importers([use for place in places for use in addresses.uses(place)])
    paths = frozenset(place.location.path for place in places)
    # What stands in one file already is brought together there.
    is_new = len(paths) > 1
    title = gathering_title(judged.finding, home, delete)
    return Work((judged,), judged_sites, title, delete, importers, paths.union(importers), int(is_new))


def _move(judged: JudgedFinding, judged_sites: Sequence[JudgedSite], addresses: Addresses) -> Work:
    finding, sites = judged.finding, [each.site for each in judged_sites]
    uses = [use for site in sites for use in addresses.uses(site)]
    importers = _importers(uses)
    home = finding.home
    if home is None or not _lead_home(uses, home, sites, addresses):
        return Work((judged,), judged_sites, remedy_title(finding), (), importers, _paths(sites).union(importers))
    changed = [site for site in sites if not _stays(site, home, addresses)]
    title = import_title(finding, home, sites, len(importers))
    return Work((judged,), judged_sites, title, (), importers, _paths(changed).union(importers))


def _rewrite(judged: JudgedFinding, judged_sites: Sequence[JudgedSite]) -> Work:
    paths = _paths([each.site for each in judged_sites])
    title = rewrite_title(judged.finding, len(paths))
    return Work((judged,), judged_sites, title, (), sorted(paths), paths)


def _importers(uses: Sequence[ImportReference]) -> list[str]:
    return sorted({use.importer.path for use in uses})


def _paths(sites: Sequence[Site]) -> frozenset[str]:
    return frozenset(site.location.path for site in sites)


def _changed_home(finding: Finding, copies: Sequence[Symbol], addresses: Addresses) -> Sequence[str]:
    """The path of the home if a merge changes it."""
    home = finding.home
    original = None if home is None else addresses.definition(home)
    if original is None or finding.sites_unused:
        return ()
    is_nested = original.qualname != original.name
    changes = (
        is_nested or _takes_methods(home, copies, addresses) or any(_body(copy) != _body(original) for copy in copies)
    )
    return (original.module.path,) if changes else ()


def _takes_methods(home: Home | None, copies: Sequence[Symbol], addresses: Addresses) -> bool:
    """Whether the home is a class that is to have what are methods elsewhere."""
    original = None if home is None else addresses.definition(home)
    return isinstance(original, ClassSymbol) and all(isinstance(copy, FunctionSymbol) for copy in copies)


def _body(symbol: Symbol) -> str:
    return site_of(symbol, "").body


def _lead_home(uses: Sequence[ImportReference], home: Home, sites: Sequence[Site], addresses: Addresses) -> bool:
    """Whether importers are to import the home: not if what they get through a site is a third thing."""
    if not qualname(home):
        return bool(uses)
    known = (None, addresses.definition(home), *map(addresses.definition, sites))
    return bool(uses) and all(use.resolution.symbol in known for use in uses)


def _stays(site: Site, home: Home, addresses: Addresses) -> bool:
    return qualname(site) == qualname(home) != "" and addresses.definition(site) is None
