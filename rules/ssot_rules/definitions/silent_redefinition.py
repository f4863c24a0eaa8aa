"""SSOT150: the second definition of a name replaces the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.project.project import Project
from ssot_lint.rules.evidence import TEXT_LINES
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted, listed
from ssot_rules.definitions._redefinitions import Place, Redefinition, redefinitions

_EFFECTIVE = "the last definition is the one that takes effect"


@dataclass(frozen=True)
class SilentRedefinition(Rule):
    """A name is defined twice in one scope, and the second definition silently replaces the first.

    Why:
        The first definition never takes effect, but reads as if it did: fixes go into dead code, and of two tests
        of one name only the second runs. A constant that gets another literal, and a name that is imported from
        two places, are what a merge leaves behind. Overloads, property accessors, registered functions and
        alternatives under ``if`` and ``try`` are exempt, and so is what is used before it is replaced. A repeat word
        for word harms nobody but readers: it is low.

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
        Delete the definition that never takes effect, or give it a name of its own.
    """

    code: ClassVar[str] = "SSOT150"
    name: ClassVar[str] = "silent-redefinition"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        repeats: dict[tuple[str, ...], list[Redefinition]] = defaultdict(list)
        for module in project.modules:
            if self.applies_to(module) and not module.source.is_stub:
                found = list(redefinitions(project, module))
                yield from (_finding(each) for each in found if not each.is_verbatim)
                verbatim = [each for each in found if each.is_verbatim]
                if verbatim:
                    repeats[tuple(sorted({each.last.snippet for each in verbatim}))] += verbatim
        yield from map(_repeat_finding, repeats.values())


def _finding(found: Redefinition) -> Finding:
    path, last = found.last.module.path, found.last
    times = "twice" if len(found.lost) == 1 else f"{len(found.lost) + 1} times"
    replaced = listed([f":{each.line}" for each in found.lost])
    places = listed([f"{path}:{each.line}" for each in found.lost])
    lines = [f"{path}:{each.line} defines `{each.qualname}`" for each in (*found.lost[: TEXT_LINES - 1], last)]
    return SilentRedefinition.finding(
        subject=last.id,
        message=f"`{last.qualname}` is defined {times} in {path}: the one at :{last.line} silently replaces {replaced}",
        remedy=(f"Delete `{last.qualname}` at {places}, or give it a name of its own if it was meant to take effect"),
        home=last.home(_EFFECTIVE),
        sites=tuple(
            each.site(f"never takes effect: replaced by the definition at :{last.line}") for each in found.lost
        ),
        evidence={"text": lines, "lost": [each.line for each in found.lost], "effective": last.line},
    )


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
    return place.site(f"the same, word for word, as the definition at :{last.line}")
