"""A module of helpers that all sites import already is the place for one helper more."""

from __future__ import annotations

import pytest

from ssot_lint.project.home import ALLOWED, ALPHABET, IMPORTABLE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.testing import project_from
from ssot_rules.analysis.remedies import stays_nowhere, ways_to

PACKAGES = {f"shop/{folder}__init__.py": "" for folder in ("", "tills/", "helping/", "constants/", "cli/")}
WEIGH = "def weigh(box):\n    total = 0\n    for each in box:\n        total += each\n    return total\n"
TIDY = "def tidy(x):\n    return x\n\ndef sort(x):\n    return sorted(x)\n"
CALL = "print(weigh([1]))\n"
USED = "imported by 1 module for what they share"
DIRECTION = "the only one whose package the others' packages import"


def copies(sources: dict[str, str], paths: tuple[str, str]) -> tuple[Project, FunctionSymbol, FunctionSymbol]:
    """The project, and what weighs in two of its files, the home first."""
    project = project_from(sources)
    found = {each.module.path: each for each in project.functions() if each.name == "weigh"}
    return project, found[paths[0]], found[paths[1]]


def remedy(helpers: str, reason: str, text: str = TIDY, names: str = "card cash") -> str:
    """What becomes of a function in two modules of one package that import ``helpers``, which has this text."""
    first, second = names.split()
    path = helpers.replace(".", "/")
    place = f"{path}/__init__.py" if f"{path}/__init__.py" in PACKAGES else f"{path}.py"
    paths = f"shop/tills/{first}.py", f"shop/tills/{second}.py"
    head = f"from {helpers} import tidy\n"
    sources = PACKAGES | {place: text} | dict.fromkeys(paths, head + WEIGH + CALL)
    sources["shop/tills/user.py"] = f"from shop.tills.{first} import weigh\nfrom shop.tills import {second}\n"
    project, home, copy = copies(sources, paths)
    (way,) = ways_to(project, home, reason, [copy])
    return way.statement or way.deed


@pytest.mark.parametrize("reason", [ALPHABET, IMPORTABLE, USED, DIRECTION])
@pytest.mark.parametrize(
    ("helpers", "names"),
    [
        ("shop.tills.common", "card cash"),
        ("shop.helping.utils", "card cash"),
        ("shop.helping.till_utils", "card_till cash_till"),
        ("shop.tills", "card cash"),
        ("shop.cli.utils", "card cash"),
    ],
)
def test_what_all_import_already_comes_before_a_peer(helpers: str, names: str, reason: str) -> None:
    found = remedy(helpers, reason, names=names)
    assert found.startswith(f"Move `weigh` to `{helpers}` ")
    assert found.endswith(": all of them import that already.")


@pytest.mark.parametrize(
    ("helpers", "text"),
    [
        ("shop.helping.paper_utils", "def tidy(x):\n    return x\n"),
        ("shop.helping.paper", "def tidy(x):\n    return x\n"),
        ("shop.constants.common", TIDY),
        ("shop.helping.base", "class tidy:\n    x = 1\n"),
        ("shop.helping.utils", "def tidy(x):\n    return x\nfrom shop.tills import card\n"),
        ("shop.helping.utils", "def tidy(x):\n    return x\ndef weigh(x):\n    return x + 1\n"),
        ("shop.tills", "from shop.helping.paper import tidy\n"),
        ("shop.tills", "class tidy:\n    x = 1\n"),
    ],
)
def test_what_is_about_something_else_or_leads_back_takes_nothing(helpers: str, text: str) -> None:
    assert remedy(helpers, DIRECTION, text) == "from shop.tills.card import weigh"


@pytest.mark.parametrize(
    "reason", ["declared", "the only one in production code", "the others are deprecated", "the only definition"]
)
def test_what_speaks_for_the_function_itself_counts_more(reason: str) -> None:
    assert remedy("shop.tills.common", reason) == "from shop.tills.card import weigh"


@pytest.mark.parametrize("home", ["shop/tills/lib.py", "shop/tills/card.py"])
def test_a_home_among_helpers_or_with_many_users_stays(home: str) -> None:
    head = "from shop.tills.common import tidy\n"
    sources = PACKAGES | {home: head + WEIGH, "shop/tills/cash.py": head + WEIGH + CALL}
    module = home.removesuffix(".py").replace("/", ".")
    sources |= {f"shop/u{number}.py": f"from {module} import weigh\n" for number in range(4)}
    sources["shop/tills/common.py"] = "def tidy(x):\n    return x\n"
    project, first, copy = copies(sources, (home, "shop/tills/cash.py"))
    assert not stays_nowhere(project, first, USED, [copy])


def distributions(
    needs: str, imports: str, head: str = "", file: str = "cache"
) -> tuple[Project, FunctionSymbol, FunctionSymbol]:
    """A function in a command line and in a library that depends on it; both may need a third distribution."""
    sources = {
        "core/pyproject.toml": '[project]\nname = "core"\n',
        "core/src/core/__init__.py": "",
        "core/src/core/paths.py": "def tidy(x):\n    return x\n",
    }
    for name, others in (("cmd", needs), ("lib", f'{needs}"cmd"')):
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = [{others}]\n'
        sources[f"{name}/src/{name}/__init__.py"] = ""
        sources[f"{name}/src/{name}/start.py"] = imports
        sources[f"{name}/src/{name}/{file}.py"] = (head if name == "lib" else "") + WEIGH + CALL
    return copies(sources, (f"cmd/src/cmd/{file}.py", f"lib/src/lib/{file}.py"))


def test_a_third_distribution_is_the_place_for_two() -> None:
    project, home, copy = distributions('"core",', "from core.paths import tidy\n")
    (way,) = ways_to(project, home, ALLOWED, [copy])
    assert way.deed.startswith("Move `weigh` to a module that all can import (a new one in `core`, say) ")
    assert way.deed.endswith(": the distributions of all of them import from that one already.")


@pytest.mark.parametrize(
    ("needs", "imports", "head", "file"),
    [
        ("", "", "", "cache"),
        ('"core",', "", "", "cache"),
        ('"core",', "from core.paths import tidy\n", "from cmd.cache import CALLS\n", "cache"),
        ('"core",', "from core.paths import tidy\n", "", "cache_utils"),
    ],
)
def test_without_one_that_both_import_from_the_home_stays(needs: str, imports: str, head: str, file: str) -> None:
    project, home, copy = distributions(needs, imports, head, file)
    assert not stays_nowhere(project, home, ALLOWED, [copy])
