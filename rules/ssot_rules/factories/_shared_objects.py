"""What functions return that they have not made for this call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from ssot_lint.model.facts import AttributeAssignment, Binding
from ssot_lint.model.syntax import Branch, BranchKind, Exit, Guard, Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, VariableSymbol
from ssot_rules.analysis.class_kinds import is_value_type
from ssot_rules.analysis.containers import is_container
from ssot_rules.analysis.factories import annotated_class, is_factory_class, objects_made_by, owner_of, products_of
from ssot_rules.analysis.singletons import is_cached, process_wide_objects
from ssot_rules.analysis.stateful import is_stateful
from ssot_rules.factories._conditions import branches_around, branches_of

_LOOKUPS = frozenset({"get", "setdefault"})
_NAME = re.compile(r"[\w.]+")


def shared_object(project: Project, function: FunctionSymbol) -> tuple[str, str, int] | None:
    """What the function returns that it has not made for this call: its kind, its name, and the line of the return."""
    if function.fact.decorators and is_cached(project, function):
        if not all(_is_result_of_method(function, value) for value in function.fact.returned) and any(
            is_stateful(project, cls) for cls in products_of(project, function)
        ):
            return "cached object", function.name, function.fact.line
        return None
    for value in function.fact.returned:
        if value.kind is ValueKind.NAME and (
            _is_kept_object(project, function, value.text)
            or _is_kept_by_factory(project, function, value.text)
            or _is_filled_once(project, function, value.text)
        ):
            return "shared object", value.text, value.line
        registry = _registry_of(value)
        if not registry or not _returns_existing(function, registry, value):
            continue
        if _is_registry(project, function, registry) and _makes_objects(project, function):
            return "entry of the registry", registry, value.line
    return None


def _is_result_of_method(function: FunctionSymbol, value: Value) -> bool:
    """Whether a value is what a method of something local gives: ``agent.run()``, whatever the agent is."""
    root, dot, _ = value.text.partition(".")
    return value.kind is ValueKind.CALL and bool(dot) and root not in function.module.namespace


def _makes_objects(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function calls a class whose objects change, or a factory of one, or says that it returns one: what is
    in its registry is shared, as texts and numbers are not."""
    said = annotated_class(project, function)
    if said is not None and is_stateful(project, said):
        return True
    module, scope = function.module, function.fact.scope
    called = (project.resolve(module, scope, call.callee).symbol for call in module.facts.calls if call.scope == scope)
    return any(is_stateful(project, cls) for symbol in called for cls in objects_made_by(project, symbol))


def _is_kept_object(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a name is a process-wide object: a module-level instance, or what a class keeps in a variable."""
    module = function.module
    symbol = project.resolve(module, function.fact.scope, text).symbol
    if isinstance(symbol, VariableSymbol):
        fills = [b for b in module.facts.bindings if b.name == symbol.name and b.within == function.fact.scope]
        return symbol in project.derived(process_wide_objects) and all(fill.guard & Guard.CONDITION for fill in fills)
    owner_text, _, name = text.rpartition(".")
    owner = project.resolve_class(module, function.fact.scope, owner_text)
    if owner is None or not _is_class_itself(function, owner_text):
        return False
    is_declared = any(binding.name == name for binding in owner.module.class_variables(owner))
    made = [
        fact.guard
        for fact in module.facts.attributes
        if fact.scope == function.fact.scope and fact.name == name and fact.value and fact.value.kind is ValueKind.CALL
    ]
    return is_declared and bool(made) and all(guard & Guard.CONDITION for guard in made)


def _is_kept_by_factory(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a method returns what its class body made once, or its constructor: for all callers of that object. What
    other methods work on is the product that a builder puts together."""
    owner = owner_of(function)
    receiver, _, name = text.partition(".")
    is_own = bool(function.fact.parameters) and function.fact.parameters[0].name == receiver
    if owner is None or not is_own or is_value_type(project, owner):
        return False
    made = _made_once(project, owner, name)
    if made is None or not is_stateful(project, made):
        return False
    return not any(
        used == text or used.startswith(f"{text}.")
        for method in owner.module.methods(owner)
        if method is not function
        for used in _used_in(method)
    )


def _made_once(project: Project, owner: ClassSymbol, name: str) -> ClassSymbol | None:
    """The class of what an attribute holds, where nothing but the class body sets it, or nothing but the constructor
    of a class of factories, without a condition."""
    module = owner.module
    declared = [fact for fact in module.class_variables(owner) if fact.name == name]
    assigned = [fact for fact in module.instance_attributes(owner) if fact.name == name]
    facts: tuple[AttributeAssignment | Binding, ...] = (*declared, *assigned)
    if len(facts) != 1:
        return None
    fact = facts[0]
    scope = fact.scope
    if assigned:
        method = module.scope_symbol(scope)
        if not is_factory_class(owner) or method is None or method.name != "__init__":
            return None
    if fact.value is None or fact.guard is not Guard.NONE:
        return None
    return project.constructed_class(module, scope, fact.value)


def _used_in(method: FunctionSymbol) -> Iterator[str]:
    """The targets of what a method calls and changes."""
    yield from (call.callee for call in method.module.calls(method))
    yield from (fact.target for fact in method.module.mutations(method))


def _is_filled_once(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a function makes an object for a name that outlives the call, where there is none yet:
    ``_cart = _cart or Cart()``, ``if not hasattr(app.state, "cart"): app.state.cart = Cart()``. What a method keeps on
    its own object is that object's."""
    module, scope = function.module, function.fact.scope
    root = text.partition(".")[0]
    if text not in function.fact.global_names and (root == text or not _outlives(project, function, root, text)):
        return False
    made = [call for call in module.facts.calls if call.scope == scope and call.target == text]
    is_asked = all(any(_asks_for(each, text) for each in branches_around(module, call.branch)) for call in made)
    classes = (
        cls for each in made for cls in objects_made_by(project, project.resolve(module, scope, each.callee).symbol)
    )
    return bool(made) and is_asked and any(is_stateful(project, cls) for cls in classes)


def _asks_for(branch: Branch, text: str) -> bool:
    """Whether a condition is about a name, or about whether there is an attribute."""
    return _mentions_one(branch.test, {text}) or "hasattr(" in branch.test


def _outlives(project: Project, function: FunctionSymbol, root: str, text: str) -> bool:
    """Whether an attribute belongs to a module, to a class, or to the state of an application."""
    found = project.resolve(function.module, function.fact.scope, root)
    if found.outcome is Outcome.MODULE or isinstance(found.symbol, VariableSymbol):
        return True
    return ".state." in text or (isinstance(found.symbol, ClassSymbol) and _is_class_itself(function, root))


def _is_class_itself(function: FunctionSymbol, text: str) -> bool:
    """Whether a name in a function is a class, not an instance of it."""
    is_receiver = bool(function.fact.parameters) and function.fact.parameters[0].name == text
    return not is_receiver or any(decorator.name == "classmethod" for decorator in function.fact.decorators)


def _registry_of(value: Value) -> str:
    """What a value is looked up in: ``_carts`` for ``_carts[shop]``, ``_carts.get(shop)`` and
    ``_carts.setdefault(shop, Cart())``."""
    if value.kind is ValueKind.SUBSCRIPT:
        return value.text
    registry, _, method = value.text.rpartition(".")
    return registry if value.kind is ValueKind.CALL and method in _LOOKUPS else ""


def _is_registry(project: Project, function: FunctionSymbol, text: str) -> bool:
    """Whether a name is a container of the module, of the class or of the instance."""
    module, scope = function.module, function.fact.scope
    symbol = project.resolve(module, scope, text).symbol
    if isinstance(symbol, VariableSymbol):
        hidden = {parameter.name for parameter in function.fact.parameters}
        return is_container(symbol.fact.value) and text.partition(".")[0] not in hidden
    owner_text, _, name = text.rpartition(".")
    owner = project.resolve_class(module, scope, owner_text)
    ancestry = project.ancestry(owner) if owner is not None else ()
    values = [
        fact.value
        for cls in ancestry
        for facts in (cls.module.class_variables(cls), cls.module.instance_attributes(cls))
        for fact in facts
        if fact.name == name
    ]
    return any(map(is_container, values))


def _returns_existing(function: FunctionSymbol, registry: str, value: Value) -> bool:
    """Whether the function asks if there is an entry already, and returns it then: the condition mentions the registry
    or the variable that holds the entry, and what it guards does not raise."""
    if value.text.endswith(".setdefault") or _is_tried(function, value):
        return True
    wanted = {registry, value.via} - {""}
    return any(
        branch.kind is BranchKind.IF
        and branch.exit is not Exit.RAISE
        and branch.line <= value.line
        and _mentions_one(branch.test, wanted)
        for _, branch in branches_of(function)
    )


def _is_tried(function: FunctionSymbol, value: Value) -> bool:
    """``try: return _carts[shop]``, followed by ``except KeyError:`` that goes on."""
    around = branches_around(function.module, value.branch)
    if not any(branch.kind is BranchKind.TRY for branch in around):
        return False
    return any(
        branch.kind is BranchKind.EXCEPT
        and branch.exit is not Exit.RAISE
        and branch.line > value.line
        and any(name in branch.test for name in ("KeyError", "LookupError"))
        for _, branch in branches_of(function)
    )


def _mentions_one(test: str, wanted: Set[str]) -> bool:
    return any(_mentions(text, wanted) for text in _NAME.findall(test))


def _mentions(text: str, wanted: Set[str]) -> bool:
    return text in wanted or text.removesuffix(".get") in wanted
