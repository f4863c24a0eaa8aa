"""Which handler an application has for which method and path."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ssot_lint.model.facts import Binding, Call, Decorator, ResultUse
from ssot_lint.model.finding import Location
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.project.outside_uses import outside_name
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, VariableSymbol
from ssot_rules.analysis.call_arguments import decorated_at, literal_argument
from ssot_rules.analysis.literals import string_of
from ssot_rules.analysis.vocabulary import HTTP_METHODS

Owner = tuple[Module, int, str]
"""An application or a router: the module, the scope in which it is bound, its name there."""

_EVERY_METHOD = "*"
_DECORATING = frozenset({"api_route", "route", "websocket"})
"""Methods that register what they decorate, beside those that are called like one of HTTP."""
_PARAMETER = re.compile(r"\{[^{}:]*(:[^{}]*)?\}|<(?:(\w+):)?\w+>")


@dataclass(frozen=True, slots=True)
class Framework:
    """How a library registers handlers. ``methods`` is what a route answers that names none; ``harmless`` are the
    keywords of a registration that do not decide when it answers, None where none does."""

    methods: tuple[str, ...]
    harmless: frozenset[str] | None


# Declared on every route for what browsers ask first: a library answers before any handler is called.
_PREFLIGHT = frozenset({"OPTIONS", "HEAD"})
_FLASK = Framework(("GET",), frozenset({"endpoint", "methods", "provide_automatic_options", "rule", "view_func"}))
_ASGI = Framework(("GET",), None)
_AIOHTTP = Framework((_EVERY_METHOD,), frozenset({"allow_head", "handler", "method", "name", "path"}))
_DJANGO = Framework((_EVERY_METHOD,), frozenset({"name", "route", "view"}))

_APPLICATIONS: Mapping[str, Framework] = MappingProxyType(
    {
        "aiohttp.web.Application": _AIOHTTP,
        "aiohttp.web.RouteTableDef": _AIOHTTP,
        "fastapi.APIRouter": _ASGI,
        "fastapi.FastAPI": _ASGI,
        "fastapi.routing.APIRouter": _ASGI,
        "flask.Blueprint": _FLASK,
        "flask.Flask": _FLASK,
        "quart.Blueprint": _FLASK,
        "quart.Quart": _FLASK,
        "starlette.applications.Starlette": _ASGI,
        "starlette.routing.Router": _ASGI,
    }
)
"""Classes whose objects handlers are registered with, by their full names."""

_LISTED: Mapping[str, tuple[str, Framework]] = MappingProxyType(
    {
        "django.urls.path": ("urlpatterns", _DJANGO),
        "django.urls.re_path": ("urlpatterns", _DJANGO),
        "starlette.routing.Route": ("routes", _ASGI),
    }
)
"""Calls that are entries of a list of routes, and what the list is called."""


@dataclass(frozen=True, slots=True)
class Route:
    """A handler of ``method`` and ``path`` (its parameters without names) at ``owner``. ``handler`` is what answers, as
    the code writes it; ``scope`` is where it is registered, in ``location``."""

    owner: Owner
    method: str
    path: str
    handler: str
    module: Module
    scope: int
    location: Location

    @property
    def definition(self) -> FunctionSymbol | ClassSymbol | None:
        """The handler, where the registration decorates it."""
        return decorated_at(self.module, self.location.line)


def routes(project: Project) -> tuple[Route, ...]:
    """The routes that are surely registered, in source order; for :meth:`Project.derived`."""
    return project.gathered(_routes_in)


def _routes_in(project: Project, module: Module) -> tuple[Route, ...]:
    # What a call without arguments is of needs no looking up: it names no path.
    calls = (call for call in module.facts.calls if call.arguments_text and call.guard is Guard.NONE)
    return tuple(route for call in calls for route in _routes_of(project, module, call))


def _routes_of(project: Project, module: Module, call: Call) -> Iterator[Route]:
    if listed := _LISTED.get(outside_name(project, module, call.scope, call.callee)):
        yield from _entry(module, call, *listed)
        return
    text, _, verb = _written_callee(module, call).rpartition(".")
    if not _may_register(call, verb):  # as most calls: what their owners mean needs no looking up
        return
    owner_text = text.removesuffix(".router")
    framework = _framework_of(project, module, call, owner_text) if owner_text else None
    if framework is None or not _is_understood(call, framework):
        return
    registration = _decorated(module, call, verb) if call.usage is ResultUse.DECORATOR else _added(call, verb)
    if registration is not None:
        path, methods, handler = registration
        owner = owner_of_name(project, module, call.scope, owner_text)
        answered = [method for method in methods or framework.methods if method not in _PREFLIGHT]
        yield from _each(owner, module, call, path, answered, handler)


def _may_register(call: Call, verb: str) -> bool:
    if call.usage is ResultUse.DECORATOR:
        return verb in HTTP_METHODS or verb in _DECORATING
    return verb.startswith("add_")


def _written_callee(module: Module, call: Call) -> str:
    """The callee as it is written where it decorates: the facts put what a local variable holds in its place."""
    function = decorated_at(module, call.line) if call.usage is ResultUse.DECORATOR else None
    if function is None or "()" not in call.callee:
        return call.callee
    return next(each.name for each in function.fact.decorators if each.line == call.line)


def _framework_of(project: Project, module: Module, call: Call, owner: str) -> Framework | None:
    if "()" in call.callee:
        return _APPLICATIONS.get(outside_name(project, module, call.scope, call.callee.partition("()")[0]))
    symbol = project.resolve(module, call.scope, owner).symbol
    if not isinstance(symbol, VariableSymbol) or symbol.fact.value is None:
        return None
    value = symbol.fact.value
    if value.kind is not ValueKind.CALL or _binding_count(symbol) > 1:
        return None
    return _APPLICATIONS.get(outside_name(project, symbol.module, MODULE_SCOPE, value.text))


def _binding_count(symbol: VariableSymbol) -> int:
    return sum(fact.scope == MODULE_SCOPE and fact.name == symbol.name for fact in symbol.module.facts.bindings)


def owner_of_name(project: Project, module: Module, scope: int, text: str) -> Owner:
    """The application or router that a name means in a scope."""
    symbol = project.resolve(module, scope, text).symbol
    return (symbol.module, MODULE_SCOPE, symbol.name) if symbol is not None else (module, scope, text)


def _is_understood(call: Call, framework: Framework) -> bool:
    if any(argument.star for argument in call.arguments):
        return False
    given = {argument.keyword for argument in call.arguments} - {""}
    return framework.harmless is None or given <= framework.harmless


def _decorated(module: Module, call: Call, verb: str) -> tuple[str, Sequence[str], str] | None:
    """Path, methods and handler of a decorator."""
    function = decorated_at(module, call.line)
    methods = _methods(call, verb)
    path = _path(literal_argument(call, 0, "path") or literal_argument(call, 0, "rule"))
    if function is None or methods is None or path is None or _is_versioned(function.fact.decorators):
        return None
    return path, methods, function.qualname


def _is_versioned(decorators: Sequence[Decorator]) -> bool:
    """Whether a handler may be that of one version of an API only."""
    return any("version" in each.name for each in decorators)


def _methods(call: Call, verb: str) -> Sequence[str] | None:
    """The methods of a registration, empty for those that the library takes; None for what registers nothing, or where
    they cannot be told."""
    if verb in HTTP_METHODS:
        return (verb.upper(),)
    if verb == "websocket":
        return ("WEBSOCKET",)
    if verb not in _DECORATING:
        return None
    text = literal_argument(call, -1, "methods")
    if text is None:
        return ()
    try:
        methods = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None
    return tuple(str(method).upper() for method in methods)


def _added(call: Call, verb: str) -> tuple[str, Sequence[str], str] | None:
    """Path, methods and handler of ``add_url_rule`` and its like."""
    if verb == "add_url_rule":
        path, handler = literal_argument(call, 0, "rule"), literal_argument(call, 2, "view_func")
        methods = _methods(call, "route")
    elif verb in ("add_api_route", "add_route"):
        path, handler = literal_argument(call, 0, "path"), literal_argument(call, 1, "endpoint")
        methods = _methods(call, "route")
    elif verb.startswith("add_") and verb.removeprefix("add_") in HTTP_METHODS:
        path, handler = literal_argument(call, 0, "path"), literal_argument(call, 1, "handler")
        methods = (verb.removeprefix("add_").upper(),)
    else:
        return None
    text = _path(path)
    return (text, methods, handler) if text is not None and handler and methods is not None else None


def _entry(module: Module, call: Call, name: str, framework: Framework) -> Iterator[Route]:
    """An entry of a list of routes that is bound under the usual name."""
    path = string_of(literal_argument(call, 0, "route" if framework is _DJANGO else "path"))
    handler = literal_argument(call, 1, "view" if framework is _DJANGO else "endpoint")
    binding = next(
        (
            fact
            for fact in module.facts.bindings
            if fact.name == name and fact.scope == MODULE_SCOPE and fact.line <= call.line <= fact.end_line
        ),
        None,
    )
    is_plain = handler is not None and "include(" not in handler and "..." not in handler
    is_plain = is_plain and not (binding is not None and _is_nested(module, call, binding))
    if binding is None or path is None or handler is None or not is_plain or not _is_understood(call, framework):
        return
    methods = _methods(call, "route") if framework is _ASGI else ()
    if call.scope == MODULE_SCOPE and methods is not None:
        yield from _each((module, MODULE_SCOPE, name), module, call, path, methods or framework.methods, handler)


def _is_nested(module: Module, call: Call, binding: Binding) -> bool:
    """Whether an entry may stand in the list of an ``include`` before it: then its path is not the whole one."""
    calls = module.facts.calls
    around = calls[bisect_left(calls, binding.line, key=_line_of) : bisect_right(calls, binding.end_line, key=_line_of)]
    includes = (each for each in around if each.callee.rpartition(".")[2] == "include")
    is_after = any((each.line, each.column) < (call.line, call.column) and _holds_a_list(each) for each in includes)
    return is_after and call.column > min(each.column for each in around if each.callee == call.callee)


def _line_of(call: Call) -> int:
    return call.line


def _holds_a_list(call: Call) -> bool:
    return any(argument.text.startswith(("[", "(", "...")) for argument in call.arguments[:1])


def _each(owner: Owner, module: Module, call: Call, path: str, methods: Sequence[str], handler: str) -> Iterator[Route]:
    location = Location(module.path, call.line, call.column, call.line)
    for method in methods:
        yield Route(owner, method, _unnamed(path), handler, module, call.scope, location)


def _unnamed(path: str) -> str:
    """A path without the names of its parameters: those of two routes may differ."""
    return _PARAMETER.sub(lambda match: f"{{{match[1] or match[2] or ''}}}", path)


def _path(literal: str | None) -> str | None:
    """The path that an argument gives; None for what is none (``aiohttp`` may take the method first)."""
    path = string_of(literal)
    return path if path is not None and (not path or path.startswith("/")) else None
