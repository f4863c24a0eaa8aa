"""What is made of the parts of all modules, for :meth:`Project.combined`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ssot_lint.project.symbols import Module

T = TypeVar("T")


def united(parts: Mapping[Module, frozenset[T]]) -> frozenset[T]:
    """All that is found in any module."""
    return frozenset[T]().union(*parts.values())
