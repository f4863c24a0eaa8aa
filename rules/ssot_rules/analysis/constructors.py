"""What constructors take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.facts import BindingKind, Parameter, ParameterKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_rules.analysis.class_kinds import is_data_class


def constructor_parameters(project: Project, cls: ClassSymbol) -> Sequence[Parameter]:
    """What the constructor of a class takes, as far as it is written out; without ``self``. Of a data class the fields,
    inherited ones first."""
    for name in ("__init__", "__new__"):
        method = project.resolver.member(cls, name)
        if isinstance(method, FunctionSymbol):
            return method.fact.parameters[1:]
    return tuple({each.name: each for each in _fields(project, cls)}.values()) if is_data_class(project, cls) else ()


def _fields(project: Project, cls: ClassSymbol) -> Iterator[Parameter]:
    for ancestor in reversed(project.ancestry(cls)):
        for binding in ancestor.module.class_variables(ancestor):
            is_shared = "ClassVar" in binding.annotation.partition("[")[0]
            if binding.kind is BindingKind.ANNOTATED and not is_shared:
                yield Parameter(binding.name, ParameterKind.POSITIONAL, binding.annotation, binding.value)
