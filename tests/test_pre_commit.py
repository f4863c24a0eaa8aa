"""The hook, installed and run by pre-commit as users do. That takes the network, or what pip has cached."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGE = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml", "rules", "ssot_lint")

ORDER = "class OrderBook:\n    def total(self):\n        self.sum = 1\n        return self.sum + 2\n"


@pytest.mark.parametrize(
    ("path", "is_reason"),
    [
        ("shop/orders.py", True),
        ("shop/types.pyi", True),
        ("pyproject.toml", True),
        ("services/api/ssot-lint.toml", True),
        (".ssot-lint.toml", True),
        ("ssot-lint-baseline.jsonl", True),
        ("notes.md", False),
        ("Cargo.toml", False),
        ("orders.pyc", False),
        ("my-ssot-lint.toml", False),
    ],
)
def test_code_configuration_and_baseline_are_reasons_to_run(path: str, is_reason: bool) -> None:
    hook, whole = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert bool(re.search(hook["files"], path)) == is_reason
    assert hook["files"] == whole["files"]


def run(folder: Path, *command: str, home: Path) -> tuple[int, str]:
    """The exit code and what a user sees, of a command run by somebody with no configuration."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "SKIP"))}
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
    }
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **identity}
    # Not what runs the tests: pre-commit gives hooks a terminal when it shows colours.
    environment = {**kept, **git, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "always", "TERM": "xterm"}
    environment.pop("CI", None)
    pipe = subprocess.PIPE
    done = subprocess.run(command, cwd=folder, env=environment, stdout=pipe, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode()


def commit(folder: Path, *, home: Path) -> tuple[int, str]:
    assert run(folder, "git", "add", "--all", home=home)[0] == 0
    return run(folder, "git", "commit", "--message", "change", home=home)


def released(folder: Path, home: Path) -> str:
    """This working tree as a commit of a repository in ``folder``; returns its hash."""
    folder.mkdir()
    for name in PACKAGE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, folder)
    run(folder, "git", "init", "--quiet", home=home)
    assert commit(folder, home=home)[0] == 0
    return run(folder, "git", "rev-parse", "HEAD", home=home)[1].strip()


def test_a_clean_commit_passes_and_a_violation_is_refused(tmp_path: Path) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    revision = released(tmp_path / "released", home)
    (project / "shop").mkdir(parents=True)
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {tmp_path / 'released'}\n  rev: {revision}\n  hooks:\n  - id: ssot-lint\n"
    )
    (project / "shop" / "__init__.py").touch()
    (project / "shop" / "orders.py").write_text(ORDER)
    run(project, "git", "init", "--quiet", home=home)
    code, output = run(project, sys.executable, "-m", "pre_commit", "install", "--install-hooks", home=home)
    assert code == 0, output

    code, output = commit(project, home=home)
    assert code == 0, output
    assert "Passed" in output

    (project / "notes.md").write_text("No code, no configuration.\n")
    assert "Skipped" in commit(project, home=home)[1]

    (project / "shop" / "copy.py").write_text(ORDER)
    code, output = commit(project, home=home)
    assert code == 1
    assert "duplicate-class" in output
    assert "shop/orders.py:1:1" in output
    assert [mark for mark in ("\r", "\x1b[?25l", "\u2501") if mark in output] == [], "a progress bar"
