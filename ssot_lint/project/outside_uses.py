"""Where code uses what stands outside the project: ``os.environ``, ``uuid.uuid4``."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ssot_lint.model.facts import Call, ItemRead
from ssot_lint.model.finding import Location
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module


class OutsideUse(msgspec.Struct, frozen=True):
    """Something outside the project that is called, given to a call, or read an item of. ``name`` is its full dotted
    name (``os.environ.get``), whatever it is called where it is used; ``fact`` is the call or the item."""

    module: Module
    fact: Call | ItemRead
    name: str

    @property
    def location(self) -> Location:
        return Location(self.module.path, self.fact.line, self.fact.column, self.fact.line)


def outside_uses(project: Project, module: Module) -> Iterator[OutsideUse]:
    """What a module surely uses from outside the project, aliases and re-exports followed: calls and their arguments,
    then items, each in source order."""
    for call in module.facts.calls:
        texts = (call.callee, *(argument.text for argument in call.arguments if _is_dotted(argument.text)))
        for text in texts:
            if name := outside_name(project, module, call.scope, text):
                yield OutsideUse(module, call, name)
    for read in module.facts.item_reads:
        if name := outside_name(project, module, read.scope, read.target):
            yield OutsideUse(module, read, name)


def outside_name(project: Project, module: Module, scope: int, text: str) -> str:
    """The full dotted name of what ``text`` means in a scope, if that lies outside the project; otherwise empty."""
    return "" if "()" in text else project.resolve(module, scope, text).external


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))
