from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Builders, Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.multiple_factories import MultipleFactories

MAILER = """class Mailer:
    def __init__(self, host):
        self.host = host

    def send(self, text):
        return self.host + text
"""
HOME = MAILER + "\ndef create_mailer():\n    return Mailer('localhost')\n"
USE = "from shop.mailer import Mailer\n\n"


def found(files: dict[str, str], components: tuple[Component, ...] = ()) -> list[Finding]:
    return findings(MultipleFactories(), {"shop/__init__.py": ""} | files, components)


def sites(finding: Finding) -> list[tuple[str, int]]:
    return [(site.symbol, site.location.line) for site in finding.sites]


def test_a_second_factory_in_another_module_is_a_site() -> None:
    (finding,) = found(
        {
            "shop/mailer.py": HOME,
            "shop/signup.py": USE + "def make_signup_mailer(host):\n    mailer = Mailer(host)\n    return mailer\n",
        }
    )
    assert finding.subject == "shop.mailer:Mailer"
    assert finding.message == "`Mailer` is built by 2 factories in 2 modules: keep shop.mailer:create_mailer"
    assert finding.remedy == (
        "Keep shop.mailer:create_mailer; give it the parameters in which the others differ, and let "
        "`make_signup_mailer` call it instead of `Mailer(...)`, or delete them"
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == (
        "shop.mailer:create_mailer",
        "stands in the module of `Mailer`",
    )
    assert sites(finding) == [("shop.signup:make_signup_mailer", 3)]
    assert finding.sites[0].message == "builds `Mailer` itself: use shop.mailer:create_mailer"
    assert finding.component == Builders("shop.mailer:Mailer")
    assert finding.evidence["text"] == [
        "shop/mailer.py:8 `create_mailer` calls `Mailer(...)`",
        "shop/signup.py:3 `make_signup_mailer` calls `Mailer(...)`",
    ]


def test_wrappers_are_told_apart_and_not_counted() -> None:
    files = {
        "shop/mailer.py": HOME,
        "shop/a.py": "from shop.mailer import create_mailer\n\ndef get_mailer():\n    return create_mailer()\n",
        "shop/b.py": "from shop.a import get_mailer\n\ndef load_mailer():\n    return get_mailer()\n",
    }
    assert found(files) == []
    (finding,) = found(files | {"shop/c.py": USE + "def new_mailer():\n    return Mailer('c')\n"})
    assert finding.message == (
        "`Mailer` is built by 2 factories in 2 modules (besides 2 delegating wrappers): keep shop.mailer:create_mailer"
    )
    assert finding.evidence["wrappers"] == [
        {"symbol": "shop.a:get_mailer", "delegates_to": "shop.mailer:create_mailer"},
        {"symbol": "shop.b:load_mailer", "delegates_to": "shop.mailer:create_mailer"},
    ]
    assert sites(finding) == [("shop.c:new_mailer", 3)]


@pytest.mark.parametrize(
    "factory",
    [
        "def mailer() -> Mailer:\n    return Mailer('x')\n",
        "async def async_get_mailer():\n    return Mailer('x')\n",
        "def signup_mailer_factory():\n    return Mailer('x')\n",
        "class SignupFactory:\n    def for_customer(self):\n        return Mailer('x')\n",
        "class Signup:\n    @staticmethod\n    def build():\n        return Mailer('x')\n",
        "_kept = None\n\ndef get_mailer():\n    global _kept\n    if not _kept:\n        _kept = Mailer('x')\n"
        "    return _kept\n",
        "_all = {}\n\ndef get_mailer(host) -> Mailer:\n    made = _all[host] = Mailer(host)\n    return _all[host]\n",
        "def get_mailer(host=None) -> Mailer | None:\n    return Mailer(host) if host else None\n",
    ],
)
def test_a_factory_is_known_by_what_it_returns(factory: str) -> None:
    (finding,) = found({"shop/mailer.py": HOME, "shop/signup.py": USE + factory})
    assert len(finding.sites) == 1


@pytest.mark.parametrize(
    "other",
    [
        "def signup(host):\n    return Mailer(host)\n",
        "def _make_mailer():\n    return Mailer('x')\n",
        "def make_send():\n    return Mailer('x').send\n",
        "def make_all():\n    return [Mailer('x')]\n",
        "def make_fake_mailer():\n    return Mailer('x')\n",
        "class Signup:\n    def make_mailer(self):\n        return Mailer(self.host)\n",
        "class Signup:\n    def get_receipt(self):\n        return Mailer('x')\n",
        "class Signup:\n    @property\n    def get_mailer(self):\n        return Mailer('x')\n",
        "def outer():\n    def make_mailer():\n        return Mailer('x')\n    make_mailer()\n",
        "@app.route('/mailer')\ndef get_mailer():\n    return Mailer('x')\n",
    ],
)
def test_other_functions_are_no_factories(other: str) -> None:
    assert found({"shop/mailer.py": HOME, "shop/signup.py": USE + other}) == []


def test_factories_in_one_module_are_its_own_business() -> None:
    assert found({"shop/mailer.py": HOME + "\ndef make_fast_mailer():\n    return Mailer('fast')\n"}) == []


@pytest.mark.parametrize(
    "product",
    [
        "class PriceResult:\n    def text(self): return ''\n",
        "from enum import Enum\nclass PriceResult(Enum):\n    A = 1\n",
        "class Price(Exception):\n    def text(self): return ''\n",
        "import typing as t\nclass Price(t.NamedTuple):\n    cents: int\n",
        "from dataclasses import dataclass\n@dataclass\nclass Price:\n    cents: int\n",
        "import attr\n@attr.define\nclass Price:\n    cents: int\n",
        "from attrs import define as d\n@d\nclass Price:\n    cents: int\n",
        "from django.db.models import TextChoices\nclass Price(TextChoices):\n    A = 1\n",
        "class Price(ExceptionGroup):\n    def text(self): return ''\n",
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Price:\n"
        "    cents: int\n    def text(self): return ''\n",
    ],
)
def test_value_types_are_built_wherever_they_come_up(product: str) -> None:
    name = "PriceResult" if "PriceResult" in product else "Price"
    factory = f"from shop.price import {name}\n\ndef make_price():\n    return {name}(1)\n"
    assert found({"shop/price.py": product, "shop/a.py": factory, "shop/b.py": factory}) == []


def test_implementations_of_one_interface_are_exempt() -> None:
    stores = {
        f"shop/{name}.py": USE + f"from shop.base import Base\n\nclass {name.title()}(Base):\n"
        "    def create_mailer(self):\n        return Mailer('x')\n"
        for name in ("sql", "file")
    }
    base = "class Base:\n    def create_mailer(self):\n        raise NotImplementedError\n"
    assert found({"shop/mailer.py": MAILER, "shop/base.py": base} | stores) == []


def test_hooks_in_equally_named_files_are_exempt() -> None:
    packages = {f"shop/{name}/__init__.py": "" for name in "abc"}
    hooks = {f"shop/{name}/hooks.py": USE + f"def create_{name}():\n    return Mailer('{name}')\n" for name in "abc"}
    assert found({"shop/mailer.py": MAILER} | packages | hooks) == []


def test_factories_in_tests_do_not_count() -> None:
    assert (
        found({"shop/mailer.py": HOME, "tests/helpers.py": USE + "def make_mailer():\n    return Mailer('x')\n"}) == []
    )


def test_the_declared_factory_is_home() -> None:
    (finding,) = found(
        {"shop/mailer.py": HOME, "shop/z.py": USE + "def build_mailer():\n    return Mailer('z')\n"},
        (Component(name="mail", factory="shop.z:build_mailer"),),
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.z:build_mailer", "declared in the configuration")
    assert sites(finding) == [("shop.mailer:create_mailer", 8)]


def test_without_a_factory_beside_the_class_the_most_imported_is_home() -> None:
    (finding,) = found(
        {
            "shop/mailer.py": MAILER,
            "shop/a.py": USE + "def make_mailer():\n    return Mailer('a')\n",
            "shop/b.py": USE + "def build_mailer():\n    return Mailer('b')\n",
            "shop/c.py": "from shop.b import build_mailer\n\nbuild_mailer()\n",
        }
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.b:build_mailer", "imported by 1 module")


def test_factories_that_call_each_other_end() -> None:
    loop = "from shop.{0} import make_{0}\n\ndef make_{1}():\n    return make_{0}()\n"
    assert found({"shop/a.py": loop.format("b", "a"), "shop/b.py": loop.format("a", "b")}) == []


def test_factories_of_two_plugins_are_no_rivals() -> None:
    maker = "from mill.engine import Engine\ndef create_engine(): return Engine(1)\n"
    sources = {
        "mill/engine.py": "class Engine:\n    def __init__(self, n): self.n = n\n    def run(self): return 1\n",
        "mill/plugins/steam/make.py": maker,
        "mill/plugins/water/make.py": maker,
    }
    assert len(findings(MultipleFactories(), sources)) == 1
    assert findings(MultipleFactories(), sources, plugin_root="mill/plugins/*") == []


def test_a_factory_marked_canonical_is_the_home() -> None:
    sources = {
        "mill/engine.py": (
            "class Engine:\n    def __init__(self, size): self.size = size\n    def run(self): return 1\n\n"
            "def create_engine(): return Engine(1)\n"
        ),
        "mill/make.py": (
            "from mill.engine import Engine\n# ssot-lint: canonical\ndef make_engine(): return Engine(2)\n"
        ),
    }
    (finding,) = findings(MultipleFactories(), sources)
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("mill.make:make_engine", "marked canonical")


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("shop/a.py make_mailer", "shop/b.py build_mailer", None),
        ("shop/a.py make_signup_mailer", "shop/b.py get_signup_mailer", None),
        ("shop/a.py make_mailer", "shop/b.py make_signup_mailer", Severity.INFO),
        ("shop/a.py make_report_mailer", "shop/b.py make_signup_mailer", Severity.INFO),
        ("shop/a/mail.py get_mailer", "shop/b/mail.py get_mailer", Severity.INFO),
        ("shop/mailer.py make_report_mailer", "shop/b.py make_signup_mailer", Severity.INFO),
        ("shop/mailer.py make_mailer", "shop/b.py make_signup_mailer", None),
        ("shop/a/a_mail.py get_mailer", "shop/b/b_mail.py get_mailer", Severity.INFO),
    ],
)
def test_factories_for_purposes_of_their_own_are_no_more_than_a_note(
    one: str, other: str, severity: Severity | None
) -> None:
    files = {"shop/mailer.py": MAILER}
    for path, name in (one.split(), other.split()):
        files[f"{path.rpartition('/')[0]}/__init__.py"] = ""
        files[path] = files.get(path, USE) + f"\ndef {name}():\n    return Mailer('x')\n"
    (finding,) = found(files)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("home", "other"),
    [
        ("def create_mailer(): return Mailer('x')\n", "def get_mailer_from_order(order): return Mailer(order.host)\n"),
        ("def create_mailer(): return Mailer('x')\n", "def load_by_name(name): return Mailer(name)\n"),
        (
            "    @classmethod\n    def get_by_owner(cls, owner): return cls(owner)\n",
            "def make_mailer_from_offer(offer): return Mailer(offer)\n",
        ),
        ("def create_mailer(): return Mailer('x')\n", "HOST = 'b'\ndef make_mailer(): return Mailer(HOST)\n"),
        (
            "def new_mailer(): return Mailer('x')\n",
            "_HOSTS = ['b']\ndef make_mailer(): return Mailer(_HOSTS.first)\n",
        ),
        (
            "def create_mailer(): return Mailer('x')\n",
            "class MailBuilder:\n    def on_start(self): return Mailer('x')\n",
        ),
        ("def create_mailer(): return Mailer('x')\n", "def create_mailer(): return Mailer(__name__)\n"),
        ("def create_mailer(): return Mailer('x')\n", "def make_mailer(): return Mailer(host=__file__)\n"),
        ("def new_mailer(): return Mailer('x')\n", "def make_mailer():\n    m = Mailer(__name__)\n    return m\n"),
    ],
)
def test_factories_that_make_it_of_something_of_their_own(home: str, other: str) -> None:
    assert found({"shop/mailer.py": MAILER + home, "shop/other.py": USE + other}) == []


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        ("def get_mailer_from_settings(settings): return Mailer(settings.host)\n", Severity.INFO),
        ("def make_mailer_from_profile(profile): return Mailer(profile['host'])\n", Severity.INFO),
        ("async def open_mailer_from_options(options) -> 'Mailer': return Mailer(options.host)\n", Severity.INFO),
        ("def build_mailer_from_env(): return Mailer(os.environ['HOST'])\n", None),
    ],
)
def test_a_factory_that_takes_the_arguments_from_the_settings(other: str, severity: Severity | None) -> None:
    home = MAILER + "def create_mailer(host): return Mailer(host)\n"
    (finding,) = found({"shop/mailer.py": home, "shop/other.py": USE + other})
    assert finding.severity is severity
    indented = "    @classmethod\n    " + other.replace("(", "(cls, ", 1).replace("Mailer(", "cls(")
    own = MAILER + indented
    assert found({"shop/mailer.py": own, "shop/other.py": USE + "def create_mailer(host): return Mailer(host)\n"}) == []


def test_programs_that_each_make_theirs_by_the_name_of_their_module() -> None:
    entry = f"{USE}class Job: ...\ndef create_mailer():\n    return Mailer(__name__, Job())\n"
    assert found({"shop/mailer.py": MAILER} | {f"shop/jobs/{name}.py": entry for name in "abcd"}) == []
    named = entry.replace("__name__", "'job'")
    assert len(found({"shop/mailer.py": MAILER} | {f"shop/jobs/{name}.py": named for name in "abcd"})) == 1


def test_two_factories_with_one_source_are_rivals() -> None:
    maker = USE + "def {}(order): return Mailer(order.host)\n"
    files = {"shop/a.py": maker.format("get_mailer_from_order"), "shop/b.py": maker.format("build_mailer_from_order")}
    assert len(found({"shop/mailer.py": MAILER} | files)) == 1


def test_a_builder_is_no_product_of_its_steps_but_builds_by_a_verb() -> None:
    edges = "class EdgeBuilder:\n    def __init__(self, a): self.a = a\n    def to(self, b): self.b = b\n"
    step = "from shop.edges import EdgeBuilder\nclass StepFactory:\n    def make_step(self): return EdgeBuilder(1)\n"
    assert found({"shop/edges.py": edges, "shop/a.py": step, "shop/b.py": step}) == []
    builder = USE + "class MailBuilder:\n    def build(self): return Mailer('x')\n"
    assert len(found({"shop/mailer.py": HOME, "shop/other.py": builder})) == 1


def test_factories_that_need_other_things_are_no_more_than_a_note() -> None:
    other = USE + "def make_mailer(token): return Mailer(token.host)\n"
    home = MAILER + "def create_mailer(request): return Mailer(request.host)\n"
    (finding,) = found({"shop/mailer.py": home, "shop/other.py": other})
    assert finding.severity is Severity.INFO
    (finding,) = found({"shop/mailer.py": home, "shop/other.py": other.replace("token", "request")})
    assert finding.severity is None


def test_a_private_function_that_builds_is_a_part_of_the_factory() -> None:
    other = USE + "def make_mailer():\n    return _make()\ndef _make():\n    return Mailer('x')\n"
    (finding,) = found({"shop/mailer.py": HOME, "shop/other.py": other})
    assert sites(finding) == [("shop.other:make_mailer", 3)]
    assert finding.evidence["wrappers"] == []


@pytest.mark.parametrize(
    "body",
    [
        "    if (made := Mailer('x')).host:\n        made.send('')\n    return made\n",
        "    made = None\n    made = Mailer('x')\n    return made\n",
        "    yield Mailer('x')\n",
    ],
)
def test_what_a_factory_returns_in_the_end(body: str) -> None:
    assert len(found({"shop/mailer.py": HOME, "shop/other.py": USE + f"def make_mailer():\n{body}"})) == 1
    wrapped = USE + "def make_mailer():\n    made = Mailer('x')\n    made = wrap(made)\n    return made\n"
    assert found({"shop/mailer.py": HOME, "shop/other.py": wrapped}) == []


def test_a_template_is_nothing_to_import() -> None:
    maker = USE + "def make_mailer(): return Mailer('x')\n"
    assert found({"shop/mailer.py": HOME, "shop/{{ name }}/make.py": maker}) == []


AGENT = """class Agent:
    def __init__(self, model, text='', rules='', schema=None, debug=False):
        self.model = model

    def run(self, task):
        self.last = task
"""
GIVEN = "Agent(model, text='Think in steps.', rules=RULES, schema=Steps)"


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        (GIVEN, "Agent(model)", Severity.INFO),
        ("Agent(model, debug=True)", GIVEN, Severity.INFO),
        ("Agent(**self.config)", "Agent(model)", Severity.INFO),
        ("Agent(model, debug=True)", "Agent(model)", None),
        (GIVEN, GIVEN.replace("RULES", "OTHER"), None),
        ("Agent(model, text='a')", "Agent(model, rules='a')", None),
    ],
    ids=["a prompt", "the other way round", "filled by others", "a default", "the same things", "one each"],
)
def test_factories_that_set_up_other_things_are_no_more_than_a_note(
    one: str, other: str, severity: Severity | None
) -> None:
    home = AGENT + f"def create_agent(model): return {one}\n"
    use = f"from shop.agents import Agent\ndef make_agent(model): return {other}\n"
    (finding,) = found({"shop/agents.py": home, "shop/other.py": use})
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("open_mailer", "init", Severity.INFO),
        ("create_mailer", "setup", Severity.INFO),
        ("build", "build", Severity.INFO),
        ("create_mailer", "make_mailer", None),
    ],
)
def test_factories_that_do_not_both_say_what_they_make_are_no_more_than_a_note(
    one: str, other: str, severity: Severity | None
) -> None:
    home = MAILER + f"def {one}(): return Mailer('x')\n"
    results = found({"shop/mailer.py": home, "shop/other.py": USE + f"def {other}(): return Mailer('y')\n"})
    assert [finding.severity for finding in results] == [severity]
