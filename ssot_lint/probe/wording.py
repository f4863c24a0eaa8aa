"""How instances, owners and stacks are written down."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from ssot_lint.model.probe import Place
from ssot_lint.probe.records import Instance, Watched
from ssot_lint.probe.stack import Sources, Step, qualified_name
from ssot_lint.probe.static import namespace, symbol_of


def kind_of_owner(path: str) -> str:
    """What an owner is called, by the path it was found at: ``context.user_id`` is a user."""
    return path.rpartition(".")[2].removesuffix("_id") or "owner"


def maker(instance: Instance, sources: Sources) -> str:
    """Who built an instance: the innermost frames of the project."""
    if not instance.steps:
        return "built outside the project" if not instance.is_bare else "there before the probe"
    verb = "copied" if instance.is_bare else "built"
    return f"{verb} at {'; asked for at '.join(_frame(step, sources) for step in instance.steps)}"


def about(steps: Sequence[Step], sources: Sources) -> str:
    """Where something happened, as the end of a sentence."""
    return f" at {_frame(steps[0], sources)}" if steps else ""


def _frame(step: Step, sources: Sources) -> str:
    return f"{sources.path(step.code.co_filename)}:{step.line} in {qualified_name(step.code)}"


def place_of_home(watched: Watched, sources: Sources) -> Iterator[Place]:
    """The class that a component calls home."""
    if watched.home is not None:
        module = sys.modules.get(str(namespace(watched.home).get("__module__")))
        file = getattr(module, "__file__", None)
        if type(file) is str and sources.path(file):
            yield Place(sources.path(file), 0, symbol_of(watched.home))


def quoted(symbol: str) -> str:
    """A symbol as code."""
    return f"`{symbol}`"
