"""Reports of all kinds, and the golden files that texts are compared with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from ssot_lint.model.edits import Safety
from ssot_lint.model.finding import Severity
from ssot_lint.model.plan import Action, Plan
from ssot_lint.model.report import ComponentResult, Diagnostic, JudgedFinding, Report, Status
from tests.unit.reporters.builders import (
    compared,
    duplicate_class,
    finding,
    home,
    import_path_variant,
    module_singleton,
    multiple_factories,
    never_awaited,
    report,
    rival_singletons,
    site,
    step,
    unused_suppression,
)


@pytest.fixture
def sample() -> Report:
    """Six findings of all severities, one of them cut, with a component, a diagnostic and a baseline."""
    return report(
        [
            duplicate_class(),
            rival_singletons(),
            multiple_factories(),
            import_path_variant(),
            never_awaited(),
            unused_suppression(),
            module_singleton(),
        ],
        components=(ComponentResult("websocket-manager", 66.666, 4),),
        diagnostics=(Diagnostic("backend/odd.py", 3, "crashed-rule", "SSOT121 of pack builtin: KeyError: 'x'"),),
        comparison=compared(fixed=2),
    )


@pytest.fixture
def planned(sample: Report) -> Report:
    """The same report with a plan: something to merge, imports to move, code to edit."""
    copies = duplicate_class()
    moved = ("backend/a.py", "backend/b.py", "backend/c.py", "tests/test_d.py")
    steps = (
        step(
            1,
            copies,
            "Merge 14 copies of `ValidationResult` into backend/core/validation.py",
            action=Action.MERGE,
            keep=copies.finding.home,
            delete=tuple(judged.site.location for judged in copies.sites),
            importers=moved[:1],
            files=15,
            obstacle="the copies differ",
        ),
        step(
            2,
            import_path_variant(),
            "Import `AgentState` from `backend.schemas.agent` in 4 files",
            action=Action.MOVE_IMPORTS,
            priority=2,
            keep=import_path_variant().finding.home,
            importers=moved,
            files=4,
            points=0.00123,
            after=(1,),
            fix=Safety.SAFE,
        ),
        step(
            3,
            never_awaited(),
            "Await it, or make it a plain function",
            priority=3,
            after=(1, 2),
            fix=Safety.UNSAFE,
            obstacle="what did not run until now runs",
        ),
    )
    return msgspec.structs.replace(sample, plan=Plan(steps, sample.score.value, 100.0))


@pytest.fixture(scope="session")
def judged() -> Callable[..., JudgedFinding]:
    """Make a finding: ``judged("Name", 3, code="SSOT101")`` has its home in app/home.py and three sites."""

    def make(
        subject: str,
        sites: int = 1,
        *,
        code: str = "SSOT101",
        severity: Severity | None = None,
        has_home: bool = True,
        components: tuple[str, ...] = (),
        statuses: tuple[Status, ...] = (),
    ) -> JudgedFinding:
        standings = [*statuses, *[Status.NEW] * sites][:sites]
        places = [site(f"app/site_{at}.py", at + 1, "", status, code=code) for at, status in enumerate(standings)]
        source = home("app/home.py", 1, f"app.home:{subject}", "defines it") if has_home else None
        made = finding(code, subject, f"`{subject}` is wrong", "mend it", places, source=source, severity=severity)
        return msgspec.structs.replace(made, components=components)

    return make


@pytest.fixture(scope="session")
def report_of() -> Callable[..., Report]:
    """Make a report of a list of findings, with what else ``report`` takes."""
    return report


@pytest.fixture
def clean() -> Report:
    """A report without anything to say."""
    return report([])


NASTY = (
    "a|b`c\x1b[31m</code></details><script>alert(1)</script>[x](javascript:y)\n# head\n\n| a |\n|---|"
    "\u202eevil\u200b\udc80 [bold]no[/bold] :smile: @all #1 *s* __i__ ![p](q) <!-- https://x.y"
)


@pytest.fixture
def nasty() -> str:
    """Text that tries to break out of every format."""
    return NASTY


@pytest.fixture
def hostile() -> Report:
    """A report in which everything that can come from a scanned tree is hostile."""
    attack = finding(
        "SSOT101",
        NASTY,
        NASTY,
        NASTY,
        [site(f"-{NASTY}.py", 1, NASTY, code="SSOT101")],
        source=home(f"@{NASTY}.py", 1, NASTY, NASTY),
        evidence={"text": [NASTY], NASTY: {"nested": [NASTY, None, 1.5, True]}},
    )
    return msgspec.structs.replace(
        report(
            [attack, duplicate_class()],
            components=(ComponentResult(NASTY, 50.0, 1),),
            diagnostics=(Diagnostic(f"#{NASTY}.py", 1, NASTY, NASTY),),
        ),
        command=f"ssot-lint scan {NASTY}",
    )


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with the file ``golden/<name>``; ``UPDATE_GOLDEN=1`` in the environment writes the file."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return check


@pytest.fixture
def crowded() -> Report:
    """A report with far more findings than any reader or issue takes."""
    many = [
        finding(
            "SSOT120",
            f"function_{at:04}",
            f"`function_{at:04}` has the same body in 31 modules",
            "keep one and import it",
            [site(f"app/part_{at}/module_{copy}.py", copy + 1, "identical", code="SSOT120") for copy in range(30)],
            source=home(f"app/part_{at}/home.py", 1, f"app.part_{at}.home:function", "shortest module path"),
            evidence={"text": [f"line {line}" for line in range(40)]},
        )
        for at in range(200)
    ]
    problems = tuple(Diagnostic(f"app/broken_{at}.py", at, "skipped", "x" * 1_000) for at in range(300))
    return report(many, modules=20_000, diagnostics=problems)
