"""What may be held against what in a repository of plug-ins."""

from __future__ import annotations

import pytest

from ssot_lint.project.plugin_layout import PluginLayout
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from

CLASS = "class Client:\n    def open(self): return 1\n"
ROOT = "shop/plugins/*"


@pytest.mark.parametrize(
    ("path", "plugin"),
    [
        ("shop/plugins/paypal/client.py", "shop/plugins/paypal"),
        ("shop/plugins/paypal/__init__.py", "shop/plugins/paypal"),
        ("shop/plugins/paypal/api/v1.py", "shop/plugins/paypal"),
        ("shop/plugins/cash.py", "shop/plugins/cash"),
        ("shop/plugins/cash.pyi", "shop/plugins/cash"),
        ("shop/plugins/__init__.py", ""),
        ("shop/core.py", ""),
        ("other/plugins/paypal/client.py", ""),
        ("client.py", ""),
    ],
)
def test_each_folder_or_module_that_matches_is_a_plugin(path: str, plugin: str) -> None:
    assert PluginLayout(ROOT).plugin_of(path) == plugin


def test_without_a_pattern_everything_is_core() -> None:
    assert PluginLayout().plugin_of("shop/plugins/paypal/client.py") == ""


def test_every_segment_is_a_glob() -> None:
    layout = PluginLayout("services/*/plug_*")
    assert layout.plugin_of("services/a/plug_x/y.py") == "services/a/plug_x"
    assert layout.plugin_of("services/a/core/y.py") == ""


def project(*folders: str) -> Project:
    return project_from({f"{folder}/client.py": CLASS for folder in folders}, plugin_root=ROOT)


def classes(found: Project) -> list[ClassSymbol]:
    return list(found.classes())


def test_two_plugins_are_not_comparable_each_with_itself_and_with_the_core_is() -> None:
    found = project("shop", "shop/plugins/a", "shop/plugins/a/sub", "shop/plugins/b")
    core, a, sub, b = found.modules
    assert not found.comparable(a, b)
    assert not found.comparable(sub, b)
    assert found.comparable(a, sub)
    assert found.comparable(core, a)
    assert found.comparable(b, core)


def test_groups_are_plugins_unless_the_core_is_among_them() -> None:
    found = project("shop/plugins/a", "shop/plugins/b", "shop/plugins/b/sub")
    assert [[each.module.path for each in group] for group in found.comparable_groups(classes(found))] == [
        ["shop/plugins/a/client.py"],
        ["shop/plugins/b/client.py", "shop/plugins/b/sub/client.py"],
    ]
    with_core = project("shop", "shop/plugins/a", "shop/plugins/b")
    assert len(with_core.comparable_groups(classes(with_core))) == 1


def test_no_plugin_is_the_home_of_what_the_core_has() -> None:
    sources = {f"{folder}/client.py": CLASS for folder in ("shop/deep/core", "shop/plugins/a", "shop/plugins/b")}
    sources["shop/plugins/a/user.py"] = "from shop.plugins.a.client import Client\n"
    found = project_from(sources, plugin_root=ROOT)
    home, reason = found.home_among(classes(found))
    assert (home.module.path, reason) == ("shop/deep/core/client.py", "the only one outside the plug-ins")
