"""Public functions that are called the same in several modules. Shared by SSOT208 and SSOT209."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.finding import Finding
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.factories import has_factory_name, is_called_by_framework
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout, is_parallel
from ssot_rules.analysis.signatures import required_names
from ssot_rules.analysis.vocabulary import BUILT_IN_VALUES

# `create_client` says nothing about which client; `create_billing_client` does.
_TELLING_WORDS = 2


def found_among_namesakes(
    project: Project,
    rule: Rule,
    counts: Callable[[FunctionSymbol], bool],
    find: Callable[[Project, tuple[FunctionSymbol, ...]], Finding | None],
) -> Iterator[Finding]:
    """What ``find`` finds among public top-level functions of one name, of those that ``counts`` tells, that stand in
    at least two modules and are to be judged together, by place; the names in alphabetical order. ``find`` is like what
    :meth:`Project.in_groups` takes.

    Hooks are left out, and what is conditional, generated, or called by a framework only.
    """
    functions = _FunctionsIn(rule.zones, counts)
    named = project.folded(functions, Groups[str, FunctionSymbol]).together()
    found = project.in_groups(_FoundAmong(find), named, functions)
    for group in sorted(found, key=lambda group: group[0].name):
        yield from found[group]


@dataclass(frozen=True, slots=True)
class _FoundAmong:
    """What is found among functions of one name, in each group that is to be judged. For :meth:`Project.in_groups`."""

    find: Callable[[Project, tuple[FunctionSymbol, ...]], Finding | None]

    def __call__(self, project: Project, functions: tuple[FunctionSymbol, ...]) -> tuple[Finding, ...]:
        found = (self.find(project, group) for group in _comparable_among(project, functions))
        return tuple(finding for finding in found if finding is not None)


@dataclass(frozen=True, slots=True)
class _FunctionsIn:
    """The functions of a module that :func:`found_among_namesakes` looks at, by name. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]
    counts: Callable[[FunctionSymbol], bool]

    def __call__(self, _: Project, module: Module) -> tuple[tuple[str, FunctionSymbol], ...]:
        functions = module.top_level_functions if module.zone in self.zones and is_handwritten(module) else ()
        return tuple((each.name, each) for each in functions if _is_open(each) and self.counts(each))


def _comparable_among(
    project: Project, functions: tuple[FunctionSymbol, ...]
) -> tuple[tuple[FunctionSymbol, ...], ...]:
    """Those among functions of one name that are to be judged together."""
    if is_hook_layout([function.module for function in functions]):
        return ()
    groups = project.comparable_groups(functions)
    return tuple(tuple(group) for group in groups if len({function.module for function in group}) > 1)


def is_accessor(function: FunctionSymbol) -> bool:
    """Whether a function is named as factories are."""
    return has_factory_name(function.name)


def is_one_role(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether two namesakes are meant to be the same: the name tells enough, they are not the same place in parallel
    folders, and their annotations do not say that they return different things."""
    return has_telling_name(one) and not return_other_things(one, other) and not is_parallel(one.module, other.module)


def return_other_things(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether both say what they return, and it is not the same."""
    said = {_said_to_return(function) for function in (one, other)} - {""}
    return len(said) > 1


def _said_to_return(function: FunctionSymbol) -> str:
    """The return annotation, of a built-in type its name alone: ``Dict[str, Any]`` is a ``dict``."""
    text = function.fact.returns
    name = text.partition("[")[0].rpartition(".")[2].lower()
    return name if name in BUILT_IN_VALUES else text


def can_be_confused(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    """Whether a call of one may be meant for the other: they need as many arguments, or one of the same name; of
    functions that are no factories one of the same name, for anything may be called `send_order_mail`."""
    needed, needed_there = required_names(one), required_names(other)
    if needed & needed_there:
        return True
    return is_accessor(one) and len(needed) == len(needed_there)


def has_telling_name(function: FunctionSymbol) -> bool:
    """Whether the name says in two words or more what it builds."""
    return len(_object_words(function.name)) >= _TELLING_WORDS


def calls_namesake(project: Project, function: FunctionSymbol, namesakes: Sequence[FunctionSymbol]) -> bool:
    """Whether a function calls one of its namesakes: a wrapper for callers of the other kind."""
    return any(
        call.module is function.module and call.fact.scope == function.fact.scope
        for namesake in namesakes
        if namesake is not function
        for call in project.calls_of(namesake)
    )


def _is_open(function: FunctionSymbol) -> bool:
    fact = function.fact
    if fact.name.startswith("_") or fact.is_generator or fact.guard is not Guard.NONE:
        return False
    return not is_called_by_framework(function)


def _object_words(name: str) -> tuple[str, ...]:
    """The words that say what is built: ``client`` for ``async_get_client`` and ``client_factory``."""
    parts = tuple(word for word in words(name) if word != "async")
    return parts[:-1] if parts[-1:] in (("factory",), ("builder",)) else parts[1:]
