"""What a report says of a tree, whatever stands in its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ssot_lint.model.source import SourceTree, Zone


@dataclass(frozen=True, slots=True)
class Outline:
    """The paths of all files, those of the production zone, and how many files each zone has."""

    paths: frozenset[str]
    production: frozenset[str]
    zones: Mapping[Zone, int]


def outline_of(tree: SourceTree) -> Outline:
    """The outline of a tree with its final layout."""
    return Outline(
        frozenset(file.path for file in tree.files),
        frozenset(file.path for file in tree.files if file.zone is Zone.PRODUCTION),
        Counter(file.zone for file in tree.files),
    )
