"""Files that can be deleted with the copies in them, because nothing imports them and nothing else is there."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.project.names_read import names_read_by
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_rules.analysis.idle_copies import is_outlived, is_past


def goes_whole(project: Project, copies: Sequence[Symbol], home: Module) -> bool:
    """Whether the file of ``copies``, all of one module, can be deleted: nothing imports it, and it calls itself past
    or has nothing of its own. A file that was written just now is imported by nothing yet."""
    module = copies[0].module
    return is_outlived(project, module, home) and (is_past(module) or _has_only(module, copies, home))


def _has_only(module: Module, copies: Sequence[Symbol], home: Module) -> bool:
    """Whether a module defines nothing but ``copies``, what ``home`` has word for word, and the values these read."""
    at_home = {(each.name, each.fact.body.digest) for each in _defined(home)}
    defined = _defined(module)
    known = [each for each in defined if each in copies or (each.name, each.fact.body.digest) in at_home]
    read = frozenset[str]().union(*map(names_read_by, known))
    own = [each for each in module.variables if not each.name.startswith("_") and each.name not in home.namespace]
    return len(known) == len(defined) and all(each in copies or each.name in read for each in own)


def _defined(module: Module) -> Sequence[ClassSymbol | FunctionSymbol]:
    return (*module.top_level_classes, *module.top_level_functions)
