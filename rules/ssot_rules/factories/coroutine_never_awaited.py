"""SSOT206 coroutine-never-awaited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.edits import AddAwait, Fix, Safety
from ssot_lint.model.facts import ResultUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, call_site, home_of
from ssot_lint.project.references import CallReference
from ssot_lint.project.retirement import is_retired_name
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.edits import manual
from ssot_rules.analysis.vocabulary import COROUTINE_ATTRIBUTES, COROUTINE_WORDS
from ssot_rules.factories._coroutines import is_asked_about, is_coroutine_function, is_replaced

_COMPLAINTS: Mapping[ResultUse, str] = MappingProxyType(
    {
        ResultUse.STATEMENT: "the coroutine is thrown away, nothing runs",
        ResultUse.SUBSCRIPT: "an item is asked of the coroutine, not of its result",
        ResultUse.WITH: "the coroutine is entered, not its result",
        ResultUse.ASYNC_WITH: "the coroutine is entered, not its result",
        ResultUse.TESTED: "the coroutine is tested, not its result: it is always true",
        ResultUse.ITERATED: "the coroutine is iterated over, not its result",
    }
)


# By what a function comes to run in a thread, where no loop runs.
_THREADS = ("to_thread", "run_in_executor", "run_in_threadpool", "run_sync", "Thread", "ThreadPoolExecutor")


@dataclass(frozen=True)
class CoroutineNeverAwaited(Rule):
    """The coroutine that a call makes is used as if it were the result, or thrown away.

    Why:
        Calling a coroutine function runs nothing: it makes a coroutine, which must be awaited. Here the work is never
        done, or the caller goes on with an object that has none of the attributes it asks for, and is true in every
        condition: `if not is_admin(user)` lets everybody in. It mostly happens when a
        factory becomes `async` and not all of its callers follow.

    Bad:
        # shop/mailer.py
        async def open_mailer(host):
            return host
        # shop/signup.py
        from shop.mailer import open_mailer

        async def signup(address):
            mailer = open_mailer("localhost")
            mailer.send(address)

    Good:
        # shop/mailer.py
        async def open_mailer(host):
            return host
        # shop/signup.py
        from shop.mailer import open_mailer

        async def signup(address):
            mailer = await open_mailer("localhost")
            mailer.send(address)

    Fix:
        Write `await` before the call, and make the caller `async` if it is not; or hand the coroutine to
        `asyncio.create_task` or `asyncio.run`.
    """

    code: ClassVar[str] = "SSOT206"
    name: ClassVar[str] = "coroutine-never-awaited"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per coroutine function."""
        for function, calls in self._calls(project).items():
            if is_coroutine_function(project, function):
                yield _finding(project, function, calls)

    def _calls(self, project: Project) -> Mapping[FunctionSymbol, Sequence[CallReference]]:
        """The calls that do something else than await, of functions that are ``async`` at first sight."""
        found: dict[FunctionSymbol, list[CallReference]] = defaultdict(list)
        for function, call in project.gathered(_suspects_in):
            is_judged = self.applies_to(call.module) and not _is_retired(project, call.module)
            if is_judged and not is_replaced(call) and not is_asked_about(call):
                found[function].append(call)
        return found


def _suspects_in(project: Project, module: Module) -> tuple[tuple[FunctionSymbol, CallReference], ...]:
    """The calls of ``async`` functions whose use there is something to say about."""
    return tuple(
        (call.symbol, call)
        for call in project.calls_in(module)
        if isinstance(call.symbol, FunctionSymbol) and call.symbol.fact.is_async and _complaint(call)
    )


def _is_retired(project: Project, module: Module) -> bool:
    """Whether a module is kept in a place for what has been replaced, and nobody outside imports it."""
    return is_retired_name(module.name) and all(
        is_retired_name(importer.name) for importer in project.importers_of_module(module)
    )


def _complaint(call: CallReference) -> str:
    """What is wrong with the use of the coroutine, empty if nothing is, or where a test demands that the call fails."""
    fact = call.fact
    if fact.expects_error:
        return ""
    match fact.usage:
        case ResultUse.ATTRIBUTE if not _has_coroutine(fact.target):
            return f"`.{fact.target}` is asked of the coroutine, not of its result"
        case ResultUse.SELF if not _is_kept_to_be_awaited(call):
            return f"`{fact.target}` becomes the coroutine, not its result"
        case ResultUse.ASSIGNED if fact.reads and not any(map(_has_coroutine, fact.reads)):
            return f"`{fact.target}` is the coroutine, but used as its result ({_listed(fact.reads)})"
        case ResultUse.ASSIGNED if fact.is_unread:
            return f"nothing is done with `{fact.target}`: the coroutine never runs"
    return _COMPLAINTS.get(fact.usage, "")


def _is_kept_to_be_awaited(call: CallReference) -> bool:
    """Whether the attribute that takes the coroutine is called so, is awaited or handed to a function."""
    target = call.fact.target
    return bool(COROUTINE_WORDS & set(words(target))) or target in call.module.facts.awaited


def _has_coroutine(attribute: str) -> bool:
    return attribute in COROUTINE_ATTRIBUTES or attribute.startswith("__")


def _listed(reads: Sequence[str]) -> str:
    texts = {"[]": "item", "bool": "test"}
    return listed([texts.get(read, f"`.{read}`") for read in reads])


def _finding(project: Project, function: FunctionSymbol, calls: Sequence[CallReference]) -> Finding:
    places = counted(len(calls), "place")
    lines = [f"{function.module.path}:{function.fact.line} `async def {function.name}`"]
    lines += [f"{call.module.path}:{call.fact.line} {_complaint(call)}" for call in calls]
    return CoroutineNeverAwaited.finding(
        subject=function.id,
        message=f"coroutine function `{function.qualname}` is called at {places} without being awaited",
        remedy=_remedy(function, calls),
        home=home_of(function, "the coroutine function"),
        sites=tuple(
            call_site(call, f"`{call.fact.callee}(...)` is not awaited: {_complaint(call)}", _fix(call))
            for call in calls
        ),
        evidence={
            "function": function.id,
            "calls": [
                {"path": call.module.path, "line": call.fact.line, "usage": call.fact.usage.value} for call in calls
            ],
            "text": lines,
        },
        # Who calls what becomes async has to await it.
        also_changes=(call.module.path for holder in _sync_holders(calls) for call in project.calls_of(holder)),
    )


def _fix(call: CallReference) -> Fix:
    """Await the call, where that can be written."""
    holder = call.module.scope_symbol(call.fact.scope)
    if not isinstance(holder, FunctionSymbol) or not holder.fact.is_async:
        where = f"`{holder.qualname}`" if isinstance(holder, FunctionSymbol) else "the code around it"
        return manual(f"{where} is not async: decide who runs the coroutine")
    edit = AddAwait(call.module.path, call.fact.line, call.fact.column, call.symbol.name)
    return Fix(Safety.UNSAFE, (edit,), "what did not run until now runs")


def _sync_holders(calls: Sequence[CallReference]) -> list[FunctionSymbol]:
    """The functions around the calls that are not async."""
    holders = dict.fromkeys(call.module.scope_symbol(call.fact.scope) for call in calls)
    return [holder for holder in holders if isinstance(holder, FunctionSymbol) and not holder.fact.is_async]


def _remedy(function: FunctionSymbol, calls: Sequence[CallReference]) -> str:
    holders = [call.module.scope_symbol(call.fact.scope) for call in calls]
    names = ", ".join(f"`{holder.qualname}`" for holder in _sync_holders(calls))
    first = f"Write `await {calls[0].fact.callee}(...)`"
    if all(isinstance(holder, FunctionSymbol) and holder.fact.is_async for holder in holders):
        return first
    if not names:
        return f"Hand `{function.name}(...)` to `asyncio.run`"
    if any(call.module.facts.mentions_name(name) for call in calls for name in _THREADS):
        return (
            f"{first} and make {names} `async`; where {names} runs in a thread, hand the coroutine to "
            "`asyncio.run_coroutine_threadsafe`, with the loop that it belongs to"
        )
    return f"{first} and make {names} `async`, or hand the coroutine to `asyncio.run` or `asyncio.create_task`"
