"""How the probe is asked for, and what comes of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import pytest

from ssot_lint.probe.as_installed import as_installed
from ssot_lint.reporters.report_schema import PROBE_FILE_NAME
from tests.probe.conftest import COMPONENT, Probe, run_pytest, write_project

APP = """
class Manager:
    def __init__(self, user_id):
        self.user_id = user_id
def create(user_id):
    return Manager(user_id)
"""
TWICE = "from app import create\ndef test():\n    one, two = create('ann'), create('ann')\n"
IMPORTED = """
import sys
def test():
    loaded = [name for name in sys.modules if name.startswith("ssot_lint.")]
    assert loaded == ["ssot_lint.probe", "ssot_lint.probe.plugin"], loaded
    assert "wrapt" not in sys.modules
"""


def test_off_it_imports_its_option_only(tmp_path: Path) -> None:
    write_project(tmp_path, APP, IMPORTED)
    done = run_pytest(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "ssot-lint probe" not in done.stdout


ROOMS = """
import sys
def test():
    rooms = {name.split(".")[1] for name in sys.modules if name.startswith("ssot_lint.")}
    assert rooms == {"config", "errors", "model", "probe", "text"}, rooms
"""


def test_on_it_imports_what_it_needs_only(tmp_path: Path) -> None:
    write_project(tmp_path, APP, ROOMS)
    done = run_pytest(tmp_path, "--ssot-probe")
    assert done.returncode == 0, done.stdout


def test_pytest_does_not_rewrite_its_modules(pytestconfig: pytest.Config) -> None:
    before, rewriting = sys.meta_path.copy(), id(pytestconfig.pluginmanager.rewrite_hook)
    assert rewriting in map(id, before)
    with as_installed(pytestconfig):
        assert [each for each in before if id(each) != rewriting] == sys.meta_path
    assert before == sys.meta_path


@pytest.mark.parametrize("mode", ["--ssot-probe", "--ssot-probe=report", "--ssot-probe=fail"])
def test_only_fail_fails_the_test_that_showed_an_error(probe: Probe, mode: str) -> None:
    probed = probe(APP, TWICE + "def test_other():\n    create('ann')\n", mode)
    assert probed.code == (1 if mode.endswith("fail") else 0)
    assert ("1 failed, 1 passed" in probed.said) == mode.endswith("fail")
    assert "error P1 Multiple manager instances for user ann: 2 alive at the same time" in probed.said


def test_the_option_takes_no_path_that_follows_it(tmp_path: Path) -> None:
    write_project(tmp_path, APP, TWICE)
    done = run_pytest(tmp_path, "--ssot-probe", "test_app.py")
    assert done.returncode == 0, done.stderr
    assert "error P1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "config", "message"),
    [
        (["--ssot-probe=often"], COMPONENT, '--ssot-probe: "often" is neither report nor fail'),
        (["--ssot-probe-json", "x.json"], COMPONENT, "--ssot-probe-json: needs --ssot-probe"),
        (["--ssot-probe"], COMPONENT.replace("identity", "identify"), "identify: unknown key"),
    ],
)
def test_wrong_options_and_configurations_are_usage_errors(
    tmp_path: Path, arguments: list[str], config: str, message: str
) -> None:
    write_project(tmp_path, APP, TWICE, config)
    done = run_pytest(tmp_path, *arguments)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert message in done.stderr


def test_without_wrapt_it_says_what_to_install(tmp_path: Path) -> None:
    write_project(tmp_path, APP, TWICE, sitecustomize="import sys\nsys.modules['wrapt'] = None\n")
    done = run_pytest(tmp_path, "--ssot-probe")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert done.stderr.startswith("ERROR: --ssot-probe: needs the extra: pip install ")
    assert done.stderr.strip().endswith("[probe]'")


def test_where_nothing_was_built_it_does_not_say_that_nothing_is_shared(probe: Probe) -> None:
    probed = probe(APP, "def test():\n    pass\n")
    assert "nothing was watched: declare components whose instances these tests build" in probed.said
    assert "nothing is shared" not in probed.said


@pytest.mark.slow
def test_xdist_gives_one_report_of_all_workers(tmp_path: Path) -> None:
    tests = TWICE + "def test_two():\n    one, two = create('ann'), create('ann')\ndef test_three(): pass\n"
    write_project(tmp_path, APP, tests)
    done = run_pytest(tmp_path, "-n", "2", "--ssot-probe", "--ssot-probe-json", "probe.json")
    document = json.loads((tmp_path / "probe.json").read_text())
    assert done.stdout.count("error P1") == 1
    assert (document["tests"], document["components"][0]["instances"]) == (3, 4)
    assert sorted(document["observations"][0]["tests"]) == ["test_app.py::test", "test_app.py::test_two"]


@pytest.mark.slow
def test_without_components_it_takes_what_init_proposes_and_says_so(tmp_path: Path) -> None:
    write_project(tmp_path, APP, TWICE, "[project]\nname = 'x'\nversion = '1'\n")
    done = run_pytest(tmp_path, "--ssot-probe")
    assert done.returncode == 0
    assert "of what `ssot-lint init` proposes" in done.stdout


def test_what_is_written_follows_the_schema(probe: Probe, tmp_path: Path) -> None:
    probe(APP, TWICE)
    schema = json.loads(Path(sys.modules["ssot_lint.reporters"].__path__[0], PROBE_FILE_NAME).read_text())
    jsonschema.validate(json.loads((tmp_path / "probe.json").read_text()), schema)


@pytest.mark.parametrize("scope", ["function", "class", "module", "session"])
def test_instances_of_fixtures_of_every_scope_are_seen(probe: Probe, scope: str) -> None:
    tests = f"""
import pytest
from app import create
@pytest.fixture(scope="{scope}")
def manager():
    yield create('ann')
def test(manager):
    other = create('ann')
"""
    assert probe(APP, tests).only().kind.value == "P1"


CONCURRENT = """
import asyncio
import app
LAST = None
def shared(user_id):
    global LAST
    LAST = LAST or app.Manager(user_id)
    return app.create(user_id)
async def later(user_id):
    await asyncio.sleep(0)
    return app.create(user_id)
def test(concurrent_identities):
    verdict = concurrent_identities({run}, 4)
    assert verdict.is_clean, verdict
    assert [each.user_id for each in verdict.results.values()] == ["user-1", "user-2", "user-3", "user-4"]
def test_in_a_loop(concurrent_identities):
    async def main():
        return await concurrent_identities.in_tasks(later, ["ann", "ben"])
    assert set(asyncio.run(main()).results) == {{"ann", "ben"}}
"""


@pytest.mark.parametrize("run", ["app.create", "later"])
def test_concurrent_identities_runs_in_threads_and_tasks(probe: Probe, run: str) -> None:
    probed = probe(APP, CONCURRENT.format(run=run))
    assert probed.code == 0, probed.said


def test_concurrent_identities_gives_the_verdict(probe: Probe) -> None:
    app = APP.replace("    return Manager(user_id)", "    return _ONE") + "_ONE = Manager('x')\n"
    tests = """
from app import create
def test(concurrent_identities):
    verdict = concurrent_identities(create, ["ann", "ben"])
    assert not verdict.is_clean
    assert "handed one instance to two users" in str(verdict)
"""
    probed = probe(app, tests)
    assert probed.code == 0, probed.said


def test_concurrent_identities_raises_what_a_run_raised(probe: Probe) -> None:
    tests = """
import pytest
def test(concurrent_identities):
    with pytest.raises(ZeroDivisionError):
        concurrent_identities(lambda user_id: 1 / 0, 3)
    with pytest.raises(ValueError):
        concurrent_identities(print, [])
"""
    assert probe(APP, tests).code == 0
