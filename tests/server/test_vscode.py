"""The extension for VS Code: what it says of itself, and that it builds, works with our server and can be packed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ssot_lint import __version__

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
_LEAST_NODE = 20
_PATIENCE_SECONDS = 600


def manifest() -> dict[str, Any]:
    found = json.loads((EXTENSION / "package.json").read_text())
    assert isinstance(found, dict)
    return found


def test_it_has_our_version_and_licence() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text())
    assert {manifest()["version"], lock["version"], lock["packages"][""]["version"]} == {__version__}
    assert (EXTENSION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_what_it_builds_with_is_pinned() -> None:
    versions = {**manifest()["dependencies"], **manifest()["devDependencies"]}
    assert [name for name, version in versions.items() if not version[0].isdigit()] == []


def why_not_here() -> str:
    """Why nothing can be built here; empty if it can."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return "Node.js and npm are not installed"
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return "" if int(said.lstrip("v").split(".")[0]) >= _LEAST_NODE else f"Node.js {said.strip()} is older than 20"


def npm(folder: Path, *arguments: str) -> str:
    """What npm says, with our interpreter for the tests of the extension."""
    command = [shutil.which("npm") or "npm", "--no-fund", "--no-audit", *arguments]
    environment = {**os.environ, "TEST_PYTHON": sys.executable}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-5_000:]
    return done.stdout


@pytest.mark.slow
def test_it_is_built_tested_with_the_real_server_and_packed(tmp_path: Path) -> None:
    reason = why_not_here()
    if reason:
        pytest.skip(reason)
    folder = tmp_path / "vscode"
    shutil.copytree(EXTENSION, folder, ignore=shutil.ignore_patterns("node_modules", "out"))
    npm(folder, "ci")
    said = npm(folder, "test")
    assert "# fail 0" in said
    npm(folder, "run", "package")
    with zipfile.ZipFile(folder / "out" / "ssot-lint.vsix") as packed:
        names = {name for name in packed.namelist() if name.startswith("extension/")}
    files = ("LICENSE.txt", "out/extension.js", "package.json", "readme.md")
    assert names == {f"extension/{name}" for name in files}
