"""Values of rules as bytes."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

import msgspec
import pytest

from ssot_lint.project.encoding import Decoder, Encoder, EncodingError, Places
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from

PACKAGES = frozenset({"ssot_lint", "tests"})


class Kind(Enum):
    ONE = "one"


class Pair(NamedTuple):
    left: object
    right: object


class Record(msgspec.Struct, frozen=True):
    name: str


@dataclass(frozen=True)
class Rule:
    zones: tuple[Kind, ...]
    made: list[int] = field(default_factory=list, compare=False)

    def find(self, project: Project) -> None:
        pass


@dataclass
class Mutable:
    name: str


def compute(project: Project) -> None:
    pass


@pytest.fixture
def project() -> Project:
    return project_from(
        {"shop/a.py": "class A:\n    def run(self):\n        pass\n\n\nX = 1\n", "shop/b.py": "B = 2\n"}
    )


@pytest.fixture
def places(project: Project) -> Places:
    return Places(project.modules, PACKAGES)


RULE = Rule((Kind.ONE,))


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, 2.5, "text", b"bytes", (), (1, (2, "three")), [1, [2]], {"a": (1,), (2, 3): None}),
        *(
            frozenset({("a", 1), ("b", 2)}),
            {1, 2},
            Counter("aab"),
            Kind.ONE,
            Pair(1, (2,)),
            Record("x"),
            RULE,
            Mutable("x"),
        ),
        *(compute, Rule, (Rule.find, RULE), Project.derived),
    ],
)
def test_what_is_written_is_read_as_an_equal_value(places: Places, value: Any) -> None:
    read = Decoder(places).decode(Encoder(places).encode(value))
    assert read == value
    assert type(read) is type(value)


def test_a_method_is_read_with_what_it_is_bound_to(places: Places) -> None:
    read = Decoder(places).decode(Encoder(places).encode(RULE.find))
    assert (read.__func__, read.__self__) == (Rule.find, RULE)


def test_equal_values_are_equal_bytes(places: Places) -> None:
    encode = Encoder(places).encode
    words = [f"word{number}" for number in range(50)]
    assert encode(frozenset(words)) == encode(frozenset(reversed(words)))
    assert len({encode(each) for each in ((1,), (True,), ("1",), [1], {1}, frozenset({1}), Pair(1, 1), (1, 1))}) == 8


def test_definitions_and_modules_are_those_of_the_project(project: Project, places: Places) -> None:
    module = project.modules[0]
    (cls,), (method,), (variable,) = module.classes, module.functions, module.variables
    for value in (module, cls, method, variable):
        assert Decoder(places).decode(Encoder(places).encode((value,))) == (value,)


def test_what_worked_out_something_is_read_without_it(places: Places) -> None:
    read = Decoder(places).decode(Encoder(places).encode(Rule((), [1])))
    assert read.made == []


def test_parameters_of_types_tell_questions_apart(places: Places) -> None:
    encode = Encoder(places).encode
    assert encode(Groups[str, ClassSymbol]) != encode(Groups[int, ClassSymbol])
    assert Decoder(places).decode(encode(Groups[str, ClassSymbol])) is Groups


@pytest.mark.parametrize(
    "value", [object(), lambda: None, os.system, os.path.join, range(3), (1, object()), open, type]
)
def test_what_is_no_plain_data_is_not_written(places: Places, value: object) -> None:
    with pytest.raises(EncodingError):
        Encoder(places).encode(value)


def test_what_is_large_is_not_written(places: Places) -> None:
    assert Encoder(places).encode(((),) * 9, most=10)
    with pytest.raises(EncodingError):
        Encoder(places).encode(((),) * 10, most=10)


@pytest.mark.parametrize(
    "name",
    [
        ["os", "system"],
        ["builtins", "eval"],
        ["ssot_lint.project.encoding", "sys"],
        ["ssot_lint.git", "open_repository"],
    ],
)
@pytest.mark.parametrize("kind", range(6, 12))
def test_nothing_from_elsewhere_is_read(places: Places, kind: int, name: list[str]) -> None:
    data = msgspec.msgpack.encode([kind, *name, "x"])
    with pytest.raises(EncodingError):
        Decoder(places).decode(data)


@pytest.mark.parametrize("data", [b"", b"\xc1", msgspec.msgpack.encode([99]), msgspec.msgpack.encode([7, 0, 99])])
def test_what_nobody_wrote_is_not_read(places: Places, data: bytes) -> None:
    with pytest.raises(EncodingError):
        Decoder(places).decode(data)


def test_definitions_that_stay_keep_their_numbers_where_a_file_changes(project: Project, places: Places) -> None:
    module = project.modules[0]
    encoder, decoder = Encoder(places), Decoder(places)
    written = {symbol.qualname: encoder.encode(symbol) for symbol in module.defined()}
    other = project_from({"shop/a.py": "class New:\n    pass\n\n\nclass A:\n    pass\n\n\nX = 2\n"}).modules[0]
    renewed = project.renewed({"shop/a.py": other.facts}, tree_of(project))
    assert renewed is not None
    places.renewed(module)
    now = {symbol.qualname: symbol for symbol in module.defined()}
    assert (decoder.decode(written["A"]), decoder.decode(written["X"])) == (now["A"], now["X"])
    assert decoder.decode(encoder.encode(now["New"])) is now["New"]
    with pytest.raises(EncodingError):
        decoder.decode(written["A.run"])


def tree_of(project: Project) -> Any:
    from ssot_lint.model.source import SourceTree

    return SourceTree(tuple(module.source for module in project.modules), ("",), frozenset(), frozenset())
