"""Packages that an installer put into a folder of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.model.source import SourceTree, Zone

Settle = Callable[..., SourceTree]

SHOP = {
    "pyproject.toml": "[project]\nname = 'shop'\n",
    "shop/__init__.py": "",
    "shop/a.py": "import requests, yaml, six",
}
COPIES = {
    "lib/requests/__init__.py": "",
    "lib/requests/api.py": "from requests import sessions",
    "lib/requests/sessions.py": "",
    "lib/yaml/__init__.py": "",
    "lib/six.py": "",
    "lib/own/__init__.py": "",
    "lib/helpers.py": "",
}
INFO = {f"lib/{name}.dist-info/METADATA": "" for name in ("requests-2.31.0", "PyYAML-6.0", "six-1.16.0")}


def zones(tree: SourceTree, folder: str) -> Mapping[str, Zone]:
    return {file.path: file.zone for file in tree.files if file.path.startswith(folder)}


def reason(tree: SourceTree, path: str) -> str:
    return next(file.zone_reason for file in tree.files if file.path == path)


OWN = ("lib/own/__init__.py", "lib/helpers.py")
EXPECTED = {path: Zone.PRODUCTION if path in OWN else Zone.VENDORED for path in COPIES}


def test_what_an_installer_left_beside_a_package_calls_it_a_copy(settled: Settle) -> None:
    tree = settled({**SHOP, **COPIES, **INFO})
    assert zones(tree, "lib/") == EXPECTED
    assert reason(tree, "lib/yaml/__init__.py") == "lib/PyYAML-6.0.dist-info is about what was installed there"
    assert zones(tree, "shop/") == {"shop/__init__.py": Zone.PRODUCTION, "shop/a.py": Zone.PRODUCTION}


@pytest.mark.parametrize("name", ["vendor.txt", "vendored.txt", "_vendored.txt"])
def test_so_does_a_list_of_what_was_put_there(settled: Settle, name: str) -> None:
    tree = settled({**SHOP, **COPIES, f"lib/{name}": "requests==2.31.0  # MIT\npyyaml==6.0\nsix == 1.16.0\nhelpers\n"})
    assert zones(tree, "lib/") == EXPECTED
    assert reason(tree, "lib/six.py") == f"lib/{name} is about what was installed there"


def test_within_a_package_of_the_product(settled: Settle) -> None:
    files = {f"shop/{path}": text for path, text in {**COPIES, **INFO}.items()}
    assert zones(settled({**SHOP, **files}), "shop/lib/") == {f"shop/{path}": zone for path, zone in EXPECTED.items()}


def test_the_projects_own_wheel_is_no_copy(settled: Settle) -> None:
    tree = settled({**SHOP, "src/shop_core/__init__.py": "", "src/shop/b.py": "", "src/shop-1.0.dist-info/RECORD": ""})
    assert zones(tree, "src/") == {"src/shop_core/__init__.py": Zone.PRODUCTION, "src/shop/b.py": Zone.PRODUCTION}


def test_an_unpacked_wheel_is_judged(settled: Settle) -> None:
    tree = settled({"requests/__init__.py": "", "requests/api.py": "", "requests-2.31.0.dist-info/RECORD": ""})
    assert set(zones(tree, "").values()) == {Zone.PRODUCTION}


def test_what_stands_beside_code_that_was_installed_for_development_is_no_copy(settled: Settle) -> None:
    tree = settled({**SHOP, "lib/requests/__init__.py": "", "lib/requests.egg-info/PKG-INFO": ""})
    assert zones(tree, "lib/") == {"lib/requests/__init__.py": Zone.PRODUCTION}


def test_a_list_of_other_vendors_says_nothing(settled: Settle) -> None:
    tree = settled({**SHOP, "drivers/cisco.py": "", "drivers/vendor.txt": "cisco\njuniper\n"})
    assert zones(tree, "drivers/") == {"drivers/cisco.py": Zone.PRODUCTION}


def test_wrappers_called_like_what_they_wrap_are_no_copies(settled: Settle) -> None:
    """Most of a folder may be called like requirements of the project."""
    wrappers = {f"tools/{name}.py": f"import {name}\n" for name in ("openai", "stripe", "jira", "slack", "redis")}
    tree = settled({**SHOP, **wrappers, "requirements.txt": "openai\nstripe\njira\nslack\nredis\n"})
    assert set(zones(tree, "tools/").values()) == {Zone.PRODUCTION}


def test_attributes_and_the_configuration_go_first(settled: Settle) -> None:
    files = {
        **SHOP,
        **COPIES,
        **INFO,
        ".gitattributes": "lib/six.py -linguist-vendored\nlib/yaml/** linguist-generated",
    }
    tree = settled(files, zone_paths={"production": ("lib/requests/api.py",)})
    assert zones(tree, "lib/") == {
        **EXPECTED,
        "lib/six.py": Zone.PRODUCTION,
        "lib/yaml/__init__.py": Zone.GENERATED,
        "lib/requests/api.py": Zone.PRODUCTION,
    }


HOOKED = {"lib/hooked/__init__.py": "", "lib/hooked/base.py": "", "lib/one.py": "", "lib/helpers.py": ""}


@pytest.mark.parametrize(
    ("info", "record", "copied"),
    [
        ("python_hooked-4.1.dist-info", "hooked/__init__.py,sha256=x,4\nhooked/base.py,,\n", ("hooked/",)),
        ("wire-1.0.dist-info", '"hooked/a,b.py",sha256=x,1\none.py,sha256=y,2\n', ("hooked/", "one.py")),
        ("wire-1.0.dist-info", "Hooked/base.pyi,sha256=x,1\nwire-1.0.dist-info/RECORD,,\n", ("hooked/",)),
        ("wire-1.0.dist-info", "hooked/data.txt,sha256=x,1\n../bin/one.py,,\n", ()),
        ("wire-1.0.dist-info", "wire/hooked/__init__.py,sha256=x,1\n", ()),
        ("wire-1.0.dist-info", "hooked/base.py\n\n,,\n", ()),
        ("shop-1.0.dist-info", "hooked/base.py,sha256=x,1\n", ()),
    ],
)
def test_what_an_installer_wrote_is_what_it_says(
    settled: Settle, info: str, record: str, copied: tuple[str, ...]
) -> None:
    """A distribution is often called otherwise than its package."""
    tree = settled({**SHOP, **HOOKED, f"lib/{info}/RECORD": record})
    assert zones(tree, "lib/") == {
        path: Zone.VENDORED if path.removeprefix("lib/").startswith(copied) and copied else Zone.PRODUCTION
        for path in HOOKED
    }
