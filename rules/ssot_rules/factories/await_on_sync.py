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
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted
from ssot_rules.factories._coroutines import is_asked_about, is_replaced
from ssot_rules.factories._plain_results import returns_plain_objects


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
            if returns_plain_objects(project, function):
                yield _finding(function, calls)

    def _awaits(self, project: Project) -> Mapping[FunctionSymbol, Sequence[CallReference]]:
        found: dict[FunctionSymbol, list[CallReference]] = defaultdict(list)
        for function, call in project.gathered(_awaited_in):
            if self.applies_to(call.module) and not is_replaced(call) and not is_asked_about(call):
                found[function].append(call)
        return found


def _awaited_in(project: Project, module: Module) -> tuple[tuple[FunctionSymbol, CallReference], ...]:
    """The awaited calls of functions that are not ``async``."""
    calls = (call for call in project.calls_in(module) if call.fact.usage is ResultUse.AWAITED)
    return tuple(
        (call.symbol, call)
        for call in calls
        if isinstance(call.symbol, FunctionSymbol) and not call.symbol.fact.is_async and not call.fact.expects_error
    )


def _finding(function: FunctionSymbol, calls: Sequence[CallReference]) -> Finding:
    returned = ", ".join(dict.fromkeys(map(_described, function.fact.returned))) or "nothing"
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
        case ValueKind.NAME:
            return f"`{value.text}`"
        case _:
            return f"a {value.kind.value}"
