"""Values that rules conclude, as bytes: equal values are equal bytes, and what was written in one process is read in
another that has the same project.

Only plain data is written: records of our own packages and of those that rules come from, definitions and modules by
their place in the project, and functions by name. To read it runs no code but that of records, so that a cache can lose
time and nothing else.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from types import FunctionType, MethodType
from typing import Any, cast, get_args, get_origin

import msgspec

from ssot_lint.project.symbols import Module, Symbol

MOST_NODES = 20_000
"""A larger value takes longer to be written and read than most are worth."""

_TUPLE, _LIST, _SET, _FROZENSET, _DICT, _COUNTER = range(6)
_MODULE, _SYMBOL, _ENUM, _RECORD, _NAMED, _METHOD, _ALIAS = range(6, 13)

_PLAIN = frozenset({type(None), bool, int, float, str, bytes})


class EncodingError(Exception):
    """A value cannot be written, or what was written cannot be read any more."""


class Places:
    """Where definitions stand in a project: the number of their module, and theirs in it. ``packages`` are those whose
    records and functions are read."""

    def __init__(self, modules: Sequence[Module], packages: frozenset[str]) -> None:
        self.modules = modules
        self._packages = packages
        self._numbers = {module: number for number, module in enumerate(modules)}
        self._symbols: dict[Module, list[Symbol]] = {}
        self._ordinals: dict[Module, dict[Symbol, int]] = {}

    def number_of(self, module: Module) -> int:
        """The number of a module."""
        number = self._numbers.get(module)
        if number is None:
            raise EncodingError(module.path)
        return number

    def place_of(self, symbol: Symbol) -> tuple[int, int]:
        """The numbers of a definition."""
        ordinal = self._ordinals_in(symbol.module).get(symbol)
        if ordinal is None:
            raise EncodingError(symbol.qualname)
        return self.number_of(symbol.module), ordinal

    def symbol_at(self, number: int, ordinal: int) -> Symbol:
        """The definition with these numbers, if it is still there."""
        module = self.modules[number]
        ordinals, symbols = self._ordinals_in(module), self._symbols[module]
        if ordinal >= len(symbols) or symbols[ordinal] not in ordinals:
            raise EncodingError(module.path)
        return symbols[ordinal]

    def renewed(self, module: Module) -> None:
        """Have the definitions of a module that has other contents now keep the numbers that they had. To be told
        beforehand too, by :meth:`remember`."""
        symbols = self._symbols[module]
        known = {symbol: ordinal for ordinal, symbol in enumerate(symbols)}
        found: dict[Symbol, int] = {}
        for symbol in module.defined():
            if symbol not in known:
                known[symbol] = len(symbols)
                symbols.append(symbol)
            found[symbol] = known[symbol]
        self._ordinals[module] = found

    def remember(self, module: Module) -> None:
        """Number the definitions of a module."""
        self._ordinals_in(module)

    def _ordinals_in(self, module: Module) -> dict[Symbol, int]:
        if module not in self._ordinals:
            symbols = list(module.defined())
            self._symbols[module] = symbols
            self._ordinals[module] = {symbol: ordinal for ordinal, symbol in enumerate(symbols)}
        return self._ordinals[module]

    def named(self, module: str, qualname: str) -> Any:
        """A class or function by its name."""
        found: Any = sys.modules.get(module) if module.partition(".")[0] in self._packages else None
        for part in qualname.split("."):
            found = None if found is None else vars(found).get(part)
        if isinstance(found, (staticmethod, classmethod)):
            found = found.__func__
        is_it = isinstance(found, (type, FunctionType)) and found.__module__ == module
        if not is_it or found.__qualname__ != qualname or (isinstance(found, FunctionType) and not _may_run(module)):
            raise EncodingError(f"{module}.{qualname}")
        return found


def _may_run(module: str) -> bool:
    """Whether the functions of a module are asked for conclusions. All of ours that do something are elsewhere."""
    return not module.startswith("ssot_lint.") or module.startswith("ssot_lint.project.")


class Encoder:
    """Writes values of one project."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._left = 0
        self._encoder = msgspec.msgpack.Encoder()

    def encode(self, value: object, most: int = MOST_NODES) -> bytes:
        """``value`` as bytes. Raises EncodingError for what is no plain data, or too much of it."""
        self._left = most
        try:
            return self._encoder.encode(self._plain(value))
        except (TypeError, RecursionError, UnicodeEncodeError, OverflowError) as error:
            raise EncodingError(str(error)) from error

    def _plain(self, value: Any) -> object:
        kind = type(value)
        if kind in _PLAIN:
            return value
        self._left -= 1
        if self._left < 0:
            raise EncodingError("too much")
        if kind is tuple:
            return [_TUPLE, *map(self._plain, value)]
        if isinstance(value, Symbol):
            return [_SYMBOL, *self._places.place_of(value)]
        if kind is Module:
            return [_MODULE, self._places.number_of(value)]
        if isinstance(value, Enum):
            return [_ENUM, kind.__module__, kind.__qualname__, self._plain(value.value)]
        fields = _fields_of(value)
        if fields is not None:
            return [_RECORD, kind.__module__, kind.__qualname__, *map(self._plain, fields)]
        return self._collection(kind, value)

    def _collection(self, kind: type, value: Any) -> object:
        if kind is list:
            return [_LIST, *map(self._plain, value)]
        if kind is dict or kind is Counter:
            items = (self._plain(each) for item in value.items() for each in item)
            return [_DICT if kind is dict else _COUNTER, *items]
        if kind is frozenset or kind is set:
            members = sorted(self._encoder.encode(self._plain(each)) for each in value)
            return [_FROZENSET if kind is frozenset else _SET, *members]
        if kind is FunctionType or isinstance(value, type):
            self._places.named(value.__module__, value.__qualname__)
            return [_NAMED, value.__module__, value.__qualname__]
        if kind is MethodType:
            return [_METHOD, self._plain(value.__func__), self._plain(value.__self__)]
        if get_origin(value) is not None and not isinstance(value, type):
            return [_ALIAS, self._plain(get_origin(value)), repr(get_args(value))]
        raise EncodingError(kind.__qualname__)


class Decoder:
    """Reads what an :class:`Encoder` wrote, in a project that has the same modules."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._readers: Mapping[int, Callable[[Sequence[Any]], object]] = {
            _TUPLE: lambda items: tuple(map(self._value, items)),
            _LIST: lambda items: list(map(self._value, items)),
            _SET: lambda items: set(map(self.decode, items)),
            _FROZENSET: lambda items: frozenset(map(self.decode, items)),
            _DICT: lambda items: dict(self._pairs(items)),
            _COUNTER: lambda items: Counter(dict(self._pairs(items))),
            _MODULE: lambda items: places.modules[items[0]],
            _SYMBOL: lambda items: places.symbol_at(*items),
            _ENUM: self._member,
            _RECORD: self._record,
            _NAMED: lambda items: places.named(*items),
            _METHOD: lambda items: MethodType(self._value(items[0]), self._value(items[1])),
            _ALIAS: lambda items: self._value(items[0]),  # parameters are for type checkers
        }

    def decode(self, data: bytes) -> Any:
        """The value. Raises EncodingError where something that it is about is gone."""
        try:
            return self._value(msgspec.msgpack.decode(data))
        except (TypeError, ValueError, LookupError, AttributeError, msgspec.MsgspecError) as error:
            raise EncodingError(str(error)) from error

    def _value(self, plain: Any) -> Any:
        return self._readers[plain[0]](plain[1:]) if type(plain) is list else plain

    def _pairs(self, items: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        values = map(self._value, items)
        return zip(values, values, strict=True)

    def _member(self, items: Sequence[Any]) -> object:
        kind = self._places.named(items[0], items[1])
        if not issubclass(kind, Enum):
            raise EncodingError(items[1])
        return kind(self._value(items[2]))

    def _record(self, items: Sequence[Any]) -> object:
        kind = self._places.named(items[0], items[1])
        values = list(map(self._value, items[2:]))
        if issubclass(kind, tuple) and hasattr(kind, "_make"):
            return kind._make(values)
        if issubclass(kind, msgspec.Struct):
            return kind(**dict(zip(kind.__struct_fields__, values, strict=True)))
        if not dataclasses.is_dataclass(kind):
            raise EncodingError(items[1])
        made: object = object.__new__(cast("type[object]", kind))
        for each, value in zip(_compared_fields(cast(type, kind)), values, strict=True):
            object.__setattr__(made, each.name, value)
        for each in dataclasses.fields(kind):
            if not each.compare:
                object.__setattr__(made, each.name, _default_of(each))
        return made


def _fields_of(value: Any) -> Iterator[Any] | None:
    """What a record consists of; None for what is none."""
    if isinstance(value, msgspec.Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return iter(value) if hasattr(value, "_fields") else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        extra = (
            vars(value).keys() - {each.name for each in dataclasses.fields(value)} if hasattr(value, "__dict__") else ()
        )
        return None if extra else (getattr(value, each.name) for each in _compared_fields(type(value)))
    return None


def _compared_fields(kind: type) -> Sequence[dataclasses.Field[Any]]:
    """The fields of a dataclass that are part of its value: others are for what was worked out from these."""
    return [each for each in dataclasses.fields(kind) if each.compare]


def _default_of(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    if field.default is dataclasses.MISSING:
        raise EncodingError(field.name)
    return field.default
