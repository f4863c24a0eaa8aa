"""Whether objects of a class keep anything: two of them are then other things than one."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.facts import AttributeAssignment
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.vocabulary import CONSTRUCTORS

_CONTAINERS = frozenset({ValueKind.DICT, ValueKind.LIST, ValueKind.SET})


def keeps_state(project: Project, cls: ClassSymbol) -> bool:
    """Whether an object changes as it is used, or holds what it made itself, a connection or a lock, as far as the
    project's classes tell; one with bases from elsewhere may."""
    if not all(map(is_generic, project.base_names(cls))):
        return True
    return any(_changes_itself(each) or any(map(_is_made, _set_by(each))) for each in project.ancestry(cls))


def _changes_itself(cls: ClassSymbol) -> bool:
    """Whether a method changes what the object holds; a flag that says it is ready tells nothing."""
    for method in cls.module.methods(cls):
        if not method.fact.parameters:
            continue
        receiver = f"{method.fact.parameters[0].name}."
        if any(fact.target.startswith(receiver) for fact in cls.module.mutations(method)):
            return True
        later = () if method.name in CONSTRUCTORS else cls.module.attributes(method)
        if any(each.value is None or each.value.kind is not ValueKind.CONSTANT for each in later):
            return True
    return False


def _set_by(cls: ClassSymbol) -> Iterator[AttributeAssignment]:
    for method in cls.module.methods(cls):
        if method.name in CONSTRUCTORS:
            yield from cls.module.attributes(method)


def _is_made(attribute: AttributeAssignment) -> bool:
    """Whether an object makes what it holds by a call (a client, a lock, another object), or has a public container."""
    kind = None if attribute.value is None else attribute.value.kind
    return kind is ValueKind.CALL or (kind in _CONTAINERS and not attribute.name.startswith("_"))
