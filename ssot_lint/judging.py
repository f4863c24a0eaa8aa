"""From the project to judged findings: all rules, what the code says about their findings, the gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ssot_lint.gate import judge
from ssot_lint.model.record import Entry, ScanRecord
from ssot_lint.model.report import Diagnostic, JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project
from ssot_lint.request import Request
from ssot_lint.rule import ScanRule
from ssot_lint.runner import Crash, Findings, Stopwatch, run_rules
from ssot_lint.selection import ActiveRule
from ssot_lint.suppress import Suppressions, find_suppressions
from ssot_lint.usage import unused_entries


class Judgement(NamedTuple):
    """All findings, judged; the rules that crashed; and the comments nobody understands, unless they are findings."""

    findings: Sequence[JudgedFinding]
    crashes: Sequence[Crash]
    mistakes: Sequence[Diagnostic]


def judge_project(request: Request, tree: SourceTree, project: Project, clock: Stopwatch) -> Judgement:
    """Run the rules, those about the scan last, and judge what they find."""
    with clock.time("rules"):
        suppressions = find_suppressions(project.modules, request.codes)
        about_code = run_rules(_of_kind(request.rules, is_scan_rule=False), lambda rule: rule.check(project), clock)
        record = _record(request, tree, project, suppressions, about_code)
        about_scan = run_rules(
            _of_kind(request.rules, is_scan_rule=True),
            lambda rule: rule.review(project, record) if isinstance(rule, ScanRule) else (),
            clock,
        )
    with clock.time("gate"):
        found = (*about_code.found, *about_scan.found)
        judged = judge(found, request.config.components, suppressions)
    return Judgement(judged, (*about_code.crashes, *about_scan.crashes), _unreported(record, judged))


def _of_kind(rules: Sequence[ActiveRule], *, is_scan_rule: bool) -> list[ActiveRule]:
    return [active for active in rules if isinstance(active.rule, ScanRule) == is_scan_rule]


def _record(
    request: Request, tree: SourceTree, project: Project, suppressions: Suppressions, ran: Findings
) -> ScanRecord:
    """What the scan did. Only the whole of a project, all of it read, proves that something matches nothing."""
    is_whole = list(request.paths) == [request.root] and not project.failures and not tree.unreadable
    judged = ran.completed if is_whole else frozenset[str]()
    entries: Iterable[Entry] = ()
    if is_whole and request.file is not None:
        rules = [active.rule for active in request.rules]
        entries = unused_entries(request.file, project, [file.path for file in tree.files], rules)
    return ScanRecord(
        suppressions=suppressions.uses((finding for _, finding in ran.found), judged),
        mistakes=suppressions.mistakes,
        unused_entries=tuple(entries),
    )


def _unreported(record: ScanRecord, judged: Sequence[JudgedFinding]) -> list[Diagnostic]:
    """Comments that nobody understands and no finding names, for its rule is off: nothing is lost silently."""
    reported = {each.site.location for finding in judged for each in finding.sites}
    return [
        Diagnostic(mistake.location.path, mistake.location.line, "directive", f"{mistake.problem}. {mistake.remedy}")
        for mistake in record.mistakes
        if mistake.location not in reported
    ]
