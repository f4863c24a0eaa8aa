"""What cannot be watched is noted once, and no test of anybody's fails or behaves otherwise for it."""

from __future__ import annotations

import pytest

from tests.probe.conftest import COMPONENT, Probe

CREATE = "\ndef create(user_id):\n    return Manager(user_id)\n"
USE = "from app import *\ndef test():\n    one, two = create('ann'), create('ben')\n"


@pytest.mark.parametrize(
    ("app", "note"),
    [
        (
            "class Manager:\n    __slots__ = ('user_id',)\n    def __init__(self, user_id): self.user_id = user_id",
            "manager: app:Manager is not watched: its instances allow no weak references",
        ),
        (
            "from typing import NamedTuple\nclass Manager(NamedTuple):\n    user_id: str",
            "manager: app:Manager is not watched: its instances are tuples, which allow no weak references",
        ),
        (
            "import enum\nclass Manager(enum.Enum):\n    A = 'ann'\n    B = 'ben'",
            "manager: app:Manager is not watched: the members of an enumeration are shared by design",
        ),
        (
            "from datetime import timedelta as Manager",
            "manager: datetime:timedelta is not watched: its __new__ is not written in Python",
        ),
        (
            "class Manager:\n    def __init__(self, user_id): self.u = user_id\n    user_id = property(lambda s: s.u)",
            None,
        ),
        (
            "class Manager:\n    def __init__(self, owner): self._u = owner\n    user_id = property(lambda s: s._u)",
            "manager: user_id is computed; the probe runs nothing of yours, name the attribute behind it",
        ),
        (
            "class Manager:\n    def __init__(self, owner): self.user_id = [owner]",
            "manager: user_id holds a list, which is no text and no number; name an attribute of it",
        ),
    ],
)
def test_one_note_each(probe: Probe, app: str, note: str | None) -> None:
    tests = USE if "timedelta" not in app else "from app import *\ndef test():\n    create(1)\n"
    probed = probe(app + CREATE, tests)
    assert (probed.code, probed.document.observations) == (0, ())
    assert list(probed.document.notes) == ([note] if note else [])


def test_a_class_that_is_never_imported_and_an_identity_that_is_nowhere(probe: Probe) -> None:
    config = COMPONENT + '[[tool.ssot-lint.components]]\nname = "other"\nhome = "nowhere.at_all:Other"\n'
    app = "class Manager:\n    def __init__(self, owner): self.owner = owner" + CREATE
    probed = probe(app, USE, config=config)
    assert "note: other: nowhere.at_all:Other was never imported" in probed.said
    assert "note: manager: none of its 2 instances says whom it belongs to; check `identity`" in probed.said


@pytest.mark.parametrize(
    ("key", "value", "note"),
    [
        ("home", "app:Missing", "manager: home app:Missing is no class"),
        ("factory", "app:missing", "manager: there is no factory app:missing"),
        ("factory", "app:cached", "manager: factory app:cached is not watched: it is no plain function"),
        ("factory", "app:generate", "manager: calls of generate are not seen: it is a generator"),
        ("factory", "app:nosy", "manager: calls of nosy are not seen: it looks at its callers (_getframe)"),
    ],
)
def test_names_that_lead_nowhere(probe: Probe, key: str, value: str, note: str) -> None:
    app = """
import functools, sys
class Manager:
    def __init__(self, user_id): self.user_id = user_id
@functools.cache
def cached(user_id): return Manager(user_id)
def create(user_id): return Manager(user_id)
def generate(user_id): yield Manager(user_id)
def nosy(user_id):
    sys._getframe(1)
    return Manager(user_id)
"""
    config = COMPONENT.replace({"home": "app:Manager", "factory": "app:create"}[key], value)
    tests = "from app import *\ndef test():\n    cached('ann'), list(generate('ben')), nosy('cleo')\n"
    probed = probe(app, tests, config=config)
    assert probed.code == 0
    assert list(probed.document.notes) == [note]


WATCHED = {
    "slots": "class Manager:\n    __slots__ = ('user_id', 'box', '__weakref__')",
    "frozen dataclass": """from dataclasses import dataclass
@dataclass(frozen=True)
class Manager:
    user_id: str
    box: list""",
    "pydantic": "import pydantic\nclass Manager(pydantic.BaseModel):\n    user_id: str\n    box: object",
    "own __new__": "class Manager:\n    def __new__(cls, *a, **k):\n        return super().__new__(cls)",
    "metaclass": """class Meta(type):
    def __call__(cls, *a):
        return super().__call__(*a)
    def __setattr__(cls, *a):
        raise TypeError
    def __hash__(cls):
        raise TypeError
class Manager(metaclass=Meta):
    pass""",
    "generic": "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Manager(Generic[T]):\n    pass",
    "exception": "class Manager(Exception):\n    pass",
    "dict": "class Manager(dict):\n    def __init__(self, *a): pass",
    "abstract base": """import abc
class Base(abc.ABC):
    @abc.abstractmethod
    def x(self): ...
class Manager(Base):
    def x(self): ...""",
    "own __del__": "class Manager:\n    gone = []\n    def __del__(self): Manager.gone.append(1)",
    "hostile": """class Manager:
    def __eq__(self, other): raise ZeroDivisionError
    def __hash__(self): raise ZeroDivisionError
    def __repr__(self): raise ZeroDivisionError
    def __bool__(self): raise ZeroDivisionError
    def __getattr__(self, name): raise ZeroDivisionError
    def __getattribute__(self, name):
        if name == '__class__':
            while True: pass
        return object.__getattribute__(self, name)
    def __len__(self): raise ZeroDivisionError
    def __iter__(self): raise ZeroDivisionError""",
}
INIT = "\n    def __init__(self, user_id, box):\n        self.user_id = user_id\n        self.box = box\n"


@pytest.mark.parametrize("kind", WATCHED)
def test_classes_of_all_kinds_are_watched_and_stay_what_they_are(probe: Probe, kind: str) -> None:
    app = WATCHED[kind]
    if "dataclass" not in kind and kind not in ("pydantic",):
        app = app.replace("    def __init__(self, *a): pass", "    pass") + INIT
    tests = """
import inspect
from app import *
def test():
    box = []
    one, two = Manager(user_id='ann', box=box), Manager(user_id='ben', box=box)
    box.append(1)
    assert one.user_id == 'ann' and object.__getattribute__(two, 'box') is box
    assert list(inspect.signature(Manager).parameters) == ['user_id', 'box']
"""
    if kind == "pydantic":
        tests = tests.replace("object.__getattribute__(two, 'box')", "two.box")
    if kind == "metaclass":
        tests = tests.replace("user_id='ann', box=box", "'ann', box").replace("user_id='ben', box=box", "'ben', box")
        tests = tests.partition("    assert list(inspect")[0]
    config = COMPONENT.replace('factory = "app:create"\n', "")
    probed = probe(app, tests, config=config)
    assert probed.code == 0, probed.said
    assert [found.kind.value for found in probed.document.observations] == ["P2"]
    assert probed.document.notes == ()


def test_calls_that_python_refuses_are_refused_in_the_same_words(probe: Probe) -> None:
    app = """
class Plain: pass
class Manager(Plain): pass
class Sub(Manager):
    def __new__(cls, *args): return super().__new__(cls, *args)
class Never:
    pass
"""
    tests = """
import pytest
from app import *
def words(call):
    with pytest.raises(TypeError) as caught:
        call()
    return str(caught.value)
def test():
    assert words(lambda: Manager(1)) == "Manager() takes no arguments"
    assert words(lambda: Never(1)) == "Never() takes no arguments"
    assert words(lambda: Sub(1)) == "object.__new__() takes exactly one argument (the type to instantiate)"
    Manager(), object.__new__(Manager)
"""
    assert probe(app, tests).code == 0


def test_factories_stay_the_same_object_and_keep_their_looks(probe: Probe) -> None:
    app = """
class Manager:
    def __init__(self, user_id): self.user_id = user_id
def outer(kind):
    def create(user_id: str, *, loud: bool = False) -> Manager:
        'Build one.'
        return kind(user_id)
    return create
create = outer(Manager)
TABLE = {create: 1}
async def later(user_id): return create(user_id)
"""
    tests = """
import inspect, pickle, app
def test():
    assert app.TABLE[app.create] == 1
    assert str(inspect.signature(app.create)) == "(user_id: str, *, loud: bool = False) -> app.Manager"
    assert inspect.getsource(app.create).startswith("    def create")
    assert (app.create.__doc__, app.create.__name__) == ('Build one.', 'create')
    assert app.create('ann', loud=True).user_id == 'ann'
    assert inspect.iscoroutinefunction(app.later)
    try:
        app.create()
    except TypeError as error:
        assert "missing 1 required positional argument: 'user_id'" in str(error)
"""
    probed = probe(app, tests)
    assert probed.code == 0, probed.said


@pytest.mark.parametrize("value", ["0", "True", "b'x'", "__import__('uuid').uuid4()", "Kind.A"])
def test_owners_of_all_kinds(probe: Probe, value: str) -> None:
    app = """
import enum
class Kind(enum.Enum):
    A = 'a'
class Manager:
    def __init__(self, user_id): self.user_id = user_id
"""
    tests = f"from app import *\ndef test():\n    v = {value}\n    one, two = create(v), create(v)\n"
    probed = probe(app + CREATE, tests)
    assert [found.kind.value for found in probed.document.observations] == ["P1"]
