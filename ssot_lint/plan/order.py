"""The order of steps: the best first, but none before those it waits for. A step is a number, 0 being the best."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Sequence
from graphlib import TopologicalSorter


def without_circles(before: Sequence[Collection[int]]) -> list[set[int]]:
    """``before``, which has for every step those to be done first, cut where steps wait for each other in a circle: the
    best step of the circle no longer waits for the next one."""
    kept = [set(needed) for needed in before]
    waiting = {step: set(needed) for step, needed in enumerate(before)}
    followers: dict[int, list[int]] = defaultdict(list)
    for step, needed in waiting.items():
        for each in needed:
            followers[each].append(step)
    free = [step for step, needed in waiting.items() if not needed]
    while waiting:
        if free:
            done = free.pop()
            del waiting[done]
            released = [(follower, done) for follower in followers[done] if done in waiting.get(follower, ())]
        else:
            best, following = _cut(waiting)
            kept[best].discard(following)
            released = [(best, following)]
        for step, needed_no_more in released:
            waiting[step].discard(needed_no_more)
            if not waiting[step]:
                free.append(step)
    return kept


def in_order(before: Sequence[Collection[int]]) -> list[int]:
    """All steps, each as early as it may come. Raises graphlib.CycleError if steps wait for each other."""
    sorter = TopologicalSorter(dict(enumerate(before)))
    sorter.prepare()
    ready = sorted(sorter.get_ready())
    order: list[int] = []
    while ready:
        step = heapq.heappop(ready)
        order.append(step)
        sorter.done(step)
        for freed in sorter.get_ready():
            heapq.heappush(ready, freed)
    return order


def _cut(waiting: dict[int, set[int]]) -> tuple[int, int]:
    """The best step of a circle and the step it waits for there: going from any step to one it waits for, and on, comes
    to a circle, as all wait."""
    path: dict[int, None] = {}
    step = next(iter(waiting))
    while step not in path:
        path[step] = None
        step = min(waiting[step])
    steps = list(path)
    circle = steps[steps.index(step) :]
    best = min(circle)
    return best, min(waiting[best])
