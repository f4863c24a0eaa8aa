"""Methods that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.syntax import Value
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_rules.analysis.descendants import descendants
from ssot_rules.analysis.factories import owner_of

_PLAIN = frozenset({"classmethod", "staticmethod"})


def is_idle_method(project: Project, method: FunctionSymbol) -> bool:
    """Whether a method whose name says that it is for its class only is called, or handed over, nowhere: not in its
    module, in those of related classes, nor in any that imports one of these, as far as facts tell."""
    owner = owner_of(method)
    if owner is None or not method.name.startswith("_") or method.name.endswith("__"):
        return False
    if any(decorator.name not in _PLAIN for decorator in method.fact.decorators):
        return False
    family = {owner, *project.ancestry(owner), *project.derived(descendants).get(owner, ())}
    if any(cls is not owner and cls.module.member(cls, method.name) is not None for cls in family):
        return False
    modules: set[Module] = {cls.module for cls in family}
    users = modules.union(*(project.importers_of_module(module) for module in modules))
    is_name = re.compile(rf"(?<!\w){re.escape(method.name)}(?!\w)").search
    return not any(is_name(text) for module in users for text in _texts(module.facts))


def _texts(facts: ModuleFacts) -> Iterator[str]:
    """What may name an attribute."""
    for call in facts.calls:
        yield call.callee
        yield call.arguments_text
    for function in facts.functions:
        defaults = (parameter.default for parameter in function.parameters)
        for given in (*function.returned, *function.yielded, *defaults):
            yield from _of_value(given)
        yield from (decorator.arguments_text or decorator.name for decorator in function.decorators)
    for binding in facts.bindings:
        yield from _of_value(binding.value)
    for attribute in facts.attributes:
        yield from _of_value(attribute.value)
    for mutation in facts.mutations:
        yield f"{mutation.target} {mutation.key}"
        yield from _of_value(mutation.value)
    yield from (use.value for use in facts.strings)
    yield from (use.name for use in facts.constants)


def _of_value(value: Value | None) -> Iterator[str]:
    if value is not None:
        yield value.text
        yield value.arguments_text
        for option in value.options:
            yield from _of_value(option)
