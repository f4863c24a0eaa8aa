"""`ssot-lint scan --probe FILE`: what a test run wrote is joined to the findings, and every report shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run
from tests.probe.conftest import COMPONENT, Probe

APP = """
class Manager:
    def __init__(self, user_id):
        self.user_id = user_id
        self.messages = []

    def add(self, text):
        self.messages.append(text)


_managers = {}


def create(user_id):
    manager = _managers.get("one")
    if manager is None:
        manager = _managers["one"] = Manager(user_id)
    return manager
"""
CONFIG = "[project]\nname = 'app'\n" + COMPONENT
TWO_USERS = "from app import create\ndef test():\n    create('ann').add('hi')\n    create('ben')\n"
ONE_USER = "from app import create, _managers\ndef test():\n    create('ann').add('hi')\n    _managers.clear()\n"
SEEN = "Seen at run time, in 1 test: manager: app:create handed one instance to two users"


@pytest.fixture
def found(probe: Probe, ssot_lint: Run) -> Any:
    """Runs the tests of the project with the probe, and tells what scans without and with its file say."""

    def run(tests: str, config: str = CONFIG) -> list[dict[str, Any]]:
        probe(APP, tests, config=config)
        documents = [
            ssot_lint("scan", "-q", "--no-cache", "-f", "json", "--select", "SSOT203", *options)[1]
            for options in ((), ("--probe", "probe.json"))
        ]
        return [json.loads(document)["findings"][0] for document in documents]

    return run


def test_a_finding_that_a_test_showed_rises_and_says_so(found: Any) -> None:
    without, joined = found(TWO_USERS)
    assert (without["severity"], joined["severity"]) == ("medium", "high")
    assert joined["evidence"]["run_time"] == {"seen": True, "tests": 1}
    assert joined["evidence"]["text"][0] == SEEN
    assert "run_time" not in without["evidence"]


def test_a_finding_that_no_test_showed_says_in_how_many_and_keeps_its_severity(found: Any) -> None:
    without, joined = found(ONE_USER)
    assert joined["severity"] == without["severity"]
    assert joined["evidence"]["run_time"] == {"seen": False, "tests": 1}
    assert joined["evidence"]["text"][0] == "Not seen in 1 test that built it"


def test_a_severity_that_is_configured_stays(found: Any) -> None:
    config = CONFIG + '\n[tool.ssot-lint.severity]\nSSOT203 = "low"\n'
    _, joined = found(TWO_USERS, config)
    assert (joined["severity"], joined["evidence"]["run_time"]["seen"]) == ("low", True)


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_every_report_shows_it(probe: Probe, ssot_lint: Run, form: str) -> None:
    probe(APP, TWO_USERS, config=CONFIG)
    arguments = ("scan", "-q", "--no-cache", "-f", form, "--select", "SSOT203")
    assert "Seen at run time" not in ssot_lint(*arguments)[1]
    assert "Seen at run time, in 1 test" in " ".join(ssot_lint(*arguments, "--probe", "probe.json")[1].split())


def test_the_same_scan_from_the_cache_is_not_the_one_without(probe: Probe, ssot_lint: Run) -> None:
    probe(APP, TWO_USERS, config=CONFIG)
    arguments = ("scan", "-q", "-f", "json", "--select", "SSOT203")
    severities = [
        json.loads(ssot_lint(*arguments, *more)[1])["findings"][0]["severity"]
        for more in ((), ("--probe", "probe.json"), (), ("--probe", "probe.json"))
    ]
    assert severities == ["medium", "high", "medium", "high"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "No such file"),
        ("", "is not what the probe writes"),
        ("not json", "is not what the probe writes"),
        ("[]", "is not what the probe writes: Expected `object`, got `array`"),
        ("{}", "is not what the probe writes: Object missing required field `version`"),
        (b"\xff\xfe", "is not what the probe writes"),
    ],
)
def test_a_file_that_is_none_of_the_probe_is_a_usage_error(
    tmp_path: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch, written: str | bytes | None, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(APP)
    if written is not None:
        (tmp_path / "probe.json").write_bytes(written if isinstance(written, bytes) else written.encode())
    code, out, err = ssot_lint("scan", "--probe", "probe.json")
    assert (code, out) == (ExitCode.USAGE, "")
    assert said in " ".join(err.split())


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("version", 2, "Invalid enum value 2 - at `$.version`"),
        ("tests", -1, "Expected `int` >= 0 - at `$.tests`"),
        ("surplus", 1, "Object contains unknown field `surplus`"),
    ],
)
def test_a_file_of_another_version_is_a_usage_error(
    probe: Probe, ssot_lint: Run, tmp_path: Path, key: str, value: int, said: str
) -> None:
    probe(APP, ONE_USER, config=CONFIG)
    file = tmp_path / "probe.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), key: value}))
    code, out, err = ssot_lint("scan", "--probe", "probe.json")
    assert (code, out) == (ExitCode.USAGE, "")
    assert said in " ".join(err.split())
    assert "Write it with `pytest --ssot-probe --ssot-probe-json FILE`" in " ".join(err.split())
