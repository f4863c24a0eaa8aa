"""Which class can hold what several classes do alike."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.descendants import are_related, descendants
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.remedies import is_importable

# The base of all 300 plug-ins of pyload got a method of one site, those of 40 services were right places.
_MOST_HEIRS = 50
# `client` is what each of several things has, `north_harbour` is one thing.
_WORDS_OF_SUBJECT = 2


def heir_place(project: Project, methods: Sequence[FunctionSymbol]) -> tuple[ClassSymbol | None, bool]:
    """The nearest class that the classes of all methods inherit from, or are, and whether it is the place for them:
    one that others derive from too is none, unless it has what they work on."""
    ancestor = _common_ancestor(project, methods)
    if ancestor is None:
        return None, False
    is_for_others = _has_other_heirs(project, ancestor, methods) and (
        _is_root_of_all(project, ancestor) or not _declares_what_they_use(project, ancestor, methods)
    )
    return ancestor, not is_for_others and not _is_mixin(ancestor)


def _is_mixin(cls: ClassSymbol) -> bool:
    """Whether a class is there for one thing that it adds to others, and for nothing else they have in common."""
    return "mixin" in words(cls.name)


def place_of_one_subject(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    """The module of one of some methods, as words, where all their modules and classes are called after one thing
    (``plugins/accounts/north_harbour.py`` and ``plugins/lists/north_harbour.py``) and the others can import it: what
    they share is about that thing. Empty elsewhere."""
    modules = list(dict.fromkeys(method.module for method in methods))
    subject = min((_stem(module) for module in modules), key=len)
    if len(words(subject)) < _WORDS_OF_SUBJECT or len(modules) == 1:
        return ""
    classes = {owner for method in methods if (owner := owner_of(method)) is not None}
    names = [*map(_stem, modules), *(cls.name for cls in classes)]
    if not all(words(name)[: len(words(subject))] == words(subject) for name in names):
        return ""
    ranked = sorted(modules, key=lambda module: (_stem(module) != subject, -len(project.importers_of_module(module))))
    return next(
        (
            f"`{home.name}`"
            for home in ranked
            if all(each is home or is_importable(project, each, home) for each in modules)
        ),
        "",
    )


def _stem(module: Module) -> str:
    return module.name.rpartition(".")[2]


def homeless(ancestor: ClassSymbol | None, what: str = "it") -> str:
    """The end of a message about methods that no class can hold yet; ``ancestor`` is one that does not fit."""
    if ancestor is None:
        return f"no class is there to hold {what} for all"
    return f"`{ancestor.name}`, which all inherit from, has other heirs too, which do without {what}"


def _common_ancestor(project: Project, methods: Sequence[FunctionSymbol]) -> ClassSymbol | None:
    """The nearest first-party class that all classes of the methods inherit from, or are."""
    owners = [owner for method in methods if (owner := owner_of(method)) is not None]
    shared = set.intersection(*(set(project.ancestry(owner)) for owner in owners))
    return next((ancestor for ancestor in project.ancestry(owners[0]) if ancestor in shared), None)


def _has_other_heirs(project: Project, ancestor: ClassSymbol, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether classes that do without the body derive from ``ancestor``, which has no such method either: the base of
    all widgets is not the place for what two of them do."""
    owners = {owner for method in methods if (owner := owner_of(method)) is not None}
    if ancestor in owners:
        return False
    return any(not _is_of(project, heir, owners) for heir in project.derived(descendants)[ancestor])


def _is_of(project: Project, heir: ClassSymbol, owners: Set[ClassSymbol]) -> bool:
    """Whether a class is one of ``owners``, derives from one or the other way round, or is mixed into heirs of theirs
    only."""
    if any(are_related(project, heir, owner) for owner in owners):
        return True
    mixed_into = project.derived(descendants).get(heir, ())
    return bool(mixed_into) and all(not owners.isdisjoint(project.ancestry(each)) for each in mixed_into)


def _is_root_of_all(project: Project, ancestor: ClassSymbol) -> bool:
    """Whether a framework derives all it has from a class: what two of them do is no business of the others."""
    return len(project.derived(descendants)[ancestor]) > _MOST_HEIRS


def _declares_what_they_use(project: Project, ancestor: ClassSymbol, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether the methods work on the state of ``ancestor``, and on nothing that only their own classes have."""
    used = frozenset[str]().union(*map(_own_names, methods))
    declared = frozenset[str]().union(*map(_names_in, project.ancestry(ancestor)))
    owners = [owner for method in methods if (owner := owner_of(method)) is not None]
    own = frozenset[str]().union(*map(_names_in, owners)) - declared
    return bool(used & _state_of(ancestor)) and not used & own


def _names_in(cls: ClassSymbol) -> frozenset[str]:
    return _state_of(cls) | {method.name for method in cls.module.methods(cls)}


def _state_of(cls: ClassSymbol) -> frozenset[str]:
    attributes = {fact.name for fact in cls.module.instance_attributes(cls)}
    return frozenset(attributes | {binding.name for binding in cls.module.class_variables(cls)})


def _own_names(method: FunctionSymbol) -> frozenset[str]:
    """What a method calls, sets or changes of its object, the first name after ``self``."""
    receiver = method.fact.parameters[0].name if method.fact.parameters else ""
    texts = [call.callee for call in method.module.calls(method)]
    texts += [fact.target for fact in method.module.mutations(method)]
    parts = [text.split(".") for text in texts]
    found = {each[1].partition("[")[0] for each in parts if len(each) > 1 and each[0] == receiver}
    return frozenset(found | {fact.name for fact in method.module.attributes(method)})
