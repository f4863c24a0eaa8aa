"""From judged findings to the remediation plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ssot_lint.gate.score import Tally
from ssot_lint.model.edits import Safety
from ssot_lint.model.finding import Location
from ssot_lint.model.plan import Action, Plan, Step
from ssot_lint.model.report import JudgedFinding
from ssot_lint.plan.addresses import Addresses
from ssot_lint.plan.dependencies import dependencies
from ssot_lint.plan.fixes import outlook
from ssot_lint.plan.order import in_order, without_circles
from ssot_lint.plan.tasks import Debt, Task, Turn, debts_of, tasks_of, turns_of, work_of_parts
from ssot_lint.plan.work import Work
from ssot_lint.project.project import Project

PRIORITY_SHARES = (0.5, 0.8)
"""Where priorities 1 and 2 end: at these shares of what all steps are worth."""


def make_plan(findings: Sequence[JudgedFinding], project: Project, production_paths: Collection[str]) -> Plan:
    """One step for every cause of findings that cost points (:func:`ssot_lint.plan.causes.by_cause`).
    ``production_paths`` are those the score counts against.

    What lies in code that a merge deletes goes with it: a violation belongs to the first step that makes it go, and a
    finding of which nothing is left for its own step has none.

    The worst come first, what is in tests and the like only comes last; among equals those worth the most points per
    file touched. A step never comes before those it depends on (:func:`ssot_lint.plan.dependencies.dependencies`).
    Going down the plan, priority 1 lasts until half of what all steps are worth is done, priority 2 until 80 %. Worth
    is what a step would gain if it were done first; the sum tells how much of today's problem is solved, where the
    score itself hardly moves as long as a rule is violated very often.

    ``points`` are gained in the order of the plan and add up to ``score_after - score_before``, by the formula of
    :func:`ssot_lint.gate.score.compute_score`, no file being taken to disappear. They are 0 where no file is clean
    before and after the step and the rule stays violated.
    """
    addresses = Addresses(project)
    debts = [(finding, own) for finding in findings if (own := debts_of(finding))]
    tally = Tally((debt.violation for _, own in debts for debt in own), production_paths)
    tasks = sorted(tasks_of(debts, addresses, tally, production_paths), key=lambda task: task.rank)
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
    is_whole = sum(len(own) for _, own in turn.parts) == len(task.own)
    return task.work if is_whole else work_of_parts(turn.parts, addresses)


def _step(
    work: Work, resolved: Sequence[Debt], *, number: int, priority: int, points: float, after: Sequence[int]
) -> Step:
    finding, rule = work.judged[0].finding, work.judged[0].rule
    stays = finding.home is not None and finding.home_stays
    fix, obstacle = outlook(work.sites)
    if finding.home is not None and not finding.home_stays and fix is not Safety.MANUAL:
        obstacle = f"it stays in {finding.home.location.path}, from where the others take it; {obstacle}"
    return Step(
        number=number,
        priority=priority,
        action=rule.action,
        title=work.title,
        code=rule.code,
        subject=finding.subject,
        ids=tuple(debt.site.id for debt in resolved),
        resolves=tuple((each.rule.code, each.finding.subject) for each in work.judged),
        keep=finding.home if stays and rule.action is not Action.EDIT else None,
        delete=(*_leaving(work), *(symbol.location for symbol in work.delete)),
        importers=tuple(work.importers),
        files=work.cost,
        points=points,
        after=tuple(after),
        fix=fix,
        obstacle=obstacle,
    )


def _leaving(work: Work) -> Iterator[Location]:
    """Where the homes are that do not stay either."""
    for judged in work.judged:
        home = judged.finding.home
        if work.delete and home is not None and not judged.finding.home_stays:
            yield home.location
