from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.components.rival_event_definitions import RivalEventDefinitions

CARTS = Component(name="carts", home="shop.cart:Cart", events=("cart_opened", "cart_paid", "failed"))
CART = 'CART_PAID = "cart_paid"\nclass Cart: ...\n'


def found(source: str, component: Component = CARTS, **files: str) -> list[Finding]:
    sources = {"shop/__init__.py": "", "shop/cart.py": CART, "shop/a.py": source}
    return findings(
        RivalEventDefinitions(), sources | {f"shop/{name}.py": text for name, text in files.items()}, (component,)
    )


def rivals(source: str, cart: str = CART) -> list[str]:
    return [site.symbol for finding in found(source, cart=cart) for site in finding.sites]


def test_the_definition_beside_the_home_is_kept() -> None:
    (finding,) = found('EVENT_CART_PAID: Final = "cart_paid"\n', b="from shop.a import EVENT_CART_PAID\n")
    assert finding.subject == "cart_paid"
    assert finding.message == (
        "event `cart_paid` of `carts` has 2 definitions in 2 modules: keep `CART_PAID` of shop/cart.py, "
        "in the module of the component's home"
    )
    assert finding.remedy == (
        "Let `shop.a:EVENT_CART_PAID` stand for `CART_PAID` (`from shop.cart import CART_PAID`), "
        "or delete them and use that instead"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.cart:CART_PAID"
    assert [(site.location, site.symbol, site.message) for site in finding.sites] == [
        (Location("shop/a.py", 1, 1, 1), "shop.a:EVENT_CART_PAID", '"cart_paid" again, as in `shop.cart:CART_PAID`')
    ]
    assert finding.evidence == {
        "component": "carts",
        "definitions": ["shop.cart:CART_PAID", "shop.a:EVENT_CART_PAID"],
        "text": ['shop/cart.py:1 CART_PAID = "cart_paid"', 'shop/a.py:1 EVENT_CART_PAID = "cart_paid"'],
    }


def test_without_one_there_the_home_is_inferred() -> None:
    (finding,) = found('PAID = "cart_paid"\n', cart="class Cart: ...\n", b='PAID = "cart_paid"\n', c="import shop.b\n")
    assert finding.message == (
        "event `cart_paid` of `carts` has 2 definitions in 2 modules: keep `PAID` of shop/b.py, "
        "its module is imported by 1 module"
    )


@pytest.mark.parametrize("pin", ["canonical", "declared"])
def test_a_pinned_home_comes_first(pin: str) -> None:
    mark, home = ("  # ssot-lint: canonical", CARTS.home) if pin == "canonical" else ("", "shop.a:Event")
    source = f'from enum import Enum\nclass Event(Enum):{mark}\n    PAID = "cart_paid"\n'
    (finding,) = found(source, Component(name="carts", home=home, events=("cart_paid",)))
    assert finding.home is not None
    assert finding.home.symbol == "shop.a:Event.PAID"
    assert [site.symbol for site in finding.sites] == ["shop.cart:CART_PAID"]


def test_of_two_in_one_module_the_likelier_name_is_kept() -> None:
    component = Component(name="carts", events=("cart_opened",))
    (finding,) = found('LISTED = "cart_opened"\nOPENED = "cart_opened"\n', component)
    assert [site.symbol for site in finding.sites] == ["shop.a:LISTED"]


@pytest.mark.parametrize(
    ("source", "symbol"),
    [
        ('class Event(Enum):\n    paid = "cart_paid"\n', "shop.a:Event.paid"),
        ("class Event(StrEnum):\n    CART_PAID = auto()\n", "shop.a:Event.CART_PAID"),
        ('class Names:\n    PAID = "cart_paid"\n', "shop.a:Names.PAID"),
        ('class Names:\n    cart_paid: str = "cart_paid"\n', "shop.a:Names.cart_paid"),
        ('class A:\n    class Names:\n        PAID = "cart_paid"\n', "shop.a:A.Names.PAID"),
        ("SERVICE_EVENT_CART_PAID = 'cart_paid'\n", "shop.a:SERVICE_EVENT_CART_PAID"),
        ('class Event(Enum):\n    PAID = "cart_paid"\n    SAME = "cart_paid"\n', "shop.a:Event.PAID"),
    ],
)
def test_what_is_a_definition(source: str, symbol: str) -> None:
    assert rivals(f"from enum import Enum, StrEnum, auto\n{source}") == [symbol]


@pytest.mark.parametrize(
    "source",
    [
        "from shop.cart import CART_PAID\nPAID = CART_PAID\n",
        "from shop.cart import CART_PAID\nclass Event(Enum):\n    PAID = CART_PAID\n",
        'class Paid:\n    type = "cart_paid"\n',
        'paid = "cart_paid"\n',
        'ATTR_CART_PAID = "cart_paid"\n',
        'CART_PAID_COLUMNS = "cart_paid"\n',
        'class Reason(Enum):\n    CART_PAID = "cart_paid"\n',
        "class Event(Enum):\n    CART_PAID = auto()\n",
        'try:\n    from x import PAID\nexcept ImportError:\n    PAID = "cart_paid"\n',
        'def f():\n    CART_PAID = "cart_paid"\n',
        'CART_PAID = f"cart_paid"\n',
    ],
)
def test_aliases_tags_fallbacks_and_names_of_other_things_are_none(source: str) -> None:
    assert rivals(f"from enum import Enum, auto\n{source}") == []


def test_a_name_of_one_word_needs_the_company_of_another_event_and_a_name_that_says_event() -> None:
    cart = 'class Event(Enum):\n    PAID = "cart_paid"\n    FAILED = "failed"\nclass Cart: ...\n'
    assert rivals('class AnswerType(Enum):\n    FAILED = "failed"\n', cart=f"from enum import Enum\n{cart}") == []
    (rival,) = rivals(
        'from enum import Enum\nclass MailEvent(Enum):\n    OPENED = "cart_opened"\n    FAILED = "failed"\n',
        cart=f"from enum import Enum\n{cart}",
    )
    assert rival == "shop.a:MailEvent.FAILED"


def test_definitions_in_tests_are_none() -> None:
    files = {"shop/__init__.py": "", "shop/cart.py": CART, "tests/test_cart.py": 'CART_PAID = "cart_paid"\n'}
    assert findings(RivalEventDefinitions(), files, (CARTS,)) == []


def test_another_plugin_may_have_an_event_of_that_name() -> None:
    files = {f"home/plugins/{name}.py": 'EVENT_PRESSED = "button_pressed"\n' for name in ("one", "two")}
    component = Component(name="buttons", events=("button_pressed",))
    assert len(findings(RivalEventDefinitions(), files, (component,))) == 1
    assert findings(RivalEventDefinitions(), files, (component,), plugin_root="home/plugins/*") == []
