"""What became of a run of ``fix``, in lines for people: each step done or refused, and the score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ssot_lint.fix.engine import Outcome
from ssot_lint.fix.moves import MOVE
from ssot_lint.fix.tasks import Refusal, StepKey, Task
from ssot_lint.gate.score import compute_score, violations_of
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.scan.report import scored_paths
from ssot_lint.scan.scan import Scan
from ssot_lint.text.sanitize import visible, visible_path
from ssot_lint.text.wording import counted

_MOST_MENTIONS = 10
"""Texts with old addresses that are told."""
_MOST_REASONS = 3
"""Reasons of one step that are told."""
_IN_NO_STEP = 1_000_000
"""Sorts what stands in no plan, such as an inventory, last."""


def summary(outcome: Outcome, before: float, *, is_dry: bool) -> Iterator[str]:
    """One line a step, done ones first, then how much that was and what the score has become."""
    done = sorted(outcome.done, key=lambda task: (task.number or _IN_NO_STEP, task.step))
    for step, tasks in _by_step(done).items():
        files = sorted({path for task in tasks for path in task.files if path in outcome.changes})
        left = " in part" if any(each.step == step for each in outcome.refused) else ""
        yield f"{_name(step, tasks[0].number)}: done{left}, {_extent(tasks)}{_files(files)}"
    for step, refusals in _refused_by_step(outcome.refused).items():
        yield f"{_name(step, refusals[0].number)}: refused, {_reasons(refusals)}{_hint(refusals)}"
    for each in outcome.mentions[:_MOST_MENTIONS]:
        yield f"look at {visible_path(each.path)}:{each.line}: it names {visible(each.text)}"
    if len(outcome.mentions) > _MOST_MENTIONS:
        yield f"look at {len(outcome.mentions) - _MOST_MENTIONS:,} more places that name old addresses"
    if outcome.left:
        unsafe = sum(map(_is_automatic, outcome.left))
        parts = [f"{counted(unsafe, 'violation')} for --unsafe", f"{len(outcome.left) - unsafe:,} for a decision"]
        parts += [f"{len(outcome.refused):,} refused"] if outcome.refused else []
        yield f"left: {', '.join(parts)}"
    verb = "would change" if is_dry else "changed"
    refused = len(_refused_by_step(outcome.refused))
    score = f"score {shown_score(before)} -> {shown_score(score_of(outcome.last.scan))}"
    changed = counted(len(outcome.changes), "file")
    yield f"{counted(len(_by_step(done)), 'step')} done, {counted(refused, 'step')} refused, {changed} {verb}; {score}"


def score_of(scan: Scan) -> float:
    """The score of what a scan found."""
    violations = [violation for judged in scan.findings for violation in violations_of(judged)]
    return compute_score(violations, scored_paths(scan.loaded, violations)).value


def _extent(tasks: Sequence[Task]) -> str:
    return "" if tasks[0].step.code == MOVE else f"{counted(len(tasks), 'violation')}, "


def _name(step: StepKey, number: int) -> str:
    said = f"{step.code} {visible(step.subject)}"
    if step.code == MOVE:
        return said
    return f"step {number}: {said}" if number else f"in no step of the plan: {said}"


def _files(paths: Sequence[str]) -> str:
    return counted(len(paths), "file") if len(paths) != 1 else visible(paths[0])


def _hint(refusals: Sequence[Refusal]) -> str:
    """Where to see what has to be decided."""
    open_ones = [each.site for each in refusals if each.site.id and not _is_automatic(each)]
    return f" (`ssot-lint show {open_ones[0].id}`)" if open_ones else ""


def _is_automatic(refusal: Refusal) -> bool:
    fix = refusal.site.site.fix
    return fix is not None and fix.is_automatic


def _reasons(refusals: Sequence[Refusal]) -> str:
    counts = Counter(each.reason for each in refusals)
    told = [
        f"{reason}{f' (at {count:,} places)' if count > 1 else ''}"
        for reason, count in counts.most_common(_MOST_REASONS)
    ]
    more = len(counts) - len(told)
    return "; ".join(visible(each) for each in told) + (f"; and {more:,} more" if more else "")


def _by_step(tasks: Sequence[Task]) -> Mapping[StepKey, list[Task]]:
    found: dict[StepKey, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.step, []).append(task)
    return found


def _refused_by_step(refusals: Sequence[Refusal]) -> Mapping[StepKey, list[Refusal]]:
    found: dict[StepKey, list[Refusal]] = {}
    for each in refusals:
        found.setdefault(each.step, []).append(each)
    return found
