"""Modules beside a package of their name, which Python imports instead."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.syntax import Guard
from ssot_lint.project.symbols import Module


def shadowed_modules(modules: Sequence[Module]) -> dict[Module, Module]:
    """Each module that is never imported, with the package that is; a script of a package's name runs all the same."""
    packages = {
        (module.source.root, module.name): module
        for module in modules
        if module.source.is_package and not module.source.is_stub
    }
    files = [module for module in modules if not module.source.is_package and not module.source.is_stub]
    return {
        module: package
        for module in files
        if (package := packages.get((module.source.root, module.name))) and not is_script(module)
    }


def is_script(module: Module) -> bool:
    """Whether a file is there to be run: it says so, or it imports its own name, which can only be the package."""
    facts = module.facts
    own_name = module.name.rpartition(".")[2]
    imports_itself = any(not fact.level and fact.module.partition(".")[0] == own_name for fact in facts.imports)
    guards = {fact.guard for fact in facts.calls} | {fact.guard for fact in facts.imports}
    return imports_itself or any(guard & Guard.MAIN for guard in guards)
