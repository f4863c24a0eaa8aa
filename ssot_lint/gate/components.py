"""What belongs to a declared component: findings, files, and the score of those files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssot_lint.model.component import Component
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.finding import Finding
from ssot_lint.model.source import SourceFile
from ssot_lint.model.syntax import MODULE_SCOPE


def owns(component: Component, finding: Finding) -> bool:
    """Whether the finding is about the component: its subject or home is the component's home or factory, a
    class that matches ``names``, one of ``methods``, ``events`` or ``replaces``, or the component itself."""
    symbols = {finding.subject, finding.home.symbol if finding.home else finding.subject}
    named = {*component.methods, *component.events, *component.replaces}
    if symbols & {component.name, component.home, component.factory, *named}:
        return True
    names = (symbol.rpartition(":")[2].rpartition(".")[2] for symbol in symbols)
    return any(component.is_played_by(name) for name in names)


def component_paths(
    component: Component,
    files: Sequence[SourceFile],
    results: Sequence[ModuleFacts | ParseFailure],
) -> frozenset[str]:
    """The paths of the component's modules: those in ``paths``, the home's and the factory's, and those that
    define a class matching ``names``. ``results`` are the facts of ``files``, in the same order."""
    modules = {symbol.partition(":")[0] for symbol in (component.home, component.factory) if symbol}
    return frozenset(
        file.path
        for file, facts in zip(files, results, strict=True)
        if file.module in modules
        or component.may_hold(file.path)
        or any(component.is_played_by(name) for name in _class_names(facts))
    )


def _class_names(facts: ModuleFacts | ParseFailure) -> Iterable[str]:
    if isinstance(facts, ParseFailure):
        return []
    return [each.name for each in facts.classes if each.parent == MODULE_SCOPE]
