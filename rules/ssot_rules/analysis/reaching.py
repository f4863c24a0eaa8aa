"""How a site imports a home: whether it can, by which statement, and what stands in the way."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Sequence

from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import last_part
from ssot_lint.text.wording import listed
from ssot_rules.analysis.common_modules import is_in_folder_of_programs
from ssot_rules.analysis.imports import is_loose_namesake
from ssot_rules.analysis.layout import file_stem
from ssot_rules.analysis.spelled import is_named_otherwise, name_for
from ssot_rules.analysis.standing import keeps_to_itself


def import_statement(project: Project, home: Symbol, copy: Symbol) -> str:
    """The import of ``home`` that takes the place of ``copy``: by a public path where its own name is private, under
    the copy's name where the home's means something else there already."""
    module, name = _public_path(project, home, copy.module) or (name_for(project, copy.module, home.module), home.name)
    holder = copy.module.namespace.get(home.name)
    is_taken = holder is not None and holder is not copy and copy.module is not home.module
    return _statement(module, name, copy.name if is_taken or name != home.name else name)


def name_in(project: Project, module: Module, home: Symbol) -> str:
    """What a module calls ``home`` at its top already: by its definition or by an import; empty where it does not."""
    if module is home.module:
        return home.name
    imported = (use for use in project.imports_of(home) if use.importer is module and use.fact.name != "*")
    at_top = (use.fact for use in imported if use.fact.scope == MODULE_SCOPE and use.fact.guard is Guard.NONE)
    return next((fact.bound_name for fact in at_top if module.namespace.get(fact.bound_name) == fact), "")


def statement_to_call(project: Project, home: Symbol, site: Module) -> str:
    """The import of ``home`` for code of ``site`` that keeps its own name and calls it."""
    module, name = _public_path(project, home, site) or (name_for(project, site, home.module), home.name)
    taken = site.namespace.keys() | project.resolver.star_names(site).keys()
    return _statement(module, name, f"{last_part(module)}_{name.lstrip('_')}" if name in taken else name)


def _statement(module: str, name: str, bound: str) -> str:
    return f"from {module} import {name}" if bound == name else f"from {module} import {name} as {bound}"


def can_reach(project: Project, one: Module, other: Module) -> bool:
    """Whether either of two modules can import the other: what lies in two programs has no home in one of them."""
    return project.can_use(one, other) or project.can_use(other, one)


def is_importable(project: Project, site: Module, home: Module) -> bool:
    """Whether ``site`` can import ``home`` at its top."""
    return project.can_use(site, home) and not project.reach.closes_circle(site, home)


def obstacle_between(project: Project, site: Module, home: Symbol) -> str:
    """Why ``site`` cannot import ``home``, or should not, as a clause; empty where it can."""
    return next(filter(None, obstacles_of(project, site, home.module)), "") or privacy_of(project, site, home)


def quoted(names: Sequence[str]) -> str:
    """Names as code, as a list in a sentence."""
    return listed([f"`{name}`" for name in names])


def obstacles_of(project: Project, site: Module, module: Module) -> Iterator[str]:
    """What keeps ``site`` from importing ``module``, the gravest first."""
    if module is site:
        return
    yield from _obstacles_of_name(project, site, module)
    if not project.can_use(site, module):
        here, there = (project.distribution_of(each).name for each in (site, module))
        is_other = here and there and here != there
        yield f"{here} does not depend on {there}" if is_other else f"{site.path} cannot import {module.name}"
    if project.reach.closes_circle(site, module):
        yield f"{module.name} leads to {site.name} when it is imported"
    if project.reach.turns_round(site, module):
        yield f"`{module.source.package}` imports `{site.source.package}`, not the other way round"
    if apart := keeps_to_itself(project, site, module):
        yield f"`{apart}` imports nothing from outside itself"
    brought = project.outside.brought(site, module)
    if brought and not project.takes_anything(site, module):
        yield f"{module.name} loads {quoted(sorted(brought))}, which {site.name} does without"


def _obstacles_of_name(project: Project, site: Module, module: Module) -> Iterator[str]:
    """What keeps the name of ``module`` from meaning that in ``site``."""
    is_script = is_in_folder_of_programs(project, site)
    if module.name == site.name or (is_script and module.name == file_stem(site)):
        yield f"in {site.path} `{module.name}` means that file itself"
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in module.name.split(".")):
        yield f"`{module.name}` is no name that an import statement can have"
    if module.source.package and is_in_folder_of_programs(project, module):
        yield f"`{module.source.package}` is no package, and nothing imports from it"
    if is_loose_namesake(project, site, module):
        yield f"`{module.name}` is another file in other folders, and no file in this one imports its neighbours"
    if is_named_otherwise(project, site, module):
        yield f"`{name_for(project, site, module)}` imports its neighbours by names that mean nothing here"


def privacy_of(project: Project, site: Module, home: Symbol) -> str:
    """Whether the name of ``home`` is for its own module only, as a clause, and no public one is there."""
    if _is_private(project, home, site) and _public_path(project, home, site) is None:
        return f"`{home.name}` is private to {home.module.name}"
    return ""


def _is_private(project: Project, home: Symbol, site: Module) -> bool:
    """Whether the name of ``home`` is for its own module, or for those of its package that import it already."""
    if not home.name.startswith("_") or site is home.module:
        return False
    package = home.module.source.package
    is_shared = any(use.importer.source.package == package for use in project.imports_of(home))
    return not (is_shared and site.source.package == package)


def _public_path(project: Project, home: Symbol, site: Module) -> tuple[str, str] | None:
    """A module and a public name in it under which it has ``home``, whose own name is private outside: an alias, or a
    package around it that passes it on."""
    if not _is_private(project, home, site):
        return None
    for variable in home.module.variables:
        if not variable.name.startswith("_") and _is_alias_of(project, variable, home):
            return name_for(project, site, home.module), variable.name
    for use in project.imports_of(home):
        is_around = use.importer.source.is_package and home.module.name.startswith(f"{use.importer.name}.")
        if is_around and not use.fact.bound_name.startswith("_") and project.can_use(site, use.importer):
            return name_for(project, site, use.importer), use.fact.bound_name
    return None


def _is_alias_of(project: Project, variable: VariableSymbol, home: Symbol) -> bool:
    return project.resolver.lookup(home.module, variable.name).symbol is home
