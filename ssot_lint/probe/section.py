"""The section at the end of a run of pytest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.probe import Observation, ProbeDocument
from ssot_lint.probe.unseen import notes_of_components

_MOST_TESTS = 3


def section(document: ProbeDocument) -> Iterator[str]:
    """The lines: what was watched, what was seen, what was not."""
    seen = [each for each in document.components if each.is_imported]
    instances = sum(each.instances for each in seen)
    yield f"{_counted(len(seen), 'component')} of {document.source}, {_counted(instances, 'instance')}, " + _counted(
        document.tests, "test"
    )
    for each in seen:
        yield f"  {each.name}: {_counted(each.instances, 'instance')} built in {_counted(each.tests, 'test')}"
    for observation in document.observations:
        yield ""
        yield from observation_lines(observation)
    if not instances:
        yield "nothing was watched: declare components whose instances these tests build, with `home` and `identity`"
    elif not document.observations:
        yield "nothing is shared between identities, as far as these tests go"
    for note in (*document.notes, *notes_of_components(document.components)):
        yield f"note: {note}"


def observation_lines(observation: Observation) -> Iterator[str]:
    """One observation: what, by whom, in which tests."""
    yield f"{observation.level.value} {observation.kind.value} {observation.message}"
    for line in observation.details:
        yield f"    {line}"
    shown = ", ".join(observation.tests[:_MOST_TESTS])
    more = len(observation.tests) - _MOST_TESTS
    yield f"    in {shown}{f' and {more} more' if more > 0 else ''}"


def failure(observations: Sequence[Observation]) -> str:
    """What is said about a test that fails for what it showed."""
    return "\n".join(line for each in observations for line in observation_lines(each))


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
