"""Modules that a script of the project writes, so that a checkout may be without them."""

from __future__ import annotations

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import words

_WRITING_NAMES = ("open", "write_text", "write_bytes", "dump")
_TELLING_WORDS = 2
"""What is called `utils` stands in many scripts."""


def is_written_by_a_script(project: Project, dotted: str) -> bool:
    """Whether a script that writes files says the name of a module with those of all packages around it, and does not
    import it: ``Path("shop/prices/tax_table.py").write_text(...)``."""
    *packages, name = dotted.split(".")
    if len(words(name)) < _TELLING_WORDS:
        return False
    return any(_writes(module, packages, name) for module in project.mentioning(name))


def _writes(module: Module, packages: list[str], name: str) -> bool:
    if module.zone is not Zone.SCRIPT or any(
        name in (fact.name, *fact.module.split(".")) for fact in module.facts.imports
    ):
        return False
    facts = module.facts
    return all(map(facts.mentions_name, packages)) and any(map(facts.mentions_name, _WRITING_NAMES))
