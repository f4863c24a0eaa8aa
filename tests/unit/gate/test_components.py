from __future__ import annotations

from pathlib import Path

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.extract.extractor import extract
from ssot_lint.gate.components import component_paths
from ssot_lint.model.component import Component


def paths_of(component: Component, root: Path, sources: dict[str, str]) -> set[str]:
    for path, text in sources.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    tree = discover(root, [root], DiscoveryOptions())
    return set(
        component_paths(component, tree.files, [extract((root / file.path).read_bytes()) for file in tree.files])
    )


SOURCES = {
    "app/__init__.py": "",
    "app/home.py": "class Thing: ...\n",
    "app/build.py": "def get_thing(): ...\n",
    "app/rival.py": "class MyThing: ...\n",
    "app/nested.py": "def f():\n    class MyThing: ...\n",
    "app/socket/deep/a.py": "x = 1\n",
    "app/broken.py": "class MyThing: ( \n",
    "app/other.py": "class Things: ...\n",
}


def test_a_component_is_its_home_its_factory_its_paths_and_the_classes_of_its_names(tmp_path: Path) -> None:
    component = Component(
        name="thing", home="app.home:Thing", factory="app.build:get_thing", names=("*Thing",), paths=("app/socket/**",)
    )
    assert paths_of(component, tmp_path, SOURCES) == {
        "app/home.py",
        "app/build.py",
        "app/rival.py",
        "app/socket/deep/a.py",
    }


def test_a_component_that_declares_nothing_has_no_files(tmp_path: Path) -> None:
    assert paths_of(Component(name="thing"), tmp_path, SOURCES) == set()
