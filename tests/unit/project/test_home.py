"""Which place counts as the source of truth, criterion by criterion."""

from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.project.retirement import is_deprecated, is_retired_name
from ssot_lint.testing import project_from
from ssot_lint.text.identifiers import words

CLASS = "class Order:\n    def total(self): return 1\n"
SERVICE = {"pyproject.toml": "[project]\nname = 'x'\n", "app/__init__.py": "", "app/models.py": CLASS}
CIRCLE = "the only one that the others can import without a circle"


@pytest.mark.parametrize(
    ("sources", "home", "reason"),
    [
        ({"a.py": CLASS}, "a:Order", "the only definition"),
        ({"tests/a.py": CLASS, "zzz/b.py": CLASS}, "zzz.b:Order", "the only one outside test code"),
        ({"legacy/a.py": CLASS, "shop/b.py": CLASS}, "shop.b:Order", "the others are named legacy or deprecated"),
        (
            {
                "app/experimental/a.py": CLASS,
                "app/stable/deep/b.py": CLASS,
                "c.py": "from app.experimental.a import Order\n",
            },
            "app.stable.deep.b:Order",
            "the others are named experimental or unstable",
        ),
        (
            {"app/sandbox_guard.py": CLASS, "app/zeal.py": CLASS, "c.py": "from app.sandbox_guard import Order\n"},
            "app.sandbox_guard:Order",
            "imported by 1 module",
        ),
        (
            {"a.py": f'"""DEPRECATED: use b."""\n{CLASS}', "b.py": CLASS},
            "b:Order",
            "the others are deprecated",
        ),
        ({"a.py": f"# Remove in 3.0.0\n{CLASS}", "b.py": CLASS}, "b:Order", "the others are deprecated"),
        (
            {
                "a.py": CLASS,
                "b.py": CLASS,
                "live.py": "from b import Order\n",
                "legacy/__init__.py": "",
                "legacy/x.py": "from a import Order\n",
                "legacy/y.py": "import a\n",
            },
            "b:Order",
            "the others are imported by legacy or deprecated code only",
        ),
        (
            {"a.py": CLASS, "b.py": CLASS, "c.py": "from b import Order\n", "d.py": "from b import Order\n"},
            "b:Order",
            "imported by 2 modules",
        ),
        *(
            (
                {
                    line: CLASS,
                    "shop/zz.py": CLASS,
                    "shop/u.py": f"from {line[:-3].replace('/', '.')} import Order\n",
                    "shop/v.py": f"from {line[:-3].replace('/', '.')} import Order\nfrom shop.zz import Order as O\n",
                    **{f"{folder}__init__.py": "" for folder in ("shop/", "shop/cli/", "shop/_cli/", "shop/tool/")},
                },
                "shop.zz:Order",
                "the others are parts of a command line",
            )
            for line in ("shop/tool/cli.py", "shop/__main__.py", "shop/cli/a.py", "shop/_cli/a.py")
        ),
        (
            {
                "shop/__init__.py": "",
                "shop/cli.py": CLASS,
                "shop/zz.py": CLASS,
                "shop/u.py": "from shop.cli import Order\n",
            },
            "shop.cli:Order",
            "imported by 1 module",
        ),
        (
            {
                "shop/pyproject.toml": "[project]\nname = 'shop'\n",
                "shop/shop/__init__.py": "",
                "shop/shop/cli.py": CLASS,
                "shop/shop/u.py": "from shop.cli import Order\n",
                "shop/shop/v.py": "from shop.cli import Order\n",
                "bank/pyproject.toml": "[project]\nname = 'bank'\n",
                "bank/bank/__init__.py": "",
                "bank/bank/a.py": CLASS,
                "bank/bank/u.py": "from bank.a import Order\n",
            },
            "shop.cli:Order",
            "imported by 2 modules",
        ),
        (
            {
                "a.py": CLASS,
                "b.py": CLASS,
                "t/__init__.py": "",
                "t/test_x.py": "from a import Order\n",
                "u.py": "import b",
            },
            "b:Order",
            "its module is imported by 1 module",
        ),
        (
            {
                "p/__init__.py": "from p.a import Order\n",
                "p/a.py": CLASS,
                "p/b.py": CLASS + "total = Order().total()\n",
            },
            "p.b:Order",
            "the only one that is used",
        ),
        ({"a.py": "from b import x\n" + CLASS, "b.py": "x = 1\n" + CLASS}, "b:Order", CIRCLE),
        ({"a.py": "import c\n" + CLASS, "b.py": CLASS, "c.py": "from b import Order\n"}, "b:Order", CIRCLE),
        (
            {"a.py": "def f():\n    import b\n" + CLASS, "b.py": CLASS, "c.py": "from a import Order\n"},
            "a:Order",
            "imported by 1 module",
        ),
        (
            {"a/x.py": "import boto3\n" + CLASS, "b/y.py": CLASS, "c/z.py": "from a import x\n"},
            "b.y:Order",
            "the only one that loads nothing that the others do without",
        ),
        (
            {
                **{f"p/{name}/__init__.py": "" for name in ("arena", "basic")},
                "p/__init__.py": "",
                "p/arena/x.py": CLASS,
                "p/arena/run.py": "from p.basic import tools\nfrom p.arena.x import Order\n",
                "p/basic/x.py": CLASS,
                "p/basic/tools.py": "",
            },
            "p.basic.x:Order",
            "the only one whose package the others' packages import",
        ),
        ({"long/path/a.py": CLASS, "short/z.py": CLASS}, "short.z:Order", "shortest module path"),
        ({"b.py": CLASS, "a.py": CLASS}, "a:Order", "first by name, all else equal"),
        ({"a2.py": CLASS, "a.py": CLASS}, "a:Order", "first by name, all else equal"),
    ],
)
def test_the_first_criterion_that_differs_decides(sources: dict[str, str], home: str, reason: str) -> None:
    project = project_from(sources)
    symbol, why = project.home_among(list(project.classes()))
    assert (symbol.id, why) == (home, reason)


def test_an_import_through_a_reexport_counts_for_the_definition() -> None:
    project = project_from(
        {
            "a.py": CLASS,
            "z/__init__.py": "from z.b import Order\n",
            "z/b.py": CLASS,
            "user.py": "from z import Order\n",
        }
    )
    assert project.home_among(list(project.classes()))[0].id == "z.b:Order"


def test_copies_in_one_pair_of_modules_have_one_home() -> None:
    text = CLASS + "def fetch():\n    return Order()\n"
    project = project_from(
        {"shop/__init__.py": "", "shop/clients/__init__.py": "", "shop/clients/late.py": text}
        | {"shop/version.py": text + "def check():\n    return fetch()\n"}
    )
    functions = [each for each in project.functions() if each.name == "fetch"]
    for symbols in (list(project.classes()), functions):
        home, reason = project.home_among(symbols)
        assert (home.module.name, reason) == ("shop.version", "the only one that is used")


CHECK = "def checked(value):\n    return value\n"


@pytest.mark.parametrize(
    "rest",
    [
        "schema = {'uid': checked}\n",
        "class Field:\n    check = checked\n",
        "def fields():\n    return [('uid', checked)]\n",
        "validators: list = [checked, str]\n",
    ],
)
def test_what_its_module_hands_on_is_used(rest: str) -> None:
    """Not by a call: a copy beside one that is called is no idle one."""
    project = project_from({"shop/__init__.py": "", "shop/a.py": CHECK + rest, "shop/b.py": CHECK + "checked(1)\n"})
    assert project.home_among(list(project.functions()))[1] == "first by name, all else equal"


def test_what_a_decorator_may_keep_is_used() -> None:
    project = project_from({"a.py": "@registry.add\n" + CHECK, "b.py": CHECK + "checked(1)\n"})
    functions = [each for each in project.functions() if each.name == "checked"]
    assert project.home_among(functions)[1] == "first by name, all else equal"


def test_a_copy_that_nothing_mentions_is_no_home() -> None:
    project = project_from({"a.py": CHECK, "b.py": CHECK + "schema = {'uid': checked}\n"})
    home, reason = project.home_among(list(project.functions()))
    assert (home.module.name, reason) == ("b", "the only one that is used")


def test_a_declared_home_comes_before_everything() -> None:
    sources = {"tests/a.py": CLASS, "b.py": CLASS}
    project = project_from(sources, (Component(name="orders", home="tests.a:Order"),))
    symbol, reason = project.home_among(list(project.classes()))
    assert (symbol.id, reason) == ("tests.a:Order", "declared in the configuration")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LegacyHTTPClient_v2", ("legacy", "http", "client", "v", "2")),
        ("get_or_create", ("get", "or", "create")),
        ("OldURL2Path", ("old", "url", "2", "path")),
        ("compatible", ("compatible",)),
        ("_x", ("x",)),
    ],
)
def test_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


def test_retired_names_are_whole_words() -> None:
    assert is_retired_name("shop.legacy.order")
    assert is_retired_name("OldOrder")
    assert is_retired_name("shop.six_compat")
    assert is_retired_name("shop.compat.providers")
    assert is_retired_name("compat_utils")
    assert not is_retired_name("shop.openai_compat_provider")
    assert not is_retired_name("S3CompatClient")
    assert not is_retired_name("shop/posix_compat_shell.py")
    assert not is_retired_name("shop.household", "Compatible", "Golden")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (CLASS, False),
        ('class Order:\n    """Deprecated: use b.Order."""\n', True),
        ('class Order:\n    """An order that replaces deprecated ones."""\n', False),
        ("@deprecated('use b')\nclass Order: ...\n", True),
        ("@typing_extensions.deprecated('use b')\nclass Order: ...\n", True),
        ("class Order:\n    def __init__(self):\n        warnings.warn('x', DeprecationWarning)\n", True),
        ("class Order:\n    def __init__(self, x):\n        if x: warnings.warn('x', DeprecationWarning)\n", False),
        ("class Order:\n    def old(self):\n        warnings.warn('x', DeprecationWarning)\n", False),
        ("import warnings\nwarnings.warn('x', DeprecationWarning)\nclass Order: ...\n", True),
    ],
)
def test_deprecation_is_what_the_code_says_of_itself(source: str, expected: bool) -> None:
    (symbol,) = project_from({"a.py": source}).classes()
    assert is_deprecated(symbol) is expected


MARKED = f"# ssot-lint: canonical\n{CLASS}"


@pytest.mark.parametrize(
    ("sources", "home"),
    [
        ({"a.py": CLASS, "legacy/b.py": MARKED}, "legacy.b:Order"),
        ({"a.py": CLASS, "legacy/b.py": MARKED, "shop/c.py": MARKED}, "shop.c:Order"),
    ],
)
def test_a_definition_that_its_code_marks_is_the_home(sources: dict[str, str], home: str) -> None:
    project = project_from(sources)
    symbol, reason = project.home_among(list(project.classes()))
    assert (symbol.id, reason) == (home, "marked canonical")


def test_the_configuration_comes_before_the_code() -> None:
    project = project_from({"a.py": CLASS, "b.py": MARKED}, (Component(name="order", home="a:Order"),))
    symbol, reason = project.home_among(list(project.classes()))
    assert (symbol.id, reason) == ("a:Order", "declared in the configuration")


def test_nothing_is_pinned_by_itself() -> None:
    project = project_from({"a.py": CLASS, "b.py": CLASS})
    assert project.pinned_among(list(project.classes())) is None


def test_copies_in_one_pair_of_modules_get_homes_in_one_way() -> None:
    twins = CLASS + CLASS.replace("Order", "Offer")
    project = project_from(
        {
            "one.py": twins,
            "two.py": twins,
            "u1.py": "from one import Order\nfrom two import Offer\n",
            "u2.py": "from one import Order\nfrom two import Offer\n",
            "u3.py": "from one import Order\n",
        }
    )
    for name in ("Order", "Offer"):
        symbol, reason = project.home_among([cls for cls in project.classes() if cls.name == name])
        assert (symbol.id, reason) == (f"one:{name}", "imported by 3 modules for what they share")


def test_what_bears_one_name_in_two_services_cannot_be_used_by_the_other() -> None:
    sources = {f"services/{name}/{path}": text for name in "ab" for path, text in SERVICE.items()}
    project = project_from(sources)
    one, other = (module for module in project.modules if module.name == "app.models")
    assert not project.can_use(one, other)
    assert project.can_use(one, one)


FOREIGN = "the others are used outside their own packages only"


def test_a_package_around_a_definition_may_use_it_as_its_own() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/labels.py": CLASS,
        "shop/parts/__init__.py": "",
        "shop/parts/states.py": CLASS,
    }
    project = project_from(files | {"shop/desk.py": "from shop.parts.states import Order\n"})
    found, reason = project.home_among([cls for cls in project.classes() if cls.name == "Order"])
    assert (found.id, reason) == ("shop.parts.states:Order", "imported by 1 module")


@pytest.mark.parametrize(
    ("users", "home", "reason"),
    [
        ({"keys/auth.py": "accounts", "keys/views.py": "keys"}, "keys.const:Order", FOREIGN),
        ({"keys/auth.py": "accounts", "keys/deep/views.py": "keys"}, "keys.const:Order", FOREIGN),
        ({"keys/auth.py": "accounts", "keys/more.py": "accounts", "keys/v.py": "keys"}, "keys.const:Order", FOREIGN),
        (
            {"keys/auth.py": "accounts", "accounts/views.py": "accounts", "keys/views.py": "keys"},
            "accounts.const:Order",
            "the only one whose package the others' packages import",
        ),
        (
            {"till/auth.py": "accounts", "till/more.py": "accounts", "keys/views.py": "keys"},
            "accounts.const:Order",
            "imported by 2 modules",
        ),
    ],
)
def test_what_only_the_others_use_is_theirs(users: dict[str, str], home: str, reason: str) -> None:
    sources = {f"{path}": f"from {name}.const import Order\n" for path, name in users.items()}
    packages = {f"{path.rpartition('/')[0]}/__init__.py": "" for path in sources}
    project = project_from(sources | packages | {f"{name}/const.py": CLASS for name in ("accounts", "keys")})
    classes = [cls for cls in project.classes() if cls.name == "Order"]
    found, why = project.home_among(classes)
    assert (found.id, why) == (home, reason)


ABOVE = "its module is there for the packages beside it, which the others lie in"


@pytest.mark.parametrize(
    ("places", "users", "home"),
    [
        # Two of the packages beside it import from it.
        (("shop/types.py", "shop/a/order.py", "shop/b/order.py"), ("shop/a/x.py", "shop/b/x.py"), "shop.types"),
        # A neighbour does, and the others are called as it is.
        (("shop/order.py", "shop/a/order.py", "shop/b/order.py"), ("shop/x.py",), "shop.order"),
        # What one of them imports is that one's.
        (("shop/types.py", "shop/a/order.py", "shop/b/order.py"), ("shop/a/x.py", "shop/a/y.py"), ""),
        # A neighbour of another name proves nothing.
        (("shop/types.py", "shop/a/order.py", "shop/b/order.py"), ("shop/x.py",), ""),
        # One of them lies beside it.
        (("shop/types.py", "shop/a/order.py", "shop/order.py"), ("shop/a/x.py", "shop/b/x.py"), ""),
        # What nobody imports is there for nobody.
        (("shop/order.py", "shop/a/order.py", "shop/b/order.py"), (), ""),
    ],
)
def test_a_module_that_packages_share_has_what_they_have_copied(
    places: tuple[str, ...], users: tuple[str, ...], home: str
) -> None:
    """As `hummingbot.strategy.data_types`, from which something else is imported, beside those of four strategies."""
    sources = {f"shop/{folder}/__init__.py": "" for folder in ("a", "b")} | {"shop/__init__.py": ""}
    sources |= dict.fromkeys(places, CLASS) | {places[0]: CLASS + "def lent(): return 1\n"}
    shared = places[0].removesuffix(".py").replace("/", ".")
    sources |= dict.fromkeys(users, f"from {shared} import lent\n")
    project = project_from(sources)
    found, reason = project.home_among([cls for cls in project.classes() if cls.name == "Order"])
    assert (found.module.name if reason == ABOVE else "") == home


@pytest.mark.parametrize(
    ("users", "home"),
    [
        (
            {"shop/c.py": "from shop import b\nb.price(1)\n", "shop/d.py": "from shop import b\nb.price(2)\n"},
            "shop.b:price",
        ),
        (
            {"shop/c.py": "import shop.b\nshop.b.price(1)\n", "shop/d.py": "from shop import b as x\nx.price(2)\n"},
            "shop.b:price",
        ),
        ({"shop/c.py": "from shop import b\nb.price(1)\n", "shop/d.py": "from shop.b import price\n"}, "shop.b:price"),
        (
            {"shop/c.py": "from shop import b\nb.price(1)\n", "tests/test_b.py": "from shop import b\nb.price(2)\n"},
            "shop.a:price",
        ),
        ({"shop/c.py": "from shop import b\nprint(b.RATE)\n", "shop/d.py": "from shop import b\n"}, "shop.a:price"),
    ],
)
def test_what_is_called_on_its_module_is_used_as_well_as_what_is_imported(users: dict[str, str], home: str) -> None:
    """Two modules call it on the module of the home."""
    body = "RATE = 1\ndef price(order):\n    return order\n"
    one = {"shop/__init__.py": "", "shop/a.py": body, "shop/b.py": body, "shop/z.py": "from shop.a import price\n"}
    project = project_from(one | users)
    found, _ = project.home_among([each for each in project.functions() if each.name == "price"])
    assert found.id == home
