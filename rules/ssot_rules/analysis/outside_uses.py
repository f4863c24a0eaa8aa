"""Where code uses what stands outside the project: ``os.environ``, ``uuid.uuid4``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model.facts import Call, ItemRead
from ssot_lint.model.finding import Location
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module


@dataclass(frozen=True, slots=True)
class OutsideUse:
    """A call of something outside the project, or an item read of it. ``name`` is its full dotted name
    (``os.environ.get``), whatever it is called where it is used."""

    module: Module
    fact: Call | ItemRead
    name: str

    @property
    def location(self) -> Location:
        return Location(self.module.path, self.fact.line, self.fact.column, self.fact.line)


def outside_uses(project: Project, module: Module) -> Iterator[OutsideUse]:
    """The calls and item reads in a module whose target surely lies outside the project, aliases and re-exports
    followed; calls first, each in source order."""
    for call in module.facts.calls:
        if name := outside_name(project, module, call.scope, call.callee):
            yield OutsideUse(module, call, name)
    for read in module.facts.item_reads:
        if name := outside_name(project, module, read.scope, read.target):
            yield OutsideUse(module, read, name)


def outside_name(project: Project, module: Module, scope: int, text: str) -> str:
    """The full dotted name of what ``text`` means in a scope, if that lies outside the project; otherwise empty."""
    return "" if "()" in text else project.resolve(module, scope, text).external


def literal_argument(call: Call, position: int, keyword: str) -> str | None:
    """The text of the argument of a call that is given by ``position`` (from 0) or as ``keyword``; None where it is
    not given, and empty where stars hide which one it is."""
    named = {argument.keyword: argument.text for argument in call.arguments if argument.keyword}
    if keyword in named:
        return named[keyword]
    if any(argument.star for argument in call.arguments):
        return ""
    given = [argument.text for argument in call.arguments if not argument.keyword]
    return given[position] if 0 <= position < len(given) else None


def decorated_at(module: Module, line: int) -> FunctionSymbol | ClassSymbol | None:
    """The function or class that has a decorator in ``line``."""
    definitions: tuple[FunctionSymbol | ClassSymbol, ...] = (*module.functions, *module.classes)
    return next(
        (symbol for symbol in definitions if any(each.line == line for each in symbol.fact.decorators)),
        None,
    )
