"""Classes that see to it themselves that there is one instance."""

from __future__ import annotations

from ssot_lint.model.annotations import annotated_class
from ssot_lint.model.facts import AttributeAssignment, Binding
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.class_kinds import is_metaclass
from ssot_rules.analysis.descendants import are_related
from ssot_rules.analysis.vocabulary import INSTANCE_NAMES


def keeps_instance(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class itself keeps its one instance."""
    return _is_made_singleton(project, cls) or _stores_instance(project, cls)


def constructs_once(project: Project, cls: ClassSymbol) -> bool:
    """Whether every call of a class gives the same object, so that two names of it are no rivals."""
    return any(
        _is_made_singleton(project, ancestor) or (_stores_instance(project, ancestor) and _defines(ancestor, "__new__"))
        for ancestor in project.ancestry(cls)
    )


def _defines(cls: ClassSymbol, name: str) -> bool:
    return any(method.name == name for method in cls.module.methods(cls))


def _is_made_singleton(project: Project, cls: ClassSymbol) -> bool:
    """By its metaclass or a decorator."""
    if any("singleton" in words(decorator.name) for decorator in cls.fact.decorators):
        return True
    metaclass = dict(cls.fact.keywords).get("metaclass", "")
    return bool(metaclass) and _is_singleton_metaclass(project, cls.module, cls.fact.parent, metaclass)


def _stores_instance(project: Project, cls: ClassSymbol) -> bool:
    """``cls._instance = ...``, ``Thing._instance = ...``, ``cls.anything = super().__new__(cls)`` or, in ``__new__``,
    ``cls._instances[cls] = ...``."""
    return (
        any(
            _may_be_instance(project, cls, attribute) and attribute.owner == class_receiver(method)
            for method in cls.module.methods(cls)
            for attribute in cls.module.attributes(method)
        )
        or _sets_instance(project, cls)
        or _keeps_one_per_class(cls)
    )


def _may_be_instance(project: Project, cls: ClassSymbol, attribute: AttributeAssignment) -> bool:
    """Whether the value, or else the name, is that of an only instance."""
    if attribute.value is not None and _is_of_another(project, cls, attribute.scope, attribute.value):
        return False
    if attribute.value is not None and attribute.value.text in ("super().__new__", "object.__new__"):
        return True
    return _is_instance_name(attribute.name) and not _is_none(attribute.value)


def class_receiver(method: FunctionSymbol) -> str:
    """The name by which a method calls its class; empty for methods of instances."""
    is_class_method = method.name == "__new__" or any(d.name == "classmethod" for d in method.fact.decorators)
    return method.fact.parameters[0].name if is_class_method and method.fact.parameters else ""


def _sets_instance(project: Project, cls: ClassSymbol) -> bool:
    """``Thing._instance = ...`` or ``self.__class__._instance = ...`` in a function of the module."""
    module = cls.module
    declared = {
        binding.name
        for binding in module.class_variables(cls)
        if _is_instance_name(binding.name) and not _is_slot_of_another(project, cls, binding)
    }
    if not declared:
        return False
    own = [(method, (cls.name, "self.__class__")) for method in module.methods(cls)]
    others = [(function, (cls.name,)) for function in module.top_level_functions]
    return any(
        fact.operation == "setattr" and fact.key in declared and fact.target in names
        for function, names in (*own, *others)
        for fact in module.mutations(function)
    )


def _is_slot_of_another(project: Project, cls: ClassSymbol, binding: Binding) -> bool:
    """Whether the annotation or the value of a class variable says that it holds an object of another class."""
    annotated = project.resolve_class(cls.module, cls.fact.scope, annotated_class(binding.annotation))
    if annotated is not None and not are_related(project, cls, annotated):
        return True
    return binding.value is not None and _is_of_another(project, cls, cls.fact.scope, binding.value)


def _is_of_another(project: Project, cls: ClassSymbol, scope: int, value: Value) -> bool:
    made = project.constructed_class(cls.module, scope, value)
    return made is not None and not are_related(project, cls, made)


def _keeps_one_per_class(cls: ClassSymbol) -> bool:
    constructor = next((method for method in cls.module.methods(cls) if method.name == "__new__"), None)
    if constructor is None or not constructor.fact.parameters:
        return False
    receiver = constructor.fact.parameters[0].name
    return any(
        fact.operation == "setitem" and fact.key == receiver and fact.target.startswith(f"{receiver}.")
        for fact in cls.module.mutations(constructor)
    )


def _is_instance_name(name: str) -> bool:
    return name.strip("_").lower() in INSTANCE_NAMES


def _is_none(value: Value | None) -> bool:
    return value is not None and value.kind is ValueKind.NONE


def _is_singleton_metaclass(project: Project, module: Module, scope: int, text: str) -> bool:
    """A metaclass that is called so, or whose ``__call__`` keeps what it makes."""
    if "singleton" in words(text.rpartition(".")[2]):
        return True
    metaclass = project.resolve_class(module, scope, text)
    if metaclass is None or not is_metaclass(project, metaclass):
        return False
    names = {binding.name.strip("_") for binding in metaclass.module.class_variables(metaclass)}
    return _defines(metaclass, "__call__") and bool(names & {"instance", "instances"})
