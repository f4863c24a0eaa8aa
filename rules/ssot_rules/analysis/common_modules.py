"""Where a thing can go that several modules need: a module that is there for it already, if there is one."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.class_kinds import are_values
from ssot_rules.analysis.vocabulary import (
    CLASS_MODULE_WORDS,
    HELPER_WORDS,
    PLUGIN_FOLDERS,
    ROUTE_DECORATORS,
    SPECIAL_MODULE_WORDS,
)

# Of many sites most have to import a module already, of few all.
_IMPORTING_SHARE = 0.75
# What many more use is about something else than what the sites share.
_USERS_PER_SITE = 5
# What is imported from one package mostly is there for that package.
_SERVING_SHARE = 0.5
# Forms of one word begin with so many equal letters, which are so much of the shorter one.
_STEM = 4
_STEM_SHARE = 0.75
# The base of another package is that of what the package is about.
_NEAR_WORDS = frozenset({"base"})
# These hold classes to derive from.
_BASE_WORDS = _NEAR_WORDS | {"mixin", "mixins"}
# Names of so many words say what a function does, though one word is another one.
_WORDS_OF_KIN = 3
# A package of nothing but that many others is where a program looks for its parts.
_PARTS = 10
# So is one of that many modules that have a name in common.
_LIKE_PARTS = 5
_LIKE_PARTS_SHARE = 0.8


def common_module(
    project: Project,
    sites: Sequence[Module],
    is_for_class: bool,
    needed: Collection[Module] = (),
    packages: Collection[str] = (),
    *,
    with_bases: bool = False,
) -> Module | None:
    """The existing module of helpers in which something fits best that all ``sites`` need, from the nearest package on:
    one that leads back to none of them, that what it takes from ``needed`` does not lead back to, and that loads the
    ``packages`` from outside already: who uses it otherwise may do without. None without one.
    ``is_for_class``: of models or types, or the base, for helpers are mostly functions; ``with_bases``: what holds
    base classes comes into question for others too."""
    around = common_package(sites)
    shares = _shares(project, sites)
    near = project.derived(modules_by_package).get(around, ()) if around else ()
    taken = (module for module in (*shares, *near) if is_for_class or with_bases or not holds_base_classes(module))
    able = (module for module in taken if not project.outside.lacks(module, packages))
    candidates = {module for module in able if _is_open_to(project, module, sites, needed)}
    names = CLASS_MODULE_WORDS | _NEAR_WORDS if is_for_class else HELPER_WORDS
    ranked = [(_rank(project, module, sites, shares.get(module, 0.0), names), module) for module in candidates]
    fitting = [(rank, module) for rank, module in ranked if rank is not None]
    return min(fitting, key=lambda each: (each[0], each[1].name))[1] if fitting else None


def module_of_subject(
    project: Project,
    sites: Sequence[Module],
    names: Collection[str],
    needed: Collection[Module] = (),
    packages: Collection[str] = (),
) -> Module | None:
    """The module of functions that all ``sites`` import already and that is called after what functions of these
    ``names`` are about, as ``quoting`` is for ``quote_to_use``, or has a function with all words of such a name:
    ``gpio_validate_modes`` beside which ``validate_mode`` belongs; the one that fewest use. None without one."""
    shared = [module for module, share in _shares(project, sites).items() if share == 1 and module.top_level_functions]
    users = {module: len(_users(project, module)) for module in shared}
    near = [module for module in shared if _is_called_after(module, names)]
    close = [module for module in near if users[module] <= _USERS_PER_SITE * len(sites)]
    kin = [module for module in shared if any(_holds_kin(module, name) for name in names)]
    for fitting in (close, kin):
        able = [module for module in fitting if not project.outside.lacks(module, packages)]
        if found := [module for module in able if _is_open_to(project, module, sites, needed)]:
            return min(found, key=lambda module: (users[module], module.name))
    return None


def module_of_kin(
    project: Project,
    sites: Sequence[Module],
    names: Collection[str],
    needed: Collection[Module] = (),
    packages: Collection[str] = (),
) -> Module | None:
    """The module of functions beside all ``sites`` that others of the package import, and that has a function called as
    one of ``names`` but for one word (``assert_board_read_access`` beside which ``_assert_board_write_access`` belongs)
    or with more words; the one that most import. None without one."""
    package = common_package(sites)
    beside = project.derived(modules_by_package).get(package, ()) if package else ()
    found = [
        module
        for module in beside
        if module not in sites
        and not module.top_level_classes
        and any(_is_kin(module, name) or _holds_kin(module, name) for name in names)
        and len(_users(project, module)) > 1
        and not project.outside.lacks(module, packages)
        and _is_open_to(project, module, sites, needed)
    ]
    return min(found, key=lambda module: (-len(_users(project, module)), module.name), default=None)


def _is_kin(module: Module, name: str) -> bool:
    """Whether a module has a function whose name has the words of another, one of several may differ."""
    own = words(name)
    return len(own) > 1 and any(
        len(own) == len(other)
        and sum(one != two for one, two in zip(own, other, strict=True)) <= (len(own) >= _WORDS_OF_KIN)
        for other in (words(each.name) for each in module.top_level_functions)
    )


def is_for_plugins(module: Module, sites: Sequence[Module]) -> bool:
    """Whether a module is there for plug-ins, by its package, and none of ``sites`` is one."""
    parts = module.source.package.split(".")
    inside = next((at for at, part in enumerate(parts) if PLUGIN_FOLDERS & set(words(part)[-1:])), None)
    return inside is not None and not any(
        f"{site.name}.".startswith(f"{'.'.join(parts[: inside + 1])}.") for site in sites
    )


def _is_called_after(module: Module, names: Collection[str]) -> bool:
    subject = {word for name in names for word in words(name)}
    is_called_so = any(_is_one_word(one, other) for one in words(last_part(module.name)) for other in subject)
    return is_called_so and not module.top_level_classes


def _holds_kin(module: Module, name: str) -> bool:
    """Whether a module has a function whose name has all words of another, two at least, and one more."""
    own = words(name)
    return len(own) > 1 and any(
        len(words(each.name)) > len(own)
        and all(any(word == other or _is_one_word(word, other) for other in words(each.name)) for word in own)
        for each in module.top_level_functions
    )


def _is_one_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: ``quote`` and ``quoting``."""
    shared = sum(1 for _ in takewhile(_are_equal, zip(one, other, strict=False)))
    return shared >= max(_STEM, _STEM_SHARE * min(len(one), len(other)))


def _are_equal(letters: tuple[str, str]) -> bool:
    return letters[0] == letters[1]


def common_package(modules: Sequence[Module]) -> str:
    """The innermost package around all modules; empty without one, or where they count from different roots."""
    if len({module.source.root for module in modules}) > 1:
        return ""
    common: list[str] = []
    for parts in zip(*(module.source.package.split(".") for module in modules), strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)


def folder_of_programs(project: Project, modules: Sequence[Module]) -> str:
    """The folder of modules that all stand directly in one that is no package: programs, each of which finds what lies
    beside it, whatever the folder is called elsewhere. Empty for others, and for the top of the project, where more
    than programs lies."""
    folders = {(module.source.root, module.source.package) for module in modules}
    is_loose = len(folders) == 1 and is_in_folder_of_programs(project, modules[0])
    return posixpath.dirname(modules[0].path) if is_loose else ""


def is_in_folder_of_programs(project: Project, module: Module) -> bool:
    """Whether a module stands in a folder that is no package: names count from there, or the folders up to where they
    do have no ``__init__``, and nothing imports any of their modules by their dotted names."""
    package = module.source.package
    if not package:
        return bool(module.source.root)
    return (module.source.root, package) in project.derived(_folders_never_imported)


def _folders_never_imported(project: Project) -> frozenset[tuple[str, str]]:
    """The folders that are no packages, each with where names count from, of whose modules none is imported."""
    packages = {(each.source.root, each.name) for each in project.modules if each.source.is_package}
    plain = [each for each in project.modules if not each.source.is_package and each.source.package]
    folders = {(each.source.root, each.source.package) for each in plain}
    imported = {
        (each.source.root, each.source.package)
        for each in plain
        if (each.source.root, each.source.package) not in packages and project.importers_of_module(each)
    }
    return frozenset(
        (root, package)
        for root, package in folders - imported
        if not any((root, around) in packages for around in _with_those_around(package))
    )


def _with_those_around(package: str) -> list[str]:
    parts = package.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def outside_plugins(package: str) -> str:
    """The package, or that around it where whatever is put into it counts as a plug-in; empty where nothing is."""
    parts = package.split(".")
    inside = next((at for at, part in enumerate(parts) if PLUGIN_FOLDERS & set(words(part)[-1:])), len(parts))
    return ".".join(parts[:inside])


def outside_parts(project: Project, package: str) -> str:
    """The package, or that around it where it has an empty front and holds nothing but ten or more packages, or modules
    that nearly all have one name: a program finds them by that, and would take what is put beside them for one more. A
    front that defines something is the place where they have it in common."""
    while package in project.derived(_packages_of_parts):
        package = package.rpartition(".")[0]
    return package


def _packages_of_parts(project: Project) -> frozenset[str]:
    fronts = [module for module in project.modules if module.source.is_package and module.zone is Zone.PRODUCTION]
    parts = Counter(module.name.rpartition(".")[0] for module in fronts)
    plain = project.derived(modules_by_package)
    is_bare, is_filled = project.judging(_is_bare), project.judging(_is_filled)
    has_parts = project.judging(_has_parts)
    of_packages = {
        front.name
        for front in fronts
        if parts[front.name] >= _PARTS and front.name not in plain and "." in front.name and is_bare(front)
    }
    large = (name for name, modules in plain.items() if "." in name and len(modules) >= _LIKE_PARTS)
    by_name = {front.name: front for front in fronts}
    alike = {name for name in large if not (name in by_name and is_filled(by_name[name])) and has_parts(name)}
    return frozenset(of_packages | alike)


def _is_bare(_: Project, front: Module) -> bool:
    return not front.namespace


def _is_filled(_: Project, front: Module) -> bool:
    return bool(front.top_level_functions or front.top_level_classes)


def _has_parts(project: Project, package: str) -> bool:
    """Whether nearly all modules of a package have a class or function of one name: what looks for parts asks for
    it."""
    modules = project.derived(modules_by_package)[package]
    names = Counter(
        name
        for module in modules
        for name in {each.name for each in (*module.top_level_classes, *module.top_level_functions)}
        if not name.startswith("_")
    )
    most = max(names.values(), default=0)
    return most >= _LIKE_PARTS and most >= _LIKE_PARTS_SHARE * len(modules)


def place_of_distribution(project: Project, sites: Sequence[Module], packages: Collection[str] = ()) -> str:
    """The package for what all ``sites`` need, in a distribution that theirs can use and import from, does something
    and has the ``packages`` from outside: the one from which they import most of those that use no other of them.
    There, the package of helpers that they import, else the outermost, for the others are about something; empty
    without one."""
    own = {site.source.distribution for site in sites}
    usable = {each.folder for each in project.distributions_for(sites)}
    used = [
        used
        for folder in sorted(own)
        for used in project.records_of(_taken_by_distribution, folder)
        if used.source.distribution in usable - {folder}
    ]
    able = {folder for folder in {each.source.distribution for each in used} if _has(project, folder, packages)}
    if used := [each for each in used if each.source.distribution in able] or used:
        return _package_among(project, _in_lowest_distribution(project, used))
    others = usable - own
    return _top_package(project, min(others)) if len(others) == 1 else ""


def have_a_third(project: Project, one: Module, other: Module) -> bool:
    """Whether the distributions of two modules both import from a third, which uses neither: it is there for both."""
    own = {module.source.distribution for module in (one, other)}
    taken = [
        {used.source.distribution for used in project.records_of(_taken_by_distribution, folder)} for folder in own
    ]
    usable = {each.folder: each for each in project.distributions_for([one, other])}
    shared = (usable.keys() - own).intersection(*taken)
    return len(own) > 1 and any(own.isdisjoint(project.distribution_reach[folder]) for folder in shared)


def _has(project: Project, folder: str, packages: Collection[str]) -> bool:
    """Whether a distribution can take code that needs some packages from outside: it loads them, and is not there for
    constants only."""
    own = [each for each in project.modules if each.source.distribution == folder and each.zone is Zone.PRODUCTION]
    does_something = any(each.top_level_functions or any(map(each.methods, each.top_level_classes)) for each in own)
    return does_something and set(packages) <= frozenset[str]().union(*map(project.outside.loaded_by, own))


def _in_lowest_distribution(project: Project, used: Sequence[Module]) -> list[Module]:
    """Those modules that belong to the most frequent distribution of such as use no other of theirs."""
    counts = Counter(module.source.distribution for module in used)
    members = {module.source.distribution: module for module in used}
    reached = {
        folder: {each.folder for each in project.distributions_for([module])} & counts.keys() - {folder}
        for folder, module in members.items()
    }
    lowest = [folder for folder, below in reached.items() if not below] or list(counts)
    chosen = max(lowest, key=lambda folder: (counts[folder], folder))
    return [module for module in used if module.source.distribution == chosen]


def _package_among(project: Project, used: Sequence[Module]) -> str:
    """The package of helpers that most of some modules of one distribution belong to, else its outermost package."""
    packages = Counter(module.source.package for module in used)
    helpers = [package for package in packages if last_part(package) in HELPER_WORDS]
    if helpers:
        return max(helpers, key=lambda package: (packages[package], package))
    top = _top_package(project, used[0].source.distribution)
    return top or max(packages, key=lambda package: (packages[package], package))


def helpers_of_all(project: Project, sites: Sequence[Module], *, with_bases: bool) -> str:
    """The package of helpers that all ``sites`` import modules of, the innermost; empty without one. ``with_bases``:
    one of base classes or mixins will do."""
    names = HELPER_WORDS if with_bases else HELPER_WORDS - _BASE_WORDS
    packages = [
        {used.source.package for used in imported_by(project, site) if project.can_use(site, used)} for site in sites
    ]
    shared = frozenset[str]().union(*packages).intersection(*packages)
    helpers = [package for package in shared if set(words(last_part(package))) & names]
    return max(helpers, key=lambda package: (package.count("."), package), default="")


def _top_package(project: Project, folder: str) -> str:
    """The outermost package of a distribution with code of its own, other than one that others ship parts of, too;
    empty where its modules stand in none."""
    code = [each.source for each in project.modules if each.zone is Zone.PRODUCTION]
    names = {source.package for source in code if source.distribution == folder} - {""}
    foreign = {f"{source.package}." for source in code if source.distribution != folder}
    own = {name for name in names if not any(package.startswith(f"{name}.") for package in foreign)}
    return min(own or names, key=lambda name: (name.count("."), name), default="")


def is_helper(module: Module, names: Collection[str] = HELPER_WORDS) -> bool:
    """Whether a module is called after nothing but what it is there for, what several others need, and its folder
    (``till_tools/till_helpers.py``). One that answers requests is the handler of those for helpers
    (``routes/utils.py``)."""
    called = set(words(last_part(module.name)))
    own = called - set(words(last_part(module.source.package) or posixpath.basename(module.source.root)))
    return bool(own) and own <= set(names) and not module.derived(_answers_requests)


def _answers_requests(module: Module) -> bool:
    return any(
        decorator.arguments_text is not None and "." in decorator.name and last_part(decorator.name) in ROUTE_DECORATORS
        for function in module.top_level_functions
        for decorator in function.fact.decorators
    )


def _rank(
    project: Project, module: Module, sites: Sequence[Module], share: float, names: Collection[str]
) -> tuple[int, bool, int] | None:
    """How well a module fits, the lowest best; None where it does not: what is called after something else is about
    that, whoever imports it. One that is called as a site is, or that fewer use, is more about the sites."""
    around, users = common_package(sites), len(_users(project, module))
    is_called_otherwise = last_part(module.name) not in {last_part(site.name) for site in sites}
    is_close = is_close_to(project, module, sites)
    if not is_close and _are_about_one_thing(sites):
        return None
    if around and module.source.package == around and is_helper(module, names):
        return 0, is_called_otherwise, users
    if share < _IMPORTING_SHARE or not is_helper(module, HELPER_WORDS & set(names) - _NEAR_WORDS):
        return None
    if is_close and around and f"{module.name}.".startswith(f"{around}."):
        return 1, is_called_otherwise, users
    if is_close and _serves(project, module, around) and not is_for_plugins(module, sites):
        return 2, is_called_otherwise, users
    is_above = f"{around}.".startswith(f"{module.source.package}.")
    return (3, is_called_otherwise, users) if is_above else None


def _are_about_one_thing(sites: Sequence[Module]) -> bool:
    """Whether modules and their folders are called after one thing, each in its own way (``lighter/lighter_utils.py``
    and ``lighter_perpetual/lighter_perpetual_utils.py``): what they share is about that."""
    named = {words(last_part(name))[:1] for site in sites for name in (site.name, site.source.package)}
    return len(named) == 1 and len({site.source.package for site in sites}) > 1


def _shares(project: Project, sites: Sequence[Module]) -> Mapping[Module, float]:
    """The modules that several of ``sites`` import, with the share of them that do."""
    found = Counter(module for site in sites for module in imported_by(project, site))
    return {module: count / len(sites) for module, count in found.items() if count > 1}


def imported_by(project: Project, module: Module) -> tuple[Module, ...]:
    """The first-party modules that a module takes something from, by path."""
    return project.records_of(_taken_by_module, module)


def _taken_by_module(project: Project, module: Module) -> tuple[tuple[Module, Module], ...]:
    return tuple((module, taken) for taken in _sorted(project.linked(modules_imported_in, module)))


def _taken_by_distribution(project: Project, module: Module) -> tuple[tuple[str, Module], ...]:
    """What a module takes from other distributions than its own."""
    own = module.source.distribution
    taken = _sorted(project.linked(modules_imported_in, module))
    return tuple((own, each) for each in taken if each.source.distribution != own)


def _sorted(modules: Collection[Module]) -> list[Module]:
    return sorted(modules, key=lambda module: module.path)


def modules_imported_in(project: Project, module: Module) -> frozenset[Module]:
    """The same, to be collected of all modules."""
    found: set[Module | None] = set()
    for use in project.imports_in(module):
        symbol = use.resolution.symbol
        found |= {use.source, use.resolution.module, symbol.module if symbol is not None else None}
    return frozenset(each for each in found if each is not None)


def modules_by_package(project: Project) -> Mapping[str, tuple[Module, ...]]:
    """The modules that stand directly in each package. For :meth:`Project.derived`."""
    found: dict[str, list[Module]] = defaultdict(list)
    for module in project.modules:
        if not module.source.is_package:
            found[module.source.package].append(module)
    return {package: tuple(modules) for package, modules in found.items()}


def holds_base_classes(module: Module) -> bool:
    """Whether a module is there for the base classes of its package, or what is mixed into them, only: no place for a
    function."""
    is_base = is_helper(module, _BASE_WORDS)
    return is_base and bool(module.top_level_classes) and not module.top_level_functions


def is_for_values(project: Project, module: Module) -> bool:
    """Whether a module is called after what holds values, and has no other class."""
    is_called_so = is_helper(module, CLASS_MODULE_WORDS)
    return is_called_so and bool(module.top_level_classes) and are_values(project, module.top_level_classes)


def _is_open_to(project: Project, module: Module, sites: Sequence[Module], needed: Collection[Module]) -> bool:
    """Whether a module can take what all ``sites`` need, and what ``needed`` holds for it."""
    return takes_anything(module) and can_take(project, module, sites, needed)


def can_take(project: Project, module: Module, sites: Sequence[Module], needed: Collection[Module]) -> bool:
    """The same of any module, whatever it is there for."""
    if any(project.reach.leads(each, module) and not project.reach.leads(module, each) for each in needed):
        return False
    if module in sites or module.zone is not Zone.PRODUCTION:
        return False
    return all(
        project.can_use(site, module)
        and not project.reach.leads(module, site)
        and not project.reach.closes_circle(site, module)
        and not project.outside.brought(site, module)
        for site in sites
    )


def takes_anything(module: Module) -> bool:
    """Whether a module is no package's front and is not there for one sort of thing only."""
    name = last_part(module.name)
    return not module.source.is_package and not SPECIAL_MODULE_WORDS & {name, *words(name)}


def is_close_to(project: Project, module: Module, sites: Sequence[Module]) -> bool:
    """Whether not many more than ``sites`` use a module: else it is about something else than what they share."""
    return len(_users(project, module)) <= _USERS_PER_SITE * len(sites)


def _serves(project: Project, module: Module, around: str) -> bool:
    """Whether a module elsewhere is there for the package ``around`` above all."""
    users = _users(project, module)
    inside = sum(f"{each.name}.".startswith(f"{around}.") for each in users)
    return bool(around) and inside > _SERVING_SHARE * len(users)


def _users(project: Project, module: Module) -> tuple[Module, ...]:
    return project.concluded(_users_in_production, module)


def _users_in_production(project: Project, module: Module) -> tuple[Module, ...]:
    return tuple(each for each in project.importers_of_module(module) if each.zone is Zone.PRODUCTION)
