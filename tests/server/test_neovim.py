"""A real editor: Neovim opens a file, is told of a copy, applies an action, and is content."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.query.shop import FILES, TOTAL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed"),
]

SCRIPT = Path(__file__).with_name("neovim.lua")


def test_a_diagnostic_a_hover_and_an_action(tmp_path: Path) -> None:
    root, out = tmp_path / "project", tmp_path / "out.txt"
    files = {**FILES, "shop/copied.py": TOTAL, "pyproject.toml": "[project]\nname = 'shop'\n"}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "SSOT_OUT": str(out),
        "SSOT_PYTHON": sys.executable,
        "SSOT_ROOT": str(root),
    }
    command = ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {SCRIPT}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert out.exists(), done.stderr
    diagnostic, hover, action, left = out.read_text().splitlines()
    assert diagnostic == "diagnostic SSOT120 2 ssot-lint"
    assert hover.startswith("hover **home** `shop.")
    assert action == "action Ignore SSOT120 here (debt)"
    assert left == "left 0"
    first = (root / "shop" / "sums.py").read_text().splitlines()[1]
    assert first == "def order_total(orders, rate):  # ssot-lint: ignore[SSOT120] TODO: say why"
