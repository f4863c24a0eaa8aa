"""SSOT207 await-on-sync."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.project import Project, call_site, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted
from ssot_rules.analysis.factories import annotated_class
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.vocabulary import AWAITABLE_BASES
from ssot_rules.factories._coroutines import is_settled

_PLAIN = frozenset(
    {ValueKind.CONSTANT, ValueKind.NONE, ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE}
    | {ValueKind.LAMBDA}
)


@dataclass(frozen=True)
class AwaitOnSync(Rule):
    """A function that returns a plain object is awaited.

    Why:
        `await` of something that is not awaitable raises TypeError, on every run. It mostly happens when a factory
        stops being `async`, or when two factories of one name differ in it and the wrong one is imported.

    Bad:
        # shop/mailer.py
        class Mailer:
            def send(self, text):
                return text

        def open_mailer():
            return Mailer()
        # shop/signup.py
        from shop.mailer import open_mailer

        async def signup(address):
            mailer = await open_mailer()
            mailer.send(address)

    Good:
        # shop/mailer.py
        class Mailer:
            def send(self, text):
                return text

        def open_mailer():
            return Mailer()
        # shop/signup.py
        from shop.mailer import open_mailer

        async def signup(address):
            mailer = open_mailer()
            mailer.send(address)

    Fix:
        Delete the `await`, or make the function `async` for all its callers.
    """

    code: ClassVar[str] = "SSOT207"
    name: ClassVar[str] = "await-on-sync"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        for function, calls in self._awaits(project).items():
            if is_settled(project, function) and _returns_plain_objects(project, function):
                yield _finding(function, calls)

    def _awaits(self, project: Project) -> Mapping[FunctionSymbol, Sequence[CallReference]]:
        found: dict[FunctionSymbol, list[CallReference]] = defaultdict(list)
        for call in project.calls:
            symbol = call.symbol
            if call.fact.usage is not ResultUse.AWAITED or not self.applies_to(call.module):
                continue
            if isinstance(symbol, FunctionSymbol) and not symbol.fact.is_async:
                found[symbol].append(call)
        return found


def _returns_plain_objects(project: Project, function: FunctionSymbol) -> bool:
    """Whether nothing that the function may return can be awaited; a function without a value to return may be a
    stub."""
    returned = function.fact.returned
    return any(value.kind is not ValueKind.NONE for value in returned) and all(
        _is_plain(project, function, value) for value in returned
    )


def _is_plain(project: Project, function: FunctionSymbol, value: Value) -> bool:
    """A constant, a display, a new object of a class without ``__await__``; what is taken from a registry counts if the
    function is annotated with such a class."""
    if value.kind in _PLAIN:
        return True
    if value.kind is ValueKind.CALL:
        made = project.constructed_class(function.module, function.fact.scope, value)
        if made is not None:
            return not _may_be_awaited(project, made)
    said = annotated_class(project, function)
    is_entry = value.kind is ValueKind.SUBSCRIPT or (value.kind is ValueKind.CALL and value.text.endswith(".get"))
    return is_entry and said is not None and not _may_be_awaited(project, said)


def _may_be_awaited(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class has ``__await__``, a metaclass, or a base that may have it."""
    if any(ancestor.fact.keywords or ancestor.fact.decorators for ancestor in project.ancestry(cls)):
        return True
    if any(not is_generic(base) or base.rpartition(".")[2] in AWAITABLE_BASES for base in project.base_names(cls)):
        return True
    return any(project.resolver.member(cls, name) is not None for name in ("__await__", "__new__"))


def _finding(function: FunctionSymbol, calls: Sequence[CallReference]) -> Finding:
    returned = ", ".join(dict.fromkeys(_described(value) for value in function.fact.returned))
    lines = [f"{function.module.path}:{function.fact.line} `def {function.name}` returns {returned}"]
    lines += [f"{call.module.path}:{call.fact.line} awaits `{call.fact.callee}(...)`" for call in calls]
    return AwaitOnSync.finding(
        subject=function.id,
        message=f"`{function.qualname}` is not async and returns {returned}, but is awaited at "
        f"{counted(len(calls), 'place')}: TypeError",
        remedy=f"Delete the `await` before `{calls[0].fact.callee}(...)`, or make {function.id} `async`",
        home=home_of(function, "the function that is awaited"),
        sites=tuple(call_site(call, f"awaits `{call.fact.callee}(...)`, which returns {returned}") for call in calls),
        evidence={
            "function": function.id,
            "returns": returned,
            "calls": [f"{call.module.path}:{call.fact.line}" for call in calls],
            "text": lines,
        },
    )


def _described(value: Value) -> str:
    match value.kind:
        case ValueKind.CALL:
            return f"`{value.text}(...)`"
        case ValueKind.SUBSCRIPT:
            return f"an entry of `{value.text}`" if value.text else "an entry"
        case ValueKind.CONSTANT:
            return f"`{value.text}`" if value.text else "a string"
        case ValueKind.NONE:
            return "None"
        case _:
            return f"a {value.kind.value}"
