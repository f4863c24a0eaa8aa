"""Which classes have objects that change."""

from __future__ import annotations

from ssot_lint.model.facts import Mutation, Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

_CONSTRUCTORS = frozenset({"__init__", "__init_subclass__", "__new__", "__post_init__", "__set_name__", "__setstate__"})
_PER_THREAD = frozenset({"threading.local", "_thread._local"})
_EMPTY_CONTAINERS = frozenset(
    {"OrderedDict", "defaultdict", "deque", "dict", "list", "set", "WeakKeyDictionary", "WeakSet"}
    | {"WeakValueDictionary"}
)


def is_stateful(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of the class change after construction, as far as its methods and its ancestors' show: they set
    an attribute, or change one in place; or the constructor begins an empty container. Per-thread objects do not
    count."""
    if project.base_names(cls) & _PER_THREAD:
        return False
    return any(_changes_itself(ancestor) for ancestor in project.ancestry(cls))


def _changes_itself(cls: ClassSymbol) -> bool:
    module = cls.module
    methods = [method for method in module.methods(cls) if method.fact.parameters and not _is_unbound(method)]
    later = [method for method in methods if method.name not in _CONSTRUCTORS]
    if any(_changes(fact, method.fact.parameters[0].name) for method in later for fact in module.mutations(method)):
        return True
    bound, changing = ({method.fact.scope for method in group} for group in (methods, later))
    return any(
        fact.scope in changing or (fact.scope in bound and _begins_empty(fact.value))
        for fact in module.instance_attributes(cls)
    )


def _changes(mutation: Mutation, receiver: str) -> bool:
    """Whether the object or one of its attributes is changed; ``self.add()`` is a call of its own method."""
    if mutation.target == receiver:
        return mutation.operation in ("delattr", "delitem", "setitem")
    return mutation.target.startswith(f"{receiver}.")


def _begins_empty(value: Value | None) -> bool:
    """Whether a value is an empty mutable container."""
    if value is None or value.arguments not in ("", "[]", "{}"):
        return False
    if value.kind is ValueKind.CALL:
        return value.text.rpartition(".")[2] in _EMPTY_CONTAINERS
    return value.kind in (ValueKind.LIST, ValueKind.DICT)


def _is_unbound(method: FunctionSymbol) -> bool:
    return any(decorator.name in ("classmethod", "staticmethod") for decorator in method.fact.decorators)
