"""Whom an instance belongs to, as its component declares it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import CodeType, FunctionType
from typing import cast
from uuid import UUID

import msgspec

from ssot_lint.probe.reader import Reader
from ssot_lint.probe.static import ABSENT, COMPUTED, class_attribute, isinstance_static


class State(Enum):
    """What is known of an owner."""

    KNOWN = "known"
    NOBODY = "nobody"
    UNSAID = "unsaid"
    COMPUTED = "computed"
    ODD = "odd"


class Owner(msgspec.Struct, frozen=True):
    """Whom something belongs to: ``text`` names the owner, and is empty where the state is not KNOWN; ``path`` is where
    it was found, ``kind`` the name of the class of what was found instead where it is ODD."""

    state: State
    text: str = ""
    path: str = ""
    kind: str = ""


UNSAID = Owner(State.UNSAID)
"""The one owner of this state."""
_RANK = (State.KNOWN, State.NOBODY, State.COMPUTED, State.ODD, State.UNSAID)


def _text(value: object) -> str | None:
    """Reads past what subclasses of text and number define."""
    if type(value) is str:
        return value
    if type(value) is int:
        return repr(value)
    if isinstance_static(value, (str,)):
        return str.__str__(cast("str", value))
    if isinstance_static(value, (int,)):
        return int.__repr__(cast("int", value))
    if type(value) is bytes:
        return value.hex()
    return str(value) if type(value) is UUID else None


class Parameters(msgspec.Struct, frozen=True):
    """The parameters of a function that a caller fills, each with its position, and the defaults of the last ones."""

    positions: Mapping[str, int]
    defaults: Mapping[str, object]


MOST_NAMES = 10_000
"""Owners that are kept for one path: programs that make up names would have ever more of them."""

NO_PARAMETERS = Parameters({}, {})


class Ask(msgspec.Struct, frozen=True, eq=False):
    """Where a call says whom something belongs to: by the parameter ``first``, which stands at ``position``, after
    all others if it has none, and has a ``default`` or is ABSENT; ``rest`` leads on from there."""

    path: str
    first: str
    rest: tuple[str, ...]
    position: int
    default: object


class Identity:
    """The ``paths`` under which a component says whom its instances belong to. The first that leads to an owner counts;
    else one that says nobody; else what else was found."""

    def __init__(self, paths: Sequence[str], reader: Reader) -> None:
        self.paths = tuple(paths)
        self._reader = reader
        self._steps = [(path, *_parted(path)) for path in paths]
        self._nobodies = {path: Owner(State.NOBODY, path=path) for path in paths}
        self._named: dict[str, dict[object, Owner]] = {path: {} for path in paths}

    def of_instance(self, instance: object) -> Owner:
        """What an instance says itself."""
        best = UNSAID
        for path, first, rest in self._steps:
            value = self._reader.attribute(instance, first)
            if value is not ABSENT:
                owner = self._owner(value, rest, path)
                if owner.text:
                    return owner
                best = _better(best, owner)
        return best

    def asks(self, parameters: Parameters) -> tuple[Ask, ...]:
        """Where calls of a function with these parameters say so."""
        positions, defaults = parameters.positions, parameters.defaults
        return tuple(
            Ask(path, first, rest, positions.get(first, sys.maxsize), defaults.get(first, ABSENT))
            for path, first, rest in self._steps
        )

    def of_call(self, asks: Iterable[Ask], args: Sequence[object], kwargs: Mapping[str, object]) -> Owner:
        """What the arguments of a call say."""
        best = UNSAID
        for ask in asks:
            if ask.first in kwargs:
                value = kwargs[ask.first]
            elif ask.position < len(args):
                value = args[ask.position]
            elif ask.default is ABSENT:
                continue
            else:
                value = ask.default
            owner = self._owner(value, ask.rest, ask.path)
            if owner.text:
                return owner
            best = _better(best, owner)
        return best

    def _owner(self, value: object, rest: Sequence[str], path: str) -> Owner:
        """Texts, numbers and UUIDs name an owner; None and an empty text nobody."""
        for name in rest:
            if value is None or value is ABSENT or value is COMPUTED:
                break
            value = self._reader.attribute(value, name)
        kind = type(value)
        if kind is str or kind is int:
            return self._named[path].get(value) or self._name(value, path)
        if value is None:
            return self._nobodies[path]
        if value is ABSENT:
            return UNSAID
        return Owner(State.COMPUTED, path=path) if value is COMPUTED else self._told(value, path)

    def _name(self, value: object, path: str) -> Owner:
        """The owner that a plain text or number names, made once."""
        named = self._named[path]
        if len(named) >= MOST_NAMES:
            named.clear()
        named[value] = owner = self._told(value, path)
        return owner

    def _told(self, value: object, path: str) -> Owner:
        text = _text(self._reader.attribute(value, "_value_") if issubclass(type(value), Enum) else value)
        if text is None:
            return Owner(State.ODD, path=path, kind=type(value).__name__)
        return Owner(State.KNOWN, text, path) if text else self._nobodies[path]


def _parted(path: str) -> tuple[str, tuple[str, ...]]:
    first, *rest = path.split(".")
    return first, tuple(rest)


def _better(one: Owner, other: Owner) -> Owner:
    """The owner that is known better, the first of equals."""
    if one is UNSAID or one is other:
        return other
    return one if _RANK.index(one.state) <= _RANK.index(other.state) else other


def parameters_of(function: FunctionType, code: CodeType, *, skip: int = 0) -> Parameters:
    """The parameters of a function whose own code is ``code``, without the first ``skip``."""
    positional = code.co_varnames[: code.co_argcount]
    values = function.__defaults__ or ()
    defaults = dict(zip(positional[len(positional) - len(values) :], values, strict=True))
    positions = {name: position for position, name in enumerate(positional[skip:])}
    return Parameters(positions, {**defaults, **(function.__kwdefaults__ or {})})


def constructor_parameters(cls: type) -> Parameters:
    """What calls of a class take: the parameters of its ``__init__``, if that is written in Python."""
    constructor = class_attribute(cls, "__init__")
    if type(constructor) is not FunctionType:
        return NO_PARAMETERS
    return parameters_of(constructor, constructor.__code__, skip=1)
