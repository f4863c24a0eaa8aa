"""Which functions certainly return what cannot be awaited."""

from __future__ import annotations

from ssot_lint.model.syntax import Exit, Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, VariableSymbol
from ssot_rules.analysis.class_kinds import makes_data_class
from ssot_rules.analysis.factories import annotated_class, owner_of
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.vocabulary import (
    AWAITABLE_BASES,
    BUILT_IN_VALUES,
    INSTANCE_NAMES,
    PLAIN_METACLASSES,
    SETTLED_CLASS_DECORATORS,
)
from ssot_rules.factories._coroutines import is_settled, is_what_it_says

_PLAIN = frozenset(
    {ValueKind.CONSTANT, ValueKind.NONE, ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.TUPLE}
    | {ValueKind.LAMBDA, ValueKind.COMPREHENSION}
)
# Functions that return what others return are followed that far.
_LONGEST_CHAIN = 5


def returns_plain_objects(project: Project, function: FunctionSymbol) -> bool:
    """Whether nothing that the function may return can be awaited.

    One without a value to return gives None, unless it is a method that says nothing else: that may be a stub.
    """
    return is_settled(project, function) and _returns_plain(project, function, _LONGEST_CHAIN)


def _returns_plain(project: Project, function: FunctionSymbol, depth: int) -> bool:
    fact = function.fact
    if all(value.kind is ValueKind.NONE for value in fact.returned):
        is_stub = owner_of(function) is not None and not fact.body.statements - len(fact.returned)
        return fact.exit is not Exit.RAISE and not is_stub
    return all(_is_plain(project, function, value, depth) for value in fact.returned)


def _is_plain(project: Project, function: FunctionSymbol, value: Value, depth: int) -> bool:
    if value.awaited or value.kind in _PLAIN:
        return not value.awaited
    match value.kind:
        case ValueKind.NAME:
            return _holds_plain_object(project, function, value.text)
        case ValueKind.CALL if _gives_plain_object(project, function, value, depth):
            return True
        case ValueKind.CALL | ValueKind.SUBSCRIPT:
            said = annotated_class(project, function)
            is_entry = value.kind is ValueKind.SUBSCRIPT or value.text.endswith(".get")
            has_default = value.kind is ValueKind.CALL and "," in value.arguments_text
            if is_entry and not has_default and _holds_constants(project, function, value.text.removesuffix(".get")):
                return True
            return is_entry and said is not None and not _may_be_awaited(project, said)
        case _:
            return False


def _gives_plain_object(project: Project, function: FunctionSymbol, value: Value, depth: int) -> bool:
    """Whether a call makes an object of a class without ``__await__``, or is one of a function that returns such."""
    found = project.resolve(function.module, function.fact.scope, value.text)
    if isinstance(found.symbol, ClassSymbol):
        return not _is_instance(function, value.text) and not _may_be_awaited(project, found.symbol)
    if isinstance(found.symbol, FunctionSymbol):
        inner = found.symbol
        is_certain = is_what_it_says if value.text.startswith("super().") else is_settled
        if not depth or inner.fact.is_async or not is_certain(project, inner):
            return False
        return _returns_plain(project, inner, depth - 1)
    return value.text in BUILT_IN_VALUES and found.symbol is None and found.outcome is not Outcome.EXTERNAL


def _is_instance(function: FunctionSymbol, text: str) -> bool:
    """Whether a name is the object that a method is called on, which may be called itself."""
    is_class = any(decorator.name == "classmethod" for decorator in function.fact.decorators)
    parameters = function.fact.parameters
    return not is_class and bool(parameters) and parameters[0].name == text


def _holds_plain_object(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a name is a variable of a module, or an attribute, of a class that is known."""
    scope = function.fact.scope
    symbol = project.resolve(function.module, scope, text).symbol
    if isinstance(symbol, VariableSymbol):
        cls = project.resolver.variable_class(symbol)
    else:
        owner_text, _, name = text.rpartition(".")
        owner = project.resolve_class(function.module, scope, owner_text)
        cls = None if owner is None else project.resolver.attribute_class(owner, name)
    return cls is not None and not _may_be_awaited(project, cls)


def _holds_constants(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a name is a dict or list of a module that is spelled out in full, and that the module leaves so."""
    symbol = project.resolve(function.module, function.fact.scope, text).symbol
    if not isinstance(symbol, VariableSymbol) or not symbol.fact.elements or symbol.fact.value is None:
        return False
    is_display = symbol.fact.value.kind in (ValueKind.DICT, ValueKind.LIST, ValueKind.TUPLE)
    facts = symbol.module.facts
    bound = [fact for fact in facts.bindings if fact.name == symbol.name and fact.scope == symbol.fact.scope]
    return is_display and len(bound) == 1 and not any(fact.target == symbol.name for fact in facts.mutations)


def _may_be_awaited(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class has ``__await__``, a metaclass or decorator of its own mind, or a base that may have it."""
    ancestry = project.ancestry(cls)
    if any(not _is_ordinary(project, ancestor) for ancestor in ancestry):
        return True
    if any(not is_generic(base) or base.rpartition(".")[2] in AWAITABLE_BASES for base in project.base_names(cls)):
        return True
    if project.resolver.member(cls, "__await__") is not None:
        return True
    maker = project.resolver.member(cls, "__new__")
    return maker is not None and not (isinstance(maker, FunctionSymbol) and _makes_its_instance(maker))


def _is_ordinary(project: Project, cls: ClassSymbol) -> bool:
    keywords = (value for key, value in cls.fact.keywords if key == "metaclass")
    if any(value.rpartition(".")[2] not in PLAIN_METACLASSES for value in keywords):
        return False
    return all(
        decorator.name.rpartition(".")[2] in SETTLED_CLASS_DECORATORS or makes_data_class(project, cls, decorator)
        for decorator in cls.fact.decorators
    )


def _makes_its_instance(maker: FunctionSymbol) -> bool:
    """Whether a ``__new__`` gives what ``object.__new__`` made, now or before, or raises."""
    returned = maker.fact.returned
    return all(_is_made_instance(value) for value in returned) and (bool(returned) or maker.fact.exit is Exit.RAISE)


def _is_made_instance(value: Value) -> bool:
    if value.kind is ValueKind.CALL:
        return value.text in ("super().__new__", "object.__new__")
    return value.kind is ValueKind.NAME and value.text.rpartition(".")[2].strip("_") in INSTANCE_NAMES
