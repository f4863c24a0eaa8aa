"""The fix of one finding as an edit of a workspace: what `ssot-lint fix` would do, for the editor to show and apply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from glob import escape

from lsprotocol import types

from ssot_lint.errors import UsageError
from ssot_lint.fix.engine import Engine, Outcome
from ssot_lint.fix.tasks import Wish
from ssot_lint.fix.write import write_nothing
from ssot_lint.model.plan import Plan
from ssot_lint.server.lsp.edits import replaced_whole
from ssot_lint.server.lsp.places import Places
from ssot_lint.server.workspace import Workspace

FIX = "ssot-lint.fix"
"""The command that works out the fix of a finding, by rule and subject, and has the editor apply it."""


def fix_of(workspace: Workspace, code: str, subject: str, places: Places) -> types.WorkspaceEdit:
    """The edit that fixes a finding, in all files at once. Raises UsageError with the reason where there is none."""
    scan = workspace.project.scan_for(replace(workspace.project.scan().request, plan=True))
    report = scan.whole_report()
    wish = Wish(codes=frozenset({code}), subject=escape(subject), is_unsafe=True)
    engine = Engine(scan, wish, write_nothing, lambda _: "")
    outcome = engine.run(report.plan or Plan((), report.score.value, report.score.value))
    if not outcome.changes:
        reason = outcome.refused[0].reason if outcome.refused else "it is not found any more"
        raise UsageError(f"{code} {subject}: not fixed: {reason}")
    return types.WorkspaceEdit(document_changes=[*_changes(outcome, places)])


def _changes(
    outcome: Outcome, places: Places
) -> Iterator[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile]:
    for path, new in sorted(outcome.changes.items()):
        uri, old = places.uri(path), outcome.old.get(path)
        if new is None:
            yield types.DeleteFile(uri)
            continue
        if old is None:
            yield types.CreateFile(uri)
        document = types.OptionalVersionedTextDocumentIdentifier(uri)
        yield types.TextDocumentEdit(document, [*replaced_whole(old or b"", new)])
