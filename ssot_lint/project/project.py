"""The whole program: all facts, what names mean, who imports and calls what. Read-only questions for rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, partial
from typing import TypeVar

from ssot_lint.model.component import Component
from ssot_lint.model.edits import Fix
from ssot_lint.model.facts import Class, Function, ModuleFacts, ParseFailure
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.source import Distribution, SourceFile, SourceTree, Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, Value, ValueKind
from ssot_lint.project.distributions import DistributionGraph
from ssot_lint.project.groups import FoldByKey, Holders
from ssot_lint.project.home import SymbolT, infer_home
from ssot_lint.project.import_reach import loaded_by
from ssot_lint.project.keeping import Keeping, KeptAnswers
from ssot_lint.project.loading import Loading, Loads, OutsideQuestions, ReachQuestions
from ssot_lint.project.outside_reach import packages_imported_by
from ssot_lint.project.plugin_layout import PluginLayout
from ssot_lint.project.references import CallReference, ImportReference
from ssot_lint.project.renewal import renew
from ssot_lint.project.resolve import Outcome, Resolution, Resolver
from ssot_lint.project.shadowing import shadowed_modules
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, LaterFacts, Module, Symbol
from ssot_lint.project.watch import Watch

T = TypeVar("T")
R = TypeVar("R")
K = TypeVar("K")

_NOT_NEEDED = Guard.TYPE_CHECKING | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT
"""Imports that a distribution does without."""
_MOST_FOR_A_SLIP = 20
"""Seen in agno 2026: one of 117 modules of a distribution imported what its metadata leave out, and breaks without."""


class Project(KeptAnswers):
    """All modules of a scan. Immutable to its users; answers are computed once, when first asked for.

    ``results`` are the outcome of extraction, in the order of ``tree.files``. ``source_roots`` are the folders
    that module names count from, innermost last. ``plugin_root`` is the pattern of a :class:`PluginLayout`. ``is_new``
    tells of a path and a qualified name whether the definition came with the change that the scan is about.
    ``mirror_comments`` are templates of comments that declare a definition the copy of another one. One that does not
    stay (``keeping``) must not be renewed.

    ``shadowed`` are the modules that Python never imports, each with the package that it takes instead; they are none
    of ``modules``.
    """

    def __init__(
        self,
        tree: SourceTree,
        results: Sequence[ModuleFacts | ParseFailure | LaterFacts],
        components: tuple[Component, ...] = (),
        plugin_root: str = "",
        is_new: Callable[[str, str], bool] | None = None,
        mirror_comments: tuple[str, ...] = (),
        *,
        keeping: Keeping = Keeping.RENEWED,
    ) -> None:
        self.mirror_comments = mirror_comments
        self.components = components
        self._plugin_layout = PluginLayout(plugin_root)
        self._is_new = is_new
        self._failures: tuple[tuple[SourceFile, ParseFailure], ...] = tuple(
            (source, result)
            for source, result in zip(tree.files, results, strict=True)
            if isinstance(result, ParseFailure)
        )
        self.source_roots = tree.source_roots
        self._distributions = tree.distributions
        self._declared_roots = tree.layout.declared_roots
        watch = Watch(is_used=keeping is not Keeping.ASKED_ONCE)
        modules = _modules(tree, results, watch)
        self.shadowed: Mapping[Module, Module] = shadowed_modules(modules)
        left = tuple(module for module in modules if module not in self.shadowed)
        self._by_path = {module.path: module for module in left} if keeping is not Keeping.ASKED_ONCE else {}
        super().__init__(left, Resolver(left, tree, watch), watch, keeping)

    def renewed(self, contents: Mapping[str, ModuleFacts | ParseFailure], tree: SourceTree) -> Project | None:
        """The project with other contents of a few files of ``tree``, by path; this one must not be asked any more.
        None, and nothing has changed, where more would have to be done anew than what is in these files."""
        modules = {path: self._by_path[path] for path in contents if path in self._by_path}
        facts = {modules[path]: result for path, result in contents.items() if path in modules}
        if len(modules) < len(contents) or not renew(self.resolver, self._links, facts):
            return None
        for module in facts:
            self._conclusions.forget(module)
        new = copy(self)
        for name, member in vars(Project).items():
            if isinstance(member, cached_property):
                vars(new).pop(name, None)
        new._begin()
        failed = {source.path: (source, failure) for source, failure in self._failures if source.path not in contents}
        failed |= {
            path: (modules[path].source, failure)
            for path, failure in contents.items()
            if isinstance(failure, ParseFailure)
        }
        new._failures = tuple(failed[source.path] for source in tree.files if source.path in failed)
        return new

    @property
    def failures(self) -> tuple[tuple[SourceFile, ParseFailure], ...]:
        """The files that could not be parsed, by path."""
        self._conclusions.pass_failures()
        return self._failures

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

    @property
    def imports(self) -> tuple[ImportReference, ...]:
        """Every first-party import, star imports and imports in functions too, in source order."""
        return self.gathered(_imports_in)

    def imports_in(self, module: Module) -> tuple[ImportReference, ...]:
        """Those of one module."""
        return self.linked(_imports_in, module)

    def imports_of(self, symbol: Symbol) -> tuple[ImportReference, ...]:
        """The imports that end at ``symbol``, whatever path they take."""
        modules = self.importers_of(symbol)
        return tuple(use for module in modules for use in self.linked(_imports_by_symbol, module)[symbol])

    def importer_count(self, symbol: Symbol) -> int:
        """How many other modules import ``symbol``."""
        importers = self.importers_of(symbol)
        return len(importers) - (symbol.module in importers)

    def importers_of(self, symbol: Symbol) -> tuple[Module, ...]:
        """The modules that import ``symbol``, whatever path they take."""
        return self.modules_with(_symbols_imported_in, symbol)

    def importers_of_module(self, module: Module) -> frozenset[Module]:
        """The other modules that import ``module``, or something from it."""
        return frozenset(self.modules_with(_modules_imported_in, module))

    def takes_anything(self, site: Module, source: Module) -> bool:
        """Whether ``site`` imports ``source`` or something from it for more than type checkers."""
        return any(
            source in (use.source, use.resolution.module) and not use.fact.guard & Guard.TYPE_CHECKING
            for use in self.imports_in(site)
        )

    @property
    def reach(self) -> ReachQuestions:
        """Which modules lead to which when they are imported."""
        return ReachQuestions(partial(self.asked_of, _loads_in, Loading))

    @property
    def outside(self) -> OutsideQuestions:
        """Which third-party packages modules load."""
        return OutsideQuestions(partial(self.asked_of, _loads_in, Loading))

    def ask_what_all_ask(self) -> None:
        """Find out what nearly all rules want to know: several processes would each find it out."""
        for collect in (_symbols_imported_in, _symbols_called_in, _modules_imported_in):
            self._by_key((collect, Holders, FoldByKey))
        if self.modules:
            self.reach.leads(self.modules[0], self.modules[0])

    def is_new(self, symbol: Symbol) -> bool:
        """Whether a definition came with the change that the scan is about; never without one."""
        return self._is_new is not None and self._is_new(symbol.module.path, symbol.qualname)

    @property
    def calls(self) -> tuple[CallReference, ...]:
        """Every call of a first-party symbol, in source order."""
        return self.gathered(_calls_in)

    def calls_in(self, module: Module) -> tuple[CallReference, ...]:
        """Those of one module."""
        return self.linked(_calls_in, module)

    def calls_of(self, symbol: Symbol) -> tuple[CallReference, ...]:
        """The calls of a function, or the constructions of a class."""
        modules = self.modules_with(_symbols_called_in, symbol)
        return tuple(use for module in modules for use in self.linked(_calls_by_symbol, module)[symbol])

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

    @property
    def _distribution_graph(self) -> DistributionGraph:
        self.combined(_needs_in, _counted_needs)  # what is concluded from the graph rests on that
        return self._graph

    @cached_property
    def _graph(self) -> DistributionGraph:
        with_requirements = frozenset(each.folder for each in self._distributions if each.requires)
        sizes = Counter(module.source.distribution for module in self.modules if module.zone is Zone.PRODUCTION)
        at_load, at_all = self._combine(_needs_in, _counted_needs)
        proven = [pair for pair in at_all if pair[0] not in with_requirements]
        # So few modules import what the metadata, which name what is needed, leave out, that it is a mistake.
        proven += [
            pair
            for pair, count in at_load.items()
            if pair[0] in with_requirements and count * _MOST_FOR_A_SLIP >= sizes[pair[0]]
        ]
        return DistributionGraph(self._distributions, sorted(proven))

    @property
    def distribution_reach(self) -> Mapping[str, frozenset[str]]:
        """The folders of the distributions that the code of each distribution can use, by its folder."""
        _ = self._distribution_graph  # what is concluded from it rests on that
        return self._distribution_reach

    @cached_property
    def _distribution_reach(self) -> Mapping[str, frozenset[str]]:
        graph = self._distribution_graph
        return {
            user: frozenset(used for used in graph.by_folder if graph.can_use(user, used)) for user in graph.by_folder
        }

    @cached_property
    def _declared_graph(self) -> DistributionGraph:
        folders = {each.name: each.folder for each in self._distributions if each.name}
        while_developing = [
            (each.folder, folders[name]) for each in self._distributions for name in each.development if name in folders
        ]
        return DistributionGraph(self._distributions, while_developing)

    def declares_use(self, site: Module, home: Module) -> bool:
        """Whether the metadata of the distribution of ``site`` name that of ``home``, be it for its own development, or
        one that does; also where they name nothing at all, and so tell nothing."""
        user = self._declared_graph.by_folder[site.source.distribution]
        return not user.requires or self._declared_graph.can_use(user.folder, home.source.distribution)

    def is_declared_root(self, folder: str) -> bool:
        """Whether metadata name a source root, or a distribution begins there."""
        return folder in self._declared_roots or folder in self._declared_graph.by_folder

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


def _loads_in(project: Project, module: Module) -> Loads:
    index = project.resolver.index
    outside = packages_imported_by(module, lambda name: not index.is_first_party(module, name))
    return Loads(loaded_by(project.imports_in(module)), outside)


def _needs_in(project: Project, module: Module) -> frozenset[tuple[str, str, bool]]:
    """Which distributions the code of a module cannot do without: user, what it uses, and whether it does when it is
    loaded. Where metadata name what is needed, an import in a function is of something optional."""
    return frozenset(
        (module.source.distribution, use.source.source.distribution, use.fact.scope == MODULE_SCOPE)
        for use in project.imports_in(module)
        if module.zone is Zone.PRODUCTION and use.source is not None and not use.fact.guard & _NOT_NEEDED
    )


def _counted_needs(
    parts: Mapping[Module, frozenset[tuple[str, str, bool]]],
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many modules need each pair's second: when they are loaded, and at all."""
    at_load = Counter((user, used) for needs in parts.values() for user, used, is_at_load in needs if is_at_load)
    at_all = Counter(pair for needs in parts.values() for pair in {(user, used) for user, used, _ in needs})
    return at_load, at_all


def _imports_by_symbol(project: Project, module: Module) -> Mapping[Symbol, Sequence[ImportReference]]:
    found: dict[Symbol, list[ImportReference]] = defaultdict(list)
    for use in project.imports_in(module):
        if use.resolution.symbol is not None:
            found[use.resolution.symbol].append(use)
    return {symbol: tuple(uses) for symbol, uses in found.items()}


def _symbols_imported_in(project: Project, module: Module) -> frozenset[Symbol]:
    return frozenset(project.linked(_imports_by_symbol, module))


def _modules_imported_in(project: Project, module: Module) -> frozenset[Module]:
    targets = {each for use in project.imports_in(module) for each in (use.source, use.resolution.module)}
    return frozenset(each for each in targets if each is not None and each is not module)


def _calls_by_symbol(project: Project, module: Module) -> Mapping[Symbol, Sequence[CallReference]]:
    found: dict[Symbol, list[CallReference]] = defaultdict(list)
    for use in project.calls_in(module):
        found[use.symbol].append(use)
    return {symbol: tuple(uses) for symbol, uses in found.items()}


def _symbols_called_in(project: Project, module: Module) -> frozenset[Symbol]:
    return frozenset(project.linked(_calls_by_symbol, module))


def _calls_in(project: Project, module: Module) -> tuple[CallReference, ...]:
    return tuple(
        CallReference(module, fact, symbol)
        for fact in module.facts.calls
        if (symbol := project.resolve(module, fact.scope, fact.callee).symbol) is not None
    )


def home_of(symbol: Symbol, reason: str) -> Home:
    """A symbol as the home of a finding."""
    return Home(symbol.location, symbol.module.name, symbol.id, reason)


def site_of(symbol: Symbol, message: str, fix: Fix | None = None, original: Symbol | None = None) -> Site:
    """A definition as a site of a finding; ``original`` is what it is a copy of, in a finding about several things."""
    body = symbol.fact.body.digest if isinstance(symbol.fact, (Class, Function)) else ""
    own_home = None if original is None else home_of(original, "")
    return Site(symbol.location, symbol.module.name, symbol.id, message, body, fix, own_home)


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


def _modules(
    tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure | LaterFacts], watch: Watch
) -> tuple[Module, ...]:
    """One module per file; a stub counts only where there is no source beside it."""
    sources = {(source.root, source.module) for source in tree.files if not source.is_stub}
    modules = []
    for source, result in zip(tree.files, results, strict=True):
        if source.is_stub and (source.root, source.module) in sources:
            continue
        if isinstance(result, ParseFailure):
            modules.append(Module(source, result.facts(), is_opaque=True, watch=watch))
        else:
            modules.append(Module(source, result, watch=watch))
    return tuple(modules)
