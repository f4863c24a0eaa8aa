"""docs/example-chat: a service with real connections. Each fault is found once, and the service itself is clean."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from ssot_lint.model.probe import Level, ProbeDocument
from tests.probe.conftest import run_pytest

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-chat"
TUTORIAL = EXAMPLE.parent / "probe.md"
FAULTS = sorted((EXAMPLE / "faults").glob("*.patch"))


def probed(folder: Path) -> tuple[ProbeDocument, list[str]]:
    """What the probe sees of the example in ``folder``, and the lines that are printed."""
    done = run_pytest(folder, "-p", "no:xdist", "--ssot-probe", "--ssot-probe-json", "probe.json", "tests")
    document = msgspec.json.decode((folder / "probe.json").read_bytes(), type=ProbeDocument)
    return document, done.stdout.splitlines()


def printed(kind: str) -> str:
    """The line that the table of the tutorial shows for the fault of a kind."""
    rows = [line.split(" | ") for line in TUTORIAL.read_text().splitlines() if f"| `{kind}` |" in line]
    [(_, _, cell)] = rows
    text = cell.removesuffix(" |")
    return text.strip("`") if text.startswith("``") else text[1:-1]


@pytest.fixture
def service(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "chat", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_service_is_clean_although_users_share_a_member_of_an_enumeration(service: Path) -> None:
    document, _ = probed(service)
    assert (document.observations, document.notes) == ((), ())
    assert document.components[0].instances > 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda path: path.stem)
def test_a_fault_is_found_and_said_as_the_tutorial_shows(service: Path, fault: Path) -> None:
    subprocess.run(["git", "apply", "--unsafe-paths", f"--directory={service}", fault], cwd=service, check=True)
    document, lines = probed(service)
    errors = [each for each in document.observations if each.level is Level.ERROR]
    assert fault.stem[:2] in {each.kind.value for each in errors}
    assert printed(fault.stem[:2]) in lines


def test_there_is_a_fault_of_each_kind() -> None:
    assert [path.stem[:2] for path in FAULTS] == [f"P{number}" for number in range(1, 8)]
