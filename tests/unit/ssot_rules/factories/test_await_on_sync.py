from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.factories.await_on_sync import AwaitOnSync

CLASSES = """import asyncio
import functools
class Mailer: pass
class Deferred(asyncio.Future): pass
class Delivery:
    def __await__(self):
        yield
BOX: dict[str, Mailer] = {}
"""
USE = "from shop.mail import call\n\nasync def up():\n    return await call(1)\n"


def found(function: str, use: str = USE) -> list[Finding]:
    files = {"shop/__init__.py": "", "shop/mail.py": CLASSES + function, "shop/signup.py": use}
    return findings(AwaitOnSync(), files)


def test_an_awaited_function_that_returns_plain_objects() -> None:
    (finding,) = found("def call(x):\n    if x:\n        return None\n    return Mailer()\n")
    assert finding.subject == "shop.mail:call"
    assert (
        finding.message == "`call` is not async and returns None, `Mailer(...)`, but is awaited at 1 place: TypeError"
    )
    assert finding.remedy == "Delete the `await` before `call(...)`, or make shop.mail:call `async`"
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.signup:up", 4)
    assert site.message == "awaits `call(...)`, which returns None, `Mailer(...)`"
    assert finding.evidence["text"] == [
        "shop/mail.py:9 `def call` returns None, `Mailer(...)`",
        "shop/signup.py:4 awaits `call(...)`",
    ]


@pytest.mark.parametrize(
    ("function", "returned"),
    [
        ("def call(x): return 1\n", "`1`"),
        ("def call(x): return [x]\n", "a list"),
        ("def call(x):\n    m = Mailer()\n    return m\n", "`Mailer(...)`"),
        ("def call(x) -> Mailer: return BOX[x]\n", "an entry of `BOX`"),
        ("HOSTS = {1: 'a', 2: 'b'}\ndef call(x): return HOSTS[x]\n", "an entry of `HOSTS`"),
        ("HOSTS = ['a', 'b']\ndef call(x): return HOSTS[x]\n", "an entry of `HOSTS`"),
        ("_HOSTS = {1: 'a'}\ndef call(x):\n    host = _HOSTS.get(x)\n    return host\n", "`_HOSTS.get(...)`"),
        ("def call(x): pass\n", "nothing"),
        ("def call(x): return None\n", "None"),
        ("def call(x):\n    print(x)\n    return\n", "None"),
        ("def call(x): return [y for y in x]\n", "a comprehension"),
        ("def call(x): return dict(x)\n", "`dict(...)`"),
        ("@dataclass\nclass Lease: x: int\ndef call(x): return Lease(x)\n", "`Lease(...)`"),
        ("@total_ordering\nclass Lease(metaclass=ABCMeta): pass\ndef call(x): return Lease()\n", "`Lease(...)`"),
        (
            "class New:\n    def __new__(cls, x): return super().__new__(cls)\ndef call(x): return New(x)\n",
            "`New(...)`",
        ),
        ("class New:\n    def __new__(cls, x): raise TypeError\ndef call(x): return New(x)\n", "`New(...)`"),
        ("_box = None\ndef call(x):\n    global _box\n    _box = Mailer()\n    return _box\n", "`_box`"),
        ("def call(x): return _make()\ndef _make(): return Mailer()\n", "`_make(...)`"),
        ("@functools.lru_cache\ndef call(x): return Mailer()\n", "`Mailer(...)`"),
        ("def call(x) -> Mailer | None: return BOX.get(x)\n", "`BOX.get(...)`"),
    ],
)
def test_what_certainly_cannot_be_awaited(function: str, returned: str) -> None:
    (finding,) = found(function)
    assert finding.evidence["returns"] == returned


@pytest.mark.parametrize(
    "function",
    [
        "def call(x): return Deferred()\n",
        "def call(x): return Delivery()\n",
        "def call(x): return x\n",
        "def call(x): return BOX[x]\n",
        "def call(x) -> Deferred: return BOX[x]\n",
        "HOSTS = {1: 'a', 2: later()}\ndef call(x): return HOSTS[x]\n",
        "HOSTS = {1: 'a'}\nHOSTS[2] = later()\ndef call(x): return HOSTS[x]\n",
        "HOSTS = {1: 'a'}\ndef put(y): HOSTS.update(y)\ndef call(x): return HOSTS[x]\n",
        "HOSTS = {1: 'a'}\nHOSTS = other()\ndef call(x): return HOSTS[x]\n",
        "HOSTS = {1: 'a'}\ndef call(x): return HOSTS.pop(x, later())\n",
        "HOSTS = {1: 'a'}\ndef call(x): return HOSTS.get(x, later())\n",
        "def call(x): return asyncio.sleep(x)\n",
        "def call(x):\n    if x:\n        return 1\n    return other(x)\nasync def other(x): pass\n",
        "def call(x): raise NotImplementedError\n",
        "def call(x): raise Forbidden\n",
        "class K:\n    def call(self): return self()\n    async def up(self): await self.call()\n",
        "class K:\n    def call(self): pass\n    async def up(self): await self.call()\n",
        "class K:\n    def call(self): return None\n    async def up(self): await self.call()\n",
        "class Other(metaclass=Awaiting): pass\ndef call(x): return Other()\n",
        "@awaitable\nclass Other: pass\ndef call(x): return Other()\n",
        "class Other:\n    def __new__(cls): return make(cls)\ndef call(x): return Other()\n",
        "def call(x): return later(x)\ndef later(x): return x\n",
        "_box = None\ndef call(x):\n    global _box\n    _box = x\n    return _box\n",
        "def call(x): return self.mailer\n",
        "@wrap\ndef call(x): return 1\n",
        "async def call(x): return 1\n",
        "if BOX:\n    def call(x): return 1\n",
    ],
)
def test_what_may_be_awaited(function: str) -> None:
    assert found(function) == []


def test_a_method_that_a_subclass_makes_async() -> None:
    base = "class Base:\n    def ready(self): return True\n    async def up(self):\n        await self.ready()\n"
    assert [finding.subject for finding in found("", base)] == ["shop.signup:Base.ready"]
    assert found("", base + "class Slow(Base):\n    async def ready(self): return True\n") == []


METHODS = """class Base:
    def __init__(self): self.mailer = Mailer()
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def size(x): return 1
    def name(self): return "a"
    def keep(self): return self.mailer
    def close(self):
        self.mailer.open = False
class Mailer: pass
class Desk(Base):
    def name(self): return super().name()
"""


@pytest.mark.parametrize(
    "awaited",
    ["Desk.make()", "Desk.size(1)", "Desk().keep()", "Desk().close()", "Desk().name()", "desk.name()", "KEPT.close()"],
)
def test_methods(awaited: str) -> None:
    use = f"KEPT = Desk()\nasync def up(desk: Desk): await {awaited}\n"
    assert len(found("", METHODS + use)) == 1


def test_an_await_that_a_test_expects_to_fail() -> None:
    use = "from shop.mail import call\nasync def up():\n    with raises(TypeError):\n        await call(1)\n"
    assert found("def call(x): return 1\n", use) == []
