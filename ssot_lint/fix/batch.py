"""Tasks carried out in memory: the files that they change, and why some of them cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ssot_lint.fix.addresses import Move, moves_of
from ssot_lint.fix.contents import Contents
from ssot_lint.fix.context import FileContext
from ssot_lint.fix.file_edits import FileTask
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.readers import with_readers
from ssot_lint.fix.rewrite import FileRewrite, rewrite_file, rewrite_files
from ssot_lint.fix.same_names import common_names, difference
from ssot_lint.fix.source import RefusedError
from ssot_lint.fix.tasks import Task
from ssot_lint.fix.texts import Texts, with_new_address
from ssot_lint.model.edits import (
    CopyDefinition,
    Delegate,
    DeleteDefinition,
    Edit,
    InsertDefinition,
    RenameImport,
    RetargetImport,
)
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.project.project import Project
from ssot_lint.workers.extract_files import CHUNK_BYTES, SMALL_BYTES, WorkerPool, deadline_of, error_of, reason_of
from ssot_lint.workers.interface import Executor
from ssot_lint.workers.parser_guard import is_safe_in_process

_TAKING_NAMES = (DeleteDefinition, Delegate, RenameImport)
"""Edits by which a file may lose a name."""
_EXTRACTIONS = 8
"""How much longer than its extraction the rewrite of a file may take: what it takes for comments."""


@dataclass(frozen=True)
class Batch:
    """``changes`` are the new contents by path, None for a file that goes; ``tasks`` are made by them, ``refused`` are
    not, each with why. ``facts`` are the encoded ones of contents that need not be read for them, by path."""

    tasks: Sequence[Task]
    changes: Mapping[str, bytes | None]
    refused: Mapping[Task, str]
    moves: Sequence[Move] = ()
    facts: Mapping[str, bytes] = field(default_factory=dict)


class Workshop:
    """Makes the edits of tasks, for a project, its contents and the texts in them."""

    def __init__(
        self, project: Project, around: Neighbourhood, contents: Contents, texts: Texts, pool: WorkerPool
    ) -> None:
        self._project, self._around, self._contents, self._texts = project, around, contents, texts
        self._pool = pool

    def make(self, tasks: Sequence[Task]) -> Batch:
        """Make all edits of ``tasks``; of a task that cannot be made whole, none."""
        refused: dict[Task, str] = {}
        left = list(tasks)
        while left:
            batch = self._attempt(left)
            refused.update(batch.refused)
            if not batch.refused:
                return replace(batch, tasks=left, refused=refused)
            left = [task for task in left if task not in batch.refused]
        return Batch((), {}, refused)

    def _attempt(self, tasks: Sequence[Task]) -> Batch:
        edits = list(dict.fromkeys(edit for task in tasks for edit in task.fix.edits))
        reasons: dict[Edit, str] = {}
        by_path: dict[str, list[int]] = defaultdict(list)
        for number, edit in enumerate(edits):
            try:
                self._check(edit)
                by_path[edit.path].append(number)
            except RefusedError as refusal:
                reasons[edit] = str(refusal)
        files = [self._file_task(path, numbers, edits, reasons) for path, numbers in sorted(by_path.items())]
        changes: dict[str, bytes | None] = {}
        facts: dict[str, bytes] = {}
        gone: set[tuple[str, str]] = set()
        for task, rewrite in self._rewritten([file for file in files if file is not None]):
            reasons.update((edits[number], why) for number, why in rewrite.refused.items())
            if rewrite.content != task.content:
                changes[task.path] = rewrite.content
                facts[task.path] = rewrite.facts
            gone.update((task.path, name) for name in rewrite.gone)
        refused = {task: why for task in tasks if (why := _first_reason(task, reasons))}
        idle = [task for task in tasks if not refused and not (task.files & changes.keys())]
        moves = [move for edit in edits if edit not in reasons for move in self._moves(edit, gone)]
        for move in moves if not refused else ():
            self._follow(move, changes, facts)
        known = {path: each for path, each in facts.items() if each}
        return Batch(tasks, changes, refused | dict.fromkeys(idle, "there is nothing left to change"), moves, known)

    def _moves(self, edit: Edit, gone: Collection[tuple[str, str]]) -> Iterator[Move]:
        is_gone = isinstance(edit, DeleteDefinition) and (edit.path, edit.name) in gone
        for move in moves_of(self._project, self._around, edit):
            yield move._replace(is_looked_up=move.is_looked_up or is_gone)

    def _follow(self, move: Move, changes: dict[str, bytes | None], facts: dict[str, bytes]) -> None:
        """Let texts in code name the new address where the old one does nothing any more."""
        for path in sorted(self._texts.naming(move.old)) if move.is_looked_up else ():
            content = changes[path] if path in changes else self._contents.read(path)
            new = None if content is None else with_new_address(content, move.old, move.new)
            if new != content:
                changes[path] = new
                facts.pop(path, None)

    def _check(self, edit: Edit) -> None:
        if isinstance(edit, DeleteDefinition) and edit.home_path:
            different = difference(self._project, self._around, edit)
            if different:
                raise RefusedError(different)

    def _file_task(
        self, path: str, numbers: Sequence[int], edits: Sequence[Edit], reasons: dict[Edit, str]
    ) -> FileTask | None:
        try:
            is_new = self._around.is_new(path)
            content = b"" if is_new else self._contents.read(path)
            own = tuple((number, edits[number]) for number in numbers)
            others = {other for _, edit in own if (other := _read_by(edit))}
            return FileTask(
                path,
                content,
                ModuleFacts() if is_new else self._around.module(path).facts,
                self._context(path, [edit for _, edit in own]),
                own,
                {
                    other: (
                        self._contents.read(other),
                        self._around.module(other).facts,
                        self._around.context(other),
                    )
                    for other in sorted(others)
                },
                {
                    number: common_names(self._project, self._around.module(path), edit)
                    for number, edit in own
                    if isinstance(edit, RetargetImport) and not edit.name
                },
            )
        except RefusedError as refusal:
            reasons.update((edits[number], str(refusal)) for number in numbers)
            return None

    def _context(self, path: str, edits: Iterable[Edit]) -> FileContext:
        """What a file has to know; who else reads its names only where one of them may go."""
        if self._around.is_new(path) or not any(isinstance(edit, _TAKING_NAMES) for edit in edits):
            return self._around.context(path)
        return with_readers(path, self._around, self._contents, self._texts)

    def _rewritten(self, tasks: Sequence[FileTask]) -> Iterator[tuple[FileTask, FileRewrite]]:
        """What becomes of each file. What could harm this process is done in another one."""
        is_small = sum(len(task.content) for task in tasks) <= SMALL_BYTES
        if is_small and all(is_safe_in_process(task.content) for task in tasks):
            yield from ((task, rewrite_file(task)) for task in tasks)
            return
        chunks = list(_chunks(tasks))
        with self._pool.open_executor(min(self._pool.jobs, len(chunks))) as executor:
            yield from _rewritten_by(executor, chunks)


def _chunks(tasks: Iterable[FileTask]) -> Iterator[Sequence[FileTask]]:
    """Neighbours, which have much of their context in common, so that it travels once."""
    chunk: list[FileTask] = []
    for task in tasks:
        if chunk and sum(len(each.content) for each in chunk) + len(task.content) > CHUNK_BYTES:
            yield chunk
            chunk = []
        chunk.append(task)
    yield chunk


def _rewritten_by(executor: Executor, chunks: Iterable[Sequence[FileTask]]) -> Iterator[tuple[FileTask, FileRewrite]]:
    """What becomes of each file; those of a chunk that fails are tried again one by one."""
    running = [(chunk, executor.submit(rewrite_files, chunk, _deadline(chunk))) for chunk in chunks]
    for chunk, future in running:
        error = error_of(future)
        if error is None:
            yield from zip(chunk, future.result(), strict=True)
        elif len(chunk) > 1:
            yield from _rewritten_by(executor, [[task] for task in chunk])
        else:
            yield chunk[0], _failed(chunk[0], reason_of(error))


def _deadline(tasks: Iterable[FileTask]) -> float:
    return _EXTRACTIONS * deadline_of([task.content for task in tasks])


def _failed(task: FileTask, reason: str) -> FileRewrite:
    return FileRewrite(task.content, {number: reason for number, _ in task.edits})


def _read_by(edit: Edit) -> str:
    """The file that an edit takes something from."""
    if isinstance(edit, CopyDefinition):
        return edit.home_path
    return edit.source_path if isinstance(edit, InsertDefinition) else ""


def _first_reason(task: Task, reasons: Mapping[Edit, str]) -> str:
    return next((reasons[edit] for edit in task.fix.edits if edit in reasons), "")
