"""Code that goes on using what is deprecated: who may, who calls it at home, and what changes for those who move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_lint.model.finding import Home
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.names_read import scopes_within
from ssot_lint.project.project import Project
from ssot_lint.project.references import CallReference, ImportReference
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.imports import is_within
from ssot_rules.imports._deprecations import Deprecated

_SHIM = re.compile(
    r"backwards?[- ]compat|compatibility|downstream|\bshim\b|\bkept (?:for|until)\b|remains? available", re.IGNORECASE
)


def is_shim(thing: Deprecated) -> bool:
    """Whether the texts say that a thing is kept for those outside the project."""
    docstring = thing.module.facts.docstring if thing.symbol is None else thing.symbol.fact.docstring
    return any(map(_SHIM.search, (*thing.claims, docstring)))


def is_published(thing: Deprecated, use: ImportReference) -> bool:
    """Whether a package offers what its own module has: that is for users outside, and none of the project's code."""
    package = use.importer
    return package.source.is_package and use.fact.scope == MODULE_SCOPE and is_within(thing.module, package)


def serves_old_and_new(use: ImportReference, home: Home | None) -> bool:
    """Whether a module has the replacement as well, and makes a subclass of what it replaces: each serves the callers
    of its own day, and the old subclass goes when those do."""
    facts = use.importer.facts
    new = "" if home is None else home.symbol.partition(":")[2]
    has_new = any(fact.name == new for fact in facts.imports)
    return has_new and any(use.fact.bound_name in cls.bases for cls in facts.classes)


def types_parameters_only(use: ImportReference) -> bool:
    """Whether a module mentions a name in annotations of parameters only: it still takes what others hand in."""
    module, name = use.importer, use.fact.bound_name
    annotations = [each.annotation for function in module.facts.functions for each in function.parameters]
    return any(_mentions(text, name) for text in annotations) and not any(
        _mentions(text, name) for text in _other_texts(module)
    )


def _other_texts(module: Module) -> Iterator[str]:
    """The texts of a module's code that are no annotations of parameters, as far as there are facts of them."""
    facts = module.facts
    for function in facts.functions:
        yield from facts.mentioned_by(function)
        yield function.returns
    yield from (base for cls in facts.classes for base in cls.bases)
    yield from (call.callee for call in facts.calls)
    for binding in facts.bindings:
        yield binding.annotation
        yield "" if binding.value is None else binding.value.text


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None


def callers_inside(project: Project, thing: Deprecated, home: Home | None) -> Sequence[CallReference]:
    """The calls of a deprecated function or class in its own module, other than by itself and by what replaces it."""
    if thing.symbol is None:
        return ()
    own = thing.symbol.fact.scope
    calls = (call for call in project.calls_of(thing.symbol) if call.module is thing.module)
    return [call for call in calls if call.fact.scope != own and not _is_within(project, call, thing, home)]


def what_then(project: Project, thing: Deprecated, home: Home | None) -> str:
    """What becomes of a thing once nothing imports it: what is kept for users outside the project is not to be deleted,
    nor is what its replacement is built on."""
    if is_shim(thing):
        return "; leave it to users outside, for whom it is kept"
    calls = () if thing.symbol is None else project.calls_of(thing.symbol)
    if home is not None and any(_is_within(project, call, thing, home) for call in calls):
        return f", then make {thing.id} private: `{home.symbol.partition(':')[2]}` calls it"
    return f", then delete {thing.id}"


def _is_within(project: Project, call: CallReference, thing: Deprecated, home: Home | None) -> bool:
    new = None if home is None else _named_by(project, thing, home)
    if not isinstance(new, (ClassSymbol, FunctionSymbol)) or new.module is not call.module:
        return False
    return call.fact.scope in scopes_within(new)


def _named_by(project: Project, thing: Deprecated, home: Home) -> object:
    """What stands in the home."""
    module = project.resolver.index.find_module(thing.module, home.module)
    return None if module is None else module.namespace.get(home.symbol.partition(":")[2])


def difference(project: Project, thing: Deprecated, home: Home) -> str:
    """What else changes for the callers of a function: the type of the result, and that it has to be awaited."""
    new, old = _named_by(project, thing, home), thing.symbol
    if not isinstance(old, FunctionSymbol) or not isinstance(new, FunctionSymbol):
        return ""
    if new.fact.is_async and not old.fact.is_async:
        return "; it is to be awaited"
    before, after = old.fact.returns, new.fact.returns
    return f"; it returns `{after}`, not `{before}`" if before and after and before != after else ""
