"""What the collector is asked before P7 reads registries: it may say too much, and never too little."""

from __future__ import annotations

import weakref
from collections import OrderedDict, deque
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import msgspec
import pytest

from ssot_lint.probe.hold import Holders
from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.stack import Sources


class Service:
    """A class of the project."""

    def __init__(self, held: object) -> None:
        self.held = held


class Slotted:
    """Without a ``__dict__``."""

    __slots__ = ("held",)

    def __init__(self, held: object) -> None:
        self.held = held


class Untracked(msgspec.Struct, gc=False):
    """The collector does not look into its instances."""

    held: object


class Names(dict[str, object]):
    """A container of the project."""


def holders() -> Holders:
    return Holders(OwnClasses(Sources(str(Path(__file__).parent))), Reader())


def namespace_of(held: object) -> object:
    return vars(Service(held))


WAYS: dict[str, Callable[[object], object]] = {
    "list": lambda one: [one],
    "dict": lambda one: {"one": one},
    "ordered": lambda one: OrderedDict(one=one),
    "own dict": lambda one: Names(one=one),
    "deque": lambda one: deque([one]),
    "view": lambda one: MappingProxyType({"one": one}),
    "object": Service,
    "slots": Slotted,
    "namespace": namespace_of,
    "untracked": Untracked,
}


@pytest.mark.parametrize("outer", WAYS)
@pytest.mark.parametrize("inner", WAYS)
def test_what_is_five_steps_away_is_met_in_whatever_it_is(outer: str, inner: str) -> None:
    one = Service(None)
    container = [WAYS[outer](WAYS[inner](WAYS[outer](WAYS[inner](one))))]
    assert holders().may_hold([[], container], {id(one)})


HIDDEN: dict[str, Callable[[object], object]] = {
    "weak": weakref.ref,
    "foreign": lambda one: SimpleNamespace(one=one),
    "closure": lambda one: lambda: one,
    "class": lambda one: type("Local", (), {"one": one}),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_no_reader_opens_is_not_followed(way: str) -> None:
    one = Service(None)
    assert not holders().may_hold([{"one": HIDDEN[way](one)}], {id(one)})


def test_what_goes_round_comes_to_an_end() -> None:
    ring: list[object] = []
    ring.append({"ring": ring})
    assert not holders().may_hold([ring], {id(object())})


def test_where_there_is_too_much_to_ask_for_anything_may_be_held() -> None:
    assert holders().may_hold([[[number] for number in range(10_000)]], {0})
