"""What a class is: an exception, an enum, a data class, a schema, an ORM model, a protocol.

Bases and decorators are resolved through imports, aliases and first-party ancestors, so that every spelling is one
thing to every rule. A class of a library listed here is what the list says, by whatever path it is imported. One of
any other library goes by its name: those that wrap a known one keep it (``flask_appbuilder.Model``,
``strenum.StrEnum``). What the scanned code defines itself is what it inherits from, never what it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from ssot_lint.model.facts import Binding, Decorator
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.resolve import UNKNOWN, Outcome
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol, VariableSymbol
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.vocabulary import (
    BUILT_IN_VALUES,
    EXCEPTION_WORDS,
    OTHER_MODELS,
    UNWORDED_EXCEPTIONS,
    VALUE_NOUNS,
)


class Kind(Enum):
    """What a class is for, as far as its bases, decorators and fields tell. Of several the first one counts."""

    ORM_MODEL = "ORM model"
    ENUM = "enum"
    EXCEPTION = "exception"
    SCHEMA = "schema"
    PROTOCOL = "protocol"
    DATACLASS = "dataclass"
    PLAIN = "class"


_BASES: Mapping[Kind, Mapping[str, frozenset[str]]] = {
    Kind.ORM_MODEL: {
        "beanie": frozenset({"Document"}),
        "django": frozenset({"AbstractBaseUser", "AbstractUser", "Model"}),
        "mongoengine": frozenset({"Document", "DynamicDocument", "DynamicEmbeddedDocument", "EmbeddedDocument"}),
        "odoo": frozenset({"AbstractModel", "Model", "TransientModel"}),
        "peewee": frozenset({"Model"}),
        "sqlalchemy": frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "MappedAsDataclass"}),
        "sqlmodel": frozenset({"SQLModel"}),
        "tortoise": frozenset({"Model"}),
    },
    Kind.ENUM: {
        "aenum": frozenset(
            {"AutoEnum", "AutoNumberEnum", "Enum", "Flag", "IntEnum", "IntFlag", "LowerStrEnum", "MultiValueEnum"}
            | {"OrderedEnum", "StrEnum", "UniqueEnum", "UpperStrEnum"}
        ),
        "django": frozenset({"Choices", "IntegerChoices", "TextChoices"}),
        "enum": frozenset({"Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum"}),
    },
    Kind.SCHEMA: {
        "marshmallow": frozenset({"Schema"}),
        "marshmallow_sqlalchemy": frozenset({"ModelSchema", "SQLAlchemyAutoSchema", "SQLAlchemySchema"}),
        "msgspec": frozenset({"Struct"}),
        "pydantic": frozenset({"BaseModel", "BaseSettings", "GenericModel", "RootModel"}),
        "pydantic_settings": frozenset({"BaseSettings"}),
        "rest_framework": frozenset(
            {"HyperlinkedModelSerializer", "ListSerializer", "ModelSerializer", "Serializer"} | {"BaseSerializer"}
        ),
        "typing": frozenset({"TypedDict"}),
        "typing_extensions": frozenset({"TypedDict"}),
    },
    Kind.PROTOCOL: {"typing": frozenset({"Protocol"}), "typing_extensions": frozenset({"Protocol"})},
    Kind.DATACLASS: {
        "aenum": frozenset({"NamedTuple"}),
        "typing": frozenset({"NamedTuple"}),
        "typing_extensions": frozenset({"NamedTuple"}),
    },
}
"""The bases that make a class one of a kind, by the top-level package they are imported from."""

_LISTED_PACKAGES = OTHER_MODELS.union(*_BASES.values())
_KIND_BY_NAME = {name: kind for kind, packages in _BASES.items() for names in packages.values() for name in names}
# Nobody wraps these, but others use the names for other things: `asyncio.Protocol`.
_NEVER_WRAPPED = frozenset({Kind.PROTOCOL, Kind.DATACLASS})

_DATA_CLASS_DECORATORS: Mapping[str, frozenset[str]] = {
    "attr": frozenset({"attributes", "attrs", "dataclass", "define", "frozen", "mutable", "s"}),
    "attrs": frozenset({"define", "frozen", "mutable"}),
    "dataclasses": frozenset({"dataclass"}),
    "pydantic": frozenset({"dataclass"}),
    "typing": frozenset({"dataclass_transform"}),
    "typing_extensions": frozenset({"dataclass_transform"}),
}
"""The decorators that make a data class, by package. Others count where they are called ``dataclass``."""

_FIELD_MAKERS = frozenset({"attr.attrib", "attr.attr", "attr.field", "attr.ib", "attrs.field"})
_MAPPED = frozenset({"DynamicMapped", "Mapped", "WriteOnlyMapped"})
_ORM_DECORATORS = frozenset({"as_declarative", "mapped", "mapped_as_dataclass"})
_ORM_FACTORIES = frozenset({"automap_base", "declarative_base", "generate_base"})
_METACLASSES = frozenset({"abc.ABCMeta", "enum.EnumMeta", "enum.EnumType", "type"})
_TEXT_ENUMS = frozenset({"LowerStrEnum", "StrEnum", "TextChoices", "UpperStrEnum", "str"})
_VALUE_KINDS = frozenset({Kind.DATACLASS, Kind.ENUM, Kind.EXCEPTION, Kind.SCHEMA})


def kind_of(project: Project, cls: ClassSymbol) -> Kind:
    """The one kind of a class, the first in the order of :class:`Kind`."""
    found = kinds_of(project, cls)
    return next((kind for kind in Kind if kind in found), Kind.PLAIN)


def kinds_of(project: Project, cls: ClassSymbol) -> frozenset[Kind]:
    """All that a class is; nothing for one that is only a class."""
    found = own_kinds(project, cls)
    return found | {Kind.DATACLASS} if any(_has_fields(project, each) for each in project.ancestry(cls)) else found


def own_kinds(project: Project, cls: ClassSymbol) -> frozenset[Kind]:
    """All that a class is, a data class only by what it says itself: not every class below one is made from fields."""
    found = kinds_of_bases(project, cls)
    if _is_mapped(project, cls):
        found |= {Kind.ORM_MODEL}
    return found | {Kind.DATACLASS} if _has_fields(project, cls) else found


def kinds_of_bases(project: Project, cls: ClassSymbol) -> frozenset[Kind]:
    """What a class is by inheritance alone."""
    # A listed library may be what is scanned.
    own = (listed_kind(f"{ancestor.module.name}.{ancestor.qualname}") for ancestor in project.ancestry(cls))
    found = (*map(_kind_of_base, outer_bases(project, cls)), *own)
    return frozenset(kind for kind in found if kind is not None)


def is_enum(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class is an enumeration of members."""
    return Kind.ENUM in kinds_of_bases(project, cls)


def is_exception(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of the class are raised, exception groups and warnings included."""
    return Kind.EXCEPTION in kinds_of_bases(project, cls)


def is_data_class(project: Project, cls: ClassSymbol) -> bool:
    """Whether the constructor of the class is made from a list of fields: dataclass, attrs, NamedTuple; of the class
    or of an ancestor."""
    return Kind.DATACLASS in kinds_of(project, cls)


def makes_data_class(project: Project, cls: ClassSymbol, decorator: Decorator) -> bool:
    """Whether a decorator of the class makes a data class of it."""
    name = _decorator_name(project, cls, decorator)
    package, _, rest = name.partition(".")
    if rest and package in _DATA_CLASS_DECORATORS:
        return last_part(name) in _DATA_CLASS_DECORATORS[package]
    return last_part(name) in ("dataclass", "dataclass_transform")


def is_metaclass(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of the class are classes."""
    return not _METACLASSES.isdisjoint(outer_bases(project, cls))


def has_text_members(project: Project, cls: ClassSymbol) -> bool:
    """Whether the members of an enum are strings themselves."""
    return any(last_part(base) in _TEXT_ENUMS for base in outer_bases(project, cls))


def is_value_type(project: Project, cls: ClassSymbol) -> bool:
    """Whether objects of the class are data, not components: built wherever the data comes up. A data class is where
    it is frozen or has no public methods of its own; a row of a table is not."""
    if words(cls.name)[-1:] and words(cls.name)[-1] in VALUE_NOUNS:
        return True
    if not BUILT_IN_VALUES.isdisjoint(outer_bases(project, cls)):
        return True
    if not _VALUE_KINDS.isdisjoint(kinds_of_bases(project, cls)):
        return True
    is_plain = all(method.name.startswith("_") for method in cls.module.methods(cls))
    return any(
        is_plain or _is_frozen(project, cls, decorator)
        for decorator in cls.fact.decorators
        if makes_data_class(project, cls, decorator)
    )


def are_values(project: Project, symbols: Iterable[Symbol]) -> bool:
    """Whether symbols are classes that belong among types or models: what they do is to hold values."""
    return all(isinstance(each, ClassSymbol) and _holds_values(project, each) for each in symbols)


def outer_bases(project: Project, cls: ClassSymbol) -> frozenset[str]:
    """What the class and its ancestors inherit from outside, as dotted names, through variables that stand for it
    (``Base = Exception``) and without ``builtins.``."""
    aliases = (variable.fact.value for variable in variable_bases(project, cls))
    names = {value.text for value in aliases if value is not None and value.kind is ValueKind.NAME}
    return frozenset(name.removeprefix("builtins.") for name in names | project.base_names(cls))


def variable_bases(project: Project, cls: ClassSymbol) -> frozenset[VariableSymbol]:
    """Bases of the class and its ancestors that are first-party variables: ``Base = declarative_base()``."""
    return frozenset(
        base.symbol
        for ancestor in project.ancestry(cls)
        for base in project.resolver.bases(ancestor)
        if isinstance(base.symbol, VariableSymbol)
    )


def _holds_values(project: Project, cls: ClassSymbol) -> bool:
    kinds = (is_data_class, is_enum, is_exception, is_value_type)
    return not cls.module.methods(cls) or any(is_kind(project, cls) for is_kind in kinds)


def listed_kind(base: str) -> Kind | None:
    """The kind that a dotted name of a listed library stands for."""
    package, name = base.partition(".")[0], last_part(base)
    if package not in _LISTED_PACKAGES:  # as nearly all
        return None
    return next((kind for kind, packages in _BASES.items() if name in packages.get(package, ())), None)


def _kind_of_base(base: str) -> Kind | None:
    name = last_part(base)
    if name in UNWORDED_EXCEPTIONS or EXCEPTION_WORDS.intersection(words(name)[-1:]):
        return Kind.EXCEPTION
    package = base.partition(".")[0]
    if package in _LISTED_PACKAGES and package != base:
        return listed_kind(base)
    kind = _KIND_BY_NAME.get(name)
    return None if kind in _NEVER_WRAPPED and name != base else kind


def _is_mapped(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class is mapped to a table in one of SQLAlchemy's ways that show in no library base."""
    if any(_is_declarative(project, variable) for variable in variable_bases(project, cls)):
        return True
    return any(
        any(last_part(decorator.name) in _ORM_DECORATORS for decorator in ancestor.fact.decorators)
        or any(
            (binding.name == "__tablename__" and (ancestor is cls or _has_value(binding)))
            or ("[" in binding.annotation and _is_mapped_annotation(project, ancestor, binding.annotation))
            for binding in ancestor.module.class_variables(ancestor)
        )
        for ancestor in project.ancestry(cls)
    )


def _is_declarative(project: Project, variable: VariableSymbol) -> bool:
    """``Base = declarative_base()``."""
    value = variable.fact.value
    if value is None or value.kind is not ValueKind.CALL or last_part(value.text) not in _ORM_FACTORIES:
        return False
    return project.resolve(variable.module, variable.fact.scope, value.text).symbol is None


def _has_value(table: Binding) -> bool:
    """``__tablename__ = "things"``. A class that says None leaves it to subclasses to be a table."""
    return table.value is not None and table.value.kind is not ValueKind.NONE


def _is_mapped_annotation(project: Project, cls: ClassSymbol, annotation: str) -> bool:
    name, _, argument = annotation.partition("[")
    return (
        bool(argument)
        and last_part(name) in _MAPPED
        and project.resolve(cls.module, cls.fact.parent, name).symbol is None
    )


def _decorator_name(project: Project, cls: ClassSymbol, decorator: Decorator) -> str:
    """The dotted name of a decorator from outside; that of ``dataclass_transform`` for a function of the project
    that carries it, else empty for what the project defines."""
    found = project.resolve(cls.module, cls.fact.parent, decorator.name) if decorator.name else UNKNOWN
    if isinstance(found.symbol, FunctionSymbol):
        names = (each.name for each in found.symbol.fact.decorators)
        return next((name for name in names if last_part(name) == "dataclass_transform"), "")
    if found.outcome in (Outcome.SYMBOL, Outcome.MODULE):
        return ""
    return found.external or decorator.name


def _is_frozen(project: Project, cls: ClassSymbol, decorator: Decorator) -> bool:
    is_set = "frozen=True" in (decorator.arguments_text or "").split(", ")
    return is_set or last_part(_decorator_name(project, cls, decorator)) == "frozen"


def _has_fields(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class makes a data class of itself: by a decorator, or by fields in the way of attrs, ``attr.ib()``."""
    if any(makes_data_class(project, cls, decorator) for decorator in cls.fact.decorators):
        return True
    return any(
        binding.value is not None
        and binding.value.kind is ValueKind.CALL
        and project.resolve(cls.module, cls.fact.parent, binding.value.text).external in _FIELD_MAKERS
        for binding in cls.module.class_variables(cls)
    )
