"""Old addresses that texts may name: ``mock.patch("a.b.X")``, entry points, dotted names in settings and docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.model.edits import DeleteDefinition, DeleteFile, Edit, RenameImport, RetargetImport
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project


class Move(NamedTuple):
    """A thing that is found at ``new`` from now on, not at ``old``; both dotted, ``new`` empty for what is gone.
    ``is_looked_up``: what moves was asked for at the old address each time it was used, so whoever replaces it there,
    as tests do, has to follow."""

    old: str
    new: str
    is_looked_up: bool


def moves_of(project: Project, around: Neighbourhood, edit: Edit) -> Iterator[Move]:
    """What an edit moves."""
    if isinstance(edit, DeleteDefinition) and edit.module:
        yield Move(f"{around.module(edit.path).name}.{edit.name}", f"{edit.module}.{edit.home_name}", False)
    if isinstance(edit, DeleteFile) and around.module(edit.path) not in project.shadowed:
        yield Move(around.module(edit.path).name, "", False)
    if isinstance(edit, RetargetImport | RenameImport):
        yield from _of_import(project, around, edit)


def _of_import(project: Project, around: Neighbourhood, edit: RetargetImport | RenameImport) -> Iterator[Move]:
    importer = around.module(edit.path)
    for fact in importer.facts.imports:
        if (fact.line, fact.column) == (edit.line, edit.column):
            dotted = project.resolver.index.absolute_name(importer, fact) or ""
            if edit.name and fact.name:
                yield Move(f"{dotted}.{fact.name}", f"{edit.module}.{edit.name}", fact.scope != MODULE_SCOPE)
            elif not edit.name:
                old = f"{dotted}.{fact.name}" if fact.name else dotted
                yield Move(old, edit.module, True)
