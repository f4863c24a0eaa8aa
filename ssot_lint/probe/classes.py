"""Watches classes: what they build, and when that goes.

Only the class that a component calls home is touched: `__new__` is put into it, `__del__` if its instances may say
whom they belong to, and both are found by its subclasses. The class stays the same object, calls of it take what they
took and raise what they raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import FunctionType
from typing import Any, Final, NamedTuple, TypeAlias, cast

from ssot_lint.probe.recorder import Recorder
from ssot_lint.probe.records import Watched
from ssot_lint.probe.static import ancestry, class_attribute, is_of, namespace, symbol_of

_Make: TypeAlias = Callable[..., object]
_ALLOCATE: Final[_Make] = object.__new__
_SUPER: Final[Any] = super
"""For what comes after a class in the order of the bases."""


class _Taker(NamedTuple):
    """What takes the arguments of calls of a class that is made as any object is: its ``constructor``, and where that
    stands, in the ``order`` of the bases. Those of them that are ``behind`` the watched class have no ``__new__``. The
    order keeps the class: its id is then nobody else's."""

    order: tuple[type, ...]
    behind: tuple[Mapping[str, object], ...]
    namespace: Mapping[str, object]
    constructor: object


def watch_class(cls: type, watched: Watched, recorder: Recorder) -> None:
    """Tell ``recorder`` of the instances of ``cls``; a class that cannot be watched is noted."""
    reason = _unwatchable(cls)
    if reason:
        recorder.notes.add(f"{watched.component.name}: {symbol_of(cls)} is not watched: {reason}")
        return
    watched.home = cls
    try:
        type.__setattr__(cls, "__new__", _constructor(cls, watched, recorder))
        if watched.identity.paths:
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
    make = cast("_Make | None", own.__func__ if isinstance(own, staticmethod) else own)
    takers: dict[int, _Taker] = {}
    unknown = _Taker((), (), {}, None)

    def new(klass: type, /, *args: object, **kwargs: object) -> object:
        __tracebackhide__ = True
        order, behind, members, constructor = takers.get(id(klass), unknown)
        if (  # all of it is still there: tests put constructors into classes, and take them out
            ancestry(klass) is order
            and members.get("__init__") is constructor
            and not (behind and any("__new__" in each for each in behind))
        ):
            instance = _ALLOCATE(klass)
        elif make is not None:
            instance = make(klass, *args, **kwargs)
        else:
            following: _Make = _SUPER(cls, klass).__new__
            if following is not object.__new__:
                instance = following(klass, *args, **kwargs)
            else:
                if args or kwargs:
                    takers[id(klass)] = _taker(cls, klass, ours)
                instance = following(klass)
        if type(instance) is klass or is_of(instance, cls):
            recorder.built(watched, instance, args, kwargs)
        return instance

    # What looks like a part of the interpreter is passed over where signatures are asked for: those of the class stay
    # those of its __init__.
    ours = cast("FunctionType", new).__call__
    return ours


def _taker(cls: type, klass: type, ours: object) -> _Taker:
    """What takes the arguments of calls of a class. `object` refuses those that nobody takes; behind our `__new__` it
    would refuse those of every `__init__`. Raises TypeError in its words."""
    if class_attribute(klass, "__new__") != ours:
        raise TypeError("object.__new__() takes exactly one argument (the type to instantiate)")
    order = ancestry(klass)
    behind = tuple(map(namespace, order[order.index(cls) + 1 : -1]))
    for each in order:
        constructor = namespace(each).get("__init__", object.__init__)
        if constructor is not object.__init__:
            return _Taker(order, behind, namespace(each), constructor)
    raise TypeError(f"{klass.__name__}() takes no arguments")


def _finalizer(cls: type, watched: Watched, recorder: Recorder) -> Callable[[object], None]:
    own = cast("Callable[[object], None] | None", namespace(cls).get("__del__"))
    without: dict[int, type] = {}
    """The classes with no other `__del__` than this one, by their ids, which are then nobody else's."""

    def __del__(self: object) -> None:  # noqa: N807 - its name stands in warnings
        if recorder.run.looks < watched.most_last_looks:
            recorder.dying(watched, self)
        if own is not None:
            own(self)
        elif id(type(self)) not in without:
            if hasattr(_SUPER(cls, type(self)), "__del__"):
                _SUPER(cls, self).__del__()
            else:
                without[id(type(self))] = type(self)

    return __del__
