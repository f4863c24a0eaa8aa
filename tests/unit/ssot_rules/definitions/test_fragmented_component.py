from __future__ import annotations

import pytest

from ssot_lint.model.finding import Editions, Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.fragmented_component import FragmentedComponent

OLD = """
class {name}{bases}:
    def __init__(self, store):
        self.store = store

    def add(self, item):
        self.store.append(item)
        self.store.sort()
"""
NEW = """
class {name}{bases}:
    def __init__(self, backend):
        self.backend = backend

    def put(self, item, count):
        if count:
            self.backend.save(item, count)
"""


def found(one: str, other: str, bases: str = "", **more: str) -> list[Finding]:
    sources = {
        "shop/__init__.py": "",
        "shop/cart.py": OLD.format(name=one, bases=bases),
        "shop/checkout.py": NEW.format(name=other, bases=bases),
    }
    return findings(FragmentedComponent(), sources | {f"shop/{name}.py": text for name, text in more.items()})


def test_an_edition_is_a_site() -> None:
    (finding,) = found(
        "CartManager",
        "UnifiedCartManager",
        user="from shop.checkout import UnifiedCartManager\nimport shop.cart\nshop.cart.CartManager()\n",
        tools="from shop.checkout import UnifiedCartManager\n",
    )
    assert finding.subject == "CartManager"
    assert finding.message == (
        "component `CartManager` exists in 2 independent editions (`CartManager`, `UnifiedCartManager`): "
        "keep shop/checkout.py, imported by 2 modules"
    )
    assert finding.remedy == (
        "Keep `UnifiedCartManager` in shop/checkout.py. Move to it what only `shop.cart:CartManager` can do, write "
        "`from shop.checkout import UnifiedCartManager` where they are used and delete them; if they are different "
        "things, give them names that say so."
    )
    assert [site.message for site in finding.sites] == [
        "another edition of `shop.checkout:UnifiedCartManager`; lacks `put`; adds `add`; other signature of `__init__`"
    ]
    assert finding.evidence["text"] == [
        "shop/checkout.py:2 class `UnifiedCartManager`, imported by 2 modules",
        "shop/cart.py:2 class `CartManager`, imported by 0 modules",
    ]
    assert finding.component == Editions()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("CartManager", "CartManagerV2", 1),
        ("CartManager", "SSOTCartManager", 1),
        ("LegacyCartManager", "EnhancedCartManager", 1),
        ("CartManager", "CartManager", 0),  # SSOT101 to SSOT104
        ("CartManager", "AsyncCartManager", 0),
        ("CartManager", "BaseCartManager", 0),
        ("Cart", "NewCart", 0),  # one word remains
        ("CartManager", "CartManager5", 0),  # a number of the thing, not a version
        ("RealCartManager", "RealityCartManager", 0),  # no parts of words
        ("_CartManager", "NewCartManager", 0),
    ],
)
def test_only_qualifiers_and_versions_are_left_out_of_names(one: str, other: str, count: int) -> None:
    assert len(found(one, other)) == count


@pytest.mark.parametrize("bases", ["(Base)", "(Enum)", "(Exception)"])
def test_a_family_and_other_kinds_are_exempt(bases: str) -> None:
    line = "from enum import Enum\nfrom library import Base\n"
    sources = {
        "shop/__init__.py": "",
        "shop/cart.py": line + OLD.format(name="CartManager", bases=bases),
        "shop/checkout.py": line + NEW.format(name="NewCartManager", bases=bases),
    }
    assert findings(FragmentedComponent(), sources) == []


def test_of_a_family_the_ancestor_stands_for_all() -> None:
    heir = "from shop.cart import CartManager\n" + NEW.format(name="SmartCartManager", bases="(CartManager)")
    (finding,) = found("CartManager", "NewCartManager", heir=heir)
    assert [site.symbol for site in finding.sites] == ["shop.checkout:NewCartManager"]


def test_trivial_classes_say_nothing() -> None:
    sources = {
        "shop/__init__.py": "",
        "shop/cart.py": "class CartManager:\n    name = 'a'\n    size = 1\n",
        "shop/checkout.py": NEW.format(name="NewCartManager", bases=""),
    }
    assert findings(FragmentedComponent(), sources) == []


BASE = "class Manager:\n    def run(self):\n        return self.name\n"
HEAD = "from shop.base import Manager\n"


def on_one_base(**more: str) -> list[Finding]:
    sources = {
        "shop/__init__.py": "",
        "shop/base.py": BASE,
        "shop/cart.py": HEAD + OLD.format(name="CartManager", bases="(Manager)"),
        "shop/checkout.py": HEAD + NEW.format(name="NewCartManager", bases="(Manager)"),
    }
    return findings(FragmentedComponent(), sources | {f"shop/{name}.py": text for name, text in more.items()})


def test_a_base_made_for_the_editions_makes_them_one() -> None:
    assert on_one_base() == []


def test_the_base_of_everything_makes_them_no_family() -> None:
    other = HEAD + NEW.format(name="MailManager", bases="(Manager)")
    assert len(on_one_base(mail=other)) == 1


def test_a_module_that_chooses_among_them_makes_them_a_family() -> None:
    other = HEAD + NEW.format(name="MailManager", bases="(Manager)")
    choice = "from shop.cart import CartManager\nfrom shop.checkout import NewCartManager\n"
    assert on_one_base(mail=other, choice=choice) == []


def test_editions_in_two_programs_are_no_rivals() -> None:
    sources = {f"{name}/app/__init__.py": "" for name in ("alpha", "beta")}
    sources |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in ("alpha", "beta")}
    sources["alpha/app/cart.py"] = OLD.format(name="CartManager", bases="")
    sources["beta/app/cart.py"] = NEW.format(name="NewCartManager", bases="")
    assert findings(FragmentedComponent(), sources) == []


def test_an_edition_that_lies_over_another_is_no_rival() -> None:
    sources = {f"{folder}/__init__.py": "" for folder in ("shop", "paid", "paid/shop")}
    sources["shop/cart.py"] = OLD.format(name="CartManager", bases="")
    sources["paid/shop/cart.py"] = NEW.format(name="AdvancedCartManager", bases="")
    assert findings(FragmentedComponent(), sources) == []
