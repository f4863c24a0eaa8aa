"""SSOT411 identity-state-in-singleton."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.probe import Kind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.singletons import (
    Singleton,
    cached_singletons,
    class_singletons,
    judged_singletons,
    lazy_singletons,
    module_singletons,
)
from ssot_rules.analysis.vocabulary import ALL_KEEPING_WORDS, BOOKKEEPING_WORDS, IDENTITY_WORDS
from ssot_rules.state._identity_keys import owner_of_entry, passing_thing
from ssot_rules.state._instance_containers import InstanceContainer, additions_to, containers_of, is_ever_emptied
from ssot_rules.state._set_up import setting_up

_RUN = "run"
_PERSONS = IDENTITY_WORDS - {"session"}


@dataclass(frozen=True, slots=True)
class _Holding:
    """A container of an instance that is filled by owner."""

    cls: ClassSymbol
    fact: InstanceContainer
    identity: str
    fillers: tuple[str, ...]


@dataclass(frozen=True)
class IdentityStateInSingleton(Rule):
    """A process-wide object keeps the data of all users, sessions or requests in one container.

    Why:
        Every request reaches the same object, so one wrong key shows one user the data of another, and nothing frees
        what a user leaves behind. With a second process, half of the users find nothing. What its name says is there to
        keep the sessions of many, such as a store or a manager, is information unless it keeps by person: that it is
        one for all is meant, and only that it frees nothing may not be. So is what is kept by run, which a process
        mostly is one of.

    Bad:
        # shop/baskets.py
        class Baskets:
            def __init__(self):
                self.baskets = {}

            def put(self, user_id, item):
                self.baskets[user_id] = item

        baskets = Baskets()

    Good:
        # shop/baskets.py
        class Basket:
            def __init__(self, user_id):
                self.user_id = user_id
                self.items = []

            def put(self, item):
                self.items.append(item)

    Fix:
        Make one object per user, session or request and pass it on; keep what must outlive it in a store outside of
        the process. Where a cache is meant, bound it.
    """

    code: ClassVar[str] = "SSOT411"
    name: ClassVar[str] = "identity-state-in-singleton"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.MEDIUM
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.SHARED_STATE, Kind.SHARED_INSTANCE)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per class of process-wide objects."""
        for cls, singletons in self._by_class(project).items():
            if self.applies_to(cls.module) and (holdings := _holdings(project, cls)):
                yield _finding(cls, singletons, holdings)

    def _by_class(self, project: Project) -> Mapping[ClassSymbol, Sequence[Singleton]]:
        found: dict[ClassSymbol, list[Singleton]] = defaultdict(list)
        for analysis in (module_singletons, lazy_singletons, class_singletons, cached_singletons):
            for singleton in judged_singletons(project.derived(analysis), self.zones):
                for cls in singleton.products:
                    found[cls].append(singleton)
        return {cls: found[cls] for cls in sorted(found, key=lambda cls: cls.sort_key)}


def _holdings(project: Project, cls: ClassSymbol) -> list[_Holding]:
    found = []
    for ancestor in project.ancestry(cls):
        containers = {
            name: container
            for name, container in containers_of(project, ancestor).items()
            if not BOOKKEEPING_WORDS & set(words(name))
        }
        filled = _filled(ancestor) if containers else {}
        for name, (identity, fillers) in filled.items():
            if name in containers and not is_ever_emptied(project, cls, name):
                found.append(_Holding(ancestor, containers[name], identity, tuple(dict.fromkeys(fillers))))
    return found


def _filled(cls: ClassSymbol) -> Mapping[str, tuple[str, Sequence[str]]]:
    """The attributes that methods add to under the identity of somebody: that identity, and the methods. What an object
    gathers as it is made is what it is about."""
    found: dict[str, tuple[str, list[str]]] = {}
    setters = setting_up(cls)
    for name, method, fact in additions_to(cls):
        identity = owner_of_entry(name, fact) or passing_thing(fact)
        if identity and method.name not in setters:
            found.setdefault(name, (identity, []))[1].append(method.qualname)
    return found


def _finding(cls: ClassSymbol, singletons: Sequence[Singleton], holdings: Sequence[_Holding]) -> Finding:
    holders = ", ".join(dict.fromkeys(singleton.holder.id for singleton in singletons))
    names = ", ".join(f"`{holding.fact.name}` by {holding.identity}" for holding in holdings)
    owners = ", ".join(dict.fromkeys(holding.identity for holding in holdings))
    is_meant = (_is_for_all(cls) and not _is_personal(holdings)) or all(each.identity == _RUN for each in holdings)
    ending = f"Drop the entries of a {owners} where it ends, or bound the container"
    parting = (
        f"Drop the entries of a {owners} where it ends, or keep them in a store outside of the process; where one "
        f"`{cls.name}` for all is not meant, make one per {owners} and pass it on; bound the container where a cache is"
    )
    text = [
        f"{singleton.location.path}:{singleton.location.line} `{singleton.holder.qualname}`, {singleton.kind.value}"
        for singleton in singletons[:2]
    ]
    text += [
        f"{holding.cls.module.path}:{holding.fact.line} self.{holding.fact.name}, filled by {listed(holding.fillers)}"
        for holding in holdings[:4]
    ]
    return IdentityStateInSingleton.finding(
        subject=cls.id,
        message=(
            f"the process-wide `{cls.name}` ({holders}) keeps {counted(len(holdings), 'unbounded container')}, "
            f"{names}: one object holds the data of all"
        ),
        remedy=ending if is_meant else parting,
        sites=tuple(_site(holding) for holding in holdings),
        evidence={
            "holders": [singleton.holder.id for singleton in singletons],
            "containers": [
                {"attribute": holding.fact.name, "identity": holding.identity, "fillers": list(holding.fillers)}
                for holding in holdings
            ],
            "text": text,
        },
        severity=Severity.INFO if is_meant else None,
    )


def _is_for_all(cls: ClassSymbol) -> bool:
    """Whether a class is by its name there to keep what belongs to many."""
    return not ALL_KEEPING_WORDS.isdisjoint(words(cls.name)[-1:])


def _is_personal(holdings: Sequence[_Holding]) -> bool:
    """Whether something is kept of somebody, rather than of a conversation with them."""
    return not _PERSONS.isdisjoint(each.identity for each in holdings)


def _site(holding: _Holding) -> Site:
    module, fact = holding.cls.module, holding.fact
    place = Location(module.path, fact.line, fact.column, fact.line)
    message = f"`self.{fact.name}` holds entries of every {holding.identity}"
    return Site(place, module.name, f"{holding.cls.id}.{fact.name}", message)
