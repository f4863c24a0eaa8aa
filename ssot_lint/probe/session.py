"""The probe within a run of pytest: hooks, the section at the end, and the processes of pytest-xdist."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ssot_lint.model.probe import Observation, ProbeDocument
from ssot_lint.probe.declared import Declared, declared_components
from ssot_lint.probe.merge import merged
from ssot_lint.probe.section import failure, section
from ssot_lint.probe.watcher import Watcher, errors_of

_OUTPUT = "ssot_probe"
_INPUT = "ssot_probe_components"


def open_session(config: pytest.Config, json_file: str, *, fails: bool) -> ProbeSession:
    """The session of this process, already watching unless others run the tests.

    Raises UsageError for a configuration that is wrong.
    """
    given = getattr(config, "workerinput", {}).get(_INPUT)
    declared = msgspec.json.decode(given, type=Declared) if given else declared_components(config)
    is_controller = not hasattr(config, "workerinput") and config.getoption("dist", "no") != "no"
    session = ProbeSession(config, declared, json_file, fails=fails, is_controller=is_controller)
    if session.watcher is not None:
        session.watcher.start()
    return session


class ProbeSession:
    """The hooks. ``watcher`` is None in the process that only hands tests out."""

    def __init__(
        self, config: pytest.Config, declared: Declared, json_file: str, *, fails: bool, is_controller: bool
    ) -> None:
        self._config, self._declared, self._fails = config, declared, fails
        self._file = Path(config.invocation_params.dir, json_file) if json_file else None
        self._documents: list[ProbeDocument] = []
        self._problems: list[str] = []
        self._told: set[str] = set()
        self._last: list[Observation] = []
        self.watcher = None if is_controller else _watcher(declared)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """One test, with its fixtures."""
        if self.watcher is None:
            return (yield)
        self._told.clear()
        self._last = []
        self.watcher.begin(item.nodeid)
        try:
            return (yield)
        finally:
            self.watcher.end(self._last)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """What a fixture of a wider scope builds outlives its test, and is meant to."""
        recorder = self.watcher.recorder if self.watcher else None
        if recorder is None or fixturedef.scope == "function":
            return (yield)
        before, recorder.is_wide = recorder.is_wide, True
        try:
            return (yield)
        finally:
            recorder.is_wide = before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a test after its body and after its teardown; what is new after each fails it, if that is asked for."""
        report = yield
        if self.watcher is None or call.when == "setup":
            return report
        self._last = self.watcher.after_call() if call.when == "call" else self.watcher.after_teardown() or self._last
        new = [each for each in errors_of(self._last) if each.message not in self._told]
        self._told.update(each.message for each in new)
        if self._fails and new and report.passed:
            report.outcome = "failed"
            report.longrepr = f"ssot-lint probe:\n{failure(new)}"
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Keep what was seen: for the process that hands tests out, or for the report."""
        if self.watcher is not None:
            document = self.watcher.close()
            output = getattr(self._config, "workeroutput", None)
            if output is not None:
                output[_OUTPUT] = msgspec.json.encode(document).decode()
                return
            self._documents.append(document)
        self._write()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The section, once."""
        if hasattr(self._config, "workerinput"):
            return
        terminalreporter.section("ssot-lint probe")
        if self._documents:
            for line in section(merged(self._documents)):
                terminalreporter.write_line(line)
        for problem in self._problems:
            terminalreporter.write_line(f"note: {problem}")

    # pytest-xdist

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what to watch."""
        node.workerinput[_INPUT] = msgspec.json.encode(self._declared).decode()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker has seen."""
        text = getattr(node, "workeroutput", {}).get(_OUTPUT)
        if text is None:
            self._problems.append(f"worker {node.gateway.id} ended before it could say what it saw")
        else:
            self._documents.append(msgspec.json.decode(text, type=ProbeDocument))

    def _write(self) -> None:
        if self._file is None or not self._documents:
            return
        text = msgspec.json.format(msgspec.json.encode(merged(self._documents)), indent=2)
        try:
            self._file.write_bytes(text + b"\n")
        except OSError as error:
            self._problems.append(f"--ssot-probe-json: {self._file}: {error.strerror}")


def _watcher(declared: Declared) -> Watcher:
    return Watcher(Path(declared.root), declared.components, declared.source, are_proposed=declared.are_proposed)
