"""Reads living instances: whom they belong to, and for P2 what those of different owners share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from ssot_lint.probe.identity import UNSAID, State
from ssot_lint.probe.reach import Walker
from ssot_lint.probe.records import MOST_SILENT, Instance, TestRun
from ssot_lint.probe.sharing import Neighbour, compare, meetings

MOST_LOOKS = 8
"""Instances of a test whose surroundings are read: more tell the same again, and thousands would take minutes."""

MOST_PARTNERS = 3
"""Other instances that one is held against when it goes."""


class Looks:
    """``is_busy`` while it reads: what goes meanwhile is not looked at, being in the middle of a look. ``follow`` is
    told of an instance that says for the first time to whom it belongs."""

    def __init__(self, walker: Walker, follow: Callable[[Instance, object], None]) -> None:
        self.walker, self._follow = walker, follow
        self.is_busy = False

    def at(self, run: TestRun, record: Instance, instance: object) -> None:
        """Read whom the instance belongs to now; what it was built with counts where it does not say."""
        watched, argument = record.watched, record.argument
        found = watched.identity.of_instance(instance)
        if found.text or watched.silent < MOST_SILENT:
            watched.heard(found)
        if found is record.owner and (found is argument or found.text):  # as it was
            return
        if not found.text and (argument.text or (found is UNSAID and argument is not UNSAID)):
            found = argument
        if found.text not in (record.owner.text, argument.text):
            self._follow(record, instance)
            run.own(record, found.text)
        record.owner = found
        if found.text or found.state is State.NOBODY:
            watched.identified += not record.is_counted
            record.is_counted = True
        elif found is not UNSAID:
            watched.odd.setdefault(found.state, f"{found.path} {found.kind}".strip())

    def before_next(self, run: TestRun) -> None:
        """Read earlier instances of the test before the next one is used, with all that they may come to share."""
        if self.is_busy or not run.pending:
            return
        with self.quiet():
            pending, run.pending = run.pending, []
            for record in pending:
                instance = record.ref()
                if instance is not None:
                    self.at(run, record, instance)
                    self._take_fingerprints(run, record, instance)

    def at_last(self, run: TestRun, record: Instance, instance: object, wide: Callable[[], Sequence[Instance]]) -> None:
        """Read an instance that is about to go, and hold it against the latest others, the ``wide`` ones last."""
        self.is_busy = True
        try:
            self.at(run, record, instance)
            if record.known_owner and (record.is_wide or record.test == run.test):
                self._compare_with_others(run, record, instance, wide())
        finally:
            self.is_busy = False

    def at_all(self, run: TestRun, living: Sequence[tuple[Instance, object]]) -> None:
        """Read all instances of a test, and hold the latest of them against each other."""
        for record, instance in living:
            self.at(run, record, instance)
        owned = [pair for pair in living if pair[0].known_owner][-MOST_LOOKS:]
        if len({record.known_owner for record, _ in owned}) > 1:
            for one, other in meetings([(record, self.walker.reached(instance)) for record, instance in owned]):
                self._share(run, one, other)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """What goes meanwhile is not looked at."""
        was, self.is_busy = self.is_busy, True
        try:
            yield
        finally:
            self.is_busy = was

    def _take_fingerprints(self, run: TestRun, record: Instance, instance: object) -> None:
        run.looks += 1
        if not record.known_owner:
            return
        near = self.walker.reached(instance)
        run.registries |= near.registries
        for key, obj in near.mutable.items():
            if key not in run.fingerprints:
                run.fingerprints[key] = self.walker.fingerprint(obj)

    def _compare_with_others(self, run: TestRun, record: Instance, instance: object, wide: Sequence[Instance]) -> None:
        near = self.walker.reached(instance)
        if not near.mutable:
            return
        for other, there in _partners(run, record, wide if record.test == run.test else ()):
            self.at(run, other, there)
            if other.known_owner not in ("", record.known_owner):
                self._share(run, (record, near), (other, self.walker.reached(there)))

    def _share(self, run: TestRun, one: Neighbour, other: Neighbour) -> None:
        if run.looks < 2 * MOST_LOOKS:
            run.looks += 1
            for key, sharing in compare(self.walker, run, one, other):
                run.shared.setdefault(key, sharing)


def _partners(run: TestRun, record: Instance, wide: Sequence[Instance]) -> list[tuple[Instance, object]]:
    """The latest others that concern this test and are alive."""
    found: list[tuple[Instance, object]] = []
    for other in chain(reversed(run.instances), reversed(wide)):
        there = other.ref() if other is not record and other.watched is record.watched else None
        if there is not None:
            found.append((other, there))
            if len(found) == MOST_PARTNERS:
                break
    return found[::-1]
