"""One project as an editor sees it: what was last worked out, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lsprotocol import types

from ssot_lint.baseline.document import dump
from ssot_lint.baseline.edit import accepted
from ssot_lint.baseline.entry import Baseline
from ssot_lint.baseline.reference import Reference
from ssot_lint.discovery.line_length import line_length
from ssot_lint.errors import UsageError
from ssot_lint.model.report import Report
from ssot_lint.query.catalogue import Catalogue
from ssot_lint.query.compose import Composer
from ssot_lint.query.entries import FileEntry
from ssot_lint.server.lsp.diagnostics import diagnostics_by_path
from ssot_lint.server.lsp.edits import comment_edits, replaced_whole
from ssot_lint.server.lsp.fixes import FIX, fix_of
from ssot_lint.server.lsp.places import KnownLines, Places
from ssot_lint.server.resident import OutdatedError
from ssot_lint.server.workspace import Workspace


@dataclass(frozen=True)
class Snapshot:
    """The project at one moment."""

    report: Report
    places: Places
    diagnostics: Mapping[str, Sequence[types.Diagnostic]]


class Asked(NamedTuple):
    """Somebody who asks from a file."""

    composer: Composer
    file: FileEntry
    places: Places


@dataclass
class EditorSession:
    """The state of a server for an editor. ``texts`` is what the editor holds, by path; ``version`` counts changes.
    ``is_disk_new``: there may be more to see on the disk than what was looked at last."""

    workspace: Workspace
    texts: dict[str, bytes] = field(default_factory=dict)
    version: int = 0
    is_disk_new: bool = False
    snapshot: Snapshot | None = None
    catalogue: Catalogue | None = None
    _lines: KnownLines = field(default_factory=dict)

    def places(self) -> Places:
        """Places in the files as they are now."""
        return Places(self.workspace.root, dict(self.texts).get)

    def hold(self, uri: str, text: str | None) -> bool:
        """Note what the editor holds of a file; None: it let go of it. Whether it is one of the project."""
        path = self.places().path(uri)
        if path is None:
            return False
        self.version += 1
        if text is None:
            self.texts.pop(path, None)
        else:
            self.texts[path] = text.encode(errors="surrogatepass")
        return True

    def work_out(self, version: int, *, looks: bool = True) -> Snapshot:
        """The project of a ``version``; runs in a thread of its own. Without ``looks`` only what the editor holds
        counts as changed. Raises OutdatedError as soon as the version is another one, and what a scan raises."""
        self.check(version)
        texts, project = dict(self.texts), self.workspace.project
        for path in {*texts, *project.held}:
            project.set_text(path, texts.get(path))
        scan = project.scan(lambda: self.version != version, looks=looks)
        if self.snapshot is not None and scan.report is self.snapshot.report:
            return self.snapshot
        places = Places(self.workspace.root, texts.get, scan.digests, self._lines)
        diagnostics = diagnostics_by_path(scan.report, places)
        return Snapshot(scan.report, places, diagnostics)

    def fix(self, code: str, subject: str) -> types.WorkspaceEdit:
        """The edit that fixes a finding; runs in that thread too. Raises UsageError where there is none."""
        return fix_of(self.workspace, code, subject, self.places())

    def look_up(self, version: int) -> Catalogue:
        """All definitions of the project that was worked out last; runs in that thread too, and takes a while. Raises
        OutdatedError as soon as the version is another one."""
        self.check(version)
        return self.workspace.project.catalogue(lambda: self.version != version, looks=False)

    def tidy(self, version: int) -> None:
        """Clear up behind earlier versions; runs in that thread too. Raises OutdatedError as :meth:`look_up` does."""
        self.check(version)
        self.workspace.project.tidy()

    def check(self, version: int) -> None:
        """Raises OutdatedError when the version is another one."""
        if self.version != version:
            raise OutdatedError

    def asked_at(self, uri: str) -> Asked | None:
        """Who asks from a file of the project; None before the first look, and for a file that was none of it."""
        path = self.places().path(uri)
        file = self.catalogue.file_at(path) if self.catalogue is not None and path is not None else None
        if self.catalogue is None or file is None:
            return None
        composer = Composer(self.catalogue, self.workspace.project.request.config.components, file)
        return Asked(composer, file, self.places())

    def actions(self, path: str, diagnostics: Sequence[types.Diagnostic]) -> list[types.CodeAction]:
        """What can be done about diagnostics of ours at a file."""
        if self.snapshot is None:
            return []
        content = self.texts.get(path)
        if content is None:
            return []
        actions = []
        for each in diagnostics:
            if isinstance(each.data, dict) and isinstance(each.code, str):
                actions += _fixes(each, each.code)
                actions += self._comments(path, content, each, each.code)
                actions += self._acceptance(each, str(each.data.get("id", "")))
        return actions

    def _comments(self, path: str, content: bytes, each: types.Diagnostic, code: str) -> list[types.CodeAction]:
        root, request = self.workspace.root, self.workspace.project.request
        known, length = frozenset(request.codes), line_length(root)
        titles = {
            "ignore": f"Ignore {code} here (debt)",
            "distinct": f"Mark as no violation ({code})",
            "canonical": "Mark this definition as the home",
        }
        actions = []
        for directive, title in titles.items():
            edits = comment_edits(content, each.range.start.line + 1, code, directive, known, length)
            if edits:
                edit = types.WorkspaceEdit({self.places().uri(path): edits})
                actions.append(types.CodeAction(title, types.CodeActionKind.QuickFix, [each], edit=edit))
        return actions

    def _acceptance(self, each: types.Diagnostic, id_: str) -> list[types.CodeAction]:
        """The action that adds a violation to the baseline, as an edit of that file."""
        if self.snapshot is None:
            return []
        root, config = self.workspace.root, self.workspace.project.request.config
        file = root / config.baseline
        known = self.workspace.accepted() or Reference(baseline=Baseline(()), against="", today=date.today())
        try:
            new = dump(accepted(known, self.snapshot.report.findings, [id_], "", None))
        except UsageError:
            return []
        uri = self.places().uri(config.baseline)
        old = file.read_bytes() if file.exists() else b""
        changes = types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), replaced_whole(old, new))
        create = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
        edit = types.WorkspaceEdit(document_changes=[create, changes] if not file.exists() else [changes])
        return [types.CodeAction(f"Accept {id_} into the baseline", types.CodeActionKind.QuickFix, [each], edit=edit)]


def _fixes(each: types.Diagnostic, code: str) -> list[types.CodeAction]:
    """The action that has a finding fixed, where that can be done without a decision."""
    data = each.data
    if not isinstance(data, dict) or not data.get("fix"):
        return []
    title = f"Fix {code} in all files"
    command = types.Command(title, FIX, arguments=[code, str(data.get("subject", ""))])
    return [types.CodeAction(title, types.CodeActionKind.QuickFix, [each], command=command)]
