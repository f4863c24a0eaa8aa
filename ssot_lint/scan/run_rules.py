"""Runs rules, one by one or in two processes, so that one that raises takes nothing else down."""

from __future__ import annotations

import inspect
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from ssot_lint.model.finding import Finding
from ssot_lint.model.report import RULE_CRASHED, Diagnostic
from ssot_lint.project.notes import Noted
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import ActiveRule
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.workers.halves import in_halves

Find: TypeAlias = Callable[[Rule], Iterable[Finding]]
TakeNotes: TypeAlias = Callable[[], "Noted | None"]


@dataclass(frozen=True)
class Crash:
    """A rule that raised: what the report says about it, and the traceback for whoever repairs it."""

    diagnostic: Diagnostic
    traceback: str


@dataclass(frozen=True)
class Findings:
    """What the rules found, each finding with its rule, the codes of the rules that came to their end, those that
    crashed instead, and what was noted while they ran."""

    found: tuple[tuple[ActiveRule, Finding], ...]
    completed: frozenset[str]
    crashes: tuple[Crash, ...]
    noted: tuple[Noted, ...] = ()


class _Outcome(NamedTuple):
    """What one rule found, or how it crashed, in so many seconds, and what was noted meanwhile."""

    findings: tuple[Finding, ...]
    crash: Crash | None
    seconds: float
    noted: Noted | None = None


def no_notes() -> None:
    """Nothing was noted."""


def run_rules(
    rules: Sequence[ActiveRule],
    find: Find,
    clock: Stopwatch,
    *,
    in_two_processes: bool = False,
    take_notes: TakeNotes = no_notes,
) -> Findings:
    """``find`` what ``rules`` find, in order. One that raises loses all its findings: some would look like all.
    ``take_notes`` is asked after each for what was noted, in the process in which it ran."""
    run = _in_two_processes if in_two_processes else _one_by_one
    outcomes = run(rules, find, clock, take_notes)
    judged = list(zip(rules, outcomes, strict=True))
    return Findings(
        found=tuple((active, finding) for active, outcome in judged for finding in outcome.findings),
        completed=frozenset(active.info.code for active, outcome in judged if outcome.crash is None),
        crashes=tuple(outcome.crash for outcome in outcomes if outcome.crash is not None),
        noted=tuple(outcome.noted for outcome in outcomes if outcome.noted is not None),
    )


def _one_by_one(rules: Sequence[ActiveRule], find: Find, clock: Stopwatch, take_notes: TakeNotes) -> list[_Outcome]:
    outcomes = []
    for active in rules:
        with clock.time(_name_of(active)):
            outcomes.append(_outcome_of(active, find, take_notes))
    return outcomes


def _in_two_processes(
    rules: Sequence[ActiveRule], find: Find, clock: Stopwatch, take_notes: TakeNotes
) -> list[_Outcome]:
    outcomes = in_halves([partial(_outcome_of, active, find, take_notes) for active in rules])
    for active, outcome in zip(rules, outcomes, strict=True):
        clock.add(_name_of(active), outcome.seconds)
    return outcomes


def _name_of(active: ActiveRule) -> str:
    return f"{active.info.code} {active.info.name}"


def _outcome_of(active: ActiveRule, find: Find, take_notes: TakeNotes) -> _Outcome:
    start = time.perf_counter()
    findings: tuple[Finding, ...] = ()
    crash = None
    try:
        findings = tuple(find(active.rule))
        _check_codes(active, findings)
    except (Exception, SystemExit) as error:  # whatever a rule raises must not reach the other rules
        findings, crash = (), Crash(_diagnostic(active, error), traceback.format_exc())
    return _Outcome(findings, crash, time.perf_counter() - start, take_notes())


def _check_codes(active: ActiveRule, findings: Iterable[Finding]) -> None:
    for finding in findings:
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
