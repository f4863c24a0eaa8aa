from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.shared_instance_factory import SharedInstanceFactory

CART = """from functools import lru_cache
class Cart:
    def add(self, item):
        self.last = item
class Euro: pass
carts = {}
"""


def found(text: str) -> list[Finding]:
    return findings(
        SharedInstanceFactory(), {"shop/__init__.py": "", "shop/kept.py": "cart = None\n", "shop/cart.py": CART + text}
    )


@pytest.mark.parametrize("base", ["", "Store"])
def test_the_name_of_a_method_that_an_ancestor_asks_for_is_no_promise(base: str) -> None:
    kept = "        if k not in carts:\n            carts[k] = Cart()\n        return carts[k]\n"
    text = (
        f"class Store:\n    def create_cart(self, k): ...\nclass Kept({base}):\n    def create_cart(self, k):\n{kept}"
    )
    assert len(found(text)) == (0 if base else 1)


def test_an_entry_of_a_registry() -> None:
    (finding,) = found("def create_cart(k):\n    if k not in carts:\n        carts[k] = Cart()\n    return carts[k]\n")
    assert finding.subject == "shop.cart:create_cart"
    assert finding.message == "`create_cart` returns an entry of the registry `carts`, not a new one"
    assert finding.remedy == (
        "Return a new object each time, or rename `create_cart` so that callers expect a shared one: `get_cart`"
    )
    assert finding.home is None
    assert [(site.symbol, site.location.line) for site in finding.sites] == [("shop.cart:create_cart", 7)]
    assert finding.evidence["text"] == [
        "shop/cart.py:7 `def create_cart` promises a new object",
        "shop/cart.py:10 returns an entry of the registry `carts`",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the_cart = Cart()\ndef create_cart(): return the_cart\n", "shared object"),
        (
            "_c = None\ndef make_cart():\n    global _c\n    if _c is None:\n        _c = Cart()\n    return _c\n",
            "shared object",
        ),
        (
            "class Desk:\n    one = None\n    @classmethod\n    def build(cls):\n        if cls.one is None:\n"
            "            cls.one = Cart()\n        return cls.one\n",
            "shared object",
        ),
        ("@lru_cache\ndef new_cart(k): return Cart()\n", "cached object"),
        ("@lru_cache\ndef new_cart(k): return _cart()\ndef _cart(): return Cart()\n", "cached object"),
        ("def make_cart(k): return carts.setdefault(k, Cart())\n", "entry of the registry"),
        (
            "def new_cart(k):\n    try:\n        return carts[k]\n    except KeyError:\n"
            "        cart = carts[k] = Cart()\n        return cart\n",
            "entry of the registry",
        ),
        (
            "def new_cart(k):\n    if (cart := carts.get(k)) is not None:\n        return cart\n    return Cart()\n",
            "entry of the registry",
        ),
        (
            "class Desk:\n    def __init__(self):\n        self.cache = {}\n    def create(self, k) -> Cart:\n"
            "        if k in self.cache:\n            return self.cache[k]\n        return self.config.make(k)\n",
            "entry of the registry",
        ),
        ("_c = None\ndef make_cart():\n    global _c\n    _c = _c or Cart()\n    return _c\n", "shared object"),
        (
            "class Desk:\n    one = None\n    @classmethod\n    def build(cls):\n        cls.one = cls.one or Cart()\n"
            "        return cls.one\n",
            "shared object",
        ),
        (
            "def create_cart(app):\n    if not hasattr(app.state, 'cart'):\n        app.state.cart = Cart()\n"
            "    return app.state.cart\n",
            "shared object",
        ),
        (
            "def create_cart(request):\n    if request.app.state.cart is None:\n"
            "        request.app.state.cart = Cart()\n    return request.app.state.cart\n",
            "shared object",
        ),
        (
            "from shop import kept\ndef create_cart():\n    if kept.cart is None:\n        kept.cart = Cart()\n"
            "    return kept.cart\n",
            "shared object",
        ),
        (
            "class Desk:\n    def __init__(self):\n        self.carts = {}\n    async def spawn_cart(self, k):\n"
            "        known = self.carts.get(k)\n        if known is not None:\n            return known\n"
            "        return Cart()\n",
            "entry of the registry",
        ),
        ("class Desk:\n    cart = Cart()\n    def new_cart(self): return self.cart\n", "shared object"),
        ("class Desk:\n    cart: Cart = Cart()\n    async def create(this): return this.cart\n", "shared object"),
        (
            "class Desk:\n    cart = Cart()\n    def make_cart(self, k):\n        if k:\n            return Cart()\n"
            "        return self.cart\n",
            "shared object",
        ),
        (
            "class CartFactory:\n    def __init__(self):\n        self._cart = Cart()\n"
            "    def create_cart(self): return self._cart\n",
            "shared object",
        ),
    ],
)
def test_kinds_of_sharing(text: str, kind: str) -> None:
    (finding,) = found(text)
    assert finding.evidence["kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        "def create_cart(): return Cart()\n",
        "the_cart = Cart()\ndef get_cart(): return the_cart\n",
        "the_cart = Cart()\ndef _create_cart(): return the_cart\n",
        "the_cart = Cart()\ndef create_or_find_cart(): return the_cart\n",
        "the_euro = Euro()\ndef create_euro(): return the_euro\n",
        "def create_cart_if_needed(k):\n    if k not in carts:\n        carts[k] = Cart()\n    return carts[k]\n",
        "def create_cart(k):\n    if k in carts:\n        raise KeyError\n    carts[k] = Cart()\n    return carts[k]\n",
        "def make_currency(k): return carts[k]\n",
        "def build(k, carts):\n    if k in carts:\n        return carts[k]\n    return Cart()\n",
        "_c = None\ndef create_cart():\n    global _c\n    _c = Cart()\n    return _c\n",
        "@lru_cache\ndef make_euro(): return Euro()\n",
        "def create_cart(app):\n    app.state.cart = Cart()\n    return app.state.cart\n",
        "class Desk:\n    def build(self):\n        self.one = self.one or Cart()\n        return self.one\n",
        "def create_cart(order):\n    if order.cart is None:\n        order.cart = Cart()\n    return order.cart\n",
        "def make_euro(k): return carts.setdefault(k, Euro())\n",
        "def new_cart(k):\n    try:\n        return carts[k]\n    except KeyError:\n        raise CartError\n",
        "def create_cart(k):\n    if (old := carts.get(k)) is not None:\n        raise KeyError\n    return Cart()\n",
        "class Desk:\n    def __init__(self):\n        self.one = Cart()\n    def build(self): return self.one\n",
        "class Desk:\n    cart = Euro()\n    def new_cart(self): return self.cart\n",
        "class Desk:\n    cart = None\n    def new_cart(self): return self.cart\n",
        "class Desk:\n    cart = Cart()\n    def get_cart(self): return self.cart\n",
        "class Desk:\n    cart = Cart()\n    def make(self):\n        self.cart = Cart()\n        return self.cart\n",
        "class Desk:\n    cart = Cart()\n    def put(self): self.cart.add(1)\n    def build(self): return self.cart\n",
        "from pydantic import BaseModel\nclass Desk(BaseModel):\n    cart: Cart = Cart()\n"
        "    def new_cart(self): return self.cart\n",
        "class CartBuilder:\n    def __init__(self):\n        self._cart = Cart()\n"
        "    def put(self, item): self._cart.add(item)\n    def build(self): return self._cart\n",
        "class CartFactory:\n    def __init__(self, cart):\n        self._cart = cart\n"
        "    def create_cart(self): return self._cart\n",
    ],
)
def test_exemptions(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "accessor",
    [
        "def get_cart(): return create_cart()\n",
        "async def get_cart(): return create_cart()\n",
        "get_cart = create_cart\n",
    ],
)
def test_the_maker_behind_an_accessor_is_no_promise(accessor: str) -> None:
    maker = "@lru_cache\ndef create_cart(): return Cart()\n"
    assert len(found(maker)) == 1
    assert found(maker + accessor) == []


def test_the_cached_part_of_an_accessor_elsewhere() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/cart.py": CART + "@lru_cache\ndef create_cart(shop):\n    return Cart()\n",
        "shop/access.py": "from shop.cart import create_cart\ndef get_cart():\n    return create_cart('here')\n",
    }
    assert findings(SharedInstanceFactory(), files) == []


OWN = "class Desk:\n    def __init__(self): self._carts = {}\n"


@pytest.mark.parametrize(
    "body",
    [
        "        if k not in self._carts:\n            self._carts[k] = Cart()\n        return self._carts[k]\n",
        "        return self._carts.setdefault(k, Cart())\n",
        "        cart = self._carts.get(k)\n        if cart is None:\n            cart = Cart()\n        return cart\n",
    ],
)
def test_what_an_object_keeps_for_itself_and_nobody_names_is_only_listed(body: str) -> None:
    results = found(f"k = 1\n{OWN}    def create_cart(self) -> Cart:\n{body}")
    assert [finding.severity for finding in results] == [Severity.INFO]
    results = found(f"{OWN}    def create_cart(self, k) -> Cart:\n{body}")
    assert [finding.severity for finding in results] == [None]
    of_class = "class Desk:\n    _carts = {}\n    @classmethod\n" + f"    def create_cart(cls, k) -> Cart:\n{body}"
    results = found(of_class.replace("self.", "cls."))
    assert [finding.severity for finding in results] == [None]


@pytest.mark.parametrize(
    ("others", "name"),
    [
        ("", "`get_cart`"),
        ("    def get_cart(self): ...\n", "`get_or_create_cart`"),
        ("    def get_cart(self): ...\n    get_or_create_cart = get_cart\n", "`get_or_create_cart`"),
        ("    def get_cart(self): ...\n    def get_or_create_cart(self): ...\n", "`ensure_cart`"),
    ],
)
def test_the_new_name_is_none_that_the_class_has(others: str, name: str) -> None:
    make = "    _carts = {}\n    @classmethod\n    def create_cart(cls, k): return cls._carts.setdefault(k, Cart())\n"
    (finding,) = found(f"class Desk:\n{make}{others}")
    assert finding.remedy.endswith(f"so that callers expect a shared one: {name}")


@pytest.mark.parametrize(
    "body",
    ["    cart = Cart()\n    return cart.run(k)\n", "    cart = Cart()\n    cart.add(k)\n    return cart.total()\n"],
)
def test_what_a_cached_function_finds_out_is_no_object(body: str) -> None:
    assert found(f"@lru_cache\ndef create_total(k) -> Cart:\n{body}") == []
    assert len(found(f"@lru_cache\ndef create_cart(k) -> Cart:\n{body.split('return')[0]}return cart\n")) == 1


@pytest.mark.parametrize(
    ("docstring", "severity"),
    [
        ("Create or return the shared cart.", Severity.INFO),
        ("A cart, cached by its key. Others have it, too.", Severity.INFO),
        ("Build the cart (a singleton).", Severity.INFO),
        ("Create a new cart or resume the one of the key.", Severity.INFO),
        ("Create a cart. Nothing of it is shared.", None),
        ("Create a cart for an existing key.", None),
    ],
)
def test_what_its_docstring_calls_shared_is_only_listed(docstring: str, severity: Severity | None) -> None:
    body = "    if k not in carts:\n        carts[k] = Cart()\n    return carts[k]\n"
    (finding,) = found(f'def create_cart(k):\n    """{docstring}"""\n{body}')
    assert finding.severity is severity


@pytest.mark.parametrize("mark", ["lru_cache", "cache", "lru_cache(maxsize=None)", "functools.cache"])
def test_a_cache_that_stands_above_a_factory_is_only_listed(mark: str) -> None:
    """As `build` of two kernels of lmdeploy: who reads the factory reads that it is one object for each key."""
    head = "import functools\nfrom functools import cache, lru_cache\n"
    (finding,) = found(f"{head}@{mark}\ndef create_cart(k) -> Cart:\n    cart = Cart()\n    return cart\n")
    assert finding.severity is Severity.INFO


STORE = (
    "class Desk:\n    def __init__(self):\n        self.{name} = {{}}\n"
    "    def create_cart(self, key):\n        if key not in self.{name}:\n"
    "            self.{name}[key] = Cart()\n        return self.{name}[key]\n"
)


@pytest.mark.parametrize(
    ("name", "others", "severity"),
    [
        ("carts", "", Severity.INFO),
        ("_carts", "    def close(self, key):\n        self._carts.pop(key)\n", Severity.INFO),
        ("_carts", "    def cart(self, key):\n        return self._carts[key]\n", Severity.INFO),
        ("_carts", "    def close(self, key):\n        del self._carts[key]\n", Severity.INFO),
        ("_carts", "", None),
        ("_carts", "    def close(self, key):\n        self._orders.pop(key)\n", None),
        ("cart_cache", "", None),
        ("_cart_cache", "    def clear(self):\n        self._cart_cache.clear()\n", None),
    ],
)
def test_an_entry_of_a_store_is_only_listed(name: str, others: str, severity: Severity | None) -> None:
    (finding,) = found(STORE.format(name=name) + others)
    assert finding.severity is severity
