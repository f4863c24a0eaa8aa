"""`ssot-lint server` over standard input and output, asked by the client of pytest-lsp."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.unit.query.shop import FILES, TOTAL

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "ssot_lint", "server", "-q"]
_PATIENCE_SECONDS = 30.0


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with a copy in it."""
    for path, text in {**FILES, "shop/copied.py": TOTAL, "pyproject.toml": "[project]\nname = 'shop'\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


class Editor:
    """An editor with its server."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.versions: dict[str, int] = {}

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        content = (self.root / path).read_text() if text is None else text
        item = types.TextDocumentItem(self.uri(path), "python", 1, content)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        self.versions[path] = 1

    def type(self, path: str, text: str) -> None:
        self.versions[path] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def close(self, path: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(path)))

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    def pushed(self, path: str) -> Sequence[types.Diagnostic]:
        return self.client.diagnostics.get(self.uri(path), ())

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(int(_PATIENCE_SECONDS / 0.05)):
            if holds():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("it never came")

    def codes(self, path: str) -> list[object]:
        return [each.code for each in self.pushed(path)]


@asynccontextmanager
async def editor_in(
    root: Path, spec: str = "neovim", options: dict[str, object] | None = None, *, pulls: bool = False
) -> AsyncIterator[Editor]:
    client = await ClientServerConfig(server_command=COMMAND).start()
    assert isinstance(client, LanguageClient)
    capabilities = client_capabilities(spec)
    if capabilities.text_document is not None and not pulls:
        capabilities.text_document.diagnostic = None
    params = types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), initialization_options=options)
    await client.initialize_session(params)
    try:
        yield Editor(client, root)
    finally:
        await client.shutdown_session()
        stop: Callable[[], Awaitable[None]] = client.stop
        await stop()


Asked = Callable[[Editor], Coroutine[object, object, None]]


def run(root: Path, asked: Asked, options: dict[str, object] | None = None, *, pulls: bool = False) -> None:
    async def main() -> None:
        async with editor_in(root, options=options, pulls=pulls) as editor:
            await asyncio.wait_for(asked(editor), _PATIENCE_SECONDS)

    asyncio.run(main())


def position(path: Path, text: str) -> types.Position:
    """Where a text first stands in a file."""
    for number, line in enumerate(path.read_text().splitlines()):
        if text in line:
            return types.Position(number, line.index(text))
    raise AssertionError(text)


def test_diagnostics_are_pushed_with_home_and_other_sites(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.pushed("shop/sums.py")))
        (found,) = editor.pushed("shop/sums.py")
        assert (found.code, found.source, found.severity) == (
            "SSOT120",
            "ssot-lint",
            types.DiagnosticSeverity.Warning,
        )
        assert "order_total" in found.message
        assert found.related_information is not None
        assert found.related_information[0].message.startswith("home: shop.")
        assert found.range.start.line == 1

    run(shop, asked)


def test_what_is_typed_counts_before_it_is_saved(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        editor.open("shop/copied.py")
        await editor.until(lambda: "SSOT120" in editor.codes("shop/sums.py"))
        editor.type("shop/copied.py", "")
        await editor.until(lambda: not editor.codes("shop/sums.py"))
        editor.open("shop/till.py")
        editor.type("shop/till.py", "def broken(:\n")
        await editor.until(lambda: editor.codes("shop/till.py") == ["SSOT001"])
        editor.close("shop/till.py")
        await editor.until(lambda: editor.codes("shop/till.py") == [])
        editor.close("shop/copied.py")
        await editor.until(lambda: "SSOT120" in editor.codes("shop/sums.py"))

    run(shop, asked)


def test_what_an_edit_leaves_as_it_was_is_not_told_again(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        await editor.until(lambda: "SSOT120" in editor.codes("shop/sums.py"))
        editor.open("shop/till.py")
        editor.client.diagnostics.clear()
        editor.type("shop/till.py", "def broken(:\n")
        await editor.until(lambda: editor.codes("shop/till.py") == ["SSOT001"])
        assert editor.codes("shop/sums.py") == []

    run(shop, asked)


def test_an_editor_that_asks_itself_is_answered_and_told_nothing(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        whole = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert editor.uri("shop/sums.py") in {item.uri for item in whole.items}
        params = types.DocumentDiagnosticParams(editor.document("shop/sums.py"))
        one = await editor.client.text_document_diagnostic_async(params)
        assert isinstance(one, types.RelatedFullDocumentDiagnosticReport)
        assert [item.code for item in one.items] == ["SSOT120"]
        assert editor.client.diagnostics == {}

    run(shop, asked, pulls=True)


def test_hover_home_sites_and_lens(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        for path in ("legacy/book.py", "shop/book.py", "shop/till.py"):
            editor.open(path)
        lenses = await editor.client.text_document_code_lens_async(
            types.CodeLensParams(editor.document("shop/book.py"))
        )
        titles = [lens.command.title for lens in lenses or () if lens.command]
        assert titles == [
            "home \u00b7 imported by 4 modules \u00b7 1 copy",
            "home \u00b7 imported by 1 module \u00b7 1 copy",
        ]
        at = position(shop / "legacy/book.py", "class OrderBook")
        hover = await editor.client.text_document_hover_async(types.HoverParams(editor.document("legacy/book.py"), at))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert "**home** `shop.book:OrderBook`, `shop/book.py:2`" in hover.contents.value
        home = await editor.client.text_document_definition_async(
            types.DefinitionParams(editor.document("legacy/book.py"), at)
        )
        assert isinstance(home, list)
        assert [(each.uri, each.range.start.line) for each in home] == [(editor.uri("shop/book.py"), 1)]
        at = position(shop / "shop/book.py", "class OrderBook")
        nowhere = await editor.client.text_document_definition_async(
            types.DefinitionParams(editor.document("shop/book.py"), at)
        )
        assert not nowhere
        sites = await editor.client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(True), editor.document("shop/book.py"), at)
        )
        assert [each.uri for each in sites or ()] == [editor.uri("shop/book.py"), editor.uri("legacy/book.py")]

    run(shop, asked)


def test_actions_write_a_comment_or_accept_into_the_baseline(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.pushed("shop/sums.py")))
        path = "shop/sums.py"
        editor.open(path)
        (found,) = editor.pushed(path)
        params = types.CodeActionParams(editor.document(path), found.range, types.CodeActionContext([found]))
        actions = await editor.client.text_document_code_action_async(params)
        assert "Fix SSOT120 in all files" in [action.title for action in actions or ()]
        edits = {
            action.title: action.edit
            for action in actions or ()
            if isinstance(action, types.CodeAction) and action.edit is not None
        }
        ignore, distinct, canonical, accept = edits
        assert ignore == "Ignore SSOT120 here (debt)"
        assert distinct == "Mark as no violation (SSOT120)"
        assert canonical == "Mark this definition as the home"
        assert isinstance(found.data, dict)
        assert accept == f"Accept {found.data['id']} into the baseline"
        for title, comment in (
            (ignore, "  # ssot-lint: ignore[SSOT120] TODO: say why\n"),
            (distinct, "  # ssot-lint: distinct[SSOT120] TODO: say why\n"),
            (canonical, "  # ssot-lint: canonical\n"),
        ):
            edit = edits[title]
            assert edit is not None
            assert edit.changes is not None
            (change,) = edit.changes[editor.uri(path)]
            assert change.new_text == f"def order_total(orders, rate):{comment}"
            assert (change.range.start.line, change.range.end.line) == (1, 2)
        edit = edits[accept]
        assert edit is not None
        assert edit.document_changes is not None
        created, written = edit.document_changes
        assert isinstance(created, types.CreateFile)
        assert isinstance(written, types.TextDocumentEdit)
        assert '"rule":"SSOT120"' in "".join(
            each.new_text for each in written.edits if isinstance(each, types.TextEdit)
        )

    run(shop, asked)


def test_settings_of_the_editor_win_and_wrong_ones_are_said(shop: Path) -> None:
    async def quiet(editor: Editor) -> None:
        editor.open("shop/copied.py")
        lenses = await editor.client.text_document_code_lens_async(
            types.CodeLensParams(editor.document("shop/copied.py"))
        )
        assert lenses
        assert editor.codes("shop/sums.py") == []

    async def wrong(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.client.messages))
        assert "ignore" in editor.client.messages[0].message

    run(shop, quiet, {"ignore": ["SSOT120"]})
    run(shop, wrong, {"ignore": 3})


def test_a_project_that_could_not_be_opened_is_once_its_configuration_is_mended(shop: Path) -> None:
    settings = shop / "pyproject.toml"
    good = settings.read_text()
    settings.write_text(f"{good}[tool.ssot-lint]\nignore = 1\n")

    async def asked(editor: Editor) -> None:
        editor.open("shop/copied.py")
        await editor.until(lambda: any("ignore" in each.message for each in editor.client.messages))
        settings.write_text(good)
        changed = types.FileEvent(settings.as_uri(), types.FileChangeType.Changed)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([changed]))
        await editor.until(lambda: editor.codes("shop/sums.py") == ["SSOT120"])
        editor.type("shop/copied.py", "")
        await editor.until(lambda: not editor.codes("shop/sums.py"))

    run(shop, asked)


def test_columns_count_as_the_editor_counts(shop: Path) -> None:
    (shop / "shop" / "wide.py").write_text('x = "\U0001f4a9"; from shop.gone import thing\n')

    async def asked(editor: Editor) -> None:
        await editor.until(lambda: "SSOT307" in editor.codes("shop/wide.py"))
        (found,) = [each for each in editor.pushed("shop/wide.py") if each.code == "SSOT307"]
        text = (shop / "shop" / "wide.py").read_text()
        assert found.range.start.character == text.index("thing") + 1

    run(shop, asked)


def test_a_file_that_others_change_counts(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        await editor.until(lambda: bool(editor.codes("shop/sums.py")))
        (shop / "shop" / "copied.py").unlink()
        change = types.FileEvent(editor.uri("shop/copied.py"), types.FileChangeType.Deleted)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
        await editor.until(lambda: not editor.codes("shop/sums.py"))

    run(shop, asked)


def test_a_fix_is_handed_to_the_editor(shop: Path) -> None:
    async def asked(editor: Editor) -> None:
        applied: list[types.ApplyWorkspaceEditParams] = []

        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            applied.append(params)
            return types.ApplyWorkspaceEditResult(applied=True)

        editor.client.feature(types.WORKSPACE_APPLY_EDIT)(apply)
        await editor.until(lambda: bool(editor.pushed("shop/sums.py")))
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("ssot-lint.fix", ["SSOT120", "order_total"])
        )
        await editor.until(lambda: bool(applied))
        assert [params.label for params in applied] == ["ssot-lint: SSOT120"]
        assert applied[0].edit.document_changes

    run(shop, asked)
