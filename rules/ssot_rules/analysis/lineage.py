"""What a class inherits from."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Symbol
from ssot_rules.analysis.bodies import is_identical
from ssot_rules.analysis.class_kinds import Kind, kind_of, listed_kind, variable_bases


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a class comes from.

    ``ancestors`` are its first-party ancestors without itself. ``roots`` are the things it inherits from that two
    classes of one family have in common: those ancestors, first-party variables used as a base, and the dotted
    names of external bases that are not generic. ``bases`` are its direct bases, in order.
    """

    kind: Kind
    bases: tuple[Symbol | str, ...]
    ancestors: frozenset[Symbol]
    roots: frozenset[Symbol | str]


_GENERIC_MODULES = frozenset({"abc", "typing", "typing_extensions", "enum", "collections", "collections.abc"})
_GENERIC_KINDS = frozenset({Kind.ENUM, Kind.SCHEMA})


def lineage_of(project: Project, cls: ClassSymbol) -> Lineage:
    """The lineage of a class, over its first-party ancestors."""
    ancestors = frozenset[Symbol](project.ancestry(cls)[1:])
    telling = {name for name in project.base_names(cls) if not is_generic(name)}
    return Lineage(
        kind=kind_of(project, cls),
        bases=tuple(
            base.symbol or base.external or text
            for base, text in zip(project.resolver.bases(cls), cls.fact.bases, strict=True)
        ),
        ancestors=ancestors,
        roots=ancestors | variable_bases(project, cls) | telling,
    )


def have_equal_bases(project: Project, one: ClassSymbol, other: ClassSymbol) -> bool:
    """Whether two classes inherit from the same, or from copies of it: a body says nothing of that."""
    pending, asked = [(one, other)], {(one, other)}
    while pending:
        here, there = (lineage_of(project, each).bases for each in pending.pop())
        pairs = list(zip(here, there, strict=False))
        if len(here) != len(there) or not all(_may_be_same(*pair) for pair in pairs):
            return False
        # Bases of code that cannot run may lead round in a circle.
        copies = {
            (base, like)
            for base, like in pairs
            if isinstance(base, ClassSymbol) and isinstance(like, ClassSymbol) and base is not like
        } - asked
        asked |= copies
        pending += copies
    return True


def _may_be_same(one: Symbol | str, other: Symbol | str) -> bool:
    """Whether two bases are one thing or look alike themselves, whatever they inherit from; of what is no class here
    nothing is known."""
    if isinstance(one, ClassSymbol) and isinstance(other, ClassSymbol):
        return one is other or (one.name == other.name and is_identical(one, other))
    return True


def is_generic(base: str) -> bool:
    """Whether an external base says nothing about what its subclasses are for: ``object``, ``abc.ABC``,
    ``Exception``, ``typing.Protocol``, ``pydantic.BaseModel``."""
    module, _, name = base.rpartition(".")
    if not module:
        return hasattr(builtins, name)
    return module in _GENERIC_MODULES or listed_kind(base) in _GENERIC_KINDS
