"""What a dotted name means, over the whole program: aliases, re-exports, star imports, relative imports, cycles.

Everything is iterative and memoised: chains of any length and cycles of any shape end.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum

import msgspec

from ssot_lint.model.facts import BindingKind, Import
from ssot_lint.model.source import SourceTree
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind, ValueKind
from ssot_lint.model.vocabulary import MODULE_NAMES
from ssot_lint.project.attribute_classes import AttributeClasses
from ssot_lint.project.modules import ModuleIndex
from ssot_lint.project.stars import StarImports
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.project.watch import Watch


class Outcome(Enum):
    """How a resolution ended."""

    SYMBOL = "symbol"
    MODULE = "module"
    EXTERNAL = "external"
    """Third-party or standard library."""
    MISSING = "missing"
    """First-party, and certainly not there."""
    UNKNOWN = "unknown"
    """Cannot be said; rules stay silent."""


class Resolution(msgspec.Struct, frozen=True):
    """What a name stands for. ``symbol`` and ``module`` go with their outcomes; ``external`` is the dotted name of
    something outside the project. ``hops`` are the modules whose namespaces were asked on the way, first to last;
    the last one is the module that defines the symbol."""

    outcome: Outcome
    symbol: Symbol | None = None
    module: Module | None = None
    external: str = ""
    hops: tuple[Module, ...] = ()


UNKNOWN = Resolution(Outcome.UNKNOWN)

# Attributes every module has without defining them.
_MODULE_ATTRIBUTES = MODULE_NAMES | (
    {"__all__", "__annotations__", "__builtins__", "__cached__", "__dict__", "__doc__", "__loader__"}
)


class Resolver:
    """Answers what names mean. Built once per project; pure apart from its memo.

    ``asked`` are the names of each module that anything outside its functions was asked for: as long as they mean what
    they mean, so does all that is known of other modules. ``asker`` is the module of which something is found out that
    will be kept for it. ``watch`` learns of the module that a question is about, not of those on the way to the answer:
    these are asked.
    """

    def __init__(self, modules: Sequence[Module], tree: SourceTree, watch: Watch) -> None:
        self.index = ModuleIndex(modules, tree)
        self._watch = watch
        self.asked: dict[Module, set[str]] = defaultdict(set)
        self.asker: Module | None = None
        self._memo: dict[Module, dict[str, Resolution]] = defaultdict(dict)
        self._global_memo: dict[Module, dict[str, Resolution]] = defaultdict(dict)
        self._local_memo: dict[Module, dict[tuple[int, str], Resolution]] = defaultdict(dict)
        self._bases_memo: dict[ClassSymbol, tuple[Resolution, ...]] = {}
        self._ancestry_memo: dict[ClassSymbol, tuple[ClassSymbol, ...]] = {}
        self._variable_classes: dict[VariableSymbol, ClassSymbol | None] = {}
        self._attribute_classes = AttributeClasses(self._class_named)
        self._stars = StarImports(modules, self.index)

    def resolve_import(self, importer: Module, fact: Import) -> Resolution:
        """What an import binds (for ``import a.b`` without alias: module ``a.b``, though it binds ``a``)."""
        dotted = self.index.absolute_name(importer, fact)
        if dotted is None:
            return Resolution(Outcome.MISSING) if self.index.is_beyond_top(importer, fact) else UNKNOWN
        source = self.index.find_module(importer, dotted)
        return self._watch.aside(self.import_from, importer, dotted, source, fact)

    def import_from(self, importer: Module, dotted: str, module: Module | None, fact: Import) -> Resolution:
        """What an import binds, ``dotted`` being the absolute name in its statement, ``module`` what has it."""
        if fact.name is None or fact.name == "*":
            return self._of_module(importer, dotted, module)
        if module is None:
            submodule = self.index.find_module(importer, f"{dotted}.{fact.name}")
            if submodule is not None:
                return Resolution(Outcome.MODULE, module=submodule)
            outside = self._of_module(importer, dotted, None)
            if outside.outcome is Outcome.EXTERNAL:
                return Resolution(Outcome.EXTERNAL, external=f"{dotted}.{fact.name}")
            is_missing = self._is_certainly_missing(importer, f"{dotted}.{fact.name}")
            return Resolution(Outcome.MISSING) if is_missing else outside
        return self.lookup(module, fact.name)

    def lookup(self, module: Module, name: str) -> Resolution:
        """What ``name`` means as an attribute of ``module``."""
        self.asked[module].add(name)
        return self._look_up(module, name)

    def _look_up(self, module: Module, name: str) -> Resolution:
        memo = self._memo[module]
        known = memo.get(name)
        if known is None:
            # A name that is asked for while it is being resolved goes in circles.
            memo[name] = UNKNOWN
            known = memo[name] = self._watch.aside(self._follow, module, name)
        return known

    def forget(self, module: Module, changed: Set[str]) -> None:
        """Drop what is known of the functions of a module and of its names ``changed``, none of which was
        :attr:`asked`."""
        self._global_memo.pop(module, None)
        self._local_memo.pop(module, None)
        for name in changed:
            self._memo[module].pop(name, None)
        for cls in module.classes:
            self._bases_memo.pop(cls, None)
            self._ancestry_memo.pop(cls, None)
            self._attribute_classes.forget(cls)
        for variable in module.variables:
            self._variable_classes.pop(variable, None)

    def _follow(self, module: Module, name: str) -> Resolution:
        """Follow imports and aliases to the definition; a cycle of them means nothing."""
        entry = module.namespace.get(name)
        if isinstance(entry, (ClassSymbol, FunctionSymbol)):  # as for most names
            return Resolution(Outcome.SYMBOL, symbol=entry, hops=(module,))
        hops: list[Module] = []
        alias: Resolution | None = None
        seen: set[tuple[Module, str]] = set()
        while (module, name) not in seen:
            seen.add((module, name))
            if hops:
                self.asked[module].add(name)
            hops.append(module)
            entry = module.namespace.get(name)
            if isinstance(entry, Import):
                step = self._import_step(module, entry)
            elif isinstance(entry, VariableSymbol) and (text := _alias_text(entry)):
                alias = alias or Resolution(Outcome.SYMBOL, symbol=entry, hops=tuple(hops))
                step = self._alias_step(module, text)
            elif entry is not None:
                step = Resolution(Outcome.SYMBOL, symbol=entry)
            else:
                step = self._absent_step(module, name)
            if isinstance(step, Resolution):
                if alias is not None and step.outcome in (Outcome.UNKNOWN, Outcome.MISSING):
                    return alias
                return Resolution(step.outcome, step.symbol, step.module, step.external, (*hops, *step.hops))
            module, name = step
        return alias or self._circle(seen, (*hops, module))

    def _circle(self, seen: Iterable[tuple[Module, str]], hops: tuple[Module, ...]) -> Resolution:
        """What a name is that modules import from each other: nothing, if no other statement may bind it in any of
        them. The last of ``hops`` is where the circle closes."""
        if all(_is_only_imported(module, name) and not self._is_open(module) for module, name in seen):
            return Resolution(Outcome.MISSING, hops=hops)
        return UNKNOWN

    def _import_step(self, module: Module, fact: Import) -> Resolution | tuple[Module, str]:
        if fact.name is None and not fact.alias:
            # `import a.b.c` binds `a`.
            top = fact.module.partition(".")[0]
            return self._of_module(module, top, self.index.find_module(module, top))
        dotted = self.index.absolute_name(module, fact)
        source = self.index.find_module(module, dotted) if dotted else None
        if fact.name is not None and source is not None:
            self.asked[source].add(fact.name)
            if source is module and fact.name not in module.namespace:
                return self._absent_step(source, fact.name)
            if source is module and module.namespace.get(fact.name) is fact:
                # `from . import x` in a package: the submodule, not this very name.
                return self._submodule(source, fact.name) or UNKNOWN
            return source, fact.name
        return self.resolve_import(module, fact)

    def _alias_step(self, module: Module, text: str) -> Resolution | tuple[Module, str]:
        """``A = B`` and ``A = b.C``: whatever B or C is; otherwise a variable of its own."""
        prefix, _, name = text.rpartition(".")
        if not prefix:
            self.asked[module].add(name)
            is_known = name in module.namespace or name in self._stars.names[module]
            return (module, name) if is_known else UNKNOWN
        start = self._resolve_for_all(module, MODULE_SCOPE, prefix)
        if start.module is not None:
            return start.module, name
        return self._attributes(start, (name,))

    def _absent_step(self, module: Module, name: str) -> Resolution | tuple[Module, str]:
        """A name the module does not bind itself."""
        provider = self._stars.names[module].get(name)
        if provider is not None:
            return provider, name
        if submodule := self._submodule(module, name):
            return submodule
        if name in _MODULE_ATTRIBUTES or self._is_open(module) or self.index.is_opaque(f"{module.name}.{name}"):
            return UNKNOWN
        return Resolution(Outcome.MISSING)

    def _submodule(self, module: Module, name: str) -> Resolution | None:
        if not module.source.is_package:
            return None
        found = self.index.find_module(module, f"{module.name}.{name}")
        return None if found is None else Resolution(Outcome.MODULE, module=found)

    def _is_open(self, module: Module) -> bool:
        """Whether names may exist that the source does not show."""
        if module.is_opaque or module.facts.is_dynamic or module.source.is_stub or module in self._stars.open:
            return True
        # A package that sets its `__path__` takes submodules from elsewhere; one with a finder makes them up.
        has_finder = module.source.is_package and (
            "__path__" in module.namespace or module.facts.mentions_name("meta_path")
        )
        return has_finder or self._is_handed_over(module)

    def _is_handed_over(self, module: Module) -> bool:
        """Whether a module hands its own name to a function of a module that puts modules into ``sys.modules``: that
        lets another one stand for it, as ``alias_package(__name__, "shop.orders")`` does."""
        return any(
            self._makes_modules(module, call.callee.partition(".")[0])
            for call in module.facts.calls
            if call.scope == MODULE_SCOPE
            if "__name__" in call.arguments_text or module.name in call.arguments_text  # to part them takes long
            if any(argument.text.strip("\"'") in ("__name__", module.name) for argument in call.arguments)
        )

    def _makes_modules(self, module: Module, name: str) -> bool:
        fact = module.namespace.get(name)
        dotted = self.index.absolute_name(module, fact) if isinstance(fact, Import) else None
        if dotted is None or not isinstance(fact, Import):
            return False
        sources = (self.index.find_module(module, name) for name in (dotted, f"{dotted}.{fact.name}"))
        return any(source is not None and source.facts.is_dynamic for source in sources)

    def _of_module(self, importer: Module, dotted: str, module: Module | None) -> Resolution:
        if module is not None:
            return Resolution(Outcome.MODULE, module=module)
        if not self.index.is_first_party(importer, dotted):
            return Resolution(Outcome.EXTERNAL, external=dotted)
        return Resolution(Outcome.MISSING) if self._is_certainly_missing(importer, dotted) else UNKNOWN

    def _is_certainly_missing(self, importer: Module, dotted: str) -> bool:
        """A module is missing only below a regular package whose files are all known, folders in it included."""
        if self.index.is_known(dotted) or self.index.is_path(importer, dotted):
            return False
        parent, _, name = dotted.rpartition(".")
        if not parent:
            return False
        package = self.index.find_module(importer, parent)
        if package is None:
            return self._is_certainly_missing(importer, parent) or self._is_inner_folder(importer, parent)
        self.asked[package].add(name)
        if not package.source.is_package:
            return not self._is_open(package)
        return not self._is_open(package) and name not in package.namespace

    def _is_inner_folder(self, importer: Module, dotted: str) -> bool:
        """Whether a package without ``__init__`` lies in a regular one: no other part of it can be elsewhere."""
        around = dotted
        while self.index.is_namespace(around):
            around = around.rpartition(".")[0]
        package = self.index.find_module(importer, around) if around != dotted else None
        return package is not None and package.source.is_package and not self._is_open(package)

    def resolve(self, module: Module, scope: int, text: str) -> Resolution:
        """What a dotted name means where it is used: function-level imports come before module-level names.

        ``self.method`` is looked up in the class around, ``super().method`` in its ancestors, ``Thing().method`` in the
        class ``Thing``, ``self.attribute.method`` in that of the attribute, see :meth:`attribute_class`,
        ``VARIABLE.method`` in that of the variable, see :meth:`variable_class`.
        """
        if self.asker is not None and self.asker is not module:
            self.asked[module].add(_root_of(text))
        self._note(module)
        if module.facts.scopes[scope].kind is ScopeKind.CLASS:
            return self._resolve_locally(module, scope, text)
        memo = self._global_memo[module]
        known = memo.get(text)
        if known is None:
            if _root_of(text) in module.local_roots:
                return self._resolve_locally(module, scope, text)
            known = memo[text] = self._watch.aside(self._resolve, module, MODULE_SCOPE, text)
        return known

    def _resolve_locally(self, module: Module, scope: int, text: str) -> Resolution:
        """The same, for a name that may mean another thing in each scope."""
        memo = self._local_memo[module]
        key = (scope, text)
        known = memo.get(key)
        if known is None:
            known = memo[key] = self._watch.aside(self._resolve, module, scope, text)
        return known

    def _note(self, module: Module) -> None:
        if self._watch.files is not None:
            self._watch.files.add(module)

    def _resolve_for_all(self, module: Module, scope: int, text: str) -> Resolution:
        """The same, for an answer that other modules rest on."""
        self.asked[module].add(_root_of(text))
        return self.resolve(module, scope, text)

    def _resolve(self, module: Module, scope: int, text: str) -> Resolution:
        root, *attributes = text.split(".")
        if root == "super()":
            return self._super(module, scope, attributes)
        if root.endswith("()"):
            start = self._root(module, scope, root[:-2])
            return self._attributes(start, attributes) if isinstance(start.symbol, ClassSymbol) else UNKNOWN
        start = self._root(module, scope, root)
        if start.outcome is Outcome.UNKNOWN and attributes and self.index.is_namespace(root):
            start, attributes = self._below_namespace(module, [root, *attributes])
        return self._attributes(start, attributes)

    def _super(self, module: Module, scope: int, attributes: Sequence[str]) -> Resolution:
        """A method of the class around, as its ancestors have it."""
        cls = module.enclosing_class(scope)
        if cls is None or not attributes:
            return UNKNOWN
        name, *others = attributes
        owners = (ancestor for ancestor in self.ancestry(cls) if ancestor is not cls)
        found = next((member for owner in owners if (member := owner.module.member(owner, name))), None)
        return UNKNOWN if found is None else self._attributes(Resolution(Outcome.SYMBOL, symbol=found), others)

    def _below_namespace(self, module: Module, parts: list[str]) -> tuple[Resolution, list[str]]:
        """The longest module that a dotted name through a namespace package begins with."""
        for length in range(len(parts) - 1, 1, -1):
            found = self.index.find_module(module, ".".join(parts[:length]))
            if found is not None:
                return Resolution(Outcome.MODULE, module=found), parts[length:]
        return UNKNOWN, []

    def _root(self, module: Module, scope: int, name: str) -> Resolution:
        scopes = module.facts.scopes
        innermost = scope
        while scope != MODULE_SCOPE:
            local = module.imports_by_scope.get(scope)
            if local is not None and name in local:
                return self._local_import(module, local[name])
            entry = scopes[scope]
            if entry.kind is ScopeKind.FUNCTION:
                receiver = self._receiver_class(module, scope, name)
                if receiver is not None:
                    return Resolution(Outcome.SYMBOL, symbol=receiver)
                if name in (nested := module.defined_in(scope)):
                    return Resolution(Outcome.SYMBOL, symbol=found) if (found := nested[name]) else UNKNOWN
            elif scope == innermost and (own := module.member(module.classes[entry.index], name)):
                return Resolution(Outcome.SYMBOL, symbol=own)
            scope = entry.parent
        return self._look_up(module, name)

    def _local_import(self, module: Module, fact: Import) -> Resolution:
        if fact.name is None and not fact.alias:
            top = fact.module.partition(".")[0]
            return self._of_module(module, top, self.index.find_module(module, top))
        return self.resolve_import(module, fact)

    def _receiver_class(self, module: Module, scope: int, name: str) -> ClassSymbol | None:
        """The class that ``name`` is an instance of, when it is the first parameter of a method."""
        entry = module.facts.scopes[scope]
        parent = module.facts.scopes[entry.parent]
        if parent.kind is not ScopeKind.CLASS:
            return None
        function = module.facts.functions[entry.index]
        if not function.parameters or function.parameters[0].name != name:
            return None
        if any(decorator.name == "staticmethod" for decorator in function.decorators):
            return None
        return module.classes[parent.index]

    def _class_named(self, module: Module, scope: int, text: str) -> ClassSymbol | None:
        symbol = self._resolve_for_all(module, scope, text).symbol
        return symbol if isinstance(symbol, ClassSymbol) else None

    def attribute_class(self, cls: ClassSymbol, name: str) -> ClassSymbol | None:
        """The first-party class of the attribute ``name`` of the instances of ``cls``: by annotation, or by what is
        assigned to it. The nearest class that sets it decides."""
        self._note(cls.module)
        return self._watch.aside(self._find_attribute_class, cls, name)

    def _find_attribute_class(self, cls: ClassSymbol, name: str) -> ClassSymbol | None:
        for owner in self.ancestry(cls):
            if self._attribute_classes.is_set(owner, name):
                return self._attribute_classes.own(owner, name)
        return None

    def variable_class(self, variable: VariableSymbol) -> ClassSymbol | None:
        """The first-party class of the object that a variable of a module holds, by annotation or construction."""
        self._note(variable.module)
        if variable not in self._variable_classes:
            self._variable_classes[variable] = None  # for one that is asked for while it is being found
            found = self._watch.aside(self._attribute_classes.of_variable, variable)
            self._variable_classes[variable] = found
        return self._variable_classes[variable]

    def _attributes(self, start: Resolution, attributes: Sequence[str]) -> Resolution:
        current = start
        for place, name in enumerate(attributes, start=1):
            if current.outcome is Outcome.MODULE and current.module is not None:
                found = self.lookup(current.module, name)
            elif current.outcome is Outcome.EXTERNAL:
                found = Resolution(Outcome.EXTERNAL, external=f"{current.external}.{name}")
            elif (owner := self._class_of(current.symbol)) is not None:
                member = self.member(owner, name)
                if member is None and place < len(attributes):
                    member = self.attribute_class(owner, name)
                found = UNKNOWN if member is None else Resolution(Outcome.SYMBOL, symbol=member)
            else:
                return UNKNOWN
            if current.hops:
                hops = (*current.hops, *found.hops)
                found = Resolution(found.outcome, found.symbol, found.module, found.external, hops)
            current = found
        return current

    def _class_of(self, symbol: Symbol | None) -> ClassSymbol | None:
        """A class itself, or that of the object that a variable holds."""
        if isinstance(symbol, VariableSymbol):
            return self.variable_class(symbol)
        return symbol if isinstance(symbol, ClassSymbol) else None

    def member(self, cls: ClassSymbol, name: str) -> Symbol | None:
        """A method or nested class of ``cls`` or of its first-party ancestors."""
        self._note(cls.module)
        return self._watch.aside(self._find_member, cls, name)

    def _find_member(self, cls: ClassSymbol, name: str) -> Symbol | None:
        for candidate in self.ancestry(cls):
            if found := candidate.module.member(candidate, name):
                return found
        return None

    def bases(self, cls: ClassSymbol) -> tuple[Resolution, ...]:
        """What the bases of a class resolve to, in order."""
        self._note(cls.module)
        known = self._bases_memo.get(cls)
        if known is None:
            # Guards against a class whose base is looked up in the class itself.
            self._bases_memo[cls] = ()
            known = self._bases_memo[cls] = tuple(self._base(cls, base) if base else UNKNOWN for base in cls.fact.bases)
        return known

    def _base(self, cls: ClassSymbol, text: str) -> Resolution:
        """What a base resolves to; for ``class Order(Order)`` what had the name before, if that was imported."""
        found = self._resolve_for_all(cls.module, cls.fact.parent, text)
        if found.symbol is not cls:
            return found
        before = (
            fact
            for fact in reversed(cls.module.facts.imports)
            if fact.bound_name == text and fact.scope == cls.fact.parent and fact.line < cls.fact.line
        )
        fact = next(before, None)
        return UNKNOWN if fact is None else self.resolve_import(cls.module, fact)

    def ancestry(self, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
        """The class and its first-party ancestors, nearest first (breadth first, not the exact MRO)."""
        self._note(cls.module)
        known = self._ancestry_memo.get(cls)
        if known is None:
            known = self._ancestry_memo[cls] = self._watch.aside(self._find_ancestry, cls)
        return known

    def _find_ancestry(self, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
        found: dict[ClassSymbol, None] = {}
        queue = deque([cls])
        while queue:
            current = queue.popleft()
            if current not in found:
                found[current] = None
                queue.extend(base.symbol for base in self.bases(current) if isinstance(base.symbol, ClassSymbol))
        return tuple(found)

    def gives_stars(self, module: Module) -> bool:
        """Whether others take all names of a module."""
        return module in self._stars.sources

    def star_names(self, module: Module) -> Mapping[str, Module]:
        """Names a module gets by star imports, each with the module that provides it."""
        return self._stars.names[module]


def _root_of(text: str) -> str:
    """The name that a dotted text begins with."""
    return text.partition(".")[0].removesuffix("()")


def _is_only_imported(module: Module, name: str) -> bool:
    """Whether one unconditional import is all that binds a name in a module."""
    imports = [fact for fact in module.facts.imports if fact.scope == MODULE_SCOPE and fact.bound_name == name]
    others = (*module.top_level_classes, *module.top_level_functions)
    return (
        [fact.guard for fact in imports] == [Guard.NONE]
        and not any(symbol.name == name for symbol in others)
        and not any(binding.scope == MODULE_SCOPE and binding.name == name for binding in module.facts.bindings)
    )


def _alias_text(symbol: VariableSymbol) -> str:
    """The dotted name a module-level assignment copies, if it may be an alias: ``X = Y``, ``X: TypeAlias = Y``, also in
    quotes, ``type X = Y``."""
    fact = symbol.fact
    if fact.guard is not Guard.NONE or fact.value is None:
        return ""
    is_declared = fact.annotation.rpartition(".")[2] == "TypeAlias"
    if fact.value.kind is ValueKind.NAME:
        return fact.value.text if is_declared or fact.kind in (BindingKind.ASSIGN, BindingKind.TYPE_ALIAS) else ""
    quoted = fact.value.text.strip("\"'") if is_declared and fact.value.kind is ValueKind.CONSTANT else ""
    return quoted if all(part.isidentifier() for part in quoted.split(".")) else ""
