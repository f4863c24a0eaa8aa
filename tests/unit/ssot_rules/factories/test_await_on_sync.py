from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.factories.await_on_sync import AwaitOnSync

CLASSES = """import asyncio
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
        "shop/mail.py:8 `def call` returns None, `Mailer(...)`",
        "shop/signup.py:4 awaits `call(...)`",
    ]


@pytest.mark.parametrize(
    ("function", "returned"),
    [
        ("def call(x): return 1\n", "`1`"),
        ("def call(x): return [x]\n", "a list"),
        ("def call(x):\n    m = Mailer()\n    return m\n", "`Mailer(...)`"),
        ("def call(x) -> Mailer: return BOX[x]\n", "an entry of `BOX`"),
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
        "def call(x): return asyncio.sleep(x)\n",
        "def call(x):\n    if x:\n        return 1\n    return other(x)\nasync def other(x): pass\n",
        "def call(x): raise NotImplementedError\n",
        "def call(x): return None\n",
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
