from __future__ import annotations

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.finding import Finding
from ssot_lint.model.source import SourceTree
from ssot_lint.testing import findings, project_from
from ssot_rules.settings._environment import environment_reads
from ssot_rules.settings.scattered_setting import ScatteredSetting

READ = "import os\nX = os.environ['X']\n"
THREE = {f"shop/{name}.py": READ for name in "abc"}


def found(sources: dict[str, str], rule: ScatteredSetting | None = None) -> list[Finding]:
    return findings(rule or ScatteredSetting(), {"shop/__init__.py": ""} | sources)


def test_three_modules() -> None:
    (finding,) = found(THREE | {"shop/main.py": "from shop import b\n"})
    assert finding.subject == "X"
    assert finding.message == "`X` is read in 3 modules: keep shop/b.py, imported by 1 module"
    assert [site.symbol for site in finding.sites] == ["shop.a", "shop.c"]
    assert finding.remedy == "Read X once, in shop/b.py, and import the result in shop/a.py, shop/c.py"
    assert finding.severity is None


def test_a_settings_class_that_declares_it_is_where_to_take_it_from() -> None:
    fields = "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    x: str\n"
    (finding,) = found(THREE | {"shop/service.py": fields})
    assert finding.severity is None
    assert finding.message == "`X` is read in 4 modules: take it from `shop.service:S`"
    assert finding.remedy == "Take X from an object of `shop.service:S` in shop/a.py, shop/b.py, shop/c.py"


def test_two_modules_are_not_many() -> None:
    sources = {path: text for path, text in THREE.items() if path != "shop/c.py"}
    assert found(sources) == []
    assert len(found(sources, ScatteredSetting(modules=2))) == 1


def test_tests_do_not_count() -> None:
    assert found({"shop/a.py": READ, "tests/test_b.py": READ, "tests/test_c.py": READ}) == []


def test_programs_under_roots_of_their_own_are_apart() -> None:
    project = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\nversion = '1'\n" for name in "abc"}
    assert found(project | {f"{name}/src/{name}_app/__init__.py": READ for name in "abc"}) == []


LATE = "import os\n\n\nclass Build:\n    @default('x')\n    def _default_x(self):\n        return os.getenv('X', 'a')\n"


@pytest.mark.parametrize("late", [LATE, "import os\n\n\ndef x():\n    return os.environ['X']\n"])
def test_what_is_read_late_is_not_frozen_at_import(late: str) -> None:
    (finding,) = found(THREE | {"shop/c.py": late, "shop/main.py": "from shop import b\n"})
    assert finding.remedy == (
        "Read X once, in a function of shop/b.py, and call that in shop/a.py, shop/c.py: "
        "what is read at import does not change any more"
    )


def test_another_read_beside_the_home_is_a_site() -> None:
    (finding,) = found(THREE | {"shop/b.py": f"{READ}Y = os.environ['X']\n", "shop/main.py": "from shop import b\n"})
    assert [(site.location.path, site.location.line, site.message) for site in finding.sites] == [
        ("shop/a.py", 2, "reads `X` past shop/b.py"),
        ("shop/b.py", 3, "reads `X` once more"),
        ("shop/c.py", 2, "reads `X` past shop/b.py"),
    ]
    assert finding.remedy.endswith("and import the result in shop/a.py, shop/c.py")


OBJECT = "import environs\nenv = environs.Env()\n"


@pytest.mark.parametrize(
    "settings",
    [
        OBJECT,
        "from environs import Env as Reader\nenv = Reader()\n",
        "from shop.tools import env\n",
        "from shop import tools\nenv = tools.env\n",
    ],
    ids=["made", "under another name", "handed on", "by an alias"],
)
def test_an_object_of_another_module_reads(settings: str) -> None:
    readers = {f"shop/{name}.py": f"from shop.settings import env\nX = env.str('X{name[0]}')\n" for name in ("a", "ab")}
    sources = {"shop/settings.py": settings, "shop/tools.py": OBJECT, **readers}
    assert [each.subject for each in found(sources, ScatteredSetting(modules=2))] == ["Xa"]


@pytest.mark.parametrize(
    "settings",
    ["env = None\n", "from shop.other import env\n", "import environs\nenv = environs.Environment()\n"],
    ids=["nothing", "an object of the project", "of another class"],
)
def test_an_object_of_something_else_does_not(settings: str) -> None:
    other = "class Env:\n    def str(self, name):\n        return name\n\n\nenv = Env()\n"
    readers = {f"shop/{name}.py": "from shop.settings import env\nX = env.str('X')\n" for name in "ab"}
    sources = {"shop/settings.py": settings, "shop/other.py": other, "shop/tools.py": OBJECT, **readers}
    assert found(sources, ScatteredSetting(modules=2)) == []


def test_the_first_object_that_comes_by_an_edit_is_seen() -> None:
    readers = {f"shop/{name}.py": "from shop.settings import env\nX = env.str('X')\n" for name in "ab"}
    project = project_from({"shop/__init__.py": "", "shop/settings.py": "env = None\n", **readers})
    assert not project.derived(environment_reads)
    files = tuple(module.source for module in project.modules)
    tree = SourceTree(files, ("",), frozenset(), frozenset())
    assert project.renewed({"shop/settings.py": extract(OBJECT.encode())}, tree) is None, "others ask for the name"
    own = {"shop/a.py": extract(f"{OBJECT}X = env.str('X')\n".encode())}
    renewed = project.renewed(own, tree)
    assert renewed is not None
    assert [read.module.path for read in renewed.derived(environment_reads)["X"]] == ["shop/a.py"]
