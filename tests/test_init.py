"""``ssot-lint init``, by what it prints and writes, and by the scan that follows."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run

KEEPER = """\
class {name}:
    def __init__(self):
        self.connections = {{}}

    def {add}(self, key, connection):
        self.connections[key] = connection

    def {remove}(self, key):
        self.connections.pop(key, None)
"""
FILES = {
    "pyproject.toml": '# the shop\n[project]\nname = "app"\n',
    "app/__init__.py": "",
    "app/sockets.py": KEEPER.format(name="SocketManager", add="add_connection", remove="remove_connection")
    + "\n\ndef get_socket_manager():\n    return SocketManager()\n",
    "app/unified.py": KEEPER.format(name="UnifiedSocketManager", add="connect_user", remove="disconnect_user"),
    "app/chat.py": KEEPER.format(name="ChatPool", add="register_connection", remove="remove_connection"),
    "app/main.py": "from app.sockets import get_socket_manager\n\nmanager = get_socket_manager()\n",
}
COMPONENT = """\
[[tool.ssot-lint.components]]
# SSOT110: component `SocketManager` exists in 2 independent editions (`SocketManager`, `UnifiedSocketManager`):
# keep app/sockets.py, the only one that is used
# 3 unrelated classes each keep `connection` objects, with methods to add and to remove them:
#   app/chat.py `ChatPool` (register_connection, remove_connection)
#   app/sockets.py `SocketManager` (add_connection, remove_connection)
#   app/unified.py `UnifiedSocketManager` (connect_user, disconnect_user)
name = "socket-manager"
home = "app.sockets:SocketManager" # the only one that is used
factory = "app.sockets:get_socket_manager" # the only function that builds it
names = ["*SocketManager"] # 2 classes in production code
methods = ["add_connection", "connect_user", "register_connection", "disconnect_user", "remove_connection"]
"""
NEXT = "next: `ssot-lint scan{0}`, in an old codebase `ssot-lint baseline update{0}`\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one component, and the working directory in it."""
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize("path", ["", " app"])
def test_it_adds_a_table_to_pyproject_and_prints_it(project: Path, ssot_lint: Run, path: str) -> None:
    code, out, err = ssot_lint("init", *path.split())
    assert (code, err) == (ExitCode.OK, f"wrote 1 component to pyproject.toml; {NEXT.format(path)}")
    assert out.endswith(COMPONENT)
    assert (project / "pyproject.toml").read_text() == FILES["pyproject.toml"] + "\n" + out


def test_without_a_pyproject_it_writes_a_file_of_its_own(project: Path, ssot_lint: Run) -> None:
    (project / "pyproject.toml").unlink()
    code, out, err = ssot_lint("init", "--quiet")
    assert (code, err) == (ExitCode.OK, "")
    assert (project / "ssot-lint.toml").read_text() == out
    assert out.endswith(COMPONENT.replace("tool.ssot-lint.", ""))


def test_a_scan_right_after_it_finds_the_component_and_nothing_wrong_with_the_file(
    project: Path, ssot_lint: Run
) -> None:
    ssot_lint("init")
    code, out, err = ssot_lint("scan", "-f", "json")
    report = json.loads(out)
    assert (code, err.count("error")) == (ExitCode.GATE_FAILED, 0)
    assert [component["name"] for component in report["components"]] == ["socket-manager"]
    assert report["diagnostics"] == []
    assert "SSOT003" not in {finding["code"] for finding in report["findings"]}
    assert {"SSOT501", "SSOT506"} <= {finding["code"] for finding in report["findings"]}


def test_the_examples_in_comments_name_what_there_is(project: Path, ssot_lint: Run) -> None:
    ssot_lint("init")
    file = project / "pyproject.toml"
    file.write_text(re.sub(r"^# (?=[a-z-]+ = )", "", file.read_text(), flags=re.MULTILINE))
    code, out, _ = ssot_lint("scan", "-f", "json")
    assert code == ExitCode.GATE_FAILED
    assert "SSOT003" not in {finding["code"] for finding in json.loads(out)["findings"]}


def test_it_writes_through_no_link_out_of_the_project(project: Path, ssot_lint: Run) -> None:
    (project / "pyproject.toml").unlink()
    (project / "ssot-lint.toml").symlink_to("../outside.toml")
    code, out, err = ssot_lint("init")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "ssot-lint.toml: is a link to" in err
    assert not (project.parent / "outside.toml").exists()


def test_a_dry_run_prints_and_writes_nothing(project: Path, ssot_lint: Run) -> None:
    code, out, err = ssot_lint("init", "--dry-run")
    assert (code, err) == (ExitCode.OK, "dry run: this would write 1 component to pyproject.toml\n")
    assert out.endswith(COMPONENT)
    assert (project / "pyproject.toml").read_text() == FILES["pyproject.toml"]


@pytest.mark.parametrize(
    ("name", "text"), [("ssot-lint.toml", ""), (".ssot-lint.toml", ""), ("pyproject.toml", "[tool.ssot-lint]\n")]
)
def test_a_configuration_is_never_overwritten(project: Path, ssot_lint: Run, name: str, text: str) -> None:
    (project / name).write_text(text)
    assert ssot_lint("init") == (
        ExitCode.USAGE,
        "",
        f"error: {name} configures this project already. `ssot-lint init --dry-run` prints what it does not declare; "
        "delete it to start anew\n",
    )
    assert (project / name).read_text() == text


def test_a_dry_run_leaves_out_what_the_configuration_declares(project: Path, ssot_lint: Run) -> None:
    ssot_lint("init")
    code, out, err = ssot_lint("init", "--dry-run")
    assert (code, err) == (
        ExitCode.OK,
        "no component candidates found\ndry run: this would write comments only to pyproject.toml\n",
    )
    assert "\n# [[tool.ssot-lint.components]]\n" in out


def test_a_pyproject_that_cannot_be_read_is_an_error(project: Path, ssot_lint: Run) -> None:
    (project / "pyproject.toml").write_text("[project\n")
    code, out, err = ssot_lint("init")
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("error: pyproject.toml: not valid TOML: ")


def test_source_roots_and_test_code_are_proposed_and_change_no_name(project: Path, ssot_lint: Run) -> None:
    for path, text in {
        "backend/core/__init__.py": "",
        "backend/core/db.py": "class Session: ...\n",
        "backend/core/main.py": "from core.db import Session\n",
        "checks/one.py": "import pytest\n\ndef test_one(): ...\n",
        "checks/two.py": "import pytest\n\ndef test_two(): ...\n",
    }.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
    _, before, _ = ssot_lint("scan", "-f", "json")
    code, out, err = ssot_lint("init")
    assert code == ExitCode.OK
    assert err == "wrote 1 component, source-roots, test-paths to pyproject.toml; " + NEXT.format("")
    assert '\nsource-roots = ["backend"]\n' in out
    assert '\ntest-paths = ["checks/**"]\n' in out
    _, after, _ = ssot_lint("scan", "-f", "json")
    assert _modules(before) <= _modules(after)


def _modules(report: str) -> set[str]:
    return {site["module"] for finding in json.loads(report)["findings"] for site in finding["sites"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "options", "is_declared"), [("n\n", [], False), ("\n", [], True), ("n\n", ["--yes"], True)]
)
def test_in_a_terminal_it_asks(project: Path, answer: str, options: list[str], is_declared: bool) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    command = [sys.executable, "-m", "ssot_lint", "init", *options]
    ended = subprocess.run(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, check=False)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert ended.returncode == ExitCode.OK
    asked = b"Declare the component socket-manager? [Y/n]: "
    assert (asked in ended.stderr) is not bool(options)
    assert ('\r\nname = "socket-manager"\r\n' in shown) is is_declared
    assert ("[[tool.ssot-lint.components]]\n# SSOT110" in (project / "pyproject.toml").read_text()) is is_declared
