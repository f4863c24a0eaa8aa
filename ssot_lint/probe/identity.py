"""Whom an instance belongs to, as its component declares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from types import CodeType, FunctionType
from typing import NamedTuple, cast
from uuid import UUID

from ssot_lint.probe.static import ABSENT, COMPUTED, attribute, class_attribute, follow, isinstance_static

PROPOSED = ("user_id", "owner_id", "tenant_id", "session_id", "user_context.user_id", "context.user_id")
"""Where an instance of a component that `init` proposes may say whom it belongs to; a declared one says so itself."""


class State(Enum):
    """What is known of an owner."""

    KNOWN = "known"
    NOBODY = "nobody"
    UNSAID = "unsaid"
    COMPUTED = "computed"
    ODD = "odd"


class Owner(NamedTuple):
    """Whom something belongs to: ``text`` names the owner where the state is KNOWN, and what was found instead where it
    is ODD; ``path`` is where it was found."""

    state: State
    text: str = ""
    path: str = ""


UNSAID = Owner(State.UNSAID)


def owner_of(value: object, path: str) -> Owner:
    """What a value found at ``path`` says. Texts, numbers and UUIDs name an owner; None and an empty text nobody."""
    if value is ABSENT:
        return UNSAID
    if value is COMPUTED:
        return Owner(State.COMPUTED, path=path)
    if value is None:
        return Owner(State.NOBODY, path=path)
    text = _text(value)
    if text is None:
        return Owner(State.ODD, type(value).__name__, path)
    return Owner(State.KNOWN, text, path) if text else Owner(State.NOBODY, path=path)


def _text(value: object) -> str | None:
    """Reads past what subclasses of text and number define."""
    if isinstance_static(value, (Enum,)):
        value = attribute(value, "_value_")
    if isinstance_static(value, (str,)):
        return str.__str__(cast("str", value))
    if isinstance_static(value, (int,)):
        return int.__repr__(cast("int", value))
    if type(value) is bytes:
        return value.hex()
    return str(value) if type(value) is UUID else None


def owner_of_instance(instance: object, paths: Sequence[str]) -> Owner:
    """The first owner that one of ``paths`` leads to; else nobody, if one says so; else what else was found."""
    return _best([owner_of(follow(instance, path), path) for path in paths])


def owner_of_arguments(arguments: Mapping[str, object], paths: Sequence[str]) -> Owner:
    """The same for the arguments of a call, by name."""
    found = []
    for path in paths:
        first, _, rest = path.partition(".")
        value = arguments.get(first, ABSENT)
        found.append(
            owner_of(follow(value, rest) if rest and value is not ABSENT and value is not None else value, path)
        )
    return _best(found)


def _best(owners: Sequence[Owner]) -> Owner:
    for state in (State.KNOWN, State.NOBODY, State.COMPUTED, State.ODD):
        for owner in owners:
            if owner.state is state:
                return owner
    return UNSAID


class Parameters(NamedTuple):
    """The parameters of a function that a caller fills, in order, and the defaults of the last ones."""

    names: tuple[str, ...]
    defaults: Mapping[str, object]

    def named(self, args: Sequence[object], kwargs: Mapping[str, object]) -> dict[str, object]:
        """The arguments of a call by name; what is not passed has its default, if there is one."""
        return {**self.defaults, **dict(zip(self.names, args)), **kwargs}  # noqa: B905 - *args may be longer


NO_PARAMETERS = Parameters((), {})


def parameters_of(function: FunctionType, code: CodeType, *, skip: int = 0) -> Parameters:
    """The parameters of a function whose own code is ``code``, without the first ``skip``."""
    positional = code.co_varnames[: code.co_argcount]
    values = function.__defaults__ or ()
    defaults = dict(zip(positional[len(positional) - len(values) :], values, strict=True))
    return Parameters(positional[skip:], {**defaults, **(function.__kwdefaults__ or {})})


def constructor_parameters(cls: type) -> Parameters:
    """What calls of a class take: the parameters of its ``__init__``, if that is written in Python."""
    constructor = class_attribute(cls, "__init__")
    if type(constructor) is not FunctionType:
        return NO_PARAMETERS
    return parameters_of(constructor, constructor.__code__, skip=1)
