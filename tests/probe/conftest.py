"""Small projects whose tests are run with the probe."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from ssot_lint.model.probe import Observation, ProbeDocument

COMPONENT = """
[[tool.ssot-lint.components]]
name = "manager"
home = "app:Manager"
factory = "app:create"
identity = ["user_id"]
events = ["started", "worked", "ended"]
"""


@dataclass(frozen=True)
class Probed:
    """A run of pytest: its exit code, all that it said, and what the probe saw."""

    code: int
    said: str
    document: ProbeDocument

    def shown(self) -> list[tuple[str, str, str]]:
        """The observations as level, kind and message."""
        return [(each.level.value, each.kind.value, each.message) for each in self.document.observations]

    def only(self) -> Observation:
        """The one observation there is."""
        [observation] = self.document.observations
        return observation


Probe = Callable[..., Probed]


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in ``folder``, in a process of its own, without what the environment of our own run would add."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def write_project(folder: Path, app: str, tests: str, config: str = COMPONENT, **others: str) -> None:
    """A project of one module, one file of tests, and a configuration."""
    files: Mapping[str, str] = {"app.py": app, "test_app.py": tests, "pyproject.toml": config}
    for name, text in files.items():
        (folder / name).write_text(text)
    for name, text in others.items():
        (folder / f"{name}.py").write_text(text)


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Probe]:
    """Runs the tests of a small project with the probe, within this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(app: str, tests: str, *arguments: str, config: str = COMPONENT, **others: str) -> Probed:
        write_project(tmp_path, app, tests, config, **others)
        report = tmp_path / "probe.json"
        mode = () if any(each.startswith("--ssot-probe") for each in arguments) else ("--ssot-probe",)
        usual = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={tmp_path}"]
        gc.freeze()  # a run of pytest ends with five collections, and ours has made a large heap by now
        try:
            code = pytest.main([*usual, *mode, "--ssot-probe-json", str(report), *arguments])
        finally:
            gc.unfreeze()
        said = capfd.readouterr().out
        assert report.is_file(), said
        return Probed(int(code), said, msgspec.json.decode(report.read_bytes(), type=ProbeDocument))

    yield run
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None)).startswith(str(tmp_path)):
            del sys.modules[name]
