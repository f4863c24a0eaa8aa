"""The variables that the fields of settings classes are filled from."""

from __future__ import annotations

from ssot_lint.model.facts import Binding, BindingKind, Call
from ssot_lint.model.finding import Location
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.outside_uses import outside_name
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_rules.analysis.call_arguments import literal_argument
from ssot_rules.analysis.class_kinds import outer_bases
from ssot_rules.analysis.literals import string_of
from ssot_rules.settings._defaults import REQUIRED, UNKNOWN, Default, default_of
from ssot_rules.settings._environment import EnvironmentRead

_BASES = frozenset({"pydantic.BaseSettings", "pydantic.v1.BaseSettings", "pydantic_settings.BaseSettings"})
_CONFIGURATIONS = frozenset({"pydantic.ConfigDict", "pydantic_settings.SettingsConfigDict"})
_ALIASES = ("env", "validation_alias", "alias")
"""Arguments of ``Field`` that say what a field is filled from, strongest first."""


def settings_fields(project: Project) -> tuple[EnvironmentRead, ...]:
    """The fields of all settings classes of pydantic, by place; for :meth:`Project.derived`. Names are in upper case:
    such a class asks for none. Of a class whose prefix cannot be told nothing is known."""
    return project.gathered(_fields_in)


def _fields_in(project: Project, module: Module) -> tuple[EnvironmentRead, ...]:
    return tuple(
        read
        for cls in module.top_level_classes
        if not outer_bases(project, cls).isdisjoint(_BASES) and (prefix := _prefix(project, cls)) is not None
        for fact in cls.module.class_variables(cls)
        if (read := _field(project, cls, prefix, fact)) is not None
    )


def _field(project: Project, cls: ClassSymbol, prefix: str, fact: Binding) -> EnvironmentRead | None:
    if fact.kind is not BindingKind.ANNOTATED or fact.name.startswith("_") or fact.annotation.startswith("ClassVar"):
        return None
    call = _call_of(cls.module, fact)
    variable = _alias(call) if call else ""
    if variable is None:
        return None
    location = Location(cls.module.path, fact.line, fact.column, fact.end_line)
    return EnvironmentRead(
        (variable or prefix + fact.name).upper(),
        cls.module,
        cls.fact.scope,
        location,
        _default(project, cls, fact, call),
        fact.annotation if fact.annotation in ("bool", "float", "int", "str") else "",
        declared_by=cls,
    )


def _default(project: Project, cls: ClassSymbol, fact: Binding, call: Call | None) -> Default:
    if fact.value is None:
        return REQUIRED
    if call is None:
        text = "None" if fact.value.kind is ValueKind.NONE else fact.value.text
        is_plain = fact.value.kind in (ValueKind.CONSTANT, ValueKind.NAME, ValueKind.NONE)
        return default_of(project, cls.module, cls.fact.scope, text) if is_plain else UNKNOWN
    text = literal_argument(call, 0, "default") or ""
    return default_of(project, cls.module, cls.fact.scope, text) if text else UNKNOWN


def _alias(call: Call) -> str | None:
    """The variable that the arguments of a field name; empty if none does, None if they hide it."""
    given = {argument.keyword: argument.text for argument in call.arguments}
    named = next((given[keyword] for keyword in _ALIASES if keyword in given), None)
    return "" if named is None else string_of(named)


def _prefix(project: Project, cls: ClassSymbol) -> str | None:
    """What the names of a class's variables begin with; None if it cannot be told."""
    for ancestor in project.ancestry(cls):
        module = ancestor.module
        if module.member(ancestor, "settings_customise_sources") is not None:
            return None
        inner = module.member(ancestor, "Config")
        own = module.class_variables(inner) if isinstance(inner, ClassSymbol) else ()
        for fact in own:
            if fact.name == "env_prefix":
                return string_of(fact.value.text) if fact.value is not None else None
        for fact in module.class_variables(ancestor):
            if fact.name == "model_config":
                return _configured_prefix(project, ancestor, fact)
    return ""


def _configured_prefix(project: Project, cls: ClassSymbol, fact: Binding) -> str | None:
    """The prefix that ``model_config`` says; None for any other function than those of pydantic."""
    call = _call_of(cls.module, fact)
    if call is None or outside_name(project, cls.module, call.scope, call.callee) not in _CONFIGURATIONS:
        return None
    prefix = literal_argument(call, -1, "env_prefix")
    return "" if prefix is None else string_of(prefix)


def _call_of(module: Module, fact: Binding) -> Call | None:
    """The call that is the value of a class variable."""
    if fact.value is None or fact.value.kind is not ValueKind.CALL:
        return None
    return next(
        (
            call
            for call in module.facts.calls
            if call.scope == fact.scope and call.callee == fact.value.text and call.line == fact.value.line
        ),
        None,
    )
