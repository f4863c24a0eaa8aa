"""The remediation plan as tables, one for each priority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ssot_lint.model.plan import Plan, Step
from ssot_lint.reporters.markdown.blocks import MOST_ROWS, details, name, prose, table
from ssot_lint.reporters.phrases import fix_outlook, shown_points, shown_score
from ssot_lint.text.sanitize import html_text, markdown_text
from ssot_lint.text.wording import counted

_ROOM_FOR_STEPS = 5_000
"""Characters of one priority; there are three."""

_MOST_NUMBERS = 10


def plan_section(plan: Plan | None) -> Iterator[str]:
    """The steps in order: the first priority in the open, the others to be opened. Nothing without steps."""
    if plan is None or not plan.steps:
        return
    yield "## Plan"
    yield (
        f"Score {shown_score(plan.score_before)} now, {shown_score(plan.score_after)} after "
        f"{counted(len(plan.steps), 'step')}. A step is worth its points once those above it are done. The worst come "
        "first, what is only in tests last."
    )
    # Three groups at most, whatever the order: the room of the document counts on it.
    in_order = sorted(plan.steps, key=lambda step: step.priority)
    for at, (priority, group) in enumerate(groupby(in_order, key=lambda step: step.priority)):
        steps = list(group)
        points = shown_points(sum(step.points for step in steps))
        title = f"Priority {priority}: {counted(len(steps), 'step')}, {points} points"
        if at == 0:
            yield f"### {markdown_text(title)}"
            yield from _table(steps)
        else:
            yield details(f"<b>{html_text(title)}</b>", _table(steps))


def _table(steps: Sequence[Step]) -> Iterator[str]:
    depends = any(step.after for step in steps[:MOST_ROWS])
    rows = [
        (
            str(step.number),
            prose(step.title),
            name(step.ids[0]) if step.ids else "",
            f"{step.files:,}",
            markdown_text(shown_points(step.points)),
            prose(fix_outlook(step)),
            *([_numbers(step.after)] if depends else []),
        )
        for step in steps[:MOST_ROWS]
    ]
    header = ("Step", "What to do", "Finding", "Files", "Points", "Fix", *(["After"] if depends else []))
    return table(header, "rllrrll"[: len(header)], rows, len(steps), _ROOM_FOR_STEPS)


def _numbers(after: Sequence[int]) -> str:
    return ", ".join(map(str, after[:_MOST_NUMBERS])) + (", ..." if len(after) > _MOST_NUMBERS else "")
