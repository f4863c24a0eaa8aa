"""A repository with one violation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.baseline.shop import ORDER, Repository


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A committed project with one violation, and the working directory in it."""
    (tmp_path / "project").mkdir()
    repository = Repository(tmp_path / "project")
    repository.write(".gitignore", ".ssot_lint_cache\n")
    repository.write("pyproject.toml", "[project]\nname = 'shop'\n")
    repository.write("shop/__init__.py", "")
    repository.write("shop/a.py", ORDER)
    repository.write("shop/b.py", ORDER)
    repository.commit()
    monkeypatch.chdir(repository.root)
    return repository
