"""A small shop with everything a picture may show."""

from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.project.project import Project
from ssot_lint.testing import project_from

SHOP = {
    "shop/__init__.py": "from shop.api import Cart\n",
    "shop/api.py": "from shop.cart import Cart\n",
    "shop/base.py": "class Base: ...\n",
    "shop/cart.py": (
        "from shop.base import Base\n"
        "class Cart(Base):\n"
        "    @classmethod\n"
        "    def load(cls): return Cart()\n"
        "def make_cart():\n"
        "    return Cart()\n"
        "CART = Cart()\n"
    ),
    "shop/extra/__init__.py": "",
    "shop/extra/cart.py": "class ExtraCart: ...\ndef extra_cart(): return ExtraCart()\n",
    "shop/use/__init__.py": "",
    "shop/use/first.py": "from shop import Cart\nclass BigCart(Cart): ...\n",
    "shop/use/second.py": "from shop.api import Cart\ndef go():\n    cart = Cart()\n    cart.pay()\n",
    "shop/use/third.py": "from shop.cart import Cart, make_cart\n",
    "tests/test_cart.py": "class FakeCart: ...\ndef fake(): return FakeCart()\n",
    "alone.py": "",
}

COMPONENT = Component(name="cart", home="shop.cart:Cart", factory="shop.cart:make_cart", names=("*Cart",))


@pytest.fixture(scope="session")
def shop() -> Project:
    return project_from(SHOP, (COMPONENT,))
