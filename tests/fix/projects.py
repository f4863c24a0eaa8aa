"""Projects of a few lines on which tests run ``ssot-lint fix``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple, TypeAlias

import pytest

from ssot_lint.testing import example_files
from tests.command_line import Run

Fix: TypeAlias = Callable[..., "Fixed"]


class Fixed(NamedTuple):
    """What a run has left behind: ``changed`` are the files that are not what they were, None for one that is gone."""

    code: int
    out: str
    changed: dict[str, str | None]


def files_of(text: str) -> dict[str, str]:
    """The files of an example, each after a line ``# path.py``."""
    return example_files(dedent(text).lstrip("\n"))


def write_files(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def read_files(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes().decode()
        for file in sorted(root.rglob("*"))
        if file.is_file() and not {".git", ".ssot_lint_cache"} & set(file.parts)
    }


@pytest.fixture
def fix(ssot_lint: Run, tmp_path: Path) -> Fix:
    """Writes an example, runs ``fix`` on it with the arguments, and says what has changed."""

    def run(text: str | Mapping[str, str], *arguments: str) -> Fixed:
        before = files_of(text) if isinstance(text, str) else dict(text)
        write_files(tmp_path, before)
        code, out, _ = ssot_lint("fix", str(tmp_path), "--allow-dirty", "--no-progress", *arguments)
        after = read_files(tmp_path)
        changed = {path: after.get(path) for path in sorted({*before, *after}) if before.get(path) != after.get(path)}
        return Fixed(code, out, changed)

    return run
