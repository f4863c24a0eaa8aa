"""What copies of methods have to do with the classes around theirs: whether a host asks for them, whether the classes
are akin, whether more of them have the copy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import outer_bases
from ssot_rules.analysis.descendants import classes_with_member, heirs_of
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.layout import are_in_different_parts
from ssot_rules.analysis.own_calls import named_in_own_calls
from ssot_rules.analysis.vocabulary import NETWORK_BACKENDS, NETWORK_BASES, NETWORK_METHODS
from ssot_rules.definitions._heir_places import common_ancestor, heir_place

# From so many heirs on, most of which have the method, it is what a host asks its plug-ins for, and what two or three
# of them do alike is how that is done, up to so many statements: of four drawn from unseen code none was worth an
# action.
_HEIRS = 8
_SHARE_OF_HEIRS = 0.5
_FEW = 3
_FEW_OF_HEIRS = 0.1
_HOST_STATEMENTS = 20
# Where that is all they have in common. A judgement: sixteen such pairs were read in two libraries of models, and none
# was worth a base for two of the many classes that each write such a method.
_CHANCE_STATEMENTS = 30
# Classes of different packages that have no base in common were not brought together for fewer.
_STRANGE_STATEMENTS = 9
# Of seventeen copies with fewer statements in four projects of networks none was worth an action.
_NETWORK_STATEMENTS = 20
# As many can be handed over.
_FEW_OF_ITS_OWN = 2


def are_asked_by_host(project: Project, methods: Sequence[FunctionSymbol], below: int = _HOST_STATEMENTS) -> bool:
    """Whether a few heirs of a base have one body of fewer than ``below`` statements for what most of its many heirs
    have: the skeleton of a plug-in."""
    if min(method.fact.body.statements for method in methods) >= below:
        return False
    ancestor = common_ancestor(project, methods)
    heirs = heirs_of(project, ancestor) if ancestor is not None else ()
    if not _are_few_of(len(heirs), methods):
        return False
    having = set(heirs).intersection(*(classes_with_member(project, name) for name in {each.name for each in methods}))
    return len(having) >= _SHARE_OF_HEIRS * len(heirs)


def are_few_of_many(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether a few classes have one method in common by chance: many have a method of that name, each its own. They
    are heirs of one base, or, whatever they inherit from outside, called alike in one package: ``forward`` of two of
    twenty ``...Layer``."""
    if min(method.fact.body.statements for method in methods) >= _CHANCE_STATEMENTS:
        return False
    if common_ancestor(project, methods) is not None:
        return are_asked_by_host(project, methods, _CHANCE_STATEMENTS)
    return _are_few_of_their_role(project, methods)


def _are_few_of(count: int, methods: Sequence[FunctionSymbol]) -> bool:
    return count >= _HEIRS and len(methods) <= max(_FEW, _FEW_OF_HEIRS * count)


def _are_few_of_their_role(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    owners = [owner for method in methods if (owner := owner_of(method)) is not None]
    roles = {(_role_of(owner), method.name) for owner, method in zip(owners, methods, strict=False)}
    if len(roles) != 1 or len(owners) < len(methods):
        return False
    ((role, name),) = roles
    return _are_few_of(project.derived(_counts_by_role).get(role, Counter())[name], methods)


_Role = tuple[str, str, str]


def _role_of(cls: ClassSymbol) -> _Role:
    """Where a class stands, and the last word of its name."""
    return cls.module.source.root, cls.module.source.package, (words(cls.name) or [""])[-1]


def _counts_by_role(project: Project) -> Mapping[_Role, Counter[str]]:
    """How many classes have a method of their own, by role and by the name of the method. For
    :meth:`Project.derived`."""
    found: dict[_Role, Counter[str]] = defaultdict(Counter)
    for module in project.modules:
        for cls in module.top_level_classes:
            found[_role_of(cls)].update({method.name for method in module.methods(cls)})
    return found


def belong_in_class(methods: Sequence[FunctionSymbol]) -> bool:
    """Whether some methods are no functions: all are about several things of their objects, or one of them about what
    is private there and does not come along."""
    moved = {method.name for method in methods}
    return all(map(works_on_itself, methods)) or any(_is_about_private(method, moved) for method in methods)


def works_on_itself(method: FunctionSymbol) -> bool:
    """Whether a method is about several things of its object: a function would have to be handed all of that."""
    return len(own_names(method)) > _FEW_OF_ITS_OWN


def works_with_itself(method: FunctionSymbol) -> bool:
    """Whether a method is about anything of its object."""
    return bool(own_names(method))


def _is_about_private(method: FunctionSymbol, moved: Collection[str]) -> bool:
    own = own_names(method).difference(moved)
    return any(name.startswith("_") and not name.startswith("__") for name in own)


def own_names(method: FunctionSymbol) -> frozenset[str]:
    """The attributes and methods of its object that a method names, as far as calls and what it sets tell."""
    return named_in_own_calls(method) | {each.name for each in method.module.attributes(method)}


def are_parts_of_networks(project: Project, methods: Sequence[FunctionSymbol]) -> bool:
    """Whether a few statements are what a library asks of each part of a network, in classes of no base in common: who
    builds networks writes each of them out, to be read and changed by itself."""
    if methods[0].name not in NETWORK_METHODS or len({method.name for method in methods}) > 1:
        return False
    if min(method.fact.body.statements for method in methods) >= _NETWORK_STATEMENTS:
        return False
    owners = [owner_of(method) for method in methods]
    are_networks = all(owner is not None and _is_part_of_network(project, owner) for owner in owners)
    return are_networks and common_ancestor(project, methods) is None


def are_ports(methods: Sequence[FunctionSymbol]) -> bool:
    """Whether each of some methods stands in a module that is written in another package for neural networks: one is
    the port of the other, which stays as it is until it goes."""
    written = [_backends_of(method.module) for method in methods]
    return all(written) and all(one.isdisjoint(other) for one, other in combinations(written, 2))


def _backends_of(module: Module) -> frozenset[str]:
    names = (fact.module.partition(".")[0] for fact in module.facts.imports if not fact.level)
    return frozenset(NETWORK_BACKENDS[name] for name in names if name in NETWORK_BACKENDS)


def _is_part_of_network(project: Project, cls: ClassSymbol) -> bool:
    return any(base.rpartition(".")[2] in NETWORK_BASES for base in outer_bases(project, cls))


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
