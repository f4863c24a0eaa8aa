"""Distributions: which there are, what they require, which file belongs to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.errors import ConfigError
from ssot_lint.model.source import Distribution, SourceTree

Settle = Callable[..., SourceTree]
Write = Callable[[Mapping[str, str]], Path]


def of_files(tree: SourceTree) -> Mapping[str, str]:
    return {file.path: file.distribution for file in tree.files}


@pytest.mark.parametrize(
    ("name", "text", "requires"),
    [
        (
            "pyproject.toml",
            '[project]\nname = "x"\ndependencies = ["A_b.c>=1; python_version<\'3\'", "d[e]"]',
            "a-b-c d",
        ),
        ("pyproject.toml", '[project]\nname = "x"\n[project.optional-dependencies]\ndev = ["a"]', "a"),
        ("pyproject.toml", '[project]\nname = "x"\n[dependency-groups]\ndev = ["a", {include-group = "b"}]', "a"),
        ("pyproject.toml", '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "3"\na = "^1"', "a"),
        ("pyproject.toml", '[tool.poetry]\nname = "x"\n[tool.poetry.group.d.dependencies]\na = {version = "1"}', "a"),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.pdm.dev-dependencies]\ntest = ["a"]', "a"),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.hatch.envs.t]\nextra-dependencies = ["a==1"]', "a"),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.uv]\ndev-dependencies = ["a"]', "a"),
        (
            "pyproject.toml",
            '[build-system]\nrequires = ["flit"]\n[tool.flit.metadata]\nmodule="x"\nrequires=["a"]',
            "a flit",
        ),
        ("setup.cfg", "[metadata]\nname = x\n[options]\ninstall_requires =\n    a>1\n    b\n", "a b"),
        ("setup.cfg", "[metadata]\nname = x\n[options.extras_require]\ndev = a; b\n", "a"),
        ("setup.py", 'R = ["a"]\nsetup(name="x", install_requires=R + ["b"], extras_require={"t": ["c"]})', "a b c"),
        ("setup.py", 'setup(**dict(name="x", install_requires=["a"]))', "a"),
    ],
)
def test_requirements(settled: Settle, name: str, text: str, requires: str) -> None:
    tree = settled({name: text, "pkg/__init__.py": ""})
    (only,) = tree.distributions
    assert (only.name, only.declared_in, only.requires) == ("x", name, tuple(requires.split()))


def test_files_for_pip_belong_to_the_distribution_around(write: Write) -> None:
    root = write(
        {
            "setup.py": "NAME = 'Celery'\nsetup(name=NAME, install_requires=reqs('default.txt'))",
            "requirements/extras/redis.txt": "redis>=4 # fast\n-r base.txt\nhttps://x/y.whl\n",
            "requirements-dev.in": "-e .\nNose_2\n",
            "celery/__init__.py": "",
        }
    )
    (only,) = discover(root, [root], DiscoveryOptions()).distributions
    assert (only.name, only.requires) == ("celery", ("nose-2", "redis"))


def test_nearest_metadata_counts(settled: Settle) -> None:
    tree = settled(
        {
            "pyproject.toml": '[project]\nname = "root"\n[tool.uv.workspace]\nmembers = ["packages/*"]',
            "packages/a/pyproject.toml": '[project]\nname = "pkg.A"\ndependencies = ["pkg-b"]',
            "packages/a/src/a/__init__.py": "",
            "packages/b/pyproject.toml": '[tool.poetry]\nname = "pkg_b"\ndependencies.c = {path = "../c"}',
            "packages/b/b/__init__.py": "",
            "packages/c/setup.py": "",
            "packages/c/c.py": "",
            "packages/d/pyproject.toml": "[tool.ruff]\nline-length = 100",
            "packages/d/d.py": "",
            "app/core/__init__.py": "",
            "app/core/setup.py": "def configuration(): ...",
        }
    )
    assert [(each.folder, each.name, each.requires, each.required_folders) for each in tree.distributions] == [
        ("", "root", (), ()),
        ("packages/a", "pkg-a", ("pkg-b",), ()),
        ("packages/b", "pkg-b", ("c",), ("packages/c",)),
        ("packages/c", "", (), ()),
    ]
    files = of_files(tree)
    assert files["packages/a/src/a/__init__.py"] == "packages/a"
    assert files["packages/d/d.py"] == files["app/core/setup.py"] == ""


def test_what_comes_with_a_distribution_of_the_project_is_from_outside_as_well(settled: Settle) -> None:
    tree = settled(
        {
            "core/pyproject.toml": '[project]\nname = "core"\ndependencies = ["fsspec"]\n'
            '[project.optional-dependencies]\nall = ["redis"]\n',
            "core/core/__init__.py": "",
            "plugins/s3/pyproject.toml": '[project]\nname = "core-s3"\ndependencies = ["core"]\n',
            "plugins/s3/core_s3/__init__.py": "",
            "tools/pyproject.toml": '[project]\nname = "tools"\n',
            "tools/tools.py": "",
        }
    )
    outside = {each.name: each.third_party for each in tree.distributions}
    assert outside["core-s3"] == {"fsspec"}
    assert outside["tools"] == frozenset()


@pytest.mark.parametrize(
    ("requirement", "root"),
    [
        ("ferry-sdk~=0.3", "src"),
        ("python-ferry", "src"),
        ("Ferry_Client", "src"),
        ("ferry-api[all]", "src"),
        ("ferryman", "src/boat"),
        ("ferry-boats", "src/boat"),
        ("redis", "src/boat"),
    ],
)
def test_a_package_is_no_root_for_what_wraps_a_dependency(settled: Settle, requirement: str, root: str) -> None:
    tree = settled(
        {
            "pyproject.toml": f'[project]\nname = "boat"\noptional-dependencies.all = ["{requirement}"]',
            "src/boat/__init__.py": "",
            "src/boat/crew.py": "from ferry.types import Card\nfrom ferry.utils import aboard",
            "src/boat/ferry/__init__.py": "",
            "src/boat/ferry/types.py": "",
            "src/boat/ferry/utils.py": "from ferry.types import Card, Part",
        }
    )
    assert {file.root for file in tree.files if "ferry" in file.path} == {root}


def test_services_side_by_side(settled: Settle) -> None:
    tree = settled(
        {
            "requirements.txt": "redis",
            "services/a/app/__init__.py": "",
            "services/a/app/main.py": "from app.models import X",
            "services/a/app/models.py": "",
            "services/b/src/app/__init__.py": "",
            "services/b/src/app/models.py": "",
            "src/lone/__init__.py": "",
            "tests/test_a.py": "",
        }
    )
    assert {each.folder: each.requires for each in tree.distributions} == {
        "": ("redis",),
        "services/a": ("redis",),
        "services/b": ("redis",),
    }
    assert of_files(tree)["services/b/src/app/models.py"] == "services/b"
    assert of_files(tree)["src/lone/__init__.py"] == of_files(tree)["tests/test_a.py"] == ""


def test_roots_that_metadata_declare_are_one_distribution(settled: Settle) -> None:
    tree = settled(
        {
            "pyproject.toml": '[tool.setuptools.packages.find]\nwhere = ["one", "two"]',
            "one/a/__init__.py": "",
            "two/b/__init__.py": "",
        }
    )
    assert [each.folder for each in tree.distributions] == [""]


def test_configured_distributions(settled: Settle, write: Write) -> None:
    tree = settled({"a/x.py": "", "b/y.py": ""}, distributions={"a": ("Lib_X", "./b"), "b": ()})
    assert tree.distributions == (
        Distribution(""),
        Distribution("a", requires=("lib-x",), required_folders=("Lib_X", "b"), third_party=frozenset({"lib-x"})),
        Distribution("b"),
    )
    with pytest.raises(ConfigError, match='distributions: no such folder: "c"'):
        discover(write({}), [write({})], DiscoveryOptions(distributions={"c": ()}))
