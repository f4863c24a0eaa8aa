"""From the project to judged findings: all rules, what the code says about their findings, the gate."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from typing import NamedTuple

from ssot_lint.baseline.coverage import Coverage, Stale
from ssot_lint.baseline.entry import BaselineEntry
from ssot_lint.baseline.present import NOTHING_KNOWN, Present
from ssot_lint.gate.classify import classify
from ssot_lint.gate.retired import with_retired_listed
from ssot_lint.gate.run_time import with_run_time
from ssot_lint.gate.suppressions import Suppressions, find_suppressions
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.record import Entry, ScanRecord
from ssot_lint.model.report import Diagnostic, JudgedFinding, Status
from ssot_lint.model.source import SourceTree
from ssot_lint.project.notes import Noted
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule, ScanRule
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.load import LoadedProject
from ssot_lint.scan.request import Request
from ssot_lint.scan.run_rules import Crash, Findings, TakeNotes, no_notes, run_rules
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.scan.unused_settings import unused_entries


class CheckedFindings(NamedTuple):
    """All findings, judged; the rules that crashed; the comments nobody understands, unless they are findings; the
    entries of the baseline that know none of the findings; how many violations the configuration ignores; what the
    findings were judged by; and what was noted while the rules ran."""

    findings: Sequence[JudgedFinding]
    crashes: Sequence[Crash]
    mistakes: Sequence[Diagnostic]
    stale: Sequence[Stale]
    ignored: int
    basis: Basis
    noted: Sequence[Noted] = ()


class Basis(NamedTuple):
    """What findings are judged by, where there is no baseline: what the rules found, and the comments in the code."""

    found: Sequence[tuple[ActiveRule, Finding]]
    suppressions: Suppressions


def run_checks(
    request: Request,
    loaded: LoadedProject,
    clock: Stopwatch,
    before: CheckedFindings | None = None,
    *,
    in_two_processes: bool = False,
    take_notes: TakeNotes | None = None,
) -> CheckedFindings:
    """Run the rules, those about the scan last, and classify what they find. ``before`` are the findings of the same
    request in a project that was like this one but for a few files; ``take_notes`` is asked after each rule about the
    code, see :func:`run_rules`."""
    tree, project = loaded.tree, loaded.project
    with clock.time("rules"):
        suppressions = find_suppressions((*_commented(project), *project.shadowed), request.codes)
        if in_two_processes:
            project.ask_what_all_ask()
        about_code = run_rules(
            _of_kind(request.rules, is_scan_rule=False),
            partial(_found_by, project),
            clock,
            in_two_processes=in_two_processes,
            take_notes=take_notes or no_notes,
        )
        record = _record(request, tree, project, suppressions, about_code)
        about_scan = run_rules(
            _of_kind(request.rules, is_scan_rule=True),
            methodcaller("review", project, record),
            clock,
        )
    with clock.time("gate"):
        found = tuple(with_retired_listed(project, about_code.found))
        basis = Basis((*found, *about_scan.found), suppressions)
        judged, stale, ignored = _classified(request, loaded, basis, before)
        completed = about_code.completed | about_scan.completed
        doubted = _doubted(request, loaded, completed, judged, stale) if stale else ()
    return CheckedFindings(
        findings=judged,
        crashes=(*about_code.crashes, *about_scan.crashes),
        mistakes=_unreported(record, judged),
        stale=doubted,
        ignored=ignored,
        basis=basis,
        noted=about_code.noted,
    )


def _classified(
    request: Request, loaded: LoadedProject, basis: Basis, before: CheckedFindings | None
) -> tuple[Sequence[JudgedFinding], Sequence[BaselineEntry], int]:
    if before is not None and request.baseline is None and before.basis == basis:
        return before.findings, (), before.ignored
    return classify(
        basis.found if request.probe is None else with_run_time(basis.found, request.probe),
        request.config.components,
        basis.suppressions,
        request.baseline,
        present_in(request, loaded) if request.baseline else NOTHING_KNOWN,
    )


def _commented(project: Project) -> Iterator[Module]:
    """The modules with comments for this tool."""
    return (module for module in project.modules if module.has_directives)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule finds. For :meth:`Project.derived`: in a project that stays in memory many findings stay."""

    rule: Rule

    def __call__(self, project: Project) -> tuple[Finding, ...]:
        return tuple(self.rule.check(project))


def _found_by(project: Project, rule: Rule) -> Iterable[Finding]:
    try:
        hash(rule)
    except TypeError:  # an option that is no plain value
        return rule.check(project)
    return project.derived(_Found(rule))


def _of_kind(rules: Sequence[ActiveRule], *, is_scan_rule: bool) -> list[ActiveRule]:
    return [active for active in rules if isinstance(active.rule, ScanRule) == is_scan_rule]


def _record(
    request: Request, tree: SourceTree, project: Project, suppressions: Suppressions, ran: Findings
) -> ScanRecord:
    """What the scan did. Only the whole of a project, all of it read, proves that something matches nothing."""
    is_whole = _is_about_all(request) and not project.failures and not tree.unreadable
    judged = ran.completed if is_whole else frozenset[str]()
    entries: Iterable[Entry] = ()
    if is_whole and request.file is not None:
        rules = [active.rule for active in request.rules]
        entries = unused_entries(request.file, project, [file.path for file in tree.files], rules)
    return ScanRecord(
        suppressions=suppressions.uses((finding for _, finding in ran.found), judged),
        mistakes=(*suppressions.mistakes, *suppressions.rival_pins(finding for _, finding in ran.found)),
        unused_entries=tuple(entries),
    )


def _is_about_all(request: Request) -> bool:
    return request.root in request.paths


def _doubted(
    request: Request,
    loaded: LoadedProject,
    completed: frozenset[str],
    judged: Iterable[JudgedFinding],
    stale: Iterable[BaselineEntry],
) -> tuple[Stale, ...]:
    coverage = _coverage(request, loaded, completed, judged)
    return tuple(coverage.doubt_about(entry) for entry in stale)


def _coverage(
    request: Request, loaded: LoadedProject, completed: frozenset[str], judged: Iterable[JudgedFinding]
) -> Coverage:
    """How far the scan went. What could not be read at the time of the baseline either is no gap."""
    tree, project = loaded.tree, loaded.project
    sites = [(finding.severity, each) for finding in judged for each in finding.sites]
    known = {each.site.location.path for _, each in sites if each.status is Status.BASELINED}
    listed = {each.site.location.path for severity, each in sites if severity is Severity.INFO}
    gap = next((f"{path} could not be read" for path, _ in tree.unreadable if path not in known), "")
    unread = [(source, failure) for source, failure in project.failures if source.path not in known]
    broken = {source.path for source, failure in unread if not (failure.is_given_up or failure.dialect)} - listed
    return Coverage(
        gap=gap if _is_about_all(request) else "only a part of the project was scanned",
        rules={active.info.code: active for active in request.rules},
        crashed={active.info.code for active in request.rules} - completed,
        files=_files(request, loaded),
        exists=lambda path: _exists(request, path),
        unread={source.path: source.module for source, _ in unread},
        broken=min(broken, default=""),
    )


def _files(request: Request, loaded: LoadedProject) -> frozenset[str]:
    """The paths that were looked at."""
    return loaded.outline.paths.union([request.file.path] if request.file else ())


def present_in(request: Request, loaded: LoadedProject) -> Present:
    """What a baseline may ask about the code of today."""
    files, project = loaded.outline.paths, loaded.project
    own = request.file.path if request.file else ""
    return Present(
        is_unseen=lambda path: path not in files and path != own and _exists(request, path),
        has_file=lambda path: _exists(request, path),
        has_name=lambda name: any(name in found for found in (project.derived(_classes), project.derived(_others))),
        has_class=lambda name: name in project.derived(_classes),
    )


def _classes(project: Project) -> frozenset[str]:
    return frozenset(cls.name for cls in project.classes())


def _others(project: Project) -> frozenset[str]:
    return frozenset(symbol.name for module in project.modules for symbol in (*module.functions, *module.variables))


def _exists(request: Request, path: str) -> bool:
    return os.path.lexists(f"{request.root}/{path}")


def _unreported(record: ScanRecord, judged: Sequence[JudgedFinding]) -> list[Diagnostic]:
    """Comments that nobody understands and no finding names, for its rule is off: nothing is lost silently."""
    reported = {each.site.location for finding in judged for each in finding.sites}
    return [
        Diagnostic(mistake.location.path, mistake.location.line, "directive", f"{mistake.problem}. {mistake.remedy}")
        for mistake in record.mistakes
        if mistake.location not in reported
    ]
