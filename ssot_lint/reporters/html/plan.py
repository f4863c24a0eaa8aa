"""The plan as data of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.plan import Plan, Step
from ssot_lint.reporters.html.payload import PlanData, StepData
from ssot_lint.reporters.html.room import ROOM_FOR_PLAN, Room, size_of
from ssot_lint.reporters.html.tables import Files
from ssot_lint.reporters.phrases import fix_outlook
from ssot_lint.text.sanitize import visible

MOST_IMPORTERS = 10
"""Of a step, and of the steps to be done before it; more importers are counted."""
_DECIMALS = 5


def plan_data(plan: Plan | None, files: Files) -> PlanData | None:
    """The first steps, as many as there is room for, and how many come after them; None without a plan."""
    if plan is None:
        return None
    steps = [*_steps(plan.steps, files)]
    return PlanData(
        before=round(plan.score_before, _DECIMALS),
        after=round(plan.score_after, _DECIMALS),
        steps=steps,
        more=len(plan.steps) - len(steps),
    )


def _steps(steps: Sequence[Step], files: Files) -> Iterator[StepData]:
    room = Room(ROOM_FOR_PLAN)
    for step in steps:
        before = files.size
        data = _step(step, files)
        if not room.take(size_of(data) + files.size - before):
            return
        yield data


def _step(step: Step, files: Files) -> StepData:
    return StepData(
        priority=step.priority,
        action=step.action.value,
        title=visible(step.title),
        finding=step.ids[0],
        violations=len(step.ids),
        files=step.files,
        points=round(step.points, _DECIMALS),
        fix=visible(fix_outlook(step)),
        importers=[files.number(path) for path in step.importers[:MOST_IMPORTERS]],
        more=max(len(step.importers) - MOST_IMPORTERS, 0),
        after=list(step.after[-MOST_IMPORTERS:]),
    )
