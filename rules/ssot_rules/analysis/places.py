"""Where things that several modules share can be put: a module that is there, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.model.finding import NEW_MODULE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_rules.analysis.class_kinds import are_values
from ssot_rules.analysis.common_modules import (
    common_module,
    common_package,
    folder_of_programs,
    helpers_of_all,
    holds_base_classes,
    is_for_values,
    is_helper,
    module_of_kin,
    module_of_subject,
    outside_parts,
    outside_plugins,
    place_of_distribution,
)
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.helpers_at_hand import helpers_at_hand
from ssot_rules.analysis.surroundings import modules_needed, packages_needed
from ssot_rules.analysis.vocabulary import CLASS_MODULE_WORDS

NO_PLACE = "a package that all of them can import"
_OPEN = "a module that all can import"
_MODULE_BESIDE = "a new module beside them in"


def common_place(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None = None, *, for_class: bool = False
) -> str:
    """Where a thing can go that the modules of ``symbols`` all need, as words: ``\\`shop.utils\\```, or what the place
    has to be like, with a package where there would be one. It may derive from ``base``. ``for_class``: it is a class,
    whatever ``symbols`` are."""
    return existing_place(project, symbols, base, for_class=for_class) or NO_PLACE


def place_of_helpers(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None = None, *, for_class: bool = False
) -> str:
    """As :func:`common_place` where a module is there for such things already, other than for the base classes of its
    package; empty elsewhere."""
    module = _existing_module(project, symbols, base, for_class=for_class)
    return "" if module is None or holds_base_classes(module) else f"`{module.name}`"


def helpers_for(project: Project, symbols: Sequence[Symbol]) -> Module | None:
    """The module of helpers that all places of some definitions import already, if it has no other thing of a name."""
    modules = list(dict.fromkeys(symbol.module for symbol in symbols))
    needed, packages = modules_needed(project, symbols), packages_needed(project, symbols)
    module = helpers_at_hand(project, modules, needed, packages)
    return None if module is None or _has_another(module, symbols) else module


def _are_parts_of_one(project: Project, modules: Sequence[Module], around: str) -> bool:
    """Whether modules of a package are imported by others of it: parts of one plug-in, none of them by itself."""
    return bool(around) and all(
        any(f"{user.name}.".startswith(f"{around}.") for user in project.importers_of_module(module))
        for module in modules
    )


def existing_place(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None = None, *, for_class: bool = False
) -> str:
    """As :func:`common_place`; empty where there is none."""
    modules = list(dict.fromkeys(symbol.module for symbol in symbols))
    if module := _existing_module(project, symbols, base, for_class=for_class):
        return f"`{module.name}`"
    packages = packages_needed(project, symbols)
    around = common_package(modules)
    package = around if _are_parts_of_one(project, modules, around) else outside_plugins(around)
    package = outside_parts(project, package)
    can_share = all(project.can_use(one, other) for one in modules for other in modules)
    if folder := folder_of_programs(project, modules):
        return f"{_MODULE_BESIDE} {folder}"
    if package and package == around and can_share:
        return _open_place(package)
    if base is not None and base.module.source.package and all(project.can_use(one, base.module) for one in modules):
        return _open_place(base.module.source.package)
    if package and can_share:
        return _open_place(package)
    with_bases = for_class or all(isinstance(symbol, ClassSymbol) for symbol in symbols)
    package = place_of_distribution(project, modules, packages)
    package = package or helpers_of_all(project, modules, with_bases=with_bases)
    return _open_place(package) if package else ""


def _open_place(package: str) -> str:
    """A place that no module is known to be, as words: which one it will be is for those to say who know the code."""
    return f"{_OPEN} ({NEW_MODULE} `{package}`, say)"


def _existing_module(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None, *, for_class: bool
) -> Module | None:
    modules = list(dict.fromkeys(symbol.module for symbol in symbols))
    if len(modules) == 1:
        return modules[0]
    is_for_class = all(isinstance(symbol, ClassSymbol) for symbol in symbols)
    needed = modules_needed(project, symbols) | (set() if base is None else {base.module})
    packages = packages_needed(project, symbols)
    names = [symbol.name for symbol in symbols if isinstance(symbol, FunctionSymbol)] if not for_class else []
    is_function = base is None and not for_class and all(isinstance(symbol, FunctionSymbol) for symbol in symbols)
    kin = module_of_kin(project, modules, names, needed, packages) if is_function else None
    module = kin or common_module(
        project, modules, is_for_class or for_class, needed, packages, with_bases=base is not None
    )
    if module is not None and (
        (is_function and holds_base_classes(module))
        or (is_for_values(project, module) and not are_values(project, symbols))
        or (base is not None and _is_for_other_classes(project, module, base))
        or (base is None and holds_base_classes(module) and not _has_their_bases(project, module, symbols))
        or _has_another(module, symbols)
    ):
        module = None
    if module is None and is_function:
        module = helpers_for(project, symbols)
    module = module or module_of_subject(project, modules, names, needed, packages)
    if module is None or _has_another(module, symbols):
        return None
    return module if module.top_level_classes or not for_class else None


def _is_for_other_classes(project: Project, module: Module, base: Symbol) -> bool:
    """Whether a module is called after what classes are, and what is in it has nothing to do with ``base``: no heir of
    that belongs there."""
    if not is_helper(module, CLASS_MODULE_WORDS) or not isinstance(base, ClassSymbol):
        return False
    return bool(module.top_level_classes) and not any(
        base in project.ancestry(cls) or cls in project.ancestry(base) for cls in module.top_level_classes
    )


def _has_their_bases(project: Project, module: Module, symbols: Sequence[Symbol]) -> bool:
    """Whether some classes, or those of some methods, derive from what a module holds, which is there for heirs of
    that."""
    found = [owner_of(each) if isinstance(each, FunctionSymbol) else each for each in symbols]
    classes = [each for each in found if isinstance(each, ClassSymbol)]
    return any(base.module is module for cls in classes for base in project.ancestry(cls))


def _has_another(module: Module, symbols: Sequence[Symbol]) -> bool:
    """Whether a module means something else by the name of one of some definitions elsewhere."""
    return any(symbol.module is not module and symbol.name in module.namespace for symbol in symbols)
