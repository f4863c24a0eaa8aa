"""Findings, reports and steps made by hand, as the built-in rules and the planner would fill them."""

from __future__ import annotations

import hashlib

import msgspec

from ssot_lint.gate.score import Violation, compute_score
from ssot_lint.model.finding import Finding, Home, Json, Location, Severity, Site
from ssot_lint.model.plan import Step
from ssot_lint.model.report import (
    Comparison,
    ComponentResult,
    Diagnostic,
    FixedViolation,
    JudgedFinding,
    JudgedSite,
    Report,
    RuleInfo,
    RuleResult,
    Score,
    Status,
)

RULES = (
    ("SSOT101", "duplicate-class", "definitions", Severity.HIGH),
    ("SSOT102", "near-duplicate-class", "definitions", Severity.MEDIUM),
    ("SSOT120", "duplicate-function", "definitions", Severity.MEDIUM),
    ("SSOT201", "multiple-factories", "factories", Severity.MEDIUM),
    ("SSOT202", "factory-bypass", "factories", Severity.MEDIUM),
    ("SSOT206", "coroutine-never-awaited", "factories", Severity.HIGH),
    ("SSOT301", "import-path-variant", "imports", Severity.MEDIUM),
    ("SSOT309", "thin-reexport-module", "imports", Severity.INFO),
    ("SSOT401", "module-singleton", "state", Severity.INFO),
    ("SSOT405", "rival-singletons", "state", Severity.HIGH),
    ("SSOT002", "unused-suppression", "scan", Severity.LOW),
)


def rule(code: str) -> RuleInfo:
    name, family, severity = next((row[1], row[2], row[3]) for row in RULES if row[0] == code)
    return RuleInfo(code, name, family, severity, summary=f"{name}.", help=f"{name}.")


def home(path: str, line: int, symbol: str, reason: str, end_line: int = 0) -> Home:
    return Home(Location(path, line, 1, end_line), symbol.partition(":")[0], symbol, reason)


def site(path: str, line: int, message: str, status: Status = Status.NEW, *, code: str, column: int = 1) -> JudgedSite:
    module = path.removesuffix(".py").replace("/", ".")
    fingerprint = hashlib.sha256(f"{code} {path} {line}".encode(errors="surrogateescape")).hexdigest()[:16]
    place = Site(Location(path, line, column), module, f"{module}:Name", message)
    return JudgedSite(place, status, fingerprint, f"{code}-{fingerprint[:4]}")


def finding(
    code: str,
    subject: str,
    message: str,
    remedy: str,
    sites: list[JudgedSite],
    *,
    source: Home | None = None,
    evidence: dict[str, Json] | None = None,
    severity: Severity | None = None,
) -> JudgedFinding:
    info = rule(code)
    plain = tuple(judged.site for judged in sites)
    fact = Finding(code, subject, message, remedy, source, plain, evidence or {}, severity)
    return JudgedFinding(fact, info, severity or info.severity, tuple(sites))


def compared(*, fixed: int) -> Comparison:
    """A comparison with a baseline of which ``fixed`` violations are gone."""
    gone = tuple(FixedViolation("SSOT101", f"Gone{at}", f"app/gone_{at}.py::Gone{at}") for at in range(fixed))
    return Comparison("ssot-lint-baseline.jsonl", gone)


def report(
    findings: list[JudgedFinding],
    *,
    modules: int = 40,
    components: tuple[ComponentResult, ...] = (),
    diagnostics: tuple[Diagnostic, ...] = (),
    comparison: Comparison | None = None,
) -> Report:
    violations = [
        Violation(judged.rule.code, judged.severity, place.site.location.path)
        for judged in findings
        for place in judged.sites
    ]
    paths = {violation.path for violation in violations}
    score = compute_score(violations, paths | {f"app/clean_{at}.py" for at in range(modules - len(paths))})
    return Report(
        tool_version="0.1.0",
        files=1_204,
        lines=214_870,
        score=score,
        rules=tuple(_result(code, findings, score) for code in sorted(row[0] for row in RULES)),
        components=components,
        findings=tuple(sorted(findings, key=lambda one: (one.severity.rank, one.rule.code, one.finding.subject))),
        diagnostics=diagnostics,
        command="ssot-lint scan . -f markdown",
        comparison=comparison,
    )


def _result(code: str, findings: list[JudgedFinding], score: Score) -> RuleResult:
    own = [judged for judged in findings if judged.rule.code == code]
    violations = sum(len(judged.sites) for judged in own)
    return RuleResult(rule(code), len(own), violations, score.points_lost.get(code, 0.0))


def duplicate_class() -> JudgedFinding:
    copies = [
        site(f"backend/services/domain_{at:02}/validation.py", 14 + at, "identical", code="SSOT101") for at in range(13)
    ]
    return finding(
        "SSOT101",
        "ValidationResult",
        "class `ValidationResult` is defined in 15 modules (14 identical, 1 similar): keep "
        "backend/core/validation.py, imported by 41 modules",
        "import it from `backend.core.validation` and delete the copies",
        [
            site("auth/api/checks.py", 203, "84 % similar, has `merge()`", Status.BASELINED, code="SSOT101"),
            *copies,
        ],
        source=home(
            "backend/core/validation.py", 10, "backend.core.validation:ValidationResult", "imported by 41 modules", 44
        ),
        evidence={
            "text": ["`merge()` exists only in auth/api/checks.py; 3 callers there rely on it"],
            "clusters": [{"similarity": 1.0, "modules": 14}, {"similarity": 0.84, "modules": 1}],
        },
    )


def rival_singletons() -> JudgedFinding:
    return finding(
        "SSOT405",
        "WebSocketManager",
        "`WebSocketManager` has 2 process-wide instances: connections registered with one are unknown to the other",
        "keep `manager` of backend/websocket/manager.py and import it in the other place",
        [
            site(
                "backend/routes/websocket_unified_enhanced.py", 58, "`_ws_manager`, used by 7 functions", code="SSOT405"
            )
        ],
        source=home(
            "backend/websocket/manager.py",
            312,
            "backend.websocket.manager:manager",
            "declared home of component `websocket-manager`",
        ),
        evidence={"instances": 2},
        severity=Severity.CRITICAL,
    )


def multiple_factories() -> JudgedFinding:
    return finding(
        "SSOT201",
        "ExecutionEngine",
        "`ExecutionEngine` is built by 3 factories in 3 modules",
        "build it through `get_execution_engine` and make the other factories call it",
        [
            site("backend/agents/supervisor/factory.py", 31, "`create_execution_engine`", code="SSOT201"),
            site(
                "backend/core/startup.py",
                420,
                "`EngineFactory.build`, delegates for user sessions only",
                Status.SUPPRESSED,
                code="SSOT201",
                column=5,
            ),
        ],
        source=home(
            "backend/agents/execution_engine.py",
            88,
            "backend.agents.execution_engine:get_execution_engine",
            "defined beside its product",
        ),
        evidence={"text": ["direct builders: 3", "delegating wrappers, not counted: `engine_for`, `default_engine`"]},
    )


def import_path_variant() -> JudgedFinding:
    return finding(
        "SSOT301",
        "backend.schemas.agent:AgentState",
        "`AgentState` is imported through 2 paths",
        "import it from `backend.schemas.agent`",
        [
            site(
                "backend/schemas/legacy.py",
                7,
                "12 of 53 importers come through `backend.schemas.legacy`",
                code="SSOT301",
                column=35,
            )
        ],
        source=home("backend/schemas/agent.py", 22, "backend.schemas.agent:AgentState", "defines it"),
        evidence={"importers": {"backend.schemas.agent": 41, "backend.schemas.legacy": 12}},
    )


def never_awaited() -> JudgedFinding:
    return finding(
        "SSOT206",
        "backend.websocket.manager:get_websocket_manager",
        "coroutine `get_websocket_manager` is called but never awaited",
        "await it, or make it a plain function",
        [
            site("backend/routes/health.py", 17, "its result is used as a value", code="SSOT206", column=12),
            site("backend/routes/ws.py", 91, "stored on self", code="SSOT206", column=24),
        ],
    )


def unused_suppression() -> JudgedFinding:
    return finding(
        "SSOT002",
        "backend/core/ids.py:12",
        "`ignore[SSOT101]` matches nothing",
        "delete the comment",
        [site("backend/core/ids.py", 12, "", code="SSOT002", column=20)],
    )


def module_singleton() -> JudgedFinding:
    return finding(
        "SSOT401",
        "backend.core.cache:cache",
        "`cache` is a process-wide instance of `Cache`",
        "pass it in where it is needed",
        [site("backend/core/cache.py", 101, "built at import", code="SSOT401")],
    )


def step(number: int, finding: JudgedFinding, title: str, **changes: object) -> Step:
    """A step that resolves ``finding``; ``changes`` are further fields of it."""
    plain = Step(
        number=number,
        priority=1,
        action=finding.rule.action,
        title=title,
        code=finding.rule.code,
        subject=finding.finding.subject,
        ids=tuple(judged.id for judged in finding.sites),
        resolves=((finding.rule.code, finding.finding.subject),),
        keep=None,
        delete=(),
        importers=(),
        files=len(finding.sites),
        points=1.25,
        after=(),
    )
    return msgspec.structs.replace(plain, **changes)
