from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.factories.coroutine_never_awaited import CoroutineNeverAwaited

MAIL = "async def open_mailer(host):\n    return host\n"
USE = "from shop.mail import open_mailer\n\n"


def found(signup: str, mail: str = MAIL) -> list[Finding]:
    return findings(CoroutineNeverAwaited(), {"shop/__init__.py": "", "shop/mail.py": mail, "shop/signup.py": signup})


def test_every_wrong_use_is_a_site_of_the_coroutine_function() -> None:
    (finding,) = found(USE + "async def up():\n    m = open_mailer('h')\n    m.send(1)\n    open_mailer('i')\n")
    assert finding.subject == "shop.mail:open_mailer"
    assert finding.message == "coroutine function `open_mailer` is called at 2 places without being awaited"
    assert finding.remedy == "Write `await open_mailer(...)`"
    assert finding.home is not None
    assert finding.home.symbol == "shop.mail:open_mailer"
    assert [(site.symbol, site.location.line, site.message) for site in finding.sites] == [
        (
            "shop.signup:up",
            4,
            "`open_mailer(...)` is not awaited: `m` is the coroutine, but used as its result (`.send`)",
        ),
        ("shop.signup:up", 6, "`open_mailer(...)` is not awaited: the coroutine is thrown away, nothing runs"),
    ]
    assert finding.evidence["text"] == [
        "shop/mail.py:1 `async def open_mailer`",
        "shop/signup.py:4 `m` is the coroutine, but used as its result (`.send`)",
        "shop/signup.py:6 the coroutine is thrown away, nothing runs",
    ]


@pytest.mark.parametrize(
    ("use", "complaint"),
    [
        ("open_mailer('h').send(1)", "`.send` is asked of the coroutine, not of its result"),
        ("return open_mailer('h')[0]", "an item is asked of the coroutine, not of its result"),
        ("with open_mailer('h'): pass", "the coroutine is entered, not its result"),
        ("self.mailer = open_mailer('h')", "`self.mailer` becomes the coroutine, not its result"),
        ("if not open_mailer('h'): pass", "the coroutine is tested, not its result: it is always true"),
        ("return 1 if open_mailer('h') else 2", "the coroutine is tested, not its result: it is always true"),
        ("return bool(open_mailer('h'))", "the coroutine is tested, not its result: it is always true"),
        ("return self.a and bool(open_mailer('h'))", "the coroutine is tested, not its result: it is always true"),
        ("return open_mailer('h') == 1", "the coroutine is tested, not its result: it is always true"),
        ("for m in open_mailer('h'): pass", "the coroutine is iterated over, not its result"),
        ("a, b = open_mailer('h')", "the coroutine is iterated over, not its result"),
        ("_ = open_mailer('h')", "nothing is done with `_`: the coroutine never runs"),
        ("x = open_mailer('h') if self else None", "nothing is done with `x`: the coroutine never runs"),
        ("self.m = open_mailer('h') if self else None", "`self.m` becomes the coroutine, not its result"),
        ("x = open_mailer('h')\n        if x: pass", "`x` is the coroutine, but used as its result (test)"),
        ("x = open_mailer('h')\n        return 1 if x else 2", "`x` is the coroutine, but used as its result (test)"),
        ("x = open_mailer('h')\n        return bool(x)", "`x` is the coroutine, but used as its result (test)"),
    ],
)
def test_uses_as_a_result(use: str, complaint: str) -> None:
    (finding,) = found(USE + f"class Desk:\n    def up(self):\n        {use}\n")
    assert [site.message for site in finding.sites] == [f"`open_mailer(...)` is not awaited: {complaint}"]
    assert finding.remedy == (
        "Write `await open_mailer(...)` and make `Desk.up` `async`, or hand the coroutine to `asyncio.run` or "
        "`asyncio.create_task`"
    )


@pytest.mark.parametrize(
    "use",
    [
        "await open_mailer('h')",
        "return open_mailer('h')",
        "run(open_mailer('h'))",
        "open_mailer('h').close()",
        "return open_mailer('h').__await__()",
        "x = open_mailer('h')\n        x.close()",
        "open_mailer('h').send(None)",
        "x = open_mailer('h')\n        x.send(None)",
        "x = tasks[1] = open_mailer('h')",
        "x = open_mailer('h')\n        def later(): return x",
        "await (open_mailer('h') if run else open_mailer('i'))",
        "return run or open_mailer('h')",
        "with raises(TypeError):\n            open_mailer()",
        "x = open_mailer('h')\n        x.send(await x)",
        "x = open_mailer('h')\n        x.name = 1\n        run(x)",
        "self.opening_task = open_mailer('h')",
        "self.mail = open_mailer('h')\n        await self.mail",
        "self.mail = open_mailer('h')\n        run(self.mail)",
        "tasks = [open_mailer(h) for h in 'ab']",
    ],
)
def test_coroutines_that_are_awaited_kept_or_passed_on(use: str) -> None:
    assert found(USE + f"class Desk:\n    async def up(self, run):\n        {use}\n") == []


@pytest.mark.parametrize(
    "mail",
    [
        "@cached\nasync def open_mailer(host): pass\n",
        "async def open_mailer(host):\n    yield host\n",
        "def open_mailer(host): pass\n",
        "if DEBUG:\n    async def open_mailer(host): pass\n",
        "async def open_mailer(host): pass\nopen_mailer = wrap(open_mailer)\n",
    ],
)
def test_functions_that_may_be_something_else(mail: str) -> None:
    assert found(USE + "open_mailer('h')\n", mail) == []


def test_methods_count_unless_a_subclass_or_an_instance_changes_them() -> None:
    desk = "class Desk:\n    async def close(self): pass\n    def __del__(self):\n        self.close()\n"
    assert [finding.subject for finding in found(desk)] == ["shop.signup:Desk.close"]
    assert found(desk + "class Old(Desk):\n    def close(self): pass\n") == []
    assert found(desk + "    def up(self, close):\n        self.close = close\n") == []
    assert len(found(desk + "class New(Desk):\n    async def close(self): pass\n")) == 1


@pytest.mark.parametrize("decorator", ["classmethod", "staticmethod", "typing.override", "final"])
def test_decorators_that_change_nothing(decorator: str) -> None:
    desk = f"class Desk:\n    @{decorator}\n    async def close(self): pass\nDesk.close(1)\n"
    assert [finding.subject for finding in found(desk)] == ["shop.signup:Desk.close"]


def test_the_last_definition_counts() -> None:
    twice = "class Desk:\n    {}\n    {}\n    def up(self):\n        self.m = self.close()\n"
    plain, coroutine = "def close(self): pass", "async def close(self): pass"
    assert [finding.subject for finding in found(twice.format(plain, coroutine))] == ["shop.signup:Desk.close"]
    assert found(twice.format(coroutine, plain)) == []
    assert found(twice.format(coroutine, f"if DEBUG:\n        {plain}")) == []


@pytest.mark.parametrize(
    "use",
    [
        "class Shop:\n    def __init__(self): self.desk = Desk()\n    async def up(self): self.desk.close()\n",
        "class Shop:\n    desk: Desk\n    async def up(self): self.desk.close()\n",
        "async def up(desk: Desk): desk.close()\n",
        "async def up(desk: 'Desk | None' = None): desk.close()\n",
        "DESK = Desk()\nasync def up(): DESK.close()\n",
        "class New(Desk):\n    async def close(self): super().close()\n",
        "async def up(desks):\n    for desk in Desk().close(): pass\n",
    ],
)
def test_objects_whose_class_is_known(use: str) -> None:
    desk = "class Desk:\n    async def close(self): pass\n"
    assert [finding.subject for finding in found(desk + use)] == ["shop.signup:Desk.close"]


def test_functions_in_functions() -> None:
    nested = "async def up(bus):\n    async def again():\n        await bus.put(1)\n    {}again()\n"
    assert [finding.subject for finding in found(nested.format(""))] == ["shop.signup:up.again"]
    assert found(nested.format("again = retry(again)\n    ")) == []
    assert found(nested.format("await ")) == []


def test_tests_are_judged_too() -> None:
    files = {"shop/__init__.py": "", "shop/mail.py": MAIL, "tests/test_mail.py": USE + "open_mailer('h')\n"}
    (finding,) = findings(CoroutineNeverAwaited(), files)
    assert finding.remedy == "Hand `open_mailer(...)` to `asyncio.run`"
    assert [site.symbol for site in finding.sites] == ["tests.test_mail"]


@pytest.mark.parametrize("replacing", ["mail.open_mailer = lambda: 1", "monkeypatch.setattr(mail, 'open_mailer', 1)"])
def test_what_a_test_replaces_is_not_called(replacing: str) -> None:
    test = f"from shop import mail\ndef test_up(monkeypatch):\n    {replacing}\n    mail.open_mailer('h')\n"
    files = {"shop/__init__.py": "", "shop/mail.py": MAIL, "tests/test_mail.py": test}
    assert findings(CoroutineNeverAwaited(), files) == []


@pytest.mark.parametrize(
    "override",
    [
        "class Smtp(Mailer):\n    async def read(self):\n        yield 1\n",
        "class Base(Mailer): ...\nclass Smtp(Base):\n    async def read(self):\n        yield 1\n",
        "class Smtp(Mailer):\n    def read(self): return iter([])\n",
    ],
)
def test_a_stub_that_generators_override_is_no_coroutine(override: str) -> None:
    base = "class Mailer:\n    async def read(self):\n        pass\n"
    use = (
        "from shop.mail import Mailer\n\nasync def up(mailer: Mailer):\n    for each in Mailer().read(): print(each)\n"
    )
    assert len(found(use, base)) == 1
    assert found(use, base + override) == []


@pytest.mark.parametrize("folder", ["legacy", "old", "deprecated"])
def test_code_that_is_retired_and_imported_by_nobody(folder: str) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/mail.py": MAIL,
        f"shop/{folder}/__init__.py": "",
        f"shop/{folder}/signup.py": USE + "def up():\n    open_mailer('h')\n",
    }
    assert findings(CoroutineNeverAwaited(), files) == []
    files["shop/main.py"] = f"from shop.{folder}.signup import up\n"
    assert len(findings(CoroutineNeverAwaited(), files)) == 1


def test_who_calls_what_has_to_become_async_changes_too() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/mail.py": MAIL,
        "shop/signup.py": USE + "def up():\n    open_mailer('h')\n",
        "shop/main.py": "from shop.signup import up\n\ndef main():\n    up()\n",
    }
    (finding,) = findings(CoroutineNeverAwaited(), files)
    assert finding.also_changes == ("shop/main.py",)
    (finding,) = found(USE + "async def up():\n    open_mailer('h')\n\nasync def main():\n    await up()\n")
    assert finding.also_changes == ()


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("await asyncio.to_thread(up)", True),
        ("await loop.run_in_executor(None, up)", True),
        ("threading.Thread(target=up).start()", True),
        ("up()", False),
    ],
)
def test_what_runs_in_a_thread_hands_the_coroutine_to_the_loop(line: str, is_told: bool) -> None:
    mail = "async def send(text): ...\n"
    up = "from shop.mail import send\ndef up():\n    send(1)\n"
    signup = f"import asyncio, threading\n{up}async def main(loop):\n    {line}\n"
    (finding,) = found(signup, mail)
    assert ("`asyncio.run_coroutine_threadsafe`, with the loop" in finding.remedy) is is_told
