"""What a class is: its kind, and what it inherits from."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import Enum

from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Symbol, VariableSymbol
from ssot_lint.text.identifiers import words


class Kind(Enum):
    """What a class is for, as far as its bases and decorators tell."""

    ORM_MODEL = "ORM model"
    SCHEMA = "schema"
    DATACLASS = "dataclass"
    ENUM = "enum"
    EXCEPTION = "exception"
    PROTOCOL = "protocol"
    PLAIN = "class"


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a class comes from.

    ``ancestors`` are its first-party ancestors without itself. ``roots`` are the things it inherits from that two
    classes of one family have in common: those ancestors, first-party variables used as a base, and the dotted
    names of external bases that are not generic. ``bases`` are its direct bases, in order.
    """

    kind: Kind
    bases: tuple[Symbol | str, ...]
    ancestors: frozenset[Symbol]
    roots: frozenset[Symbol | str]


_ORM_BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "SQLModel", "Document", "EmbeddedDocument"})
_ORM_FACTORIES = frozenset({"declarative_base", "automap_base"})
_DJANGO_MODEL = "django.db.models.base:Model"
_SCHEMA_BASES = frozenset(
    {"BaseModel", "RootModel", "BaseSettings", "Struct", "TypedDict"}
    | {"Schema", "SQLAlchemySchema", "SQLAlchemyAutoSchema", "Serializer", "ModelSerializer"}
)
_ENUM_BASES = frozenset(
    {"Enum", "IntEnum", "StrEnum", "ReprEnum", "Flag", "IntFlag", "Choices", "TextChoices", "IntegerChoices"}
)
_EXCEPTION_WORDS = frozenset({"error", "exception", "warning", "exceptiongroup"})
_DATACLASS_DECORATORS = frozenset(
    {"dataclasses.dataclass", "pydantic.dataclasses.dataclass"}
    | {f"attr.{name}" for name in ("s", "attrs", "dataclass", "define", "frozen", "mutable")}
    | {f"attrs.{name}" for name in ("define", "frozen", "mutable")}
)
_GENERIC_MODULES = frozenset({"abc", "typing", "typing_extensions", "enum", "collections", "collections.abc"})
_GENERIC_BASES = frozenset(
    {"pydantic.BaseModel", "pydantic.RootModel", "pydantic.main.BaseModel", "pydantic.v1.BaseModel"}
    | {"pydantic.BaseSettings", "pydantic_settings.BaseSettings", "msgspec.Struct", "marshmallow.Schema"}
)


def lineage_of(project: Project, cls: ClassSymbol) -> Lineage:
    """The lineage of a class, over its first-party ancestors."""
    ancestry = project.ancestry(cls)
    external = project.base_names(cls)
    variables = _variable_bases(project, ancestry)
    ancestors = frozenset[Symbol](ancestry[1:])
    return Lineage(
        kind=_kind(project, ancestry, external, variables),
        bases=tuple(
            base.symbol or base.external or text
            for base, text in zip(project.resolver.bases(cls), cls.fact.bases, strict=True)
        ),
        ancestors=ancestors,
        roots=ancestors | variables | {name for name in external if not is_generic(name)},
    )


def is_generic(base: str) -> bool:
    """Whether an external base says nothing about what its subclasses are for: ``object``, ``abc.ABC``,
    ``Exception``, ``typing.Protocol``, ``pydantic.BaseModel``."""
    module, _, name = base.rpartition(".")
    return base in _GENERIC_BASES or module in _GENERIC_MODULES or (not module and hasattr(builtins, name))


def _variable_bases(project: Project, ancestry: tuple[ClassSymbol, ...]) -> frozenset[VariableSymbol]:
    """Bases that are first-party variables: ``Base = declarative_base()``."""
    return frozenset(
        base.symbol
        for ancestor in ancestry
        for base in project.resolver.bases(ancestor)
        if isinstance(base.symbol, VariableSymbol)
    )


def _kind(
    project: Project,
    ancestry: tuple[ClassSymbol, ...],
    external: frozenset[str],
    variables: frozenset[VariableSymbol],
) -> Kind:
    names = {base.rpartition(".")[2] for base in external}
    if _is_orm_model(ancestry, names, variables):
        return Kind.ORM_MODEL
    if names & _ENUM_BASES:
        return Kind.ENUM
    if any(words(name)[-1:] and words(name)[-1] in _EXCEPTION_WORDS for name in names):
        return Kind.EXCEPTION
    if names & _SCHEMA_BASES:
        return Kind.SCHEMA
    if "Protocol" in names:
        return Kind.PROTOCOL
    if "NamedTuple" in names or any(_is_dataclass(project, ancestor) for ancestor in ancestry):
        return Kind.DATACLASS
    return Kind.PLAIN


def _is_orm_model(ancestry: tuple[ClassSymbol, ...], names: set[str], variables: frozenset[VariableSymbol]) -> bool:
    if "Model" in names or names & _ORM_BASES or any(ancestor.id == _DJANGO_MODEL for ancestor in ancestry):
        return True
    if any(binding.name == "__tablename__" for binding in ancestry[0].module.class_variables(ancestry[0])):
        return True
    values = [variable.fact.value for variable in variables]
    return any(
        value is not None and value.kind is ValueKind.CALL and value.text.rpartition(".")[2] in _ORM_FACTORIES
        for value in values
    )


def _is_dataclass(project: Project, cls: ClassSymbol) -> bool:
    return any(
        project.resolve(cls.module, MODULE_SCOPE, decorator.name).external in _DATACLASS_DECORATORS
        for decorator in cls.fact.decorators
        if decorator.name
    )
