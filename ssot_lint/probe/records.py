"""What the probe remembers of a run: instances, what factories handed out, and the events that were sent."""

from __future__ import annotations

import sys
import weakref
from types import CodeType
from typing import NamedTuple

import msgspec
from msgspec import field

from ssot_lint.model.component import Component
from ssot_lint.probe.identity import Ask, Identity, Owner, State, constructor_parameters
from ssot_lint.probe.stack import Step
from ssot_lint.probe.static import ABSENT, allows_weak_references

MOST_SILENT = 100
"""Looks without an owner after which instances are read when they go, and at the end of a test, but not meanwhile."""

MOST_SILENT_LOOKS = 4
"""Looks of a test after which such instances are not read any more when they go, but at its end."""

MOST_LAST_LOOKS = 16
"""The same of instances that say whom they belong to."""


class Build(msgspec.Struct, frozen=True, eq=False):
    """How a watched class is built, which is kept: its id is then nobody else's. ``asks``: where that says for whom,
    which it does with more than ``quiet`` arguments, -1 where defaults do, or with one of the ``names``.
    ``is_referable``: its instances can be referred to without being kept alive."""

    cls: type
    asks: tuple[Ask, ...]
    quiet: int
    names: frozenset[str]
    needs_arguments: bool
    is_referable: bool


def build_of(cls: type, identity: Identity) -> Build:
    """How a class is built."""
    parameters = constructor_parameters(cls)
    needs_arguments = any(name not in parameters.defaults for name in parameters.positions)
    asks = identity.asks(parameters)
    quiet = min((each.position if each.default is ABSENT else -1 for each in asks), default=sys.maxsize)
    names = frozenset(each.first for each in asks)
    return Build(cls, asks, quiet, names, needs_arguments, allows_weak_references(cls))


class Watched(msgspec.Struct, eq=False):
    """A component that is watched.

    ``home`` is None until its module is imported; ``has_factory``: there is one, so that what is built without it is
    built past it; ``is_placed``: it matters who built an instance; ``factory_codes`` are the ids of the codes of its
    factory, which are kept in ``codes`` so that no other code gets one of these ids; ``silent`` counts the latest looks
    at instances that said nothing of an owner, ``most_last_looks`` are the looks of a test after which instances are
    not read any more when they go, ``counted`` the instances that were there before the test, or that the
    program did not build in it.
    """

    component: Component
    identity: Identity
    home: type | None = None
    is_imported: bool = False
    has_factory: bool = False
    is_placed: bool = False
    factory_codes: set[int] = field(default_factory=set)
    codes: list[CodeType] = field(default_factory=list)
    builds: dict[int, Build] = field(default_factory=dict)
    instances: int = 0
    counted: int = 0
    identified: int = 0
    silent: int = 0
    most_last_looks: int = MOST_LAST_LOOKS
    tests: int = 0
    odd: dict[State, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_placed = self.has_factory or bool(self.identity.paths)

    def heard(self, owner: Owner) -> None:
        """Take down what an instance says to whom it belongs."""
        self.silent = 0 if owner.text else self.silent + 1
        self.most_last_looks = MOST_LAST_LOOKS if self.silent < MOST_SILENT else MOST_SILENT_LOOKS

    def add_factory(self, code: CodeType) -> None:
        """Take whatever is built while ``code`` runs for built by the factory."""
        self.factory_codes.add(id(code))
        self.codes.append(code)


class Farewell(weakref.ref[object]):
    """A reference to an instance, of the id ``key``, whose end is to be told."""

    __slots__ = ("key",)
    key: int

    # Those of a reference would compare and hash what it refers to.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Instance(msgspec.Struct, eq=False, gc=False):
    """A watched instance, while it lives and after; ``ref`` leads to it. Thousands are made, and none is in a circle.

    ``born`` and ``died`` are numbers that count up over the run. When it dies is asked of ``farewell``, and only where
    somebody said whom it belongs to.
    ``is_settled``: of others of its owner it is known which were alive when it was born; ``was_garbage``: since when is
    not known. ``left_at`` is what ran when it died. ``is_in_use``: a method runs that began when it had no owner.
    """

    ref: weakref.ref[object]
    watched: Watched
    build: Build
    test: str
    argument: Owner
    owner: Owner
    steps: tuple[Step, ...]
    born: int
    is_bare: bool
    is_wide: bool
    farewell: Farewell | None = None
    died: int = 0
    by_factory: bool = False
    is_counted: bool = False
    is_settled: bool = True
    was_garbage: bool = False
    left_at: Step | None = None
    handed_to: tuple[str, ...] = ()
    used: str = ""
    is_in_use: bool = False

    @property
    def cls(self) -> type:
        """Its class."""
        return self.build.cls

    @property
    def known_owner(self) -> str:
        """Whom it belongs to; empty where nobody knows."""
        return self.owner.text


class Handed(NamedTuple):
    """The factory gave ``instance`` out for ``owner``, after it had done so for ``former``."""

    instance: Instance
    former: str
    owner: str
    steps: tuple[Step, ...]


class Sharing(NamedTuple):
    """Two instances of different owners that reach one mutable object."""

    one: Instance
    other: Instance
    owners: tuple[str, str]
    paths: tuple[str, str]
    type_name: str
    is_changed: bool


class Emission(NamedTuple):
    """An event that was sent: by which class, for whom (empty: not said), in which thread or task."""

    watched: Watched
    event: str
    sender: str
    owner: str
    flow: int
    steps: tuple[Step, ...]


class Growth(NamedTuple):
    """A registry that holds instances of a test that is over."""

    watched: Watched
    registry: str
    path: str
    before: int
    after: int


class TestRun(msgspec.Struct, eq=False):
    """What one test did. Outside of tests ``test`` is empty."""

    __test__ = False
    test: str
    instances: list[Instance] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    shared: dict[tuple[object, ...], Sharing] = field(default_factory=dict)
    emissions: list[Emission] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    past_factory: list[Instance] = field(default_factory=list)
    used: list[Instance] = field(default_factory=list)
    fingerprints: dict[int, tuple[object, ...]] = field(default_factory=dict)
    pending: list[Instance] = field(default_factory=list)
    owned: dict[tuple[int, str], list[Instance]] = field(default_factory=dict)
    registries: set[int] = field(default_factory=set)
    looks: int = 0
    collections: int = 0

    def own(self, record: Instance, owner: str) -> None:
        """Take down that an instance of this test says that it belongs to ``owner``."""
        if owner and record.test == self.test:
            self.owned.setdefault((id(record.watched), owner), []).append(record)


class Notes(msgspec.Struct):
    """What could not be watched, each said once."""

    texts: dict[str, None] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Say ``text``, unless it was said already."""
        self.texts.setdefault(text)
