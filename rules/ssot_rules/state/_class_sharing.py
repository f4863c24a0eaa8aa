"""What a container in a class body is to the instances of the class."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssot_lint.model.facts import Binding, Mutation
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard, ValueKind
from ssot_lint.model.vocabulary import REMOVALS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import Kind, is_metaclass, outer_bases, own_kinds
from ssot_rules.analysis.descendants import descendants
from ssot_rules.analysis.import_time import runs_at_import_only
from ssot_rules.analysis.vocabulary import C_STRUCTURES, MEMO_WORDS, ORDERING_OPERATIONS, TOLD_WORDS

_DECLARING = frozenset(Kind) - {Kind.EXCEPTION}
"""Kinds of classes that declare in class variables what each instance gets."""

_CONSTANT = re.compile(r"[bru]{0,2}[\"']|-?\d|(?:True|False|None)\Z|(?:\w+\.)*[A-Z][A-Z0-9_]*\Z")
_KEYED = frozenset({"setdefault", "setitem"})
_SEQUENCES = frozenset({ValueKind.LIST, ValueKind.SET})


def declares_fields(project: Project, cls: ClassSymbol) -> bool:
    """Whether class variables of ``cls`` are declarations of something else."""
    return (
        not _DECLARING.isdisjoint(own_kinds(project, cls))
        or is_metaclass(project, cls)
        or not C_STRUCTURES.isdisjoint(outer_bases(project, cls))
    )


def mixes_instances(project: Project, cls: ClassSymbol, binding: Binding, changes: Iterable[Mutation]) -> bool:
    """Whether what instances put into a container gets mixed up: there are several instances, they do not keep apart
    what they put in by a key, and nothing says that it is for all."""
    is_named_so = binding.name.isupper() or bool((MEMO_WORDS | TOLD_WORDS) & set(words(binding.name)))
    is_for_all = is_named_so or binding.is_said_shared
    return not is_for_all and any(_mixes(binding, fact) for fact in changes) and not _is_made_once(project, cls)


def _mixes(binding: Binding, fact: Mutation) -> bool:
    """Whether a change puts something in that is not told by a computed key: what is, is a table of all."""
    if fact.operation in REMOVALS | ORDERING_OPERATIONS:
        return False
    _, bracket, inner = fact.target.partition("[")
    if bracket:
        return _is_sequence(binding) or _CONSTANT.match(inner.removesuffix("]")) is not None
    return fact.operation not in _KEYED or _is_sequence(binding) or _CONSTANT.match(fact.key) is not None


def _is_sequence(binding: Binding) -> bool:
    value = binding.value
    return value is not None and (value.kind in _SEQUENCES or value.text == "list")


def _is_made_once(project: Project, cls: ClassSymbol) -> bool:
    """Whether Objective-C makes the objects, or the code makes one while it is being imported or started, or in a
    function that keeps what it returns, and no other."""
    if _is_made_by_bridge(project, cls):
        return True
    family = (cls, *project.derived(descendants).get(cls, ()))
    calls = [call for each in family for call in project.calls_of(each) if call.module.zone is not Zone.TEST]
    return len(calls) == 1 and (
        bool(calls[0].fact.guard & Guard.MAIN)
        or runs_at_import_only(project, calls[0].module, calls[0].fact.scope)
        or _is_kept(calls[0].module.scope_symbol(calls[0].fact.scope))
    )


def _is_kept(function: Symbol | None) -> bool:
    """Whether a decorator keeps the one result of a function without parameters: ``cache``, ``st.cache_resource``."""
    if not isinstance(function, FunctionSymbol) or function.fact.parameters:
        return False
    names = {part for each in function.fact.decorators for part in words(each.name.rpartition(".")[2])}
    return bool(names & (MEMO_WORDS | {"once", "singleton"}))


def _is_made_by_bridge(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class is one of Objective-C, whose delegates and views are one each, and know no ``__init__``."""
    if any(base.rpartition(".")[2] == "NSObject" for base in outer_bases(project, cls)):
        return True
    return bool(project.modules_with(_allocated_in, cls.name))


def _allocated_in(_: Project, module: Module) -> frozenset[str]:
    """The names of classes whose objects a module gets in the way of Objective-C: ``Thing.alloc()``."""
    callees = (call.callee.split(".") for call in module.facts.calls if call.callee.endswith(".alloc"))
    return frozenset(parts[-2] for parts in callees)
