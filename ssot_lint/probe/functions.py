"""What the probe does with calls it watches: of factories, of methods that send events, of what has no owner."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar, Token
from threading import get_ident
from typing import NamedTuple

from ssot_lint.probe.code_swap import Call
from ssot_lint.probe.identity import UNSAID, Parameters, State
from ssot_lint.probe.recorder import Recorder
from ssot_lint.probe.records import MOST_SILENT, Emission, Instance, Watched
from ssot_lint.probe.stack import Step, calling, nearest
from ssot_lint.probe.static import is_class, is_of, isinstance_static, symbol_of
from ssot_lint.probe.wording import about

_DEPTH = 4
"""Frames between who calls a watched function and where its stack is read: ours, and the function's new code."""

_CONSTRUCTOR_FRAMES = 12
"""How far up an `__init__` is looked for that calls a method of its own instance."""


class FactoryObserver:
    """Sees what a factory hands out, and marks all that is built meanwhile, in tasks it starts too."""

    def __init__(self, watched: Watched, parameters: Parameters, recorder: Recorder) -> None:
        self._watched, self._asks, self._recorder = watched, watched.identity.asks(parameters), recorder

    def enter(self, call: Call, /) -> object:
        """The factory is called: the token, and the arguments."""
        active = self._recorder.active
        return active.set(active.get() | {self._watched.component.name}), call

    def leave(self, token: object, result: object, /) -> None:
        """It returned, or raised."""
        mark, call = token if isinstance(token, tuple) else (None, None)
        if isinstance(mark, Token):
            with suppress(ValueError):  # a coroutine that is closed from elsewhere
                self._recorder.active.reset(mark)
        home = self._watched.home
        if home is None or not self._recorder.is_open or not is_of(result, home):
            return
        try:
            identity = self._watched.identity
            owner = identity.of_call(self._asks, *call) if isinstance(call, Call) else UNSAID
            ask = calling if owner.text or self._watched.silent < MOST_SILENT else nearest
            steps = ask(self._recorder.sources, _DEPTH, self._recorder.ours)
            self._recorder.handed_out(self._watched, result, owner, steps)
        except Exception as error:  # whatever it is, the test goes on
            self._recorder.failed(self._watched, error)


class EmitterObserver:
    """Sees the events that a method sends. What it passes on to another emitter meanwhile is the same event."""

    def __init__(
        self,
        events: Mapping[str, Sequence[Watched]],
        parameters: Parameters,
        sending: ContextVar[frozenset[str]],
        recorder: Recorder,
    ) -> None:
        self._events, self._parameters, self._sending, self._recorder = events, parameters, sending, recorder

    def enter(self, call: Call, /) -> object:
        """An emitter is called."""
        event = next((text for each in (*call.args, *call.kwargs.values()) if (text := _text(each)) is not None), "")
        if event not in self._events or not self._recorder.is_open:
            return None
        sending = self._sending.get()
        if event not in sending:
            try:
                steps = calling(self._recorder.sources, _DEPTH, self._recorder.ours)
                self._record(event, call, steps)
            except Exception as error:  # whatever it is, the test goes on
                self._recorder.failed(self._events[event][0], error)
        return self._sending.set(sending | {event})

    def leave(self, token: object, _: object, /) -> None:
        """It returned, or raised."""
        if isinstance(token, Token):
            with suppress(ValueError):
                self._sending.reset(token)

    def _record(self, event: str, call: Call, steps: tuple[Step, ...]) -> None:
        sender = call.args[0] if call.args else None
        record = self._recorder.record_of(sender)
        name = symbol_of(sender if is_class(sender) else type(sender))
        for watched in self._events[event]:
            text = watched.identity.of_call(watched.identity.asks(self._parameters), *call).text
            if not text and record is not None:
                text = record.known_owner or record.argument.text
            self._recorder.run.emissions.append(Emission(watched, event, name, text, _flow(), steps))


class Use(NamedTuple):
    """A call of a method of an instance that had no owner when it began."""

    record: Instance
    instance: object
    steps: tuple[Step, ...]


class UseObserver:
    """Sees the first use of an instance without an owner. A call that gives it one is none: a protocol of asyncio, say,
    is told by `connection_made` whom it talks to. What that calls meanwhile is a part of it."""

    def __init__(self, name: str, recorder: Recorder) -> None:
        self._name, self._recorder = name, recorder

    def enter(self, call: Call, /) -> object:
        """A method is called."""
        record = self._recorder.record_of(call.args[0]) if call.args else None
        if record is None or record.used or record.is_in_use or _is_constructing(call.args[0]):
            return None
        try:
            if self._has_owner(record, call.args[0]):
                return None
            steps = calling(self._recorder.sources, _DEPTH, self._recorder.ours)
        except Exception as error:  # whatever it is, the test goes on
            self._recorder.failed(record.watched, error)
            return None
        record.is_in_use = True
        return Use(record, call.args[0], steps)

    def leave(self, token: object, _: object, /) -> None:
        """It returned, or raised."""
        if not isinstance(token, Use):
            return
        token.record.is_in_use = False
        try:
            if not self._has_owner(token.record, token.instance):
                how = f"{self._name}() called{about(token.steps, self._recorder.sources)}"
                self._recorder.used(token.record, how)
        except Exception as error:
            self._recorder.failed(token.record.watched, error)

    def _has_owner(self, record: Instance, instance: object) -> bool:
        """Whether it does not say that it belongs to nobody."""
        self._recorder.looks.at(self._recorder.run, record, instance)
        return record.owner.state is not State.NOBODY


def _is_constructing(instance: object) -> bool:
    """Whether the `__init__` of the instance is still running in this thread."""
    frame = sys._getframe(2)
    for _ in range(_CONSTRUCTOR_FRAMES):
        code = frame.f_code
        if code.co_name == "__init__" and code.co_varnames and frame.f_locals.get(code.co_varnames[0]) is instance:
            return True
        if frame.f_back is None:
            return False
        frame = frame.f_back
    return False


def _text(value: object) -> str | None:
    return str.__str__(value) if isinstance_static(value, (str,)) and isinstance(value, str) else None


def _flow() -> int:
    """The running task, or the thread outside of tasks: what one flow of control sends."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is not None:
        with suppress(RuntimeError):
            task = asyncio.current_task()
            return id(task) if task is not None else get_ident()
    return get_ident()
