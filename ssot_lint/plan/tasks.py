"""Findings as tasks: what each of them resolves, what that is worth, and what is left of it when its turn comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.gate.score import Tally, Violation, violations_of
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding, JudgedSite
from ssot_lint.plan.addresses import Addresses
from ssot_lint.plan.dependencies import Merges
from ssot_lint.plan.work import Work, work_of


@dataclass(frozen=True, eq=False)
class Debt:
    """A site that costs points, and what the score counts for it."""

    site: JudgedSite
    violation: Violation


@dataclass(frozen=True)
class Task:
    """A finding to be resolved: its debts, the work they take, all debts that go with that work, its own first, and
    its worth: the points it would gain if it were done first."""

    own: Sequence[Debt]
    work: Work
    resolved: Sequence[Debt]
    worth: float

    @property
    def rank(self) -> tuple[float, float]:
        """Sorts the most points per file touched first, then the most points."""
        return -self.worth / len(self.work.files), -self.worth


@dataclass(frozen=True)
class Turn:
    """What is left of a task, ``at`` its index, when its turn comes."""

    at: int
    own: Sequence[Debt]
    resolved: Sequence[Debt]


def debts_of(finding: JudgedFinding) -> list[Debt]:
    """The sites of a finding that cost points; an inventory has none."""
    if finding.severity is Severity.INFO:
        return []
    scored = [site for site in finding.sites if site.is_scored]
    return list(map(Debt, scored, violations_of(finding)))


def tasks_of(
    findings: Iterable[tuple[JudgedFinding, Sequence[Debt]]], addresses: Addresses, tally: Tally
) -> list[Task]:
    """The findings with their debts, at least one each, as tasks in the same order. ``tally`` counts all debts."""
    found = list(findings)
    works = [work_of(finding, [debt.site for debt in own], addresses) for finding, own in found]
    merges = Merges(works)
    resolved = [list(own) for _, own in found]
    for at, (_, own) in enumerate(found):
        for debt in own:
            for merge in merges.deleting(debt.site.site) - {at}:
                resolved[merge].append(debt)
    before = tally.value
    return [
        Task(own, work, debts, _worth(debts, tally, before))
        for (_, own), work, debts in zip(found, works, resolved, strict=True)
    ]


def turns_of(tasks: Sequence[Task], order: Iterable[int]) -> Iterator[Turn]:
    """The tasks in order, without those of which nothing is left: all their debts went with tasks before them."""
    done: set[Debt] = set()
    for at in order:
        task = tasks[at]
        own = [debt for debt in task.own if debt not in done]
        if own:
            resolved = [debt for debt in task.resolved if debt not in done]
            done.update(resolved)
            yield Turn(at, own, resolved)


def _worth(debts: Sequence[Debt], tally: Tally, before: float) -> float:
    violations = [debt.violation for debt in debts]
    tally.remove(violations)
    worth = tally.value - before
    tally.add(violations)
    return worth
