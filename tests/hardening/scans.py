"""What the tests of hostile trees share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import NamedTuple

from ssot_lint.cli.main import run

CLASS = (
    "class Order:\n    def __init__(self, net, tax):\n        self.net = net\n        self.tax = tax\n"
    "        self.due = net + tax\n"
)
"""What is a violation wherever it stands twice."""

MODULE = (sys.executable, "-m", "ssot_lint")
SCRIPT = (str(Path(sys.executable).with_name("ssot-lint")),)


class Ended(NamedTuple):
    """A command that came to its end."""

    code: int
    out: str
    err: str

    def unparsable(self) -> dict[str, str]:
        """The files of a JSON report that could not be read or parsed, and why; no list has one of them twice."""
        document = json.loads(self.out)
        sites = [site for each in document["findings"] if each["code"] == "SSOT001" for site in each["sites"]]
        diagnostics = [each for each in document["diagnostics"] if each["kind"] in ("unreadable", "unparsable")]
        for listed in (sites, diagnostics):
            paths = [each["path"] for each in listed]
            assert len(set(paths)) == len(paths)
        return {each["path"]: each["message"] for each in (*sites, *diagnostics)}

    def violations(self) -> dict[str, list[str]]:
        """By rule and subject, the paths of the sites in a JSON report."""
        return {
            f"{each['code']} {each['subject']}": [site["path"] for site in each["sites"]]
            for each in json.loads(self.out)["findings"]
            if each["code"] != "SSOT001"
        }

    def figure(self, name: str) -> int:
        """A number in the summary of a JSON report."""
        return int(json.loads(self.out)["summary"][name])


Write = Callable[[Mapping[str, str | bytes]], Path]
Scan = Callable[..., Ended]


def process(folder: Path, *arguments: str, program: tuple[str, ...] = MODULE, **environment: str) -> Ended:
    """Runs ssot-lint in a process of its own."""
    ended = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


_NOBODY = 65534


def _import_all() -> None:
    """Import what commands import when they need it: it may lie where only root can read."""
    with TemporaryDirectory() as folder:
        Path(folder, "a.py").write_text("x = 1\n")
        baseline = f"{folder}/baseline.json"
        assert run(["scan", folder, "-q", "-f", "json", "-o", f"{folder}/report"]) == 0
        assert run(["baseline", "update", folder, "-q", "--baseline", baseline]) == 0


@contextmanager
def unprivileged(root: Path) -> Iterator[None]:
    """Be somebody who owns ``root`` and may not read and write everything."""
    _import_all()
    if os.geteuid() != 0:
        yield
        return
    for folder in takewhile(lambda folder: folder != Path(gettempdir()), root.parents):
        folder.chmod(0o755)
    os.chown(root, _NOBODY, -1)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
