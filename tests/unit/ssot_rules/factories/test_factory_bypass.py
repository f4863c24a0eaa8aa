from __future__ import annotations

import re

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.factory_bypass import FactoryBypass

MAILER = """class Mailer:
    def __init__(self, host):
        self.host = host

    def send(self, text):
        return self.host + text
"""
HOME = MAILER + "\ndef create_mailer(host):\n    return Mailer(host.lower())\n"
USE = "from shop.mailer import Mailer\n\n"
DIRECT = USE + "def signup(host):\n    Mailer(host).send('welcome')\n"


USER = {"shop/user.py": "from shop.mailer import create_mailer\n"}


def found(files: dict[str, str], components: tuple[Component, ...] = ()) -> list[Finding]:
    return findings(FactoryBypass(), {"shop/__init__.py": ""} | files, components)


def test_a_direct_construction_elsewhere_is_a_site() -> None:
    users = USER | {"shop/admin.py": "from shop.mailer import create_mailer\n"}
    (finding,) = found({"shop/mailer.py": HOME, "shop/signup.py": DIRECT} | users)
    assert finding.subject == "shop.mailer:Mailer"
    assert finding.message == ("`Mailer` is constructed directly 1 time in 1 module, past its factory `create_mailer`")
    assert finding.remedy == (
        "Call shop.mailer:create_mailer instead of `Mailer(...)`; give it the parameters it lacks"
    )
    assert finding.severity is None
    assert finding.home is not None
    assert finding.home.symbol == "shop.mailer:create_mailer"
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.signup:signup", 4)
    assert site.message == "constructs `Mailer` directly: call shop.mailer:create_mailer"
    assert finding.evidence["text"] == [
        "factory shop/mailer.py:8 `create_mailer`",
        "direct  shop/signup.py:4 `Mailer(...)`",
    ]


@pytest.mark.parametrize(
    ("maker", "caller", "severity"),
    [
        ("async def", "def signup(host):\n    Mailer(host)", Severity.INFO),
        ("async def", "class Desk:\n    def signup(self, host):\n        Mailer(host)", Severity.INFO),
        ("async def", "async def signup(host):\n    def inner():\n        Mailer(host)\n    inner()", Severity.INFO),
        ("async def", "desk = Mailer('a')", Severity.INFO),
        ("async def", "async def signup(host):\n    Mailer(host)", None),
        ("def", "async def signup(host):\n    Mailer(host)", None),
    ],
)
def test_what_is_no_coroutine_cannot_await_a_factory_and_is_listed(
    maker: str, caller: str, severity: Severity | None
) -> None:
    home = HOME.replace("def create_mailer", f"{maker} create_mailer")
    users = USER | {"shop/admin.py": "from shop.mailer import create_mailer\n"}
    (finding,) = found({"shop/mailer.py": home, "shop/signup.py": f"{USE}{caller}\n"} | users)
    assert finding.severity is severity


def test_constructions_in_one_function_are_one_site() -> None:
    text = "import shop.mailer as m\n\nclass Desk:\n    def open(self):\n        m.Mailer('a')\n        m.Mailer('b')\n"
    (finding,) = found({"shop/mailer.py": HOME, "shop/desk.py": text} | USER)
    assert finding.message.startswith("`Mailer` is constructed directly 2 times in 1 module")
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.desk:Desk.open", 5)
    assert site.message == "constructs `Mailer` directly 2 times: call shop.mailer:create_mailer"


def test_module_level_is_a_place_too() -> None:
    (finding,) = found({"shop/mailer.py": HOME, "shop/app.py": USE + "Mailer('x').send('up')\n"} | USER)
    assert [(site.symbol, site.location.line, site.body) for site in finding.sites] == [("shop.app", 3, "")]


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("shop/mailer.py", MAILER + "def create_smtp_mailer(): return Mailer('x')\n"),
        ("shop/mailer.py", MAILER + "def mailer() -> Mailer: return Mailer('x')\n"),
        ("shop/mailer.py", MAILER + "    @classmethod\n    def new_mailer(cls): return cls('x')\n"),
        ("shop/beside.py", USE + "def get_or_create_mailer(): return Mailer('x')\n"),
        ("shop/far/away.py", USE + "async def async_create_mailer(): return Mailer('x')\n"),
        ("shop/far/away.py", USE + "class MailerFactory:\n    def of(self): return Mailer('x')\n"),
    ],
)
def test_a_factory_is_named_after_its_class(path: str, factory: str) -> None:
    files = {"shop/far/__init__.py": "", "shop/mailer.py": MAILER, path: factory}
    name = re.findall(r"(?:def|class) (\w+)", factory)[-1]
    module = path.removesuffix(".py").replace("/", ".")
    use = "from shop.mailer import Mailer\nMailer.new_mailer()\n"
    use = "from shop.far.away import MailerFactory\n" if name == "of" else use
    use = f"from {module} import {name}\n" if name not in ("of", "new_mailer") else use
    assert len(found(files | {"shop/signup.py": DIRECT, "shop/user.py": use})) == 1


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("shop/mailer.py", MAILER + "def create_mailer_from_url(): return Mailer('x')\n"),
        ("shop/mailer.py", MAILER + "def create_post(): return Mailer('x')\n"),
        ("shop/mailer.py", MAILER + "def _create_mailer(): return Mailer('x')\n"),
        ("shop/mailer.py", MAILER + "def create_mailers(): return [Mailer('x')]\n"),
        ("shop/beside.py", USE + "def create_voucher_mailer(): return Mailer('x')\n"),
        ("shop/beside.py", USE + "class Desk:\n    def create_mailer(self): return Mailer('x')\n"),
        ("shop/far/away.py", USE + "def get_mailer(): return Mailer('x')\n"),
        ("shop/far/away.py", USE + "def mailer() -> Mailer: return Mailer('x')\n"),
    ],
)
def test_special_cases_and_lookups_are_not_the_factory(path: str, factory: str) -> None:
    files = {"shop/far/__init__.py": "", "shop/mailer.py": MAILER, path: factory}
    name = re.findall(r"(?:def|class) (\w+)", factory)[-1]
    user = f"from {path.removesuffix('.py').replace('/', '.')} import {name}\n"
    assert found(files | {"shop/signup.py": DIRECT, "shop/user.py": user}) == []


def test_a_builder_does_not_build_itself_by_its_methods() -> None:
    builder = (
        "class RouteBuilder:\n    def run(self): return 1\n    @staticmethod\n    def quick(): return RouteBuilder()\n"
    )
    use = "from shop.route import RouteBuilder\n\ndef plan(): RouteBuilder().run()\n"
    assert found({"shop/route.py": builder, "shop/plan.py": use}) == []


@pytest.mark.parametrize(
    ("parameters", "count"),
    [("url", 0), ("url, *, retries=3", 0), ("url, host", 1), ("url=None", 1), ("host", 1), ("", 1), ("url, **rest", 1)],
)
def test_a_factory_that_asks_for_something_else_is_another_way(parameters: str, count: int) -> None:
    factory = f"\ndef create_mailer({parameters}):\n    return Mailer('x')\n"
    assert len(found({"shop/mailer.py": MAILER + factory, "shop/signup.py": DIRECT} | USER)) == count


@pytest.mark.parametrize(("users", "count"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_a_factory_is_passed_by_only_if_as_many_use_it(users: int, count: int) -> None:
    use = "from shop.mailer import create_mailer\n\ncreate_mailer('x').send('')\n"
    files = {"shop/mailer.py": HOME, "shop/signup.py": DIRECT, "shop/desk.py": DIRECT}
    assert len(found(files | {f"shop/user_{number}.py": use for number in range(users)})) == count


def test_a_declared_factory_is_the_way_however_few_use_it() -> None:
    files = {"shop/mailer.py": HOME, "shop/signup.py": DIRECT, "shop/desk.py": DIRECT}
    (finding,) = found(files, (Component(name="mail", factory="shop.mailer:create_mailer"),))
    assert len(finding.sites) == 2


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/mailer.py", HOME + "def broadcast(): Mailer('x').send('all')\n"),
        ("shop/more.py", USE + "def _build(): return Mailer('x')\n"),
        ("shop/more.py", USE + "class Safe(Mailer):\n    def spare(self): Mailer('x').send('')\n"),
        ("shop/more.py", USE + "class MailerFactory:\n    def warm(self): Mailer('x').send('')\n"),
        ("shop/more.py", USE + "def create_mailer_pool(pool):\n    for _ in pool: pool.add(Mailer('x'))\n"),
        ("shop/more.py", USE + "if __name__ == '__main__':\n    Mailer('x')\n"),
        ("shop/more.py", USE + "def send(mailer: Mailer): mailer.send('')\n"),
        ("tests/test_mailer.py", USE + "def test_it(): Mailer('x').send('')\n"),
    ],
)
def test_places_that_may_construct(path: str, text: str) -> None:
    assert found({"shop/mailer.py": HOME} | {path: text} | USER) == []


def test_value_types_are_exempt() -> None:
    text = "class Hit:\n    pass\n\nclass SearchResult:\n    def n(self): return 1\n\n"
    assert (
        found(
            {
                "shop/search.py": text + "def create_search_result():\n    return SearchResult()\n",
                "shop/page.py": "from shop.search import SearchResult\n\ndef page():\n    SearchResult().n()\n",
                "shop/user.py": "from shop.search import create_search_result\n",
            }
        )
        == []
    )


def test_a_declared_factory_makes_it_high_whatever_its_name() -> None:
    component = Component(name="mail", home="shop.mailer:Mailer", factory="shop.post:office")
    (finding,) = found(
        {
            "shop/mailer.py": MAILER,
            "shop/post.py": USE + "def office():\n    return Mailer('x')\n",
            "shop/signup.py": DIRECT,
        },
        (component,),
    )
    assert finding.severity is Severity.HIGH
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.post:office", "declared in the configuration")
    assert [site.symbol for site in finding.sites] == ["shop.signup:signup"]
    assert finding.evidence["declared"] is True


def test_without_a_declared_home_the_factory_says_what_it_builds() -> None:
    component = Component(name="mail", factory="shop.post:office")
    files = {"shop/mailer.py": MAILER, "shop/post.py": USE + "def office():\n    return Mailer('x')\n"}
    (finding,) = found(files | {"shop/signup.py": DIRECT}, (component,))
    assert finding.subject == "shop.mailer:Mailer"
    assert finding.severity is Severity.HIGH


@pytest.mark.parametrize(
    "factory",
    [
        "def create_mailer(host):\n    return Mailer(host)\n",
        'def create_mailer(host):\n    """Make one."""\n    return Mailer(host=host)\n',
        "def create_mailer(*a, **b):\n    return Mailer(*a, **b)\n",
        "def get_mailer(request, host=''):\n    return Mailer(request.host)\n",
        "def get_mailer(connection: Request = None):\n    return Mailer('x')\n",
        "def create_mailer(host, a, b):\n    return Mailer('x', a + b)\n",
        "def create_mailer_batch(hosts):\n    for host in hosts:\n        yield Mailer(host + 'x')\n",
    ],
)
def test_factories_that_are_no_rule(factory: str) -> None:
    mailer = MAILER.replace("host):", "host, retries=1):", 1)
    name = factory.partition("(")[0].removeprefix("def ")
    files = {"shop/mailer.py": mailer + factory, "shop/signup.py": DIRECT}
    assert found(files | {"shop/user.py": f"from shop.mailer import {name}\n"}) == []


def test_a_factory_of_demo_data_is_none_to_call() -> None:
    factory = USE + "def create_mailer(host): return Mailer(host + 'x')\n"
    user = {"shop/user.py": "from shop.random_data import create_mailer\n"}
    assert found({"shop/mailer.py": MAILER, "shop/random_data.py": factory, "shop/signup.py": DIRECT} | user) == []


@pytest.mark.parametrize(
    "factory",
    [
        "    @classmethod\n    async def create(cls, host):\n        return cls(host)\n",
        "    @classmethod\n    async def build(cls):\n        await cls.warm()\n        return cls('x')\n",
        "@contextmanager\ndef create_mailer(host):\n    yield Mailer(host)\n",
        "@asynccontextmanager\nasync def open_mailer(host):\n    m = Mailer(host)\n    yield m\n    m.send('')\n",
        "def get_mailer():\n    m = Mailer('x')\n    try:\n        yield m\n    finally:\n        m.send('')\n",
    ],
)
def test_factories_that_await_or_yield(factory: str) -> None:
    name = re.findall(r"def (\w+)", factory)[-1]
    own = factory.startswith(" ")
    user = f"from shop.mailer import Mailer\nMailer.{name}(1)\n" if own else f"from shop.mailer import {name}\n"
    files = {"shop/mailer.py": MAILER + factory, "shop/signup.py": DIRECT, "shop/user.py": user}
    assert [finding.subject for finding in found(files)] == ["shop.mailer:Mailer"]


def test_a_generic_class_is_constructed_with_its_type() -> None:
    direct = USE + "def signup(host):\n    Mailer[str](host).send('welcome')\n"
    assert len(found({"shop/mailer.py": HOME, "shop/signup.py": direct} | USER)) == 1


BOOK = "class Book:\n    def __init__(self, size=1): self.last = 0\n    def next(self): self.last += 1\n"
LAZY = "_book = None\ndef ids():\n    global _book\n    if _book is None:\n        _book = Book()\n    return _book\n"


def kept(home: str, *others: str, user: str = "from shop.ids import ids\n") -> list[Finding]:
    files = {f"shop/other_{number}.py": text for number, text in enumerate(others)}
    return found({"shop/ids.py": home, "shop/user.py": user} | files)


def test_an_instance_that_its_module_keeps_is_passed_by() -> None:
    direct = "from shop.ids import Book\ndef bill(): return Book().next()\n"
    (finding,) = kept(BOOK + LAZY, direct, direct)
    assert finding.subject == "shop.ids:Book"
    assert finding.message == (
        "`Book` is constructed directly 2 times in 2 modules, past the one instance that `ids` hands out"
    )
    assert finding.remedy == "Call shop.ids:ids instead of `Book(...)`: what one of them keeps the others do not know"
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.ids:ids", "hands out the one instance")


@pytest.mark.parametrize(
    ("home", "user"),
    [
        (BOOK + "_book = Book()\ndef ids(): return _book\n", "from shop.ids import ids\n"),
        (
            BOOK + "    _instance = None\n    @classmethod\n    def ids(cls):\n        if cls._instance is None:\n"
            "            cls._instance = cls()\n        return cls._instance\n",
            "from shop.ids import Book\nBook.ids()\n",
        ),
        (BOOK + LAZY.replace("ids", "get_book"), "from shop.ids import get_book\n"),
    ],
)
def test_ways_to_keep_an_instance(home: str, user: str) -> None:
    assert len(kept(home, "from shop.ids import Book\ndef bill(): return Book().next()\n", user=user)) == 1


@pytest.mark.parametrize(
    ("home", "other", "user"),
    [
        (BOOK + LAZY, "def bill(): return Book(size=9).next()\n", "from shop.ids import ids\n"),
        (BOOK + LAZY, "def bill(): return Book().next()\n", ""),
        (BOOK + LAZY, "class More(Book):\n    def copy(self): return Book()\n", "from shop.ids import ids\n"),
        (
            BOOK + LAZY.replace("ids", "default_ids"),
            "def bill(): return Book()\n",
            "from shop.ids import default_ids\n",
        ),
        (BOOK + LAZY.replace("_book", "_default_book"), "def bill(): return Book()\n", "from shop.ids import ids\n"),
        (BOOK + LAZY.replace("ids", "_ids"), "def bill(): return Book()\n", "from shop.ids import _ids\n"),
    ],
)
def test_instances_that_are_other_things(home: str, other: str, user: str) -> None:
    assert kept(home, "from shop.ids import Book\n" + other, user=user) == []


@pytest.mark.parametrize(
    ("factory", "call"),
    [
        ("def mailer(host):\n    return Mailer(host.lower())\n", "Mailer('h')"),
        ("def get_mailer(host):\n    return Mailer(host.lower())\n", "Mailer('h')"),
        ("def create_mailer(host=''):\n    return Mailer(host.lower())\n", "Mailer()"),
    ],
)
def test_what_may_be_no_factory_or_a_placeholder_is_not_scored(factory: str, call: str) -> None:
    home = MAILER.replace("host)", "host='')", 1) + factory
    name = factory[4 : factory.index("(")]
    user = {"shop/user.py": f"from shop.mailer import {name}\n"}
    results = found({"shop/mailer.py": home, "shop/signup.py": USE + f"def signup():\n    {call}.send('hi')\n"} | user)
    assert all(finding.severity is Severity.INFO for finding in results)


@pytest.mark.parametrize(
    ("factory", "users", "severity"),
    [("shop/mailer.py", 2, None), ("shop/mailer.py", 1, Severity.INFO), ("shop/desk.py", 2, Severity.INFO)],
)
def test_scored_is_what_passes_a_maker_beside_the_class_that_most_use(
    factory: str, users: int, severity: Severity | None
) -> None:
    maker = "def create_mailer(host):\n    return Mailer(host.lower())\n"
    beside = {"shop/mailer.py": MAILER + maker}
    home = beside if factory == "shop/mailer.py" else {"shop/mailer.py": MAILER, factory: USE + maker}
    module = factory[5:-3]
    calls = {f"shop/u{n}.py": f"from shop.{module} import create_mailer\n" for n in range(users)}
    assert [finding.severity for finding in found(home | calls | {"shop/signup.py": DIRECT})] == [severity]


@pytest.mark.parametrize(("modules", "severity"), [(1, Severity.INFO), (2, Severity.INFO), (3, None)])
def test_a_kept_instance_that_three_modules_pass_by_is_scored(modules: int, severity: Severity | None) -> None:
    direct = "from shop.ids import Book\ndef bill(): return Book().next()\n"
    assert [finding.severity for finding in kept(BOOK + LAZY, *[direct] * modules)] == [severity]


def test_a_kept_instance_that_a_caller_may_override_is_not_bypassed() -> None:
    home = MAILER.replace("host)", "host='')", 1) + "_kept = None\ndef get_mailer():\n    global _kept\n"
    home += "    if _kept is None:\n        _kept = Mailer()\n    return _kept\n"
    choice = "from shop.mailer import Mailer, get_mailer\ndef signup(host):\n"
    choice += "    return Mailer() if host else get_mailer()\n"
    assert found({"shop/mailer.py": home, "shop/signup.py": choice} | USER) == []


@pytest.mark.parametrize(
    ("holder", "decorator", "severity"),
    [
        ("MailerBuilder", "", Severity.INFO),
        ("QuickMailerBuilder", "", Severity.INFO),
        ("MailerBuilder", "    @staticmethod\n", None),
        ("MailerFactory", "", None),
    ],
)
def test_who_has_the_parts_has_no_use_for_a_builder_that_collects_them(
    holder: str, decorator: str, severity: Severity | None
) -> None:
    receiver = "" if decorator else "self, "
    method = f"{decorator}    def build_mailer({receiver}host):\n        return Mailer(host.lower())\n"
    home = {"shop/mailer.py": f"{MAILER}class {holder}:\n{method}"}
    users = {
        f"shop/u{n}.py": f"from shop.mailer import {holder}\n{holder}{'' if decorator else '()'}.build_mailer('h')\n"
        for n in range(2)
    }
    assert [finding.severity for finding in found(home | users | {"shop/signup.py": DIRECT})] == [severity]
