"""What copies of methods have to do with the classes around theirs: whether a host asks for them, whether the classes
are akin, whether more of them have the copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.descendants import classes_with_member, heirs_of
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.layout import are_in_different_parts
from ssot_rules.definitions._heir_places import common_ancestor, heir_place

# From so many heirs on, most of which have the method, it is what a host asks its plug-ins for, and what two or three
# of them do alike is how that is done, up to so many statements: of four drawn from unseen code none was worth an
# action.
_HEIRS = 8
_SHARE_OF_HEIRS = 0.5
_FEW = 3
_FEW_OF_HEIRS = 0.1
_HOST_STATEMENTS = 20
# Classes of different packages that have no base in common were not brought together for fewer.
_STRANGE_STATEMENTS = 9
# As many can be handed over.
_FEW_OF_ITS_OWN = 2


def are_asked_by_host(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether a few heirs of a base have one body for what most of its many heirs have: the skeleton of a plug-in."""
    if min(method.fact.body.statements for method in methods) >= _HOST_STATEMENTS:
        return False
    ancestor = common_ancestor(project, methods)
    heirs = heirs_of(project, ancestor) if ancestor is not None else ()
    if len(heirs) < _HEIRS or len(methods) > max(_FEW, _FEW_OF_HEIRS * len(heirs)):
        return False
    having = set(heirs).intersection(*(classes_with_member(project, name) for name in {each.name for each in methods}))
    return len(having) >= _SHARE_OF_HEIRS * len(heirs)


def works_on_itself(method: FunctionSymbol) -> bool:
    """Whether a method is about several things of its object: a function would have to be handed all of that."""
    parameters, module = method.fact.parameters, method.module
    if not parameters:
        return False
    own = re.compile(rf"\b{re.escape(parameters[0].name)}\.(\w+)")
    texts = [text for call in module.calls(method) for text in (call.callee, call.arguments_text)]
    named = {name for text in texts for name in own.findall(text)}
    return len(named | {each.name for each in module.attributes(method)}) > _FEW_OF_ITS_OWN


def are_of_strangers(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether two short methods stand in classes of different packages that have no base in common, or no more than the
    outermost package, or each is called after its own class: ``to_north_role`` and ``to_south_role``."""
    if len(methods) != 2 or min(method.fact.body.statements for method in methods) >= _STRANGE_STATEMENTS:
        return False
    if _are_named_after_classes(*methods):
        return True
    one, other = (method.module for method in methods)
    is_apart = one.source.package != other.source.package and common_ancestor(project, methods) is None
    return is_apart or (are_in_different_parts(one, other) and not heir_place(project, methods)[1])


def _are_named_after_classes(one: FunctionSymbol, other: FunctionSymbol) -> bool:
    own = [
        (set(words(method.name)) - set(words(beside.name)), set(words(cls.name)))
        for method, beside in ((one, other), (other, one))
        if (cls := owner_of(method)) is not None
    ]
    return all(specific and specific <= names for specific, names in own)
