"""The whole program: all facts, what names mean, who imports and calls what. Read-only questions for rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import TypeVar, cast

from ssot_lint.model.component import Component
from ssot_lint.model.edits import Fix
from ssot_lint.model.facts import Class, Function, ModuleFacts, ParseFailure
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.source import Distribution, SourceFile, SourceTree, Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, Value, ValueKind
from ssot_lint.project.distributions import DistributionGraph
from ssot_lint.project.home import SymbolT, infer_home
from ssot_lint.project.import_reach import ImportReach
from ssot_lint.project.links import Links
from ssot_lint.project.outside_reach import OutsideReach
from ssot_lint.project.plugin_layout import PluginLayout
from ssot_lint.project.references import CallReference, ImportReference
from ssot_lint.project.renewal import renew
from ssot_lint.project.resolve import Outcome, Resolution, Resolver
from ssot_lint.project.shadowing import shadowed_modules
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol

T = TypeVar("T")
R = TypeVar("R")

_NOT_NEEDED = Guard.TYPE_CHECKING | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT
_MOST_FOR_A_SLIP = 20
"""Seen in agno 2026: one of 117 modules of a distribution imported what its metadata leave out, and breaks without."""
"""Imports that a distribution does without."""


class Project:
    """All modules of a scan. Immutable to its users; answers are computed once, when first asked for.

    ``results`` are the outcome of extraction, in the order of ``tree.files``. ``source_roots`` are the folders
    that module names count from, innermost last. ``plugin_root`` is the pattern of a :class:`PluginLayout`. ``is_new``
    tells of a path and a qualified name whether the definition came with the change that the scan is about.
    ``mirror_comments`` are templates of comments that declare a definition the copy of another one.

    ``shadowed`` are the modules that Python never imports, each with the package that it takes instead; they are none
    of ``modules``.
    """

    def __init__(
        self,
        tree: SourceTree,
        results: Sequence[ModuleFacts | ParseFailure],
        components: tuple[Component, ...] = (),
        plugin_root: str = "",
        is_new: Callable[[str, str], bool] | None = None,
        mirror_comments: tuple[str, ...] = (),
    ) -> None:
        self.mirror_comments = mirror_comments
        self.components = components
        self._plugin_layout = PluginLayout(plugin_root)
        self._is_new = is_new
        self.failures: tuple[tuple[SourceFile, ParseFailure], ...] = tuple(
            (source, result)
            for source, result in zip(tree.files, results, strict=True)
            if isinstance(result, ParseFailure)
        )
        self.source_roots = tree.source_roots
        self._distributions = tree.distributions
        modules = _modules(tree, results)
        self.shadowed: Mapping[Module, Module] = shadowed_modules(modules)
        self.modules = tuple(module for module in modules if module not in self.shadowed)
        self.resolver = Resolver(self.modules, tree)
        self._links = Links()
        self._derived: dict[Callable[[Project], object], object] = {}

    def renewed(self, contents: Mapping[str, ModuleFacts | ParseFailure], tree: SourceTree) -> Project | None:
        """The project with other contents of a few files of ``tree``, by path; this one must not be asked any more.
        None, and nothing has changed, where more would have to be done anew than what is in these files."""
        modules = {module.path: module for module in self.modules if module.path in contents}
        facts = {
            modules[path]: result if isinstance(result, ModuleFacts) else None
            for path, result in contents.items()
            if path in modules
        }
        if len(modules) < len(contents) or not renew(self.resolver, self._links, facts):
            return None
        new = copy(self)
        for name, member in vars(Project).items():
            if isinstance(member, cached_property):
                vars(new).pop(name, None)
        new._derived = {}
        failed = {source.path: (source, failure) for source, failure in self.failures if source.path not in contents}
        failed |= {
            path: (modules[path].source, failure)
            for path, failure in contents.items()
            if isinstance(failure, ParseFailure)
        }
        new.failures = tuple(failed[source.path] for source in tree.files if source.path in failed)
        return new

    def linked(self, compute: Callable[[Project, Module], T], module: Module) -> T:
        """``compute(self, module)``, computed once for all rules, and in a project that stays in memory once as long as
        the module does not change. So it may read the facts of this module alone; of others it may tell what names
        mean, and keep symbols, but none of their facts."""
        return self._links.of(compute, lambda each: compute(self, each), module)

    def combined(self, collect: Callable[[Project, Module], T], combine: Callable[[Mapping[Module, T]], R]) -> R:
        """What ``combine`` makes of what ``collect`` finds in each module, by module; computed again only where
        something else is found. ``collect`` is like that of :meth:`linked`, and ``combine`` reads nothing else: of
        symbols only what other files can see."""
        return self._links.combined((collect, combine), lambda each: collect(self, each), combine, self.modules)

    def derived(self, compute: Callable[[Project], T]) -> T:
        """``compute(self)``, computed once for all rules of a scan that share it."""
        if compute not in self._derived:
            self._derived[compute] = compute(self)
        return cast(T, self._derived[compute])

    def resolve(self, module: Module, scope: int, text: str) -> Resolution:
        """What the dotted name ``text`` means in a scope of a module."""
        return self.resolver.resolve(module, scope, text)

    def resolve_class(self, module: Module, scope: int, text: str) -> ClassSymbol | None:
        """The first-party class that ``text`` means, if it means one."""
        symbol = self.resolve(module, scope, text).symbol if text else None
        return symbol if isinstance(symbol, ClassSymbol) else None

    def classes(self) -> Iterator[ClassSymbol]:
        """All top-level classes, by path and line."""
        for module in self.modules:
            yield from module.top_level_classes

    def functions(self) -> Iterator[FunctionSymbol]:
        """All functions and methods, by path and line."""
        for module in self.modules:
            yield from module.functions

    @cached_property
    def imports(self) -> tuple[ImportReference, ...]:
        """Every first-party import, star imports and imports in functions too, in source order."""
        return tuple(use for module in self.modules for use in self.imports_in(module))

    def imports_in(self, module: Module) -> tuple[ImportReference, ...]:
        """Those of one module."""
        return self.linked(_imports_in, module)

    @cached_property
    def _imports_of_symbol(self) -> Mapping[Symbol, tuple[ImportReference, ...]]:
        found: dict[Symbol, list[ImportReference]] = defaultdict(list)
        for use in self.imports:
            if use.resolution.symbol is not None:
                found[use.resolution.symbol].append(use)
        return {symbol: tuple(uses) for symbol, uses in found.items()}

    def imports_of(self, symbol: Symbol) -> tuple[ImportReference, ...]:
        """The imports that end at ``symbol``, whatever path they take."""
        return self._imports_of_symbol.get(symbol, ())

    def importer_count(self, symbol: Symbol) -> int:
        """How many other modules import ``symbol``."""
        return len({use.importer for use in self.imports_of(symbol)} - {symbol.module})

    @cached_property
    def _importers_of_module(self) -> Mapping[Module, frozenset[Module]]:
        found: dict[Module, set[Module]] = defaultdict(set)
        for use in self.imports:
            for module in (use.source, use.resolution.module):
                if module is not None and module is not use.importer:
                    found[module].add(use.importer)
        return {module: frozenset(importers) for module, importers in found.items()}

    def importers_of_module(self, module: Module) -> frozenset[Module]:
        """The other modules that import ``module``, or something from it."""
        return self._importers_of_module.get(module, frozenset())

    @cached_property
    def reach(self) -> ImportReach:
        """Which modules lead to which when they are imported."""
        return ImportReach(self.imports)

    @cached_property
    def outside(self) -> OutsideReach:
        """Which third-party packages modules load."""
        index = self.resolver.index
        return OutsideReach(self.modules, self.reach, lambda module, name: not index.is_first_party(module, name))

    def is_new(self, symbol: Symbol) -> bool:
        """Whether a definition came with the change that the scan is about; never without one."""
        return self._is_new is not None and self._is_new(symbol.module.path, symbol.qualname)

    @cached_property
    def calls(self) -> tuple[CallReference, ...]:
        """Every call of a first-party symbol, in source order."""
        return tuple(use for module in self.modules for use in self.linked(_calls_in, module))

    @cached_property
    def _calls_by_symbol(self) -> Mapping[Symbol, tuple[CallReference, ...]]:
        found: dict[Symbol, list[CallReference]] = defaultdict(list)
        for use in self.calls:
            found[use.symbol].append(use)
        return {symbol: tuple(uses) for symbol, uses in found.items()}

    def calls_of(self, symbol: Symbol) -> tuple[CallReference, ...]:
        """The calls of a function, or the constructions of a class."""
        return self._calls_by_symbol.get(symbol, ())

    def constructed_class(self, module: Module, scope: int, value: Value) -> ClassSymbol | None:
        """The first-party class that ``value`` is a direct construction of."""
        return self.resolve_class(module, scope, value.text) if value.kind is ValueKind.CALL else None

    def ancestry(self, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
        """The class and its first-party ancestors, nearest first."""
        return self.resolver.ancestry(cls)

    def base_names(self, cls: ClassSymbol) -> frozenset[str]:
        """What the class and its first-party ancestors inherit from outside: dotted names, resolved as far as the
        imports tell (``abc.ABC``, ``django.db.models.Model``); an unresolved base is its text."""
        found = set()
        for ancestor in self.ancestry(cls):
            for text, base in zip(ancestor.fact.bases, self.resolver.bases(ancestor), strict=True):
                if base.outcome is Outcome.EXTERNAL:
                    found.add(base.external)
                elif base.symbol is None and text:
                    found.add(text)
        return frozenset(found)

    def home_among(self, candidates: Sequence[SymbolT]) -> tuple[SymbolT, str]:
        """The source of truth among several definitions of one subject, and the reason: one that is pinned, else the
        usual choice, which no plug-in wins over the core."""
        pinned = self.pinned_among(candidates)
        if pinned is not None:
            return pinned
        core = [symbol for symbol in candidates if not self.plugin_of(symbol.module)]
        if len(core) == 1 < len(candidates):
            return core[0], "the only one outside the plug-ins"
        return infer_home(core or candidates, self)

    def pinned_among(self, candidates: Sequence[SymbolT]) -> tuple[SymbolT, str] | None:
        """The definition that the configuration declares the home, or its own comment, and which of the two.

        For rules that make a choice of their own among the candidates: a pinned home comes before it.
        """
        declared = {component.home for component in self.components if component.home}
        for symbol in candidates:
            if symbol.id in declared:
                return symbol, "declared in the configuration"
        marked = [symbol for symbol in candidates if symbol.module.is_canonical(symbol)]
        return (infer_home(marked, self)[0], "marked canonical") if marked else None

    def plugin_of(self, module: Module) -> str:
        """The plug-in a module belongs to, as a path; empty for the core, and where no plug-ins are configured."""
        return self._plugin_layout.plugin_of(module.path)

    def comparable(self, one: Module, other: Module) -> bool:
        """Whether what two modules define may be held against each other: not across two plug-ins, which do the same
        things in their own ways and must not import each other."""
        plugins = {self.plugin_of(one), self.plugin_of(other)} - {""}
        return len(plugins) < 2

    def comparable_groups(self, symbols: Sequence[SymbolT]) -> list[list[SymbolT]]:
        """``symbols`` in groups to be judged apart, each in its order: all together where the core has one of them,
        else those of each plug-in, by its first one."""
        groups: dict[str, list[SymbolT]] = defaultdict(list)
        for symbol in symbols:
            groups[self.plugin_of(symbol.module)].append(symbol)
        return [list(symbols)] if "" in groups else list(groups.values())

    @cached_property
    def _distribution_graph(self) -> DistributionGraph:
        users: dict[tuple[str, str], set[Module]] = defaultdict(set)
        for use in self.imports:
            if use.source is not None and self._proves_a_need(use):
                users[use.importer.source.distribution, use.source.source.distribution].add(use.importer)
        sizes = Counter(module.source.distribution for module in self.modules if module.zone is Zone.PRODUCTION)
        proven = (pair for pair, found in users.items() if not self._is_slip(pair[0], len(found), sizes[pair[0]]))
        return DistributionGraph(self._distributions, sorted(proven))

    def _is_slip(self, distribution: str, importing: int, size: int) -> bool:
        """Whether so few modules of a distribution import what its metadata, which name what it needs, leave out, that
        it is a mistake: less than one in 20."""
        return distribution in self._with_requirements and importing * _MOST_FOR_A_SLIP < size

    def _proves_a_need(self, use: ImportReference) -> bool:
        """Whether the code of a distribution cannot do without what it imports: where metadata name what it needs, an
        import in a function is of something optional."""
        if use.importer.zone is not Zone.PRODUCTION or use.fact.guard & _NOT_NEEDED:
            return False
        return use.fact.scope == MODULE_SCOPE or use.importer.source.distribution not in self._with_requirements

    @cached_property
    def _with_requirements(self) -> frozenset[str]:
        return frozenset(each.folder for each in self._distributions if each.requires)

    @cached_property
    def distribution_reach(self) -> Mapping[str, frozenset[str]]:
        """The folders of the distributions that the code of each distribution can use, by its folder."""
        graph = self._distribution_graph
        return {
            user: frozenset(used for used in graph.by_folder if graph.can_use(user, used)) for user in graph.by_folder
        }

    def distribution_of(self, module: Module) -> Distribution:
        """The distribution that a module belongs to."""
        return self._distribution_graph.by_folder[module.source.distribution]

    def distributions_for(self, modules: Sequence[Module]) -> tuple[Distribution, ...]:
        """The named distributions that all of ``modules`` can import from, by name."""
        return self._distribution_graph.used_by_all(module.source.distribution for module in modules)

    def can_use(self, site: Module, home: Module) -> bool:
        """Whether ``site`` can import from ``home``: its name, written there, means it (two services may each have a
        module of that name), and the distribution of ``site`` is that of ``home`` or depends on it, directly or by way
        of others. Imports of production code prove that as well."""
        if self.resolver.index.find_module(site, home.name) is not home:
            return False
        return self._distribution_graph.can_use(site.source.distribution, home.source.distribution)

    def products(self, function: FunctionSymbol) -> tuple[ClassSymbol, ...]:
        """The first-party classes of which a function returns an object that it constructs itself, by place."""
        found = {
            product
            for value in function.fact.returned
            if (product := self.constructed_class(function.module, function.fact.scope, value)) is not None
        }
        return tuple(sorted(found, key=lambda symbol: symbol.sort_key))


def _imports_in(project: Project, module: Module) -> tuple[ImportReference, ...]:
    resolver, index = project.resolver, project.resolver.index
    sources: dict[str, Module | None] = {}
    found = []
    for fact in module.facts.imports:
        dotted = index.absolute_name(module, fact)
        if dotted is None and index.is_beyond_top(module, fact):
            found.append(ImportReference(module, fact, None, resolver.resolve_import(module, fact)))
        if dotted is None or not index.is_first_party(module, dotted):
            continue
        if dotted not in sources:
            sources[dotted] = index.find_module(module, dotted)
        source = sources[dotted]
        found.append(ImportReference(module, fact, source, resolver.import_from(module, dotted, source, fact)))
    return tuple(found)


def _calls_in(project: Project, module: Module) -> tuple[CallReference, ...]:
    return tuple(
        CallReference(module, fact, symbol)
        for fact in module.facts.calls
        if (symbol := project.resolve(module, fact.scope, fact.callee).symbol) is not None
    )


def home_of(symbol: Symbol, reason: str) -> Home:
    """A symbol as the home of a finding."""
    return Home(symbol.location, symbol.module.name, symbol.id, reason)


def site_of(symbol: Symbol, message: str, fix: Fix | None = None) -> Site:
    """A definition as a site of a finding."""
    body = symbol.fact.body.digest if isinstance(symbol.fact, (Class, Function)) else ""
    return Site(symbol.location, symbol.module.name, symbol.id, message, body, fix)


def call_site(call: CallReference, message: str, fix: Fix | None = None) -> Site:
    """A call as a site; the symbol is the function, class or module it stands in."""
    return site_within(call.module, call.fact.scope, call.location, message, fix)


def site_within(module: Module, scope: int, location: Location, message: str, fix: Fix | None = None) -> Site:
    """A place in a scope of a module as a site; the symbol is the function, class or module it stands in."""
    holder = module.scope_symbol(scope)
    body = "" if holder is None else holder.fact.body.digest
    return Site(location, module.name, _name_within(module, scope), message, body, fix)


def home_within(module: Module, scope: int, location: Location, reason: str) -> Home:
    """A place in a scope of a module as the home of a finding: what :func:`site_within` is for sites."""
    return Home(location, module.name, _name_within(module, scope), reason)


def _name_within(module: Module, scope: int) -> str:
    holder = module.scope_symbol(scope)
    return module.name if holder is None else holder.id


def _modules(tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure]) -> tuple[Module, ...]:
    """One module per file; a stub counts only where there is no source beside it."""
    sources = {(source.root, source.module) for source in tree.files if not source.is_stub}
    modules = []
    for source, result in zip(tree.files, results, strict=True):
        if source.is_stub and (source.root, source.module) in sources:
            continue
        if isinstance(result, ParseFailure):
            modules.append(Module(source, ModuleFacts(is_dynamic=True), is_opaque=True))
        else:
            modules.append(Module(source, result))
    return tuple(modules)
