"""What the recorder keeps in mind, in the midst of whatever else the program does."""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

import pytest

from ssot_lint.model.component import Component
from ssot_lint.probe.identity import UNSAID, Identity
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.recorder import MOST_LIVE, Recorder
from ssot_lint.probe.records import Farewell, Instance, Watched, build_of
from ssot_lint.probe.watcher import Watcher


class Ring:
    """Only the collector gets rid of it."""

    def __init__(self) -> None:
        self.me = self


def farewell(recorder: Recorder, ring: Ring, key: int) -> Farewell:
    found = Farewell(ring, lambda _: recorder.live.__delitem__(key))
    found.key = key
    return found


@pytest.mark.parametrize("allocations", [100, 500, 1_000, 1_500])
def test_garbage_is_collected_while_the_dead_are_forgotten(tmp_path: Path, allocations: int) -> None:
    recorder = Watcher(tmp_path, [], "declared", are_proposed=False).recorder
    identity = Identity((), Reader())
    watched, build = Watched(Component(name="ring"), identity), build_of(Ring, identity)
    rings = [Ring() for _ in range(2 * MOST_LIVE)]
    before = gc.get_threshold()
    gc.disable()
    try:
        for key, ring in enumerate(rings):
            record = Instance(ref(ring), watched, build, "", UNSAID, UNSAID, (), key, is_bare=True, is_wide=True)
            record.farewell = farewell(recorder, ring, key)
            recorder.live[key] = record
        del ring, rings[MOST_LIVE:]
        gc.set_threshold(gc.get_count()[0] + allocations)
        gc.enable()
        recorder.end()
    finally:
        gc.set_threshold(*before)
        gc.enable()
    gc.collect()
    assert len(recorder.live) == MOST_LIVE
