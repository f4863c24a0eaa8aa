"""The language server: wires an editor to a project in memory, over standard input and output."""

from __future__ import annotations

import asyncio
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ssot_lint import __version__
from ssot_lint.errors import SsotLintError
from ssot_lint.server.lsp import answers
from ssot_lint.server.lsp.fixes import FIX
from ssot_lint.server.lsp.session import Asked, EditorSession, Snapshot
from ssot_lint.server.resident import OutdatedError
from ssot_lint.server.workspace import Workspace

T = TypeVar("T")

NAME = "ssot-lint"
_PAUSE_SECONDS = 0.15
"""A change so soon after another one is typing, whose end is waited for: the middle of a word is no news."""
_IDLE_SECONDS = 0.5
"""How long nothing is typed before the files are looked at, and what takes longer than the findings is worked out."""

_SWITCH_SECONDS = 0.0005
"""How long the thread that works out the project may keep another one waiting: a message is read in half a dozen turns,
and at the 5 ms of Python that took 13 ms at the median and 48 at the most while the catalogue was made."""

_WATCHED = "**/*.{py,pyi,toml,cfg,txt,jsonl,gitattributes,gitignore}"

Opened = Callable[[Path, Mapping[str, object]], Workspace]
"""Opens the project around a folder; the keys of the configuration that the editor sets win."""


class Server(LanguageServer):
    """The server of one editor. ``opened`` opens its project when it says where that is."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(NAME, __version__)
        self.opened = opened
        self.given: Mapping[str, object] = {}
        self.folder: Path | None = None
        self.editor: EditorSession | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=NAME)
        self._has_findings, self._has_answers = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._told: Mapping[str, Sequence[types.Diagnostic]] = {}
        self._change = asyncio.Event()
        self._changed_at, self._is_typing = 0.0, False

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics itself."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    def open_project(self) -> None:
        """Open the project around the folder, or say in the editor why that is not possible."""
        if self.folder is None:
            return
        try:
            self.editor = EditorSession(self.opened(self.folder, self.given))
        except SsotLintError as error:
            self.say(str(error))
            return
        for uri, document in self.workspace.text_documents.items():
            self.editor.hold(uri, document.source)
        self.changed()

    def changed(self) -> None:
        """Work out anew what there is to say; what is being worked out is outdated."""
        self._has_findings.clear()
        self._has_answers.clear()
        now = asyncio.get_running_loop().time()
        self._changed_at, self._is_typing = now, now - self._changed_at < _PAUSE_SECONDS
        self._change.set()
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._work())

    async def snapshot(self) -> Snapshot | None:
        """The project as it is now, once it is worked out; None without one."""
        if self.editor is None:
            return None
        await self._has_findings.wait()
        return self.editor.snapshot

    async def answers_ready(self) -> None:
        """Wait until definitions can be looked up."""
        if self.editor is not None:
            await self._has_answers.wait()

    def say(self, text: str) -> None:
        """Show an error in the editor."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"{NAME}: {text}"))

    async def in_thread(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, in the thread that works out the project: one thing at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def end(self) -> None:
        """Let go of the thread and of what runs for the project; what is being worked out is outdated."""
        if self.editor is not None:
            self.editor.version += 1
        self._thread.shutdown(cancel_futures=True)
        if self.editor is not None:
            self.editor.workspace.project.close()

    async def _work(self) -> None:
        """Work out the project until it has not changed meanwhile."""
        editor = self.editor
        if editor is None:
            return
        token = await self._begin() if editor.snapshot is None else ""
        version = -1
        while version != editor.version:
            version = editor.version
            try:
                await self._work_out(editor)
            except OutdatedError:
                version = -1
            except SsotLintError as error:
                self.say(str(error))
            except Exception as error:  # the editor would wait for ever
                self.say(f"internal error: {type(error).__name__}: {error}")
        self._has_findings.set()
        self._has_answers.set()
        if token:
            self.work_done_progress.end(token, types.WorkDoneProgressEnd())

    async def _work_out(self, editor: EditorSession) -> None:
        """Work out the findings, and once nothing is typed what rests on more than what the editor holds. Raises
        OutdatedError when the project changes meanwhile, and what a scan raises."""
        version = editor.version
        if editor.snapshot is not None:
            if self._is_typing:
                await self._wait(editor, version, _PAUSE_SECONDS)
            await self._look(editor, version, looks=editor.is_disk_new)
            await self._wait(editor, version, _IDLE_SECONDS)
            await self.in_thread(partial(editor.tidy, version))
        await self._look(editor, version, looks=True)
        editor.catalogue = await self.in_thread(partial(editor.look_up, version))
        self._refresh_lenses()

    async def _look(self, editor: EditorSession, version: int, *, looks: bool) -> None:
        """Work out the findings of a ``version``, and tell them if they are others."""
        looked = await self.in_thread(partial(editor.work_out, version, looks=looks))
        if looks and version == editor.version:
            editor.is_disk_new = False
        if looked is not editor.snapshot or not self._has_findings.is_set():
            self._tell(editor, looked, version)

    async def _wait(self, editor: EditorSession, version: int, seconds: float) -> None:
        """Wait for some time; raises OutdatedError as soon as the version is another one."""
        self._change.clear()
        if version == editor.version:
            try:
                await asyncio.wait_for(self._change.wait(), seconds)
            except asyncio.TimeoutError:
                return
        raise OutdatedError

    def _tell(self, editor: EditorSession, snapshot: Snapshot, version: int) -> None:
        """Tell what was found in the project of a ``version``; who asks waits for what is found in that of now."""
        editor.snapshot = snapshot
        self._publish(editor, snapshot)
        if version == editor.version:
            self._has_findings.set()

    async def _begin(self) -> str:
        """Show that the first scan runs; the token of the progress, empty where the editor shows none."""
        window = self.client_capabilities.window
        if window is None or not window.work_done_progress:
            return ""
        token = str(uuid.uuid4())
        await self.work_done_progress.create_async(token)
        self.work_done_progress.begin(token, types.WorkDoneProgressBegin("ssot-lint", message="reading the project"))
        return token

    def _publish(self, editor: EditorSession, snapshot: Snapshot) -> None:
        workspace = self.client_capabilities.workspace
        if editor.workspace.project.problem:
            self.say(editor.workspace.project.problem)
        told, self._told = self._told, snapshot.diagnostics
        changed = {path for path in {*told, *self._told} if told.get(path) != self._told.get(path)}
        if self.pulls:
            if changed and workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
                self.workspace_diagnostic_refresh(None)
            return
        for path in sorted(changed | (editor.texts.keys() & self._told.keys())):
            found = list(self._told.get(path, ()))
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(snapshot.places.uri(path), found))

    def _refresh_lenses(self) -> None:
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)


def build_server(opened: Opened) -> Server:
    """The server with all that it answers."""
    server = Server(opened)
    _add_lifetime(server)
    _add_documents(server)
    _add_diagnostics(server)
    _add_answers(server)
    _add_commands(server)
    return server


def serve(opened: Opened) -> None:
    """Answer an editor on standard input and output until it ends."""
    server = build_server(opened)
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        server.start_io()
    finally:
        server.end()


def _add_lifetime(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def _(params: types.InitializeParams) -> None:
        options = params.initialization_options
        server.given = options if isinstance(options, dict) else {}

    @server.feature(types.INITIALIZED)
    def _(_: types.InitializedParams) -> None:
        folders = list(server.workspace.folders.values())
        uri = folders[0].uri if folders else server.workspace.root_uri
        named = to_fs_path(uri) if uri else None
        _watch_files(server)
        server.folder = Path(named or Path.cwd())
        server.open_project()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(_: types.DidChangeWatchedFilesParams) -> None:
        if server.editor is None:  # what kept the project from being opened may be mended
            server.open_project()
            return
        server.editor.version += 1
        server.editor.is_disk_new = True
        server.changed()


def _watch_files(server: Server) -> None:
    """Have the editor tell of files that others change: git, above all."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
    registration = types.Registration(NAME, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _add_documents(server: Server) -> None:
    def hold(uri: str, text: str | None, *, is_typed: bool = False) -> None:
        editor = server.editor
        if editor is not None and editor.hold(uri, text):
            editor.is_disk_new |= not is_typed
            server.changed()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(params: types.DidOpenTextDocumentParams) -> None:
        hold(params.text_document.uri, params.text_document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        hold(uri, server.workspace.get_text_document(uri).source, is_typed=True)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(params: types.DidSaveTextDocumentParams) -> None:
        if server.editor is None:
            server.open_project()
        hold(params.text_document.uri, server.workspace.get_text_document(params.text_document.uri).source)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: types.DidCloseTextDocumentParams) -> None:
        hold(params.text_document.uri, None)


def _add_diagnostics(server: Server) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier=NAME),
    )
    async def _(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        snapshot = await server.snapshot()
        if snapshot is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        path = snapshot.places.path(params.text_document.uri)
        return types.RelatedFullDocumentDiagnosticReport([*snapshot.diagnostics.get(path or "", ())])

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def _(_: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        snapshot = await server.snapshot()
        if snapshot is None:
            return types.WorkspaceDiagnosticReport([])
        places = snapshot.places
        return types.WorkspaceDiagnosticReport(
            [
                types.WorkspaceFullDocumentDiagnosticReport(places.uri(path), [*found])
                for path, found in sorted(snapshot.diagnostics.items())
            ]
        )

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def _(params: types.CodeActionParams) -> list[types.CodeAction]:
        editor = server.editor
        path = editor.places().path(params.text_document.uri) if editor else None
        ours = [each for each in params.context.diagnostics if each.source == NAME]
        return editor.actions(path, ours) if editor is not None and path is not None else []


def _add_commands(server: Server) -> None:
    @server.command(FIX)
    async def _(code: str, subject: str) -> None:
        editor = server.editor
        if editor is None:
            return
        try:
            edit = await server.in_thread(partial(editor.fix, code, subject))
        except SsotLintError as error:
            server.say(str(error))
            return
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, f"{NAME}: {code}"))


def _add_answers(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _(params: types.HoverParams) -> types.Hover | None:
        asked = _asked(server, params.text_document.uri)
        return answers.hover(asked.composer, asked.file, params.position.line + 1) if asked else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def _(params: types.DefinitionParams) -> list[types.Location]:
        asked = _asked(server, params.text_document.uri)
        return answers.home(asked.composer, asked.file, params.position.line + 1, asked.places) if asked else []

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def _(params: types.ReferenceParams) -> list[types.Location]:
        asked = _asked(server, params.text_document.uri)
        return answers.sites(asked.composer, asked.file, params.position.line + 1, asked.places) if asked else []

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def _(params: types.CodeLensParams) -> list[types.CodeLens]:
        await server.answers_ready()
        asked = _asked(server, params.text_document.uri)
        return [*answers.lenses(asked.composer, asked.file, asked.places)] if asked else []


def _asked(server: Server, uri: str) -> Asked | None:
    return server.editor.asked_at(uri) if server.editor else None
