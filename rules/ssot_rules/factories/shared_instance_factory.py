"""SSOT203 shared-instance-factory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.probe import Kind
from ssot_lint.model.syntax import ScopeKind
from ssot_lint.project.project import Project, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import WORD, words
from ssot_rules.analysis.factories import is_called_by_framework, owner_of
from ssot_rules.analysis.vocabulary import CREATION_VERBS, MEMO_WORDS, REUSE_WORDS, SHARING_WORDS
from ssot_rules.factories._shared_objects import shared_object


@dataclass(frozen=True)
class SharedInstanceFactory(Rule):
    """A function called create, build, make or the like returns an object that others have too.

    Why:
        Its callers take what they get for their own: they configure it, close it, put their user's data in. As the
        object is shared, every other caller has those changes, and only in production does anybody notice. What an
        object keeps for itself, and nobody asks for by a name, is only listed. So are an entry of a store that its
        object looks up, lists or shows in other ways too, and what a cache stands above in plain sight or the docstring
        calls shared, reused or cached: who reads it knows.

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
    proven_by: ClassVar[tuple[Kind, ...]] = (Kind.SHARED_INSTANCE,)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per function."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, project: Project, module: Module) -> tuple[Finding, ...]:
        functions = module.derived(_promising) if self.applies_to(module) else ()
        found = ((function, shared_object(project, function)) for function in functions)
        return tuple(
            _finding(project, function, *shared)
            for function, shared in found
            if shared is not None
            and not _is_part_of_an_accessor(project, function)
            and not _is_asked_for(project, function)
        )


def _promising(module: Module) -> tuple[FunctionSymbol, ...]:
    return tuple(filter(_promises_a_new_object, module.functions))


def _promises_a_new_object(function: FunctionSymbol) -> bool:
    name = function.fact.name
    if name.startswith("_"):
        return False
    parts = [word for word in words(name) if word != "async"]
    if not parts or parts[0] not in CREATION_VERBS or REUSE_WORDS & set(parts):
        return False
    is_nested = function.module.facts.scopes[function.fact.parent].kind is ScopeKind.FUNCTION
    return not is_nested and not is_called_by_framework(function)


def _is_part_of_an_accessor(project: Project, function: FunctionSymbol) -> bool:
    """Whether the accessor that should be asked for the shared object is there already: beside its maker, or where it
    calls that."""
    accessor = f"get_{_object_name(function.name)}"
    callers = (call.module.scope_symbol(call.fact.scope) for call in project.calls_of(function))
    return accessor in function.module.namespace or any(caller and caller.name == accessor for caller in callers)


def _is_asked_for(project: Project, function: FunctionSymbol) -> bool:
    """Whether an ancestor has the method: its name is not the function's to choose."""
    owner = owner_of(function)
    ancestors = project.ancestry(owner)[1:] if owner is not None else ()
    return any(project.resolver.member(ancestor, function.name) is not None for ancestor in ancestors)


def _is_of_instance(function: FunctionSymbol, name: str) -> bool:
    """Whether it is one object, not all of the process, that keeps what is returned, and callers name nothing by which
    two of them could ask for the same."""
    return len(function.fact.parameters) <= 1 and _is_own(function, name)


def _new_name(project: Project, function: FunctionSymbol) -> str:
    """A name that promises nothing new, and that neither the module nor the class has yet."""
    owner = owner_of(function)
    names = (f"{verb}_{_object_name(function.name)}" for verb in ("get", "get_or_create", "ensure"))
    taken = {name: name in function.module.namespace or _has(project, owner, name) for name in names}
    return next((name for name, is_taken in taken.items() if not is_taken), "")


def _has(project: Project, owner: ClassSymbol | None, name: str) -> bool:
    return owner is not None and project.resolver.member(owner, name) is not None


def _finding(project: Project, function: FunctionSymbol, kind: str, name: str, line: int) -> Finding:
    path = function.module.path
    lines = [f"{path}:{function.fact.line} `def {function.name}` promises a new object"]
    is_open = kind == "cached object"  # says so in the line above
    if is_open:
        what = "an object that a cache keeps"
        lines.append(f"{path}:{function.fact.decorators[0].line} a cache keeps what it returns")
    else:
        what = f"the {kind} `{name}`" if kind == "shared object" else f"an {kind} `{name}`"
        lines.append(f"{path}:{line} returns {what}")
    message = f"`{function.qualname}` returns {what}, not a new one"
    return SharedInstanceFactory.finding(
        subject=function.id,
        message=message,
        remedy=_remedy(project, function),
        sites=(site_of(function, message),),
        evidence={"kind": kind, "shared": name, "line": line, "text": lines},
        severity=Severity.INFO if is_open or _is_meant(function, name) else None,
    )


def _is_meant(function: FunctionSymbol, name: str) -> bool:
    return _is_of_instance(function, name) or _is_entry_of_a_store(function, name) or _says_so(function)


def _is_entry_of_a_store(function: FunctionSymbol, name: str) -> bool:
    """Whether the registry is what its object is about, not a cache of this one method: everybody may see it, or other
    methods look up, list and delete what it has. To create there is to enter something, once."""
    owner, registry = owner_of(function), name.rpartition(".")[2]
    if not _is_own(function, name) or owner is None or not MEMO_WORDS.isdisjoint(words(registry)):
        return False
    others = (each for each in owner.module.methods(owner) if each is not function and each.name != "__init__")
    return not registry.startswith("_") or any(_uses(each, registry) for each in others)


def _uses(method: FunctionSymbol, attribute: str) -> bool:
    """Whether a method calls, changes or returns something of an attribute of its object."""
    module = method.module
    texts = [call.callee for call in module.calls(method)]
    texts += [fact.target for fact in module.mutations(method)] + [value.text for value in method.fact.returned]
    return any(text.split(".")[1:2] == [attribute] for text in texts)


def _is_own(function: FunctionSymbol, name: str) -> bool:
    """Whether a name is an attribute of the object whose method it is."""
    receiver = function.fact.parameters[0].name if function.fact.parameters else ""
    is_class_method = any(decorator.name == "classmethod" for decorator in function.fact.decorators)
    return not is_class_method and owner_of(function) is not None and name.partition(".")[0] == receiver


def _says_so(function: FunctionSymbol) -> bool:
    """Whether the first sentence of the docstring tells that others have the object too."""
    first = function.fact.docstring.partition(".")[0].lower()
    return not SHARING_WORDS.isdisjoint(WORD.findall(first))


def _remedy(project: Project, function: FunctionSymbol) -> str:
    new_name = _new_name(project, function)
    instead = f": `{new_name}`" if new_name else ""
    return f"Return a new object each time, or rename `{function.name}` so that callers expect a shared one{instead}"


def _object_name(name: str) -> str:
    parts = [word for word in words(name) if word != "async"]
    return "_".join(parts[1:]) or "instance"
