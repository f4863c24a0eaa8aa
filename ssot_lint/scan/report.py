"""The report of a scan: its findings with score, components, comparison and plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ssot_lint import __version__
from ssot_lint.baseline.coverage import Stale
from ssot_lint.baseline.reference import Reference
from ssot_lint.config.settings import Config
from ssot_lint.gate.components import component_paths
from ssot_lint.gate.score import Violation, compute_score, judged_paths, score_component, violations_of
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import (
    Comparison,
    ComponentResult,
    Diagnostic,
    FixedViolation,
    JudgedFinding,
    LeftOut,
    PartlyJudged,
    Report,
    RuleResult,
    Score,
)
from ssot_lint.model.source import Zone
from ssot_lint.plan.planning import make_plan
from ssot_lint.query.unread import unread_files
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.check import CheckedFindings
from ssot_lint.scan.load import LoadedProject
from ssot_lint.scan.request import Request
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.scan.surroundings import surroundings_of

_SCAN = "scan"
"""The family of the rules about the scan itself, which look at files of every zone and judge none."""


class Standing(NamedTuple):
    """How the code stands by its findings: ``read`` are the files that the score counts, ``unread`` those that could
    not be read."""

    findings: Sequence[JudgedFinding]
    violations: Sequence[Violation]
    read: frozenset[str]
    unread: frozenset[str]
    score: Score
    rules: tuple[RuleResult, ...]


def standing_of(
    request: Request, loaded: LoadedProject, checked: CheckedFindings, before: Standing | None = None
) -> Standing:
    """How the code stands by what the rules found; ``before`` is how it stood with other contents of a few files."""
    judged, unread = checked.findings, _unread_paths(loaded)
    if before is not None and before.findings is judged and before.unread == unread:
        return before
    violations = [violation for finding in judged for violation in violations_of(finding)]
    read = scored_paths(loaded, violations)
    score = _score(loaded, violations, read)
    return Standing(judged, violations, read, unread, score, _rule_results(request.rules, judged, score))


def make_report(
    request: Request, loaded: LoadedProject, checked: CheckedFindings, standing: Standing, clock: Stopwatch
) -> Report:
    """The report on what the rules found; ``clock`` takes the time of the stages plan and surroundings."""
    config, tree, judged = request.config, loaded.tree, checked.findings
    components = _component_results(config, loaded, standing.read, standing.violations)
    plan = None
    if request.plan:
        with clock.time("plan"):
            plan = make_plan(judged, loaded.project, standing.read)
    surroundings = None
    if request.surroundings:
        with clock.time("surroundings"):
            surroundings = surroundings_of(loaded, judged)
    crashes = (crash.diagnostic for crash in checked.crashes)
    return Report(
        tool_version=__version__,
        files=len(tree.files),
        lines=loaded.lines,
        score=standing.score,
        rules=standing.rules,
        components=components,
        findings=tuple(judged),
        diagnostics=(*crashes, *checked.mistakes, *_unread(loaded, judged)),
        command=request.command,
        comparison=_comparison(request.baseline, checked.stale),
        plan=plan,
        left_out=_left_out(request.rules, loaded, checked.ignored),
        surroundings=surroundings,
        unread=unread_files(loaded.project),
        project=next((each.name for each in tree.distributions if not each.folder), ""),
    )


def _left_out(rules: Sequence[ActiveRule], loaded: LoadedProject, ignored: int) -> LeftOut:
    about_code = [active.rule for active in rules if active.info.family != _SCAN]
    judging = Counter(zone for rule in about_code for zone in rule.zones)
    counts = loaded.outline.zones
    zones = [zone for zone in Zone if counts.get(zone)]
    return LeftOut(
        rules=len(about_code),
        not_judged={zone.value: counts[zone] for zone in zones if not judging[zone]},
        partly_judged={
            zone.value: PartlyJudged(counts[zone], judging[zone])
            for zone in zones
            if 0 < judging[zone] < len(about_code)
        },
        links=len(loaded.tree.links),
        ignored=ignored,
    )


def _comparison(reference: Reference | None, stale: Sequence[Stale]) -> Comparison | None:
    """What is certain to be fixed since the baseline."""
    if reference is None:
        return None
    entries = (each.entry for each in stale if not each.doubt)
    fixed = tuple(FixedViolation(each.rule, each.subject, each.site) for each in entries)
    return Comparison(reference.against, fixed, is_file=reference.is_file)


def scored_paths(loaded: LoadedProject, violations: Iterable[Violation]) -> frozenset[str]:
    """The files of the production zone that the score counts: an unread one is never clean."""
    return judged_paths(loaded.outline.production, _unread_paths(loaded), violations)


def _score(loaded: LoadedProject, violations: Sequence[Violation], read: frozenset[str]) -> Score:
    production = loaded.outline.production
    unread = production & _unread_paths(loaded)
    return replace(compute_score(violations, read), modules=len(production), unread_modules=len(unread))


def _unread_paths(loaded: LoadedProject) -> frozenset[str]:
    return frozenset(source.path for source, _ in loaded.project.failures)


def _component_results(
    config: Config, loaded: LoadedProject, read: frozenset[str], violations: Sequence[Violation]
) -> tuple[ComponentResult, ...]:
    files, results = loaded.tree.files, loaded.results
    return tuple(
        score_component(component.name, component_paths(component, files, results), violations, read)
        for component in config.components
    )


def _rule_results(rules: Sequence[ActiveRule], judged: Sequence[JudgedFinding], score: Score) -> tuple[RuleResult, ...]:
    by_code: dict[str, list[JudgedFinding]] = defaultdict(list)
    for finding in judged:
        by_code[finding.rule.code].append(finding)
    return tuple(_rule_result(active, by_code[active.info.code], score) for active in rules)


def _rule_result(active: ActiveRule, own: Sequence[JudgedFinding], score: Score) -> RuleResult:
    return RuleResult(
        rule=active.info,
        findings=len(own),
        violations=sum(
            site.is_scored for finding in own if finding.severity is not Severity.INFO for site in finding.sites
        ),
        points_lost=score.points_lost.get(active.info.code, 0.0),
    )


def _unread(loaded: LoadedProject, judged: Sequence[JudgedFinding]) -> Iterator[Diagnostic]:
    """What could not be read and is no scored finding: nothing is lost silently."""
    scored = (finding for finding in judged if finding.severity is not Severity.INFO)
    reported = {each.site.location.path for finding in scored for each in finding.sites}
    for path, reason in loaded.tree.unreadable:
        yield Diagnostic(path, 0, "unreadable", reason)
    for file, failure in loaded.project.failures:
        if file.path not in reported:
            yield Diagnostic(file.path, failure.line, "unparsable", failure.reason)
