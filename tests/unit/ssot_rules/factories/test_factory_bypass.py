from __future__ import annotations

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


def found(files: dict[str, str], components: tuple[Component, ...] = ()) -> list[Finding]:
    return findings(FactoryBypass(), {"shop/__init__.py": ""} | files, components)


def test_a_direct_construction_elsewhere_is_a_site() -> None:
    (finding,) = found({"shop/mailer.py": HOME, "shop/signup.py": DIRECT})
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


def test_constructions_in_one_function_are_one_site() -> None:
    text = "import shop.mailer as m\n\nclass Desk:\n    def open(self):\n        m.Mailer('a')\n        m.Mailer('b')\n"
    (finding,) = found({"shop/mailer.py": HOME, "shop/desk.py": text})
    assert finding.message.startswith("`Mailer` is constructed directly 2 times in 1 module")
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.desk:Desk.open", 5)
    assert site.message == "constructs `Mailer` directly 2 times: call shop.mailer:create_mailer"


def test_module_level_is_a_place_too() -> None:
    (finding,) = found({"shop/mailer.py": HOME, "shop/app.py": USE + "Mailer('x').send('up')\n"})
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
    assert len(found(files | {"shop/signup.py": DIRECT})) == 1


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
    assert found(files | {"shop/signup.py": DIRECT}) == []


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
    assert len(found({"shop/mailer.py": MAILER + factory, "shop/signup.py": DIRECT})) == count


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
    assert found({"shop/mailer.py": HOME} | {path: text}) == []


def test_value_types_are_exempt() -> None:
    text = "class Hit:\n    pass\n\nclass SearchResult:\n    def n(self): return 1\n\n"
    assert (
        found(
            {
                "shop/search.py": text + "def create_search_result():\n    return SearchResult()\n",
                "shop/page.py": "from shop.search import SearchResult\n\ndef page():\n    SearchResult().n()\n",
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
