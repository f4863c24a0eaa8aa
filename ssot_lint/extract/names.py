"""Decides, once a whole file was seen, whether a name used in a function is local to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import libcst as cst

from ssot_lint.extract.expressions import callee, dotted
from ssot_lint.extract.local_values import Assigned
from ssot_lint.extract.walk import OpenScope
from ssot_lint.model.annotations import annotated_class
from ssot_lint.model.facts import Class, Function
from ssot_lint.model.syntax import MODULE_SCOPE, ScopeKind

# Local names that stand for local names: longer chains than this are not followed.
_MAX_HOPS = 8
_BARE_CONSTRUCTORS = frozenset({"object.__new__", "super().__new__"})


class NameTable:
    """Which names each scope of a file binds."""

    def __init__(
        self,
        scopes: Sequence[OpenScope],
        definitions: Iterable[Class | Function],
        module_names: Set[str],
        has_star_import: bool,
    ) -> None:
        self._scopes = scopes
        self._has_star_import = has_star_import
        self._defined: list[set[str]] = [set(scope.imported) for scope in scopes]
        self._defined[MODULE_SCOPE] |= module_names
        # Functions and classes defined inside a function are known there and in the functions inside it.
        self._nested: list[set[str]] = [set() for _ in scopes]
        for definition in definitions:
            inside_function = scopes[definition.parent].kind is ScopeKind.FUNCTION
            (self._nested if inside_function else self._defined)[definition.parent].add(definition.name)

    @property
    def module_names(self) -> Set[str]:
        """The names that the module binds."""
        return self._defined[MODULE_SCOPE]

    def global_text(self, text: str, scope_index: int) -> str:
        """``text`` (a dotted name used in a scope) if other modules could know what it means, else empty.

        A local variable that only ever holds one thing is replaced by that thing: ``x.send`` becomes
        ``Client().send`` after ``x = Client()``, and ``_CACHE.pop`` after ``x = _CACHE``.
        """
        for _ in range(_MAX_HOPS):
            root, rest = _split(text)
            held = self._held(root, scope_index)
            if held is None or held == root:
                return text
            if not held:
                return ""
            text = held + rest
        return ""

    def callee_text(self, text: str, scope_index: int) -> str:
        """Like :meth:`global_text`, for what is called: ``x.send`` is ``Client().send`` also for a parameter or local
        variable that is annotated as a Client."""
        if known := self.global_text(text, scope_index):
            return known
        root, _, rest = text.partition(".")
        cls = annotated_class(self._annotation(root, scope_index)) if rest else ""
        return self.global_text(f"{cls}().{rest}", scope_index) if cls else ""

    def _annotation(self, name: str, scope_index: int) -> str:
        scope = self._scopes[scope_index]
        while scope.index != MODULE_SCOPE:
            if scope.kind is ScopeKind.FUNCTION and (name in scope.annotations or name in scope.assigned):
                return scope.annotations.get(name, "")
            scope = self._scopes[scope.parent]
        return ""

    def local_value(self, name: str, scope_index: int) -> cst.BaseExpression | None:
        """What a local variable of a function is bound to, if it is bound exactly once, by an assignment."""
        assigned = self._scopes[scope_index].assigned.get(name, ())
        return assigned[0].value if len(assigned) == 1 else None

    def is_imported(self, text: str, scope_index: int) -> bool:
        """Whether a dotted name, used in a scope, begins with an imported name."""
        root = text.partition(".")[0]
        scope = self._scopes[scope_index]
        while root not in scope.imported:
            is_local = scope.kind is ScopeKind.FUNCTION and root in scope.assigned
            if is_local or scope.index == MODULE_SCOPE:
                return False
            scope = self._scopes[scope.parent]
        return True

    def is_builtin(self, name: str, scope_index: int) -> bool:
        """Whether nothing in the file gives ``name``, used in a scope, another meaning than that of the builtins."""
        if name in self._defined[MODULE_SCOPE] or name in self._defined[scope_index]:
            return False
        scope = self._scopes[scope_index]
        while scope.index != MODULE_SCOPE:
            bound = scope.assigned.keys() | self._defined[scope.index] | self._nested[scope.index]
            if scope.kind is ScopeKind.FUNCTION and (name in bound or name == scope.receiver):
                return False
            scope = self._scopes[scope.parent]
        return True

    def _held(self, root: str, scope_index: int) -> str | None:
        """What stands behind a name: None for a name that others can know, otherwise see :func:`_held`."""
        name = root.removesuffix("()")
        scope = self._scopes[scope_index]
        if root == "super()" and scope.kind is ScopeKind.FUNCTION:
            return None
        if scope.kind is ScopeKind.CLASS and name in self._defined[scope.index]:
            return None
        while scope.index != MODULE_SCOPE:
            # Names of a class body are not seen from its methods.
            if scope.kind is ScopeKind.FUNCTION:
                if name in self._defined[scope.index] or name == scope.receiver:
                    return None
                if name in scope.assigned:
                    return _held(scope.assigned[name]) if name == root else ""
                if name in self._nested[scope.index]:
                    return None
            scope = self._scopes[scope.parent]
        return None if name in self._defined[MODULE_SCOPE] or self._has_star_import else ""


def _split(text: str) -> tuple[str, str]:
    """The name that a text begins with (with the brackets of a call), and the rest."""
    root, dot, rest = text.partition(".")
    name, bracket, key = root.partition("[")
    return (name, bracket + key + dot + rest) if bracket else (root, dot + rest)


def _held(assigned: Sequence[Assigned]) -> str:
    """What a local variable holds, if it is bound exactly once, to a name or to a new object."""
    value = assigned[0].value
    if len(assigned) != 1 or value is None:
        return ""
    if type(value) is cst.Call:
        made = callee(value.func)
        if made in _BARE_CONSTRUCTORS and value.args and (cls := dotted(value.args[0].value)):
            return f"{cls}()"
        return f"{made}()" if made and "()" not in made else ""
    return dotted(value)
