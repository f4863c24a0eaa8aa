"""What the names in a body stand for: equal text that means other things is no copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.syntax import MODULE_SCOPE, Value, ValueKind
from ssot_lint.model.vocabulary import LOGGER_MAKERS
from ssot_lint.project.names_read import scopes_within
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome, Resolution
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol, VariableSymbol

# Helpers of helpers, and values that are made of values, are looked at that deep.
_DEPTH = 3
_NAME = re.compile(r"[^\W\d][\w.]*")
_PLAIN_TEXT = re.compile(r"""(?<![fF\w])(?:"[^"\n]*"|'[^'\n]*')""")


def meanings_of(project: Project, symbol: ClassSymbol | FunctionSymbol) -> dict[str, str]:
    """The names of the module that a definition reads, calls, annotates with or has as defaults, each with what it
    stands for; those that cannot be resolved are left out.

    Things of equal bodies, whatever functions call their own variables, and variables of equal values, count as the
    same, so that a copied helper does not hide the copied caller.
    """
    found = {}
    for scope, text in set(_names(symbol)):
        resolved = project.resolve(symbol.module, scope, text)
        meaning = _identity(project, resolved)
        if meaning and isinstance(symbol, ClassSymbol) and isinstance(resolved.symbol, ClassSymbol):
            meaning += _fields_of(project, resolved.symbol)
        if meaning:
            found[text] = meaning
    return found


def own_values(project: Project, function: FunctionSymbol) -> dict[str, str]:
    """What sets a function apart from one of equal text: the literal defaults of its parameters, and the constants of
    its module that it reads, by name."""
    found = {
        parameter.name: parameter.default.text
        for parameter in function.fact.parameters
        if parameter.default is not None and parameter.default.kind is ValueKind.CONSTANT
    }
    for name in function.module.facts.mentioned_by(function.fact):
        symbol = project.resolve(function.module, MODULE_SCOPE, name).symbol
        if isinstance(symbol, VariableSymbol) and symbol.fact.constant:
            found[name] = symbol.fact.constant
    return found


def other_meanings(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The names that stand for one thing in ``one`` and for another in ``other``, as :func:`meanings_of` gives them;
    sorted."""
    return sorted(name for name in one.keys() & other.keys() if one[name] != other[name])


def other_rules(
    project: Project, one: ClassSymbol | FunctionSymbol, other: ClassSymbol | FunctionSymbol, depth: int = _DEPTH
) -> list[str]:
    """The names for which two definitions have helpers of equal text that do not mean the same by it, or call such
    helpers; sorted."""
    here, there = meanings_of(project, one), meanings_of(project, other)
    return sorted(name for name in here.keys() & there.keys() if _go_apart(project, one, other, name, depth))


def _go_apart(
    project: Project, one: ClassSymbol | FunctionSymbol, other: ClassSymbol | FunctionSymbol, name: str, depth: int
) -> bool:
    first, second = (project.resolve(each.module, MODULE_SCOPE, name).symbol for each in (one, other))
    if not isinstance(first, FunctionSymbol) or not isinstance(second, FunctionSymbol) or first.module is second.module:
        return False
    if _text_of(first) != _text_of(second) or not depth:
        return False
    meant, meant_there = (meanings_of(project, each) | own_values(project, each) for each in (first, second))
    return bool(other_meanings(meant, meant_there) or other_rules(project, first, second, depth - 1))


def _text_of(function: FunctionSymbol) -> str:
    """What a function does, whatever it calls its parameters and local variables."""
    return function.fact.body.renamed_digest or function.fact.body.digest


def makes_logger(value: Value | None) -> bool:
    """Whether a value is a logger: which one means nothing to what a function does."""
    return value is not None and value.text.rpartition(".")[2] in LOGGER_MAKERS


def _names(symbol: ClassSymbol | FunctionSymbol) -> Iterator[tuple[int, str]]:
    """What may mean one thing here and another there, with the scope that it stands in. Of ``module.name`` the whole
    text tells: modules of other packages may hold equal helpers."""
    facts = symbol.module.facts
    scopes = scopes_within(symbol)
    yield from ((call.scope, call.callee) for call in facts.calls if call.scope in scopes)
    # ``from .core import Core`` is another one in each package.
    yield from ((fact.scope, fact.bound_name) for fact in facts.imports if fact.scope in scopes and fact.level)
    # Functions tell what they mention.
    for call in facts.calls if isinstance(symbol, ClassSymbol) else ():
        if call.scope == symbol.fact.scope:
            texts = (_PLAIN_TEXT.sub("", argument.text) for argument in call.arguments)
            yield from ((symbol.fact.parent, name) for text in texts for name in _NAME.findall(text))
    for function in facts.functions:
        if function.scope in scopes:
            yield from ((MODULE_SCOPE, name) for name in facts.mentioned_by(function))
    for binding in facts.bindings:
        if binding.scope in scopes and binding.value is not None and binding.value.kind is ValueKind.NAME:
            yield symbol.fact.parent, binding.value.text
        if binding.scope in scopes:
            yield from ((symbol.fact.parent, name) for name in _NAME.findall(binding.annotation))


def _identity(project: Project, found: Resolution, depth: int = _DEPTH) -> str:
    if found.outcome is Outcome.EXTERNAL:
        return found.external
    symbol = found.symbol
    if symbol is None:
        return ""
    if isinstance(symbol, VariableSymbol):
        value = symbol.fact.value
        if symbol.fact.constant:
            return symbol.fact.constant
        if makes_logger(value):
            return "a logger"
        text = "" if value is None else f"{value.kind.value} {value.text} {value.arguments_text}"
        return text and f"{text} {_made_of(project, symbol, depth)}"
    if not isinstance(symbol.fact, (Class, Function)):
        return symbol.id
    if isinstance(symbol, FunctionSymbol):
        return _text_of(symbol)
    digest = symbol.fact.body.digest
    if isinstance(symbol, ClassSymbol) and not symbol.fact.body.statements:
        return f"{digest} {_bases_of(project, symbol)}"
    return digest


def _fields_of(project: Project, cls: ClassSymbol, depth: int = _DEPTH) -> str:
    """What the annotations of a class's fields stand for: a list of tool calls is another one where a call is."""
    bindings = cls.module.class_variables(cls) if depth else ()
    names = dict.fromkeys(name for binding in bindings for name in _NAME.findall(binding.annotation))
    fields = (project.resolve(cls.module, cls.fact.parent, name).symbol for name in names)
    return "".join(
        f" {each.fact.body.digest}{_fields_of(project, each, depth - 1)}"
        for each in fields
        if isinstance(each, ClassSymbol) and each is not cls
    )


def _made_of(project: Project, symbol: VariableSymbol, depth: int) -> str:
    """What the names in a value stand for, constants left out: ``Color = Token.Color`` is another thing beside another
    ``Token``."""
    resolved = (project.resolve(symbol.module, MODULE_SCOPE, name) for name in symbol.fact.names if depth)
    parts = (each for each in resolved if each.symbol is not symbol and not _is_constant(each.symbol))
    return ", ".join(_identity(project, each, depth - 1) for each in parts)


def _is_constant(symbol: Symbol | None) -> bool:
    return isinstance(symbol, VariableSymbol) and bool(symbol.fact.constant)


def _bases_of(project: Project, cls: ClassSymbol) -> str:
    """What a class without a body of its own is by its bases, equal ones being the same."""
    bases = zip(project.resolver.bases(cls), cls.fact.bases, strict=True)
    return ", ".join(_base_identity(base) or text for base, text in bases)


def _base_identity(base: Resolution) -> str:
    symbol = base.symbol
    if isinstance(symbol, ClassSymbol) and symbol.fact.body.statements:
        return symbol.fact.body.digest
    return base.external if symbol is None else symbol.id
