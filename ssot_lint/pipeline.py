"""What happens in a scan, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint import __version__
from ssot_lint.components import component_paths
from ssot_lint.config.settings import Config
from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import discovery_options
from ssot_lint.discovery.settle import imports_by_path, settle
from ssot_lint.judging import judge_project
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import ComponentResult, Diagnostic, JudgedFinding, JudgedSite, Report, RuleResult, Score
from ssot_lint.model.source import SourceTree, Zone
from ssot_lint.project.project import Project
from ssot_lint.request import Request
from ssot_lint.runner import Crash, Stopwatch
from ssot_lint.score import Violation, compute_score, score_component
from ssot_lint.selection import ActiveRule
from ssot_lint.workers import available_cpus, extract_files


@dataclass(frozen=True)
class Analysis:
    """The result of a scan. ``seconds`` maps stages and rules to the time they took, in the order they ran."""

    report: Report
    crashes: Sequence[Crash]
    seconds: Mapping[str, float]


def analyse(request: Request, progress: Callable[[int, int], None]) -> Analysis:
    """Scan a project. ``progress`` is called with the number of files read so far and that of all.

    Raises UsageError and ConfigError of discovery. A rule that raises loses its own findings only.
    """
    config, clock = request.config, Stopwatch()
    with clock.time("discover"):
        tree = discover(request.root, request.paths, discovery_options(config))
    with clock.time("extract"):
        jobs = config.jobs or available_cpus()
        results = extract_files(request.root, tree.files, jobs=jobs, progress=progress)
    with clock.time("project"):
        tree = settle(tree, imports_by_path(tree, results))
        project = Project(tree, results, config.components, config.plugin_root)
    judged, crashes, mistakes = judge_project(request, tree, project, clock)
    with clock.time("score"):
        violations = list(_violations(judged))
        score = compute_score(violations, _production(tree))
        components = _component_results(config, tree, results, violations)
    report = Report(
        tool_version=__version__,
        files=len(tree.files),
        lines=sum(facts.lines for facts in results if isinstance(facts, ModuleFacts)),
        score=score,
        rules=tuple(_rule_result(active, judged, score) for active in request.rules),
        components=components,
        findings=tuple(judged),
        diagnostics=(*(crash.diagnostic for crash in crashes), *mistakes, *_unread(tree, results, judged)),
        command=request.command,
    )
    return Analysis(report, crashes, clock.seconds)


def _violations(judged: Sequence[JudgedFinding]) -> Iterator[Violation]:
    for finding in judged:
        for each in filter(_is_scored, finding.sites):
            yield Violation(finding.rule.code, finding.severity, each.site.location.path)


def _is_scored(site: JudgedSite) -> bool:
    return site.is_scored


def _production(tree: SourceTree) -> frozenset[str]:
    return frozenset(file.path for file in tree.files if file.zone is Zone.PRODUCTION)


def _component_results(
    config: Config,
    tree: SourceTree,
    results: Sequence[ModuleFacts | ParseFailure],
    violations: Sequence[Violation],
) -> tuple[ComponentResult, ...]:
    production = _production(tree)
    return tuple(
        score_component(component.name, component_paths(component, tree.files, results), violations, production)
        for component in config.components
    )


def _rule_result(active: ActiveRule, judged: Sequence[JudgedFinding], score: Score) -> RuleResult:
    own = [finding for finding in judged if finding.rule.code == active.info.code]
    return RuleResult(
        rule=active.info,
        findings=len(own),
        violations=sum(len(finding.sites) for finding in own if finding.severity is not Severity.INFO),
        points_lost=score.points_lost.get(active.info.code, 0.0),
    )


def _unread(
    tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure], judged: Sequence[JudgedFinding]
) -> Iterator[Diagnostic]:
    """What could not be read and is no finding, for its rule is off: nothing is lost silently."""
    reported = {each.site.location.path for finding in judged for each in finding.sites}
    for path, reason in tree.unreadable:
        yield Diagnostic(path, 0, "unreadable", reason)
    for file, result in zip(tree.files, results, strict=True):
        if isinstance(result, ParseFailure) and file.path not in reported:
            yield Diagnostic(file.path, result.line, "unparsable", result.reason)
