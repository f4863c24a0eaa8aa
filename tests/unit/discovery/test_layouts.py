"""Source roots and module names in the layouts people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import FileEvidence
from ssot_lint.discovery.infer_layout import infer_layout
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.model.facts import Import
from ssot_lint.model.source import SourceTree
from ssot_lint.model.syntax import Guard

Settle = Callable[..., SourceTree]


def make_import(module: str, name: str | None) -> Import:
    return Import(module, 0, name, None, 0, Guard.NONE, 1, 1, 1, 1)


def names(tree: SourceTree) -> Mapping[str, tuple[str, str]]:
    return {file.path: (file.root, file.module) for file in tree.files}


def test_flat_layout(settled: Settle) -> None:
    tree = settled(
        {
            "pyproject.toml": "[project]\nname = 'pkg'",
            "pkg/__init__.py": "",
            "pkg/sub/__init__.py": "",
            "pkg/sub/mod.py": "from pkg.sub import other",
            "pkg/sub/other.py": "",
        }
    )
    assert names(tree) == {
        "pkg/__init__.py": ("", "pkg"),
        "pkg/sub/__init__.py": ("", "pkg.sub"),
        "pkg/sub/mod.py": ("", "pkg.sub.mod"),
        "pkg/sub/other.py": ("", "pkg.sub.other"),
    }
    assert tree.source_roots == ("",)
    assert [file.is_package for file in tree.files] == [True, True, False, False]


def test_several_packages_side_by_side(settled: Settle) -> None:
    tree = settled({"one/__init__.py": "", "one/a.py": "import two.b", "two/__init__.py": "", "two/b.py": ""})
    assert names(tree)["one/a.py"] == ("", "one.a")
    assert names(tree)["two/b.py"] == ("", "two.b")


def test_src_layout(settled: Settle) -> None:
    tree = settled({"src/pkg/__init__.py": "", "src/pkg/a.py": "", "tests/test_a.py": "from pkg.a import x"})
    assert names(tree) == {
        "src/pkg/__init__.py": ("src", "pkg"),
        "src/pkg/a.py": ("src", "pkg.a"),
        "tests/test_a.py": ("", "tests.test_a"),
    }
    assert tree.source_roots == ("", "src")


def test_src_is_a_package_where_the_code_imports_it_as_one(settled: Settle) -> None:
    tree = settled({"src/app/a.py": "from src.app.b import x", "src/app/b.py": "", "src/main.py": "import src.app.a"})
    assert names(tree)["src/app/b.py"] == ("", "src.app.b")
    assert tree.namespace_packages == {("", "src"), ("", "src.app")}


def test_relative_imports_show_that_a_folder_is_a_package(settled: Settle) -> None:
    tree = settled({"src/main.py": "from .db import x", "src/db.py": ""})
    assert names(tree)["src/main.py"] == ("", "src.main")


def test_namespace_package_below_src_without_any_import(settled: Settle) -> None:
    tree = settled({"src/google/cloud/x/__init__.py": "", "src/google/cloud/x/client.py": ""})
    assert names(tree)["src/google/cloud/x/client.py"] == ("src", "google.cloud.x.client")
    assert tree.namespace_packages == {("src", "google"), ("src", "google.cloud")}


def test_namespace_package_in_a_flat_layout_by_its_imports(settled: Settle) -> None:
    tree = settled(
        {
            "google/cloud/x/__init__.py": "from google.cloud.x.client import Client",
            "google/cloud/x/client.py": "from google.cloud import x",
            "google/auth/__init__.py": "",
            "google/auth/flow.py": "import google.auth",
        }
    )
    assert names(tree)["google/cloud/x/client.py"] == ("", "google.cloud.x.client")
    assert names(tree)["google/auth/flow.py"] == ("", "google.auth.flow")


def test_packages_without_any_init_file(settled: Settle) -> None:
    tree = settled({"app/core/db.py": "", "app/main.py": "from app.core.db import x"})
    assert names(tree)["app/core/db.py"] == ("", "app.core.db")


def test_folder_on_the_python_path_without_any_init_file(settled: Settle) -> None:
    tree = settled({"backend/core/db.py": "", "backend/main.py": "from core.db import x"})
    assert names(tree) == {
        "backend/core/db.py": ("backend", "core.db"),
        "backend/main.py": ("backend", "main"),
    }


def test_services_of_a_monorepo_with_the_same_module_names(settled: Settle) -> None:
    tree = settled(
        {
            "services/a/app/__init__.py": "",
            "services/a/app/main.py": "from app.db import x",
            "services/a/app/db.py": "",
            "services/b/app/main.py": "from app.db import x",
            "services/b/app/db.py": "",
        }
    )
    assert names(tree)["services/a/app/main.py"] == ("services/a", "app.main")
    assert names(tree)["services/b/app/main.py"] == ("services/b", "app.main")
    assert tree.source_roots == ("", "services/a", "services/b")


def test_project_folders_of_a_monorepo_without_imports(settled: Settle) -> None:
    tree = settled(
        {
            "services/a/pyproject.toml": "[project]\nname = 'a'",
            "services/a/app/main.py": "",
            "services/b/pyproject.toml": "[tool.ruff]\nline-length = 100",
            "services/b/app/main.py": "",
        }
    )
    assert names(tree) == {
        "services/a/app/main.py": ("services/a", "app.main"),
        "services/b/app/main.py": ("", "services.b.app.main"),
    }


def test_library_of_a_monorepo_is_found_from_a_service(settled: Settle) -> None:
    tree = settled(
        {
            "libs/common/common/__init__.py": "",
            "libs/common/common/log.py": "",
            "services/a/app/__init__.py": "",
            "services/a/app/main.py": "from common.log import x",
        }
    )
    assert names(tree)["libs/common/common/log.py"] == ("libs/common", "common.log")


def test_majority_of_imports_decides_between_two_names(settled: Settle) -> None:
    files = {
        "backend/__init__.py": "",
        "backend/app/__init__.py": "",
        "backend/app/db.py": "",
        "backend/main.py": "from app.db import x",
        "backend/a.py": "from app.db import x",
        "run.py": "from backend.app.db import x",
    }
    assert names(settled(files))["backend/app/db.py"] == ("backend", "app.db")
    files |= {"run2.py": "from backend.app.db import x", "run3.py": "from backend.app.db import x"}
    tree = settled(files)
    assert names(tree)["backend/app/db.py"] == ("", "backend.app.db")
    assert tree.source_roots == ("", "backend")


def test_module_called_like_a_library_is_no_evidence(settled: Settle) -> None:
    tree = settled(
        {
            "proj/__init__.py": "",
            "proj/celery.py": "from celery import Celery",
            "proj/redis/__init__.py": "from redis.client import Redis",
            "proj/redis/client.py": "",
            "proj/tasks.py": "from celery import shared_task\nimport redis.asyncio",
        }
    )
    assert names(tree)["proj/celery.py"] == ("", "proj.celery")
    assert tree.source_roots == ("",)


def test_nested_package_with_the_name_of_the_top_package(settled: Settle) -> None:
    files = {"ha/__init__.py": "", "ha/const.py": "", "ha/components/__init__.py": ""}
    files |= {"ha/components/ha/__init__.py": "", "ha/components/ha/const.py": ""}
    files |= {"ha/components/light.py": "from ha.const import x"}
    tree = settled(files)
    assert names(tree)["ha/components/ha/const.py"] == ("", "ha.components.ha.const")
    assert tree.source_roots == ("",)


def test_folder_without_init_within_a_package(settled: Settle) -> None:
    tree = settled({"ha/__init__.py": "", "ha/knx/__init__.py": "", "ha/knx/helpers/keyring.py": ""})
    assert names(tree)["ha/knx/helpers/keyring.py"] == ("", "ha.knx.helpers.keyring")


def test_scripts_that_import_their_neighbours(settled: Settle) -> None:
    tree = settled({"scripts/run.py": "from common import x", "scripts/common.py": "", "pkg/__init__.py": ""})
    assert names(tree)["scripts/run.py"] == ("scripts", "run")


def test_scripts_that_import_nothing_keep_their_folder_in_the_name(settled: Settle) -> None:
    tree = settled({"scripts/deploy/run.py": "import json", "pkg/__init__.py": ""})
    assert names(tree)["scripts/deploy/run.py"] == ("", "scripts.deploy.run")


def test_names_do_not_reach_across_a_folder_that_no_import_can_name(settled: Settle) -> None:
    tree = settled({"my-service/app/main.py": "", ".github/scripts/check.py": "", "class/a.py": ""})
    assert names(tree) == {
        ".github/scripts/check.py": (".github", "scripts.check"),
        "class/a.py": ("class", "a"),
        "my-service/app/main.py": ("my-service", "app.main"),
    }


def test_dot_in_a_file_name_is_no_package(settled: Settle) -> None:
    tree = settled({"pkg/__init__.py": "", "pkg/a.b.py": ""})
    assert names(tree)["pkg/a.b.py"] == ("", "pkg.a-b")


def test_init_file_in_the_project_root(settled: Settle) -> None:
    tree = settled({"__init__.py": "", "a.py": ""})
    assert names(tree) == {"__init__.py": ("", "__init__"), "a.py": ("", "a")}
    assert [file.package for file in tree.files] == ["", ""]


def test_stub_beside_its_module(settled: Settle) -> None:
    tree = settled({"pkg/__init__.py": "", "pkg/a.py": "", "pkg/a.pyi": ""})
    assert [(file.path, file.module, file.is_stub) for file in tree.files] == [
        ("pkg/__init__.py", "pkg", False),
        ("pkg/a.py", "pkg.a", False),
        ("pkg/a.pyi", "pkg.a", True),
    ]


def test_sub_folder_is_named_as_in_a_scan_of_everything(settled: Settle) -> None:
    files = {
        "backend/app/__init__.py": "",
        "backend/app/models/user.py": "",
        "backend/app/sub/mod.py": "from backend.app.models.user import x",
    }
    tree = settled(files, scan=["backend/app/sub"])
    assert names(tree) == {"backend/app/sub/mod.py": ("", "backend.app.sub.mod")}
    assert tree.opaque_modules == {("", "backend.app.models"), ("", "backend.app")}


def test_package_folder_itself(settled: Settle) -> None:
    tree = settled({"pkg/__init__.py": "", "pkg/cli.py": "", "tests/test_cli.py": ""}, scan=["pkg"])
    assert names(tree) == {"pkg/__init__.py": ("", "pkg"), "pkg/cli.py": ("", "pkg.cli")}


def test_unpacked_wheel(settled: Settle) -> None:
    tree = settled({"pkg/__init__.py": "", "pkg/a.py": "", "pkg-1.0.dist-info/METADATA": "", "single.py": ""})
    assert names(tree)["single.py"] == ("", "single")
    assert names(tree)["pkg/a.py"] == ("", "pkg.a")


def test_declared_roots(settled: Settle) -> None:
    tree = settled(
        {
            "pyproject.toml": '[tool.hatch.build.targets.wheel]\npackages = ["tool", "rules/plugin"]',
            "tool/a.py": "",
            "rules/plugin/b.py": "",
        }
    )
    assert names(tree) == {"rules/plugin/b.py": ("rules", "plugin.b"), "tool/a.py": ("", "tool.a")}


@pytest.mark.parametrize(("imported", "root", "name"), [("shop", "src", "shop.a"), ("src.shop", "", "src.shop.a")])
def test_declared_src_with_an_init_is_a_root_unless_imports_name_it(
    settled: Settle, imported: str, root: str, name: str
) -> None:
    metadata = '[tool.hatch.build.targets.wheel]\npackages = ["src/shop"]'
    files = {"pyproject.toml": metadata, "src/__init__.py": "", "src/shop/__init__.py": "", "src/shop/a.py": ""}
    users = {f"tests/test_{letter}.py": f"from {imported}.a import x" for letter in "abc"}
    assert names(settled(files | users))["src/shop/a.py"] == (root, name)


def test_configured_roots_win_over_all_evidence(settled: Settle) -> None:
    tree = settled(
        {"src/pkg/__init__.py": "", "src/pkg/a.py": "from pkg import b", "src/pkg/b.py": "", "x/y.py": ""},
        source_roots=("src/pkg", "./x/"),
    )
    assert names(tree) == {
        "src/pkg/__init__.py": ("", "src.pkg"),
        "src/pkg/a.py": ("src/pkg", "a"),
        "src/pkg/b.py": ("src/pkg", "b"),
        "x/y.py": ("x", "y"),
    }
    assert tree.source_roots == ("", "x", "src/pkg")


def test_extension_modules_are_opaque(settled: Settle) -> None:
    tree = settled(
        {
            "src/pkg/__init__.py": "",
            "src/pkg/fast.cpython-311-x86_64-linux-gnu.so": "",
            "src/pkg/slow.pyx": "",
            "src/pkg/both.py": "",
            "src/pkg/both.abi3.so": "",
            "src/pkg/typed.pyi": "",
            "src/pkg/typed.pyd": "",
        }
    )
    assert tree.opaque_modules == {("src", "pkg.fast"), ("src", "pkg.slow"), ("src", "pkg.typed")}


def test_folder_elsewhere_is_a_root_if_it_is_the_only_one_that_fits(settled: Settle) -> None:
    files = {"lib/python/foo/bar.py": "", "run/x.py": "from foo.bar import y"}
    assert names(settled(files))["lib/python/foo/bar.py"] == ("lib/python", "foo.bar")
    tree = settled(files | {"lib/other/foo/bar.py": ""})
    assert names(tree)["lib/python/foo/bar.py"] == ("", "lib.python.foo.bar")


def test_settling_twice_changes_nothing(write: Callable[[Mapping[str, str]], Path]) -> None:
    root = write({"backend/core/db.py": "", "backend/main.py": "", "old/a.py": "", "setup.py": ""})
    tree = discover(root, [root], DiscoveryOptions())
    imports = {"backend/main.py": [make_import("core.db", "x"), make_import("os", None)]}
    contents = {path: FileEvidence(statements) for path, statements in imports.items()}
    once = infer_layout(tree, contents)
    assert infer_layout(once, contents) == once != tree
    turned = {path: FileEvidence(statements[::-1]) for path, statements in imports.items()}
    assert infer_layout(tree, turned) == once


def test_file_without_imports_in_hand_tells_nothing(write: Callable[[Mapping[str, str]], Path]) -> None:
    root = write({"pkg/__init__.py": "", "pkg/broken.py": "def"})
    tree = discover(root, [root], DiscoveryOptions())
    assert infer_layout(tree, {}) == tree


def test_imports_from_within_a_folder_elect_no_root(settled: Settle) -> None:
    files = {f"air/google/cloud/{name}.py": "from google.cloud.base import X" for name in "abcd"}
    files |= {f"air/{folder}/__init__.py": "" for folder in ("google", "google/cloud")}
    tree = settled(files | {"air/__init__.py": "", "air/google/cloud/base.py": "", "air/x.py": ""})
    assert tree.source_roots == ("",)


def test_services_side_by_side_are_roots_by_their_own_imports(settled: Settle) -> None:
    files = {f"services/{name}/app/main.py": "from app.db import x" for name in "ab"}
    tree = settled(files | {f"services/{name}/app/db.py": "" for name in "ab"})
    assert tree.source_roots == ("", "services/a", "services/b")


def test_folder_that_a_file_puts_on_the_path_is_a_root(settled: Settle) -> None:
    tree = settled(
        {
            "tools/__init__.py": "",
            "tools/gate.py": "import sys\nsys.path.insert(0, '.')\nfrom config import X",
            "tools/config.py": "",
            "tools/other.py": "import json, os",
            "run.py": "import tools.config",
        }
    )
    assert tree.source_roots == ("", "tools")
    assert names(tree)["tools/config.py"] == ("", "tools.config")


def test_tests_that_mirror_the_product_are_not_called_like_it(settled: Settle) -> None:
    files = {"src/shop/__init__.py": "", "src/shop/cart/__init__.py": "", "src/shop/cart/basket.py": ""}
    files |= {f"tests/shop/cart/test_{number}.py": "from shop.cart import Basket" for number in range(5)}
    files |= {"tests/shop/__init__.py": "", "tests/shop/cart/__init__.py": "", "tests/helpers.py": ""}
    tree = settled(files | {"tests/shop/test_a.py": "from helpers import x\nfrom shop import Y"})
    assert names(tree)["tests/shop/cart/test_0.py"] == ("", "tests.shop.cart.test_0")
    assert names(tree)["tests/shop/__init__.py"] == ("", "tests.shop")
    assert names(tree)["tests/helpers.py"] == ("tests", "helpers")


ON_PATH = "import sys\nsys.path.insert(0, '.')\n"


@pytest.mark.parametrize("name", ["socket", "email", "queue", "tomllib", "distutils", "telnetlib"])
def test_folder_on_the_path_is_no_root_for_names_of_the_standard_library(settled: Settle, name: str) -> None:
    files = {
        f"lib/{folder}__init__.py": "" for folder in ("", "future/", "future/backports/", "future/backports/test/")
    }
    tree = settled(
        files
        | {f"lib/future/backports/{name}.py": "", "lib/future/backports/misc.py": ""}
        | {"lib/future/backports/test/support.py": f"{ON_PATH}import {name}"}
        | {f"shop/{each}.py": f"import {name}" for each in "abc"}
        | {"shop/__init__.py": "", "shop/net.py": f"from lib.future.backports import {name}, misc"}
    )
    assert tree.source_roots == ("",)
    assert names(tree)[f"lib/future/backports/{name}.py"] == ("", f"lib.future.backports.{name}")


def test_backports_keep_their_package_where_the_folder_above_is_a_root(settled: Settle) -> None:
    files = {f"libs/future/{folder}__init__.py": "" for folder in ("", "backports/", "backports/email/")}
    tree = settled(
        files
        | {"libs/future/backports/email/utils.py": "from future.backports import email, datetime"}
        | {"libs/future/backports/datetime.py": "", "libs/future/backports/run.py": f"{ON_PATH}import email, datetime"}
        | {"app/__init__.py": "", "app/mail.py": "import email.utils\nimport datetime"}
    )
    assert names(tree)["libs/future/backports/email/utils.py"] == ("libs", "future.backports.email.utils")
    assert names(tree)["libs/future/backports/datetime.py"] == ("libs", "future.backports.datetime")


def test_other_names_still_make_it_a_root(settled: Settle) -> None:
    tree = settled(
        {
            "tools/__init__.py": "",
            "tools/gate.py": f"{ON_PATH}import config, statistics",
            "tools/config.py": "",
            "tools/statistics.py": "",
        }
    )
    assert names(tree)["tools/statistics.py"] == ("tools", "statistics")


def test_own_modules_called_like_the_standard_library_at_a_likely_root(settled: Settle) -> None:
    tree = settled(
        {
            "src/email/__init__.py": "",
            "src/email/sender.py": "from email.parts import Part",
            "src/email/parts.py": "",
            "src/calendar.py": "",
            "src/app.py": "import calendar\nfrom email.sender import send",
        }
    )
    assert names(tree)["src/email/parts.py"] == ("src", "email.parts")
    assert names(tree)["src/calendar.py"] == ("src", "calendar")


@pytest.mark.parametrize(
    ("metadata", "package"),
    [
        ('setup(name="cloudplugins-snowflake", packages=["cloudplugins.snowflake"])', "cloudplugins/snowflake"),
        ('setup(name="cloud", namespace_packages=["cloudplugins"])', "cloudplugins/fsspec"),
        ('setup(name="cloudplugins-data-fsspec", packages=find_namespace_packages())', "cloudplugins/fsspec"),
        ('setup(name="google-cloud-redis", packages=find_namespace_packages())', "google/cloud/redis"),
    ],
)
def test_a_package_of_a_namespace_is_not_taken_for_what_it_adapts(settled: Settle, metadata: str, package: str) -> None:
    top = package.rpartition("/")[2]
    tree = settled(
        {
            "pyproject.toml": '[project]\nname = "cloud-core"\ndependencies = ["numpy"]\n',
            "core/__init__.py": "",
            "core/io.py": f"import {top}\nfrom {top}.connector import connect\n",
            "plugins/x/setup.py": metadata,
            f"plugins/x/{package}/__init__.py": "",
            f"plugins/x/{package}/connector.py": f"from {top} import connector\n",
        }
    )
    named = names(tree)[f"plugins/x/{package}/connector.py"]
    assert named == ("plugins/x", f"{package.replace('/', '.')}.connector")


def test_a_folder_of_services_is_no_namespace(settled: Settle) -> None:
    """The name of what is built begins with that of the folder, and does not end with that of the package."""
    tree = settled(
        {
            "pyproject.toml": '[project]\nname = "backend-of-shop"\n',
            "backend/app/__init__.py": "",
            "backend/app/main.py": "from app.models import X",
            "backend/app/models.py": "",
        }
    )
    assert names(tree)["backend/app/main.py"] == ("backend", "app.main")
