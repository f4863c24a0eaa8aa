"""Of which class the attributes of objects and the variables of modules are, by what is annotated and assigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from ssot_lint.model.annotations import annotated_class
from ssot_lint.model.syntax import MODULE_SCOPE, Value, ValueKind
from ssot_lint.project.symbols import ClassSymbol, Module, VariableSymbol

_Assignment = tuple[int, str, Value | None]
"""Scope, annotation and value."""

ResolveClass = Callable[[Module, int, str], ClassSymbol | None]


class AttributeClasses:
    """Pure apart from its memo. ``resolve`` finds the class that a name means in a scope."""

    def __init__(self, resolve: ResolveClass) -> None:
        self._resolve = resolve
        self._memo: dict[ClassSymbol, dict[str, ClassSymbol | None]] = defaultdict(dict)

    def own(self, cls: ClassSymbol, name: str) -> ClassSymbol | None:
        """The first-party class of ``self.name``, as far as the body and the methods of ``cls`` itself tell: an
        annotation, else what all assignments agree on (None aside)."""
        memo = self._memo[cls]
        if name not in memo:
            memo[name] = None  # for one that is asked for while it is being found
            memo[name] = self._find(cls.module, self._assignments(cls, name))
        return memo[name]

    def forget(self, cls: ClassSymbol) -> None:
        """Drop what is known of a class, which has changed."""
        self._memo.pop(cls, None)

    def is_set(self, cls: ClassSymbol, name: str) -> bool:
        """Whether the body or a method of ``cls`` itself gives ``self.name`` a value or an annotation."""
        return next(self._assignments(cls, name), None) is not None

    def of_variable(self, variable: VariableSymbol) -> ClassSymbol | None:
        """The first-party class of what a name of a module stands for, in the same way; functions that declare it
        global are asked too."""
        module, name = variable.module, variable.name
        if any(fact.scope == MODULE_SCOPE and fact.bound_name == name for fact in module.facts.imports):
            return None
        if any(symbol.name == name for symbol in (*module.top_level_classes, *module.top_level_functions)):
            return None
        bindings = (each for each in module.facts.bindings if each.name == name and each.scope == MODULE_SCOPE)
        return self._find(module, ((each.within, each.annotation, each.value) for each in bindings))

    def _find(self, module: Module, assignments: Iterable[_Assignment]) -> ClassSymbol | None:
        found = list(assignments)
        for scope, annotation, _ in found:
            if annotation:
                return self._annotated(module, scope, annotation)
        values = [(scope, value) for scope, _, value in found if value is None or value.kind is not ValueKind.NONE]
        classes = {None if value is None else self._made(module, scope, value) for scope, value in values}
        return classes.pop() if len(classes) == 1 else None

    def _assignments(self, cls: ClassSymbol, name: str) -> Iterator[_Assignment]:
        for binding in cls.module.class_variables(cls):
            if binding.name == name:
                yield binding.within, binding.annotation, binding.value
        for attribute in cls.module.instance_attributes(cls):
            if attribute.name == name:
                yield attribute.scope, attribute.annotation, attribute.value

    def _annotated(self, module: Module, scope: int, annotation: str) -> ClassSymbol | None:
        text = annotated_class(annotation)
        return self._resolve(module, scope, text) if text else None

    def _made(self, module: Module, scope: int, value: Value) -> ClassSymbol | None:
        """The class of a value: a construction, or a parameter with an annotation."""
        if value.awaited:
            return None
        if value.kind is ValueKind.CALL:
            return self._resolve(module, scope, value.text)
        if value.kind is not ValueKind.NAME:
            return None
        function = module.scope_symbol(scope)
        parameters = () if function is None or isinstance(function, ClassSymbol) else function.fact.parameters
        annotations = (each.annotation for each in parameters if each.name == value.text and not each.kind.is_variadic)
        annotation = next(annotations, "")
        return self._annotated(module, scope, annotation) if annotation else None
