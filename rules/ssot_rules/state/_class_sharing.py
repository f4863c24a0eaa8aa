"""What a container in a class body is to the instances of the class."""

from __future__ import annotations

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_rules.analysis.class_kinds import Kind, is_metaclass, outer_bases, own_kinds
from ssot_rules.analysis.vocabulary import C_STRUCTURES, USER_STATES

_DECLARING = frozenset(Kind) - {Kind.EXCEPTION}
"""Kinds of classes that declare in class variables what each instance gets."""


def declares_fields(project: Project, cls: ClassSymbol) -> bool:
    """Whether class variables of ``cls`` are declarations of something else."""
    return (
        not _DECLARING.isdisjoint(own_kinds(project, cls))
        or is_metaclass(project, cls)
        or not (C_STRUCTURES | USER_STATES).isdisjoint(outer_bases(project, cls))
    )
