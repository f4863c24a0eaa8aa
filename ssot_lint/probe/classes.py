"""Watches classes: what they build, and when that goes.

Only the class that a component calls home is touched: `__new__` and `__del__` are put into it, and found by its
subclasses. The class stays the same object, calls of it take what they took and raise what they raised.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from types import FunctionType
from typing import Any, TypeAlias, cast

from ssot_lint.probe.recorder import Recorder
from ssot_lint.probe.records import Watched
from ssot_lint.probe.static import ancestry, class_attribute, is_of, namespace, symbol_of

_Make: TypeAlias = Callable[..., object]


def watch_class(cls: type, watched: Watched, recorder: Recorder) -> None:
    """Tell ``recorder`` of the instances of ``cls``; a class that cannot be watched is noted."""
    reason = _unwatchable(cls)
    if reason:
        recorder.notes.add(f"{watched.component.name}: {symbol_of(cls)} is not watched: {reason}")
        return
    watched.home = cls
    try:
        type.__setattr__(cls, "__new__", _constructor(cls, watched, recorder))
        type.__setattr__(cls, "__del__", _finalizer(cls, watched, recorder))
    except TypeError as error:
        watched.home = None
        recorder.notes.add(f"{watched.component.name}: {symbol_of(cls)} is not watched: {error}")


def _unwatchable(cls: type) -> str:
    if Enum in ancestry(cls):
        return "the members of an enumeration are shared by design"
    if class_attribute(cls, "_is_protocol") is True and "_is_protocol" in namespace(cls):
        return "nothing is built of a protocol; name the class that is"
    if tuple in ancestry(cls):
        return "its instances are tuples, which allow no weak references"
    if "__new__" in namespace(cls) and not isinstance(namespace(cls)["__new__"], (staticmethod, FunctionType)):
        return "its __new__ is not written in Python"
    return ""


def _constructor(cls: type, watched: Watched, recorder: Recorder) -> Callable[..., object]:
    own = namespace(cls).get("__new__")
    make = own.__func__ if isinstance(own, staticmethod) else own

    def new(klass: type, /, *args: object, **kwargs: object) -> object:
        __tracebackhide__ = True
        if make is not None:
            instance = cast("_Make", make)(klass, *args, **kwargs)
        else:
            instance = _make(cls, klass, ours, args, kwargs)
        if is_of(instance, cls):
            recorder.built(watched, instance, args, kwargs)
        return instance

    # What looks like a part of the interpreter is passed over where signatures are asked for: those of the class stay
    # those of its __init__.
    ours = cast("FunctionType", new).__call__
    return ours


def _make(cls: type, klass: type, ours: object, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    """What the next class in line makes. `object` refuses arguments that nobody takes; behind our `__new__` it would
    refuse those of every `__init__`."""
    make = cast("_Make", _following(cls, klass).__new__)
    if make is not object.__new__:
        return make(klass, *args, **kwargs)
    if args or kwargs:
        if class_attribute(klass, "__new__") != ours:
            raise TypeError("object.__new__() takes exactly one argument (the type to instantiate)")
        if class_attribute(klass, "__init__") is object.__init__:
            raise TypeError(f"{klass.__name__}() takes no arguments")
    return make(klass)


def _following(cls: type, bound: object) -> Any:
    """What comes after ``cls`` in the order of the bases."""
    return cast("Any", super)(cls, bound)


def _finalizer(cls: type, watched: Watched, recorder: Recorder) -> Callable[[object], None]:
    own = namespace(cls).get("__del__")

    def __del__(self: object) -> None:  # noqa: N807 - its name stands in warnings
        recorder.dying(watched, self)
        if own is not None:
            cast("Callable[[object], None]", own)(self)
        else:
            inherited = getattr(_following(cls, self), "__del__", None)
            if inherited is not None:
                inherited()

    return __del__
