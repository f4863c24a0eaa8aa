"""The questions a project answers."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import ModuleFacts, ResultUse, mention_of
from ssot_lint.model.finding import Location
from ssot_lint.model.source import SourceTree
from ssot_lint.project.keeping import Keeping
from ssot_lint.project.project import Project, home_within, site_within
from ssot_lint.testing import project_from

SHOP = {
    "shop/__init__.py": "from shop.cart import Cart\n",
    "shop/base.py": (
        "from abc import ABC\nimport pydantic as p\nclass Base(ABC): ...\nclass Model(p.BaseModel, Odd): ...\n"
    ),
    "shop/cart.py": (
        "from shop.base import Base, Model\n"
        "class Cart(Base):\n"
        "    def add(self): ...\n"
        "class Row(Model): ...\n"
        "DEFAULT = Cart()\n"
        "def make_cart():\n"
        "    cart = Cart()\n"
        "    cart.add()\n"
        "    return cart\n"
    ),
    "shop/use.py": "from shop import Cart\ndef go():\n    from shop.cart import make_cart\n    return make_cart()\n",
}


def test_imports_of_a_symbol_whatever_their_path() -> None:
    project = project_from(SHOP)
    (cart,) = [cls for cls in project.classes() if cls.name == "Cart"]
    assert [(use.importer.name, use.source and use.source.name) for use in project.imports_of(cart)] == [
        ("shop", "shop.cart"),
        ("shop.use", "shop"),
    ]
    assert project.importer_count(cart) == 2


def test_calls_of_a_class_a_function_and_a_method() -> None:
    project = project_from(SHOP)
    calls = [(call.symbol.id, call.module.name, call.fact.usage) for call in project.calls]
    assert calls == [
        ("shop.cart:Cart", "shop.cart", ResultUse.ASSIGNED),
        ("shop.cart:Cart", "shop.cart", ResultUse.ASSIGNED),
        ("shop.cart:Cart.add", "shop.cart", ResultUse.STATEMENT),
        ("shop.cart:make_cart", "shop.use", ResultUse.RETURNED),
    ]


@pytest.mark.parametrize(
    ("before", "external"),
    [
        ("from lib.orders import Order\n", "lib.orders.Order"),
        ("from lib.orders import Order\nfrom lib.more import *\n", "lib.orders.Order"),
        ("try:\n    from lib.orders import Order\nexcept ImportError:\n    Order = object\n", "lib.orders.Order"),
        ("from lib.more import *\n", ""),
    ],
)
def test_a_class_that_takes_its_own_name_inherits_from_what_had_it_before(before: str, external: str) -> None:
    project = project_from({"shop/__init__.py": "", "shop/a.py": f"{before}class Order(Order): ...\n"})
    (order,) = (cls for module in project.modules for cls in module.classes)
    (base,) = project.resolver.bases(order)
    assert (base.symbol, base.external) == (None, external)


def test_a_class_that_takes_the_name_of_another_here_inherits_from_that() -> None:
    files = {"shop/__init__.py": "", "shop/b.py": "class Order: ...\n"}
    project = project_from({**files, "shop/a.py": "from shop.b import Order\nclass Order(Order): ...\n"})
    own, other = (cls for module in project.modules for cls in module.classes)
    assert project.ancestry(own) == (own, other)


def test_ancestry_and_external_bases() -> None:
    project = project_from(SHOP)
    by_name = {cls.name: cls for cls in project.classes()}
    assert [cls.name for cls in project.ancestry(by_name["Cart"])] == ["Cart", "Base"]
    assert project.base_names(by_name["Cart"]) == {"abc.ABC"}
    assert project.base_names(by_name["Row"]) == {"pydantic.BaseModel", "Odd"}


def test_products_of_a_factory() -> None:
    project = project_from(SHOP)
    products = {
        function.name: [cls.id for cls in project.products(function)]
        for function in project.functions()
        if project.products(function)
    }
    assert products == {"make_cart": ["shop.cart:Cart"]}


def test_failures_are_kept_and_a_stub_beside_its_source_is_no_module() -> None:
    project = project_from({"a.py": "def (:\n", "b.py": "x = 1\n", "b.pyi": "x: int\n", "c.pyi": "y: int\n"})
    assert [source.path for source, _ in project.failures] == ["a.py"]
    assert [module.path for module in project.modules] == ["a.py", "b.py", "c.pyi"]


def test_derived_answers_are_computed_once() -> None:
    project = project_from({"a.py": "x = 1\n"})
    asked: list[Project] = []

    def count(project: Project) -> int:
        asked.append(project)
        return len(project.modules)

    assert [project.derived(count), project.derived(count)] == [1, 1]
    assert asked == [project]


def test_a_place_is_named_after_what_it_stands_in() -> None:
    (module,) = project_from({"a.py": "def f():\n    g()\n"}).modules
    location = Location("a.py", 2, 5)
    assert [home_within(module, scope, location, "first").symbol for scope in (0, 1)] == ["a", "a:f"]
    assert [site_within(module, scope, location, "again").symbol for scope in (0, 1)] == ["a", "a:f"]
    home = home_within(module, 1, location, "first")
    assert (home.location, home.module, home.reason) == (location, "a", "first")


def test_the_modules_that_mention_a_name_are_the_same_whether_or_not_the_project_stays() -> None:
    staying = project_from(SHOP)
    files = tuple(module.source for module in staying.modules)
    passing = Project(
        SourceTree(files, ("",), frozenset(), frozenset()),
        [module.facts for module in staying.modules],
        keeping=Keeping.ASKED_ONCE,
    )
    for name, paths in {
        "Cart": ["shop/__init__.py", "shop/cart.py", "shop/use.py"],
        "add": ["shop/cart.py"],
        "Row": [],
        "gone": [],
    }.items():
        assert [module.path for module in staying.mentioning(name)] == paths
        assert [module.path for module in passing.mentioning(name)] == paths


def test_a_mention_is_not_made_up_of_halves_of_two_others() -> None:
    mention = mention_of("cart")
    facts = ModuleFacts(mentions=b"??" + mention + b"??")
    assert not facts.mentions_name("cart")
    assert mention not in facts.all_mentions()
    assert ModuleFacts(mentions=b"??" + mention + b"??" + mention).mentions_name("cart")
