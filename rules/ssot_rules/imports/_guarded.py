"""Imports whose failure is caught: by which handler, and whether the program goes on with something in their place."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.facts import Import
from ssot_lint.model.syntax import MODULE_SCOPE, Branch, BranchKind, Exit, Guard, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.imports import is_private
from ssot_rules.analysis.vocabulary import LATER_WORDS
from ssot_rules.imports._missing import dotted_name, missing_imports

_BROAD = frozenset({"", "Exception", "BaseException"})


def handler_of(module: Module, fact: Import) -> Branch | None:
    """The first handler behind an import in a ``try`` that catches its ImportError; None for a ``with``."""
    handlers = [
        branch
        for branch in module.facts.branches
        if branch.kind is BranchKind.EXCEPT and branch.scope == fact.scope and branch.line > fact.statement
    ]
    return min(handlers, key=lambda branch: branch.line) if handlers and fact.guard & Guard.TRY_IMPORT else None


def has_stand_in(module: Module, fact: Import) -> bool:
    """Whether something takes the place of a name when its import fails; in a function it is taken to be so, unless the
    handler is there for whatever goes wrong."""
    handler = handler_of(module, fact)
    if handler is None or handler.exit is Exit.RAISE:
        return False
    if fact.scope != MODULE_SCOPE:
        return not _is_for_all_that_fails(module, fact, handler)
    bound = tuple(_bound_names(module, fact))
    if any(
        name == fact.bound_name or (guard & Guard.EXCEPT_IMPORT and line > handler.line) for name, guard, line in bound
    ):
        return True
    # A flag that is set before, and again once the import went well.
    flags = {name for name, guard, line in bound if guard & Guard.TRY_IMPORT and fact.line < line < handler.line}
    return any(name in flags and line < fact.statement for name, _, line in bound)


def ends_in_handler(module: Module, fact: Import) -> bool:
    """Whether the failure of an import ends a function that gives nothing back: the handler tells of it, and is there
    in place of nothing."""
    handler = handler_of(module, fact)
    if handler is None or handler.exit is not Exit.RETURN:
        return False
    around = next((each for each in module.facts.functions if each.scope == fact.scope), None)
    return around is not None and all(value.kind is ValueKind.NONE for value in around.returned)


def _is_for_all_that_fails(module: Module, fact: Import, handler: Branch) -> bool:
    """Whether a handler of any exception ends a block that goes on to call what it imports, gives nothing back and
    imports nothing: it reports, and the import was not expected to fail."""
    if handler.test not in _BROAD or handler.exit is not Exit.FALL_THROUGH:
        return False
    calls = [call for call in module.facts.calls if call.scope == fact.scope and fact.line < call.line < handler.line]
    is_used = any(call.callee.partition(".")[0] == fact.bound_name for call in calls)
    later = (each for each in module.facts.imports if each.scope == fact.scope and each.line > handler.line)
    return is_used and not any(each.guard & Guard.EXCEPT_IMPORT for each in later)


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


def is_tried_elsewhere(project: Project, use: ImportReference) -> bool:
    """Whether the file tries the same import in another place, and goes on without it: it knows that it may fail."""
    dotted = dotted_name(project, use)
    handlers = (
        handler_of(use.importer, other.fact)
        for other in missing_imports(project, use.importer)
        if f"{dotted}.".startswith(f"{dotted_name(project, other)}.")
    )
    return any(handler is not None and handler.exit is not Exit.RAISE for handler in handlers)


def may_come_later(use: ImportReference) -> bool:
    """Whether a module is named as those that an installation adds, as ``local_settings``, or a build, as ``_core``."""
    name = use.fact.module if use.fact.name is None else f"{use.fact.module}.{use.fact.name}"
    return any(is_private(part) or LATER_WORDS & set(words(part)) for part in name.split("."))
