"""Who can use whom, as far as distributions go."""

from __future__ import annotations

import pytest

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.testing import project_from


def named(project: Project, path: str) -> Module:
    return next(module for module in project.modules if module.path == path)


def can_use(project: Project, site: str, home: str) -> bool:
    return project.can_use(named(project, site), named(project, home))


def workspace(dependencies: str = "") -> dict[str, str]:
    return {
        "packages/a/pyproject.toml": '[project]\nname = "part-a"\ndependencies = ["part.B"]',
        "packages/a/src/a/__init__.py": "",
        "packages/b/pyproject.toml": f'[project]\nname = "part_b"\n{dependencies}',
        "packages/b/src/b/__init__.py": "",
        "packages/c/pyproject.toml": '[project]\nname = "part-c"',
        "packages/c/src/c/__init__.py": "",
    }


A, B, C = (f"packages/{name}/src/{name}/__init__.py" for name in "abc")


def test_declared_dependencies() -> None:
    project = project_from(workspace())
    assert can_use(project, A, A)
    assert can_use(project, A, B)
    assert not can_use(project, B, A)
    assert not can_use(project, A, C)
    assert project.distribution_of(named(project, A)).name == "part-a"


@pytest.mark.parametrize(
    "dependencies",
    [
        'dependencies = ["part-c"]',
        'dependencies = ["x"]\n[tool.uv.sources]\nx = {path = "../c"}',
        '[tool.poetry.dependencies]\nx = {path = "../c", develop = true}',
    ],
)
def test_dependencies_of_dependencies(dependencies: str) -> None:
    assert can_use(project_from(workspace(dependencies)), A, C)


@pytest.mark.parametrize(
    ("code", "proven"),
    [
        ("from c import x\n", True),
        ("def f():\n    import c\n", True),
        ("try:\n    import c\nexcept ImportError:\n    c = None\n", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import c\n", False),
    ],
)
def test_imports_prove_a_use(code: str, proven: bool) -> None:
    assert can_use(project_from(workspace() | {B: code}), A, C) is proven


@pytest.mark.parametrize(
    ("importing", "size", "metadata", "proven"),
    [
        (1, 30, 'dependencies = ["rich"]', False),
        (2, 30, 'dependencies = ["rich"]', True),
        (1, 10, 'dependencies = ["rich"]', True),
        (1, 30, "", True),
    ],
)
def test_a_slip_proves_no_use(importing: int, size: int, metadata: str, proven: bool) -> None:
    files = {f"packages/b/src/b/m{number}.py": "import c\n" if number < importing else "" for number in range(size)}
    assert can_use(project_from(workspace(metadata) | files), B, C) is proven


@pytest.mark.parametrize(
    "dependencies",
    [
        '[dependency-groups]\ndev = ["part-c"]',
        '[project.optional-dependencies]\ntest = ["part-c"]',
        '[project.optional-dependencies]\nsearch = ["part-c"]',
        '[tool.poetry.dependencies]\npart-c = {path = "../c", optional = true}',
        '[tool.flit.metadata.requires-extra]\nsearch = ["part-c"]',
        '[tool.poetry.group.dev.dependencies]\npart-c = {path = "../c", develop = true}',
        '[tool.hatch.envs.default]\ndependencies = ["part-c"]',
        '[tool.uv]\ndev-dependencies = ["part-c"]',
    ],
)
def test_what_development_and_extras_need_is_not_there_for_users(dependencies: str) -> None:
    assert not can_use(project_from(workspace(dependencies)), B, C)


def test_what_users_and_development_need_is_there() -> None:
    assert can_use(project_from(workspace('dependencies = ["part-c"]\n[dependency-groups]\ndev = ["part-c"]')), B, C)


def test_imports_of_tests_prove_nothing() -> None:
    assert not can_use(project_from(workspace() | {"packages/b/tests/test_b.py": "import c\n"}), B, C)


def test_services_without_metadata() -> None:
    files = {
        f"services/{name}/app/{file}.py": code
        for name in "ab"
        for file, code in (("__init__", ""), ("models", ""), ("main", "from app.models import X\n"))
    }
    files |= {"libs/shared/shared/__init__.py": "", "libs/other/other/__init__.py": ""}
    files["services/a/app/db.py"] = "import shared\n"
    project = project_from(files)
    assert not can_use(project, "services/a/app/main.py", "services/b/app/models.py")
    assert can_use(project, "services/a/app/main.py", "libs/shared/shared/__init__.py")
    assert not can_use(project, "services/b/app/main.py", "libs/shared/shared/__init__.py")


@pytest.mark.parametrize(
    "files",
    [
        {"ollama/__init__.py": "", "ollama/client.py": "from ollama import Client\n"},
        {"tests/redis/__init__.py": "", "celery/backend.py": "import redis\nfrom redis.asyncio import Redis\n"},
        {"examples/pydantic/__init__.py": "", "pkg/models.py": "from pydantic.fields import Field\n"},
        {"examples/celery/__init__.py": "", "examples/celery/tasks.py": "from celery.app import Celery\n"},
        {"parts/yaml/__init__.py": "", "parts/yaml/load.py": "from yaml import safe_load\n"},
        {"air/google/cloud/__init__.py": "", "air/google/cloud/a.py": "from google.cloud.storage import Client\n"},
    ],
)
def test_declared_dependencies_are_third_party(files: dict[str, str]) -> None:
    names = '["ollama", "redis", "pydantic>=2", "celery", "PyYAML", "google-cloud-storage"]'
    project = project_from(files | {"pyproject.toml": f'[project]\nname = "x"\ndependencies = {names}\n'})
    assert [use.fact.module for use in project.imports] == []


@pytest.mark.parametrize(
    ("path", "line", "is_own"),
    [
        ("src/shop/cart/a.py", "from shop.till.b import x\n", True),
        ("src/shop/cart/a.py", "import shop.till.b\n", True),
        ("src/shop/cart/a.py", "from shop.gone import x\n", False),
        ("src/shop/cart/a.py", "from shop import x\n", False),
        ("examples/a.py", "from shop.till.b import x\n", False),
    ],
)
def test_a_project_that_its_own_requirements_name_is_no_third_party(path: str, line: str, is_own: bool) -> None:
    packages = {f"src/shop/{name}__init__.py": "" for name in ("", "cart/", "till/")}
    required = {"setup.py": "from setuptools import setup\nsetup(install_requires=['shop'])\n"}
    project = project_from(packages | required | {"src/shop/till/b.py": "x = 1\n", path: line})
    assert bool(project.imports) is is_own


def test_distribution_of_the_project_is_no_third_party() -> None:
    project = project_from(workspace() | {A: "from b import x\n"})
    assert [use.source for use in project.imports] == [named(project, B)]
