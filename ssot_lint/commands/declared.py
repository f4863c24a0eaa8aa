"""Options declared as fields of frozen dataclasses: what there is to know about them.

A field is an option or argument, its type carries what typer is to know (``Annotated[..., typer.Option(...)]``), or it
is a group: another such dataclass, whose options belong to the command as if they stood in its place. A tuple is what
may be given several times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import reduce
from typing import Annotated, TypeVar, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

T = TypeVar("T")


class Role(Enum):
    """What an option is for the rest of the program. It stands beside the option in its ``Annotated``."""

    DECIDES = "findings and gate depend on it: who scans again has to give it again"
    SETTING = "it sets the configuration key of its name, and adds what it is given to a list between commas"


@dataclass(frozen=True)
class Declared:
    """An option or argument. ``path`` are the names of the fields that lead to it from the outermost dataclass,
    ``default`` is MISSING where it has to be given."""

    path: tuple[str, ...]
    type: object
    parameter: ArgumentInfo | OptionInfo
    default: object
    roles: frozenset[Role]

    @property
    def is_repeatable(self) -> bool:
        """Whether it may be given several times."""
        return get_origin(self.type) is tuple

    @property
    def spelling(self) -> str:
        """The option as we write it, ``--select``: the first of its names."""
        # In an Annotated the first name stands where a default would otherwise.
        return str(self.parameter.default)


def declarations(kind: type) -> Iterator[Declared]:
    """All options and arguments of a dataclass and its groups, in order.

    Raises TypeError for a field that is neither of them nor a group.
    """
    for each, hint in _members(kind):
        if isinstance(hint, type) and is_dataclass(hint):
            for inner in declarations(hint):
                yield replace(inner, path=(each.name, *inner.path))
        else:
            yield _declared(kind, each, hint)


def assembled(kind: type[T], values: Mapping[tuple[str, ...], object], above: tuple[str, ...] = ()) -> T:
    """The dataclass and its groups with ``values``, which are by path, and defaults for what is missing there.

    ``above`` are the fields that lead to it.
    """
    members: dict[str, object] = {}
    for each, hint in _members(kind):
        path = (*above, each.name)
        if isinstance(hint, type) and is_dataclass(hint):
            members[each.name] = assembled(hint, values, path)
        elif path in values:
            members[each.name] = values[path]
    return kind(**members)


def given(options: object) -> Iterator[tuple[Declared, object]]:
    """What in ``options`` differs from its default, with its value."""
    for each in declarations(type(options)):
        value = reduce(getattr, each.path, options)
        if value != each.default:
            yield each, value


def settings_given(options: object) -> dict[str, object]:
    """The configuration keys that ``options`` set, with values as in TOML."""
    return {each.spelling.lstrip("-"): _as_toml(value) for each, value in given(options) if Role.SETTING in each.roles}


def _members(kind: type) -> Iterator[tuple[Field[object], object]]:
    """The fields of a dataclass with their types."""
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        yield each, hints[each.name]


def _declared(kind: type, each: Field[object], hint: object) -> Declared:
    type_, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    for extra in extras:
        if isinstance(extra, ArgumentInfo | OptionInfo):
            roles = frozenset(extra for extra in extras if isinstance(extra, Role))
            return Declared((each.name,), type_, extra, each.default, roles)
    raise TypeError(f"{kind.__name__}.{each.name} is neither an option nor a group of options")


def _as_toml(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return _words(value) if isinstance(value, tuple) else value


def _words(texts: Sequence[str]) -> list[str]:
    """``--select A,B --select C`` is A, B and C."""
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]
