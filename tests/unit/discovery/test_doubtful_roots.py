"""A folder that holds a package is a likely source root: what speaks against it where nobody declares it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.model.source import SourceTree

Settle = Callable[[Mapping[str, str]], SourceTree]


def module_of(tree: SourceTree, path: str) -> str:
    return next(file.module for file in tree.files if file.path == path)


def users_of(library: str, count: int = 3) -> dict[str, str]:
    """Files of the product that take names from the real library."""
    return {
        f"app/part_{number}.py": f"import {library}\nfrom {library}.client import Client\n" for number in range(count)
    }


@pytest.mark.parametrize(
    ("statement", "module"),
    [
        ("from .activation.kernels.act import Act", "model.activation.kernels.act"),
        ("from .activation.kernels import act", "model.activation.kernels.act"),
        ("from . import activation", "kernels.act"),
        ("import os", "kernels.act"),
    ],
)
def test_relative_import_through_a_folder_shows_that_it_is_a_package(
    settled: Settle, statement: str, module: str
) -> None:
    files = {
        "model/gan.py": statement,
        "model/activation/kernels/__init__.py": "",
        "model/activation/kernels/act.py": "import os",
    }
    assert module_of(settled(files), "model/activation/kernels/act.py") == module


@pytest.mark.parametrize("library", ["torch", "redis", "kafka"])
def test_package_called_like_a_library_that_all_import_makes_no_root(settled: Settle, library: str) -> None:
    tree = settled(
        {
            **users_of(library),
            f"app/backends/{library}/__init__.py": "from .act import *",
            f"app/backends/{library}/act.py": f"import {library}\nfrom {library}.client import Client\n",
        }
    )
    assert module_of(tree, f"app/backends/{library}/act.py") == f"app.backends.{library}.act"


def test_one_that_is_declared_keeps_its_root(settled: Settle) -> None:
    tree = settled(
        {
            **users_of("redis"),
            "pyproject.toml": "[tool.setuptools.packages.find]\nwhere = ['backends']\n",
            "backends/redis/__init__.py": "",
            "backends/redis/act.py": "from redis.client import Client",
        }
    )
    assert module_of(tree, "backends/redis/act.py") == "redis.act"


def test_root_of_a_service_stays_where_another_package_proves_it(settled: Settle) -> None:
    tree = settled(
        {
            **users_of("redis"),
            "services/api/core/__init__.py": "",
            "services/api/core/models.py": "",
            "services/api/core/views.py": "from core.models import Order",
            "services/api/redis/__init__.py": "",
            "services/api/redis/act.py": "from redis.client import Client",
        }
    )
    assert module_of(tree, "services/api/core/views.py") == "core.views"
    assert module_of(tree, "services/api/redis/act.py") == "redis.act"


def test_package_that_only_its_own_files_import_keeps_its_root(settled: Settle) -> None:
    tree = settled(
        {
            "jobs/nightly/helpers/__init__.py": "",
            "jobs/nightly/helpers/dates.py": "",
            "jobs/nightly/helpers/days.py": "from helpers.dates import today",
        }
    )
    assert module_of(tree, "jobs/nightly/helpers/days.py") == "helpers.days"


PARTS = {
    "parts/till/__init__.py": "",
    "parts/till/cash.py": "from till.notes import count",
    "parts/till/notes.py": "",
    "parts/redis/__init__.py": "",
    "parts/redis/act.py": "from redis.client import Client\nfrom redis import Redis",
}


@pytest.mark.parametrize(
    "statement", ["from parts.redis.act import act", "import parts.redis.act", "import parts.redis"]
)
def test_package_called_like_a_library_and_named_from_above_has_that_name(settled: Settle, statement: str) -> None:
    tree = settled({**users_of("redis"), **PARTS, "tests/test_act.py": statement})
    assert module_of(tree, "parts/till/cash.py") == "till.cash"
    assert module_of(tree, "parts/redis/act.py") == "parts.redis.act"


@pytest.mark.parametrize("statement", ["from redis.act import act", "import parts.till", "import os"])
def test_package_that_is_not_named_from_above_has_the_name_of_its_root(settled: Settle, statement: str) -> None:
    tree = settled({**users_of("redis"), **PARTS, "tests/test_act.py": statement})
    assert module_of(tree, "parts/redis/act.py") == "redis.act"


def test_package_that_the_code_means_by_its_name_has_it(settled: Settle) -> None:
    users = {f"app/part_{number}.py": "from redis.act import act" for number in range(3)}
    tree = settled({**users, **PARTS, "tests/test_act.py": "import parts.redis.act"})
    assert module_of(tree, "parts/redis/act.py") == "redis.act"
