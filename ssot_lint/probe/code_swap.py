"""Watches a function without replacing it: its code is exchanged, the function stays the same object.

Who imported it earlier, keeps it in a registry or compares it with ``is`` (overrides of dependencies, say) goes on to
work, and is watched too. Its signature, defaults, name and pickles stay what they were.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from types import CodeType, FunctionType
from typing import Final, NamedTuple, Protocol, cast

_MARK = 9_021_000_555_017
"""Stands in the template for the function to call; large, so that every Python keeps it as a constant."""

_LOOKS_AT_CALLERS = frozenset({"stacklevel", "_getframe", "currentframe", "stack", "extract_stack"})
"""A function with one of these counts the frames above it, and would count ours."""


class Call(NamedTuple):
    """The arguments of a call."""

    args: tuple[object, ...]
    kwargs: dict[str, object]


class Observer(Protocol):
    """What is told of calls. None of its methods raises."""

    def enter(self, call: Call, /) -> object:
        """Before a call; what is returned comes back in ``leave``."""

    def leave(self, token: object, result: object, /) -> None:
        """After a call; ``result`` is :data:`RAISED` where it raised."""


class Raised:
    """There is no result."""


RAISED: Final = Raised()


class UnwatchableError(Exception):
    """A function whose calls cannot be watched without changing what they do; the text says why."""


class Swap(NamedTuple):
    """A function is watched: the code that it has meanwhile, and what gives it its own back. Calls that are under way
    come to their end."""

    code: CodeType
    undo: Callable[[], None]


def watch(function: FunctionType, observer: Observer) -> Swap:
    """Tell ``observer`` of all calls of ``function``. Raises UnwatchableError."""
    original = function.__code__
    _check(original)
    _keep_signature(function)
    twin = FunctionType(original, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    twin.__kwdefaults__ = function.__kwdefaults__
    twin.__qualname__ = function.__qualname__
    is_async = inspect.iscoroutinefunction(function)
    call = _async_call(twin, observer) if is_async else _call(twin, observer)
    code = _trampoline(original, call, is_async=is_async)
    function.__code__ = code

    def undo() -> None:
        if function.__code__ is code:
            function.__code__ = original

    return Swap(code, undo)


def _check(code: CodeType) -> None:
    if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR | inspect.CO_ITERABLE_COROUTINE):
        raise UnwatchableError("is a generator")
    keywords = {name for constant in code.co_consts if isinstance(constant, tuple) for name in constant}
    seen = _LOOKS_AT_CALLERS & (set(code.co_names) | keywords)
    if seen:
        raise UnwatchableError(f"looks at its callers ({min(seen)})")


def _keep_signature(function: FunctionType) -> None:
    if "__signature__" not in function.__dict__ and "__wrapped__" not in function.__dict__:
        try:
            vars(function)["__signature__"] = inspect.signature(function)
        except (NameError, TypeError, ValueError) as error:
            raise UnwatchableError(f"has no signature ({type(error).__name__})") from error


def _call(twin: FunctionType, observer: Observer) -> Callable[..., object]:
    def call(*args: object, **kwargs: object) -> object:
        __tracebackhide__ = True
        token = observer.enter(Call(args, kwargs))
        try:
            result = twin(*args, **kwargs)
        except BaseException:
            observer.leave(token, RAISED)
            raise
        observer.leave(token, result)
        return result

    return call


def _async_call(twin: FunctionType, observer: Observer) -> Callable[..., Awaitable[object]]:
    async def call(*args: object, **kwargs: object) -> object:
        __tracebackhide__ = True
        token = observer.enter(Call(args, kwargs))
        try:
            result = await twin(*args, **kwargs)
        except BaseException:
            observer.leave(token, RAISED)
            raise
        observer.leave(token, result)
        return result

    return call


def _trampoline(original: CodeType, call: Callable[..., object], *, is_async: bool) -> CodeType:
    """Code that hands its arguments to ``call``, with the closure, name and place of ``original``."""
    cells = ", ".join(original.co_freevars)
    lines = [
        "def outer():",
        *(f" {name} = None" for name in original.co_freevars),
        f" {'async ' if is_async else ''}def trampoline(*args, **kwargs):",
        *([f"  if 0: ({cells})"] if cells else []),
        f"  target = {_MARK}",
        f"  return {'await ' if is_async else ''}target(*args, **kwargs)",
    ]
    module = compile("\n".join(lines), "<ssot-probe>", "exec")
    code = _inner(_inner(module, "outer"), "trampoline")
    constants = tuple(call if constant == _MARK else constant for constant in code.co_consts)
    code = code.replace(
        # A code object keeps any object for a constant; only those written to files have to be plain.
        co_consts=cast("tuple[object, ...]", constants),
        co_name=original.co_name,
        co_filename=original.co_filename,
        co_firstlineno=original.co_firstlineno,
    )
    qualname = getattr(original, "co_qualname", None)  # since Python 3.11
    return code.replace(co_qualname=qualname) if qualname else code


def _inner(code: CodeType, name: str) -> CodeType:
    return next(each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == name)
