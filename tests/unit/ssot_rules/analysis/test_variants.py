from __future__ import annotations

import pytest

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.testing import project_from
from ssot_rules.analysis.layout import fill_one_slot
from ssot_rules.analysis.variants import are_independent, are_of_two_times, are_variants, stands_alone

BASE = "class Driver:\n    def open(self): ...\n"
HEIR = "from shop.base import Driver\nclass Store(Driver):\n    def open(self):\n        return {}\n"


def named(project: Project, name: str) -> list[ClassSymbol]:
    return [cls for cls in project.classes() if cls.name == name]


def variants(sources: dict[str, str], name: str = "Store") -> bool:
    project = project_from({"shop/__init__.py": "", "shop/base.py": BASE} | sources)
    one, other, *_ = named(project, name)
    return are_variants(project, one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shop/linux.py", "shop/mac.py", True),
        ("shop/hue/api.py", "shop/lifx/api.py", True),
        ("shop/hue/hue_api.py", "shop/lifx/lifx_api.py", True),
        ("parts-hue/parts/hue/api.py", "parts-lifx/parts/lifx/api.py", True),
        ("parts-hue/parts/lifx/api.py", "parts-lifx/parts/hue/api.py", False),
        ("shop/hue/api.py", "shop/lifx/board.py", False),
        ("shop/hue/api.py", "shop/api.py", False),
        ("shop/hue/old/api.py", "shop/lifx/new/api.py", False),
    ],
)
def test_slots_are_siblings_and_equal_names_in_parallel_folders(one: str, other: str, expected: bool) -> None:
    first, second = project_from({one: "x = 1\n", other: "x = 1\n"}).modules
    assert fill_one_slot(first, second) is expected
    assert fill_one_slot(second, first) is expected


def test_heirs_of_one_base_beside_each_other_are_variants() -> None:
    one, other = HEIR.format("1"), HEIR.format("2")
    assert variants({"shop/linux.py": one, "shop/mac.py": other})
    assert not variants({"shop/linux.py": one, "shop/parts/mac.py": other})
    assert not variants({"shop/linux.py": one.replace("(Driver)", ""), "shop/mac.py": other.replace("(Driver)", "")})


@pytest.mark.parametrize(("base", "expected"), [("AbstractStore", True), ("nn.Module", False), ("object", False)])
def test_a_library_class_counts_where_it_is_called_after(base: str, expected: bool) -> None:
    text = f"from library import nn, AbstractStore\nclass WireStore({base}):\n    x = 1\n"
    assert variants({"shop/linux.py": text, "shop/mac.py": text}, "WireStore") is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("from anthropic import Client", "from openai import Client", True),
        ("def f():\n    import anthropic", "if TYPE_CHECKING:\n    import openai.types", True),
        ("import anthropic, openai", "import openai", False),
        ("import requests", "import httpx", False),
        ("import json", "import os", False),
    ],
)
def test_modules_named_after_the_library_they_wrap_are_variants(one: str, other: str, expected: bool) -> None:
    body = "\nclass _Roles:\n    def to(self):\n        return 1\n"
    sources = {"shop/sdk/anthropic/messages.py": one + body, "shop/sdk/openai/chat.py": other + body}
    assert variants(sources, "_Roles") is expected


def test_three_in_one_slot_are_a_family_and_two_are_chance() -> None:
    text = "class Store:\n    x = 1\n"
    places = {f"shop/{name}/events.py": text for name in ("north", "south", "west")}
    assert variants(places)
    assert not variants(dict.fromkeys(list(places)[:2], text))
    assert not variants({"shop/north/events.py": text, "shop/south/events.py": text, "shop/app.py": text})


def test_nothing_asks_for_a_private_function() -> None:
    places = [f"shop/{name}/tools.py" for name in ("north", "south", "west")]

    def found(name: str) -> tuple[Project, FunctionSymbol, FunctionSymbol]:
        project = project_from(dict.fromkeys(places, f"def {name}():\n    return 1\n"))
        one, other, _ = project.functions()
        return project, one, other

    assert are_variants(*found("load"))
    assert not are_variants(*found("_load"))


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("shop/a.py", "if __name__ == '__main__':\n    class Store: ...\n", True),
        ("evals/old/app.py", "class Store: ...\n", True),
        ("shop/a.py", "class Store: ...\n", False),
        ("shop/golden/app.py", "class Store: ...\n", False),
    ],
)
def test_what_runs_by_itself_or_is_only_kept(path: str, text: str, expected: bool) -> None:
    (cls,) = project_from({path: text}).classes()
    assert stands_alone(cls) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from shop.v1.base import rate\n", True),
        ("import json\n", True),
        ("from shop.base import rate\n", False),
        ("from ..base import rate\n", False),
        ("def f():\n    from shop.base import rate\n", False),
    ],
)
def test_a_rewrite_takes_nothing_from_what_it_will_replace(text: str, expected: bool) -> None:
    old = {"shop/__init__.py": "", "shop/base.py": "rate = 1\n", "shop/log.py": "from shop.base import rate\n"}
    new = {"shop/v1/__init__.py": "", "shop/v1/base.py": "rate = 2\n", "shop/v1/log.py": text}
    project = project_from(old | new)
    modules = {module.path: module for module in project.modules}
    assert are_of_two_times(project, modules["shop/log.py"], modules["shop/v1/log.py"]) is expected
    assert not are_of_two_times(project, modules["shop/v1/base.py"], modules["shop/v1/log.py"])


@pytest.mark.parametrize(
    ("one", "other", "core", "expected"),
    [
        ("", "", "", True),
        ("'core'", "'core'", "'north', 'south'", True),
        ("'south'", "", "", False),
        ("", "'core'", "'north'", False),
    ],
)
def test_distributions_know_nothing_of_each_other_by_way_of_extras(
    one: str, other: str, core: str, expected: bool
) -> None:
    needs = {"north": one, "south": other, "core": core}
    sources = {f"{name}/{name}/__init__.py": "" for name in needs} | {
        f"{name}/{name}/api.py": "x = 1\n" for name in needs
    }
    for name, requires in needs.items():
        sources[f"{name}/pyproject.toml"] = f"[project]\nname = '{name}'\ndependencies = [{requires}]\n"
    project = project_from(sources)
    modules = {module.path: module for module in project.modules}
    found = are_independent(project, modules["north/north/api.py"], modules["south/south/api.py"])
    assert found is expected
    assert not are_independent(project, modules["north/north/api.py"], modules["north/north/__init__.py"])
