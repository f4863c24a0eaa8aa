"""Imports whose failure is caught: by which handler, and whether the program goes on with something in their place."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.facts import Import
from ssot_lint.model.syntax import MODULE_SCOPE, Branch, BranchKind, Exit, Guard
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.imports import is_private
from ssot_rules.analysis.vocabulary import LATER_WORDS


def handler_of(module: Module, fact: Import) -> Branch | None:
    """The first handler behind an import in a ``try`` that catches its ImportError; None for a ``with``."""
    handlers = [
        branch
        for branch in module.facts.branches
        if branch.kind is BranchKind.EXCEPT and branch.scope == fact.scope and branch.line > fact.statement
    ]
    return min(handlers, key=lambda branch: branch.line) if handlers and fact.guard & Guard.TRY_IMPORT else None


def has_stand_in(module: Module, fact: Import) -> bool:
    """Whether something takes the place of a name when its import fails; in a function it is taken to be so."""
    handler = handler_of(module, fact)
    if handler is None or handler.exit is Exit.RAISE:
        return False
    if fact.scope != MODULE_SCOPE:
        return True
    return any(
        name == fact.bound_name or (guard & Guard.EXCEPT_IMPORT and line > handler.line)
        for name, guard, line in _bound_names(module, fact)
    )


def _bound_names(module: Module, but: Import) -> Iterator[tuple[str, Guard, int]]:
    """The names that a module binds at its top, ``but`` the one import, with guard and line."""
    facts = module.facts
    for each in facts.imports:
        if each is not but and each.scope == MODULE_SCOPE:
            yield each.bound_name, each.guard, each.line
    for binding in facts.bindings:
        if binding.scope == MODULE_SCOPE:
            yield binding.name, binding.guard, binding.line
    for symbol in (*module.top_level_classes, *module.top_level_functions):
        yield symbol.name, symbol.fact.guard, symbol.fact.line


def may_come_later(use: ImportReference) -> bool:
    """Whether a module is named as those that an installation adds, as ``local_settings``, or a build, as ``_core``."""
    name = use.fact.module if use.fact.name is None else f"{use.fact.module}.{use.fact.name}"
    return any(is_private(part) or LATER_WORDS & set(words(part)) for part in name.split("."))
