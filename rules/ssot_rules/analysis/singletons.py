"""Objects that exist once per process. Shared by the rules of the family ``state``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ssot_lint.model.facts import Binding, BindingKind, ResultUse
from ssot_lint.model.finding import Finding, Location, Site
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_instances import keeps_instance
from ssot_rules.analysis.class_kinds import is_exception
from ssot_rules.analysis.factories import built_classes, has_factory_name, module_variable_class, objects_made_by
from ssot_rules.analysis.stateful import is_stateful
from ssot_rules.analysis.unread import may_be_in_unread
from ssot_rules.analysis.vocabulary import CACHE_DECORATORS

# As many module-level instances of one class are declarations (signals, validators, template libraries).
DECLARATIVE_FROM = 3

_NEVER_IMPORTED = Guard.TYPE_CHECKING | Guard.MAIN


class SingletonKind(Enum):
    """How a process comes to have one instance."""

    MODULE = "created at import"
    LAZY = "created on first use"
    CLASS = "kept by its class"
    CACHED = "kept by a cache"


@dataclass(frozen=True, slots=True)
class Singleton:
    """One process-wide object. ``holder`` is what keeps it: a variable, a class, or a cached function. ``products``
    are the first-party classes it may be an instance of; ``arguments`` a short text of what it was made with."""

    kind: SingletonKind
    holder: Symbol
    products: tuple[ClassSymbol, ...]
    arguments: str
    location: Location

    def site(self, message: str) -> Site:
        """The place where the object comes to be."""
        fact = self.holder.fact
        body = "" if isinstance(fact, Binding) else fact.body.digest
        return Site(self.location, self.holder.module.name, self.holder.id, message, body)


def module_singletons(project: Project) -> tuple[Singleton, ...]:
    """Module-level instances of stateful first-party classes, by place; declarations excepted, and what may be some.

    Instances are declarations when a class has three of them or more that are not named after it, or several in one
    file with different arguments; a file that could not be read and has the name of the class may have more of them.
    """
    singletons = project.judging(_singletons_among)
    instances = _module_instances(project).items()
    found = [each for cls, variables in instances for each in singletons((cls, tuple(variables)))]
    return tuple(sorted(found, key=lambda singleton: singleton.holder.sort_key))


def _singletons_among(
    project: Project, instances: tuple[ClassSymbol, tuple[VariableSymbol, ...]]
) -> tuple[Singleton, ...]:
    """Those of one class. For :meth:`Project.judging`."""
    cls, variables = instances
    if _are_declarations(cls, variables) or not is_stateful(project, cls) or may_be_in_unread(project, cls.name):
        return ()
    return tuple(
        Singleton(SingletonKind.MODULE, variable, (cls,), _arguments(variable), variable.location)
        for variable in variables
    )


def lazy_singletons(project: Project) -> tuple[Singleton, ...]:
    """Module-level names without a value of their own that a function declares global and fills with an object."""
    return project.in_modules(_lazy_singletons_in)


def _lazy_singletons_in(project: Project, module: Module) -> tuple[Singleton, ...]:
    found = []
    for name, bindings in module.derived(_late_bindings).items():
        made = [(binding, _made(project, module, binding)) for binding in bindings]
        objects = [(binding, classes) for binding, classes in made if classes is not None]
        holder = module.namespace.get(name)
        if objects and isinstance(holder, VariableSymbol):
            first = objects[0][0]
            classes = {cls for _, products in objects for cls in products}
            ordered = tuple(sorted(classes, key=lambda cls: cls.sort_key))
            place = Location(module.path, first.line, first.column, first.end_line)
            found.append(Singleton(SingletonKind.LAZY, holder, ordered, _value_arguments(first.value), place))
    return tuple(found)


def class_singletons(project: Project) -> tuple[Singleton, ...]:
    """Classes that keep their one instance: in a class variable, in ``__new__``, by metaclass or decorator."""
    return tuple(
        Singleton(SingletonKind.CLASS, cls, (cls,), "", cls.location)
        for cls in project.gathered(_classes_with_instance)
    )


def _classes_with_instance(project: Project, module: Module) -> tuple[ClassSymbol, ...]:
    return tuple(cls for cls in module.classes if keeps_instance(project, cls))


def cached_singletons(project: Project) -> tuple[Singleton, ...]:
    """Functions without arguments that build a first-party object and are cached."""
    found = []
    for function in project.gathered(_cached_functions):
        products = tuple(cls for cls in built_classes(project, function) if not is_exception(project, cls))
        if products:
            found.append(Singleton(SingletonKind.CACHED, function, products, "", function.location))
    return tuple(found)


def _cached_functions(project: Project, module: Module) -> tuple[FunctionSymbol, ...]:
    return tuple(
        function
        for function in module.functions
        if function.fact.decorators and is_cached(project, function) and not _takes_arguments(function)
    )


def is_cached(project: Project, function: FunctionSymbol) -> bool:
    """Whether a decorator of the standard library keeps the results of a function."""
    return any(
        (found := project.resolve(function.module, function.fact.parent, decorator.name)).outcome is Outcome.EXTERNAL
        and found.external in CACHE_DECORATORS
        for decorator in function.fact.decorators
        if decorator.name
    )


def process_wide_objects(project: Project) -> frozenset[Symbol]:
    """The variables that hold one object for the whole process."""
    return frozenset(
        singleton.holder for analysis in (module_singletons, lazy_singletons) for singleton in project.derived(analysis)
    )


def judged_singletons(singletons: Sequence[Singleton], zones: Sequence[Zone]) -> Iterator[Singleton]:
    """Those whose holder lies in one of the zones."""
    return (singleton for singleton in singletons if singleton.holder.module.zone in zones)


def inventory_entry(rule: Rule, singleton: Singleton, *, message: str, remedy: str) -> Finding:
    """The finding of an inventory rule: the object's holder is the subject and the only site."""
    holder = singleton.holder
    place = singleton.location
    lines = [f"{place.path}:{place.line} `{holder.qualname}`, {singleton.kind.value}"]
    classes = [cls for cls in singleton.products if cls is not holder]
    lines += [f"class {cls.id} at {cls.module.path}:{cls.fact.line}" for cls in classes]
    return rule.finding(
        subject=holder.id,
        message=message,
        remedy=remedy,
        sites=(singleton.site(message),),
        evidence={
            "kind": singleton.kind.name.lower(),
            "classes": [cls.id for cls in singleton.products],
            "arguments": singleton.arguments,
            "text": lines,
        },
    )


def _module_instances(project: Project) -> Mapping[ClassSymbol, Sequence[VariableSymbol]]:
    found: dict[ClassSymbol, dict[tuple[str, str], VariableSymbol]] = defaultdict(dict)
    for cls, variable in project.in_modules(_instances_in):
        found[cls].setdefault((variable.module.path, variable.name), variable)
    return {cls: tuple(variables.values()) for cls, variables in found.items()}


def _instances_in(project: Project, module: Module) -> tuple[tuple[ClassSymbol, VariableSymbol], ...]:
    variables = () if module.zone is Zone.TEST else module.derived(_made_variables)
    made = ((_class_made(project, variable), variable) for variable in variables)
    return tuple((cls, variable) for cls, variable in made if cls is not None)


def _made_variables(module: Module) -> tuple[VariableSymbol, ...]:
    """The variables that may hold the result of a call."""
    values = ((each, each.fact.value) for each in module.variables if not each.fact.guard & _NEVER_IMPORTED)
    return tuple(
        variable
        for variable, value in values
        if value is not None and any(each.kind is ValueKind.CALL for each in (value, *value.options))
    )


def _class_made(project: Project, variable: VariableSymbol) -> ClassSymbol | None:
    """The class that a module-level name holds a new object of: by a call of the class or of a function that makes one
    each time, also as one side of a condition."""
    value = variable.fact.value
    for option in () if value is None else (value, *value.options):
        if option.kind is ValueKind.CALL and not option.awaited:
            symbol = project.resolve(variable.module, MODULE_SCOPE, option.text).symbol
            if isinstance(symbol, ClassSymbol):
                return symbol
            if isinstance(symbol, FunctionSymbol) and (made := _always_made(project, symbol)) is not None:
                return made
    return None


def _always_made(project: Project, function: FunctionSymbol) -> ClassSymbol | None:
    """The class of which a function makes a new object at each call and keeps none; None if it may give an old one."""
    keeps = function.fact.global_names or function.module.mutations(function) or function.module.attributes(function)
    if keeps or is_cached(project, function) or function.fact.is_async or function.fact.is_generator:
        return None
    products = objects_made_by(project, function)
    returned = [value for value in function.fact.returned if value.kind is not ValueKind.NONE]
    made = all(project.constructed_class(function.module, function.fact.scope, value) for value in returned)
    return products[0] if made and len(products) == 1 else None


def _are_declarations(cls: ClassSymbol, variables: Sequence[VariableSymbol]) -> bool:
    """Whether the instances are as many things (signals, validators), not several candidates for one."""
    if sum(not _is_named_after(variable, cls) for variable in variables) >= DECLARATIVE_FROM:
        return True
    by_file: dict[str, list[str]] = defaultdict(list)
    for variable in variables:
        by_file[variable.module.path].append(_arguments(variable))
    # "..." in the text of arguments stands for what it leaves out: they may well differ.
    return any(len(texts) > 1 and (len(set(texts)) > 1 or "..." in texts[0]) for texts in by_file.values())


def _is_named_after(variable: VariableSymbol, cls: ClassSymbol) -> bool:
    """``bus`` or ``_event_bus`` for EventBus, ``order_client`` for OrderServiceClient: the one and only, whereas
    ``order_bus`` is one of several."""
    own, named = words(variable.name), words(cls.name)
    remaining = iter(named)
    is_part = own[-1:] == named[-1:] and all(word in remaining for word in own)
    return bool(own) and (is_part or "".join(named).endswith("".join(own)))


def _arguments(variable: VariableSymbol) -> str:
    return _value_arguments(variable.fact.value)


def _value_arguments(value: Value | None) -> str:
    return "" if value is None else value.arguments_text


def _late_bindings(module: Module) -> Mapping[str, Sequence[Binding]]:
    """The names that functions fill by ``global``, and how; a name that has a value at import is left out."""
    found: dict[str, list[Binding]] = defaultdict(list)
    filled = set()
    for binding in module.facts.bindings:
        if binding.scope != MODULE_SCOPE:
            continue
        if binding.within != MODULE_SCOPE:
            if binding.kind in (BindingKind.ASSIGN, BindingKind.ANNOTATED) and binding.value is not None:
                found[binding.name].append(binding)
        elif binding.value is not None and binding.value.kind is not ValueKind.NONE:
            filled.add(binding.name)
    return {name: bindings for name, bindings in found.items() if name not in filled}


def _made(project: Project, module: Module, binding: Binding) -> tuple[ClassSymbol, ...] | None:
    """The classes that the value of a binding may be a new object of, empty if they cannot be told; None if it is no
    object of the project's making."""
    value = binding.value
    if value is None:
        return None
    if value.kind is ValueKind.NAME:
        return _made_local(project, module, binding.within, value.text)
    if value.kind is not ValueKind.CALL:
        return None
    symbol = project.resolve(module, binding.within, value.text).symbol
    return _made_by(project, symbol or _method_of_variable(project, module, binding.within, value.text))


def _made_by(project: Project, symbol: Symbol | None) -> tuple[ClassSymbol, ...] | None:
    products = objects_made_by(project, symbol)
    may_build = isinstance(symbol, FunctionSymbol) and has_factory_name(symbol.name.lstrip("_"))
    return products if products or may_build else None


def _made_local(project: Project, module: Module, scope: int, name: str) -> tuple[ClassSymbol, ...] | None:
    """``local = Thing(); _x = local``. A parameter may hold what the caller has."""
    function = module.scope_symbol(scope)
    parameters = function.fact.parameters if isinstance(function, FunctionSymbol) else ()
    if any(parameter.name == name for parameter in parameters):
        return None
    for call in module.facts.calls:
        if call.scope == scope and call.usage is ResultUse.ASSIGNED and call.target == name:
            return _made_by(project, project.resolve(module, scope, call.callee).symbol)
    return None


def _method_of_variable(project: Project, module: Module, scope: int, text: str) -> Symbol | None:
    """``registry.get_store`` where ``registry`` is a module-level instance of a first-party class."""
    root, _, attribute = text.rpartition(".")
    variable = project.resolve(module, scope, root).symbol if root else None
    if not isinstance(variable, VariableSymbol):
        return None
    cls = module_variable_class(project, variable)
    return None if cls is None else project.resolver.member(cls, attribute)


def _takes_arguments(function: FunctionSymbol) -> bool:
    """Whether there may be more than one result; a method of instances has one for each of them."""
    parameters = len(function.fact.parameters)
    return parameters > 1 or (parameters == 1 and not any(d.name == "classmethod" for d in function.fact.decorators))
