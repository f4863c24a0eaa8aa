"""What other files can see of a file: the names that it binds, and what they stand for, without bodies and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ssot_lint.model.facts import Binding, Body, Class, Decorator, Function, Import, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE, Exit, Fact, Scope, ScopeKind, Value
from ssot_lint.project.shadowing import is_script
from ssot_lint.project.symbols import Module

_NO_BODY = Body(0, b"", "")

Heads = Sequence[tuple[str, Fact]]
"""Facts without bodies and places, each with the qualified name of the scope that it stands in."""


class Interface(NamedTuple):
    """``names`` has for each name of the module its definitions, a class with its members. ``rest`` is about the module
    as a whole, ``stars`` what it takes and gives by star imports. ``is_script``: it is there to be run."""

    names: Mapping[str, Heads]
    rest: tuple[object, ...]
    stars: tuple[object, ...]
    is_script: bool

    def changed_names(self, other: Interface) -> frozenset[str]:
        """The names that stand for something else in ``other``."""
        both = self.names.keys() | other.names.keys()
        return frozenset(name for name in both if self.names.get(name) != other.names.get(name))


def interface_of(module: Module) -> Interface:
    """The interface of a module."""
    facts = module.facts
    names: dict[str, list[tuple[str, Fact]]] = defaultdict(list)
    for name, head in _named_heads(facts):
        names[name].append(head)
    rest = (facts.is_dynamic, module.is_opaque, "__path__" in names)
    stars = (names.pop("*", ()), facts.exports, facts.exports_more)
    return Interface(names, rest, stars, is_script(module))


Named = Iterator[tuple[str, tuple[str, Fact]]]


def _named_heads(facts: ModuleFacts) -> Named:
    """The heads of all that other files may ask for, each under the name of the module that leads to it."""
    owners, globally = _owners(facts), _global_scopes(facts)
    yield from _imports(facts, owners, globally)
    yield from _definitions(facts, owners, globally)
    yield from _stores(facts, owners)


def _imports(facts: ModuleFacts, owners: Sequence[str], globally: Mapping[int, set[str]]) -> Named:
    for fact in facts.imports:
        head = facts.scopes[fact.scope].qualname, _import_head(fact)
        if fact.scope == MODULE_SCOPE:
            yield "*" if fact.name == "*" else fact.bound_name, head
        else:
            yield from ((owner, head) for owner in {owners[fact.scope], *globally[fact.scope]} - {""})


def _definitions(facts: ModuleFacts, owners: Sequence[str], globally: Mapping[int, set[str]]) -> Named:
    for cls in facts.classes:
        if owners[cls.scope]:
            yield owners[cls.scope], (facts.scopes[cls.scope].qualname, _class_head(cls))
    for function in facts.functions:
        own = function.name if function.parent == MODULE_SCOPE else owners[function.parent]
        head = facts.scopes[function.scope].qualname, _function_head(function)
        yield from ((owner, head) for owner in {own, *globally[function.parent], *globally[function.scope]} - {""})


def _stores(facts: ModuleFacts, owners: Sequence[str]) -> Named:
    for binding in facts.bindings:
        owner = binding.name if binding.scope == MODULE_SCOPE else owners[binding.scope]
        if owner:
            yield owner, (facts.scopes[binding.within].qualname, _binding_head(binding))
    for attribute in facts.attributes:
        if owners[attribute.scope]:
            head = replace(attribute, scope=0, line=0, column=0, value=_bare(attribute.value))
            yield owners[attribute.scope], (facts.scopes[attribute.scope].qualname, head)


def _owners(facts: ModuleFacts) -> Sequence[str]:
    """For each scope the class of the module that it is in, or is; empty for those in functions of the module."""
    owners: list[str] = []
    for scope in facts.scopes:
        is_outermost = scope.parent == MODULE_SCOPE
        owners.append(_class_name(facts, scope) if is_outermost or scope.parent < 0 else owners[scope.parent])
    return owners


def _class_name(facts: ModuleFacts, scope: Scope) -> str:
    return facts.classes[scope.index].name if scope.kind is ScopeKind.CLASS else ""


def _global_scopes(facts: ModuleFacts) -> Mapping[int, set[str]]:
    """The names of the module that functions bind, by the scope of the function: what is local there counts for what
    they stand for."""
    found: dict[int, set[str]] = defaultdict(set)
    for binding in facts.bindings:
        if binding.scope == MODULE_SCOPE != binding.within:
            found[binding.within].add(binding.name)
    return found


def _import_head(fact: Import) -> Import:
    return replace(fact, scope=0, line=0, column=0, end_line=0, statement=0)


def _class_head(fact: Class) -> Class:
    return replace(
        fact,
        scope=0,
        parent=0,
        decorators=_decorator_heads(fact.decorators),
        docstring="",
        body=_NO_BODY,
        line=0,
        column=0,
        end_line=0,
    )


def _function_head(fact: Function) -> Function:
    return replace(
        fact,
        scope=0,
        parent=0,
        parameters=tuple(replace(each, default=_bare(each.default)) for each in fact.parameters),
        decorators=_decorator_heads(fact.decorators),
        docstring="",
        returned=(),
        yielded=(),
        global_mentions=(),
        body=_NO_BODY,
        exit=Exit.FALL_THROUGH,
        line=0,
        column=0,
        end_line=0,
    )


def _binding_head(fact: Binding) -> Binding:
    return replace(fact, scope=0, within=0, value=_bare(fact.value), line=0, column=0, end_line=0)


def _decorator_heads(decorators: Iterable[Decorator]) -> tuple[Decorator, ...]:
    return tuple(replace(each, line=0) for each in decorators)


def _bare(value: Value | None) -> Value | None:
    """A value without its place."""
    if value is None:
        return None
    options = tuple(bare for option in value.options if (bare := _bare(option)) is not None)
    return replace(value, line=0, branch=-1, options=options)
