"""Turns what TOML, the environment or the command line gave into typed values, with errors that name the key.

A "kind" is a type as it stands in an annotation: a class, or ``tuple[str, ...]``, ``dict[str, X]``,
``Annotated[int, Meta(ge=0)]``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from functools import cache, partial
from typing import Annotated, TypeGuard, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from ssot_lint.errors import ConfigError
from ssot_lint.text.suggest import suggestion
from ssot_lint.text.validation import plain

T = TypeVar("T")


@cache
def option_kinds(table: type) -> Mapping[str, type[object]]:
    """The keys of a table and their kinds: those of a Struct, or of a dataclass, in kebab-case."""
    if issubclass(table, msgspec.Struct):
        return {item.encode_name: item.type for item in msgspec.structs.fields(table)}
    hints = get_type_hints(table, include_extras=True)
    names = [item.name for item in dataclasses.fields(table)] if dataclasses.is_dataclass(table) else []
    return {name.replace("_", "-"): hints[name] for name in names}


def description_of(kind: object) -> str:
    """What the ``Meta`` of a kind says it means; empty without one."""
    return next((meta.description for meta in get_args(kind) if isinstance(meta, Meta) and meta.description), "")


def convert(value: object, kind: type[T], where: str) -> T:
    """``value`` as a ``kind``; ``where`` names it for the user.

    Raises ConfigError with the whole path of the offending key: ``where.components[0].names``.
    """
    return _checked(_descend(value, kind, where), kind, where)


def convert_text(text: str, kind: type[T], where: str) -> T:
    """A value given as text: numbers and booleans are read, lists are separated by commas.

    Raises ConfigError when the text is wrong, and for a table, which cannot be written as text.
    """
    base = _bare(kind)
    if get_origin(base) is dict or _is_table(_element(base)):
        raise ConfigError(f"{where}: a table cannot be given here", "Write it in a configuration file")
    if get_origin(base) is tuple:
        words = [word.strip() for word in text.split(",")]
        return _checked([word for word in words if word], kind, where)
    return _checked(text.strip(), kind, where, strict=False)


def reject_unknown(keys: Iterable[str], known: Collection[str], spell: Callable[[str], str]) -> None:
    """Raise ConfigError for the first of ``keys`` that is not ``known``; ``spell`` says how it is written."""
    for key in keys:
        if key not in known:
            raise ConfigError(f"{spell(key)}: unknown key", suggestion(key, known))


def field_name(key: str) -> str:
    """The Python name of a key in kebab-case."""
    return key.replace("-", "_")


def inside(where: str, key: str) -> str:
    """``where.key``, the key being written as in TOML."""
    return f"{where}.{bare_or_quoted(key)}"


def bare_or_quoted(key: str) -> str:
    """A key as TOML writes it: bare if it can be."""
    is_bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
    return key if is_bare else msgspec.json.encode(key).decode()


def _descend(value: object, kind: type[object], where: str) -> object:
    """Convert from the inside out, as far as ``kind`` tells what is inside: every error then has its key."""
    base = _bare(kind)
    if isinstance(value, dict) and get_origin(base) is dict:
        named, inner = get_args(base)
        for key in value:
            convert(key, named, inside(where, key))
        return {key: convert(item, inner, inside(where, key)) for key, item in value.items()}
    if isinstance(value, dict) and _is_table(base):
        return _table(value, base, where)
    if isinstance(value, list) and get_origin(base) is tuple:
        return [convert(item, _element(base), f"{where}[{index}]") for index, item in enumerate(value)]
    return value


def _table(value: Mapping[str, object], table: type, where: str) -> dict[str, object]:
    kinds = option_kinds(table)
    reject_unknown(value, kinds, partial(inside, where))
    converted = {key: convert(item, kinds[key], inside(where, key)) for key, item in value.items()}
    if issubclass(table, msgspec.Struct):
        return converted
    return {field_name(key): item for key, item in converted.items()}


def _checked(value: object, kind: type[T], where: str, *, strict: bool = True) -> T:
    try:
        return msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {plain(str(error))}", _choices(value, kind)) from error


def _choices(value: object, kind: type[object]) -> str:
    base: object = _bare(kind)
    if isinstance(value, str) and isinstance(base, type) and issubclass(base, Enum):
        return suggestion(value, [str(each.value) for each in base])
    return ""


def _bare(kind: type[object]) -> type[object]:
    """``kind`` without its Annotated."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _element(kind: type[object]) -> type[object]:
    """What a ``tuple[X, ...]`` is made of; ``object`` for any other kind."""
    return get_args(kind)[0] if get_origin(kind) is tuple else object


def _is_table(kind: object) -> TypeGuard[type]:
    if not isinstance(kind, type) or get_origin(kind):  # on Python 3.10 tuple[str, ...] passes for a class
        return False
    return issubclass(kind, msgspec.Struct) or dataclasses.is_dataclass(kind)
