"""`ssot-lint scan --watch`: a report for each change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run
from tests.unit.query.shop import FILES, TOTAL

_PATIENCE_SECONDS = 60.0


@pytest.mark.slow
def test_each_change_gives_a_report_until_a_ctrl_c(tmp_path: Path) -> None:
    root, out = tmp_path / "project", tmp_path / "out.txt"
    for path, text in {**FILES, "pyproject.toml": "[project]\nname = 'shop'\n"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    def until(text: str) -> None:
        for _ in range(int(_PATIENCE_SECONDS / 0.1)):
            if text in out.read_text():
                return
            time.sleep(0.1)
        raise AssertionError(out.read_text())

    command = [sys.executable, "-m", "ssot_lint", "scan", "--watch", "--select", "SSOT120,SSOT001"]
    with out.open("w") as stream:
        watching = subprocess.Popen(
            command, cwd=root, stdout=stream, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        try:
            until("Everything has one home")
            (root / "shop" / "copied.py").write_text(TOTAL)
            until("changed")
            until("SSOT120")
            (root / "ssot-lint.toml").write_text("select = 3\n")
            until("error: ")
            (root / "ssot-lint.toml").write_text("")
            (root / "shop" / "copied.py").write_text("def broken(:\n")
            until("SSOT001")
        finally:
            watching.send_signal(signal.SIGINT)
    assert watching.wait(_PATIENCE_SECONDS) == ExitCode.INTERRUPTED


def test_it_writes_nothing_into_the_code(ssot_lint: Run) -> None:
    message = "error: --watch: writes nothing into the code. Leave out --add-ignore, or --watch\n"
    assert ssot_lint("scan", "--watch", "--add-ignore") == (ExitCode.USAGE, "", message)


@pytest.mark.parametrize(
    ("arguments", "library"),
    [(("scan", "--watch"), "watchfiles"), (("mcp",), "mcp"), (("server",), "pygls")],
)
def test_without_the_extra_one_line_says_how_to_get_it(
    tmp_path: Path, arguments: tuple[str, ...], library: str
) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from ssot_lint.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert done.stderr.startswith(f"error: {' '.join(arguments)}: {library}")
    assert " is not installed. Install what it needs: pip install " in done.stderr
    assert done.stderr.endswith("[server]'\n")
    assert done.stderr.count("\n") == 1
