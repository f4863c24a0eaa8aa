"""Findings of one cause as a task: what it resolves, what that is worth, and what is left of it when its turn comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssot_lint.gate.score import Tally, Violation, violations_of
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import JudgedFinding, JudgedSite
from ssot_lint.plan.addresses import Addresses
from ssot_lint.plan.causes import by_cause
from ssot_lint.plan.dependencies import Merges
from ssot_lint.plan.work import Work, joined, work_of


@dataclass(frozen=True, eq=False)
class Debt:
    """A site that costs points, and what the score counts for it."""

    site: JudgedSite
    violation: Violation


Part: TypeAlias = tuple[JudgedFinding, Sequence[Debt]]
"""A finding and those of its sites that cost points, or what is left of them."""


@dataclass(frozen=True)
class Task:
    """Findings of one cause to be resolved, ``parts``, each with its debts: the work they take, all debts that go with
    that work, their own first, and its worth: the points it would gain if it were done first. ``is_aside``: no code
    that the score counts against is concerned."""

    parts: Sequence[Part]
    work: Work
    resolved: Sequence[Debt]
    worth: float
    is_aside: bool

    @property
    def own(self) -> list[Debt]:
        """The debts of all its findings."""
        return [debt for _, debts in self.parts for debt in debts]

    @property
    def rank(self) -> tuple[bool, int, float, float]:
        """Sorts tests and the like last, the worst first, then the most points per file touched, then the most."""
        return self.is_aside, self.work.severity.rank, -self.worth / self.work.cost, -self.worth


@dataclass(frozen=True)
class Turn:
    """What is left of a task, ``at`` its index, when its turn comes."""

    at: int
    parts: Sequence[Part]
    resolved: Sequence[Debt]


def debts_of(finding: JudgedFinding) -> list[Debt]:
    """The sites of a finding that cost points; an inventory has none."""
    if finding.severity is Severity.INFO:
        return []
    scored = [site for site in finding.sites if site.is_scored]
    return list(map(Debt, scored, violations_of(finding)))


def tasks_of(
    findings: Iterable[Part], addresses: Addresses, tally: Tally, production_paths: Collection[str]
) -> list[Task]:
    """The findings with their debts, at least one each, as tasks, one a cause, in order. ``tally`` counts all debts."""
    found = list(findings)
    causes = by_cause((judged, [debt.site.site for debt in own]) for judged, own in found)
    groups = [[found[at] for at in cause] for cause in causes]
    works = [work_of_parts(parts, addresses) for parts in groups]
    merges = Merges(works)
    resolved = [[debt for _, own in parts for debt in own] for parts in groups]
    for at, debts in enumerate([list(own) for own in resolved]):
        for debt in debts:
            for merge in merges.deleting(debt.site.site) - {at}:
                resolved[merge].append(debt)
    before, production = tally.value, frozenset(production_paths)
    return [
        Task(parts, work, debts, _worth(debts, tally, before), not _concerns(work, production))
        for parts, work, debts in zip(groups, works, resolved, strict=True)
    ]


def work_of_parts(parts: Sequence[Part], addresses: Addresses) -> Work:
    """What findings of one cause come to, the worst of them first."""
    ordered = sorted(parts, key=lambda part: part[0].severity.rank)
    return joined([work_of(judged, [debt.site for debt in own], addresses) for judged, own in ordered])


def _concerns(work: Work, paths: Collection[str]) -> bool:
    return any(each.site.location.path in paths for each in work.sites)


def turns_of(tasks: Sequence[Task], order: Iterable[int]) -> Iterator[Turn]:
    """The tasks in order, without those of which nothing is left: all their debts went with tasks before them."""
    done: set[Debt] = set()
    for at in order:
        task = tasks[at]
        parts = [(judged, left) for judged, own in task.parts if (left := [debt for debt in own if debt not in done])]
        if parts:
            resolved = [debt for debt in task.resolved if debt not in done]
            done.update(resolved)
            yield Turn(at, parts, resolved)


def _worth(debts: Sequence[Debt], tally: Tally, before: float) -> float:
    violations = [debt.violation for debt in debts]
    tally.remove(violations)
    worth = tally.value - before
    tally.add(violations)
    return worth
