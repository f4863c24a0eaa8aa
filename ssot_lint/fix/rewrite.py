"""All edits of one file, made together. Runs in a worker: what the parser dies of is not this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from ssot_lint.fix.file_edits import FileEdits, FileTask, Numbered
from ssot_lint.fix.source import RefusedError, Source
from ssot_lint.model.edits import (
    DeleteDefinition,
    DeleteFile,
    DropImport,
)
from ssot_lint.model.facts import ModuleFacts

_UNEVEN = "its indentation mixes tabs and spaces in a way that the parser does not read"


class FileRewrite(NamedTuple):
    """What becomes of a file, None if it goes, and why edits were not made, by number. ``gone`` are the names that it
    had and has no more, ``facts`` its encoded facts, empty where the file has to be read for them."""

    content: bytes | None
    refused: Mapping[int, str]
    gone: frozenset[str] = frozenset()
    facts: bytes = b""


def rewrite_file(task: FileTask) -> FileRewrite:
    """Make the edits. Those that cannot be made are refused, each on its own, where that can be told."""
    if any(isinstance(edit, DeleteFile) for _, edit in task.edits):
        return FileRewrite(None, {})
    if task.facts.is_evened:
        return FileRewrite(task.content, {number: _UNEVEN for number, _ in task.edits})
    try:
        source = Source(task.content)
    except RefusedError as refusal:
        return FileRewrite(task.content, {number: str(refusal) for number, _ in task.edits})
    attempt = _attempt(task, source, task.edits)
    if attempt.content is not None:
        facts = b"" if attempt.facts is None else msgspec.msgpack.encode(attempt.facts)
        return FileRewrite(attempt.content, attempt.refused, attempt.gone, facts)
    return _one_by_one(task, source, attempt)


def rewrite_files(tasks: Sequence[FileTask]) -> list[FileRewrite]:
    """What a worker does: what becomes of each file, in order."""
    return [rewrite_file(task) for task in tasks]


class _Attempt(NamedTuple):
    content: bytes | None
    refused: dict[int, str]
    reason: str = ""
    gone: frozenset[str] = frozenset()
    facts: ModuleFacts | None = None


def _one_by_one(task: FileTask, source: Source, failed: _Attempt) -> FileRewrite:
    """Make as many of the edits as can be made together, the first ones first."""
    made: tuple[Numbered, ...] = ()
    refused = dict(failed.refused)
    content, gone = task.content, frozenset[str]()
    for each in task.edits:
        if each[0] in refused:
            continue
        attempt = _attempt(task, source, (*made, each))
        if attempt.content is None or attempt.refused:
            refused[each[0]] = attempt.refused.get(each[0]) or attempt.reason
        else:
            made, content, gone = (*made, each), attempt.content, attempt.gone
    return FileRewrite(content, refused, gone)


def _attempt(task: FileTask, source: Source, edits: Sequence[Numbered]) -> _Attempt:
    work = FileEdits(task, source)
    refused: dict[int, str] = {}
    for number, edit in sorted(edits, key=lambda each: not isinstance(each[1], DeleteDefinition | DropImport)):
        try:
            work.make(edit)
        except RefusedError as refusal:
            refused[number] = str(refusal)
    try:
        content, facts = work.result()
        return _Attempt(content, refused, gone=frozenset(work.gone), facts=facts)
    except RefusedError as refusal:
        return _Attempt(None, refused, str(refusal))
