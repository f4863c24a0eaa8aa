"""No code of the scanned tree runs, wherever a tool might pick it up."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.hardening.scans import CLASS, SCRIPT, Ended, Scan, Write, process

pytestmark = pytest.mark.slow

TRAP = "import pathlib\npathlib.Path(__file__ + '.sprung').touch()\nraise SystemExit('code of the target ran')\n"

PLACES = (
    "conftest.py",
    "setup.py",
    "sitecustomize.py",
    "usercustomize.py",
    "site.py",
    "noxfile.py",
    "tasks.py",
    "manage.py",
    "__main__.py",
    "__init__.py",
    "ssot_rules.py",
    "own_rules.py",
    "rules/ssot_rules/__init__.py",
    "multiprocessing.py",
    "multiprocessing/__init__.py",
    "concurrent/futures/__init__.py",
    "pebble.py",
    "msgspec.py",
    "typer.py",
    "rich/__init__.py",
    "libcst/__init__.py",
    "libcst/native.py",
    "networkx.py",
    "pathspec.py",
    "tomllib.py",
    "json.py",
    "encodings/evil.py",
    "_ssot_lint_editable.py",
    "lint.py",
)

OWN_NAMES = ("ssot_lint.py", "ssot_lint/__init__.py", "ssot_lint/__main__.py", "ssot_lint/cli.py")
"""With ``python -m``, Python itself takes them for ours."""

FILES = {
    **dict.fromkeys(PLACES, TRAP),
    "app/__init__.py": "",
    "app/a.py": CLASS,
    "app/b.py": CLASS,
    "cookie.py": "# coding: evil\nx = 1\n",
    "evil.pth": "import conftest\n",
    "pyproject.toml": """
        [build-system]
        requires = ["evil"]
        build-backend = "setup"
        backend-path = ["."]
        [project]
        name = "evil"
        version = "1"
        [project.entry-points."ssot_lint.rules"]
        evil = "own_rules"
        [project.entry-points."ssot_lint.executors"]
        process = "own_rules:open"
        [tool.pytest.ini_options]
        addopts = "-p conftest"
        """,
    "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
    "evil-1.dist-info/entry_points.txt": "[ssot_lint.rules]\nevil = own_rules\n[ssot_lint.executors]\nevil = site:a\n",
    "evil.egg-info/entry_points.txt": "[ssot_lint.rules]\nevil = own_rules\n",
}


@pytest.fixture
def trapped(write: Write) -> Path:
    """A tree in which everything that anything might import or run is a trap; a repository of git, too."""
    root = write(FILES)
    for word in ("config core.fsmonitor", "config core.sshCommand", "config core.pager", "config diff.external"):
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        subprocess.run(["git", *word.split(), f"touch {root}/git.sprung; false"], cwd=root, check=True)
    for hook in (root / ".git" / "hooks").iterdir():
        hook.unlink()
    for name in ("post-checkout", "pre-commit", "post-index-change", "fsmonitor-watchman", "reference-transaction"):
        (root / ".git" / "hooks" / name).write_text(f"#!/bin/sh\ntouch {root}/git.sprung\n")
        (root / ".git" / "hooks" / name).chmod(0o755)
    return root


def sprung(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*.sprung"))


def checked(ended: Ended) -> None:
    assert (ended.code, ended.err) == (1, "")
    assert ended.unparsable() == {"cookie.py": "cannot be decoded: unknown encoding: evil"}
    assert ended.violations()["SSOT101 Order"] == ["app/b.py"]


@pytest.fixture
def large(trapped: Path) -> Path:
    """The same, so large that workers are needed."""
    (trapped / "app" / "large.py").write_text("".join(f"x{number} = {number}\n" for number in range(15_000)))
    return trapped


def test_a_scan_of_the_working_directory_springs_no_trap(large: Path) -> None:
    checked(process(large, "scan", "-q", "-f", "json"))
    assert sprung(large) == []


@pytest.mark.skipif(not Path(*SCRIPT).exists(), reason="ssot-lint is not installed beside this Python")
def test_the_installed_command_is_not_to_be_mistaken(large: Path, write: Write) -> None:
    write(dict.fromkeys(OWN_NAMES, TRAP))
    checked(process(large, "scan", "-q", "-f", "json", program=SCRIPT))
    assert sprung(large) == []


def test_no_other_command_springs_a_trap(trapped: Path) -> None:
    for arguments in (
        ["baseline", "update"],
        ["scan", "--base-ref", "HEAD"],
        ["graph"],
        ["init", "--dry-run"],
        ["rules"],
        ["config"],
    ):
        process(trapped, *arguments)
    assert sprung(trapped) == []


def test_a_configuration_that_names_code_is_refused(trapped: Path, command: Scan) -> None:
    (trapped / "ssot-lint.toml").write_text("plugins = ['own_rules.py']\n")
    ended = command(trapped, "scan", "-q")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: ssot-lint.toml: plugins: names code of the scanned repository. Give --allow-plugins if you trust it\n"
    )
    (trapped / "ssot-lint.toml").write_text("executor = 'evil'\n")
    ended = command(trapped, "scan", "-q")
    assert (ended.code, ended.err.startswith('error: no executor is called "evil"')) == (2, True)
    assert sprung(trapped) == []


def test_a_pythonpath_of_the_user_stays(trapped: Path) -> None:
    kept = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(trapped.parent)]))
    checked(process(trapped, "scan", "-q", "-f", "json", PYTHONPATH=kept))
    assert sprung(trapped) == []
