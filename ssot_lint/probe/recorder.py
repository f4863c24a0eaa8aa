"""Takes down what happens to watched classes while tests run.

Its public methods are called from the middle of the program under test: they raise nothing, run nothing of it and keep
nothing of it alive.
"""

from __future__ import annotations

import itertools
import weakref
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from typing import cast

from ssot_lint.probe.garbage import Garbage
from ssot_lint.probe.identity import UNSAID, Owner, State
from ssot_lint.probe.looks import MOST_LOOKS, Looks
from ssot_lint.probe.reach import Walker
from ssot_lint.probe.records import Build, Handed, Instance, Notes, TestRun, Watched, build_of
from ssot_lint.probe.stack import Sources, Step, calling, is_running, nearest
from ssot_lint.probe.static import symbol_of

MOST_SILENT = 100
"""Looks without an owner after which instances are read when they go, and at the end of a test, but not meanwhile."""

MOST_SILENT_LOOKS = 8
"""Looks of a test after which such instances are not read any more when they go, but at its end."""

MOST_WIDE = 30
"""Instances of wider fixtures that those of a test are held against, the latest."""


_MOST_LAST_LOOKS = 2 * MOST_LOOKS

MOST_LIVE = 1_000
"""Instances that are kept in mind before it is asked which of them are gone, beside twice those that are not."""


class Recorder:
    """What all tests did; ``run`` is the test that runs now."""

    def __init__(self, sources: Sources, walker: Walker, notes: Notes) -> None:
        self.sources, self.notes = sources, notes
        self.looks = Looks(walker)
        self.run = TestRun("")
        self.is_wide = True
        self.is_open = True
        self.live: dict[int, Instance] = {}
        self.active: ContextVar[frozenset[str]] = ContextVar("ssot-probe-factories", default=frozenset())
        self.ours: set[int] = set()
        self.on_ownerless: Callable[[type], None] = lambda _: None
        self._clock = itertools.count(1)
        self._wide: deque[Instance] = deque(maxlen=MOST_WIDE)
        self._most_live = MOST_LIVE
        self.garbage = Garbage(sources, notes)
        self._on_death = cast("Callable[[weakref.ref[object]], None]", self._died)

    # What is called by watched classes

    def built(self, watched: Watched, instance: object, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """An instance was made. To be called by what its maker called, so that the stack is right."""
        if not self.is_open:
            return
        try:
            build = watched.builds.get(id(type(instance))) or self._build(watched, type(instance))
            if build.is_referable:
                record = self._record(watched, instance, build)
                if watched.is_placed:
                    self._take_origin(record, args, kwargs)
                self.run.instances.append(record)
                if self.is_wide:
                    record.is_wide = True
                    self._wide.append(record)
        except Exception as error:  # whatever it is, the test goes on
            self.failed(watched, error)

    def dying(self, watched: Watched, instance: object) -> None:
        """An instance is about to go, and is still whole."""
        run = self.run
        if (
            run.looks >= (_MOST_LAST_LOOKS if watched.silent < MOST_SILENT else MOST_SILENT_LOOKS)
            or self.looks.is_busy
            or not self.is_open
        ):
            return
        run.looks += 1
        record = self.live.get(id(instance))
        if record is None or record() is not instance:
            return
        try:
            self.looks.at_last(run, record, instance, self._others)
        except Exception as error:
            self.failed(watched, error)

    def handed_out(self, watched: Watched, instance: object, owner: Owner, steps: tuple[Step, ...]) -> None:
        """The factory returned an instance that was asked for on behalf of ``owner``."""
        build = self._build(watched, type(instance))
        if not build.is_referable:
            return
        record = self.live.get(id(instance))
        if record is None or record() is not instance:
            record = self._adopted(watched, instance, build, steps)
        if owner.state is State.KNOWN:
            for former in record.handed_to:
                if former != owner.text:
                    self.run.handed.append(Handed(record, former, owner.text, steps))
                    break
            if owner.text not in record.handed_to:
                record.handed_to += (owner.text,)
        self.looks.at(self.run, record, instance)
        if record.owner.state is State.NOBODY and owner.state is not State.KNOWN:
            self.used(record, "handed out by the factory")

    def used(self, record: Instance, how: str) -> None:
        """An instance that belongs to nobody was used, for the first time if not before."""
        if not record.used:
            record.used = how
            self.run.used.append(record)

    def failed(self, watched: Watched, error: Exception) -> None:
        """Note what went wrong in the probe itself."""
        self.notes.add(f"{watched.component.name}: something was not seen ({type(error).__name__}: please report it)")

    def look(self) -> None:
        """Read all living instances of this test, and hold the latest of them against each other."""
        with self.looks.quiet():
            self._look_at_living()
            self.garbage.drop(self.run)  # now that nothing of ours holds them

    def _look_at_living(self) -> None:
        living = [
            (record, instance)
            for record in (*self._others(), *self.run.instances)
            if not record.died and record.watched.identity.paths and (instance := record()) is not None
        ]
        self.looks.at_all(self.run, living)

    def _others(self) -> list[Instance]:
        """The instances of wider fixtures that this test did not build."""
        return [each for each in list(self._wide) if each.test != self.run.test]

    def begin(self, test: str) -> None:
        """A test begins."""
        self.run = TestRun(test)
        self.is_wide = False

    def end(self) -> TestRun:
        """The test is over: what it did."""
        done, self.run, self.is_wide = self.run, TestRun(""), True
        if len(self.live) > self._most_live:
            self._forget_dead()
        return done

    # Inside

    def _build(self, watched: Watched, cls: type) -> Build:
        """How a class is built; one whose instances cannot be watched is noted."""
        known = watched.builds.get(id(cls))
        if known is None:
            known = watched.builds[id(cls)] = build_of(cls)
        if not known.is_referable:
            self.notes.add(
                f"{watched.component.name}: {symbol_of(cls)} is not watched: its instances allow no weak references"
            )
        return known

    def _record(self, watched: Watched, instance: object, build: Build) -> Instance:
        """Take down an instance; what depends on who asked for it comes later."""
        record = Instance(instance, self._on_death if watched.identity.paths else None)
        record.key = key = id(instance)
        record.watched, record.build, record.test = watched, build, self.run.test
        record.steps, record.argument, record.owner = (), UNSAID, UNSAID
        record.born, record.died = next(self._clock), 0
        self.live[key] = record
        watched.instances += 1
        return record

    def _take_origin(self, record: Instance, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """Who built it, and for whom, before the instance is one of this test."""
        watched, build = record.watched, record.build
        if not (args or kwargs) and build.needs_arguments:
            record.is_bare = True
        elif watched.identity.paths:
            record.argument = watched.identity.of_call(build.parameters, args, kwargs)
        if watched.silent < MOST_SILENT or watched.has_factory or record.argument.text:
            record.steps = calling(self.sources, 4, self.ours)
        else:
            record.steps = nearest(self.sources, 4, self.ours)
        if watched.factory_codes:
            self._note_factory(watched, record)
        elif watched.has_factory:
            self._note_bypass(record)
        if watched.identity.paths:
            self._take_owner(watched, record)

    def _take_owner(self, watched: Watched, record: Instance) -> None:
        run, argument = self.run, record.argument
        if argument.text:
            self.garbage.take_away(run, record, argument.text)
            run.own(record, argument.text)
            record.born = next(self._clock)  # after what was garbage
        elif argument is not UNSAID and argument.state is State.NOBODY and self._may_be_ownerless(record):
            self.on_ownerless(record.cls)
        if watched.silent < MOST_SILENT and run.looks < MOST_LOOKS:
            self.looks.before_next(run)
            run.pending.append(record)

    def _may_be_ownerless(self, record: Instance) -> bool:
        """What a test builds without an owner it means to: its methods need not be watched for P5."""
        return record.by_factory or not record.steps or self.sources.is_product(record.steps[0])

    def _note_factory(self, watched: Watched, record: Instance) -> None:
        """Whether a factory runs: one that is watched says so, others are looked for where it matters."""
        if watched.component.name in self.active.get():
            record.by_factory = True
        elif not record.steps or self.sources.is_product(record.steps[0]):
            record.by_factory = is_running(watched.factory_codes, 5)
        if not record.by_factory:
            self._note_bypass(record)

    def _note_bypass(self, record: Instance) -> None:
        """Copies are built past the factory too, and are meant to be; so is what tests build."""
        if record.steps and not record.is_bare and self.sources.is_product(record.steps[0]):
            self.run.past_factory.append(record)

    def _adopted(self, watched: Watched, instance: object, build: Build, steps: tuple[Step, ...]) -> Instance:
        """A record of an instance that was there before its class was watched."""
        record = self._record(watched, instance, build)
        record.steps = steps
        record.is_wide = record.is_bare = record.by_factory = True
        if not build.needs_arguments:
            record.argument = watched.identity.of_call(build.parameters, (), {})
        self._wide.append(record)
        watched.counted += 1
        return record

    def _died(self, record: Instance) -> None:
        record.died = next(self._clock)
        if self.garbage.is_collecting:
            record.was_garbage = True
        if self.live.get(record.key) is record:
            del self.live[record.key]

    def _forget_dead(self) -> None:
        """Of those that can have no owner nobody told. Copied, as making tuples may collect some, which tells."""
        for key, record in self.live.copy().items():
            if record() is None:
                del self.live[key]
        self._most_live = 2 * len(self.live) + MOST_LIVE
