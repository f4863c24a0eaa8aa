"""After any edits through the protocol the diagnostics are those of a server that has just been started."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.test_lsp import Editor, run
from tests.unit.query.shop import FILES, TOTAL

pytestmark = pytest.mark.slow

EDITED = ("shop/book.py", "shop/till.py", "legacy/book.py")
PIECES = (
    "\n\ndef helper(value):\n    kept = {}\n    kept[value] = 1\n    return kept\n",
    "\n\nclass Piece:\n    def total(self, order):\n        return order.total()\n",
    "\nimport json\nfrom shop.book import OrderBook\n",
    "\n# a comment\n",
    "\n\ndef broken(:\n",
    TOTAL,
)
STEPS = 25


def project_in(folder: Path) -> Path:
    for path, text in {**FILES, "pyproject.toml": "[project]\nname = 'shop'\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


async def diagnostics(editor: Editor) -> dict[str, str]:
    """The diagnostics of each file that has some, by path, without the folder of the project."""
    report = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    full = [item for item in report.items if isinstance(item, types.WorkspaceFullDocumentDiagnosticReport)]
    root = editor.root.as_uri()
    return {item.uri.removeprefix(root): repr(item.items).replace(root, "") for item in full if item.items}


@pytest.mark.parametrize("seed", range(1))
def test_after_random_edits_the_diagnostics_are_those_of_a_new_server(tmp_path: Path, seed: int) -> None:
    root, copy = project_in(tmp_path / "one"), tmp_path / "two"
    rng = random.Random(seed)  # noqa: S311 - the same edits each time
    texts = {path: (root / path).read_text() if (root / path).exists() else "" for path in EDITED}
    found: list[dict[str, str]] = []

    async def edit(editor: Editor) -> None:
        for path, text in texts.items():
            (root / path).write_text(text)
            editor.open(path, text)
        for _ in range(STEPS):
            path = rng.choice(EDITED)
            piece = rng.choice(PIECES)
            texts[path] = texts[path].replace(piece, "") if piece in texts[path] else texts[path] + piece
            editor.type(path, texts[path])
            if rng.random() < 0.2:
                await diagnostics(editor)
        found.append(await diagnostics(editor))

    async def look(editor: Editor) -> None:
        found.append(await diagnostics(editor))

    run(root, edit, pulls=True)
    shutil.copytree(root, copy)
    for path, text in texts.items():
        (copy / path).write_text(text)
    run(copy, look, pulls=True)
    assert found[0] == found[1]
