"""The remediation plan as text: its first steps by priority, each with what it keeps, deletes, moves or edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from ssot_lint.model.finding import Location
from ssot_lint.model.plan import Plan, Step
from ssot_lint.model.report import Report
from ssot_lint.reporters.layout import Layout, more, prose, where
from ssot_lint.reporters.phrases import fix_outlook, shown_points, shown_score
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted, listed

_MOST_STEPS = 20
_MOST_PLACES = 3
_INDENT = 5
_PLACE_INDENT = 13


def plan_lines(layout: Layout, report: Report) -> Iterator[Text]:
    """The plan's figures and its first 20 steps; all priorities are counted. Nothing without steps."""
    plan = report.plan
    if plan is None or not plan.steps:
        return
    yield from layout.hang(Text(), _headline(plan), 0)
    sites = {site.id: site.site.location for finding in report.findings for site in finding.sites}
    for priority, group in groupby(plan.steps, key=lambda step: step.priority):
        steps = list(group)
        points = shown_points(sum(step.points for step in steps))
        yield Text(f"priority {priority}: {counted(len(steps), 'step')}, {points} points", "bold")
        for step in steps:
            if step.number <= _MOST_STEPS:
                yield from _step(layout, step, sites)
    yield from more(len(plan.steps) - _MOST_STEPS, 0)


def _headline(plan: Plan) -> Text:
    scores = f"from {shown_score(plan.score_before)} to {shown_score(plan.score_after)}"
    return Text(f"Plan: {counted(len(plan.steps), 'step')}, score {scores}.", "bold")


def _step(layout: Layout, step: Step, sites: Mapping[str, Location]) -> Iterator[Text]:
    yield from layout.hang(Text(f"{step.number:3}."), prose(step.title), _INDENT)
    if step.keep is not None:
        yield from _places(layout, "keep:", [where(step.keep.location)])
    # Without a home nothing takes the place of what goes: it moves.
    yield from _places(layout, "delete:" if step.keep else "from:", [where(location) for location in step.delete])
    yield from _places(layout, "move:", [visible_path(path) for path in step.importers])
    if not step.delete and not step.importers:
        yield from _places(layout, "edit:", [where(sites[each]) for each in step.ids if each in sites])
    yield from layout.hang(Text.assemble(" " * _INDENT, ("fix:", "dim")), prose(fix_outlook(step)), _PLACE_INDENT)
    yield from layout.hang(Text(), Text(_figures(step), "dim"), _INDENT)


def _places(layout: Layout, label: str, places: Sequence[str]) -> Iterator[Text]:
    start = Text.assemble(" " * _INDENT, (label, "dim"))
    rows = [(Text() if at else start, Text(place), Text()) for at, place in enumerate(places[:_MOST_PLACES])]
    yield from layout.rows(rows, _PLACE_INDENT)
    yield from more(len(places) - _MOST_PLACES, _PLACE_INDENT)


def _figures(step: Step) -> str:
    steps = listed([str(number) for number in step.after])
    after = f", after {'step' if len(step.after) == 1 else 'steps'} {steps}" if steps else ""
    counts = f"{counted(len(step.ids), 'violation')}, {counted(step.files, 'file')}, {shown_points(step.points)} points"
    return f"{visible(step.ids[0])}: {counts}{after}"
