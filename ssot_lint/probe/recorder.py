"""Takes down what happens to watched classes while tests run.

Its public methods are called from the middle of the program under test: they raise nothing, run nothing of it and keep
nothing of it alive.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from typing import cast
from weakref import ref

from ssot_lint.probe.garbage import Garbage
from ssot_lint.probe.identity import UNSAID, Owner, State
from ssot_lint.probe.looks import MOST_LOOKS, Looks
from ssot_lint.probe.reach import Walker
from ssot_lint.probe.records import (
    MOST_SILENT,
    Build,
    Farewell,
    Handed,
    Instance,
    Notes,
    TestRun,
    Watched,
    build_of,
)
from ssot_lint.probe.stack import NO_STEPS, Sources, Step, calling, is_running, nearest, running
from ssot_lint.probe.static import symbol_of

MOST_WIDE = 30
"""Instances of wider fixtures that those of a test are held against, the latest."""


MOST_LIVE = 1_000
"""Instances that are kept in mind before it is asked which of them are gone, beside twice those that are not."""


class Recorder:
    """What all tests did; ``run`` is the test that runs now."""

    def __init__(self, sources: Sources, walker: Walker, notes: Notes) -> None:
        self.sources, self.notes = sources, notes
        self.looks = Looks(walker, self._follow)
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
        self._on_death = cast("Callable[[ref[object]], None]", self._died)

    # What is called by watched classes

    def built(self, watched: Watched, instance: object, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """An instance was made: who built it, for whom, and all that depends on that before it is one of this test.

        To be called by what its maker called, so that the stack is right. Thousands come here: it calls little.
        """
        if not self.is_open:
            return
        try:
            build = watched.builds.get(id(type(instance))) or self._build(watched, type(instance))
            if not build.is_referable:
                return
            run, argument, steps, is_wide = self.run, UNSAID, NO_STEPS, self.is_wide
            is_bare = build.needs_arguments and not (args or kwargs)
            if (len(args) > build.quiet or not build.names.isdisjoint(kwargs)) and not is_bare:
                argument = watched.identity.of_call(build.asks, args, kwargs)
            if watched.is_placed:
                ask = calling if watched.silent < MOST_SILENT or watched.has_factory or argument.text else nearest
                steps = ask(self.sources, 3, self.ours)
            number = next(self._clock)
            record = Instance(
                ref(instance), watched, build, run.test, argument, UNSAID, steps, number, is_bare, is_wide
            )
            self.live[id(instance)] = record
            watched.instances += 1
            if watched.has_factory:
                self._note_factory(watched, record)
            if argument is not UNSAID:
                self._take_owner(run, record, instance)
            if build.asks and watched.silent < MOST_SILENT and run.looks < MOST_LOOKS:
                self.looks.before_next(run)
                run.pending.append(record)
            run.instances.append(record)
            if is_wide:
                self._wide.append(record)
        except Exception as error:  # whatever it is, the test goes on
            self.failed(watched, error)

    def record_of(self, instance: object) -> Instance | None:
        """What was taken down of an instance. Its id may have been another's, of which nobody told that it died."""
        record = self.live.get(id(instance))
        return record if record is not None and record.ref() is instance else None

    def dying(self, watched: Watched, instance: object) -> None:
        """An instance is about to go, and is still whole: one of the first of a test."""
        if self.looks.is_busy or not self.is_open:
            return
        run, record = self.run, self.record_of(instance)
        run.looks += 1
        if record is None or self.garbage.is_collecting:
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
        known = self.record_of(instance)
        record = known or self._adopted(watched, instance, build, steps)
        if owner.state is State.KNOWN:
            for former in record.handed_to:
                if former != owner.text:
                    self.run.handed.append(Handed(record, former, owner.text, steps))
                    break
            if owner.text not in record.handed_to:
                record.handed_to += (owner.text,)
        self.looks.at(self.run, record, instance)
        if known is None:
            if record.known_owner or watched.silent < MOST_SILENT:
                self._wide.append(record)
        elif record.owner.state is State.NOBODY and owner.state is not State.KNOWN:
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
            if record.build.asks and (instance := record.ref()) is not None
        ]
        self.looks.at_all(self.run, living)

    def _others(self) -> list[Instance]:
        """The instances of wider fixtures that this test did not build, and that are alive."""
        wide = list(self._wide)
        for each in wide:
            if each.ref() is None:
                with suppress(ValueError):  # another thread was faster
                    self._wide.remove(each)
        return [each for each in wide if each.test != self.run.test]

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
            known = watched.builds[id(cls)] = build_of(cls, watched.identity)
        if not known.is_referable:
            self.notes.add(
                f"{watched.component.name}: {symbol_of(cls)} is not watched: its instances allow no weak references"
            )
        return known

    def _take_owner(self, run: TestRun, record: Instance, instance: object) -> None:
        argument = record.argument
        if argument.text:
            self._follow(record, instance)
            self.garbage.take_away(run, record, argument.text)
            run.own(record, argument.text)
            record.born = next(self._clock)  # after what was garbage
        elif argument.state is State.NOBODY and self._may_be_ownerless(record):
            self.on_ownerless(record.cls)

    def _follow(self, record: Instance, instance: object) -> None:
        """Take down when an instance dies that belongs to somebody."""
        if record.farewell is None:
            record.farewell = farewell = Farewell(instance, self._on_death)
            farewell.key = id(instance)

    def _may_be_ownerless(self, record: Instance) -> bool:
        """What a test builds without an owner it means to: its methods need not be watched for P5."""
        return record.by_factory or not record.steps or self.sources.is_product(record.steps[0])

    def _note_factory(self, watched: Watched, record: Instance) -> None:
        """Whether a factory runs: one that is watched says so, others are looked for where it matters."""
        if not watched.factory_codes:
            pass
        elif watched.component.name in self.active.get():
            record.by_factory = True
        elif not record.steps or self.sources.is_product(record.steps[0]):
            record.by_factory = is_running(watched.factory_codes, 4)
        if not record.by_factory:
            self._note_bypass(record)

    def _note_bypass(self, record: Instance) -> None:
        """Copies are built past the factory too, and are meant to be; so is what tests build."""
        if record.steps and not record.is_bare and self.sources.is_product(record.steps[0]):
            self.run.past_factory.append(record)

    def _adopted(self, watched: Watched, instance: object, build: Build, steps: tuple[Step, ...]) -> Instance:
        """A record of an instance that was there before its class was watched."""
        argument = UNSAID if build.needs_arguments else watched.identity.of_call(build.asks, (), {})
        record = Instance(
            ref(instance), watched, build, self.run.test, argument, UNSAID, steps, next(self._clock), True, True
        )
        record.by_factory = True
        self.live[id(instance)] = record
        watched.instances += 1
        watched.counted += 1
        return record

    def _died(self, farewell: Farewell) -> None:
        record = self.live.get(farewell.key)
        if record is not None and record.farewell is farewell:
            record.died = next(self._clock)
            record.was_garbage = self.garbage.is_collecting
            record.left_at = running(1)
            del self.live[farewell.key]

    def _forget_dead(self) -> None:
        """Of those that can have no owner nobody told. Copied, as making tuples may collect some, which tells."""
        for key, record in self.live.copy().items():
            if record.ref() is None:
                del self.live[key]
        self._most_live = 2 * len(self.live) + MOST_LIVE
