"""Whether what is put into a container is worth taking out again."""

from __future__ import annotations

import re

from ssot_lint.model.facts import Mutation
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.containers import changed_part, is_container
from ssot_rules.analysis.vocabulary import (
    IDENTIFIER_WORDS,
    LIGHT_CLASSES,
    LIVE_WORDS,
    MEMO_WORDS,
    STARTERS,
)

_DISPLAYS = frozenset({ValueKind.LIST, ValueKind.DICT, ValueKind.SET, ValueKind.COMPREHENSION})


def keeps_heavy_thing(project: Project, module: Module, fact: Mutation) -> bool:
    """Whether an addition keeps more than a few bytes alive: an object, a list that grows, a task; not an identifier
    that is only noted, a flag, a short text or a lock."""
    if changed_part(fact.target) != fact.target:
        return True
    if fact.operation == "add" or _is_noted_once(module, fact):
        return _is_live(fact.key)
    if fact.operation in ("append", "appendleft"):
        return True
    value = fact.value
    return value is not None and any(_is_heavy(project, module, fact, each) for each in (value, *value.options))


def _is_noted_once(module: Module, fact: Mutation) -> bool:
    """Whether a list takes only what is not in it yet, as a set would: ``if name not in seen: seen.append(name)``."""
    asked = re.compile(rf"(?<![\w.]){re.escape(fact.key)} not in {re.escape(fact.target)}(?![\w.])")
    return fact.operation in ("append", "appendleft") and any(
        branch.scope == fact.scope and branch.line <= fact.line and asked.search(branch.test)
        for branch in module.facts.branches
    )


def _is_heavy(project: Project, module: Module, fact: Mutation, value: Value) -> bool:
    if value.kind in _DISPLAYS or is_container(value):
        return True
    if value.kind is ValueKind.CALL:
        return _makes_heavy_thing(project, module, fact.scope, value)
    if value.kind is not ValueKind.NAME:
        return False
    return _is_live(value.text) or _may_be_object(project, module, fact, value.text)


def _makes_heavy_thing(project: Project, module: Module, scope: int, value: Value) -> bool:
    """Whether a call constructs an object, of the project or of a library, that is no plain value; or starts a task."""
    cls = project.constructed_class(module, scope, value)
    if cls is not None:
        return not is_value_type(project, cls)
    name = value.text.rpartition(".")[2]
    return name in STARTERS or (name[:1].isupper() and name not in LIGHT_CLASSES)


def _may_be_object(project: Project, module: Module, fact: Mutation, name: str) -> bool:
    """Whether a parameter takes an object: one of a class of the project, or untold what; but not where texts are
    remembered, and no identifier."""
    function = module.scope_symbol(fact.scope)
    parameters = function.fact.parameters if isinstance(function, FunctionSymbol) else ()
    parameter = next((each for each in parameters if each.name == name), None)
    if parameter is None:
        return False
    if parameter.annotation:
        text = parameter.annotation.strip("\"'").partition("|")[0].strip()
        cls = project.resolve_class(module, fact.scope, text)
        return cls is not None and not is_value_type(project, cls)
    is_memo = bool(MEMO_WORDS & set(words(fact.target.rpartition(".")[2])))
    return not is_memo and IDENTIFIER_WORDS.isdisjoint(words(name)[-1:])


def _is_live(name: str) -> bool:
    return bool(LIVE_WORDS & set(words(name.rpartition(".")[2])[-1:]))
