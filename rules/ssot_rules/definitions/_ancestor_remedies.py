"""What to do with copies of methods whose classes have an ancestor that is the place for them."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import hashes_of, is_identical
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.remedies import after_doubt
from ssot_rules.analysis.vocabulary import ABSTRACT_DECORATORS, PROPERTY_DECORATORS
from ssot_rules.definitions._method_ways import doubt, reservations

# What several sites say alike may be what the one that they inherit from should.
_SEVERAL = 2
# Classes called so are there to be derived from.
_BASE_WORDS = frozenset({"abstract", "base", "interface"})


def inherited_remedy(inherited: FunctionSymbol, sites: Sequence[FunctionSymbol]) -> str:
    """What becomes of copies of a method that their classes inherit."""
    equal = [site for site in sites if is_identical(inherited, site)]
    same = [site for site in equal if site.name == inherited.name]
    renamed = [site for site in equal if site.name != inherited.name]
    steps = []
    fixed = [site for site in sites if site not in equal and _works_on_ancestor(inherited, site)]
    if fixed:
        steps.append(
            f"Let {names_of(fixed)} call `{inherited.qualname}()`, not `super().{inherited.name}()`, which would be "
            "handed the class that inherits."
        )
    if near := [site for site in sites if site not in equal and site not in fixed]:
        steps.append(_near_remedy(inherited, near))
    if same:
        # A class may be called as the one that it derives from: then the modules tell which is which.
        is_clear = all(site.qualname != inherited.qualname for site in same)
        names = names_of(same) if is_clear else listed([f"`{site.id}`" for site in same])
        kept = inherited.qualname if is_clear else inherited.id
        steps.append(f"Delete {names}, unless a class between has another: `{kept}` is inherited.")
    if renamed:
        steps.append(f"Delete {names_of(renamed)} and use `{inherited.name}`, which is inherited.")
    return " ".join(steps)


def _near_remedy(inherited: FunctionSymbol, near: Sequence[FunctionSymbol]) -> str:
    """What becomes of methods that override ``inherited`` and have nearly its body: they call it only where all that it
    does is done by them too."""
    means = f"a {'' if _is_property(inherited) else 'parameter or a '}method for what differs"
    if all(begins_alike(inherited, site) for site in near):
        use = f"{use_of(inherited)} and keep what it has of its own"
        deed = f"Let {names_of(near)} {use}, or give `{inherited.qualname}` {means}."
    else:
        deed = f"Give `{inherited.qualname}` {means}, and leave of {names_of(near)} only that."
    if len(near) < _SEVERAL or not all(is_identical(near[0], site) for site in near[1:]):
        return deed
    first = f"If what {names_of(near)} do, which is the same, is right for `{inherited.qualname}` too, put it there"
    return f"{first} and delete them. Else {deed[0].lower()}{deed[1:]}"


def begins_alike(inherited: FunctionSymbol, site: FunctionSymbol) -> bool:
    """Whether all that ``inherited`` does, but for what it ends with, stands in ``site`` as well: then that can have it
    done."""
    lines, own = hashes_of(inherited.fact.body.lines), set(hashes_of(site.fact.body.lines))
    return own.issuperset(lines[:-1])


def _works_on_ancestor(inherited: FunctionSymbol, site: FunctionSymbol) -> bool:
    """Whether a class method names the class that it inherits from, where that one's own takes the class it is called
    on: ``object.__new__(Dataset)`` in place of ``object.__new__(cls)``."""
    owner = inherited.qualname.rpartition(".")[0]
    is_of_class = any(decorator.name == "classmethod" for decorator in inherited.fact.decorators)
    named = [owner in each.module.facts.mentioned_by(each.fact) for each in (inherited, site)]
    return is_of_class and named == [False, True]


def use_of(inherited: FunctionSymbol) -> str:
    """How a method that overrides ``inherited`` gets at it, as a part of a sentence."""
    name = f"super().{inherited.name}"
    return f"read `{name}`" if _is_property(inherited) else f"call `{name}()`"


def _is_property(method: FunctionSymbol) -> bool:
    """Whether a method is read as an attribute."""
    return any(decorator.name.rpartition(".")[2] in PROPERTY_DECORATORS for decorator in method.fact.decorators)


def ancestor_remedy(project: Project, ancestor: ClassSymbol, sites: Sequence[FunctionSymbol]) -> str:
    """What becomes of copies of a method whose classes inherit from ``ancestor``, which is the place for it."""
    deeds = after_doubt(doubt(project, sites), [_to_ancestor(project, ancestor, sites)])
    return " ".join(filter(None, [*deeds, reservations(sites)]))


def _to_ancestor(project: Project, ancestor: ClassSymbol, sites: Sequence[FunctionSymbol]) -> str:
    names = sorted({site.name for site in sites})
    place = f"`{ancestor.name}` in {ancestor.module.path}"
    if not all(is_identical(sites[0], site) for site in sites):
        return (
            f"Move what is the same to a method of its own in {place}, from which all inherit, or to a class between, "
            f"with a parameter or a method of its own for what differs, and use it in {names_of(sites)}."
        )
    if len(names) == 1 and is_abstract(ancestor, names[0]):
        return (
            f"Write the body into `{ancestor.name}.{names[0]}` in {ancestor.module.path}, which is abstract, and "
            f"delete {names_of(sites)}."
        )
    if len(names) == 1 and _is_never_inherited(project, ancestor, names[0], sites):
        return (
            f"Put the body into `{ancestor.name}.{names[0]}` in {ancestor.module.path}, in place of its own, which no "
            f"class inherits, and delete {names_of(sites)}."
        )
    if any(ancestor.module.member(ancestor, name) for name in names):
        return (
            f"Move the body to a method of its own in {place}, from which all inherit, or to a class between, and use "
            f"it in {names_of(sites)}."
        )
    kept = max(names, key=[site.name for site in sites].count)
    renamed = [f"`{name}`" for name in names if name != kept]
    call = f" Call it so where it is {listed(renamed)} now." if renamed else ""
    return f"Move `{kept}` to {place}, from which all inherit, and delete {names_of(sites)}.{call}"


def _is_never_inherited(project: Project, ancestor: ClassSymbol, name: str, sites: Sequence[FunctionSymbol]) -> bool:
    """Whether a class has a method of that name that nothing uses: all heirs have their own, none of ``sites`` calls
    it, and nobody makes an object of the class itself."""
    own = ancestor.module.member(ancestor, name)
    if not _is_only_a_base(project, ancestor) or name.startswith("__"):
        return False
    if not isinstance(own, FunctionSymbol) or own.fact.decorators or project.calls_of(ancestor):
        return False
    if any(
        call.callee in (f"super().{name}", f"{ancestor.name}.{name}")
        for each in sites
        for call in each.module.calls(each)
    ):
        return False
    owners = {owner_of(site) for site in sites}
    return all(_has_before(project, heir, name, ancestor) for heir in heirs_of(project, ancestor)) and len(owners) > 1


def _is_only_a_base(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class says that it is there to be derived from: nobody means it by itself, not even by its name."""
    return not _BASE_WORDS.isdisjoint(words(cls.name)) or "abc.ABC" in project.base_names(cls)


def _has_before(project: Project, heir: ClassSymbol, name: str, ancestor: ClassSymbol) -> bool:
    """Whether a class has a member of that name from nearer than ``ancestor``."""
    ancestry = project.ancestry(heir)
    return any(each.module.member(each, name) for each in ancestry[: ancestry.index(ancestor)])


def is_abstract(ancestor: ClassSymbol, name: str) -> bool:
    """Whether a class leaves a method to its heirs, by a decorator."""
    found = ancestor.module.member(ancestor, name)
    return found is not None and any(
        decorator.name.rpartition(".")[2] in ABSTRACT_DECORATORS for decorator in found.fact.decorators
    )


def names_of(symbols: Sequence[Symbol]) -> str:
    """Symbols as a list in a sentence, by their modules where they share names."""
    is_clear = len({symbol.qualname for symbol in symbols}) == len(symbols)
    return listed([f"`{symbol.qualname if is_clear else symbol.id}`" for symbol in symbols])
