"""What happens in a scan, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ssot_lint import __version__
from ssot_lint.baseline.coverage import Stale
from ssot_lint.baseline.reference import Reference
from ssot_lint.cache.interface import ResultCache
from ssot_lint.cache.store import CacheUpdate
from ssot_lint.config.settings import Config
from ssot_lint.gate.components import component_paths
from ssot_lint.gate.score import Violation, compute_score, score_component, violations_of
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import (
    Comparison,
    ComponentResult,
    Diagnostic,
    FixedViolation,
    JudgedFinding,
    Report,
    RuleResult,
    Score,
)
from ssot_lint.model.source import SourceTree, Zone
from ssot_lint.plan.planning import make_plan
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.check import run_checks
from ssot_lint.scan.load import SourceFiles, build_project, read_files
from ssot_lint.scan.request import Request
from ssot_lint.scan.result_cache import CachedResult, cache_key, decode_result, encode_result
from ssot_lint.scan.run_rules import Crash
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.workers.extract_files import Progress


@dataclass(frozen=True)
class Analysis:
    """The result of a scan. ``seconds`` maps stages and rules to the time they took, in the order they ran. ``stale``
    are the entries of the baseline that know no violation any more. ``digests`` has the :func:`digest_of` each file
    that was analysed, by path. ``cache_update`` is what to keep for the next scan, None where all of it is known."""

    report: Report
    crashes: Sequence[Crash]
    seconds: Mapping[str, float]
    stale: Sequence[Stale]
    digests: Mapping[str, str]
    cache_update: CacheUpdate | None = None


def analyse(request: Request, progress: Progress, cache: ResultCache | None = None) -> Analysis:
    """Scan a project, or recall the result from ``cache`` where nothing has changed.

    ``progress`` is called with the number of files read so far and that of all. Raises UsageError and ConfigError of
    discovery, PluginError for an executor that is not installed, and CacheError of the cache. A rule that raises loses
    its own findings only.
    """
    clock = Stopwatch()
    sources = read_files(request.root, request.paths, request.config, progress, clock, cache)
    if cache is None:
        return _analyse(request, sources, clock)
    with clock.time("recall"):
        key = cache_key(request, sources)
        data = cache.result(key) if key else None
    found = sources.found
    if data is not None:
        cached = decode_result(data)
        cache_update = CacheUpdate(found.digests, {}) if found.read else None
        return Analysis(cached.report, (), clock.seconds, cached.stale, found.digests, cache_update)
    analysis = _analyse(request, sources, clock)
    result = (
        encode_result(CachedResult(analysis.report, tuple(analysis.stale))) if key and not analysis.crashes else b""
    )
    return replace(analysis, cache_update=CacheUpdate(found.digests, found.fresh, key if result else "", result))


def _analyse(request: Request, sources: SourceFiles, clock: Stopwatch) -> Analysis:
    config = request.config
    tree, results, project, digests = build_project(sources, config, clock)
    judged, crashes, mistakes, stale = run_checks(request, tree, project, clock)
    with clock.time("score"):
        violations = [violation for finding in judged for violation in violations_of(finding)]
        score = compute_score(violations, _production(tree))
        components = _component_results(config, tree, results, violations)
    plan = None
    if request.plan:
        with clock.time("plan"):
            plan = make_plan(judged, project, _production(tree))
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
        comparison=_comparison(request.baseline, stale),
        plan=plan,
    )
    return Analysis(report, crashes, clock.seconds, stale, digests)


def _comparison(reference: Reference | None, stale: Sequence[Stale]) -> Comparison | None:
    """What is certain to be fixed since the baseline."""
    if reference is None:
        return None
    fixed = (each.entry for each in stale if not each.doubt)
    return Comparison(reference.against, tuple(FixedViolation(each.rule, each.subject, each.site) for each in fixed))


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
