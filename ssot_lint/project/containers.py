"""What the methods of a class do to the containers of their instance."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.facts import Mutation
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

_IMPLICIT_CLASS_METHODS = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})


def instance_methods(cls: ClassSymbol) -> tuple[FunctionSymbol, ...]:
    """The methods in the body of ``cls`` that are not decorated as class methods or static methods."""
    return tuple(method for method in cls.module.methods(cls) if _takes_instance(method))


def attribute_changes(cls: ClassSymbol) -> Iterator[tuple[str, FunctionSymbol, Mutation]]:
    """What the methods of ``cls`` change in place on their instance: ``self.items.append(...)`` changes ``items``, and
    so does ``self.items[0].append(...)``."""
    module = cls.module
    for method in module.methods(cls):
        mutations = module.mutations(method)
        if not mutations or method.name in _IMPLICIT_CLASS_METHODS or not _takes_instance(method):
            continue
        receiver = f"{method.fact.parameters[0].name}."
        for fact in mutations:
            name = fact.target.partition("[")[0].removeprefix(receiver)
            if fact.target.startswith(receiver) and "." not in name and fact.operation not in ("setattr", "delattr"):
                yield name, method, fact


def _takes_instance(method: FunctionSymbol) -> bool:
    decorators = method.fact.decorators
    return bool(method.fact.parameters) and not any(d.name in ("classmethod", "staticmethod") for d in decorators)
