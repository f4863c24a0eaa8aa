"""Takes down what happens to watched classes while tests run.

Its public methods are called from the middle of the program under test: they raise nothing, run nothing of it and keep
nothing of it alive.
"""

from __future__ import annotations

import itertools
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ssot_lint.probe.garbage import Garbage
from ssot_lint.probe.identity import UNSAID, Owner, State
from ssot_lint.probe.reach import Walker
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.records import Build, Handed, Instance, KeyedRef, Notes, TestRun, Watched, build_of
from ssot_lint.probe.sharing import Neighbour, compare, meetings
from ssot_lint.probe.stack import Sources, Step, calling, is_running
from ssot_lint.probe.static import symbol_of

MOST_LOOKS = 16
"""Instances of a test whose surroundings are read: more tell the same again, and thousands would take minutes."""

MOST_SILENT = 100
"""Looks without an owner after which instances are read when they go, and at the end of a test, but not meanwhile."""

MOST_WIDE = 30
"""Instances of wider fixtures that those of a test are held against, the latest."""

MOST_PARTNERS = 3
"""Other instances that one is held against when it goes."""


class Recorder:
    """What all tests did; ``run`` is the test that runs now."""

    def __init__(self, sources: Sources, walker: Walker, reader: Reader, notes: Notes) -> None:
        self.sources, self.walker, self.reader, self.notes = sources, walker, reader, notes
        self.run = TestRun("")
        self.is_wide = True
        self.is_open = True
        self.live: dict[int, Instance] = {}
        self.active: ContextVar[frozenset[str]] = ContextVar("ssot-probe-factories", default=frozenset())
        self.ours: set[int] = set()
        self.on_ownerless: Callable[[type], None] = lambda _: None
        self._clock = itertools.count(1)
        self._wide: deque[Instance] = deque(maxlen=MOST_WIDE)
        self.garbage = Garbage(sources, notes)
        self._is_busy = False
        self._on_death = self._died

    # What is called by watched classes

    def built(self, watched: Watched, instance: object, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """An instance was made. To be called by what its maker called, so that the stack is right."""
        if not self.is_open:
            return
        try:
            build = self._build(watched, type(instance))
            if build.is_referable:
                record = self._described(watched, instance, build, calling(self.sources, 3, self.ours), args, kwargs)
                record.by_factory = self._is_by_factory(watched, record.steps)
                self._add(watched, instance, record)
        except Exception as error:  # whatever it is, the test goes on
            self.failed(watched, error)

    def dying(self, watched: Watched, instance: object) -> None:
        """An instance is about to go, and is still whole."""
        if not self.is_open or self._is_busy or self.run.looks >= 2 * MOST_LOOKS:
            return
        self.run.looks += 1
        record = self.live.get(id(instance))
        if record is None or record.ref() is not instance:
            return
        self._is_busy = True
        try:
            self.look_at(record, instance)
            self._compare_with_others(record, instance)
        except Exception as error:
            self.failed(watched, error)
        finally:
            self._is_busy = False

    def handed_out(self, watched: Watched, instance: object, owner: Owner, steps: tuple[Step, ...]) -> None:
        """The factory returned an instance that was asked for on behalf of ``owner``."""
        build = self._build(watched, type(instance))
        if not build.is_referable:
            return
        record = self.live.get(id(instance))
        if record is None or record.ref() is not instance:
            record = self._adopted(watched, instance, build, steps)
        if owner.state is State.KNOWN:
            for former in record.handed_to:
                if former != owner.text:
                    self.run.handed.append(Handed(record, former, owner.text, steps))
                    break
            if owner.text not in record.handed_to:
                record.handed_to += (owner.text,)
        self.look_at(record, instance)
        if record.owner.state is State.NOBODY and owner.state is not State.KNOWN:
            record.used = record.used or "handed out by the factory"

    def look_at(self, record: Instance, instance: object) -> None:
        """Read whom the instance belongs to now; what it was built with counts where it does not say."""
        found, argument = record.watched.identity.of_instance(instance), record.argument
        if found is argument is record.owner:  # UNSAID
            record.watched.silent += 1
            return
        record.watched.silent = 0
        if not found.text and (argument.text or (found.state is State.UNSAID and argument.state is not State.UNSAID)):
            found = argument
        if found.text != record.owner.text:
            self.run.own(record, found.text)
        record.owner = found
        if found.text or found.state is State.NOBODY:
            record.watched.identified += not record.is_counted
            record.is_counted = True
        elif found.state is not State.UNSAID:
            record.watched.odd.setdefault(found.state, f"{found.path} {found.kind}".strip())

    def failed(self, watched: Watched, error: Exception) -> None:
        """Note what went wrong in the probe itself."""
        self.notes.add(f"{watched.component.name}: something was not seen ({type(error).__name__}: please report it)")

    def look(self) -> None:
        """Read all living instances of this test, and hold the latest of them against each other."""
        with self.quiet():
            self._look_at_living()
            self.garbage.drop(self.run)  # now that nothing of ours holds them

    def _look_at_living(self) -> None:
        living = self.living()
        for record, instance in living:
            self.look_at(record, instance)
        owned = [pair for pair in living if pair[0].known_owner][-MOST_LOOKS:]
        if len({record.known_owner for record, _ in owned}) > 1:
            for one, other in meetings([(record, self.walker.reached(instance)) for record, instance in owned]):
                self._share(one, other)

    def living(self) -> list[tuple[Instance, object]]:
        """The instances that concern this test and are alive: those of wider fixtures, and its own."""
        wide = [each for each in list(self._wide) if each.test != self.run.test]
        pairs = [(record, record.ref()) for record in (*wide, *self.run.instances) if not record.died]
        return [(record, instance) for record, instance in pairs if instance is not None]

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """What goes meanwhile is not looked at: it would be in the middle of a look."""
        was, self._is_busy = self._is_busy, True
        try:
            yield
        finally:
            self._is_busy = was

    def begin(self, test: str) -> None:
        """A test begins."""
        self.run = TestRun(test)
        self.is_wide = False

    def end(self) -> TestRun:
        """The test is over: what it did."""
        done, self.run, self.is_wide = self.run, TestRun(""), True
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

    def _add(self, watched: Watched, instance: object, record: Instance) -> None:
        owner = record.argument.text
        if owner:
            self.garbage.take_away(self.run, record, owner)
            self.run.own(record, owner)
        if watched.identity.paths and watched.silent < MOST_SILENT and self.run.looks < MOST_LOOKS:
            self._look_at_pending()
            self.run.pending.append(record)
        record.born = next(self._clock)
        self.live[id(instance)] = record
        self.run.instances.append(record)
        if record.is_wide:
            self._wide.append(record)
        watched.instances += 1
        if record.argument.state is State.NOBODY:
            self.on_ownerless(record.cls)

    def _is_by_factory(self, watched: Watched, steps: tuple[Step, ...]) -> bool:
        """Whether a factory runs: one that is watched says so, others are looked for where it matters."""
        if watched.component.name in self.active.get():
            return True
        is_doubtful = bool(watched.factory_codes) and (not steps or self.sources.is_product(steps[0]))
        return is_doubtful and is_running(watched.factory_codes, 4)

    def _described(
        self,
        watched: Watched,
        instance: object,
        build: Build,
        steps: tuple[Step, ...],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> Instance:
        ref = KeyedRef(instance, self._on_death)
        ref.key = id(instance)
        is_bare = build.needs_arguments and not (args or kwargs)
        return Instance(
            watched=watched,
            ref=ref,
            cls=build.cls,
            test=self.run.test,
            is_wide=self.is_wide,
            steps=steps,
            argument=UNSAID if is_bare else watched.identity.of_call(build.parameters, args, kwargs),
            is_bare=is_bare,
            by_factory=True,
        )

    def _adopted(self, watched: Watched, instance: object, build: Build, steps: tuple[Step, ...]) -> Instance:
        """A record of an instance that was there before its class was watched."""
        record = self._described(watched, instance, build, steps, (), {})
        record.is_wide = True
        record.is_bare = True
        record.born = next(self._clock)
        self.live[id(instance)] = record
        self._wide.append(record)
        watched.instances += 1
        return record

    def _died(self, ref: weakref.ref[object]) -> None:
        record = self.live.get(ref.key) if isinstance(ref, KeyedRef) else None
        if record is not None and record.ref is ref:
            record.died, record.was_garbage = next(self._clock), self.garbage.is_collecting
            del self.live[record.ref.key]

    def _look_at_pending(self) -> None:
        """Read earlier instances of the test before the next one is used, with all that they may come to share."""
        if self._is_busy or not self.run.pending:
            return
        pending, self.run.pending, self._is_busy = self.run.pending, [], True
        try:
            for record in pending:
                instance = record.ref()
                if instance is not None:
                    self.look_at(record, instance)
                    self._take_fingerprints(record, instance)
        finally:
            self._is_busy = False

    def _take_fingerprints(self, record: Instance, instance: object) -> None:
        self.run.looks += 1
        if not record.known_owner:
            return
        near = self.walker.reached(instance)
        self.run.registries |= near.registries
        for key, obj in near.mutable.items():
            if key not in self.run.fingerprints:
                self.run.fingerprints[key] = self.walker.fingerprint(obj)

    def _compare_with_others(self, record: Instance, instance: object) -> None:
        if not (record.known_owner and (record.is_wide or record.test == self.run.test)):
            return
        partners = self._partners(record)
        for other, there in partners:
            self.look_at(other, there)
        others = [pair for pair in partners if pair[0].known_owner not in ("", record.known_owner)]
        if others:
            near = self.walker.reached(instance)
            for other, there in others:
                self._share((record, near), (other, self.walker.reached(there)))

    def _share(self, one: Neighbour, other: Neighbour) -> None:
        if self.run.looks < 2 * MOST_LOOKS:
            self.run.looks += 1
            for key, sharing in compare(self.walker, self.run, one, other):
                self.run.shared.setdefault(key, sharing)

    def _partners(self, record: Instance) -> list[tuple[Instance, object]]:
        """The latest others that concern this test and are alive."""
        is_own = record.test == self.run.test
        wide = [each for each in list(self._wide) if each.test != self.run.test] if is_own else []
        found: list[tuple[Instance, object]] = []
        for other in (*reversed(self.run.instances), *reversed(wide)):
            there = other.ref() if other is not record and other.watched is record.watched else None
            if there is not None:
                found.append((other, there))
                if len(found) == MOST_PARTNERS:
                    break
        return found[::-1]
