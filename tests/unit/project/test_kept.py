"""What a conclusion rests on is noted, and it is drawn again exactly where that has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.source import SourceTree
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.testing import project_from

SOURCES = {
    "shop/__init__.py": "",
    "shop/base.py": "class Base:\n    def total(self):\n        return 1\n",
    "shop/orders.py": "from shop.base import Base\n\n\nclass Order(Base):\n    def total(self):\n        return 2\n",
    "shop/cart.py": "from shop.orders import Order\n\n\ndef make():\n    return Order().total()\n",
    "shop/till.py": "def pay():\n    return 3\n",
}


@dataclass
class Kept:
    """A project whose files change, and how often a conclusion was drawn in it."""

    project: Project
    drawn: int = 0

    def counted(self, compute: Callable[[Project, Symbol], object]) -> Callable[[Project, Symbol], object]:
        def conclusion(project: Project, symbol: Symbol) -> object:
            self.drawn += 1
            return compute(project, symbol)

        return conclusion

    def type(self, path: str, text: str) -> None:
        """Let a file have another text, which no other file can see."""
        files = tuple(module.source for module in self.project.modules)
        tree = SourceTree(files, ("",), frozenset(), frozenset())
        renewed = self.project.renewed({path: extract(text.encode())}, tree)
        assert renewed is not None
        self.project = renewed

    def symbol(self, path: str, name: str) -> ClassSymbol:
        found = next(each for each in self.project.modules if each.path == path).namespace[name]
        assert isinstance(found, ClassSymbol)
        return found


@pytest.fixture
def kept() -> Kept:
    found = Kept(project_from(SOURCES))
    for cls in found.project.classes():
        found.project.base_names(cls)
    _ = found.project.imports, found.project.calls
    return found


def statements(project: Project, symbol: Symbol) -> object:
    assert isinstance(symbol, ClassSymbol)
    return [each.fact.body.statements for each in project.ancestry(symbol)]


def importers(project: Project, symbol: Symbol) -> object:
    return [module.path for module in project.importers_of(symbol)]


def callers(project: Project, symbol: Symbol) -> object:
    return [call.module.path for call in project.calls_of(symbol)]


def mentioners(project: Project, symbol: Symbol) -> object:
    return [module.path for module in project.mentioning(symbol.name)]


def heirs_in(project: Project, module: Module) -> tuple[tuple[Symbol, str], ...]:
    return tuple((ancestor, cls.name) for cls in module.classes for ancestor in project.ancestry(cls)[1:])


def heirs(project: Project, symbol: Symbol) -> object:
    return project.records_of(heirs_in, symbol)


def names(project: Project) -> tuple[str, ...]:
    return tuple(cls.name for cls in project.classes())


def count(project: Project, _: Symbol) -> object:
    return len(project.derived(names))


LONGER = SOURCES["shop/base.py"].replace("return 1", "extra = 1\n        return extra")
WITH_CALL = (
    SOURCES["shop/till.py"]
    .replace("    return 3", "    make()\n    return 3")
    .replace("def pay", "from shop.cart import make\n\n\ndef pay")
)
MORE_IMPORTS = SOURCES["shop/till.py"] + "\n\ndef late():\n    from shop.orders import Order\n    return Order\n"


@pytest.mark.parametrize(
    ("compute", "path", "text", "drawn"),
    [
        (statements, "shop/till.py", SOURCES["shop/till.py"] + "# more\n", 1),
        (statements, "shop/base.py", LONGER, 2),
        (importers, "shop/base.py", LONGER, 1),
        (importers, "shop/till.py", WITH_CALL, 1),
        (importers, "shop/till.py", MORE_IMPORTS, 2),
        (callers, "shop/till.py", WITH_CALL, 1),
        (callers, "shop/till.py", MORE_IMPORTS.replace("return Order", "return Order()"), 2),
        (callers, "shop/cart.py", SOURCES["shop/cart.py"] + "# more\n", 2),
        (mentioners, "shop/till.py", WITH_CALL, 1),
        (mentioners, "shop/cart.py", SOURCES["shop/cart.py"] + "# more\n", 1),
        (mentioners, "shop/till.py", MORE_IMPORTS, 2),
        (heirs, "shop/cart.py", SOURCES["shop/cart.py"] + "# more\n", 1),
        (heirs, "shop/till.py", "from shop.base import Base\n\n\nclass Till(Base):\n    pass\n", 1),
        (heirs, "shop/till.py", "from shop.orders import Order\n\n\nclass Till(Order):\n    pass\n", 2),
        (count, "shop/base.py", LONGER, 1),
        (count, "shop/till.py", "class Till:\n    pass\n", 2),
    ],
    ids=[
        "another file",
        "a file that was read",
        "imports stay",
        "imports of something else",
        "one more import",
        "calls of something else",
        "one more call",
        "a file with calls",
        "mentions of something else",
        "a file that mentions it",
        "one more mention",
        "records stay",
        "a record of something else",
        "one more record",
        "an equal answer",
        "another answer",
    ],
)
def test_a_conclusion_is_drawn_again_where_it_has_to_be(
    kept: Kept, compute: Callable[[Project, Symbol], object], path: str, text: str, drawn: int
) -> None:
    conclusion = kept.counted(compute)
    order = kept.symbol("shop/orders.py", "Order")
    first = kept.project.concluded(conclusion, order)
    assert kept.project.concluded(conclusion, order) is first
    kept.type(path, text)
    assert kept.project.concluded(conclusion, order) == compute(kept.project, order)
    assert kept.drawn == drawn


def test_a_conclusion_rests_on_what_those_in_it_rest_on(kept: Kept) -> None:
    inner, outer = kept.counted(statements), kept.counted(lambda project, each: [project.concluded(inner, each)])
    order = kept.symbol("shop/orders.py", "Order")
    for _ in range(2):
        kept.project.concluded(inner, order)
        first = kept.project.concluded(outer, order)
    kept.type("shop/base.py", LONGER)
    assert kept.project.concluded(outer, order) != first
    assert kept.drawn == 4


def test_what_is_asked_on_the_way_to_an_answer_about_all_files_is_its_own_matter(kept: Kept) -> None:
    """The conclusion rests on the answer, not on the files that were read for it."""
    conclusion = kept.counted(count)
    order = kept.symbol("shop/orders.py", "Order")
    kept.project.concluded(conclusion, order)
    kept.type("shop/base.py", LONGER)
    assert kept.project.derived(names) is kept.project.derived(names)
    kept.project.concluded(conclusion, order)
    assert kept.drawn == 1


def test_a_conclusion_that_raises_is_not_kept(kept: Kept) -> None:
    def broken(_project: Project, _symbol: Symbol) -> object:
        raise ValueError("no")

    order = kept.symbol("shop/orders.py", "Order")
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.project.concluded(broken, order)


def named(_: Project, module: Module) -> tuple[tuple[str, Symbol], ...]:
    return tuple((each.name, each) for each in (*module.classes, *module.functions))


def test_groups_are_those_of_a_project_made_anew(kept: Kept) -> None:
    for path, text in (
        ("shop/till.py", "def pay():\n    pass\n\n\ndef total():\n    pass\n"),
        ("shop/till.py", "def pay():\n    pass\n\n\ndef pay():\n    pass\n"),
        ("shop/base.py", "\n" + SOURCES["shop/base.py"]),
        ("shop/till.py", ""),
    ):
        kept.type(path, text)
        groups = kept.project.folded(named, Groups[str, Symbol])
        assert sorted(map(ids, groups.several())) == sorted(map(ids, anew(kept.project).values()))


def anew(project: Project) -> Mapping[str, tuple[Symbol, ...]]:
    found: dict[str, tuple[Symbol, ...]] = {}
    for module in project.modules:
        for name, symbol in named(project, module):
            found[name] = (*found.get(name, ()), symbol)
    return {name: symbols for name, symbols in found.items() if len(symbols) > 1}


def ids(symbols: tuple[Symbol, ...]) -> list[str]:
    return [symbol.id for symbol in symbols]


@pytest.mark.parametrize(
    "compute",
    [
        lambda project, _: sorted(map(ids, project.folded(named, Groups[str, Symbol]).several())),
        lambda project, _: project.in_modules(defined_in),
    ],
    ids=["folded", "in modules"],
)
def test_what_changes_in_place_is_read_again_after_each_change(
    kept: Kept, compute: Callable[[Project, Symbol], object]
) -> None:
    conclusion = kept.counted(compute)
    order = kept.symbol("shop/orders.py", "Order")
    kept.project.concluded(conclusion, order)
    kept.type("shop/till.py", "def total():\n    pass\n")
    assert kept.project.concluded(conclusion, order) == compute(kept.project, order)
    assert kept.drawn == 2


def defined_in(project: Project, module: Module) -> tuple[str, ...]:
    """What is defined in a module, with how often what it is called is imported."""
    return tuple(
        f"{each.id} {len(project.importers_of(each))}" for each in module.namespace.values() if is_symbol(each)
    )


def is_symbol(entry: object) -> TypeGuard[Symbol]:
    return isinstance(entry, Symbol)


def test_what_is_found_in_modules_is_that_of_a_project_made_anew(kept: Kept) -> None:
    for path, text in (
        ("shop/till.py", "def pay():\n    pass\n\n\ndef total():\n    pass\n"),
        ("shop/till.py", MORE_IMPORTS),
        ("shop/base.py", "\n" + SOURCES["shop/base.py"]),
        ("shop/till.py", ""),
    ):
        kept.type(path, text)
        anew = [found for module in kept.project.modules for found in defined_in(kept.project, module)]
        assert list(kept.project.in_modules(defined_in)) == anew


def test_a_module_at_which_a_conclusion_raised_is_looked_at_again(kept: Kept) -> None:
    broken = {"shop/till.py"}

    def found_in(_: Project, module: Module) -> tuple[str, ...]:
        if module.path in broken:
            raise ValueError("no")
        return (module.path,)

    with pytest.raises(ValueError, match="no"):
        kept.project.in_modules(found_in)
    broken.clear()
    assert list(kept.project.in_modules(found_in)) == sorted(SOURCES)


def shared(project: Project, symbols: tuple[Symbol, ...]) -> tuple[str, ...]:
    """What several symbols of one name are called, with how often they are imported; nothing where they are not."""
    counts = [len(project.importers_of(each)) for each in symbols]
    return tuple(f"{each.id} {count}" for each, count in zip(symbols, counts, strict=True)) if any(counts) else ()


def test_what_is_found_in_groups_is_that_of_a_project_made_anew(kept: Kept) -> None:
    for path, text in (
        ("shop/till.py", "class Order:\n    pass\n\n\ndef total():\n    pass\n"),
        ("shop/till.py", MORE_IMPORTS + "\n\nclass Order:\n    def total(self):\n        pass\n"),
        ("shop/base.py", "\n" + SOURCES["shop/base.py"]),
        ("shop/till.py", "def make():\n    pass\n"),
        ("shop/till.py", ""),
    ):
        kept.type(path, text)
        groups = kept.project.folded(named, Groups[str, Symbol]).together()
        found = kept.project.in_groups(shared, groups, named)
        anew = {group: said for group in groups if (said := shared(kept.project, group))}
        assert found == anew


def test_a_group_is_looked_at_again_only_where_it_has_to_be(kept: Kept) -> None:
    drawn = []

    def noted(_: Project, symbols: tuple[Symbol, ...]) -> str:
        drawn.append(symbols[0].name)
        return symbols[0].name

    def look() -> None:
        kept.project.in_groups(noted, kept.project.folded(named, Groups[str, Symbol]).together(), named)

    look()
    assert drawn == ["total"]
    kept.type("shop/till.py", "def make():\n    pass\n")
    look()
    assert drawn == ["total", "make"]
    kept.type("shop/base.py", "\n" + SOURCES["shop/base.py"])
    look()
    assert drawn == ["total", "make", "total"]


def test_what_is_found_in_modules_is_kept_however_long_nobody_has_changed_them(kept: Kept) -> None:
    kept.project.in_modules(defined_in)
    for number in range(450):
        kept.type("shop/till.py", f"def pay():\n    return {number}\n")
        kept.project.in_modules(defined_in)
    kept.type("shop/base.py", SOURCES["shop/base.py"] + "\n\ndef added():\n    pass\n")
    assert "shop.base:added 0" in kept.project.in_modules(defined_in)


def test_what_is_kept_for_a_module_rests_on_no_conclusion(kept: Kept) -> None:
    cart = next(each for each in kept.project.modules if each.path == "shop/cart.py")
    order = kept.symbol("shop/orders.py", "Order")
    with pytest.raises(RuntimeError, match=r"shop\.cart must not rest on all modules"):
        kept.project.linked(lambda project, _: project.concluded(statements, order), cart)
