"""Whether importing one module imports another."""

from __future__ import annotations

import random
from itertools import product

import pytest

from ssot_lint.project import import_reach
from ssot_lint.project.import_reach import ImportReach, loaded_by
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.testing import project_from

SOURCES = {
    "a.py": "import b\n",
    "b.py": "from c import x\n",
    "c.py": "x = 1\nimport b\n",
    "late.py": "def f():\n    import a\n",
    "typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n",
    "pkg/__init__.py": "",
    "pkg/user.py": "from pkg import part\n",
    "pkg/part.py": "",
}


@pytest.fixture
def project() -> Project:
    return project_from(SOURCES)


@pytest.mark.parametrize(
    ("start", "end", "leads"),
    [
        ("a", "b", True),
        ("a", "c", True),
        ("c", "a", False),
        ("b", "c", True),
        ("c", "c", True),
        ("a", "a", False),
        ("late", "a", False),
        ("typed", "a", False),
        ("pkg.user", "pkg.part", True),
        ("pkg.part", "pkg.user", False),
    ],
)
def test_imports_that_run_lead_on(project: Project, start: str, end: str, leads: bool) -> None:
    modules = {module.name: module for module in project.modules}
    assert project.reach.leads(modules[start], modules[end]) is leads


@pytest.mark.parametrize(
    ("importer", "imported", "closes"),
    [("c", "a", True), ("a", "c", False), ("b", "c", False), ("late", "a", False), ("b", "a", True)],
)
def test_a_circle_that_is_there_already_is_not_closed(
    project: Project, importer: str, imported: str, closes: bool
) -> None:
    modules = {module.name: module for module in project.modules}
    assert project.reach.closes_circle(modules[importer], modules[imported]) is closes


def test_the_package_around_both_is_loaded_anyway() -> None:
    sources = {
        "pkg/__init__.py": "import pkg.one.run\nimport pkg.two.run\n",
        "pkg/one/__init__.py": "",
        "pkg/one/run.py": "import pkg\n",
        "pkg/two/__init__.py": "",
        "pkg/two/run.py": "import pkg\nfrom pkg.one import run\nfrom pkg.two import data\n",
        "pkg/two/data.py": "",
        "pkg/one/data.py": "",
    }
    project = project_from(sources)
    modules = {module.name: module for module in project.modules}
    assert not project.reach.closes_circle(modules["pkg.two.data"], modules["pkg.one.run"])
    assert project.reach.closes_circle(modules["pkg.one.data"], modules["pkg.two.run"]) is False
    assert project.reach.closes_circle(modules["pkg.two.data"], modules["pkg.two.run"])


def test_packages_have_a_direction() -> None:
    sources = {f"pkg/{name}/__init__.py": "" for name in ("one", "two")}
    sources |= {
        "pkg/one/a.py": "from pkg.two import b\n",
        "pkg/two/b.py": "",
        "pkg/one/c.py": "",
        "pkg/__init__.py": "",
    }
    project = project_from(sources)
    modules = {module.name: module for module in project.modules}
    assert project.reach.turns_round(modules["pkg.two.b"], modules["pkg.one.c"])
    assert not project.reach.turns_round(modules["pkg.one.c"], modules["pkg.two.b"])


def test_beyond_the_bound_nothing_is_known(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_reach, "MOST_MODULES", 3)
    modules = {module.name: module for module in project.modules}
    reach = ImportReach()
    for module in project.modules:
        reach.load(module, loaded_by(project.imports_in(module)))
    assert not reach.leads(modules["a"], modules["b"])


def test_what_was_loaded_by_others_is_followed_after_a_change() -> None:
    """Any sequence of changes says of each pair what a new one says."""
    modules = project_from({f"m{place}.py": "" for place in range(12)}).modules
    rng = random.Random(0)  # noqa: S311 - the same changes each time
    loaded = {module: frozenset[Module]() for module in modules}
    reach = ImportReach()
    for _ in range(60):
        module = rng.choice(modules)
        loaded[module] = frozenset(rng.sample(modules, rng.randrange(3)))
        reach.load(module, loaded[module])
        anew = ImportReach()
        for each, targets in loaded.items():
            anew.load(each, targets)
        pairs = list(product(modules, modules))
        assert [reach.leads(*pair) for pair in pairs] == [anew.leads(*pair) for pair in pairs]
        assert [reach.closes_circle(*pair) for pair in pairs] == [anew.closes_circle(*pair) for pair in pairs]


def test_long_chains_and_large_circles_end() -> None:
    size = 400
    chain = {f"m{place}.py": f"import m{place + 1}\n" for place in range(size)} | {f"m{size}.py": "import m0\n"}
    project = project_from(chain)
    first, last = (next(each for each in project.modules if each.name == name) for name in ("m0", f"m{size}"))
    assert project.reach.leads(first, last)
    assert project.reach.leads(last, first)


@pytest.mark.parametrize("statement", ["from . import part", "from api import part", "from .part import x"])
def test_a_circle_by_the_package_around_is_none_that_is_there_already(statement: str) -> None:
    """``part`` leads to ``views`` by its own package only, which is loaded before it."""
    sources = {
        "api/__init__.py": "from .views import View\n",
        "api/views.py": f"{statement}\nclass View: ...\n",
        "api/part.py": "import errors\nx = 1\n",
        "errors.py": "import api\n",
    }
    project = project_from(sources)
    modules = {module.name: module for module in project.modules}
    assert project.reach.leads(modules["api.part"], modules["api.views"])
    assert project.reach.closes_circle(modules["api.part"], modules["api.views"])
    assert not project.reach.closes_circle(modules["api.views"], modules["api.part"])
