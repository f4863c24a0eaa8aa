from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location
from ssot_lint.testing import findings
from ssot_rules.imports.shadowed_module import ShadowedModule


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(ShadowedModule(), {"shop/__init__.py": ""} | sources)


def test_a_module_beside_a_package_is_dead() -> None:
    (finding,) = found(
        {"shop/models.py": "class Order: ...\nclass Invoice: ...\n", "shop/models/__init__.py": "class Order: ...\n"}
    )
    assert finding.subject == "shop.models"
    assert finding.message == (
        "shop/models.py is never imported: the package shop/models/__init__.py has the same name, "
        "edits to the file have no effect"
    )
    assert finding.remedy == (
        "Move Invoice to shop/models/__init__.py where anything needs it, then delete shop/models.py"
    )
    assert finding.home is not None
    assert finding.home.location.path == "shop/models/__init__.py"
    assert [site.location for site in finding.sites] == [Location("shop/models.py", 1)]
    assert finding.evidence["only_in_module"] == ["Invoice"]


def test_without_names_of_its_own_it_can_just_go() -> None:
    (finding,) = found({"shop/models.py": "import os\n", "shop/models/__init__.py": ""})
    assert finding.remedy == "Delete shop/models.py"


def test_test_code_is_judged_too() -> None:
    (finding,) = found({"tests/__init__.py": "", "tests/util.py": "", "tests/util/__init__.py": ""})
    assert finding.subject == "tests.util"


@pytest.mark.parametrize(
    "loader",
    [
        "from importlib.machinery import SourceFileLoader\n\ndef load(path): return SourceFileLoader('p', path)\n",
        "import importlib.util\n\ndef load(path): return importlib.util.spec_from_file_location('p', path)\n",
        "import runpy\n\ndef load(path): return runpy.run_path(path)\n",
    ],
)
def test_what_loads_files_by_their_path_finds_one_beside_a_package(loader: str) -> None:
    parts = {"shop/pay/__init__.py": "", "shop/pay/cash.py": "def pay(): ...\n", "shop/pay/cash/__init__.py": ""}
    assert found({**parts, "shop/loader.py": loader}) == []
    (finding,) = found({**parts, "lab/__init__.py": "", "lab/loader.py": loader})
    assert finding.subject == "shop.pay.cash"


def test_a_folder_without_init_shadows_nothing() -> None:
    assert found({"shop/models.py": "X = 1\n", "shop/models/data.py": "Y = 1\n"}) == []


def test_stubs_shadow_nothing() -> None:
    assert found({"shop/models.pyi": "X: int\n", "shop/models/__init__.py": "X = 1\n"}) == []
    assert found({"shop/models.py": "X = 1\n", "shop/models.pyi": "X: int\n"}) == []


def test_equal_names_in_different_packages_are_two_modules() -> None:
    assert found({"shop/models.py": "X = 1\n", "sale/__init__.py": "", "sale/models/__init__.py": ""}) == []


@pytest.mark.parametrize(
    "script",
    [
        "from app import create_app\n\napplication = create_app()\n",
        "import app.server\n\napp.server.run()\n",
        "def main(): ...\n\nif __name__ == '__main__':\n    main()\n",
    ],
)
def test_a_script_beside_the_package_that_it_starts_is_run_not_imported(script: str) -> None:
    assert found({"app.py": script, "app/__init__.py": "def create_app(): ...\n"}) == []


def test_tests_that_never_run_go_to_a_test_module() -> None:
    own = "import unittest\nclass PriceTest(unittest.TestCase):\n    def test_net(self): ...\n"
    (finding,) = found({"shop/tests.py": own, "shop/tests/__init__.py": "", "shop/tests/test_tax.py": ""})
    assert finding.remedy == "Move what is still to be tested to a test module in shop/tests, then delete shop/tests.py"
    (finding,) = found({"shop/tests.py": "", "shop/tests/__init__.py": "", "shop/tests/test_tax.py": ""})
    assert finding.remedy == "Delete shop/tests.py"
