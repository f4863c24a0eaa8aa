"""Which class can hold what several classes do alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import islice

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.home import importers
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.common_modules import common_package, imported_by
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.places import common_place, place_of_helpers
from ssot_rules.analysis.reaching import is_importable

# A base is the place of what nine in ten of its heirs do: of five that had heirs with other tasks, in draws of unseen
# code, one was right.
_FEW_OTHERS = 0.1
# `client` is what each of several things has, `north_harbour` is one thing.
_WORDS_OF_SUBJECT = 2
_A_PAIR = 2
_SEVERAL = 2


def heir_place(project: Project, methods: Sequence[FunctionSymbol]) -> tuple[ClassSymbol | None, bool]:
    """The nearest class that the classes of all methods inherit from, or are, and whether it is the place for them:
    one that others derive from too is none, unless they all do it in a way of their own."""
    ancestor = common_ancestor(project, methods)
    return ancestor, ancestor is not None and _is_theirs(project, ancestor, methods)


def place_of_one_subject(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    """The module of one of some methods, as words, where all their modules and classes are called after one thing
    (``plugins/accounts/north_harbour.py`` and ``plugins/lists/north_harbour.py``) and the others can import it: what
    they share is about that thing. Empty elsewhere."""
    modules = list(dict.fromkeys(method.module for method in methods))
    subject = min((last_part(module.name) for module in modules), key=len)
    if len(words(subject)) < _WORDS_OF_SUBJECT or len(modules) == 1:
        return ""
    classes = {owner for method in methods if (owner := owner_of(method)) is not None}
    names = [*(last_part(module.name) for module in modules), *(cls.name for cls in classes)]
    if not all(words(name)[: len(words(subject))] == words(subject) for name in names):
        return ""
    ranked = sorted(
        modules, key=lambda module: (last_part(module.name) != subject, -len(project.importers_of_module(module)))
    )
    return next(
        (
            f"`{home.name}`"
            for home in ranked
            if all(each is home or is_importable(project, each, home) for each in modules)
        ),
        "",
    )


def holder_among(
    project: Project, classes: Sequence[ClassSymbol], methods: Sequence[FunctionSymbol]
) -> ClassSymbol | None:
    """That of two classes which is there for some methods that both have: it has hardly more, others use it, and the
    other one, which has much more and is called otherwise, can import it. None without one."""
    if len(classes) != _A_PAIR:
        return None
    return next(
        (
            holder
            for holder, other in (classes, classes[::-1])
            if _is_there_for(project, holder, methods)
            and len(_others_of(other, methods)) > len(methods) / _A_PAIR
            and words(holder.name)[-1:] != words(other.name)[-1:]
            and is_importable(project, other.module, holder.module)
        ),
        None,
    )


def _is_there_for(project: Project, cls: ClassSymbol, methods: Sequence[FunctionSymbol]) -> bool:
    own = sum(owner_of(method) is cls for method in methods)
    return own > 1 and len(_others_of(cls, methods)) < own and bool(importers(cls, project))


def _others_of(cls: ClassSymbol, methods: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    return [each for each in cls.module.methods(cls) if each not in methods and not each.name.startswith("__")]


def homeless(ancestor: ClassSymbol | None, what: str = "it") -> str:
    """The end of a message about methods that no class can hold yet; ``ancestor`` is one that does not fit."""
    if ancestor is None:
        return f"no class is there to hold {what} for all"
    return f"`{ancestor.name}`, which all inherit from, has other heirs too, which do without {what}"


def common_ancestor(project: Project, methods: Sequence[FunctionSymbol]) -> ClassSymbol | None:
    """The nearest first-party class that all classes of the methods inherit from, or are. A mixin that has none of the
    methods is none, for it adds one thing to others, unless it is there for these classes only and the nearest class
    for more."""
    owners = [owner for method in methods if (owner := owner_of(method)) is not None]
    shared = set.intersection(*(set(project.ancestry(owner)) for owner in owners))
    found = [ancestor for ancestor in project.ancestry(owners[0]) if ancestor in shared]
    fitting = [ancestor for ancestor in found if ancestor in owners or "mixin" not in words(ancestor.name)]
    nearest = next(iter(fitting), None)
    if nearest is None or _is_theirs(project, nearest, methods):
        return nearest
    own = (each for each in found if each not in fitting and not any(_others_from(project, each, set(owners))))
    return next(own, nearest)


def class_between(
    project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]
) -> ClassSymbol | None:
    """The class of one of some methods that is there for others already: it derives from ``ancestor`` itself, several
    derive from it, and those of the other methods could. None without one."""
    if ancestor is None:
        return None
    owners = [owner for method in methods if (owner := owner_of(method)) is not None]
    bases = [owner for owner in owners if len(heirs_of(project, owner)) >= _SEVERAL]
    if len(bases) != 1 or project.ancestry(bases[0])[1:2] != (ancestor,):
        return None
    others = [owner for owner in owners if owner is not bases[0]]
    is_open = all(
        project.ancestry(other)[1:2] == (ancestor,)
        and other.module is not bases[0].module
        and is_importable(project, other.module, bases[0].module)
        for other in others
    )
    return bases[0] if others and is_open else None


def new_place(
    project: Project, methods: Sequence[FunctionSymbol], ancestor: ClassSymbol | None = None, *, for_class: bool = False
) -> str:
    """Where what some methods share can go, as words: with the one thing that they are about, else beside ``ancestor``,
    which does not fit itself, else in a module that is there for such things, else beside the first of them, the home,
    else in a place that all can import. ``for_class``: it becomes a class."""
    return (
        place_of_one_subject(project, methods)
        or _place_beside(project, ancestor, methods)
        or place_of_helpers(project, methods, ancestor, for_class=for_class)
        or _place_at_home(project, methods, for_class=for_class or ancestor is not None)
        or _place_in_package(project, methods)
        or common_place(project, methods, ancestor, for_class=for_class)
    )


def _place_at_home(project: Project, methods: Sequence[FunctionSymbol], *, for_class: bool) -> str:
    """The module of the first of some methods, as words, where those of all others import it already: for a function
    only one among others, for it has nothing to do with the class there. Empty elsewhere."""
    home, owner = methods[0].module, owner_of(methods[0])
    others = {method.module for method in methods} - {home}
    is_at_hand = all(is_importable(project, each, home) and _loads(project, each, home) for each in others)
    if owner is None or not others or not is_at_hand:
        return ""
    if for_class:
        return f"`{home.name}` beside `{owner.name}`"
    return f"a module that all can import (`{home.name}`, say, which the others import already)"


def _loads(project: Project, site: Module, home: Module) -> bool:
    """Whether a module imports another at its top, whatever happens: who does it in a function has a reason."""
    return any(
        home in (use.source, use.resolution.module)
        and use.fact.scope == MODULE_SCOPE
        and not use.fact.guard & Guard.TYPE_CHECKING
        for use in project.imports_in(site)
    )


def _place_in_package(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    """The package of one of some methods, as words, where those of all others take from it already and it takes from
    none of them: each is a branch of the package around, which holds no more than such. Empty elsewhere."""
    modules = list(dict.fromkeys(method.module for method in methods))
    around = common_package(modules)
    # What has no more than the outermost package in common are parts of a program, each for itself.
    is_inner = "." in around
    branches = list(dict.fromkeys(_branch_below(module, around) for module in modules)) if is_inner else []
    if len(branches) < _A_PAIR or not all(branches):
        return ""
    taken = {branch: _branches_taken(project, branch, branches) for branch in branches}
    home = next((each for each in branches if all(each in taken[other] for other in branches if other != each)), "")
    return f"`{home}` (the packages of the others import from there already)" if home and not taken[home] else ""


def _branch_below(module: Module, around: str) -> str:
    """The package directly in the package ``around`` that a module lies in; empty without one."""
    inside = module.source.package.removeprefix(f"{around}.")
    return "" if inside == module.source.package else f"{around}.{inside.partition('.')[0]}"


def _branches_taken(project: Project, branch: str, branches: Sequence[str]) -> set[str]:
    """Those of ``branches`` that another one takes anything from."""
    own = [
        each for each in project.modules if each.zone is Zone.PRODUCTION and f"{each.name}.".startswith(f"{branch}.")
    ]
    names = {f"{used.name}." for module in own for used in imported_by(project, module)}
    return {other for other in branches if other != branch and any(name.startswith(f"{other}.") for name in names)}


def _place_beside(project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> str:
    """The module of an ancestor that does not fit, as words, where one of the classes stands in it as well: the others
    import it already, and a new module would lead back to it. Empty elsewhere."""
    modules = {method.module for method in methods}
    if ancestor is None or ancestor.module not in modules:
        return ""
    others = modules - {ancestor.module}
    is_open = all(is_importable(project, each, ancestor.module) for each in others)
    return f"`{ancestor.module.name}`" if is_open else ""


def _is_theirs(project: Project, ancestor: ClassSymbol, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether ``ancestor`` is one of the classes of some methods, nearly all that derive from it are, or most are and
    the others have such a method of their own."""
    owners = {owner for method in methods if (owner := owner_of(method)) is not None}
    if ancestor in owners:
        return True
    others = list(islice(_others_from(project, ancestor, owners), len(owners)))
    if len(others) <= _FEW_OTHERS * len(owners):
        return True
    names = {method.name for method in methods}
    return len(others) < len(owners) and all(each.module.member(each, name) for each in others for name in names)


def _others_from(project: Project, ancestor: ClassSymbol, owners: Set[ClassSymbol]) -> Iterator[ClassSymbol]:
    """The heirs of ``ancestor`` that are none of ``owners``, do not derive from one, nor the other way round, and are
    not mixed into heirs of theirs only."""
    under = set(owners).union(*(heirs_of(project, owner) for owner in owners))
    akin = under.union(*(project.ancestry(owner) for owner in owners))
    for heir in heirs_of(project, ancestor):
        mixed_into = heirs_of(project, heir) if heir not in akin else ()
        if heir not in akin and not (mixed_into and under.issuperset(mixed_into)):
            yield heir
