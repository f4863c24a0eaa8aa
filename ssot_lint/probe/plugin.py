"""The plugin of pytest: its options and its fixture. The rest of the probe is imported when a run asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ssot_lint.probe.concurrent import ConcurrentIdentities

_OPTION = "--ssot-probe"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("ssot-lint")
    group.addoption(
        _OPTION,
        nargs="?",
        const="report",
        metavar="report|fail",
        help="Watch the declared components while tests run; fail: let tests fail that show errors.",
    )
    group.addoption("--ssot-probe-json", metavar="FILE", help="With --ssot-probe: write what was seen to FILE.")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> None:
    """Keep the option from taking the path that may follow it."""
    args[:] = [f"{_OPTION}=report" if each == _OPTION else each for each in args]


def pytest_configure(config: pytest.Config) -> None:
    """Start the probe, if it is asked for. Raises UsageError for options and configurations that are wrong."""
    mode, file = config.getoption("ssot_probe"), config.getoption("ssot_probe_json")
    if mode is None and file is None:
        return
    if mode is None:
        raise pytest.UsageError("--ssot-probe-json: needs --ssot-probe")
    if mode not in ("report", "fail"):
        raise pytest.UsageError(f'--ssot-probe: "{mode}" is neither report nor fail')
    from ssot_lint.probe.as_installed import as_installed

    try:
        with as_installed(config):
            from ssot_lint.probe.session import open_session
    except ModuleNotFoundError as error:
        if error.name != "wrapt":
            raise
        from importlib.metadata import distribution

        from ssot_lint.text.requirement import with_extras

        command = with_extras(distribution("ssot-lint"), ["probe"])
        raise pytest.UsageError(f"--ssot-probe: needs the extra: {command}") from error

    config.pluginmanager.register(open_session(config, file or "", fails=mode == "fail"), "ssot-probe-session")


@pytest.fixture
def concurrent_identities(request: pytest.FixtureRequest) -> ConcurrentIdentities:
    """Runs a callable for several identities at once, and returns what the probe saw."""
    session = request.config.pluginmanager.get_plugin("ssot-probe-session")
    watcher = getattr(session, "watcher", None)
    if watcher is None:
        pytest.skip("concurrent_identities needs --ssot-probe")
    from ssot_lint.probe.concurrent import ConcurrentIdentities

    return ConcurrentIdentities(watcher.verdict)
