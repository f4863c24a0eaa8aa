"""A project to scan, and the command line with the tiny pack."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ssot_lint.rules.registry import ENTRY_POINT_GROUP
from tests.cli.tiny_pack import PACK
from tests.command_line import Run


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the import path, with the pack installed in it."""
    folder = tmp_path_factory.mktemp("pack")
    (folder / "tiny_rules.py").write_text(PACK)
    installed = folder / "tiny-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\ntiny = tiny_rules\n")
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one violation, and the working directory in it."""
    root = tmp_path / "project"
    (root / "app").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    (root / "app" / "__init__.py").touch()
    (root / "app" / "a.py").write_text("class Order:\n    total = 1\n")
    (root / "app" / "b.py").write_text("class Order:\n    total = 2\n")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def ssot_lint(ssot_lint: Run, monkeypatch: pytest.MonkeyPatch, pack_folder: Path) -> Run:
    """Runs the command line in this process, with the tiny pack as the only one."""
    monkeypatch.syspath_prepend(pack_folder)
    pack = EntryPoint("tiny", "tiny_rules", ENTRY_POINT_GROUP)
    monkeypatch.setattr("ssot_lint.commands.session.installed_packs", lambda: [pack])
    return ssot_lint
