"""From what a test did to what is to be said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.model.probe import Kind, Level, Observation, Place
from ssot_lint.probe.events import event_observations
from ssot_lint.probe.records import Growth, Handed, Instance, Sharing, TestRun
from ssot_lint.probe.stack import Sources, Step
from ssot_lint.probe.wording import about, kind_of_owner, maker, place_of_home, quoted

_MOST_SHOWN = 4


def judge(run: TestRun, sources: Sources) -> list[Observation]:
    """What one test showed, the errors first."""
    if not (
        (run.owned and max(map(len, run.owned.values())) > 1)
        or (run.shared or run.handed or run.past_factory or run.used or run.emissions or run.growths)
    ):
        return []
    found = [
        *_duplicates(run, sources),
        *(_shared(each, run, sources) for each in run.shared.values()),
        *(_handed(each, run, sources) for each in run.handed),
        *_bypasses(run, sources),
        *_ownerless(run, sources),
        *event_observations(run, sources),
        *(_growth(each, run) for each in run.growths),
    ]
    unique = {(each.kind, each.level, each.component, each.message): each for each in reversed(found)}
    return sorted(unique.values(), key=lambda each: (each.level.value, each.kind.value, each.component, each.message))


def _duplicates(run: TestRun, sources: Sources) -> Iterator[Observation]:
    """P1. What a test builds itself it builds on purpose, to compare with, say: the program has to have built both."""
    groups: dict[tuple[str, str], list[Instance]] = {}
    for each in run.instances if any(len(members) > 1 for members in run.owned.values()) else ():
        if each.known_owner and _is_product(each, sources):
            groups.setdefault((each.watched.component.name, each.known_owner), []).append(each)
    for (component, owner), members in groups.items():
        together = _alive_together(members)
        if len(together) > 1:
            kind = kind_of_owner(together[0].owner.path)
            yield Observation(
                Kind.DUPLICATE,
                Level.ERROR,
                component,
                f"Multiple {component} instances for {kind} {owner}: {len(together)} alive at the same time",
                tuple(f"{each.cls.__name__} {maker(each, sources)}" for each in together[:_MOST_SHOWN]),
                _places(together, sources),
                (run.test,),
            )


def _alive_together(members: Sequence[Instance]) -> list[Instance]:
    """The most instances that were alive at the moment when one of them was built."""
    moments = (
        [each for each in members if each.born <= latest.born and _was_beside(each, latest)]
        for latest in members
        if latest.is_settled
    )
    return max(moments, key=len, default=[])


def _was_beside(former: Instance, latest: Instance) -> bool:
    """Whether one was alive when a later one was built, and longer than it took to put that in its place: in
    ``service = restart(user)`` the former goes in the line that asks for the latest."""
    if not former.died:
        return True
    is_replaced = former.left_at in latest.steps and not former.was_garbage
    return former.died > latest.born and not is_replaced


def _is_product(instance: Instance, sources: Sources) -> bool:
    """Whether code of the program built it, not a line of the test."""
    steps = instance.steps
    return not steps or sources.is_product(steps[0])


def _shared(sharing: Sharing, run: TestRun, sources: Sources) -> Observation:
    name = sharing.one.watched.component.name
    kind = kind_of_owner(sharing.one.owner.path)
    here, there = sharing.paths
    state = "changed during the test" if sharing.is_changed else "not seen to change"
    return Observation(
        Kind.SHARED_STATE,
        Level.ERROR if sharing.is_changed else Level.NOTE,
        name,
        f"{name}: `a{here}` is `b{there}`, one {sharing.type_name} for two {kind}s, {state}",
        tuple(
            f"{letter} is of {kind} {owner}, {maker(each, sources)}"
            for letter, each, owner in zip("ab", (sharing.one, sharing.other), sharing.owners, strict=True)
        ),
        (*place_of_home(sharing.one.watched, sources), *_places([sharing.one, sharing.other], sources)),
        (run.test,),
    )


def _handed(handed: Handed, run: TestRun, sources: Sources) -> Observation:
    watched = handed.instance.watched
    kind = kind_of_owner(watched.identity.paths[0] if watched.identity.paths else "")
    return Observation(
        Kind.SHARED_INSTANCE,
        Level.ERROR,
        watched.component.name,
        f"{watched.component.name}: {watched.component.factory} handed one instance to two {kind}s",
        (f"first to {kind} {handed.former}, then to {kind} {handed.owner}{about(handed.steps, sources)}",),
        tuple(factory_places(handed.instance, sources)),
        (run.test,),
    )


def factory_places(instance: Instance, sources: Sources) -> Iterator[Place]:
    """Where the functions of the factory stand."""
    for code in instance.watched.codes:
        yield sources.place(Step(code, code.co_firstlineno))


def _bypasses(run: TestRun, sources: Sources) -> Iterator[Observation]:
    """P4."""
    for each in run.past_factory:
        if each.watched.has_factory:
            place = sources.place(each.steps[0])
            component = each.watched.component
            yield Observation(
                Kind.BYPASS,
                Level.ERROR,
                component.name,
                f"{each.cls.__name__} built past its factory {component.factory} at {place.path}:{place.line}",
                (maker(each, sources),),
                (place,),
                (run.test,),
            )


def _ownerless(run: TestRun, sources: Sources) -> Iterator[Observation]:
    """P5. What a test builds without an owner, and uses, it means to."""
    built = set(map(id, run.instances)) if run.used else ()
    for each in run.used:
        if id(each) in built and (each.by_factory or _is_product(each, sources)):
            watched = each.watched
            yield Observation(
                Kind.OWNERLESS,
                Level.ERROR,
                watched.component.name,
                f"{watched.component.name}: a {each.cls.__name__} without a {kind_of_owner(each.owner.path)} was used",
                (maker(each, sources), each.used),
                (*_places([each], sources), *(factory_places(each, sources) if each.by_factory else ())),
                (run.test,),
            )


def _growth(growth: Growth, run: TestRun) -> Observation:
    name = growth.watched.component.name
    return Observation(
        Kind.GROWTH,
        Level.ERROR,
        name,
        f"{name}: {quoted(growth.registry)} still holds instances when the test is over",
        (f"{growth.before} before, {growth.after} after",),
        (Place(growth.path, 0, growth.registry),),
        (run.test,),
    )


def _places(instances: Iterable[Instance], sources: Sources) -> tuple[Place, ...]:
    """Where instances were built, by the program first."""
    steps = [step for each in instances for step in each.steps[:1]]
    return tuple(dict.fromkeys(sources.place(step) for step in steps if sources.is_product(step)))
