"""What is registered under a literal key: tasks, commands, entries of the project's own registries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model.facts import Call, ParameterKind, ResultUse
from ssot_lint.model.syntax import MODULE_SCOPE, Exit, Guard, ValueKind
from ssot_lint.project.outside_uses import outside_name
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.call_arguments import decorated_at, literal_argument
from ssot_rules.analysis.literals import string_of
from ssot_rules.analysis.vocabulary import OVERRIDE_WORDS

_CELERY = "celery.Celery"
_SHARED_TASK = "celery.shared_task"
_GROUP_CLASSES = frozenset({"click.Group", "typer.Typer"})
_GROUP_DECORATOR = "click.group"
_COMMAND_VERBS = frozenset({"command", "group"})
_DROPPED_ENDINGS = frozenset({"cmd", "command", "group", "grp"})
"""Last words that newer versions of click leave out of the names that they make of functions."""


@dataclass(frozen=True, slots=True)
class Registration:
    """``definition`` is registered under ``key`` at ``registry``: a definition of the project, or a word for what a
    library has one of."""

    registry: Symbol | str
    key: str
    definition: FunctionSymbol | ClassSymbol

    @property
    def registry_name(self) -> str:
        return self.registry if isinstance(self.registry, str) else self.registry.id


def registrations(project: Project) -> tuple[Registration, ...]:
    """What decorators surely register when a module is imported, in source order."""
    return project.in_modules(_registrations_in)


def _registrations_in(project: Project, module: Module) -> tuple[Registration, ...]:
    found = []
    for call in module.derived(_decorating_calls):
        place = None if _says_override(call) else _place(project, module, call)
        definition = None if place is None else decorated_at(module, call.line)
        if place is not None and definition is not None:
            found.append(Registration(*place, definition))
    return tuple(found)


def _decorating_calls(module: Module) -> tuple[Call, ...]:
    return tuple(
        call
        for call in module.facts.calls
        if call.usage is ResultUse.DECORATOR and call.scope == MODULE_SCOPE and call.guard is Guard.NONE
    )


def _place(project: Project, module: Module, call: Call) -> tuple[Symbol | str, str] | None:
    """Registry and key of a decorator."""
    prefix, _, verb = call.callee.rpartition(".")
    if outside_name(project, module, call.scope, call.callee) == _SHARED_TASK:
        return _keyed("shared tasks of celery", string_of(literal_argument(call, -1, "name")))
    owner = project.resolve(module, call.scope, prefix).symbol if prefix else None
    made = _made_of(project, owner)
    if verb == "task" and made == _CELERY and owner is not None:
        return _keyed(owner, string_of(literal_argument(call, -1, "name")))
    if verb in _COMMAND_VERBS and owner is not None and (made in _GROUP_CLASSES or _is_group(project, owner)):
        return _keyed(owner, _command_name(module, call))
    return _own_registry(project, module, call, owner)


def _keyed(registry: Symbol | str, key: str | None) -> tuple[Symbol | str, str] | None:
    return (registry, key) if key else None


def _made_of(project: Project, symbol: Symbol | None) -> str:
    """The full name of the outside class that a variable is an object of."""
    if not isinstance(symbol, VariableSymbol) or symbol.fact.value is None:
        return ""
    value = symbol.fact.value
    return outside_name(project, symbol.module, MODULE_SCOPE, value.text) if value.kind is ValueKind.CALL else ""


def _is_group(project: Project, symbol: Symbol) -> bool:
    """Whether a function is a group of commands of click."""
    if not isinstance(symbol, FunctionSymbol):
        return False
    names = [decorator.name for decorator in symbol.fact.decorators]
    outside = [outside_name(project, symbol.module, symbol.fact.parent, name) for name in names if name]
    return _GROUP_DECORATOR in outside or any(name.endswith(".group") for name in names)


def _command_name(module: Module, call: Call) -> str | None:
    """What a command is called: as it is told, else as click and typer make it of the name of the function."""
    given = literal_argument(call, 0, "name")
    definition = decorated_at(module, call.line) if given is None else None
    if definition is None or not _DROPPED_ENDINGS.isdisjoint(words(definition.name)[-1:]):
        return string_of(given)
    return definition.name.lower().replace("_", "-")


def _says_override(call: Call) -> bool:
    """Whether the call says that it takes the place of another."""
    return any(not OVERRIDE_WORDS.isdisjoint(words(argument.keyword)) for argument in call.arguments)


def _own_registry(
    project: Project, module: Module, call: Call, owner: Symbol | None
) -> tuple[Symbol | str, str] | None:
    """Registry and key of a decorator of the project whose first argument is the key of a dict."""
    function = _function_of(project, module, call, owner)
    parameter = None if function is None else _first_parameter(function)
    if function is None or parameter is None:
        return None
    key = string_of(literal_argument(call, 0, parameter))
    if not key or _checks(function, parameter):
        return None
    for target in _targets(function, parameter):
        root = target.partition(".")[0]
        if function.fact.parameters and root == function.fact.parameters[0].name and owner is not None:
            return owner, key
        held = project.resolve(function.module, function.fact.scope, target).symbol
        if isinstance(held, VariableSymbol):
            return held, key
    return None


def _function_of(project: Project, module: Module, call: Call, owner: Symbol | None) -> FunctionSymbol | None:
    symbol = project.resolve(module, call.scope, call.callee).symbol
    if symbol is None and isinstance(owner, VariableSymbol) and owner.fact.value is not None:
        made = project.constructed_class(owner.module, MODULE_SCOPE, owner.fact.value)
        symbol = None if made is None else project.resolver.member(made, call.callee.rpartition(".")[2])
    return symbol if isinstance(symbol, FunctionSymbol) else None


def _first_parameter(function: FunctionSymbol) -> str | None:
    """The parameter that takes the first argument."""
    is_method = function.module.enclosing_class(function.fact.scope) is not None
    is_bound = is_method and all(each.name != "staticmethod" for each in function.fact.decorators)
    parameters = function.fact.parameters[1:] if is_bound else function.fact.parameters
    positional = (ParameterKind.POSITIONAL, ParameterKind.POSITIONAL_ONLY)
    return parameters[0].name if parameters and parameters[0].kind in positional else None


def _scopes_of(function: FunctionSymbol) -> frozenset[int]:
    """The scopes of a function and of those nested in it."""
    found = {function.fact.scope}
    for index, scope in enumerate(function.module.facts.scopes):
        if scope.parent in found:
            found.add(index)
    return frozenset(found)


def _targets(function: FunctionSymbol, parameter: str) -> Iterator[str]:
    """The dicts in which a function puts something under its parameter, as the code writes them."""
    scopes = _scopes_of(function)
    for fact in function.module.facts.mutations:
        if fact.scope in scopes and fact.operation == "setitem" and fact.key == parameter:
            yield fact.target


def _checks(function: FunctionSymbol, parameter: str) -> bool:
    """Whether a function refuses a key that it knows."""
    scopes = _scopes_of(function)
    return any(
        branch.scope in scopes and branch.exit is Exit.RAISE and parameter in re.findall(r"\w+", branch.test)
        for branch in function.module.facts.branches
    )
