from __future__ import annotations

import pytest

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from
from ssot_rules.analysis.class_kinds import (
    Kind,
    has_text_members,
    is_data_class,
    is_enum,
    is_exception,
    is_metaclass,
    is_value_type,
    kind_of,
    kinds_of,
)

FIELD = "    port: int\n"


def thing_in(*files: str) -> tuple[Project, ClassSymbol]:
    """The class ``Thing`` of the first of some modules: ``shop.a``, ``shop.b``, ..."""
    sources = {f"shop/{name}.py": text for name, text in zip("abc", files, strict=False)}
    project = project_from({"shop/__init__.py": "", **sources})
    return project, next(cls for cls in project.classes() if cls.id == "shop.a:Thing")


def kind_in(*files: str) -> Kind:
    return kind_of(*thing_in(*files))


@pytest.mark.parametrize(
    ("imports", "base", "kind"),
    [
        ("", "Exception", Kind.EXCEPTION),
        ("", "BaseException", Kind.EXCEPTION),
        ("", "KeyboardInterrupt", Kind.EXCEPTION),
        ("", "StopIteration", Kind.EXCEPTION),
        ("", "OSError", Kind.EXCEPTION),
        ("", "UserWarning", Kind.EXCEPTION),
        ("", "ExceptionGroup", Kind.EXCEPTION),
        ("", "BaseExceptionGroup", Kind.EXCEPTION),
        ("", "ExceptionGroup[OSError]", Kind.EXCEPTION),
        ("from exceptiongroup import ExceptionGroup", "ExceptionGroup", Kind.EXCEPTION),
        ("import builtins", "builtins.ValueError", Kind.EXCEPTION),
        ("import requests", "requests.exceptions.HTTPError", Kind.EXCEPTION),
        ("from pydantic import ValidationError as Invalid", "Invalid", Kind.EXCEPTION),
        ("from enum import Enum", "Enum", Kind.ENUM),
        ("from enum import Enum", "str, Enum", Kind.ENUM),
        ("import enum", "enum.IntEnum", Kind.ENUM),
        ("import enum as e", "e.StrEnum", Kind.ENUM),
        ("from enum import Flag as F", "F", Kind.ENUM),
        ("from enum import IntFlag", "IntFlag", Kind.ENUM),
        ("from enum import ReprEnum", "ReprEnum", Kind.ENUM),
        ("from enum import *", "Enum", Kind.ENUM),
        ("from strenum import StrEnum", "StrEnum", Kind.ENUM),
        ("from aenum import Enum", "Enum", Kind.ENUM),
        ("from aenum import MultiValueEnum", "MultiValueEnum", Kind.ENUM),
        ("from django.db import models", "models.TextChoices", Kind.ENUM),
        ("from django.db.models import IntegerChoices", "IntegerChoices", Kind.ENUM),
        ("from django.db.models.enums import Choices", "str, Choices", Kind.ENUM),
        ("from django.db import models", "models.Model", Kind.ORM_MODEL),
        ("from django.contrib.gis.db.models import Model", "Model", Kind.ORM_MODEL),
        ("from django.contrib.auth.models import AbstractUser", "AbstractUser", Kind.ORM_MODEL),
        ("from flask_appbuilder import Model", "Model", Kind.ORM_MODEL),
        ("db = SQLAlchemy()", "db.Model", Kind.ORM_MODEL),
        ("from sqlalchemy.orm import DeclarativeBase", "DeclarativeBase", Kind.ORM_MODEL),
        ("from sqlalchemy.orm import DeclarativeBaseNoMeta as Base", "Base", Kind.ORM_MODEL),
        ("from sqlalchemy.orm import declarative_base\nBase = declarative_base()", "Base", Kind.ORM_MODEL),
        ("from sqlalchemy.ext import automap\nBase = automap.automap_base()", "Base", Kind.ORM_MODEL),
        ("from sqlmodel import SQLModel", "SQLModel", Kind.ORM_MODEL),
        ("import peewee", "peewee.Model", Kind.ORM_MODEL),
        ("import mongoengine as me", "me.Document", Kind.ORM_MODEL),
        ("from mongoengine import EmbeddedDocument", "EmbeddedDocument", Kind.ORM_MODEL),
        ("from odoo import models", "models.Model", Kind.ORM_MODEL),
        ("from odoo import models", "models.TransientModel", Kind.ORM_MODEL),
        ("from odoo.models import AbstractModel", "AbstractModel", Kind.ORM_MODEL),
        ("from pydantic import BaseModel", "BaseModel", Kind.SCHEMA),
        ("import pydantic", "pydantic.BaseModel", Kind.SCHEMA),
        ("from pydantic.main import BaseModel as Base", "Base", Kind.SCHEMA),
        ("from pydantic.v1 import BaseModel", "BaseModel", Kind.SCHEMA),
        ("from pydantic import v1 as pydantic", "pydantic.BaseSettings", Kind.SCHEMA),
        ("from pydantic import RootModel", "RootModel[list[int]]", Kind.SCHEMA),
        ("from pydantic.generics import GenericModel", "GenericModel", Kind.SCHEMA),
        ("from pydantic_settings import BaseSettings", "BaseSettings", Kind.SCHEMA),
        ("from msgspec import Struct", "Struct, frozen=True", Kind.SCHEMA),
        ("from typing import TypedDict", "TypedDict", Kind.SCHEMA),
        ("import typing_extensions as t", "t.TypedDict", Kind.SCHEMA),
        ("from marshmallow import Schema", "Schema", Kind.SCHEMA),
        ("ma = Marshmallow()", "ma.SQLAlchemyAutoSchema", Kind.SCHEMA),
        ("from rest_framework import serializers", "serializers.ModelSerializer", Kind.SCHEMA),
        ("from rest_framework.serializers import Serializer as S", "S", Kind.SCHEMA),
        ("from typing import Protocol", "Protocol", Kind.PROTOCOL),
        ("import typing_extensions", "typing_extensions.Protocol", Kind.PROTOCOL),
        ("from typing import NamedTuple", "NamedTuple", Kind.DATACLASS),
        ("import typing as t", "t.NamedTuple", Kind.DATACLASS),
        # Look-alikes.
        ("", "", Kind.PLAIN),
        ("", "object", Kind.PLAIN),
        ("from abc import ABC", "ABC", Kind.PLAIN),
        ("class Enum:\n    pass", "Enum", Kind.PLAIN),
        ("class Model:\n    pass", "Model", Kind.PLAIN),
        ("import keras", "keras.Model", Kind.PLAIN),
        ("import tensorflow as tf", "tf.keras.Model", Kind.PLAIN),
        ("from mesa import Model", "Model", Kind.PLAIN),
        ("class ServerError:\n    pass", "ServerError", Kind.PLAIN),
        ("class BaseModel:\n    pass", "BaseModel", Kind.PLAIN),
        ("def declarative_base():\n    return Local\nBase = declarative_base()", "Base", Kind.PLAIN),
        ("import logging", "logging.ErrorHandler", Kind.PLAIN),
        ("import asyncio", "asyncio.Protocol", Kind.PLAIN),
        ("from sqlalchemy import Enum", "Enum", Kind.PLAIN),
        ("from django.views import View", "View", Kind.PLAIN),
        ("from pydantic import Model", "Model", Kind.PLAIN),
    ],
)
def test_bases_tell_the_kind(imports: str, base: str, kind: Kind) -> None:
    assert kind_in(f"{imports}\n\n\nclass Thing({base}):\n{FIELD}") is kind


@pytest.mark.parametrize(
    ("imports", "decorator", "kind"),
    [
        ("from dataclasses import dataclass", "dataclass", Kind.DATACLASS),
        ("from dataclasses import dataclass as dc", "dc(slots=True)", Kind.DATACLASS),
        ("import dataclasses", "dataclasses.dataclass", Kind.DATACLASS),
        ("from dataclasses import *", "dataclass", Kind.DATACLASS),
        ("import dataclasses\nfrozen = dataclasses.dataclass", "frozen", Kind.DATACLASS),
        ("from pydantic.dataclasses import dataclass", "dataclass", Kind.DATACLASS),
        ("import pydantic", "pydantic.dataclasses.dataclass", Kind.DATACLASS),
        ("from pydantic.v1.dataclasses import dataclass", "dataclass", Kind.DATACLASS),
        ("from flax import struct", "struct.dataclass", Kind.DATACLASS),
        ("import attr", "attr.s", Kind.DATACLASS),
        ("import attr", "attr.s(auto_attribs=True)", Kind.DATACLASS),
        ("import attr as a", "a.attrs", Kind.DATACLASS),
        ("import attr", "attr.dataclass", Kind.DATACLASS),
        ("import attr", "attr.define", Kind.DATACLASS),
        ("import attr", "attr.mutable", Kind.DATACLASS),
        ("import attr", "attr.frozen", Kind.DATACLASS),
        ("from attr import s", "s", Kind.DATACLASS),
        ("from attr import attrs", "attrs", Kind.DATACLASS),
        ("import attrs", "attrs.define", Kind.DATACLASS),
        ("import attrs", "attrs.mutable", Kind.DATACLASS),
        ("from attrs import define as d", "d(slots=False)", Kind.DATACLASS),
        ("from attrs import frozen", "frozen", Kind.DATACLASS),
        ("from typing import dataclass_transform\n@dataclass_transform()\ndef own(cls): ...", "own", Kind.DATACLASS),
        ("from sqlalchemy.orm import registry\nmapper = registry()", "mapper.mapped", Kind.ORM_MODEL),
        # Look-alikes.
        ("def define(cls):\n    return cls", "define", Kind.PLAIN),
        ("def dataclass(cls):\n    return cls", "dataclass", Kind.PLAIN),
        ("from shelves import define", "define", Kind.PLAIN),
        ("from shelves import frozen", "frozen", Kind.PLAIN),
        ("import attrs", "attrs.validate", Kind.PLAIN),
        ("import dataclasses", "dataclasses.field", Kind.PLAIN),
    ],
)
def test_decorators_tell_the_kind(imports: str, decorator: str, kind: Kind) -> None:
    assert kind_in(f"{imports}\n\n\n@{decorator}\nclass Thing:\n{FIELD}") is kind


@pytest.mark.parametrize(
    ("imports", "field", "kind"),
    [
        ("import attr", "port = attr.ib()", Kind.DATACLASS),
        ("from attr import attrib as field", "port = field(default=1)", Kind.DATACLASS),
        ("import attrs", "port: int = attrs.field()", Kind.DATACLASS),
        ("from sqlalchemy.orm import Mapped", "port: Mapped[int]", Kind.ORM_MODEL),
        ("from sqlalchemy import orm", "port: orm.Mapped[int] = orm.mapped_column()", Kind.ORM_MODEL),
        ("", '__tablename__ = "things"', Kind.ORM_MODEL),
        ("", "__tablename__: str | None = None", Kind.ORM_MODEL),
        ("def ib():\n    return 1", "port = ib()", Kind.PLAIN),
        ("class Mapped:\n    pass", "port: Mapped[int]", Kind.PLAIN),
        ("from sqlalchemy.orm import Mapped", "port: list[Mapped]", Kind.PLAIN),
    ],
)
def test_fields_tell_the_kind(imports: str, field: str, kind: Kind) -> None:
    assert kind_in(f"{imports}\n\n\nclass Thing:\n    {field}\n") is kind


@pytest.mark.parametrize(
    ("base", "kind"),
    [
        ("from enum import Enum\nclass Base(Enum):\n    pass\n", Kind.ENUM),
        ("from enum import IntEnum as Base\n", Kind.ENUM),
        (
            "try:\n    from enum import Flag as Base\nexcept ImportError:\n    from aenum import Flag as Base\n",
            Kind.ENUM,
        ),
        ("Base = Exception\n", Kind.EXCEPTION),
        ("from pydantic import BaseModel\nBase = BaseModel\n", Kind.SCHEMA),
        ("import attr\n@attr.s\nclass Base:\n    x = attr.ib()\n", Kind.DATACLASS),
        ("from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n", Kind.ORM_MODEL),
        ('class Base:\n    __tablename__ = "things"\n', Kind.ORM_MODEL),
        ("class Base:\n    __tablename__ = None\n", Kind.PLAIN),
        ("class Base:\n    pass\n", Kind.PLAIN),
    ],
)
def test_what_a_class_is_comes_down_through_modules_and_classes(base: str, kind: Kind) -> None:
    thing = "from shop.b import Middle\n\n\nclass Thing(Middle):\n    port = 1\n"
    middle = "from shop import c\n\n\nclass Middle(c.Base):\n    pass\n"
    assert kind_in(thing, middle, base) is kind


def test_a_class_may_be_several_things() -> None:
    text = "from pydantic import BaseModel\nimport attr\n@attr.s\nclass Thing(BaseModel, Exception):\n    pass\n"
    project, thing = thing_in(text)
    assert kinds_of(project, thing) == {Kind.EXCEPTION, Kind.SCHEMA, Kind.DATACLASS}
    assert kind_of(project, thing) is Kind.EXCEPTION
    assert is_exception(project, thing)
    assert is_data_class(project, thing)
    assert not is_enum(project, thing)


def test_a_listed_library_may_be_what_is_scanned() -> None:
    library = {"django/db/models/base.py": "class Model:\n    pass\n", "shop/base.py": "class Model:\n    pass\n"}
    project = project_from(
        library
        | {"a.py": "from django.db.models.base import Model\nclass Thing(Model):\n    pass\n"}
        | {"b.py": "from shop.base import Model\nclass Thing(Model):\n    pass\n"}
    )
    kinds = {cls.id: kind_of(project, cls) for cls in project.classes() if cls.name == "Thing"}
    assert kinds == {"a:Thing": Kind.ORM_MODEL, "b:Thing": Kind.PLAIN}


@pytest.mark.parametrize(
    ("text", "is_value"),
    [
        ("import attr\n@attr.define\nclass Thing:\n    port: int\n", True),
        ("import attrs\n@attrs.define\nclass Thing:\n    port: int\n", True),
        ("import attr\n@attr.s\nclass Thing:\n    port: int\n    def open(self): ...\n", False),
        ("import attr\n@attr.s(frozen=True)\nclass Thing:\n    port: int\n    def open(self): ...\n", True),
        ("import attr\n@attr.frozen\nclass Thing:\n    port: int\n    def open(self): ...\n", True),
        ("from attrs import frozen as f\n@f\nclass Thing:\n    port: int\n    def open(self): ...\n", True),
        ("class Thing(ExceptionGroup):\n    pass\n", True),
        ("from django.db.models import TextChoices\nclass Thing(TextChoices):\n    A = 1\n", True),
        ("from pydantic import RootModel\nclass Thing(RootModel[int]):\n    pass\n", True),
        ("class Thing(dict):\n    pass\n", True),
        ("from django.db.models import Model\nclass Thing(Model):\n    pass\n", False),
        (
            "from dataclasses import dataclass\n@dataclass\nclass Base:\n    x: int\nclass Thing(Base):\n    pass\n",
            False,
        ),
        ("class dict:\n    pass\nclass Thing(dict):\n    pass\n", False),
        ("class Thing:\n    pass\n", False),
    ],
)
def test_values_are_told_from_components(text: str, is_value: bool) -> None:
    assert is_value_type(*thing_in(text)) is is_value


@pytest.mark.parametrize(
    ("base", "is_text"),
    [
        ("str, Enum", True),
        ("enum.StrEnum", True),
        ("models.TextChoices", True),
        ("Enum", False),
        ("enum.IntEnum", False),
    ],
)
def test_members_of_some_enums_are_text(base: str, is_text: bool) -> None:
    imports = "import enum\nfrom enum import Enum\nfrom django.db import models\n"
    assert has_text_members(*thing_in(f"{imports}class Thing({base}):\n    A = 1\n")) is is_text


@pytest.mark.parametrize(("base", "is_meta"), [("type", True), ("abc.ABCMeta", True), ("abc.ABC", False), ("", False)])
def test_objects_of_metaclasses_are_classes(base: str, is_meta: bool) -> None:
    assert is_metaclass(*thing_in(f"import abc\nclass Thing({base}):\n    pass\n")) is is_meta
