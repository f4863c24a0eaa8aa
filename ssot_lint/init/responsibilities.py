"""Responsibilities in several hands: unrelated classes that keep the same kind of thing, and add and remove it.

What counts is not the names of methods alone: a class must put things into a container of its own and take them out
of it. A client that passes ``create_user`` on to a server keeps no users.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ssot_lint.init.candidate import Candidate, Sign, families, production_classes
from ssot_lint.init.grouping import linked
from ssot_lint.model.vocabulary import ADDITIONS, COMMON_NOUNS, KEEPER_NOUNS, KEPT_AS_WORDS, PREPOSITIONS, REMOVALS
from ssot_lint.project.containers import attribute_changes, instance_methods
from ssot_lint.project.project import Project
from ssot_lint.project.roles import role_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.text.identifiers import words

_ENOUGH_CLASSES = 3
_MOST_CLASSES_NAMED = 6

_DOES = {"add": ADDITIONS, "remove": REMOVALS}
"""The roles that make a keeper, each with what its methods do to the container."""


@dataclass(frozen=True)
class _Keeper:
    """A class that keeps a kind of thing, and the methods by which it does. ``is_edition``: what it keeps goes by
    another name, but the class is an edition of one that keeps this thing."""

    cls: ClassSymbol
    methods: frozenset[str]
    is_edition: bool = False

    def __str__(self) -> str:
        described = ", ".join(sorted(self.methods, key=_by_role))
        note = "; another edition" if self.is_edition else ""
        return f"{self.cls.module.path} `{self.cls.name}` ({described}{note})"


def responsibilities(project: Project, editions: Collection[Set[ClassSymbol]]) -> Iterator[Candidate]:
    """Responsibilities that three unrelated classes in three modules have taken on. ``editions`` are classes known to
    be one thing."""
    keepers: dict[str, list[_Keeper]] = defaultdict(list)
    for cls in production_classes(project):
        if KEEPER_NOUNS & set(words(cls.name)):
            for noun, methods in _kept_things(cls).items():
                keepers[noun].append(_Keeper(cls, frozenset(methods)))
    groups: dict[frozenset[ClassSymbol], list[tuple[str, Sequence[_Keeper]]]] = defaultdict(list)
    for noun in sorted(keepers):
        for group in _alike(noun, _with_editions(noun, keepers, editions), editions):
            groups[frozenset(keeper.cls for keeper in group)].append((noun, group))
    for kept in groups.values():
        nouns, joined = [noun for noun, _ in kept], _joined([group for _, group in kept])
        for classes in map(frozenset, project.comparable_groups([keeper.cls for keeper in joined])):
            yield from _candidate(project, nouns, [keeper for keeper in joined if keeper.cls in classes])


def _joined(groups: Sequence[Sequence[_Keeper]]) -> list[_Keeper]:
    """The keepers of several things, each class once."""
    by_class: dict[ClassSymbol, _Keeper] = {}
    for keeper in (each for group in groups for each in group):
        known = by_class.get(keeper.cls, keeper)
        by_class[keeper.cls] = _Keeper(
            keeper.cls, known.methods | keeper.methods, is_edition=known.is_edition and keeper.is_edition
        )
    return list(by_class.values())


def _with_editions(
    noun: str, keepers: Mapping[str, Sequence[_Keeper]], editions: Collection[Set[ClassSymbol]]
) -> list[_Keeper]:
    """Who keeps a thing, and the other editions of these classes, which keep the same and may call it otherwise."""
    own = {keeper.cls for keeper in keepers[noun]}
    wanted = {cls for group in editions if group & own for cls in group} - own
    others: dict[ClassSymbol, frozenset[str]] = {}
    for keeper in (each for group in keepers.values() for each in group if each.cls in wanted):
        others[keeper.cls] = others.get(keeper.cls, frozenset()) | keeper.methods
    return sorted(
        [*keepers[noun], *(_Keeper(cls, methods, is_edition=True) for cls, methods in others.items())],
        key=lambda keeper: keeper.cls.sort_key,
    )


def _candidate(project: Project, nouns: Sequence[str], keepers: Sequence[_Keeper]) -> Iterator[Candidate]:
    by_class = {keeper.cls: keeper for keeper in keepers}
    unrelated = [family[0] for family in families(project, by_class)]
    if len({cls.module for cls in unrelated}) < _ENOUGH_CLASSES:
        return
    home, reason = project.home_among(unrelated)
    methods = {method for keeper in keepers for method in keeper.methods if _object(method)}
    others = len(unrelated) - _MOST_CLASSES_NAMED
    things = " and ".join(f"`{noun}`" for noun in nouns)
    yield Candidate(
        sign=Sign.RESPONSIBILITY,
        title=home.name,
        classes=tuple(by_class),
        home=home,
        reason=reason,
        evidence=(
            f"{len(unrelated)} unrelated classes each keep {things} objects, with methods to add and to remove them:",
            *(f"  {by_class[cls]}" for cls in unrelated[:_MOST_CLASSES_NAMED]),
            *([f"  and {others} more"] if others > 0 else []),
        ),
        weight=len(by_class),
        names=frozenset({home.name}),
        methods=tuple(sorted(methods, key=_by_role)),
    )


def _by_role(method: str) -> tuple[str, str]:
    return role_of(method), method


def _kept_things(cls: ClassSymbol) -> Mapping[str, set[str]]:
    """What a class keeps, and the public methods by which it adds and removes it."""
    changing: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"add": set(), "remove": set()})
    for attribute, method, mutation in attribute_changes(cls):
        for name in _public_names(cls, method):
            role = role_of(name)
            if mutation.operation in _DOES.get(role, ()):
                changing[attribute][role].add(name)
    found: dict[str, set[str]] = defaultdict(set)
    for attribute, methods in changing.items():
        adding, removing = methods["add"], methods["remove"]
        if adding and removing:
            nouns = {_noun(words(attribute))} | ({*map(_object, adding)} & {*map(_object, removing)})
            for noun in nouns - COMMON_NOUNS - {""}:
                found[noun] |= adding | removing
    return found


def _public_names(cls: ClassSymbol, method: FunctionSymbol) -> list[str]:
    """The method itself, or the public methods of its class that call it."""
    if not method.name.startswith("_"):
        return [method.name]
    return [
        other.name
        for other in instance_methods(cls)
        if not other.name.startswith("_")
        and f"{other.fact.parameters[0].name}.{method.name}" in {call.callee for call in cls.module.calls(other)}
    ]


def _object(method: str) -> str:
    """What a method adds or removes, by its name: ``connection`` for ``register_user_connection``."""
    parts = words(method)
    verb = next((index for index, part in enumerate(parts) if role_of(part) in _DOES), len(parts))
    return _noun(parts[verb + 1 :])


def _noun(parts: Sequence[str]) -> str:
    """The thing that some words are about, in the singular: ``connection`` for ``active connections by user``."""
    end = next((index for index, part in enumerate(parts) if part in PREPOSITIONS), len(parts))
    kept = [part for part in parts[:end] if part.isalpha()]
    while kept and kept[-1] in KEPT_AS_WORDS:
        kept.pop()
    return _singular(kept[-1]) if kept else ""


def _singular(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > len("ties"):
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "shes", "sses", "xes")) and not noun.endswith("caches"):
        return noun[:-2]
    return noun if noun.endswith(("is", "ss", "us")) else noun.removesuffix("s")


def _alike(noun: str, keepers: Sequence[_Keeper], editions: Collection[Set[ClassSymbol]]) -> list[list[_Keeper]]:
    """``keepers`` in groups of those that keep the same things: connections may be those of a database here and of
    browsers there.

    Alike are classes that share a method that says what it is about, editions of one thing, and classes that are both
    named after what they keep, if one name says nothing against the other (``ConnectionPool``, ``ChatConnectionPool``).
    """
    names = {keeper: frozenset(words(keeper.cls.name)) - KEEPER_NOUNS for keeper in keepers}
    telling = {name for name in names.values() if noun in name}

    def keys_of(keeper: _Keeper) -> Iterator[Hashable]:
        yield from (method for method in keeper.methods if _object(method))
        yield from (group for group in map(frozenset, editions) if keeper.cls in group)
        yield from (name for name in telling if name <= names[keeper])

    return linked(keepers, keys_of)
