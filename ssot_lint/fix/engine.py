"""Carries out what is wished, round by round, and keeps only what leaves nothing worse than before.

A round makes as many tasks as can be made side by side, and scans the project with the changed files in memory. What
would break something is left out and tried again alone; what can be kept is handed to a writer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ssot_lint.fix.addresses import Move
from ssot_lint.fix.batch import Batch, Workshop
from ssot_lint.fix.checks import State, problems, remaining
from ssot_lint.fix.contents import Contents
from ssot_lint.fix.journal import FileChange
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.source import RefusedError
from ssot_lint.fix.tasks import Refusal, SiteKey, StepKey, Task, Wish, grouped, numbers_of, tasks_of, touching
from ssot_lint.fix.texts import Mention, Texts
from ssot_lint.model.plan import Plan
from ssot_lint.scan.scan import Scan

_MOST_ROUNDS = 1_000
"""Rounds after which nothing more is tried. Each does something, so there is an end to them without that."""

Write: TypeAlias = Callable[[Sequence[FileChange]], str]
"""Writes the changes of a round; says why not, as a clause, if they do not stay."""


@dataclass
class Outcome:
    """What became of a wish. ``done`` and ``refused`` are violations, in order; ``left`` are those that nobody asked
    for in particular and that take a decision or --unsafe. ``changes`` are the new contents of all
    files that changed, by path, ``old`` what they were. ``moves`` are the addresses that
    changed, ``mentions`` what still names the old ones. ``last`` is the scan of the project as it is now."""

    last: State
    done: list[Task] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left: list[Refusal] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    changes: dict[str, bytes | None] = field(default_factory=dict)
    old: dict[str, bytes | None] = field(default_factory=dict)


class Engine:
    """One run over a project. ``allows`` says of a file why it must not change, as a clause, empty if it may;
    ``is_stepwise``: each step is written on its own."""

    def __init__(
        self,
        scan: Scan,
        wish: Wish,
        write: Write,
        allows: Callable[[str], str],
        *,
        is_stepwise: bool = False,
    ) -> None:
        self._first, self._wish, self._write, self._allows = State(scan), wish, write, allows
        self._is_stepwise = is_stepwise
        request = scan.request
        self._contents = Contents(request.root, scan.digests, request.config.max_file_size)
        paths = [file.path for file in scan.loaded.tree.files]
        self._texts = Texts(request.root, paths, request.config.max_file_size)
        self._outcome = Outcome(self._first)
        self._given_up: dict[SiteKey, Refusal] = {}
        self._finished: set[SiteKey] = set()
        self._touched: set[StepKey] = set()
        self._alone: set[StepKey] = set()
        self._for_now: dict[SiteKey, Refusal] = {}

    def run(self, plan: Plan) -> Outcome:
        """Do all that can be done; ``plan`` is that of the project as it was."""
        numbers = numbers_of(plan)
        for _ in range(_MOST_ROUNDS):
            tasks, beyond = tasks_of(self._outcome.last.scan.findings, numbers, self._wish)
            open_tasks = [task for task in tasks if task.key not in self._given_up | dict.fromkeys(self._finished)]
            if not open_tasks or not self._round(open_tasks):
                break
        else:
            beyond = []
        beyond = [each for each in beyond if each.step not in self._touched]
        refused = [*(self._for_now | self._given_up).values(), *(beyond if self._wish.is_particular else ())]
        self._outcome.refused = sorted(refused, key=lambda each: (each.number or len(numbers) + 1, each.step, each.key))
        self._look_for_mentions()
        self._outcome.left = [] if self._wish.is_particular else beyond
        return self._outcome

    def carry_out(self, task: Task) -> Outcome:
        """Do what no finding asks for."""
        for allowed in self._allowed([task]):
            self._try([allowed])
        self._outcome.refused = list((self._for_now | self._given_up).values())
        self._look_for_mentions()
        return self._outcome

    def _look_for_mentions(self) -> None:
        addresses = frozenset(move.old for move in self._outcome.moves)
        self._outcome.mentions = list(self._texts.mentions(addresses, self._outcome.changes)) if addresses else []

    def _round(self, tasks: Sequence[Task]) -> bool:
        """Do what can be done at once, or, once nothing more can, one step that has to be done alone. Returns whether
        anything was done: all places are others then."""
        self._for_now.clear()
        # Nothing else collects what a scan in memory was made of, which is as large as the project.
        gc.collect()
        allowed = self._allowed(tasks)
        together = [] if self._is_stepwise else [task for task in allowed if task.step not in self._alone]
        while together:
            bad = self._try_all(together)
            self._alone.update(task.step for task in bad)
            if not bad:
                return True
            together = [task for task in together if task not in bad]
        apart = [group for step, group in grouped(allowed).items() if self._is_stepwise or step in self._alone]
        return any(self._try(group) for group in apart if not self._is_given_up(group))

    def _is_given_up(self, tasks: Sequence[Task]) -> bool:
        return all(task.key in self._given_up or task.key in self._for_now for task in tasks)

    def _allowed(self, tasks: Iterable[Task]) -> list[Task]:
        allowed = []
        for task in tasks:
            reason = next((why for path in sorted(task.files) if (why := self._allows(path))), "")
            if reason:
                self._refuse(task, reason)
            else:
                allowed.append(task)
        return allowed

    def _try(self, tasks: Sequence[Task]) -> bool:
        """Do these alone; refuse them for good if that breaks anything. Returns whether they were done."""
        batch = self._made(tasks)
        if not batch.tasks:
            return False
        after = self._scanned(batch)
        reasons = self._reasons(after, batch)
        if not reasons:
            return self._keep(batch, after)
        for task, reason in reasons.items():
            self._refuse(task, reason)
        left = [task for task in batch.tasks if task not in reasons]
        return bool(left) and self._try(left)

    def _try_all(self, tasks: Sequence[Task]) -> Sequence[Task]:
        """Do all of these, or say which of them are to be left out."""
        batch = self._made(tasks)
        if not batch.tasks:
            return tasks
        after = self._scanned(batch)
        reasons = self._reasons(after, batch)
        if not reasons:
            self._keep(batch, after)
            return ()
        return _of_steps(batch.tasks, {task.step for task in reasons})

    def _made(self, tasks: Sequence[Task]) -> Batch:
        scan = self._outcome.last.scan
        around = Neighbourhood(scan.project, scan.request.root)
        batch = Workshop(scan.project, around, self._contents, self._texts, scan.pool).make(tasks)
        self._for_now.update((task.key, _refusal(task, reason)) for task, reason in batch.refused.items())
        reason = next((why for path in sorted(batch.changes) if (why := self._allows(path))), "")
        if reason:
            for task in batch.tasks:
                self._refuse(task, reason)
            return Batch((), {}, {})
        return batch

    def _scanned(self, batch: Batch) -> State:
        return State(self._outcome.last.scan.with_changes(batch.changes, batch.facts))

    def _reasons(self, after: State, batch: Batch) -> dict[Task, str]:
        """Why tasks must not be done, those left out that are known to do no harm."""
        before = self._outcome.last
        found = dict.fromkeys(remaining(before, after, batch.tasks), "it would still be found afterwards")
        for problem in problems(before, after, batch.tasks):
            guilty = touching(batch.tasks, problem.paths) or batch.tasks
            found.update((task, problem.reason) for task in guilty if task not in found)
        return found

    def _keep(self, batch: Batch, after: State) -> bool:
        old = {path: self._old(path) for path in batch.changes}
        reason = self._write([FileChange(path, old[path], new) for path, new in sorted(batch.changes.items())])
        if reason:
            for task in batch.tasks:
                self._refuse(task, reason)
            return False
        self._contents.accept(batch.changes)
        outcome = self._outcome
        for path, content in batch.changes.items():
            outcome.old.setdefault(path, old[path])
            outcome.changes[path] = content
        outcome.done.extend(batch.tasks)
        outcome.moves.extend(batch.moves)
        outcome.last = after
        staying = [task for task in batch.tasks if task.fix.leaves_site]
        self._finished.update(task.key for task in staying)
        self._touched.update(task.step for task in staying)
        return True

    def _old(self, path: str) -> bytes | None:
        try:
            return self._contents.read(path)
        except RefusedError:  # a file that is not there yet
            return None

    def _refuse(self, task: Task, reason: str) -> None:
        self._given_up[task.key] = _refusal(task, reason)


def _refusal(task: Task, reason: str) -> Refusal:
    return Refusal(task.step, task.key, task.site, reason, task.number)


def _of_steps(tasks: Iterable[Task], steps: Collection[StepKey]) -> list[Task]:
    return [task for task in tasks if task.step in steps]
