"""A component that may be proposed, before it is written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from ssot_lint.init.grouping import linked
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol


class Sign(IntEnum):
    """What shows that there is a component, the clearest sign first."""

    EDITIONS = 0
    RESPONSIBILITY = 1
    FACTORIES = 2


@dataclass(frozen=True)
class Candidate:
    """``title`` is what it is called, in CapWords. ``classes`` are those that play its role, ``home`` one of them and
    ``reason`` why it is the home; ``names`` are the names of those that are it by their name. ``methods`` are those by
    which they do the same, ``factory`` the function to keep of several that build ``home``, and ``weight`` the number
    of places that claim the role."""

    sign: Sign
    title: str
    classes: tuple[ClassSymbol, ...]
    home: ClassSymbol
    reason: str
    evidence: tuple[str, ...]
    weight: int
    names: frozenset[str]
    methods: tuple[str, ...] = ()
    factory: FunctionSymbol | None = None
    factory_reason: str = ""


def production_classes(project: Project) -> list[ClassSymbol]:
    """The top-level classes of production code, by place."""
    return [cls for cls in project.classes() if cls.module.zone is Zone.PRODUCTION]


def families(project: Project, classes: Iterable[ClassSymbol]) -> list[list[ClassSymbol]]:
    """``classes`` that inherit from one another, or have a first-party ancestor in common, as one group each; in
    their order."""
    return linked(classes, project.ancestry)


def merged(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, those that are about the same classes made one, the heaviest first."""
    found: list[Candidate] = []
    for candidate in sorted(candidates, key=_order):
        for other in [other for other in found if _is_same(other, candidate)]:
            found.remove(other)
            candidate = _united(*sorted((other, candidate), key=_order))
        found.append(candidate)
    return sorted(found, key=lambda each: (-each.weight, each.title, each.home.id))


def _order(candidate: Candidate) -> tuple[int, int, str, str]:
    return candidate.sign, -candidate.weight, candidate.title, candidate.home.id


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether half of the classes of either are classes of both."""
    common = len(set(one.classes) & set(other.classes))
    return 2 * common >= min(len(one.classes), len(other.classes))


def _united(one: Candidate, other: Candidate) -> Candidate:
    """``one``, which has the clearer sign, with what ``other`` adds."""
    classes = (*one.classes, *(cls for cls in other.classes if cls not in one.classes))
    united = replace(
        one,
        classes=tuple(sorted(classes, key=lambda cls: cls.sort_key)),
        evidence=one.evidence + other.evidence,
        weight=one.weight + other.weight,
        names=one.names | other.names if other.sign is Sign.EDITIONS else one.names,
        methods=tuple(dict.fromkeys(one.methods + other.methods)),
    )
    if one.factory is None and other.factory is not None and other.home is one.home:
        return replace(united, factory=other.factory, factory_reason=other.factory_reason)
    return united
