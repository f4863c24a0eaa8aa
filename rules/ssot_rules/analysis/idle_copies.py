"""Copies that nothing needs: nobody uses them, or only where the home is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.model.facts import Class, Function
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.home import USED, SymbolT, importers, tells_of_twins
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.retirement import is_deprecated_module, is_retired_name
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.common_modules import modules_by_package, modules_imported_in
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.hooks import has_hook_name, looked_up_names
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.standing import home_among_modules
from ssot_rules.analysis.unread import may_be_in_unread
from ssot_rules.analysis.vocabulary import (
    MODULE_LOADERS,
    REGISTERING_NAMES,
    SELF_LOOKUPS,
    STARTED_MODULES,
    STARTED_NAMES,
)

CALLED_ON_CLASS = frozenset({"classmethod", "staticmethod"})
"""Decorators of methods that are called on the class; nothing is told of the method by them."""

# A folder whose modules are mostly imported by name is none of plug-ins, which a loader finds.
_USED_NEIGHBOURS = 2
_USED_SHARE = 0.5


def home_in_use(project: Project, symbols: Sequence[SymbolT]) -> tuple[SymbolT, str]:
    """The home of some copies and the reason: one that is used before those that nobody uses, but for twin modules: all
    that they share has one home."""
    home, reason = home_among_modules(project, symbols)
    if tells_of_twins(reason):
        return home, reason
    if not any(_is_idle_beside(project, home, other) for other in symbols) or project.pinned_among(symbols) is not None:
        return home, reason
    living = [symbol for symbol in symbols if not any(_is_idle_beside(project, symbol, other) for other in symbols)]
    if len(living) == 1:
        return living[0], USED
    return home_among_modules(project, living) if living else (home, reason)


def _is_idle_beside(project: Project, symbol: Symbol, other: Symbol) -> bool:
    if symbol is other:
        return False
    return is_unused(project, symbol, other) or is_outlived(project, symbol.module, other.module)


def is_unused(project: Project, symbol: Symbol, home: Symbol) -> bool:
    """Whether no code has a use for a class or function, other than for ``home``: nothing imports it or mentions it
    where it stands, nor where its module is imported as a whole. What is decorated or asked for by name may be used
    by others."""
    if not isinstance(symbol.fact, (Class, Function)) or symbol.fact.parent != MODULE_SCOPE or symbol.fact.decorators:
        return False
    return _is_used(project, home) and not _may_be_used(project, symbol)


def _is_used(project: Project, home: Symbol) -> bool:
    """Whether code other than tests has a use for a definition: a test of one plug-in says nothing of its peers."""
    if importers(home, project) or home.module.facts.mentions_name(home.name):
        return True
    return any(call.module.zone is not Zone.TEST for call in project.calls_of(home))


def _may_be_used(project: Project, symbol: Symbol) -> bool:
    module = symbol.module
    if module.source.is_package or module.facts.mentions_name(symbol.name) or _looks_itself_up(module):
        return True
    if has_hook_name(symbol.name) or symbol.name in project.derived(looked_up_names):
        return True
    if may_be_in_unread(project, symbol.name):
        return True
    if isinstance(symbol, ClassSymbol) and (_may_be_found_by_its_base(project, symbol) or heirs_of(project, symbol)):
        return True
    if project.imports_of(symbol) or project.calls_of(symbol):
        return True
    if _may_be_found_by_a_loader(project, symbol):
        return True
    users = project.importers_of_module(module)
    return any(_mentions_of_another(user, symbol.name) and _takes_whole(project, user, module) for user in users)


def _may_be_found_by_a_loader(project: Project, symbol: Symbol) -> bool:
    """Whether code that imports modules by computed names takes a name from them: ``import_module(found).Plugin``."""
    loaders = project.derived(_loaders)
    return any(
        each in loaders and _mentions_of_another(each, symbol.name) and not _has_it_imported(each, symbol.name)
        for each in project.mentioning(symbol.name)
    )


def _has_it_imported(user: Module, name: str) -> bool:
    """Whether a module takes a name off what it imports, as ``usage.UsageError(...)``, and off nothing else."""
    dotted = [call.callee for call in user.facts.calls if call.callee.endswith(f".{name}")]
    imported = {fact.bound_name for fact in user.facts.imports}
    return bool(dotted) and all(text.partition(".")[0] in imported for text in dotted)


def _loaders(project: Project) -> frozenset[Module]:
    return frozenset(
        module for name in MODULE_LOADERS for module in project.mentioning(name) if module.zone is not Zone.TEST
    )


def _mentions_of_another(user: Module, name: str) -> bool:
    """Whether a module mentions a name as that of something in another one."""
    if name not in user.namespace:
        return user.facts.mentions_name(name)
    dotted = [call.callee for call in user.facts.calls]
    dotted += [base for cls in user.facts.classes for base in cls.bases]
    return any(text.endswith(f".{name}") for text in dotted)


def may_be_kept(project: Project, symbol: Symbol) -> bool:
    """Whether a decorator, a base class or a convention may know a class or function that no code names."""
    fact = symbol.fact
    if not isinstance(fact, (Class, Function)) or fact.decorators or has_hook_name(symbol.name):
        return True
    if isinstance(symbol, ClassSymbol) and _may_be_found_by_its_base(project, symbol):
        return True
    return _looks_itself_up(symbol.module)


def _looks_itself_up(module: Module) -> bool:
    """Whether a module may reach all that it defines without a name."""
    return any(map(module.facts.mentions_name, SELF_LOOKUPS))


def _may_be_found_by_its_base(project: Project, cls: ClassSymbol) -> bool:
    """Whether a base may keep all that derive from it."""
    ancestry = project.ancestry(cls)
    if not all(map(is_generic, project.base_names(cls))) or any(each.fact.keywords for each in ancestry):
        return True
    return any(each.module.facts.mentions_name(name) for each in ancestry[1:] for name in REGISTERING_NAMES)


def _takes_whole(project: Project, user: Module, module: Module) -> bool:
    return any(
        use.fact.name in (None, "*") or use.resolution.module is module
        for use in project.imports_in(user)
        if module in _modules_used(use)
    )


def is_idle_method(
    project: Project, method: FunctionSymbol, cls: ClassSymbol, copies: Sequence[FunctionSymbol]
) -> bool:
    """Whether nothing calls a method of ``cls`` that is private, or that another one of ``copies`` has for its own
    module: neither its module nor those of its relatives mention the name, and no other but those of ``copies`` and
    such as define it for themselves do."""
    if not all(map(is_generic, project.base_names(cls))):
        return False
    if _is_private(method):
        return _is_named_by_others_only(project, method, copies, _relatives(project, cls))
    # The module of a copy that is called otherwise may call this one.
    is_for_copy = _is_called_where_copied(method, copies)
    return is_for_copy and _is_named_by_others_only(project, method, (), _relatives(project, cls))


def is_idle_beside_function(
    project: Project, method: FunctionSymbol, cls: ClassSymbol, copies: Sequence[FunctionSymbol]
) -> bool:
    """As :func:`is_idle_method`, of a method whose module has a function of that name: it is the function that the
    module calls, nothing reads the name off an object."""
    if method.name not in method.module.namespace or not _is_private(method):
        return False
    relatives = _relatives(project, cls) - {method.module}
    return not _reads_off(method.module, method.name) and _is_named_by_others_only(project, method, copies, relatives)


def _is_called_where_copied(method: FunctionSymbol, copies: Sequence[FunctionSymbol]) -> bool:
    """Whether a plain method has no decorator and no class that is mixed into others, and the module of a copy calls
    that one: a framework would ask for both."""
    owner = method.module.enclosing_class(method.fact.scope)
    is_plain = not method.name.startswith("__") and not has_hook_name(method.name) and not method.fact.decorators
    return (
        is_plain
        and owner is not None
        and "mixin" not in words(owner.name)
        and any(copy.module is not method.module and _reads_off(copy.module, method.name) for copy in copies)
    )


def _is_private(method: FunctionSymbol) -> bool:
    """Whether a method is private, and no decorator may hand it on."""
    is_private = method.name.startswith("_") and not method.name.startswith("__")
    return is_private and all(decorator.name in CALLED_ON_CLASS for decorator in method.fact.decorators)


def _relatives(project: Project, cls: ClassSymbol) -> set[Module]:
    """The modules of a class, its ancestors and heirs."""
    return {each.module for each in (*project.ancestry(cls), *heirs_of(project, cls))}


def _is_named_by_others_only(
    project: Project, method: FunctionSymbol, copies: Sequence[FunctionSymbol], relatives: set[Module]
) -> bool:
    # Nearly all private methods are called in their own module: then no other one is asked.
    if any(each.facts.mentions_name(method.name) for each in relatives):
        return False
    others = {copy.module for copy in copies}
    return all(
        each in others or any(function.name == method.name for function in each.facts.functions)
        for each in project.mentioning(method.name)
    )


def _reads_off(module: Module, name: str) -> bool:
    """Whether a module calls a name as that of an object's attribute, or hands it on as such."""
    texts = [text for call in module.facts.calls for text in (call.callee, call.arguments_text)]
    texts += [binding.value.text for binding in module.facts.bindings if binding.value is not None]
    return any(f".{name}" in text for text in texts)


def is_never_named(project: Project, names: Sequence[str]) -> bool:
    """Whether no file has one of some names other than in definitions."""
    return not any(map(project.mentioning, names))


def is_outlived(project: Project, module: Module, successor: Module) -> bool:
    """Whether nothing imports a module, and that is no accident: it says, by its name or a notice, that its time is
    over, or its neighbours are imported by name. ``successor`` is not like that."""
    if (
        module.source.is_package
        or project.importers_of_module(module)
        or may_be_in_unread(project, last_part(module.name))
    ):
        return False
    return (is_past(module) and not is_past(successor)) or (
        _is_forgotten(project, module) and not _is_forgotten(project, successor)
    )


def is_past(module: Module) -> bool:
    """Whether a module says, by its name or a notice, that its time is over."""
    return is_retired_name(last_part(module.name)) or is_deprecated_module(module)


def _is_forgotten(project: Project, module: Module) -> bool:
    """Whether a module among such as are imported by name is imported and named by nobody."""
    if module.source.is_package or module.zone is not Zone.PRODUCTION or project.importers_of_module(module):
        return False
    if _may_be_started(module) or not module.source.package:
        return False
    neighbours = [
        each for each in project.derived(modules_by_package).get(module.source.package, ()) if each is not module
    ]
    used = sum(any(user.zone is not Zone.TEST for user in project.importers_of_module(each)) for each in neighbours)
    if used < max(_USED_NEIGHBOURS, _USED_SHARE * len(neighbours)):
        return False
    return not _is_named(project, module)


def _may_be_started(module: Module) -> bool:
    """Whether a program or a framework may load a module that nothing imports."""
    names = {symbol.name for symbol in (*module.top_level_functions, *module.variables)}
    return module.facts.is_runnable or last_part(module.name) in STARTED_MODULES or not names.isdisjoint(STARTED_NAMES)


def _is_named(project: Project, module: Module) -> bool:
    """Whether some text may mean a module: by its last name, where no other module has that, else in a string."""
    name = last_part(module.name)
    if any(each is not module for each in project.modules_with(_last_name_of, name)):
        users = project.modules_with(_endings_in, ".".join(module.name.split(".")[-2:]))
    else:
        users = project.mentioning(name)
    return any(each is not module for each in users)


def _last_name_of(_: Project, module: Module) -> tuple[str]:
    return (last_part(module.name),)


def _endings_in(_: Project, module: Module) -> frozenset[str]:
    """The last one and the last two names in the strings of a module."""
    parts = [text.value.rpartition(":")[2].split(".") for text in module.facts.strings]
    return frozenset(".".join(names[-count:]) for names in parts for count in (1, 2))


def stood_in_for(project: Project, site: Module, home: Module) -> bool:
    """Whether ``site`` is imported only where an import of ``home`` fails."""
    if not project.modules_with(_fallbacks_in, site):
        return False
    found = _uses_of(project, site)
    at_home = _uses_of(project, home)
    return bool(found) and all(
        use.fact.guard & Guard.EXCEPT_IMPORT and _is_tried(use.importer, at_home) for use in found
    )


def _fallbacks_in(project: Project, module: Module) -> frozenset[Module]:
    """The modules that are imported where another import fails."""
    uses = (use for use in project.imports_in(module) if use.fact.guard & Guard.EXCEPT_IMPORT)
    return frozenset(used for use in uses for used in _modules_used(use) if used is not None)


def _is_tried(importer: Module, uses: list[ImportReference]) -> bool:
    return any(use.importer is importer and use.fact.guard & Guard.TRY_IMPORT for use in uses)


def _uses_of(project: Project, module: Module) -> list[ImportReference]:
    """The imports of a module by production code."""
    users = project.combined(modules_imported_in, _users_by_module).get(module, ())
    return [use for user in users for use in project.imports_in(user) if module in _modules_used(use)]


def _modules_used(use: ImportReference) -> tuple[Module | None, ...]:
    symbol = use.resolution.symbol
    return use.source, use.resolution.module, symbol.module if symbol is not None else None


def _users_by_module(imported: Mapping[Module, frozenset[Module]]) -> Mapping[Module, list[Module]]:
    """The other modules of production code that import each, in order."""
    found: dict[Module, list[Module]] = defaultdict(list)
    for user, modules in imported.items():
        for module in modules - {user} if user.zone is Zone.PRODUCTION else ():
            found[module].append(user)
    return found
