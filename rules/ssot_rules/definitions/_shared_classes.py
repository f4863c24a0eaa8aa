"""Which class, in words, several classes can have what they do alike from, where none that is there is the place."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.text.identifiers import last_part
from ssot_rules.definitions._method_kin import belong_in_class, works_with_itself
from ssot_rules.definitions._method_pairs import class_of

_SUBCLASSES = "__subclasses__"
_PLAIN_METACLASS = "ABCMeta"
_OF_THEIRS = "a base class or mixin of theirs"


def class_for(project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> str:
    """The class to make for what some methods share, as words: between ``ancestor``, which does not fit, and theirs,
    where all of them derive from it directly and it does not keep count of its heirs: one more would count as well."""
    if ancestor is None:
        return _OF_THEIRS
    if _knows_its_heirs(project, ancestor):
        return f"a mixin of theirs (no heir of `{ancestor.name}`, which knows all that it has)"
    is_direct = all(_derives_directly(project, class_of(method), ancestor) for method in methods)
    return f"a class between `{ancestor.name}` and them" if is_direct else _OF_THEIRS


def function_or_class(
    project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol], one: str
) -> str:
    """What some methods can become, as words that begin with ``one``, what they are called as functions: a class too,
    unless they do without their object. Not for such as belong in a class."""
    if ancestor is None and not any(map(works_with_itself, methods)):
        return one
    return f"{one}, or to {class_for(project, ancestor, methods)},"


def must_be_class(ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether a function would not do for some methods."""
    return ancestor is None and belong_in_class(methods)


def _derives_directly(project: Project, cls: ClassSymbol, ancestor: ClassSymbol) -> bool:
    return any(base.symbol is ancestor for base in project.resolver.bases(cls))


def _knows_its_heirs(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class, or somebody for it, goes through all that derive from it."""
    ancestry = project.ancestry(cls)
    if any(
        name == "metaclass" and last_part(value) != _PLAIN_METACLASS
        for each in ancestry
        for name, value in each.fact.keywords
    ):
        return True
    if any(each.module.member(each, "__init_subclass__") is not None for each in ancestry):
        return True
    names = {each.name for each in ancestry}
    asked = (call.callee for module in project.mentioning(_SUBCLASSES) for call in module.facts.calls)
    return any(
        last_part(text.removesuffix(f".{_SUBCLASSES}")) in names for text in asked if text.endswith(f".{_SUBCLASSES}")
    )
