"""What the probe could not see in a run, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.probe import WatchedComponent
from ssot_lint.probe.identity import State
from ssot_lint.probe.records import Watched


def notes_of_identities(components: Sequence[Watched]) -> Iterator[str]:
    """Of identities that are there, but cannot be read."""
    for watched in components:
        name = watched.component.name
        for state, text in watched.odd.items():
            if state is State.COMPUTED:
                yield f"{name}: {text} is computed; the probe runs nothing of yours, name the attribute behind it"
            elif state is State.ODD:
                path, _, kind = text.partition(" ")
                yield f"{name}: {path} holds a {kind}, which is no text and no number; name an attribute of it"


def notes_of_components(components: Sequence[WatchedComponent]) -> Iterator[str]:
    """Of components that no process has seen."""
    for each in components:
        if not each.is_imported:
            yield f"{each.name}: {each.home} was never imported"
        elif each.has_identity and each.instances and not each.identified:
            yield f"{each.name}: none of its {each.instances} instances says whom it belongs to; check `identity`"
