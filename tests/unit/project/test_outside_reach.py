"""Which third-party packages have to be installed before a module can be imported."""

from __future__ import annotations

import pytest

from ssot_lint.testing import project_from

SITE = "import json\n"
GUARDED = "try:\n    import boto3\nexcept ImportError{handler}\n"


def brought(home: str, site: str = SITE, **more: str) -> list[str]:
    """What an import of ``shop.home`` brings to ``shop.site``; further modules stand beside them."""
    sources = {"shop/__init__.py": "", "shop/home.py": home, "shop/site.py": site}
    project = project_from(sources | {f"shop/{name}.py": text for name, text in more.items()})
    modules = {module.name: module for module in project.modules}
    return sorted(project.outside.brought(modules["shop.site"], modules["shop.home"]))


@pytest.mark.parametrize(
    ("home", "site", "expected"),
    [
        ("import boto3\n", SITE, ["boto3"]),
        ("import boto3.session\n", "import boto3\n", []),
        ("import json, os\n", SITE, []),
        ("from google.cloud import storage\n", "import google.auth\n", ["google.cloud"]),
        ("def f():\n    import boto3\n", SITE, []),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import boto3\n", SITE, []),
        (GUARDED.format(handler=":\n    boto3 = None"), SITE, []),
        (GUARDED.format(handler=" as e:\n    raise ImportError('pip install boto3') from e"), SITE, ["boto3"]),
        ("from . import other\n", SITE, []),
    ],
)
def test_what_has_to_be_there_is_brought(home: str, site: str, expected: list[str]) -> None:
    assert brought(home, site) == expected


def test_what_first_party_modules_load_counts_on_both_sides() -> None:
    assert brought("from shop import deep\n", deep="import boto3\n") == ["boto3"]
    assert brought("import boto3\n", "from shop import deep\n", deep="import boto3\n") == []


def test_what_the_package_around_loads_is_loaded_anyway() -> None:
    project = project_from({"shop/__init__.py": "import boto3\n", "shop/home.py": "import boto3\n", "shop/site.py": ""})
    home, site = (next(each for each in project.modules if each.name == f"shop.{name}") for name in ("home", "site"))
    assert project.outside.brought(site, home) == frozenset()


def test_what_much_of_the_project_imports_is_at_hand() -> None:
    assert brought("import django\n", one="import django\n") == ["django"]
    assert brought("import django\n", one="import django\n", two="import django\n") == []
