"""How a run ends: what the gate says about a report."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ssot_lint.config.settings import FailLevel
from ssot_lint.errors import ExitCode
from ssot_lint.model.report import RULE_CRASHED, Report, Status
from ssot_lint.text.wording import counted


@dataclass(frozen=True)
class Verdict:
    """How the run ends, and why when it does not end well: one short clause per reason."""

    exit_code: ExitCode
    reasons: tuple[str, ...]


def decide(report: Report, fail_level: FailLevel, fail_under: float, *, is_locked: bool = False) -> Verdict:
    """The verdict on a report. ``is_locked``: what is fixed must not stand in the baseline any more.

    A crashed rule outweighs a failed gate: what it would have found is unknown.
    """
    reasons = []
    if failing := _failing(report, fail_level):
        noun = "violation" if failing == 1 else "violations"
        reasons.append(f"{failing} new {noun} of severity {fail_level.value} or worse")
    if report.score.value < fail_under:
        shown = math.floor(report.score.value * 100) / 100  # down, or 79.999 reads as 80 is under 80
        reasons.append(f"score {shown:.2f} is under {fail_under:g}")
    if is_locked and report.fixed:
        reasons.append(
            f"{counted(report.fixed, 'fixed violation')} still in the baseline: run `ssot-lint baseline prune`"
        )
    if any(diagnostic.kind == RULE_CRASHED for diagnostic in report.diagnostics):
        return Verdict(ExitCode.INTERNAL, tuple(reasons))
    return Verdict(ExitCode.GATE_FAILED if reasons else ExitCode.OK, tuple(reasons))


def _failing(report: Report, fail_level: FailLevel) -> int:
    limit = fail_level.severity
    return sum(
        site.status is Status.NEW
        for finding in report.findings
        if limit is not None and finding.severity.at_least(limit)
        for site in finding.sites
    )
