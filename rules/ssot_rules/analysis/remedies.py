"""How a site gets at the home of its subject: the import to write there, or a place that both can reach."""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.project.home import ALPHABET
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol, VariableSymbol
from ssot_lint.text.wording import listed

_KEEP = "Keep"


@dataclass(frozen=True, slots=True)
class Way:
    """How some copies of a thing get at its home: by ``statement``, the import to write there. Where that is empty,
    ``obstacle`` says what stands in its way, as a clause."""

    copies: tuple[Symbol, ...]
    statement: str
    obstacle: str = ""

    @property
    def paths(self) -> str:
        """The files of the copies, each once, as a list in a sentence."""
        return listed(list(dict.fromkeys(copy.module.path for copy in self.copies)))


def ways_to(project: Project, home: Symbol, copies: Sequence[Symbol]) -> list[Way]:
    """How each of ``copies`` gets at ``home``; those with one way together, by their first one."""
    found: dict[tuple[str, str], list[Symbol]] = defaultdict(list)
    for copy in copies:
        obstacle = obstacle_between(project, copy.module, home)
        found["" if obstacle else import_statement(project, home, copy), obstacle].append(copy)
    return [Way(tuple(group), statement, obstacle) for (statement, obstacle), group in found.items()]


def import_statement(project: Project, home: Symbol, copy: Symbol) -> str:
    """The import of ``home`` that takes the place of ``copy``: by a public path where its own name is private, under
    the copy's name where the home's means something else there already."""
    module, name = _public_path(project, home, copy.module) or (home.module.name, home.name)
    holder = copy.module.namespace.get(home.name)
    is_taken = holder is not None and holder is not copy and copy.module is not home.module
    bound = copy.name if is_taken or name != home.name else name
    return f"from {module} import {name}" if bound == name else f"from {module} import {name} as {bound}"


def can_reach(project: Project, one: Module, other: Module) -> bool:
    """Whether either of two modules can import the other: what lies in two programs has no home in one of them."""
    return project.can_use(one, other) or project.can_use(other, one)


def is_importable(project: Project, site: Module, home: Module) -> bool:
    """Whether ``site`` can import ``home`` at its top."""
    return project.can_use(site, home) and not project.reach.closes_circle(site, home)


def obstacle_between(project: Project, site: Module, home: Symbol) -> str:
    """Why ``site`` cannot import ``home``, as a clause; empty where it can."""
    module = home.module
    if module.name == site.name and module is not site:
        return f"in {site.path} `{module.name}` means that file itself"
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in module.name.split(".")):
        return f"`{module.name}` is no name that an import statement can have"
    if not project.can_use(site, module):
        here, there = (project.distribution_of(each).name for each in (site, module))
        if here and there and here != there:
            return f"{here} does not depend on {there}"
        return f"{site.path} cannot import {module.name}"
    if project.reach.closes_circle(site, module):
        return f"{module.name} leads to {site.name} when it is imported"
    if _is_private(home, site) and _public_path(project, home, site) is None:
        return f"`{home.name}` is private to {module.source.package or module.name}"
    return ""


def common_place(project: Project, symbols: Sequence[Symbol]) -> str:
    """Where a thing can go that the modules of ``symbols`` all need, as words: ``a module of `shop` ``."""
    modules = list(dict.fromkeys(symbol.module for symbol in symbols))
    package = _common_package(modules)
    if package and all(project.can_use(one, other) for one in modules for other in modules):
        return f"a module of `{package}`"
    names = [f"`{each.name}`" for each in project.distributions_for(modules)]
    return f"{' or '.join(names)} (all of them can use it)" if names else "a package that all of them can import"


def keep_or_move(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> str:
    """The first sentence of a remedy: what stays. Where only names told the copies apart, a common module is better."""
    if reason != ALPHABET:
        return f"{_KEEP} `{home.name}` in {home.module.path}."
    place = common_place(project, [home, *copies])
    return (
        f"{_KEEP} one `{home.name}`: as nothing sets the copies apart, move it to {place} and import it from there, or "
        f"let that in {home.module.path} stay."
    )


def move_advice(project: Project, home: Symbol, way: Way) -> str:
    """What to do where there is no import to write."""
    public = " under a public name" if home.name.startswith("_") else ""
    place = common_place(project, [home, *way.copies])
    return (
        f"Move `{home.name}`{public} to {place} and import it from there in {home.module.path} and {way.paths}: "
        f"{way.obstacle}."
    )


def verdict(home: Symbol, reason: str, remedy: str) -> str:
    """The end of a message, in keeping with its remedy: which place stays and why, or that none can."""
    if remedy.startswith(_KEEP):
        return f"keep {home.module.path}, {reason}"
    return "none stands where all can import it"


def _is_private(home: Symbol, site: Module) -> bool:
    """Whether the name of ``home`` is for its own package only, and ``site`` lies outside."""
    around = home.module.source.package
    return home.name.startswith("_") and around != site.source.package


def _public_path(project: Project, home: Symbol, site: Module) -> tuple[str, str] | None:
    """A module and a public name in it under which it has ``home``, whose own name is private outside: an alias, or a
    package around it that passes it on."""
    if not _is_private(home, site):
        return None
    for variable in home.module.variables:
        if not variable.name.startswith("_") and _is_alias_of(project, variable, home):
            return home.module.name, variable.name
    for use in project.imports_of(home):
        is_around = use.importer.source.is_package and home.module.name.startswith(f"{use.importer.name}.")
        if is_around and not use.fact.bound_name.startswith("_") and project.can_use(site, use.importer):
            return use.importer.name, use.fact.bound_name
    return None


def _is_alias_of(project: Project, variable: VariableSymbol, home: Symbol) -> bool:
    return project.resolver.lookup(home.module, variable.name).symbol is home


def _common_package(modules: Sequence[Module]) -> str:
    """The innermost package around all modules; empty without one, or where they count from different roots."""
    if len({module.source.root for module in modules}) > 1:
        return ""
    common: list[str] = []
    for parts in zip(*(module.source.package.split(".") for module in modules), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)
