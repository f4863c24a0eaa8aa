"""Notes what names are bound to, and what is changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import (
    annotation_text,
    dotted,
    expression_text,
    key_text,
    string_content,
    string_elements,
    value_of,
)
from ssot_lint.extract.global_names import names_in_value
from ssot_lint.extract.key_parts import key_parts
from ssot_lint.extract.local_values import Assigned
from ssot_lint.extract.module_stores import ModuleStores
from ssot_lint.extract.names import NameTable
from ssot_lint.extract.normal_form import WORD_END, digest_of
from ssot_lint.extract.spelled_out import constant_digest
from ssot_lint.extract.walk import Deferred, Draft, Handler, Step, Walk
from ssot_lint.model.facts import AttributeAssignment, Binding, BindingKind, Mutation, ResultUse
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind
from ssot_lint.model.vocabulary import MUTATORS, REMOVALS

_PLAIN = frozenset({BindingKind.ASSIGN, BindingKind.ANNOTATED})
# Methods that are known where they are handed over; attributes called ``update`` or ``add`` are more often data.
_HANDED_OVER = REMOVALS | {"append", "appendleft", "extend"}


class _BindingDraft(Draft):
    __slots__ = ("annotation", "end", "guard", "kind", "name", "scope", "statement", "value", "within")

    name: str
    scope: int
    within: int
    kind: BindingKind
    annotation: str
    value: cst.BaseExpression | None
    guard: Guard
    end: int
    statement: int


class _AttributeDraft(Draft):
    __slots__ = ("annotation", "guard", "name", "owner", "scope", "value")

    owner: str
    name: str
    scope: int
    annotation: str
    value: cst.BaseExpression | None
    guard: Guard


class _MutationDraft(Draft):
    __slots__ = ("key", "operation", "scope", "target", "value")

    target: str
    operation: str
    key: str | cst.BaseExpression
    value: cst.BaseExpression | None
    scope: int


class BindingRecorder(Recorder):
    """Notes bindings of modules and classes, attributes set on self, and mutations.

    What functions bind locally is kept in their :class:`~ssot_lint.extract.walk.OpenScope` only;
    it decides what a name means there.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._bindings: list[_BindingDraft] = []
        self._attributes: list[_AttributeDraft] = []
        self._mutations: list[_MutationDraft] = []
        self.exports: list[str] | None = None
        self.exports_more = False
        self.module_stores = ModuleStores()

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.Assign: self._assign,
            cst.AnnAssign: self._annotated,
            cst.AugAssign: self._augmented,
            cst.NamedExpr: self._walrus,
            cst.CompFor: self._comprehension,
            cst.AsName: self._as_name,
            cst.Del: self._delete,
            cst.Global: self._global,
            cst.MatchAs: self._capture,
            cst.MatchMapping: self._rest,
            cst.MatchStar: self._capture,
            cst.TypeAlias: self._type_alias,
        }

    def observers(self) -> dict[type[cst.CSTNode], Handler]:
        return {cst.Call: self._method_call}

    def module_names(self) -> set[str]:
        """Names that the module itself binds by assignment."""
        return {draft.name for draft in self._bindings if draft.scope == MODULE_SCOPE}

    def bindings(self, module_names: Set[str]) -> tuple[Binding, ...]:
        """Bindings of the module and of classes, in source order; ``module_names`` are all that the module binds."""
        position = self._walk.cursor.position
        facts = []
        for draft in self._bindings:
            line, column = position(draft.offset)
            is_constant = draft.scope == draft.within == MODULE_SCOPE
            constant, elements = constant_digest(draft.name, draft.value) if is_constant else ("", 0)
            value = None if draft.value is None else value_of(draft.value, line=line)
            is_at_home = draft.scope == draft.within and value is not None
            statement = self._statement(draft) if is_at_home else ""
            words = statement.split(WORD_END) if is_constant else ()
            facts.append(
                Binding(
                    name=draft.name,
                    scope=draft.scope,
                    within=draft.within,
                    kind=draft.kind,
                    annotation=draft.annotation,
                    value=value,
                    guard=draft.guard,
                    line=line,
                    column=column,
                    end_line=position(max(draft.end, draft.offset))[0],
                    constant=constant,
                    elements=elements,
                    digest=digest_of(statement) if statement else "",
                    names=names_in_value(words, value, module_names - {draft.name}) if words else (),
                )
            )
        return tuple(facts)

    def _statement(self, draft: _BindingDraft) -> str:
        """The logical line of a binding in normal form."""
        return "".join(self._walk.lines[draft.statement : draft.statement + 1])

    def attributes(self) -> tuple[AttributeAssignment, ...]:
        """What methods set on their first parameter."""
        position = self._walk.cursor.position
        facts = []
        for draft in self._attributes:
            line, column = position(draft.offset)
            value = None if draft.value is None else value_of(draft.value, line=line)
            facts.append(
                AttributeAssignment(
                    draft.owner, draft.name, draft.scope, draft.annotation, value, draft.guard, line, column
                )
            )
        return tuple(facts)

    def mutations(self, names: NameTable) -> tuple[Mutation, ...]:
        """Mutations of what is not local, by ``names``."""
        position = self._walk.cursor.position
        facts = []
        for draft in self._mutations:
            if target := names.global_text(draft.target, draft.scope):
                line, column = position(draft.offset)
                key, parts = _key(draft, names)
                value = None if draft.value is None else value_of(draft.value, line=line)
                facts.append(Mutation(target, draft.operation, key, draft.scope, line, column, parts, value))
        return tuple(facts)

    def target(self, node: cst.BaseExpression) -> Iterator[Step]:
        """The steps that visit a target of ``for``, ``with``, a walrus or an unpacking, and bind its names."""
        for part in _parts(node):
            yield from self._bind(part, None, BindingKind.TARGET)

    def _method_call(self, node: cst.Call) -> None:
        """A method that changes its object may be called."""
        self.module_stores.called(node)
        function = node.func
        if type(function) is cst.Attribute and function.attr.value in MUTATORS:
            key: str | cst.BaseExpression = node.args[0].value if node.args else ""
            value = node.args[1].value if len(node.args) > 1 else None
            self._mutate(dotted(function.value) or _item_text(function.value), function.attr.value, key, value)
            if dotted(function) in ("__all__.extend", "__all__.append") and node.args:
                self._export(node.args[0].value)
        for place, argument in enumerate(node.args, start=1):
            method = argument.value
            if type(method) is cst.Attribute and method.attr.value in _HANDED_OVER:
                following: str | cst.BaseExpression = node.args[place].value if place < len(node.args) else ""
                self._mutate(dotted(method.value), method.attr.value, following, None)

    def _assign(self, node: cst.Assign) -> None:
        self._walk.word("Assign")
        self.module_stores.assigned((assigned.target for assigned in node.targets), node.value)
        steps: list[Step] = []
        for assigned in node.targets:
            target = assigned.target
            self._assigned_to(target, node.value)
            if type(target) is cst.Tuple or type(target) is cst.List:
                steps += self.target(target)
            else:
                steps += self._bind(target, node.value, BindingKind.ASSIGN)
            if type(target) is cst.Name and target.value == "__all__":
                self._export(node.value)
        self._walk.push(*steps, node.value, self._ending())

    def _annotated(self, node: cst.AnnAssign) -> None:
        self._walk.word("AnnAssign")
        self._assigned_to(node.target, node.value)
        self.module_stores.assigned([node.target], node.value)
        if type(node.target) is cst.Name and node.target.value == "__all__" and node.value is not None:
            self._export(node.value)
        steps = self._bind(node.target, node.value, BindingKind.ANNOTATED, annotation_text(node.annotation))
        self._walk.push(*steps, node.annotation, node.value, self._ending())

    def _augmented(self, node: cst.AugAssign) -> None:
        target = node.target
        steps: Iterable[Step] = (target,)
        if type(target) is cst.Attribute:
            self.module_stores.stored(target)
            steps = self._mutating(dotted(target), "augassign", "", target, None)
        else:
            steps = self._bind(target, node.value, BindingKind.AUGMENTED)
        if type(target) is cst.Name and target.value == "__all__":
            self._export(node.value)
        self._walk.word("AugAssign")
        self._walk.push(*steps, node.operator, node.value, self._ending())

    def _walrus(self, node: cst.NamedExpr) -> None:
        self._walk.word("NamedExpr")
        self._walk.used_as(node.value, ResultUse.ASSIGNED, dotted(node.target))
        self._walk.push(*self._bind(node.target, node.value, BindingKind.TARGET), node.value)

    def _comprehension(self, node: cst.CompFor) -> None:
        # A comprehension is a scope of its own; inside a function its names are taken for locals.
        self._walk.used_as(node.iter, ResultUse.ITERATED)
        if self._walk.scope.kind is not ScopeKind.FUNCTION:
            self._walk.descend(node)
            return
        self._walk.word("CompFor")
        self._walk.push(*self.target(node.target), node.iter, *node.ifs, node.inner_for_in)

    def _as_name(self, node: cst.AsName) -> None:
        self._walk.push(*self.target(node.name))

    def _delete(self, node: cst.Del) -> None:
        steps: list[Step] = []
        for target in _parts(node.target):
            if type(target) is cst.Subscript:
                steps += self._mutating(dotted(target.value), "delitem", _key_node(target), target, None)
            elif type(target) is cst.Attribute:
                steps += self._mutating(dotted(target.value), "delattr", target.attr.value, target, None)
            else:
                steps += self._bind(target, None, BindingKind.DELETED)
        self._walk.word("Del")
        self._walk.push(*steps, self._ending())

    def _global(self, node: cst.Global) -> None:
        self._walk.scope.global_names.update(item.name.value for item in node.names)
        self._walk.descend(node)

    def _capture(self, node: cst.MatchAs | cst.MatchStar) -> None:
        steps = self.target(node.name) if node.name is not None else ()
        self._walk.word("Capture")
        self._walk.push(node.pattern if type(node) is cst.MatchAs else None, *steps)

    def _rest(self, node: cst.MatchMapping) -> None:
        steps = self.target(node.rest) if node.rest is not None else ()
        self._walk.word("MatchMapping")
        self._walk.push(*node.elements, *steps)

    def _type_alias(self, node: cst.TypeAlias) -> None:
        self._walk.leaf("type", "TypeAlias")
        steps = self._bind(node.name, node.value, BindingKind.TYPE_ALIAS)
        self._walk.push(*steps, node.type_parameters, node.value, self._ending())

    def _bind(
        self,
        target: cst.BaseExpression,
        value: cst.BaseExpression | None,
        kind: BindingKind,
        annotation: str = "",
    ) -> Iterable[Step]:
        """The steps that visit one target and note what happens to it."""
        self.module_stores.stored(target)
        if type(target) is cst.Name:
            return (Deferred(lambda: self._bind_name(target.value, value, kind, annotation)), target)
        if type(target) is cst.Subscript:
            return self._mutating(dotted(target.value), "setitem", _key_node(target), target, value)
        if type(target) is cst.Attribute:
            if type(target.value) is cst.Name and target.value.value == self._walk.receiver():
                return (Deferred(lambda: self._set_attribute(target, value, annotation)), target)
            return self._mutating(dotted(target.value), "setattr", target.attr.value, target, value)
        return (target.value if type(target) is cst.StarredElement else target,)

    def _bind_name(self, name: str, value: cst.BaseExpression | None, kind: BindingKind, annotation: str) -> None:
        scope = self._walk.scope
        is_global = name in scope.global_names
        if scope.kind is ScopeKind.FUNCTION and not is_global:
            plain = kind in _PLAIN
            if annotation:
                scope.annotations[name] = annotation
            if value is not None or not plain:
                held = None if kind is BindingKind.AUGMENTED else value
                assigned = Assigned(held, self._walk.branch, len(scope.returned), plain)
                scope.assigned.setdefault(name, []).append(assigned)
            return
        draft = _BindingDraft()
        draft.name = name
        draft.scope = MODULE_SCOPE if is_global else scope.index
        draft.within = scope.index
        draft.kind = kind
        draft.annotation = annotation
        draft.value = value
        draft.guard = self._walk.guard
        draft.end = 0
        draft.statement = len(self._walk.lines)
        self._bindings.append(draft)
        self._walk.draft(draft)

    def _set_attribute(self, target: cst.Attribute, value: cst.BaseExpression | None, annotation: str) -> None:
        draft = _AttributeDraft()
        draft.owner = self._walk.receiver()
        draft.name = target.attr.value
        draft.scope = self._walk.scope.index
        draft.annotation = annotation
        draft.value = value
        draft.guard = self._walk.guard
        self._attributes.append(draft)
        self._walk.draft(draft)

    def _mutating(
        self,
        target: str,
        operation: str,
        key: str | cst.BaseExpression,
        node: cst.BaseExpression,
        value: cst.BaseExpression | None,
    ) -> Iterable[Step]:
        self._walk.written(node)
        return (Deferred(lambda: self._mutate(target, operation, key, value)), node)

    def _mutate(
        self, target: str, operation: str, key: str | cst.BaseExpression, value: cst.BaseExpression | None
    ) -> None:
        if not target:
            return
        draft = _MutationDraft()
        draft.target = target
        draft.operation = operation
        draft.key = key
        draft.value = value
        draft.scope = self._walk.scope.index
        self._mutations.append(draft)
        self._walk.draft(draft)

    def _assigned_to(self, target: cst.BaseExpression, value: cst.BaseExpression | None) -> None:
        if type(target) is cst.Tuple or type(target) is cst.List:
            self._walk.used_as(value, ResultUse.ITERATED)
            return
        name = dotted(target)
        on_self = type(target) is cst.Attribute and name.split(".", 1)[0] == self._walk.receiver()
        self._walk.used_as(value, ResultUse.SELF if on_self else ResultUse.ASSIGNED, name)

    def _ending(self) -> Deferred:
        """A step that ends what is bound in the statement that begins here; other targets end where they begin."""
        first = len(self._bindings)

        def end() -> None:
            if len(self._bindings) > first:
                last = self._walk.cursor.end_of_statement()
                for draft in self._bindings[first:]:
                    draft.end = last

        return Deferred(end)

    def _export(self, value: cst.BaseExpression) -> None:
        """Add what ``__all__`` is set to or extended by."""
        stack = [value]
        while stack:
            part = stack.pop()
            if type(part) is cst.BinaryOperation:
                stack += [part.right, part.left]
                continue
            name = string_content(part)
            names = string_elements(part) if name is None else [name]
            self.exports = (self.exports or []) + (names or [])
            self.exports_more |= names is None


def _key_node(node: cst.Subscript) -> str | cst.BaseExpression:
    """The key of a subscript, ``:`` for a slice."""
    index = node.slice[0].slice
    return index.value if type(index) is cst.Index else ":"


def _key(draft: _MutationDraft, names: NameTable) -> tuple[str, tuple[str, ...]]:
    """The short text of a key, and the names it is made of."""
    if isinstance(draft.key, str):
        return draft.key, ()
    return expression_text(draft.key), key_parts(draft.key, lambda name: names.local_value(name, draft.scope))


def _item_text(node: cst.BaseExpression) -> str:
    """``table[key]``, the key as a short text, for an item of something that has a name."""
    holder = dotted(node.value) if type(node) is cst.Subscript else ""
    return f"{holder}[{key_text(node)}]" if holder and type(node) is cst.Subscript else ""


def _parts(target: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """A target, or those in a tuple or list, also nested, in source order."""
    stack = [target]
    while stack:
        part = stack.pop()
        if type(part) is cst.Tuple or type(part) is cst.List:
            stack.extend(element.value for element in reversed(part.elements))
        else:
            yield part
