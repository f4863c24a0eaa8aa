"""Where code reads the variables of its environment, and what it takes where one is not set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from ssot_lint.model.facts import Call, ItemRead, ResultUse
from ssot_lint.model.finding import Location
from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.project.outside_uses import outside_name
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol
from ssot_rules.analysis.call_arguments import literal_argument
from ssot_rules.settings._defaults import NOTHING, REQUIRED, UNKNOWN, Default, default_of, variable_name


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """One place where a variable is read. ``fact`` is the call or the item; None for a field of a settings class, which
    is then ``declared_by``. ``cast`` is what the value is turned into on the spot: ``int``, or empty."""

    variable: str
    module: Module
    scope: int
    location: Location
    default: Default
    cast: str = ""
    fact: Call | ItemRead | None = None
    declared_by: ClassSymbol | None = None


class _Reader(NamedTuple):
    """How a function that reads takes the name and the default; ``absent`` is what it does without a default."""

    name: int
    name_keyword: str
    default: int
    absent: Default
    default_keyword: str = "default"
    cast: int = -1


_GET = _Reader(0, "key", 1, NOTHING)
_BY_KEYWORD = _Reader(-1, "envvar", -1, UNKNOWN)
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "os.getenv": _GET,
        "os.environ.get": _GET,
        "decouple.config": _Reader(0, "option", 1, REQUIRED, cast=2),
        "click.option": _BY_KEYWORD,
        "click.argument": _BY_KEYWORD,
        "typer.Option": _BY_KEYWORD._replace(default=0),
        "typer.Argument": _BY_KEYWORD._replace(default=0),
    }
)
"""Functions that read a variable, by their full names."""

_ITEMS = "os.environ"
_OBJECTS: Mapping[str, _Reader] = MappingProxyType(
    {
        "environ.Env": _Reader(0, "var", 2, REQUIRED, cast=1),
        "environs.Env": _Reader(0, "name", 1, REQUIRED),
        "starlette.config.Config": _Reader(0, "key", 2, REQUIRED, cast=1),
        "decouple.AutoConfig": _Reader(0, "option", 1, REQUIRED, cast=2),
        "decouple.Config": _Reader(0, "option", 1, REQUIRED, cast=2),
    }
)
"""Classes whose objects read a variable when they are called."""

_TYPED = frozenset({"bool", "float", "int", "str"})
"""Methods of such objects, and builtins, that turn the value into something."""


def environment_reads(project: Project) -> Mapping[str, tuple[EnvironmentRead, ...]]:
    """All reads by the name of the variable, by place; for :meth:`Project.derived`. What a file does only when it is
    run as a script, and reads of a name that cannot be told, are left out."""
    found: dict[str, list[EnvironmentRead]] = defaultdict(list)
    reads = project.gathered(_reads_in)
    # Hardly any project has such objects, and to look for what all calls are of takes long.
    if project.gathered(_objects_in):
        reads += project.gathered(_reads_of_objects_in)
    for read in reads:
        found[read.variable].append(read)
    return {variable: tuple(sorted(reads, key=lambda read: read.location)) for variable, reads in found.items()}


def _reads_in(project: Project, module: Module) -> tuple[EnvironmentRead, ...]:
    return (*_calls(project, module, _function_called), *_items(project, module))


def _reads_of_objects_in(project: Project, module: Module) -> tuple[EnvironmentRead, ...]:
    return tuple(_calls(project, module, _object_called))


def _objects_in(project: Project, module: Module) -> tuple[VariableSymbol, ...]:
    """The variables of a module that hold objects which read the environment."""
    entries = module.namespace.values()
    return tuple(each for each in entries if isinstance(each, VariableSymbol) and _class_of(project, each) in _OBJECTS)


def _items(project: Project, module: Module) -> Iterator[EnvironmentRead]:
    for fact in module.facts.item_reads:
        if outside_name(project, module, fact.scope, fact.target) == _ITEMS and (
            variable := variable_name(project, module, fact.scope, fact.key)
        ):
            yield EnvironmentRead(variable, module, fact.scope, _location(module, fact), REQUIRED, "", fact)


_Called: TypeAlias = Callable[[Project, Module, Call], "tuple[_Reader, str] | None"]
"""How a call reads a variable, and into what its own name turns it; None if it reads none."""


def _calls(project: Project, module: Module, called: _Called) -> Iterator[EnvironmentRead]:
    unread: set[tuple[int, str]] = set()
    for call in module.facts.calls:
        # What a call without arguments is of needs no looking up, as it names no variable; nor what was looked up.
        if not call.arguments_text or (call.scope, call.callee) in unread:
            continue
        found = called(project, module, call)
        if found is None:
            unread.add((call.scope, call.callee))
            continue
        reader, cast = found
        name = literal_argument(call, reader.name, reader.name_keyword)
        if name and (variable := variable_name(project, module, call.scope, name)):
            default = _default(project, module, call, reader)
            cast = cast or literal_argument(call, reader.cast, "cast") or ""
            yield EnvironmentRead(
                variable, module, call.scope, _location(module, call), default, cast if cast in _TYPED else "", call
            )


def _default(project: Project, module: Module, call: Call, reader: _Reader) -> Default:
    text = literal_argument(call, reader.default, reader.default_keyword)
    if text is None:
        return reader.absent
    return default_of(project, module, call.scope, text) if text else UNKNOWN


def _function_called(project: Project, module: Module, call: Call) -> tuple[_Reader, str] | None:
    known = _READERS.get(outside_name(project, module, call.scope, call.callee))
    return None if known is None else (known, _target_cast(call))


def _object_called(project: Project, module: Module, call: Call) -> tuple[_Reader, str] | None:
    if outside_name(project, module, call.scope, call.callee):
        return None
    for text, method in ((call.callee, ""), call.callee.rpartition(".")[::2]):
        if text and (made := _class_of_object(project, module, call.scope, text)) in _OBJECTS:
            reader = _OBJECTS[made]
            if not method:
                return reader, _target_cast(call)
            return (reader._replace(default=1, cast=-1), method) if method in _TYPED else None
    return None


def _target_cast(call: Call) -> str:
    return call.target if call.usage is ResultUse.ARGUMENT else ""


def _class_of_object(project: Project, module: Module, scope: int, text: str) -> str:
    """The full name of the outside class that a variable of the project is an object of."""
    symbol = project.resolve(module, scope, text).symbol
    return _class_of(project, symbol) if isinstance(symbol, VariableSymbol) else ""


def _class_of(project: Project, variable: VariableSymbol) -> str:
    value = variable.fact.value
    if value is None or value.kind is not ValueKind.CALL:
        return ""
    return outside_name(project, variable.module, MODULE_SCOPE, value.text)


def _location(module: Module, fact: Call | ItemRead) -> Location:
    return Location(module.path, fact.line, fact.column, fact.line)
