"""What stays of a project when single files change, and when nothing may stay."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.testing import project_from

SOURCES = {
    "shop/__init__.py": "",
    "shop/orders.py": (
        "from shop.base import Base\n\nLIMIT = 3\n\n\nclass Order(Base):\n    def total(self):\n        return LIMIT\n"
    ),
    "shop/base.py": "class Base:\n    pass\n",
    "shop/cart.py": "from shop.orders import Order\n\n\ndef make():\n    return Order().total()\n",
}
ORDERS = SOURCES["shop/orders.py"]


@pytest.fixture
def project() -> Project:
    """A project in which everything was asked for that rules ask for."""
    found = project_from(SOURCES)
    ask(found)
    return found


def ask(project: Project) -> None:
    for cls in project.classes():
        project.base_names(cls)
    _ = project.imports, project.calls


def renewed(project: Project, contents: Mapping[str, str | None]) -> Project | None:
    """The project with other contents; None: what cannot be parsed."""
    results: dict[str, ModuleFacts | ParseFailure] = {}
    for path, text in contents.items():
        results[path] = ParseFailure("broken") if text is None else extract(text.encode())
    files = tuple(module.source for module in project.modules)
    return project.renewed(results, SourceTree(files, ("",), frozenset(), frozenset()))


def module(project: Project, path: str) -> Module:
    return next(each for each in project.modules if each.path == path)


def symbol(project: Project, path: str, name: str) -> Symbol:
    found = module(project, path).namespace[name]
    assert isinstance(found, Symbol)
    return found


@pytest.mark.parametrize(
    "text",
    [
        ORDERS.replace("return LIMIT", "extra = 1\n        return LIMIT + extra"),
        "# a comment\n\n" + ORDERS,
        ORDERS + "\n\ndef newcomer():\n    return Order()\n",
        ORDERS + "\nimport json\n",
        ORDERS.replace("LIMIT", "MOST"),
    ],
    ids=["inside", "moved", "a function more", "an import more", "a name that nobody asked for"],
)
def test_what_others_cannot_see_leaves_the_rest(project: Project, text: str) -> None:
    order, cart = symbol(project, "shop/orders.py", "Order"), module(project, "shop/cart.py")
    calls = project.calls_in(cart)
    new = renewed(project, {"shop/orders.py": text})
    assert new is not None
    assert symbol(new, "shop/orders.py", "Order") is order
    assert new.calls_in(cart) is calls
    assert module(new, "shop/orders.py").facts == extract(text.encode())
    assert order.fact in module(new, "shop/orders.py").facts.classes


@pytest.mark.parametrize(
    "text",
    [
        ORDERS.replace("class Order(Base)", "class Order"),
        ORDERS.replace("class Order", "class Parcel"),
        ORDERS.replace("def total(self)", "def total(self, tax)"),
        ORDERS.replace("shop.base", "shop.other"),
        ORDERS + "\nimport shop\nshop.__dict__.update(globals())\n",
        None,
    ],
    ids=["another base", "another name", "another parameter", "another import", "dynamic", "broken"],
)
def test_what_others_have_asked_for_is_not_renewed(project: Project, text: str | None) -> None:
    facts = module(project, "shop/orders.py").facts
    assert renewed(project, {"shop/orders.py": text}) is None
    assert module(project, "shop/orders.py").facts is facts


def test_a_file_that_nobody_asks_may_be_broken_and_mended(project: Project) -> None:
    new = renewed(project, {"shop/cart.py": None})
    assert new is not None
    assert [source.path for source, _ in new.failures] == ["shop/cart.py"]
    again = renewed(new, {"shop/cart.py": SOURCES["shop/cart.py"]})
    assert again is not None
    assert not again.failures
    assert [call.fact.callee for call in again.calls_of(symbol(again, "shop/orders.py", "Order"))] == ["Order"]


def test_a_name_that_was_asked_for_in_vain_is_seen() -> None:
    project = project_from({"a.py": "x = 1\n", "b.py": "from a import Thing\n"})
    ask(project)
    assert renewed(project, {"a.py": "class Thing:\n    pass\n"}) is None


def test_what_is_taken_by_a_star_is_seen() -> None:
    project = project_from({"a.py": "x = 1\n", "b.py": "from a import *\n"})
    ask(project)
    assert renewed(project, {"a.py": "x = 1\ny = 2\n"}) is None
    assert renewed(project, {"a.py": "\n\nx = 1\n"}) is not None


def test_a_base_that_comes_into_being_is_seen() -> None:
    project = project_from({"a.py": "class Heir(Base):\n    pass\n", "b.py": "from a import Heir\n"})
    ask(project)
    assert renewed(project, {"a.py": "from b import Base\n\n\nclass Heir(Base):\n    pass\n"}) is None


def test_an_unknown_file_is_not_renewed(project: Project) -> None:
    assert renewed(project, {"shop/new.py": ""}) is None


def lines_of(_: Project, module: Module) -> int:
    return module.facts.lines


def total(parts: Mapping[Module, int]) -> list[int]:
    return [sum(parts.values())]


def test_parts_are_made_anew_where_a_module_changes_and_combined_where_one_differs(project: Project) -> None:
    first = project.combined(lines_of, total)
    same = renewed(project, {"shop/cart.py": SOURCES["shop/cart.py"].replace("make", "made")})
    assert same is not None
    assert same.combined(lines_of, total) is first
    longer = renewed(same, {"shop/cart.py": SOURCES["shop/cart.py"] + "\n# more\n"})
    assert longer is not None
    assert longer.combined(lines_of, total) == [first[0] + 2]


def together(one: Symbol, other: Symbol) -> list[str]:
    return [one.id, other.id]


def test_a_comparison_is_kept_until_one_of_the_two_changes(project: Project) -> None:
    base, order = symbol(project, "shop/base.py", "Base"), symbol(project, "shop/orders.py", "Order")
    first = project.compared(together, base, order)
    assert project.compared(together, base, order) is first
    for path in ("shop/orders.py", "shop/base.py"):
        project = renewed(project, {path: f"\n{SOURCES[path]}"}) or project
        second = project.compared(together, base, order)
        assert second is not first
        first = second


def test_what_is_kept_for_a_module_rests_on_no_other(project: Project) -> None:
    cart, orders = module(project, "shop/cart.py"), module(project, "shop/orders.py")
    with pytest.raises(RuntimeError, match=r"shop\.cart must not rest on shop\.orders"):
        project.linked(lambda each, _: each.linked(lines_of, orders), cart)
    with pytest.raises(RuntimeError, match=r"shop\.cart must not rest on all modules"):
        project.linked(lambda each, _: each.derived(lambda _: 1), cart)
