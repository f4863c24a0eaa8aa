from __future__ import annotations

from ssot_lint.graph.dependencies import dependency_graph
from ssot_lint.graph.digraph import DependencyGraph, NodeKind, Relation
from ssot_lint.testing import project_from

CART, FACTORY = "shop/cart.py::Cart", "shop/cart.py::make_cart"
SHOP = {
    "shop/__init__.py": "from shop.cart import Cart\n",
    "shop/base.py": "class Base: ...\n",
    "shop/cart.py": (
        "from shop.base import Base\n"
        "class Cart(Base): ...\n"
        "DEFAULT = Cart()\n"
        "def make_cart():\n"
        "    cart = Cart()\n"
        "    return cart\n"
    ),
    "shop/use.py": "from shop import Cart\ndef go():\n    from shop.cart import make_cart\n    return make_cart()\n",
}


def graph_of(sources: dict[str, str]) -> DependencyGraph:
    return dependency_graph(project_from(sources))


def test_the_graph_connects_modules_classes_factories_and_globals() -> None:
    graph = graph_of(SHOP)
    kinds = {node.id: node.kind for node in graph.nodes()}
    assert (kinds[CART], kinds[FACTORY]) == (NodeKind.CLASS, NodeKind.FACTORY)
    assert kinds["shop/cart.py::DEFAULT"] is NodeKind.GLOBAL
    assert graph.sources(CART, Relation.RETURNS) == (FACTORY,)
    assert graph.sources(CART, Relation.BUILDS) == ("shop/cart.py::DEFAULT", FACTORY)
    assert graph.relation(FACTORY, CART) == Relation.BUILDS | Relation.RETURNS
    assert graph.targets(CART, Relation.INHERITS) == ("shop/base.py::Base",)
    assert graph.descendants("shop/base.py::Base", Relation.INHERITS) == {CART}
    assert graph.sources("nowhere", Relation.IMPORTS) == ()


def test_a_symbol_is_imported_from_its_home_or_through_a_re_export() -> None:
    graph = graph_of(SHOP)
    assert graph.sources(CART, Relation.IMPORTS) == ("shop/__init__.py",)
    assert graph.sources(CART, Relation.REEXPORTS) == ("shop/__init__.py::Cart",)
    assert graph.kind("shop/__init__.py::Cart") is NodeKind.REEXPORT
    assert graph.sources("shop/__init__.py::Cart", Relation.IMPORTS) == ("shop/use.py",)
    assert graph.targets("shop/use.py", Relation.IMPORTS) == (
        "shop/__init__.py",
        "shop/__init__.py::Cart",
        "shop/cart.py",
        FACTORY,
    )


def test_re_exports_form_chains_under_the_names_they_go_by() -> None:
    graph = graph_of(
        {
            "a.py": "class A: ...\n",
            "b.py": "from a import A as B\n",
            "c.py": "from b import B as C\n",
            "d.py": "from c import C\n",
        }
    )
    assert graph.targets("c.py::C", Relation.REEXPORTS) == ("b.py::B",)
    assert graph.targets("b.py::B", Relation.REEXPORTS) == ("a.py::A",)
    assert graph.descendants("a.py::A", Relation.REEXPORTS) == {"b.py::B", "c.py::C"}


def test_a_star_import_re_exports_the_definition() -> None:
    graph = graph_of({"a.py": "class A: ...\n", "b.py": "from a import *\n", "c.py": "from b import A\n"})
    assert graph.targets("b.py::A", Relation.REEXPORTS) == ("a.py::A",)


def test_a_name_that_nobody_imports_is_no_re_export() -> None:
    graph = graph_of({"a.py": "class A: ...\n", "b.py": "from a import A\n"})
    assert "b.py::A" not in graph
    assert graph.sources("a.py::A", Relation.IMPORTS) == ("b.py",)


def test_an_import_of_a_submodule_is_one_of_the_submodule() -> None:
    graph = graph_of({"p/__init__.py": "", "p/m.py": "", "x.py": "from p import m\n", "y.py": "import p.m\n"})
    assert graph.sources("p/m.py", Relation.IMPORTS) == ("x.py", "y.py")
    assert graph.sources("p/__init__.py", Relation.IMPORTS) == ()


def test_whoever_calls_a_class_builds_it() -> None:
    graph = graph_of(
        {
            "a.py": (
                "import other\n"
                "class A: ...\n"
                "class B:\n"
                "    default = A()\n"
                "    def fill(self):\n"
                "        self.a = A()\n"
                "print(A())\n"
                "HELD = A()\n"
            ),
            "b.py": "import a\na.current = a.A()\n",
            "c.py": "import a\nHELD = a.A()\n",
        }
    )
    assert graph.sources("a.py::A", Relation.BUILDS) == (
        "a.py",
        "a.py::B",
        "a.py::B.fill",
        "a.py::HELD",
        "b.py",
        "c.py::HELD",
    )


def test_nested_classes_inherit_too() -> None:
    graph = graph_of({"a.py": "class A:\n    class Meta: ...\nclass B:\n    class Meta(A.Meta): ...\n"})
    assert graph.sources("a.py::A.Meta", Relation.INHERITS) == ("a.py::B.Meta",)
