"""The probe of one process: what it watches, test after test, and the document of it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from ssot_lint import __version__
from ssot_lint.model.component import Component
from ssot_lint.model.probe import Level, Observation, ProbeDocument, SentEvents, WatchedComponent
from ssot_lint.model.vocabulary import OWNER_PATHS
from ssot_lint.probe.events import sent_events
from ssot_lint.probe.identity import Identity
from ssot_lint.probe.install import Installer
from ssot_lint.probe.judge import judge
from ssot_lint.probe.merge import grouped
from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reach import Walker
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.recorder import Recorder
from ssot_lint.probe.records import Notes, TestRun, Watched
from ssot_lint.probe.registries import Registries
from ssot_lint.probe.stack import Sources
from ssot_lint.probe.unseen import notes_of_identities

T = TypeVar("T")

MOST_FLOWS = 200
"""Flows of events that a document keeps."""


class Watcher:
    """Watches ``components`` of the project at ``root``. ``source`` says where they come from; of those that are only
    proposed, instances may say in the usual places whom they belong to."""

    def __init__(self, root: Path, components: Sequence[Component], source: str, *, are_proposed: bool) -> None:
        sources = Sources(str(root))
        own, reader = OwnClasses(sources), Reader()
        self._notes = Notes()
        self._source = source
        self._components = [
            Watched(each, Identity(_paths(each, are_proposed=are_proposed), reader), has_factory=bool(each.factory))
            for each in components
            if each.home
        ]
        self.recorder = Recorder(sources, Walker(own, reader), self._notes)
        self._registries = Registries(sources, own, reader, self.recorder.live)
        self._installer = Installer(self._components, self.recorder, own, reader)
        self._tests = 0
        self._seen: list[Observation] = []
        self._flows: list[SentEvents] = []

    def start(self) -> None:
        """Wait for the modules of the components."""
        self._installer.hook()
        self.recorder.garbage.start()

    def begin(self, test: str) -> None:
        """A test begins."""
        self._tests += 1
        self.recorder.begin(test)
        for watched in self._components:
            watched.counted = watched.instances
        self._safely(self._installer.watch_emitters, None)

    def after_call(self) -> list[Observation]:
        """What the test has shown when its body is done; what its fixtures built is still there."""
        run = self.recorder.run
        if not (run.instances or run.emissions or run.handed):
            return []
        self._safely(self.recorder.look, None)
        return self._judged(run)

    def after_teardown(self) -> list[Observation]:
        """All that the test has shown, when its fixtures are gone too."""
        run = self.recorder.run
        if not (run.instances or run.emissions or run.handed):
            return []
        run.growths = self._safely(partial(self._registries.grown, run), [])
        return self._judged(run)

    def end(self, observations: Sequence[Observation]) -> None:
        """The test is over."""
        self._safely(partial(self._end, observations), None)

    def _end(self, observations: Sequence[Observation]) -> None:
        self._installer.forget_uses()
        run = self.recorder.end()
        if observations:
            self._seen = grouped([*self._seen, *observations])
        if run.emissions:
            self._flows = [*self._flows, *sent_events(run)][:MOST_FLOWS]
        for watched in self._components:
            watched.tests += watched.instances > watched.counted

    def _judged(self, run: TestRun) -> list[Observation]:
        return self._safely(partial(judge, run, self.recorder.sources), [])

    def _safely(self, act: Callable[[], T], otherwise: T) -> T:
        """No fault of the probe ends a run of tests."""
        try:
            return act()
        except Exception as error:
            self._notes.add(f"a part of the probe failed ({type(error).__name__}: please report it)")
            return otherwise

    def verdict(self) -> list[Observation]:
        """What the running test has shown so far."""
        return self.after_call()

    def close(self) -> ProbeDocument:
        """Stop watching; all that was seen."""
        self.recorder.is_open = False
        self.recorder.garbage.stop()
        notes = [*self._notes.texts, *notes_of_identities(self._components)]
        return ProbeDocument(
            version=1,
            tool_version=__version__,
            source=self._source,
            tests=self._tests,
            components=tuple(map(_seen_component, self._components)),
            observations=tuple(self._seen),
            events=tuple(self._flows),
            notes=tuple(notes),
        )


def _paths(component: Component, *, are_proposed: bool) -> tuple[str, ...]:
    return OWNER_PATHS if are_proposed and not component.identity else component.identity


def _seen_component(watched: Watched) -> WatchedComponent:
    component = watched.component
    return WatchedComponent(
        name=component.name,
        home=component.home,
        factory=component.factory,
        is_imported=watched.is_imported,
        has_identity=bool(watched.identity.paths),
        instances=watched.instances,
        tests=watched.tests,
        identified=watched.identified,
    )


def errors_of(observations: Sequence[Observation]) -> list[Observation]:
    """Those that are wrong for certain."""
    return [each for each in observations if each.level is Level.ERROR]
