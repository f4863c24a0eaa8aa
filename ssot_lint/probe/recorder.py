"""Takes down what happens to watched classes while tests run.

Its public methods are called from the middle of the program under test: they raise nothing, run nothing of it and keep
nothing of it alive.
"""

from __future__ import annotations

import gc
import itertools
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from ssot_lint.probe.identity import (
    Owner,
    Parameters,
    State,
    constructor_parameters,
    owner_of_arguments,
    owner_of_instance,
)
from ssot_lint.probe.reach import Walker, fingerprint
from ssot_lint.probe.records import Handed, Instance, Notes, TestRun, Watched
from ssot_lint.probe.sharing import compare
from ssot_lint.probe.stack import Call, Sources, calling
from ssot_lint.probe.static import allows_weak_references, symbol_of

MOST_LOOKS = 30
"""Instances of a test whose surroundings are read: more tell the same again, and thousands would take minutes."""

MOST_PARTNERS = 3
"""Other instances that one is held against when it goes."""

MOST_COLLECTIONS = 4
"""Times in a test that garbage is collected, to tell what is alive from what only was not taken away yet."""


class Recorder:
    """What all tests did; ``run`` is the test that runs now."""

    def __init__(self, sources: Sources, walker: Walker, notes: Notes) -> None:
        self.sources, self.walker, self.notes = sources, walker, notes
        self.run = TestRun("")
        self.is_wide = True
        self.is_open = True
        self.live: dict[int, Instance] = {}
        self.active: ContextVar[frozenset[str]] = ContextVar("ssot-probe-factories", default=frozenset())
        self.ours: set[int] = set()
        self.on_ownerless: Callable[[type], None] = _ignore
        self._clock = itertools.count(1)
        self._is_busy = False

    # What is called by watched classes

    def built(self, watched: Watched, instance: object, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """An instance was made. To be called by what its maker called, so that the stack is right."""
        if not self.is_open or not self._can_refer_to(watched, instance):
            return
        try:
            call = calling(self.sources, 3, watched.factory_codes, self.ours)
            self._add(watched, instance, self._described(watched, instance, call, args, kwargs))
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

    def handed_out(self, watched: Watched, instance: object, owner: Owner, call: Call) -> None:
        """The factory returned an instance that was asked for on behalf of ``owner``."""
        if not self._can_refer_to(watched, instance):
            return
        record = self.live.get(id(instance))
        if record is None or record.ref() is not instance:
            record = self._adopted(watched, instance, call)
        if owner.state is State.KNOWN:
            for former in record.handed_to:
                if former != owner.text:
                    self.run.handed.append(Handed(record, former, owner.text, call.steps))
                    break
            record.handed_to.setdefault(owner.text, call.steps[0] if call.steps else None)
        self.look_at(record, instance)
        if record.owner.state is State.NOBODY and owner.state is not State.KNOWN:
            record.used = record.used or "handed out by the factory"

    def look_at(self, record: Instance, instance: object) -> None:
        """Read whom the instance belongs to now; what it was built with counts where it does not say."""
        paths = record.watched.paths
        found = owner_of_instance(instance, paths)
        if found.state is not State.KNOWN and record.argument.state is State.KNOWN:
            found = record.argument
        if found.state is State.UNSAID and record.argument.state is not State.UNSAID:
            found = record.argument
        record.owner = found
        if found.state in (State.KNOWN, State.NOBODY):
            record.watched.identified += not record.is_counted
            record.is_counted = True
        elif found.state is not State.UNSAID:
            record.watched.odd.setdefault(found.state, f"{found.path} {found.text}".strip())

    def failed(self, watched: Watched, error: Exception) -> None:
        """Note what went wrong in the probe itself."""
        self.notes.add(f"{watched.component.name}: something was not seen ({type(error).__name__}: please report it)")

    # What is called between tests, and by the verdict

    def look(self) -> None:
        """Read all living instances of this test, and hold them against each other."""
        with self.quiet():
            for record, instance in self.living():
                self.look_at(record, instance)
            for record, instance in self.living():
                if self.run.looks < 2 * MOST_LOOKS:
                    self._compare_with_others(record, instance)
            self._drop_garbage()

    def living(self) -> list[tuple[Instance, object]]:
        """The instances that concern this test and are alive: its own, and those of wider fixtures."""
        pairs = [(record, record.ref()) for record in list(self.live.values()) if self._concerns(record)]
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
        done, self.run = self.run, TestRun("")
        self.is_wide = True
        return done

    # Inside

    def _can_refer_to(self, watched: Watched, instance: object) -> bool:
        cls = type(instance)
        if allows_weak_references(cls):
            return True
        self.notes.add(
            f"{watched.component.name}: {symbol_of(cls)} is not watched: its instances allow no weak references"
        )
        return False

    def _add(self, watched: Watched, instance: object, record: Instance) -> None:
        if record.argument.state is State.KNOWN:
            self._collect_for(watched, record.argument.text)
        if watched.paths and self.run.looks < MOST_LOOKS:
            self._look_at_pending()
            self.run.pending.append(record)
        record.born = next(self._clock)
        self.live[id(instance)] = record
        self.run.instances.append(record)
        watched.instances += 1
        if record.argument.state is State.NOBODY:
            self.on_ownerless(record.cls)

    def _described(
        self, watched: Watched, instance: object, call: Call, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> Instance:
        cls = type(instance)
        parameters = self._parameters(watched, cls)
        is_bare = not (args or kwargs) and any(name not in parameters.defaults for name in parameters.names)
        argument = owner_of_arguments({} if is_bare else parameters.named(args, kwargs), watched.paths)
        return Instance(
            watched=watched,
            ref=weakref.ref(instance, partial(self._died, id(instance))),
            cls=cls,
            born=0,
            test=self.run.test,
            is_wide=self.is_wide,
            call=call,
            argument=argument,
            is_bare=is_bare,
            by_factory=call.is_within or watched.component.name in self.active.get(),
        )

    def _adopted(self, watched: Watched, instance: object, call: Call) -> Instance:
        """A record of an instance that was there before its class was watched."""
        record = self._described(watched, instance, Call(call.steps, is_within=True), (), {})
        record.is_wide = True
        record.is_bare = True
        record.born = next(self._clock)
        self.live[id(instance)] = record
        watched.instances += 1
        return record

    def _parameters(self, watched: Watched, cls: type) -> Parameters:
        known = watched.parameters.get(id(cls))
        if known is None:
            known = watched.parameters[id(cls)] = (cls, constructor_parameters(cls))
        return known[1]

    def _died(self, key: int, ref: weakref.ref[object]) -> None:
        record = self.live.get(key)
        if record is not None and record.ref is ref:
            record.died = next(self._clock)
            del self.live[key]

    def _collect_for(self, watched: Watched, owner: str) -> None:
        """Take garbage away before an instance is called a second one of its owner."""
        has_rival = any(
            each.watched is watched and not each.died and owner in (each.known_owner, each.argument.text)
            for each in self.run.instances
        )
        if has_rival:
            self._collect()

    def _collect(self) -> None:
        if gc.isenabled() and self.run.collections < MOST_COLLECTIONS:
            self.run.collections += 1
            gc.collect()

    def _look_at_pending(self) -> None:
        """Read earlier instances of the test before the next one is used, with all that they may come to share."""
        if self._is_busy:
            return
        pending, self.run.pending = self.run.pending, []
        with self.quiet():
            for record in pending:
                instance = record.ref()
                if instance is not None:
                    self.look_at(record, instance)
                    self._take_fingerprints(record, instance)

    def _take_fingerprints(self, record: Instance, instance: object) -> None:
        self.run.looks += 1
        if not record.known_owner:
            return
        near = self.walker.reached(instance)
        self.run.registries |= near.registries
        for key, reached in near.mutable.items():
            self.run.fingerprints.setdefault(key, fingerprint(reached.obj))

    def _compare_with_others(self, record: Instance, instance: object) -> None:
        if self.run.looks >= 2 * MOST_LOOKS or not (record.known_owner and self._concerns(record)):
            return
        partners = [
            (other, there)
            for other in list(self.live.values())
            if other is not record
            and other.watched is record.watched
            and self._concerns(other)
            and self.run.test in (record.test, other.test)
            and (there := other.ref()) is not None
        ]
        for other, there in partners[-MOST_PARTNERS:]:
            self.look_at(other, there)
            if other.known_owner and other.known_owner != record.known_owner and self.run.looks < 2 * MOST_LOOKS:
                self.run.looks += 1
                for key, sharing in compare(self.walker, self.run, (record, instance), (other, there)):
                    self.run.shared.setdefault(key, sharing)

    def _drop_garbage(self) -> None:
        """Two living instances of one owner that said so late may be one, and garbage."""
        owners = [each.known_owner for each in self.run.instances if not each.died and not each.argument.text]
        if len(owners) > len(set(owners)):
            before = {id(each) for each in self.run.instances if not each.died}
            self._collect()
            for each in self.run.instances:
                if each.died and id(each) in before:
                    each.died = each.born

    def _concerns(self, record: Instance) -> bool:
        return record.is_wide or record.test == self.run.test


def _ignore(_: type) -> None:
    pass
