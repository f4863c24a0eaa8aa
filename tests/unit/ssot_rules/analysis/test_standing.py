"""Whether a home is one in the eyes of the modules that hold the copies."""

from __future__ import annotations

import pytest

from ssot_lint.project.home import ALPHABET, IMPORTABLE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from
from ssot_rules.analysis.standing import established_namesake, is_settled, keeps_to_itself

THING = "class Thing:\n    size = 1\n"
USED = "imported by 1 module"


def things(home: str, site: str, more: dict[str, str]) -> tuple[Project, ClassSymbol, ClassSymbol]:
    """Two definitions of a class in a shop, by their paths there."""
    folders = {path.rpartition("/")[0] for path in (home, site, *more)}
    sources = {"shop/__init__.py": ""} | {f"shop/{folder}/__init__.py": "" for folder in folders if folder}
    for path, text in ({home: THING, site: THING} | more).items():
        sources[f"shop/{path}"] = text
    project = project_from(sources)
    by_path = {cls.module.path: cls for cls in project.classes()}
    return project, by_path[f"shop/{home}"], by_path[f"shop/{site}"]


@pytest.mark.parametrize(
    ("reason", "home", "more", "expected"),
    [
        (ALPHABET, "a/x.py", {}, False),
        ("its module is imported by 3 modules", "a/x.py", {}, False),
        ("the others are deprecated", "a/x.py", {}, True),
        (ALPHABET, "utils.py", {}, True),
        (ALPHABET, "a/x.py", {"b/y.py": f"from shop.a.x import size\n{THING}"}, True),
        (USED, "a/x.py", {"a/user.py": "from shop.a.x import Thing\n"}, False),
        (USED, "a/x.py", {"c/user.py": "from shop.a.x import Thing\n"}, True),
        (USED, "enums/x.py", {"enums/user.py": "from shop.enums.x import Thing\n"}, True),
        (ALPHABET, "enums/x.py", {}, True),
        (ALPHABET, "error_types/x.py", {}, True),
        (ALPHABET, "a/enums/x.py", {}, False),
        (IMPORTABLE, "a/x.py", {}, False),
    ],
)
def test_more_than_looks_has_to_speak_for_a_home(reason: str, home: str, more: dict[str, str], expected: bool) -> None:
    project, first, second = things(home, "b/y.py", more)
    assert is_settled(project, first, reason, [second]) is expected


def test_a_package_that_imports_nothing_from_outside_keeps_to_itself() -> None:
    own = {f"v1/m{number}.py": "from shop.v1 import y\n" for number in range(5)}
    project, home, site = things("a/x.py", "v1/y.py", own)
    assert keeps_to_itself(project, site.module, home.module) == "shop.v1"
    assert keeps_to_itself(project, home.module, site.module) == ""
    project, home, site = things("a/x.py", "v1/y.py", own | {"v1/m0.py": "from shop.a import x\n"})
    assert keeps_to_itself(project, site.module, home.module) == ""


def test_a_class_that_others_use_already_is_found() -> None:
    users = {f"u{number}.py": "from shop.dto import Thing\n" for number in range(2)}
    project, home, site = things("a/x.py", "b/y.py", users | {"dto.py": THING})
    found = established_namesake(project, [home, site])
    assert found is not None
    assert found.id == "shop.dto:Thing"
    project, home, site = things("a/x.py", "b/y.py", {"dto.py": THING})
    assert established_namesake(project, [home, site]) is None
