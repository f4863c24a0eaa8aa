"""Tells what is alive from what only was not taken away yet: two instances of one owner may be one, and garbage."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence

from ssot_lint.probe.records import Instance, Notes, TestRun
from ssot_lint.probe.stack import Sources

MOST_COLLECTIONS = 4
"""Times in a test that all garbage is collected: in a large program that takes a tenth of a second."""

MOST_IN_RUN = 20
"""Times in a run. Of what comes after that it is not known whether it is alive, and P1 says nothing of it."""

MOST_PROOFS = 2
"""Times in a run that instances built at one line are shown to live beside others of their owner: more tell no more."""

MOST_RIVALS = 8
"""Instances of one owner that are looked at when another one comes, the latest."""

_YOUNG = 1
"""The oldest generation of what was made a short while ago; collecting it takes no time."""


class Garbage:
    """Collects garbage where P1 depends on it: where the program built both."""

    def __init__(self, sources: Sources, notes: Notes) -> None:
        self._sources, self._notes = sources, notes
        self._collections = 0
        self.is_collecting = False
        self._proofs: Counter[tuple[str, int]] = Counter()

    def start(self) -> None:
        """Take note of collections, whoever asks for them."""
        gc.callbacks.append(self._on_collection)

    def stop(self) -> None:
        """Take no note any more."""
        gc.callbacks.remove(self._on_collection)

    def _on_collection(self, phase: str, _: object) -> None:
        self.is_collecting = phase == "start"

    def take_away(self, run: TestRun, latest: Instance, owner: str) -> None:
        """Before ``latest`` is called a second instance of its owner."""
        known = run.owned.get((id(latest.watched), owner), [])[-MOST_RIVALS:]
        rivals = [each for each in known if self._is_rival(each, owner)]
        latest.is_settled = not rivals or (self._is_product(latest) and self._collect(run, rivals, latest))

    def drop(self, run: TestRun) -> None:
        """After a test: of instances that said late to whom they belong, what was garbage lived beside none."""
        for (_, owner), members in [pair for pair in run.owned.items() if len(pair[1]) > 1]:
            late = list({id(each): each for each in members if not each.argument.text}.values())
            living = [each for each in members if self._is_rival(each, owner)]
            if late and len(living) > 1:
                is_settled = self._collect(run, living[:-1], living[-1])
                for each in late:
                    each.is_settled = is_settled
            for each in late:
                each.died = each.born if each.was_garbage else each.died

    def _is_rival(self, instance: Instance, owner: str) -> bool:
        is_owned = owner in (instance.owner.text, instance.argument.text)
        return is_owned and not instance.died and self._is_product(instance)

    def _is_product(self, instance: Instance) -> bool:
        """What a test builds itself it builds on purpose; P1 says nothing of it."""
        return not instance.steps or self._sources.is_product(instance.steps[0])

    def _collect(self, run: TestRun, rivals: Sequence[Instance], latest: Instance) -> bool:
        """Whether those of ``rivals`` that are left are alive for certain."""
        line = _line(latest)
        if not gc.isenabled():
            self._notes.add(
                "P1 is not told while garbage collection is off: what is garbage cannot be told from the rest"
            )
            return False
        is_over = run.collections >= MOST_COLLECTIONS or self._collections >= MOST_IN_RUN
        if is_over or self._proofs[line] >= MOST_PROOFS:
            return False
        gc.collect(_YOUNG)
        if all(each.died for each in rivals):
            return True
        run.collections += 1
        self._collections += 1
        gc.collect()
        self._proofs[line] += not all(each.died for each in rivals)
        return True


def _line(instance: Instance) -> tuple[str, int]:
    return (instance.steps[0].code.co_filename, instance.steps[0].line) if instance.steps else ("", 0)
