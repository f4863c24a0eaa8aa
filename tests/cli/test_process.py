"""The command in a process of its own."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.cli.tiny_pack import REPORT

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "ssot_lint"]


@pytest.fixture
def process_environment(pack_folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(pack_folder)])}


def test_a_process_of_its_own_finds_the_installed_pack(project: Path, process_environment: dict[str, str]) -> None:
    command = [*COMMAND, "scan", "--select", "TINY101", "-q"]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (ExitCode.GATE_FAILED, REPORT, "")


def test_a_closed_pipe_is_no_error(project: Path, process_environment: dict[str, str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [*COMMAND, "rules"]
    ended = subprocess.run(command, env=process_environment, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert (ended.returncode, ended.stderr) == (ExitCode.OK, b"")


@pytest.mark.parametrize(
    ("variables", "arguments", "is_shown"),
    [({}, [], True), ({"CI": "1"}, [], False), ({"PRE_COMMIT": "1"}, [], False), ({}, ["--no-progress"], False)],
)
def test_a_progress_bar_is_for_a_terminal_on_stderr(
    project: Path,
    process_environment: dict[str, str],
    variables: dict[str, str],
    arguments: list[str],
    is_shown: bool,
) -> None:
    environment = {name: value for name, value in process_environment.items() if name not in ("CI", "PRE_COMMIT")}
    ours, theirs = pty.openpty()
    command = [*COMMAND, "scan", "--select", "TINY101", "--exit-zero", *arguments]
    ended = subprocess.run(
        command, env={**environment, "TERM": "xterm", **variables}, stdout=subprocess.PIPE, stderr=theirs, check=False
    )
    os.write(theirs, b"end of test")
    shown = os.read(ours, 100_000)
    os.close(ours)
    os.close(theirs)
    assert (ended.returncode, ended.stdout.decode()) == (ExitCode.OK, REPORT)
    assert (b" bytes" in shown) is is_shown


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str, process_environment: dict[str, str]) -> None:
    code = (
        "import sys; from ssot_lint.cli.main import run; run(sys.argv[1:]); "
        "sys.exit(' '.join({'libcst', 'networkx', 'pebble'} & sys.modules.keys()) or 0)"
    )
    command = [sys.executable, "-c", code, option]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_modules_of_the_scanned_folder_are_not_imported(project: Path, process_environment: dict[str, str]) -> None:
    for name in ("typer.py", "msgspec.py", "ssot_rules.py", "multiprocessing.py", "libcst.py"):
        (project / name).write_text("raise SystemExit('code of the target ran')\n")
    command = [*COMMAND, "scan", "--select", "TINY101", "-q", "app"]
    ended = subprocess.run(command, env=process_environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (ExitCode.GATE_FAILED, "")


def test_json_is_utf8_whatever_the_terminal_speaks(project: Path, process_environment: dict[str, str]) -> None:
    (project / "app" / "c.py").write_text("class Größe: ...\n")
    (project / "app" / "d.py").write_text("class Größe: ...\n")
    command = [*COMMAND, "scan", "--select", "TINY101", "-q", "-f", "json"]
    environment = {**process_environment, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert [finding["subject"] for finding in json.loads(ended.stdout)["findings"]] == ["Größe", "Order"]
