"""Draws the README's picture: a real scan of docs/example-shop, as SVG. Run it after the terminal report changed."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parents[1] / "docs"
WIDTH = 96


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Scanned elsewhere, because below docs/ it would not be production code.
        shop = Path(folder) / "shop"
        shutil.copytree(DOCS / "example-shop", shop)
        command = [sys.executable, "-m", "ssot_lint", "scan", ".", "--color", "always", "--exit-zero"]
        environment = {"COLUMNS": str(WIDTH), "PATH": ""}
        output = subprocess.run(command, cwd=shop, env=environment, capture_output=True, text=True, check=True).stdout
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text("$ ssot-lint scan .\n", "bold"))
    console.print(Text.from_ansi(output), end="")
    console.save_svg(str(DOCS / "scan.svg"), title="ssot-lint", unique_id="scan")


if __name__ == "__main__":
    main()
