"""How the symbols of a declared component are imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Symbol


def import_paths(project: Project, symbols: Iterable[Symbol]) -> dict[str, dict[str, int]]:
    """The paths by which each symbol is imported, as ``package.module.name``, with the number of import statements;
    most used first. Symbols that nobody imports are left out."""
    found: dict[str, dict[str, int]] = {}
    for symbol in symbols:
        paths = Counter(
            f"{use.source.name}.{use.fact.name}"
            for use in project.imports_of(symbol)
            if use.source is not None and use.fact.name not in (None, "*")
        )
        if paths:
            ranked: list[tuple[str, int]] = sorted(paths.items(), key=lambda entry: (-int(entry[1]), entry[0]))
            found[symbol.id] = dict(ranked)
    return found
