from __future__ import annotations

import pytest

from ssot_lint.errors import UsageError
from ssot_lint.graph.views.named import component_named, picture_component, picture_symbol
from ssot_lint.model.component import Component
from ssot_lint.model.picture import Picture, Role
from ssot_lint.project.project import Project
from ssot_lint.testing import project_from


def edges(picture: Picture) -> list[str]:
    return [f"{edge.source} {edge.label} {edge.target}" for edge in picture.edges]


def test_a_class_with_its_paths_bases_subclasses_factories_and_globals(shop: Project) -> None:
    picture = picture_symbol(shop, "shop.cart:Cart", 40)
    assert [(node.id, node.kind, node.role) for node in picture.nodes][:1] == [
        ("shop/cart.py::Cart", "class", Role.HOME)
    ]
    assert edges(picture) == [
        "shop/__init__.py::Cart re-exports shop/api.py::Cart",
        "shop/api.py::Cart re-exports shop/cart.py::Cart",
        "shop/cart.py::CART builds shop/cart.py::Cart",
        "shop/cart.py::Cart inherits shop/base.py::Base",
        "shop/cart.py::Cart.load returns shop/cart.py::Cart",
        "shop/cart.py::make_cart returns shop/cart.py::Cart",
        "shop/use/first.py imports shop/__init__.py::Cart",
        "shop/use/first.py::BigCart inherits shop/cart.py::Cart",
        "shop/use/second.py imports shop/api.py::Cart",
        "shop/use/second.py builds shop/cart.py::Cart",
        "shop/use/third.py imports shop/cart.py::Cart",
    ]


def test_with_little_room_users_are_folded_and_paths_stay(shop: Project) -> None:
    picture = picture_symbol(shop, "shop.cart:Cart", 6)
    assert [node.id for node in picture.nodes] == [
        "shop/cart.py::Cart",
        "shop/__init__.py::Cart",
        "shop/api.py::Cart",
        "shop/base.py::Base",
        "shop/cart.py",
        "shop/use/",
    ]
    assert edges(picture) == [
        "shop/__init__.py::Cart re-exports shop/api.py::Cart",
        "shop/api.py::Cart re-exports shop/cart.py::Cart",
        "shop/cart.py builds, returns 2× shop/cart.py::Cart",
        "shop/cart.py::Cart inherits shop/base.py::Base",
        "shop/use/ imports shop/__init__.py::Cart",
        "shop/use/ imports shop/api.py::Cart",
        "shop/use/ imports, builds, inherits shop/cart.py::Cart",
    ]


def test_a_symbol_may_be_named_by_a_path_it_is_imported_through(shop: Project) -> None:
    assert picture_symbol(shop, "shop:Cart", 40).nodes == picture_symbol(shop, "shop.cart:Cart", 40).nodes


def test_a_factory_with_what_it_returns(shop: Project) -> None:
    assert edges(picture_symbol(shop, "shop.cart:make_cart", 40)) == [
        "shop/cart.py::make_cart returns shop/cart.py::Cart",
        "shop/use/third.py imports shop/cart.py::make_cart",
    ]


def test_a_module_with_its_importers(shop: Project) -> None:
    assert edges(picture_symbol(shop, "shop.cart", 40)) == [
        "shop/api.py imports shop/cart.py",
        "shop/use/third.py imports shop/cart.py",
    ]


def test_a_nested_function_that_nothing_refers_to() -> None:
    picture = picture_symbol(project_from({"a.py": "def f():\n    def g(): ...\n"}), "a:f.g", 40)
    assert [(node.id, node.label, node.kind) for node in picture.nodes] == [("a.py::f.g", "f.g", "function")]


def test_one_name_in_two_source_roots_is_two_definitions() -> None:
    sources = {f"{root}/app/{name}": text for root in ("one", "two") for name, text in APP.items()}
    picture = picture_symbol(project_from(sources), "app.model:Order", 40)
    assert [node.id for node in picture.nodes if node.role is Role.HOME] == [
        "one/app/model.py::Order",
        "two/app/model.py::Order",
    ]


APP = {"__init__.py": "", "model.py": "class Order: ...\n", "use.py": "from app.model import Order\n"}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("shop.cart:Kart", "Did you mean shop.cart:Cart?"),
        ("shop.cart.Cart", "Did you mean shop.cart:Cart?"),
        ("x:Cart", "There is shop.cart:Cart"),
        ("whatever", "Write it as package.module:Name"),
    ],
)
def test_an_unknown_symbol_is_refused_with_the_nearest_one(shop: Project, name: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        picture_symbol(shop, name, 40)
    assert str(caught.value) == f'no symbol is called "{name}". {remedy}'


def test_a_component_with_its_rivals_but_for_kin_and_methods_of_the_home(shop: Project) -> None:
    picture = picture_component(shop, component_named(shop.components, "cart"), 40)
    assert [(node.id, node.role.value) for node in picture.nodes][:5] == [
        ("shop/cart.py::Cart", "home"),
        ("shop/cart.py::make_cart", "home"),
        ("shop/extra/cart.py::ExtraCart", "site"),
        ("shop/extra/cart.py::extra_cart", "site"),
        ("shop/cart.py::Cart.load", "other"),
    ]
    assert {node.role for node in picture.nodes[4:]} == {Role.OTHER}
    assert "shop/extra/cart.py::extra_cart returns shop/extra/cart.py::ExtraCart" in edges(picture)
    assert "shop/use/first.py::BigCart inherits shop/cart.py::Cart" in edges(picture)
    assert picture.title == "cart"


def test_without_a_home_nothing_rivals_it(shop: Project) -> None:
    picture = picture_component(shop, Component(name="cart", names=("*Cart",)), 40)
    assert {node.role for node in picture.nodes} == {Role.OTHER}


def test_an_unknown_component_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match=r'no component is called "kart"\. Did you mean cart\?'):
        component_named([Component(name="cart")], "kart")
    with pytest.raises(UsageError, match=r'no component is called "x"\. The configuration declares no components'):
        component_named([], "x")


def test_a_component_of_nothing_is_refused(shop: Project) -> None:
    with pytest.raises(UsageError, match='component "gone": nothing in the project belongs to it'):
        picture_component(shop, Component(name="gone", home="shop.gone:Gone"), 40)
