from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.factories.missing_context_fallback import MissingContextFallback

CART = """class Cart:
    def add(self, item):
        self.last = item
class CartError(Exception): pass
class Receipt:
    def __init__(self, text):
        self.text = text
class Context: pass
async def make_cart(): return Cart()
@dataclass
class User:
    owner: str
    def rename(self): ...
    @classmethod
    async def load(cls, user_id): return cls(user_id)
class Person:
    def __init__(self, name="", kind=""): self.name = name
shared = Cart()
def load_cart(user): return Cart(user)
def get_default_user(tenant=0): return rows.first(tenant)
async def create_default_tenant(): return await rows.make()
def get_default_session(): return rows.session
def default_user_name() -> str: return rows.name
def get_user(key): return rows.find(key)
class Users:
    def default_actor(self): return rows.first()
"""


def found(text: str, rule: MissingContextFallback | None = None) -> list[Finding]:
    files = {"shop/__init__.py": "", "shop/cart.py": CART + text}
    return findings(rule or MissingContextFallback(), files)


def test_an_object_without_owner() -> None:
    (finding,) = found(
        "def open_cart(user_id=None):\n    if user_id is None:\n        return Cart()\n    return Cart(1)\n"
    )
    assert finding.subject == "shop.cart:open_cart"
    assert finding.message == "without `user_id`, `open_cart` falls back to `Cart(...)`"
    assert finding.remedy == (
        "Make `user_id` a required parameter of shop.cart:open_cart, or raise an error at line 29"
    )
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("shop.cart:open_cart", 29)
    assert site.message == "falls back to `Cart(...)` when `user_id` is missing"
    assert finding.evidence["text"] == [
        "shop/cart.py:27 `open_cart` has the optional parameter `user_id`",
        "shop/cart.py:29 without it, falls back to `Cart(...)`",
    ]


@pytest.mark.parametrize(
    ("body", "fallback"),
    [
        ("if not user:\n        return load_cart(0)\n    return Cart(user)", "`load_cart(user=0)`"),
        ("return Cart(user) if user else Cart()", "`Cart(...)`"),
        ("return Cart() if user is None else Cart(user)", "`Cart(...)`"),
        ("if user is None or not user.active:\n        return Cart()\n    return Cart(user)", "`Cart(...)`"),
        ("if user and user.active:\n        return Cart(user)\n    return Cart()", "`Cart(...)`"),
        ("if user is None and tenant is None:\n        return Cart()", "`Cart(...)`"),
        ("match user:\n        case None:\n            return Cart()\n    return Cart(user)", "`Cart(...)`"),
        ("if user is None:\n        c = await make_cart()\n        return c", "`make_cart(...)`"),
        ("if user is None:\n        return await make_cart()", "`make_cart(...)`"),
        ("self.cart = Cart(user) if user else Cart()", "`Cart(...)`"),
        ("if user is None:\n        user = User('guest')", '`User(owner="guest")`'),
        ("user = user or User('guest')", '`User(owner="guest")`'),
        ("self.user = user or User(owner='guest')", '`User(owner="guest")`'),
        ("return Cart(user or User(owner=DEFAULT_OWNER))", "`User(owner=DEFAULT_OWNER)`"),
        ("if not user:\n        user = await User.load(user_id='system')", '`User.load(user_id="system")`'),
        ("if user is not None:\n        c = Cart(user)\n    else:\n        c = Cart()\n    return c", "`Cart(...)`"),
        ("if user:\n        return Cart(user)\n    return Cart()", "`Cart(...)`"),
        ("if not user:\n        try:\n            return Cart()\n        finally:\n            log()", "`Cart(...)`"),
        ("user = user or Person('system')\n    log(user)", '`Person(name="system")`'),
        ("if not user:\n        user = Person('admin')\n    return (user, 1)", '`Person(name="admin")`'),
        ("user = user if user is not None else Person(name='Superuser')", '`Person(name="Superuser")`'),
        ("log(tenant := tenant or Person('sysadmin'))", '`Person(name="sysadmin")`'),
        ("if user is None:\n        return shared\n    return Cart(user)", "the shared `shared`"),
        ("if user is None:\n        return Cart(rows, 'nobody')\n    return Cart(user)", "`Cart(...)`"),
        ("if not user:\n        return get_default_user()\n    return get_user(user)", "`get_default_user(...)`"),
        ("user = user or get_default_user()\n    log(user)", "`get_default_user(...)`"),
        ("if tenant is None:\n        return await create_default_tenant()", "`create_default_tenant(...)`"),
        ("users = Users()\n    if not user:\n        return users.default_actor()", "`Users().default_actor(...)`"),
        ("self.user = user if user else get_default_user()", "`get_default_user(...)`"),
        ("if user is None:\n        return Cart(DEFAULTS)\n    return Cart(user)", "`Cart(...)`"),
    ],
)
def test_ways_to_fall_back(body: str, fallback: str) -> None:
    (finding,) = found(f"class Desk:\n  async def open_cart(self, *, user=None, tenant=None):\n    {body}\n")
    assert finding.evidence["fallback"] == fallback


def test_what_is_kept_on_self() -> None:
    text = "class Desk:\n    def __init__(self, user=None):\n        if not user:\n            self.cart = Cart()\n"
    assert [finding.subject for finding in found(text)] == ["shop.cart:Desk.__init__"]


@pytest.mark.parametrize(
    "text",
    [
        "def f(user):\n    if user is None:\n        return Cart()\n    return Cart(user)\n",
        "def f(user=None):\n    if user is None:\n        raise CartError()\n    return Cart(user)\n",
        "def f(user=None):\n    if user is None:\n        return None\n    return Cart(user)\n",
        "def f(user=None):\n    if user is None:\n        log('no user')\n    return Cart(user)\n",
        "def f(context=None):\n    if context is None:\n        context = Context()\n    return context\n",
        "def f(request_id=None):\n    if request_id is None:\n        return Cart()\n    return Cart(request_id)\n",
        "def f(user=None):\n    if not user:\n        Cart().add(1)\n    return Cart(user)\n",
        "def f(user=None):\n    if user is None:\n        return CartError()\n    return Cart(user)\n",
        "def f(user=None, key=None):\n    if user:\n        return Cart(user)\n"
        "    elif key:\n        return Cart(key)\n    else:\n        raise CartError()\n",
        "def f(user=None):\n    return Cart(user)\n",
        "def f(user=None):\n    if user is None and DEBUG:\n        return Cart()\n    return Cart(user)\n",
        "def f(user=None, tenant_id=1):\n    if user is None:\n        return Cart(tenant_id)\n    return Cart(user)\n",
        "class A:\n    def f(self, context=None):\n        self._context = context or Cart()\n",
        "def f(context: Cart = None):\n    return context or Cart()\n",
        "def f(context=None):\n    self.context = context or Context()\n",
        "def f(context=None):\n    run(context or Context(user_id=new_id()))\n",
        "def f(context=None):\n    run(context or Context(user_id=''))\n",
        "def f(context=None):\n    run(context or Context(request_id='none', session_timeout=3))\n",
        "def f(user=None):\n    if user is None:\n        log(Cart(user_id='nobody'))\n    return Cart(user)\n",
        "def f(user=None):\n    match user:\n        case None if DEBUG:\n            return Cart()\n",
        "def f(user=None):\n    return Cart(user) if user or DEBUG else Cart()\n",
        "def f(user=None):\n    user = user or Person('anonymous')\n    log(user)\n",
        "def f(user=None):\n    user = user or Person()\n    log(user)\n",
        "def f(user=None):\n    user = user or Person(kind='system')\n    log(user)\n",
        "def f(user=None):\n    owner = Person('system')\n    log(owner, user or owner)\n",
        "def f(parent=None):\n    parent = parent or Person('system')\n    log(parent)\n",
        "def f(user='system'):\n    log(Person(user))\n",
        "def f(rows, user_id=None):\n    for row in rows:\n        if user_id and row.user != user_id:\n"
        "            return None\n        return User.parse(row)\n",
        "def f(key, user_id=None):\n    if user_id and not allowed(key, user_id):\n        return False\n"
        "    return Cart()\n",
        "def f(key, user_id=None):\n    row = rows.find(key, user_id)\n    if user_id is None:\n"
        "        return Cart(row)\n    return Cart(row.mine)\n",
        "def f(user=None):\n    if user is None:\n        return get_user(3)\n    return get_user(user)\n",
        "def f(tenant, user=None):\n    return get_user(user) if user else get_default_user(tenant.id)\n",
        "def user_or_default(user=None):\n    return user or get_default_user()\n",
        "def f(session=None):\n    session = session or get_default_session()\n    log(session)\n",
        "def f(user=None):\n    user = user or default_user_name()\n    log(user)\n",
        "def f(host, password, user=None):\n    user = user or get_default_user()\n    log(user)\n",
        "def f(user=None):\n    if not user:\n        log(get_default_user())\n    return get_user(user)\n",
        "def f(data, user=None):\n    if user:\n        return Cart(user, data)\n    return Cart(data['owner'])\n",
    ],
)
def test_exemptions(text: str) -> None:
    assert found(text) == []


def test_the_names_of_parameters_are_an_option() -> None:
    text = "def f(owner=None):\n    if owner is None:\n        return Cart()\n    return Cart(owner)\n"
    assert found(text) == []
    assert len(found(text, MissingContextFallback(parameters=("owner",)))) == 1


def test_callers_may_have_to_follow() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/cart.py": "class Cart: ...\n\ndef f(user=None):\n    if user is None:\n        return Cart()\n"
        "    return Cart(user)\n",
        "shop/main.py": "from shop.cart import f\n\nf()\n",
    }
    (finding,) = findings(MissingContextFallback(), files)
    assert finding.also_changes == ("shop/main.py",)
