"""Runs rules one by one, so that one that raises takes nothing else down."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ssot_lint.model.finding import Finding
from ssot_lint.model.report import RULE_CRASHED, Diagnostic
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.stopwatch import Stopwatch


@dataclass(frozen=True)
class Crash:
    """A rule that raised: what the report says about it, and the traceback for whoever repairs it."""

    diagnostic: Diagnostic
    traceback: str


@dataclass(frozen=True)
class Findings:
    """What the rules found, each finding with its rule, the codes of the rules that came to their end, and those
    that crashed instead."""

    found: tuple[tuple[ActiveRule, Finding], ...]
    completed: frozenset[str]
    crashes: tuple[Crash, ...]


def run_rules(rules: Iterable[ActiveRule], find: Callable[[Rule], Iterable[Finding]], clock: Stopwatch) -> Findings:
    """``find`` what ``rules`` find, in order. One that raises loses all its findings: some would look like all."""
    found: list[tuple[ActiveRule, Finding]] = []
    completed: set[str] = set()
    crashes: list[Crash] = []
    for active in rules:
        with clock.time(f"{active.info.code} {active.info.name}"):
            try:
                findings = [(active, finding) for finding in find(active.rule)]
                _check_codes(active, findings)
            except (Exception, SystemExit) as error:  # whatever a rule raises must not reach the other rules
                crashes.append(Crash(_diagnostic(active, error), traceback.format_exc()))
                continue
        completed.add(active.info.code)
        found.extend(findings)
    return Findings(tuple(found), frozenset(completed), tuple(crashes))


def _check_codes(active: ActiveRule, findings: Iterable[tuple[ActiveRule, Finding]]) -> None:
    for _, finding in findings:
        if finding.code != active.info.code:
            raise ValueError(f"yielded a finding of {finding.code}")


def _diagnostic(active: ActiveRule, error: BaseException) -> Diagnostic:
    """Name rule, pack, and the rule's own line that raised: the innermost one in the rule's module."""
    rule_file = inspect.getsourcefile(type(active.rule))
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == rule_file]
    return Diagnostic(
        path=f"{type(active.rule).__module__.replace('.', '/')}.py",
        line=next((line for line in reversed(lines) if line), 0),
        kind=RULE_CRASHED,
        message=f"rule {active.label} raised {type(error).__name__}: {error}",
    )
