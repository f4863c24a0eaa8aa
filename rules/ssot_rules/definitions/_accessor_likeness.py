"""Which accessors of one name may be taken for one another, by what they take, give and do."""

from __future__ import annotations

from ssot_lint.model.annotations import annotated_class
from ssot_lint.model.facts import ParameterKind
from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, VariableSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.bodies import is_identical, likeness
from ssot_rules.analysis.containers import begins_empty
from ssot_rules.analysis.drift import signature_of
from ssot_rules.analysis.layout import is_async_twin
from ssot_rules.analysis.meanings import makes_logger, meanings_of, other_meanings
from ssot_rules.analysis.overlays import are_editions
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.variants import are_of_two_times
from ssot_rules.analysis.vocabulary import TYPING_ALIASES, UNTOLD_TYPES

# One parameter of one name (`request`, `config`, `path`) is in half of all functions.
_TELLING_PARAMETERS = 2
_TELLING_SHARE = 0.5
_TELLING_LINES = 2
_TELLING_WORDS = 2
_FROZEN = frozenset({"MappingProxyType", "frozenset", "re.compile", "types.MappingProxyType"})
_STATE = (ValueKind.DICT, ValueKind.LIST, ValueKind.SET, ValueKind.CALL)


def may_be_confused(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether one accessor may be taken for the other: nothing sets them apart, and more than the name says that they
    do the same. No parameters, no annotations and the same built-in result say nothing."""
    if _are_set_apart(project, one, other):
        return False
    if is_identical(one, other):
        return not other_meanings(meanings_of(project, one), meanings_of(project, other))
    if _result_class(project, one) is not None and _result_class(project, other) is not None:
        return not _take_other_things(one, other)
    if _have_telling_parameters(one, other) or _share_lines(one, other):
        return True
    return _are_told_of_by_name(one, other)


def keep_their_own(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two accessors in different folders take the same, defaults included, and each gives what a table or an
    object of its own module holds: what a caller changes by the one, a caller of the other does not see."""
    if one.module.path.rpartition("/")[0] == other.module.path.rpartition("/")[0]:
        return False
    is_called_alike = _have_telling_parameters(one, other) and signature_of(one.fact) == signature_of(other.fact)
    return is_called_alike and all(_reads_state(project, function) for function in (one, other))


def _reads_state(project: Project, function: FunctionSymbol) -> bool:
    names = function.module.facts.mentioned_by(function.fact)
    symbols = (project.resolve(function.module, MODULE_SCOPE, name).symbol for name in names)
    return any(
        isinstance(symbol, VariableSymbol)
        and symbol.module is function.module
        and symbol.fact.value is not None
        and symbol.fact.value.kind in _STATE
        and not makes_logger(symbol.fact.value)
        and not _is_table(symbol)
        for symbol in symbols
    )


def _is_table(symbol: VariableSymbol) -> bool:
    """Whether a variable is a constant of several values that its module only reads: the endings of file names that
    one format has."""
    value = symbol.fact.value
    is_filled = value is not None and not begins_empty(value)
    is_table = value is not None and (value.kind is not ValueKind.CALL or value.text in _FROZEN)
    is_changed = any(fact.target == symbol.name for fact in symbol.module.facts.mutations)
    return symbol.name.isupper() and is_filled and is_table and not is_changed


def is_bridge(function: FunctionSymbol) -> bool:
    """Whether a function takes whatever it is given, to pass it on."""
    kinds = {parameter.kind for parameter in function.fact.parameters}
    return {ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD} <= kinds


def _are_set_apart(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    return (
        not can_reach(project, one.module, other.module)
        or is_async_twin(one.module, other.module)
        or are_editions(one, other)
        or are_of_two_times(project, one.module, other.module)
        or _give_other_things(project, one, other)
    )


def _give_other_things(project: Project, one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether both tell what they return, and it is not the same."""
    first, second = _result_class(project, one), _result_class(project, other)
    if first is not None and second is not None and set(project.ancestry(first)) & set(project.ancestry(second)):
        return False
    said, said_there = _result_name(project, one), _result_name(project, other)
    return bool(said and said_there) and said != said_there


def _result_class(project: Project, function: FunctionSymbol) -> ClassSymbol | None:
    """The first-party class of what a function returns: the one it says, or the only one that it constructs."""
    if name := annotated_class(function.fact.returns):
        return project.resolve_class(function.module, MODULE_SCOPE, name)
    products = project.products(function)
    return products[0] if len(products) == 1 else None


def _result_name(project: Project, function: FunctionSymbol) -> str:
    """What a function returns, as one word, the names of :mod:`typing` taken for those of the built-in types; empty if
    it does not tell."""
    text = function.fact.returns
    cls = _result_class(project, function)
    name = cls.name if cls is not None else (annotated_class(text) or text).rpartition(".")[2]
    if name in UNTOLD_TYPES:
        return ""
    return name.lower() if name in TYPING_ALIASES else name


def _take_other_things(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    first, second = _parameters(one), _parameters(other)
    return bool(first and second) and set(first).isdisjoint(second)


def _have_telling_parameters(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    names = _parameters(one)
    return len(names) >= _TELLING_PARAMETERS and names == _parameters(other)


def _are_told_of_by_name(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether both are asked about the same thing, and the name says what: ``is_free_tier_org(org)``. One word behind
    the verb says too little (``load_config(config)``)."""
    told = words(one.name)[1:]
    asked = [words(name) for name in _parameters(one)]
    is_told = len(told) >= _TELLING_WORDS and bool(asked) and all(set(parts) <= set(told) for parts in asked)
    return is_told and signature_of(one.fact) == signature_of(other.fact)


def _parameters(function: FunctionSymbol) -> list[str]:
    return [parameter.name for parameter in function.fact.parameters]


def _share_lines(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    common, share = likeness(one, other)
    return common >= _TELLING_LINES and share >= _TELLING_SHARE
