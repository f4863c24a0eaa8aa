"""What a baseline is made of: one entry for each violation that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status

MODULE = "<module>"
"""The qualname of a site that is a module, as in Python's tracebacks."""

_NUMBER = re.compile(r"#[0-9]+\Z")
_SUFFIX = re.compile(r"(?:/__init__)?\.pyi?\Z")


class BaselineEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A violation that is known. ``rule`` is a code; ``subject`` and ``body`` are those of the finding and the site.

    ``site`` is ``path::Qual.name``, with ``#2``, ``#3`` and so on after it, by line, where the rule has several sites
    about the subject in one definition: an entry is told apart by rule, subject and site. ``reason`` is what somebody
    said about it, ``until`` the last day on which the entry counts, None for no end.
    """

    rule: str
    subject: str
    site: str
    body: str
    reason: str = ""
    until: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells entries apart, and their order."""
        return self.rule, self.subject, self.site

    @property
    def place(self) -> str:
        """The site without its number."""
        return _NUMBER.sub("", self.site) if "#" in self.site else self.site

    @property
    def path(self) -> str:
        """The file of the site: POSIX, relative to the project root."""
        return self.site.rpartition("::")[0]

    @property
    def concept(self) -> str:
        """The subject without the modules that its parts stand in, which change when files move."""
        own_module = f".{_SUFFIX.sub('', self.path).replace('/', '.')}"
        words = (word.rpartition(":")[2] or word for word in self.subject.split(" "))
        return " ".join(MODULE if "." in word and own_module.endswith(f".{word}") else word for word in words)

    def is_expired(self, today: date) -> bool:
        """Whether the last day of the entry is over."""
        return self.until is not None and self.until < today


@dataclass(frozen=True)
class Baseline:
    """The violations that are known, by :attr:`BaselineEntry.key`, which no two of them share: see :func:`union`."""

    entries: tuple[BaselineEntry, ...]


def union(entries: Iterable[BaselineEntry]) -> Baseline:
    """The baseline that knows what ``entries`` know, in any order and any number of times.

    Of several entries for one violation the earliest end counts, and the first body and the first reason, by alphabet,
    that are not empty.
    """
    found: dict[tuple[str, str, str], BaselineEntry] = {}
    for entry in entries:
        other = found.get(entry.key)
        found[entry.key] = entry if other is None else _merged(entry, other)
    return Baseline(tuple(found[key] for key in sorted(found)))


def fresh(findings: Sequence[JudgedFinding]) -> Baseline:
    """The baseline that knows all violations of a scan, and nothing else."""
    return union(
        entry
        for finding, entries in zip(findings, entries_of([each.finding for each in findings]), strict=True)
        for site, entry in zip(finding.sites, entries, strict=True)
        if is_kept(finding, site)
    )


def inventory(
    findings: Sequence[JudgedFinding], touched: Collection[str]
) -> frozenset[tuple[tuple[str, str, str], str]]:
    """Key and body of all that a scan lists without judging it, but for what stands in ``touched`` files: should it
    become a violation, it is nobody's."""
    return frozenset(
        (entry.key, entry.body)
        for finding, entries in zip(findings, entries_of([each.finding for each in findings]), strict=True)
        if finding.severity is Severity.INFO
        for entry in entries
        if entry.path not in touched
    )


def is_kept(finding: JudgedFinding, site: JudgedSite) -> bool:
    """Whether a site belongs in a baseline: an inventory never does, nor does what a comment silences anyway."""
    return finding.severity is not Severity.INFO and site.status is not Status.SUPPRESSED


def entries_of(findings: Sequence[Finding]) -> list[tuple[BaselineEntry, ...]]:
    """The sites as entries, for each finding in the order of its sites.

    ``findings`` are all of a scan, with their sites sorted: a part of them would be numbered in another way.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found: dict[int, tuple[BaselineEntry, ...]] = {}
    for index in sorted(range(len(findings)), key=lambda index: finding_order(findings[index])):
        finding = findings[index]
        found[index] = tuple(_entry(finding, site, seen) for site in finding.sites)
    return [found[index] for index in range(len(findings))]


def finding_order(finding: Finding) -> tuple[str, str, list[tuple[Location, str]]]:
    """Orders findings; those that share a subject by where they stand, so that their order is theirs alone."""
    return finding.code, finding.subject, [site_order(site) for site in finding.sites]


def site_order(site: Site) -> tuple[Location, str]:
    """Orders the sites of a finding by place."""
    return site.location, site.symbol


def _entry(finding: Finding, site: Site, seen: Counter[tuple[str, str, str]]) -> BaselineEntry:
    qualname = MODULE if site.symbol == site.module else site.symbol.rpartition(":")[2]
    entry = BaselineEntry(finding.code, finding.subject, f"{site.location.path}::{qualname}", site.body)
    seen[entry.key] += 1
    number = seen[entry.key]
    return entry if number == 1 else msgspec.structs.replace(entry, site=f"{entry.site}#{number}")


def _merged(one: BaselineEntry, other: BaselineEntry) -> BaselineEntry:
    return msgspec.structs.replace(
        one,
        body=min(filter(None, (one.body, other.body)), default=""),
        reason=min(filter(None, (one.reason, other.reason)), default=""),
        until=min(filter(None, (one.until, other.until)), default=None),
    )
