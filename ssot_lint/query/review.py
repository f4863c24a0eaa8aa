"""What a change adds and what it breaks: the answer of ``ssot-lint check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from ssot_lint.model.finding import Home, Location, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.report import JudgedFinding, JudgedSite, Report, Status, UnreadFile
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.retirement import is_deprecated, is_retired_name
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.query.unread import missed

_MAY_FAIL = Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT


class Addition(msgspec.Struct, frozen=True):
    """A violation that was not there before the change."""

    finding: JudgedFinding
    site: JudgedSite


class Place(msgspec.Struct, frozen=True, order=True):
    """A definition: ``package.module:Name`` and where it stands."""

    symbol: str
    location: Location


class BrokenImport(msgspec.Struct, frozen=True, order=True):
    """An import of ``name`` from ``module`` (the module itself where ``name`` is empty) that worked before the change,
    when the file ``lost_by`` had it. ``now`` is where it is today: in the file that this was renamed to, else the
    definitions of that name that came with the change; a module has an empty name there. Where there is neither,
    ``namesakes`` has the only definition of that name that there is, and ``remedy`` is what a rule says."""

    location: Location
    module: str
    name: str
    lost_by: str
    now: tuple[Place, ...]
    namesakes: tuple[Place, ...] = ()
    remedy: str = ""


class Removal(msgspec.Struct, frozen=True):
    """What a change took away: by path of then the names that a module offered, and by path of then that of today."""

    offered: dict[str, frozenset[str]]
    renames: dict[str, str]


class Review(msgspec.Struct, frozen=True):
    """What is to be said of a change since ``against``: what is new in its ``files``, what it makes of other files
    (``elsewhere``), and the imports that it breaks. ``not_judged`` are its files that could not be read, ``unread`` the
    paths of the others in which there may be what is missing here. ``listed`` are further copies that are information
    only."""

    against: str
    added: tuple[Addition, ...]
    elsewhere: tuple[Addition, ...]
    broken: tuple[BrokenImport, ...]
    not_judged: tuple[UnreadFile, ...] = ()
    unread: tuple[str, ...] = ()
    listed: tuple[Addition, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to repair."""
        return not (self.added or self.elsewhere or self.broken)


def review(
    report: Report,
    files: Collection[str],
    broken: Iterable[BrokenImport],
    least: Severity | None,
    against: str,
    listed: Iterable[Addition] = (),
) -> Review:
    """The review of a change of ``files``, ``report`` being what a scan says that knows what was there before.

    Violations less severe than ``least`` are left out (None: all of them), and those that stand where an import is
    broken: one word on a line is enough.
    """
    broken = tuple(sorted(broken))
    told = {_line(each.location) for each in broken}
    remedies = {
        _line(judged.site.location): finding.finding.remedy for finding in report.findings for judged in finding.sites
    }
    new = [
        Addition(finding, judged)
        for finding in report.findings
        if least is not None and finding.severity.at_least(least)
        for judged in finding.sites
        if judged.status is Status.NEW and _line(judged.site.location) not in told
    ]
    copies = {_line(each.site.site.location) for each in new}
    broken = tuple(_advised(_without(each, copies), remedies.get(_line(each.location), "")) for each in broken)
    added = tuple(each for each in new if each.site.site.location.path in files)
    elsewhere = tuple(each for each in new if each.site.site.location.path not in files)
    found_in = {each.site.site.location.path for each in added}
    not_judged = tuple(each for each in report.unread if each.path in files and each.path not in found_in)
    others = missed(each for each in report.unread if each.path not in files)
    return Review(against, added, elsewhere, broken, not_judged, others, tuple(listed))


def further_copies(
    report: Report, is_new: Callable[[str, str], bool], body_of: Callable[[Home], str]
) -> Iterator[Addition]:
    """What of the information in a report are definitions that were not there before and have the body of another one:
    no baseline knows information. ``is_new`` is asked by path and qualified name, ``body_of`` gives the digest of what
    stands at a home."""
    for finding in report.findings:
        if finding.severity is not Severity.INFO or finding.rule.action is not Action.MERGE:
            continue
        copies = [each for each in finding.sites if each.status is Status.NEW and _is_new(each.site, is_new)]
        bodies = Counter(each.site.body for each in finding.sites)
        home = finding.finding.home
        if copies and home is not None:
            bodies[body_of(home)] += 1
        yield from (Addition(finding, each) for each in copies if each.site.body and bodies[each.site.body] > 1)


def _is_new(site: Site, is_new: Callable[[str, str], bool]) -> bool:
    return is_new(site.location.path, site.symbol.partition(":")[2])


def _line(location: Location) -> tuple[str, int]:
    return location.path, location.line


def _without(each: BrokenImport, copies: Collection[tuple[str, int]]) -> BrokenImport:
    """An import that is not led to what is a copy itself."""
    now = tuple(place for place in each.now if _line(place.location) not in copies)
    return msgspec.structs.replace(each, now=now)


def _advised(each: BrokenImport, remedy: str) -> BrokenImport:
    """An import of which nobody knows where it leads today has the advice of the rule that found it too."""
    return each if each.now or each.namesakes else msgspec.structs.replace(each, remedy=remedy)


def broken_imports(project: Project, removal: Removal) -> Iterator[BrokenImport]:
    """The imports that find nothing any more because of what was removed. Those that may fail are left out."""
    then = {today: old for old, today in removal.renames.items()}
    for use in project.imports:
        if use.resolution.outcome is not Outcome.MISSING or use.fact.guard & _MAY_FAIL:
            continue
        lost_by = _lost_by(project, use, removal, then)
        if lost_by:
            yield _broken(project, use, lost_by, removal.renames.get(lost_by, ""))


def _lost_by(project: Project, use: ImportReference, removal: Removal, then: dict[str, str]) -> str:
    """The file that offered before what ``use`` asks for; empty if none did."""
    name = use.fact.name or ""
    if use.source is not None:
        path = then.get(use.source.path, use.source.path)
        return path if name in removal.offered.get(path, ()) else ""
    dotted = project.resolver.index.absolute_name(use.importer, use.fact) or ""
    today = {module.path for module in project.modules}
    gone = [path for path in removal.offered if path not in today and _is_called(path, dotted)]
    return next((path for path in gone if name in ("", "*") or name in removal.offered[path]), "")


def _is_called(path: str, dotted: str) -> bool:
    """Whether a module at ``path`` can have a dotted name, counted from any folder."""
    parts = PurePosixPath(path).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    wanted = tuple(dotted.split("."))
    return parts[-len(wanted) :] == wanted


def _broken(project: Project, use: ImportReference, lost_by: str, renamed_to: str) -> BrokenImport:
    fact, name = use.fact, use.fact.name or ""
    dotted = project.resolver.index.absolute_name(use.importer, fact) or fact.module
    location = Location(use.importer.path, fact.line, fact.column, fact.end_line)
    wanted = "" if name == "*" else name
    new = map(_place, _new_definitions(project, wanted))
    now = _renamed(project, renamed_to, wanted) or sorted(new)
    return BrokenImport(location, dotted, wanted, lost_by, tuple(now), () if now else _namesakes(project, wanted))


def _renamed(project: Project, path: str, name: str) -> list[Place]:
    """What the module at ``path`` has under that name; the module itself where the name is empty."""
    module = next((module for module in project.modules if module.path == path), None)
    if module is None:
        return []
    if not name:
        return [Place(f"{module.name}:", Location(path, 1))]
    return [_place(symbol) for symbol in _top_level(module) if symbol.name == name]


def _namesakes(project: Project, name: str) -> tuple[Place, ...]:
    """The class or function of a name, if production code has one only."""
    known = [
        symbol
        for module in project.modules
        if name and module.zone is Zone.PRODUCTION and not is_retired_name(*module.name.split("."))
        for symbol in (*module.top_level_classes, *module.top_level_functions)
        if symbol.name == name and not is_deprecated(symbol)
    ]
    return (_place(known[0]),) if len(known) == 1 else ()


def _place(symbol: Symbol) -> Place:
    return Place(symbol.id, symbol.location)


def _new_definitions(project: Project, name: str) -> Iterator[Symbol]:
    for module in project.modules if name else ():
        yield from (symbol for symbol in _top_level(module) if symbol.name == name and project.is_new(symbol))


def _top_level(module: Module) -> Iterator[Symbol]:
    yield from module.top_level_classes
    yield from module.top_level_functions
    yield from module.variables
