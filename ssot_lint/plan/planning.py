"""From judged findings to the remediation plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ssot_lint.gate.score import Tally
from ssot_lint.model.plan import Action, Plan, Step
from ssot_lint.model.report import JudgedFinding
from ssot_lint.plan.addresses import Addresses
from ssot_lint.plan.dependencies import dependencies
from ssot_lint.plan.fixes import outlook
from ssot_lint.plan.order import in_order, without_circles
from ssot_lint.plan.tasks import Debt, Task, Turn, debts_of, tasks_of, turns_of
from ssot_lint.plan.work import Work, work_of
from ssot_lint.project.project import Project

PRIORITY_SHARES = (0.5, 0.8)
"""Where priorities 1 and 2 end: at these shares of what all steps are worth."""


def make_plan(findings: Sequence[JudgedFinding], project: Project, production_paths: Collection[str]) -> Plan:
    """One step for every finding that costs points. ``production_paths`` are those the score counts against.

    What lies in code that a merge deletes goes with it: a violation belongs to the first step that makes it go, and a
    finding of which nothing is left for its own step has none.

    The steps worth the most points per file touched come first, a step never before those it depends on
    (:func:`ssot_lint.plan.dependencies.dependencies`); equals stay in the order of ``findings``. Going down the plan,
    priority 1 lasts until half of what all steps are worth is done, priority 2 until 80 %. Worth is what a step would
    gain if it were done first; the sum tells how much of today's problem is solved, where the score itself hardly moves
    as long as a rule is violated very often.

    ``points`` are gained in the order of the plan and add up to ``score_after - score_before``, by the formula of
    :func:`ssot_lint.gate.score.compute_score`, no file being taken to disappear. They are 0 where no file is clean
    before and after the step and the rule stays violated.
    """
    addresses = Addresses(project)
    debts = [(finding, own) for finding in findings if (own := debts_of(finding))]
    tally = Tally((debt.violation for _, own in debts for debt in own), production_paths)
    tasks = sorted(tasks_of(debts, addresses, tally), key=lambda task: task.rank)
    needed = without_circles(dependencies([task.work for task in tasks]))
    turns = list(turns_of(tasks, in_order(needed)))
    numbers = {turn.at: number for number, turn in enumerate(turns, 1)}
    priorities = _priorities([tasks[turn.at].worth for turn in turns])
    before = tally.value
    steps = []
    for turn, priority in zip(turns, priorities, strict=True):
        score = tally.value
        tally.remove(debt.violation for debt in turn.resolved)
        steps.append(
            _step(
                _work_left(tasks[turn.at], turn, addresses),
                turn.resolved,
                number=numbers[turn.at],
                priority=priority,
                points=tally.value - score,
                after=sorted(numbers[at] for at in needed[turn.at] if at in numbers),
            )
        )
    return Plan(tuple(steps), score_before=before, score_after=tally.value)


def _priorities(worths: Sequence[float]) -> list[int]:
    total = sum(worths)
    done = 0.0
    priorities = []
    for worth in worths:
        priorities.append(1 + sum(0 < share * total <= done for share in PRIORITY_SHARES))
        done += worth
    return priorities


def _work_left(task: Task, turn: Turn, addresses: Addresses) -> Work:
    if len(turn.own) == len(task.own):
        return task.work
    return work_of(task.work.judged, [debt.site for debt in turn.own], addresses)


def _step(
    work: Work, resolved: Sequence[Debt], *, number: int, priority: int, points: float, after: Sequence[int]
) -> Step:
    finding, rule = work.judged.finding, work.judged.rule
    fix, obstacle = outlook(work.sites)
    return Step(
        number=number,
        priority=priority,
        action=rule.action,
        title=work.title,
        code=rule.code,
        subject=finding.subject,
        ids=tuple(debt.site.id for debt in resolved),
        keep=None if rule.action is Action.EDIT else finding.home,
        delete=tuple(symbol.location for symbol in work.delete),
        importers=tuple(work.importers),
        files=len(work.files),
        points=points,
        after=tuple(after),
        fix=fix,
        obstacle=obstacle,
    )
