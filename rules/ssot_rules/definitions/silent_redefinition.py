"""SSOT150: the second definition of a name replaces the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.edits import DeleteDefinition, DropImport, Fix, Safety
from ssot_lint.model.facts import Import
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.retirement import is_retired_name
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.evidence import TEXT_LINES
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import manual
from ssot_rules.analysis.imports import is_only_read
from ssot_rules.definitions._redefinitions import Place, Redefinition, redefinitions

_EFFECTIVE = "the last definition is the one that takes effect"
_DIFFERENT = "the definitions differ: decide which of them is meant"


@dataclass(frozen=True)
class SilentRedefinition(Rule):
    """A name is defined twice in one scope, and the second definition silently replaces the first.

    Why:
        The first definition never takes effect, but reads as if it did: fixes go into dead code, and of two tests
        of one name only the second runs. A constant that gets another literal, and a name that is imported from
        two places, are what a merge leaves behind. Overloads, property accessors, registered functions and
        alternatives under ``if`` and ``try`` are exempt, and so are what is used before it is replaced, and files that
        nothing imports where tests are there to read them, or their path says that they are past. A repeat word
        for word harms nobody but readers: it is low. One thing imported twice, also from a package and from a module
        within it, is for linters. Double imports and constants in tests are information. Several
        names in one class or module are one finding.

    Bad:
        # shop/tariff.py
        class Tariff:
            def rate(self, zone):
                return self.rates[zone]

            def zones(self):
                return sorted(self.rates)

            def rate(self, zone, weight):
                return self.rates[zone] * weight

    Good:
        # shop/tariff.py
        class Tariff:
            def rate(self, zone):
                return self.rates[zone]

            def zones(self):
                return sorted(self.rates)

            def rate_by_weight(self, zone, weight):
                return self.rates[zone] * weight

    Fix:
        Read both: the one that never takes effect may be the right one. Keep what is right, delete the other or give
        it a name of its own. Of two imports the one from where the name is defined stays.
    """

    code: ClassVar[str] = "SSOT150"
    name: ClassVar[str] = "silent-redefinition"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        repeats: dict[tuple[str, ...], list[Redefinition]] = defaultdict(list)
        for found in project.in_modules(self._found_in):
            for group in _by_scope([each for each in found if not each.is_verbatim]):
                yield _finding(group[0]) if len(group) == 1 else _scope_finding(group)
            verbatim = [each for each in found if each.is_verbatim]
            if verbatim:
                repeats[tuple(sorted({each.last.snippet for each in verbatim}))] += verbatim
        yield from map(_repeat_finding, repeats.values())

    def _found_in(self, project: Project, module: Module) -> tuple[tuple[Redefinition, ...], ...]:
        is_judged = self.applies_to(module) and not module.source.is_stub and not _is_only_kept(project, module)
        found = tuple(redefinitions(project, module)) if is_judged else ()
        return (found,) if found else ()


def _is_only_kept(project: Project, module: Module) -> bool:
    """Whether nothing imports a file that tests are there to read, or that calls itself past by its path."""
    is_past = is_retired_name(module.path) and not project.importers_of_module(module)
    return is_past or is_only_read(project, module)


def _by_scope(found: Sequence[Redefinition]) -> list[list[Redefinition]]:
    """What is replaced in one class or module together, imports apart: one block was put in twice. Of an import that is
    passed on the way out is another."""
    groups: dict[tuple[int, bool, str], list[Redefinition]] = defaultdict(list)
    for each in found:
        groups[each.last.scope, each.is_import, each.last.name if each.origin else ""].append(each)
    return list(groups.values())


def _scope_finding(group: Sequence[Redefinition]) -> Finding:
    """One finding for several names that are defined again in one class or module."""
    last, lost = group[0].last, [place for each in group for place in each.lost]
    names = listed([f"`{each.last.name}`" for each in group])
    around = last.qualname.rpartition(".")[0]
    where = f"`{around}` in {last.module.path}" if around else last.module.path
    how = "imported" if group[0].is_import else "defined"
    replaced = listed([f":{each.lost[0].line} by :{each.last.line}" for each in group])
    return SilentRedefinition.finding(
        subject=f"{last.module.name}:{around}" if around else last.module.name,
        message=f"{counted(len(group), 'name')} {how} more than once in {where}: {names}; replaced are {replaced}",
        remedy=(
            f"Decide for each of {names} in {where} which one is meant: Python uses the last. Give the others names of "
            "their own, or keep what is right of them and delete them"
        ),
        home=last.home(_EFFECTIVE),
        sites=tuple(place.site(_site_message(each, place), _fix(each)) for each in group for place in each.lost),
        evidence={
            "text": [f"{place.module.path}:{place.line} defines `{place.qualname}`" for place in lost],
            "lost": [place.line for place in lost],
            "effective": [each.last.line for each in group],
        },
        severity=_severity(group),
    )


def _severity(group: Sequence[Redefinition]) -> Severity | None:
    """Information where nothing is lost, low where what is lost is a constructor that does nothing."""
    if all(map(_is_of_no_harm, group)):
        return Severity.INFO
    definitions = [place.definition for found in group for place in found.lost]
    return Severity.LOW if all(map(_is_empty_constructor, definitions)) else None


def _is_empty_constructor(definition: object) -> bool:
    if not isinstance(definition, FunctionSymbol) or definition.name != "__init__":
        return False
    return not definition.fact.body.statements


def _is_of_no_harm(found: Redefinition) -> bool:
    """Whether a test imports a name twice, or tries one constant after the other, or both imports are from one package
    that is not the project's: then they may well be one thing, which nobody can see here. What is imported for what
    happens when it is loaded takes effect whatever its name stands for later."""
    is_in_test = found.last.module.zone is Zone.TEST and not found.is_code
    return is_in_test or found.is_of_one_library or found.is_for_effect


def _finding(found: Redefinition) -> Finding:
    path, last, origin = found.last.module.path, found.last, found.origin
    kept = origin or last
    sites = (last,) if origin else found.lost
    return SilentRedefinition.finding(
        subject=last.id,
        message=_message(found),
        remedy=_remedy(found),
        home=kept.home("it is defined there, the other only passes it on" if origin else _EFFECTIVE),
        sites=tuple(each.site(_site_message(found, each), _fix(found)) for each in sites),
        evidence={
            "text": [f"{path}:{each.line} defines `{each.qualname}`" for each in (*found.lost[: TEXT_LINES - 1], last)],
            "lost": [each.line for each in found.lost],
            "effective": last.line,
        },
        severity=_severity([found]),
    )


def _fix(found: Redefinition) -> Fix:
    """Of two imports of one thing that which only passes it on goes."""
    last = found.last
    if not found.origin or not isinstance(last.definition, Import):
        return manual(_DIFFERENT)
    edit = DropImport(last.module.path, last.definition.line, last.definition.column)
    return Fix(Safety.UNSAFE, (edit,), "the other module is no longer imported from there")


def _message(found: Redefinition) -> str:
    path, last = found.last.module.path, found.last
    times = "twice" if len(found.lost) == 1 else f"{len(found.lost) + 1} times"
    replaced = listed([f":{each.line}" for each in found.lost])
    missing, lines = found.lines_lost(found.lost[0]) if len(found.lost) == 1 else (0, 0)
    verb = "is" if missing == 1 else "are"
    lost = f"; {missing} of the {counted(lines, 'line')} at {replaced} {verb} not in it" if missing else ""
    how = "imported" if found.is_import else "defined"
    return f"`{last.qualname}` is {how} {times} in {path}: the one at :{last.line} silently replaces {replaced}{lost}"


def _remedy(found: Redefinition) -> str:
    name, path = found.last.qualname, found.last.module.path
    places = listed([f"{path}:{each.line}" for each in found.lost])
    replaced = listed([f":{each.line}" for each in found.lost])
    if origin := found.origin:
        return (
            f"Delete the import of `{name}` at {path}:{found.last.line}: the one at :{origin.line} is where it is from"
        )
    if found.is_code:
        return (
            f"Decide which `{name}` in {path} is meant: Python uses the one at :{found.last.line}. Give that at "
            f"{replaced} a name of its own, or keep what is right of it and delete it"
        )
    return f"Delete `{name}` at {places}, or give it a name of its own if it was meant to take effect"


def _site_message(found: Redefinition, place: Place) -> str:
    if place is found.last:
        return "passes the name on, and replaces the import from where it is defined"
    return f"never takes effect: replaced by the definition at :{found.last.line}"


def _repeat_finding(found: Sequence[Redefinition]) -> Finding:
    """One finding for a snippet that stands in a file twice, or in several files twice each."""
    lost = [each for redefinition in found for each in redefinition.lost]
    last = found[0].last
    names = listed([f"`{name}`" for name in dict.fromkeys(each.last.qualname for each in found)])
    files = list(dict.fromkeys(each.module.path for each in lost))
    where = files[0] if len(files) == 1 else counted(len(files), "file")
    return SilentRedefinition.finding(
        subject=last.id,
        message=f"{names} stands in {where} more than once, word for word: {counted(len(lost), 'repeat')}",
        remedy=f"Delete the repeats in {listed(files)}",
        home=last.home(_EFFECTIVE),
        sites=tuple(_repeat_site(each, redefinition.last) for redefinition in found for each in redefinition.lost),
        evidence={
            "text": [f"{each.module.path}:{each.line} defines `{each.qualname}`" for each in lost],
            "lost": [f"{each.module.path}:{each.line}" for each in lost],
            "effective": last.line,
        },
        severity=Severity.LOW,
    )


def _repeat_site(place: Place, last: Place) -> Site:
    delete = DeleteDefinition(place.module.path, place.line, place.name)
    fix = Fix(Safety.UNSAFE, (delete,), "what its decorators do, if it has any, is done once only")
    return place.site(f"the same, word for word, as the definition at :{last.line}", fix)
