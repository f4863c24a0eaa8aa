"""How a site gets at the home of its subject: the import to write there, or a place that both can reach."""

from __future__ import annotations

import keyword
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ssot_lint.model.finding import NEW_MODULE, NO_HOME_YET, Finding, Severity
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.home import ALLOWED, importers
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.wording import listed
from ssot_rules.analysis.branches import lies_apart
from ssot_rules.analysis.class_kinds import are_values
from ssot_rules.analysis.common_modules import (
    common_module,
    common_package,
    folder_of_programs,
    have_a_third,
    helpers_of_all,
    holds_base_classes,
    is_for_values,
    is_helper,
    is_in_folder_of_programs,
    module_of_subject,
    outside_parts,
    outside_plugins,
    place_of_distribution,
)
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.helpers_at_hand import helpers_at_hand, is_for_helpers, is_rather_a_peer
from ssot_rules.analysis.idle_copies import (
    is_never_named,
    is_past,
    is_unused,
    may_be_kept,
    stood_in_for,
)
from ssot_rules.analysis.imports import is_loose_namesake
from ssot_rules.analysis.spelled import is_named_otherwise, name_for
from ssot_rules.analysis.standing import are_named_for_their_places, is_settled, keeps_to_itself
from ssot_rules.analysis.surroundings import modules_needed, packages_needed, taken_along
from ssot_rules.analysis.vocabulary import CLASS_MODULE_WORDS

_KEEP = "Keep"
NEVER_USED = "delete all of them: no code here does."
"""The end of what is said first of copies that no code uses."""
_NO_PLACE = "a package that all of them can import"
_MODULE_BESIDE = "a new module beside them in"
_AT_HAND = "all of them import that already"
_FROM_A_THIRD = "the distributions of all of them import from that one already"
_OTHER_PROGRAM = "what the others can import is not there for it"


@dataclass(frozen=True, slots=True)
class Way:
    """How some copies of a thing get at its home: by ``statement``, the import to write there. Where that is empty,
    ``deed`` says what to do instead, in a sentence; ``is_move``: the home does not stay either; ``is_deletion``:
    nothing takes the place of the copies."""

    copies: tuple[Symbol, ...]
    statement: str
    deed: str = ""
    is_move: bool = False
    is_deletion: bool = False

    @property
    def paths(self) -> str:
        """The files of the copies, each once, as a list in a sentence."""
        return paths_of(self.copies)


def paths_of(symbols: Sequence[Symbol]) -> str:
    """The files of symbols, each once, as a list in a sentence."""
    return listed(list(dict.fromkeys(symbol.module.path for symbol in symbols)))


def ways_to(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> list[Way]:
    """How each of ``copies`` gets at ``home``, which is the home for ``reason``; those with one way together."""
    found, needed = _idle_ways(project, home, copies)
    if not needed:
        return found
    if stays_nowhere(project, home, reason, needed):
        apart = [copy for copy in needed if not project.can_use(copy.module, home.module)]
        obstacle = obstacle_between(project, apart[0].module, home) if apart else ""
        return [*found, *_moves(project, home, needed, obstacle or better_place(project, home, reason, needed))]
    return [*found, *_ways_of_needed(project, home, needed)]


def stays_nowhere(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether ``home`` is no place to import from: too little speaks for it, its branch of the packages is nothing to
    the others, or another place is there for all."""
    is_weak = not is_settled(project, home, reason, copies) or lies_apart(project, home, reason, copies)
    return is_weak or bool(better_place(project, home, reason, copies))


def better_place(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> str:
    """Why another place is better than that of ``home``, as a clause: all that have a copy import a module of helpers
    already, and it is a peer of theirs, or a third distribution is there for theirs. Empty where none is."""
    if reason == ALLOWED:
        return _FROM_A_THIRD if _have_a_third(project, home, copies) else ""
    is_peer = is_rather_a_peer(project, home, reason, copies)
    return _AT_HAND if is_peer and _helpers_of(project, [home, *copies]) is not None else ""


def _have_a_third(project: Project, home: Symbol, copies: Sequence[Symbol]) -> bool:
    """Whether what is in several distributions can go to one that all of them import from, and no copy has to do with
    the module of ``home`` yet, though it could."""
    modules = list(dict.fromkeys(symbol.module for symbol in (home, *copies)))
    others = modules[1:]
    if any(isinstance(each, VariableSymbol) for each in copies) or is_for_helpers(home.module):
        return False
    if any(project.takes_anything(each, home.module) for each in others) or len(importers(home, project)) > 1:
        return False
    if any(any(_obstacles(project, each, home.module)) for each in others):
        return False
    if not any(have_a_third(project, home.module, each) for each in others):
        return False
    package = place_of_distribution(project, modules, packages_needed(project, [home, *copies]))
    return bool(package) and not any(f"{each.name}.".startswith(f"{package}.") for each in modules)


def _helpers_of(project: Project, symbols: Sequence[Symbol]) -> Module | None:
    modules = list(dict.fromkeys(symbol.module for symbol in symbols))
    needed, packages = modules_needed(project, symbols), packages_needed(project, symbols)
    module = helpers_at_hand(project, modules, needed, packages)
    return None if module is None or _has_another(module, symbols) else module


def import_statement(project: Project, home: Symbol, copy: Symbol) -> str:
    """The import of ``home`` that takes the place of ``copy``: by a public path where its own name is private, under
    the copy's name where the home's means something else there already."""
    module, name = _public_path(project, home, copy.module) or (name_for(project, copy.module, home.module), home.name)
    holder = copy.module.namespace.get(home.name)
    is_taken = holder is not None and holder is not copy and copy.module is not home.module
    bound = copy.name if is_taken or name != home.name else name
    return f"from {module} import {name}" if bound == name else f"from {module} import {name} as {bound}"


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
    bound = f"{module.rpartition('.')[2]}_{name.lstrip('_')}" if name in taken else name
    return f"from {module} import {name}" if bound == name else f"from {module} import {name} as {bound}"


def can_reach(project: Project, one: Module, other: Module) -> bool:
    """Whether either of two modules can import the other: what lies in two programs has no home in one of them."""
    return project.can_use(one, other) or project.can_use(other, one)


def is_importable(project: Project, site: Module, home: Module) -> bool:
    """Whether ``site`` can import ``home`` at its top."""
    return project.can_use(site, home) and not project.reach.closes_circle(site, home)


def obstacle_between(project: Project, site: Module, home: Symbol) -> str:
    """Why ``site`` cannot import ``home``, or should not, as a clause; empty where it can."""
    return next(filter(None, _obstacles(project, site, home.module)), "") or _privacy(project, site, home)


def common_place(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None = None, *, for_class: bool = False
) -> str:
    """Where a thing can go that the modules of ``symbols`` all need, as words: ``\\`shop.utils\\```, or ``a new module
    of \\`shop\\```. It may derive from ``base``. ``for_class``: it is a class, whatever ``symbols`` are."""
    return _existing_place(project, symbols, base, for_class=for_class) or _NO_PLACE


def place_of_helpers(
    project: Project, symbols: Sequence[Symbol], base: Symbol | None = None, *, for_class: bool = False
) -> str:
    """As :func:`common_place` where a module is there for such things already, other than for the base classes of its
    package; empty elsewhere."""
    module = _existing_module(project, symbols, base, for_class=for_class)
    return "" if module is None or holds_base_classes(module) else f"`{module.name}`"


def kept(home: Symbol, ways: Sequence[Way]) -> str:
    """The first sentence of a remedy: what stays; empty where nothing does."""
    is_moved = any(way.is_move for way in ways) and not any(way.statement for way in ways)
    return "" if is_moved else f"{_KEEP} `{home.name}` in {home.module.path}."


def verdict(home: Symbol, reason: str, remedy: str) -> str:
    """The end of a message, in keeping with its remedy: which place stays and why, that none can or none is used."""
    if keeps_home(remedy):
        return f"keep {home.module.path}, {reason}"
    return "no code here uses them" if NEVER_USED in remedy else NO_HOME_YET


def keeps_home(remedy: str) -> bool:
    """Whether a remedy leaves the home where it is."""
    return remedy.startswith(_KEEP)


def only_deletes(project: Project, home: Symbol, copies: Sequence[Symbol], remedy: str) -> bool:
    """Whether all that a remedy does is to delete files that nothing imports."""
    return keeps_home(remedy) and len(in_files_that_go(project, home, copies)) == len(copies)


def in_files_that_go(project: Project, home: Symbol, copies: Sequence[Symbol]) -> list[Symbol]:
    """Those of the copies whose files can be deleted."""
    by_module: dict[Module, list[Symbol]] = defaultdict(list)
    for copy in copies:
        by_module[copy.module].append(copy)
    going = {module for module, group in by_module.items() if goes_whole(project, group, home.module)}
    return [copy for copy in copies if copy.module in going]


def listed_without_home(finding: Finding) -> Finding:
    """``finding`` of what is only nearly the same: information where nothing of it is the home yet. Four of ten such
    findings were right in six draws of unseen code, of those with a home eight."""
    return finding if finding.home_stays else replace(finding, severity=Severity.INFO)


def listed_where_scattered(finding: Finding, *, at_top: bool = False) -> Finding:
    """``finding`` of copies: information where they lie in different folders and none of them is the home, nor any
    module there for it. Of such classes and functions 12 of 47 findings were right in four draws of unseen code, of
    those in one folder 8 of 15, with a home 14 of 18, with a module for it 9 of 12. So are copies in folders that
    not even a package is around. ``at_top``: only where the outermost package is all they have in common, as of
    methods, of which 4 of 12 were right. A third distribution from which
    those of all import is there for such things."""
    places = [site.location.path for site in finding.sites]
    places += [] if finding.home is None else [finding.home.location.path]
    is_scattered = len({posixpath.dirname(path) for path in places}) > 1
    new = re.search(rf"{NEW_MODULE} `([\w.]+)`", finding.remedy)
    has_no_place = new is None and any(f" {word} {_NO_PLACE}" in finding.remedy for word in ("to", "in"))
    is_known = new is None or (at_top and "." in new[1]) or _FROM_A_THIRD in finding.remedy
    has_place = not has_no_place and is_known
    if finding.home_stays or not is_scattered or has_place:
        return finding
    return replace(finding, severity=Severity.INFO)


def _idle_ways(project: Project, home: Symbol, copies: Sequence[Symbol]) -> tuple[list[Way], list[Symbol]]:
    """What becomes of copies that nothing needs, and the others."""
    outlived = in_files_that_go(project, home, copies)
    copies = [copy for copy in copies if copy not in outlived]
    unused = [copy for copy in copies if is_unused(project, copy, home)]
    stand_ins = [copy for copy in copies if copy not in unused and stood_in_for(project, copy.module, home.module)]
    ways = []
    if outlived:
        ways.append(Way(tuple(outlived), "", deletion_of(outlived), is_deletion=True))
    if unused:
        ways.append(Way(tuple(unused), "", _deletion(home, unused), is_deletion=True))
    if stand_ins:
        files = paths_of(stand_ins)
        deed = (
            f"Delete {files} and the `except` that imports it, if {home.module.name} can be relied on: it stands in "
            "for that alone."
        )
        ways.append(Way(tuple(stand_ins), "", deed, is_deletion=True))
    return ways, [copy for copy in copies if copy not in unused and copy not in stand_ins]


def deletion_of(outlived: Sequence[Symbol]) -> str:
    """What to do with files that nothing imports, in a sentence."""
    says_so = ", and it calls itself past" if all(is_past(symbol.module) for symbol in outlived) else ""
    return f"Delete {paths_of(outlived)}, unless other projects use it: no code here does{says_so}."


def _deletion(home: Symbol, unused: Sequence[Symbol]) -> str:
    names = sorted({symbol.name for symbol in unused})
    what = "it" if names == [home.name] else _named(names)
    if all(name.startswith("_") for name in names):
        return f"Delete {what} from {paths_of(unused)}: no code uses it there."
    return f"Delete {what} from {paths_of(unused)}, unless other projects take it from there: no code here does."


def doubt_about(project: Project, symbols: Sequence[Symbol]) -> str:
    """What to ask first about definitions of one name that no file has other than where it defines it, in a sentence;
    empty where one does, or where something else may keep them."""
    names = sorted({symbol.name for symbol in symbols})
    if len(names) > 1 or any(may_be_kept(project, each) for each in symbols) or not is_never_named(project, names):
        return ""
    asked = "nothing asks for" if names[0].startswith("_") else "no other project uses"
    return f"If {asked} `{names[0]}`, {NEVER_USED}"


def after_doubt(doubt: str, deeds: Sequence[str]) -> list[str]:
    """The sentences of a remedy that begins with ``doubt``, empty where there is none: the others are for the case that
    it does not apply."""
    if not doubt or not deeds:
        return [*filter(None, [doubt]), *deeds]
    first, *others = deeds
    return [doubt, f"Else {first[0].lower()}{first[1:]}", *others]


def _ways_of_needed(project: Project, home: Symbol, copies: Sequence[Symbol]) -> list[Way]:
    """By import where all can, else by a place that all can import, else by import where some can."""
    blocked: dict[str, list[Symbol]] = defaultdict(list)
    free: dict[str, list[Symbol]] = defaultdict(list)
    private: list[Symbol] = []
    for copy in copies:
        if obstacle := next(filter(None, _obstacles(project, copy.module, home.module)), ""):
            blocked[obstacle].append(copy)
        elif _privacy(project, copy.module, home):
            private.append(copy)
        else:
            free[import_statement(project, home, copy)].append(copy)
    able = [*(each for group in free.values() for each in group), *private]
    if blocked and (not able or _existing_place(project, [home, *copies])):
        return _moves(project, home, copies, listed(list(blocked), most=2))
    ways = [Way(tuple(group), statement) for statement, group in free.items()]
    if private:
        ways.append(Way(tuple(private), "", _publishing(home, private)))
    ways += [Way(tuple(group), "", _waiting(group, obstacle)) for obstacle, group in blocked.items()]
    return ways


def _moves(project: Project, home: Symbol, copies: Sequence[Symbol], obstacle: str) -> list[Way]:
    """To a place that all can import; where there is none, to one that those of one program can, without the others."""
    together = [] if _existing_place(project, [home, *copies]) else _of_one_program(project, [home, *copies])
    if not together:
        return [_move(project, home, copies, obstacle)]
    apart = [symbol for symbol in (home, *copies) if symbol not in together]
    move = _move(project, together[0], together[1:], "")
    return [move, Way(tuple(apart), "", _waiting(apart, obstacle or _OTHER_PROGRAM), is_move=True)]


def _of_one_program(project: Project, symbols: Sequence[Symbol]) -> list[Symbol]:
    """Those of some symbols that have a place in common, as most of one program do; empty where fewer than two have."""
    programs: dict[tuple[str, str], list[Symbol]] = defaultdict(list)
    for symbol in symbols:
        programs[symbol.module.source.distribution, symbol.module.source.root].append(symbol)
    able = [each for each in programs.values() if len(each) > 1 and _existing_place(project, each)]
    return max(able, key=len, default=[])


def _move(project: Project, home: Symbol, copies: Sequence[Symbol], obstacle: str) -> Way:
    public = " under a public name" if home.name.startswith("_") else ""
    if are_named_for_their_places([home, *copies]):
        public = " under a name that fits all"
    place, why = common_place(project, [home, *copies]), f": {obstacle}" if obstacle else ""
    deed = (
        f"Move `{home.name}`{public} to {place}{_company(project, home, copies)} and import it from there in "
        f"{paths_of([home, *copies])}{why}."
    )
    return Way(tuple(copies), "", deed, is_move=True)


def _company(project: Project, home: Symbol, copies: Sequence[Symbol]) -> str:
    """What has to come along with ``home``, and what becomes a parameter of it, as a clause."""
    along, other = taken_along(project, home, copies)
    company = f" together with {_named(along)}" if along else ""
    if not other:
        return company
    return f"{company}, let it be given {_named(other)}, which {'differs' if len(other) == 1 else 'differ'},"


def _named(names: Sequence[str]) -> str:
    return listed([f"`{name}`" for name in names])


def _publishing(home: Symbol, copies: Sequence[Symbol]) -> str:
    return (
        f"Give it a public name there, and import that in {paths_of(copies)} in place of the copy: `{home.name}` is "
        f"private to {home.module.name}."
    )


def _waiting(copies: Sequence[Symbol], obstacle: str) -> str:
    return f"Leave {paths_of(copies)} alone until there is {_NO_PLACE}: {obstacle}."


def _obstacles(project: Project, site: Module, module: Module) -> Iterator[str]:
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
        yield f"{module.name} loads {_named(sorted(brought))}, which {site.name} does without"


def _obstacles_of_name(project: Project, site: Module, module: Module) -> Iterator[str]:
    """What keeps the name of ``module`` from meaning that in ``site``."""
    if module.name == site.name:
        yield f"in {site.path} `{module.name}` means that file itself"
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in module.name.split(".")):
        yield f"`{module.name}` is no name that an import statement can have"
    if module.source.package and is_in_folder_of_programs(project, module):
        yield f"`{module.source.package}` is no package, and nothing imports from it"
    if is_loose_namesake(project, site, module):
        yield f"`{module.name}` is another file in other folders, and no file in this one imports its neighbours"
    if is_named_otherwise(project, site, module):
        yield f"`{name_for(project, site, module)}` imports its neighbours by names that mean nothing here"


def _privacy(project: Project, site: Module, home: Symbol) -> str:
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


def _are_parts_of_one(project: Project, modules: Sequence[Module], around: str) -> bool:
    """Whether modules of a package are imported by others of it: parts of one plug-in, none of them by itself."""
    return bool(around) and all(
        any(f"{user.name}.".startswith(f"{around}.") for user in project.importers_of_module(module))
        for module in modules
    )


def _existing_place(
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
        return f"{NEW_MODULE} `{package}`"
    if base is not None and base.module.source.package and all(project.can_use(one, base.module) for one in modules):
        return f"{NEW_MODULE} `{base.module.source.package}`"
    if package and can_share:
        return f"{NEW_MODULE} `{package}`"
    package = place_of_distribution(project, modules, packages) or helpers_of_all(project, modules)
    return f"{NEW_MODULE} `{package}`" if package else ""


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
    module = common_module(project, modules, is_for_class or for_class, needed, packages)
    is_function = base is None and not for_class and all(isinstance(symbol, FunctionSymbol) for symbol in symbols)
    if module is not None and is_function and holds_base_classes(module):
        module = None
    if module is not None and is_for_values(project, module) and not are_values(project, symbols):
        module = None
    if module is not None and base is not None and _is_for_other_classes(project, module, base):
        module = None
    if module is not None and _has_another(module, symbols):
        module = None
    if module is None and is_function:
        module = _helpers_of(project, symbols)
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


def _has_another(module: Module, symbols: Sequence[Symbol]) -> bool:
    """Whether a module means something else by the name of one of some definitions elsewhere."""
    return any(symbol.module is not module and symbol.name in module.namespace for symbol in symbols)
