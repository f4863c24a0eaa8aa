"""From a command that takes its options as one dataclass to a function whose signature typer reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from functools import wraps
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

from ssot_lint.commands.declared import Declared, assembled, declarations

OptionsT = TypeVar("OptionsT")
ResultT = TypeVar("ResultT")


def expanded(command: Callable[[OptionsT], ResultT]) -> Callable[..., ResultT]:
    """``command`` with a keyword parameter for each option that the dataclass it takes declares, groups included.

    Raises TypeError for what :func:`declarations` refuses.
    """
    hints = get_type_hints(command)
    kind = next(hint for name, hint in hints.items() if name != "return")
    by_name = {"_".join(each.path): each for each in declarations(kind)}

    @wraps(command)
    def run(**values: object) -> ResultT:
        return command(assembled(kind, _given_values(by_name, values)))

    parameters = [_parameter(name, each) for name, each in by_name.items()]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    run.__dict__["__signature__"] = Signature(parameters)
    return run


def _parameter(name: str, declared: Declared) -> Parameter:
    is_required = declared.default is MISSING
    kind: Any = declared.type
    if declared.is_repeatable:
        # Typer takes a tuple for a fixed number of values, and click has no defaults for lists of arguments.
        kind = GenericAlias(list, get_args(declared.type)[0])
        kind = kind if is_required else kind | None
    default = Parameter.empty if is_required else None if declared.is_repeatable else declared.default
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, declared.parameter])


def _given_values(by_name: Mapping[str, Declared], values: Mapping[str, object]) -> Mapping[tuple[str, ...], object]:
    """What typer read, by path, without the lists that nothing was given for."""
    given: dict[tuple[str, ...], object] = {}
    for name, value in values.items():
        if isinstance(value, list):
            value = tuple(value)
        if not (by_name[name].is_repeatable and not value):
            given[by_name[name].path] = value
    return given
