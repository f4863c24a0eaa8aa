"""What files that could not be read may hold."""

from __future__ import annotations

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module


def may_be_in_unread(project: Project, name: str) -> bool:
    """Whether a file that could not be read has a name in its text: that nobody else has it is no proof then."""
    return any(module.facts.mentions_name(name) for module in project.modules_with(_whether_unread, True))


def _whether_unread(_: Project, module: Module) -> tuple[bool]:
    return (module.is_opaque,)
