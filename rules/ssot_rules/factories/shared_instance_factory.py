"""SSOT203 shared-instance-factory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import BranchKind, Exit, Guard, ScopeKind, Value, ValueKind
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import FunctionSymbol, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.containers import is_container
from ssot_rules.analysis.factories import is_called_by_framework, objects_made_by
from ssot_rules.analysis.singletons import is_cached, process_wide_objects
from ssot_rules.analysis.stateful import is_stateful
from ssot_rules.analysis.vocabulary import CREATION_VERBS, REUSE_WORDS
from ssot_rules.factories._conditions import branches_of

_NAME = re.compile(r"[\w.]+")


@dataclass(frozen=True)
class SharedInstanceFactory(Rule):
    """A function called create, build, make or the like returns an object that others have too.

    Why:
        Its callers take what they get for their own: they configure it, close it, put their user's data in. As the
        object is shared, every other caller has those changes, and only in production does anybody notice.

    Bad:
        # shop/carts.py
        class Cart:
            def __init__(self):
                self.items = []

            def add(self, item):
                self.items.append(item)

        _carts = {}

        def create_cart(shop):
            if shop not in _carts:
                _carts[shop] = Cart()
            return _carts[shop]

    Good:
        # shop/carts.py
        class Cart:
            def __init__(self):
                self.items = []

            def add(self, item):
                self.items.append(item)

        _carts = {}

        def get_or_create_cart(shop):
            if shop not in _carts:
                _carts[shop] = Cart()
            return _carts[shop]

    Fix:
        Return a new object each time, or rename the function: get_or_create, ensure, or plain get.
    """

    code: ClassVar[str] = "SSOT203"
    name: ClassVar[str] = "shared-instance-factory"
    family: ClassVar[str] = "factories"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        for function in project.functions():
            if self.applies_to(function.module) and _promises_a_new_object(function):
                shared = _shared(project, function)
                if shared is not None:
                    yield _finding(function, *shared)


def _promises_a_new_object(function: FunctionSymbol) -> bool:
    name = function.fact.name
    if name.startswith("_"):
        return False
    parts = [word for word in words(name) if word != "async"]
    if not parts or parts[0] not in CREATION_VERBS or REUSE_WORDS & set(parts):
        return False
    is_nested = function.module.facts.scopes[function.fact.parent].kind is ScopeKind.FUNCTION
    return not is_nested and not is_called_by_framework(function)


def _shared(project: Project, function: FunctionSymbol) -> tuple[str, str, int] | None:
    """What the function returns that it has not made for this call: its kind, its name, and the line of the return."""
    if function.fact.decorators and is_cached(project, function):
        if any(is_stateful(project, cls) for cls in objects_made_by(project, function)):
            return "cached object", function.name, function.fact.line
        return None
    for value in function.fact.returned:
        if value.kind is ValueKind.NAME and _is_kept_object(project, function, value.text):
            return "shared object", value.text, value.line
        registry = _registry_of(value)
        if not registry or not _returns_existing(function, registry, value):
            continue
        if _is_registry(project, function, registry) and _makes_objects(project, function):
            return "entry of the registry", registry, value.line
    return None


def _makes_objects(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function calls a class whose objects change, or a factory of one: what is in its registry is shared, as
    texts and numbers are not."""
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


def _is_class_itself(function: FunctionSymbol, text: str) -> bool:
    """Whether a name in a function is a class, not an instance of it."""
    is_receiver = bool(function.fact.parameters) and function.fact.parameters[0].name == text
    return not is_receiver or any(decorator.name == "classmethod" for decorator in function.fact.decorators)


def _registry_of(value: Value) -> str:
    """What a value is looked up in: ``_carts`` for ``_carts[shop]`` and ``_carts.get(shop)``."""
    if value.kind is ValueKind.SUBSCRIPT:
        return value.text
    registry, _, method = value.text.rpartition(".")
    return registry if value.kind is ValueKind.CALL and method == "get" else ""


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
    wanted = {registry, value.via} - {""}
    return any(
        branch.kind is BranchKind.IF
        and branch.exit is not Exit.RAISE
        and branch.line <= value.line
        and any(_mentions(text, wanted) for text in _NAME.findall(branch.test))
        for _, branch in branches_of(function)
    )


def _mentions(text: str, wanted: Set[str]) -> bool:
    return text in wanted or text.removesuffix(".get") in wanted


def _finding(function: FunctionSymbol, kind: str, name: str, line: int) -> Finding:
    path = function.module.path
    lines = [f"{path}:{function.fact.line} `def {function.name}` promises a new object"]
    if kind == "cached object":
        what = "an object that a cache keeps"
        lines.append(f"{path}:{function.fact.decorators[0].line} a cache keeps what it returns")
    else:
        what = f"the {kind} `{name}`" if kind == "shared object" else f"an {kind} `{name}`"
        lines.append(f"{path}:{line} returns {what}")
    message = f"`{function.qualname}` returns {what}, not a new one"
    return SharedInstanceFactory.finding(
        subject=function.id,
        message=message,
        remedy=(
            f"Return a new object each time, or rename `{function.name}` so that callers expect a shared one: "
            f"`get_{_object_name(function.name)}`"
        ),
        sites=(site_of(function, message),),
        evidence={"kind": kind, "shared": name, "line": line, "text": lines},
    )


def _object_name(name: str) -> str:
    parts = [word for word in words(name) if word != "async"]
    return "_".join(parts[1:]) or "instance"
