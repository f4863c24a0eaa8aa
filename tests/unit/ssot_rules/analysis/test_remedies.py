"""How a site gets at its home."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from ssot_lint.project.home import ALPHABET
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from
from ssot_rules.analysis.places import common_place
from ssot_rules.analysis.reaching import can_reach, import_statement, obstacle_between
from ssot_rules.analysis.remedies import kept, verdict, ways_to

EMPTY: Mapping[str, str] = MappingProxyType({})
THING = "class {name}:\n    size = 1\n"
SHOP = {"shop/__init__.py": "", "shop/orders/__init__.py": "", "shop/billing/__init__.py": ""}


def things(sources: Mapping[str, str]) -> tuple[Project, list[ClassSymbol]]:
    """The project, and its classes by path."""
    project = project_from(sources)
    return project, sorted(project.classes(), key=lambda cls: cls.sort_key)


def two(
    home: str, site: str, name: str = "Thing", more: Mapping[str, str] = EMPTY
) -> tuple[Project, ClassSymbol, ClassSymbol]:
    """A class of ``name`` in two files of a shop, the first one the home."""
    sources = SHOP | dict(more)
    for path in (home, site):
        sources[path] = THING.format(name=name) + sources.get(path, "")
    project, classes = things(sources)
    by_path = {cls.module.path: cls for cls in classes if cls.name == name}
    return project, by_path[home], by_path[site]


def test_the_home_is_imported_by_its_module() -> None:
    project, home, site = two("shop/orders/a.py", "shop/billing/b.py")
    (way,) = ways_to(project, home, "the others are deprecated", [site])
    assert (way.statement, way.deed, way.paths) == ("from shop.orders.a import Thing", "", "shop/billing/b.py")
    assert common_place(project, [home, site]) == "a module that all can import (a new one in `shop`, say)"


def test_a_name_that_the_site_has_for_something_else_is_not_taken() -> None:
    text = THING.format(name="Other") + "from shop.paper import Thing\n"
    project, classes = things(SHOP | {"shop/orders/a.py": THING.format(name="Thing"), "shop/billing/b.py": text})
    site, home = classes
    assert import_statement(project, home, site) == "from shop.orders.a import Thing as Other"


def test_a_circle_is_an_obstacle_in_one_direction() -> None:
    project, home, site = two(
        "shop/orders/a.py", "shop/billing/b.py", more={"shop/orders/a.py": "from shop.billing import b\n"}
    )
    assert obstacle_between(project, site.module, home) == "shop.orders.a leads to shop.billing.b when it is imported"
    assert obstacle_between(project, home.module, site) == ""


@pytest.mark.parametrize("module", ["2024_import", "class"])
def test_what_no_statement_can_name_is_an_obstacle(module: str) -> None:
    project, home, site = two(f"shop/orders/{module}.py", "shop/billing/b.py")
    assert obstacle_between(project, site.module, home) == (
        f"`shop.orders.{module}` is no name that an import statement can have"
    )


def test_a_private_name_is_for_its_own_module() -> None:
    for path in ("shop/billing/b.py", "shop/orders/b.py"):
        project, home, site = two("shop/orders/a.py", path, "_Thing")
        assert obstacle_between(project, site.module, home) == "`_Thing` is private to shop.orders.a"
    used = {"shop/orders/c.py": "from shop.orders.a import _Thing\n"}
    project, home, site = two("shop/orders/a.py", "shop/orders/b.py", "_Thing", used)
    assert obstacle_between(project, site.module, home) == ""


def test_a_private_home_is_given_a_public_name() -> None:
    project, home, site = two("shop/orders/a.py", "shop/billing/b.py", "_Thing")
    ways = ways_to(project, home, "the others are deprecated", [site])
    assert kept(home, ways) == "Keep `_Thing` in shop/orders/a.py."
    assert [way.deed for way in ways] == [
        "Give it a public name there, and import that in shop/billing/b.py in place of the copy: `_Thing` is private "
        "to shop.orders.a."
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("a", "there, or in a module of helpers that all can import, and"),
        ("worker", "there, or in a module of helpers that all can import, and"),
        ("text_utils", "there, and"),
        ("common", "there, and"),
    ],
)
def test_a_private_function_may_be_made_public_elsewhere(name: str, place: str) -> None:
    """What is general may stand in a module about one thing."""
    body = "def _weigh(box):\n    return box\n"
    paths = (f"shop/orders/{name}.py", "shop/billing/b.py")
    fronts = {f"shop/{folder}__init__.py": "" for folder in ("", "orders/", "billing/")}
    project = project_from(fronts | dict.fromkeys(paths, body))
    found = {each.module.path: each for each in project.functions()}
    (way,) = ways_to(project, found[paths[0]], "the others are deprecated", [found[paths[1]]])
    assert way.deed.startswith(f"Give it a public name {place} import that in shop/billing/b.py")


def test_a_public_alias_is_taken_instead() -> None:
    project, home, site = two(
        "shop/orders/a.py", "shop/billing/b.py", "_Thing", more={"shop/orders/a.py": "Thing = _Thing\n"}
    )
    assert import_statement(project, home, site) == "from shop.orders.a import Thing as _Thing"
    around = {"shop/orders/__init__.py": "from shop.orders.a import _Thing as Thing\n"}
    project, home, site = two("shop/orders/a.py", "shop/billing/b.py", "_Thing", around)
    assert import_statement(project, home, site) == "from shop.orders import Thing as _Thing"


def distributions(*needed: str) -> dict[str, str]:
    sources = {"core/pyproject.toml": '[project]\nname = "core"\n', "core/src/core/__init__.py": ""}
    for name in ("north", "south"):
        requires = ", ".join(f'"{each}"' for each in needed)
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = [{requires}]\n'
        sources[f"{name}/src/{name}/__init__.py"] = ""
        sources[f"{name}/src/{name}/a.py"] = THING.format(name="Thing")
    return sources


def test_distributions_meet_in_one_that_both_depend_on() -> None:
    project, (north, south) = things(distributions("core"))
    assert not can_reach(project, north.module, south.module)
    assert obstacle_between(project, south.module, north) == "south does not depend on north"
    assert common_place(project, [north, south]) == "a module that all can import (a new one in `core`, say)"
    users = {f"{name}/src/{name}/b.py": "from core.utils import tools\n" for name in ("north", "south")}
    helpers = {"core/src/core/utils/__init__.py": "", "core/src/core/utils/tools.py": ""}
    project, (north, south) = things(distributions("core") | users | helpers)
    assert common_place(project, [north, south]) == "a module that all can import (a new one in `core.utils`, say)"


def test_distributions_without_one_need_a_new_one() -> None:
    project, classes = things(distributions())
    assert common_place(project, classes) == "a package that all of them can import"


@pytest.mark.parametrize(
    ("more", "place", "moved", "left"),
    [
        (["north/src/north/b.py"], "north", "north/src/north/a.py, north/src/north/b.py", "south/src/south/a.py"),
        (
            ["north/src/north/till/b.py", "north/src/north/bank/c.py"],
            "north",
            "north/src/north/a.py, north/src/north/bank/c.py, north/src/north/till/b.py",
            "south/src/south/a.py",
        ),
        (
            ["south/src/south/b.py", "south/src/south/c.py"],
            "south",
            "south/src/south/a.py, south/src/south/b.py, south/src/south/c.py",
            "north/src/north/a.py",
        ),
        (
            ["north/src/north/b.py", "x/pyproject.toml", "x/z.py"],
            "north",
            "north/src/north/a.py, north/src/north/b.py",
            "south/src/south/a.py, x/z.py",
        ),
    ],
)
def test_where_no_package_is_for_all_those_of_one_program_meet(
    more: list[str], place: str, moved: str, left: str
) -> None:
    texts = {path: THING.format(name="Thing") for path in more if path.endswith(".py")}
    texts |= {path: '[project]\nname = "x"\n' for path in more if path.endswith(".toml")}
    project, (home, *copies) = things(distributions() | texts)
    ways = ways_to(project, home, ALPHABET, copies)
    assert kept(home, ways) == ""
    move, waiting = [way.deed for way in ways]
    assert move == (
        f"Move `Thing` to a module that all can import "
        f"(a new one in `{place}`, say) and import it from there in {moved}."
    )
    assert waiting.startswith(f"Leave {left} alone until there is a package that all")


@pytest.mark.parametrize(
    ("helpers", "place"),
    [
        ("def lent():\n    return 1\n", "`shop.utils`"),
        (
            "def settle(order, rate):\n    return order * rate\n",
            "a module that all can import (a new one in `shop`, say)",
        ),
        ("class settle:\n    pass\n", "a module that all can import (a new one in `shop`, say)"),
        ("from till import settle\n", "a module that all can import (a new one in `shop`, say)"),
        ("settle = print\n", "a module that all can import (a new one in `shop`, say)"),
    ],
)
def test_a_module_that_has_something_else_of_that_name_is_no_place(helpers: str, place: str) -> None:
    function = "def settle(order):\n    return order\n"
    sources = {"shop/a.py": function, "shop/b.py": function, "shop/utils.py": helpers, "shop/__init__.py": ""}
    project = project_from(sources)
    functions = [each for each in project.functions() if each.name == "settle" and each.module.path != "shop/utils.py"]
    assert common_place(project, functions) == place


RUN = "if __name__ == '__main__':\n    print(Thing())\n"
BESIDE = "from {0} import Other\n"


@pytest.mark.parametrize(
    ("helper", "place"),
    [
        ("tools/till_jobs/till_helpers.py", "`till_helpers`"),
        ("tools/till_jobs/jobs_common.py", "`jobs_common`"),
        ("tools/till_jobs/shared.py", "`shared`"),
        ("tools/till_jobs/utils.py", "`utils`"),
        ("tools/till_jobs/bank_helpers.py", "a new module beside them in tools/till_jobs"),
        ("tools/till_jobs/prices.py", "a new module beside them in tools/till_jobs"),
    ],
)
def test_programs_of_a_folder_share_what_lies_beside_them(helper: str, place: str) -> None:
    name = helper.rpartition("/")[2].removesuffix(".py")
    program = BESIDE.format(name) + "def settle(order):\n    return Other(order)\n\n\n" + RUN.replace("Thing", "settle")
    sources = {f"tools/till_jobs/{each}.py": program for each in ("open_till", "close_till")}
    sources |= {helper: THING.format(name="Other") + "def lent():\n    return 1\n", "shop/__init__.py": ""}
    project = project_from(sources | {"shop/orders.py": "", "pyproject.toml": '[project]\nname = "shop"\n'})
    functions = [each for each in project.functions() if each.name == "settle"]
    assert len(functions) == 2
    assert common_place(project, functions) == place


@pytest.mark.parametrize("folder", ["jobs", "tools/jobs", "my-jobs"])
def test_programs_that_share_nothing_yet_get_a_module_beside_them(folder: str) -> None:
    sources = {f"{folder}/{each}.py": THING.format(name="Thing") + RUN for each in ("a_job", "b_job")}
    sources |= {"shop/__init__.py": "", "shop/orders.py": "", "pyproject.toml": '[project]\nname = "shop"\n'}
    project, classes = things(sources)
    assert common_place(project, classes) == f"a new module beside them in {folder}"


@pytest.mark.parametrize(
    ("more", "obstacle"),
    [
        ({}, "`jobs` is no package, and nothing imports from it"),
        ({"jobs/late/c_job.py": "from jobs.late import d_job\n", "jobs/late/d_job.py": ""}, "`jobs` is no package"),
        ({"jobs/__init__.py": ""}, ""),
        ({"shop/c.py": "from jobs.a_job import Thing\n"}, ""),
        ({"jobs/c_job.py": "from jobs.b_job import Thing\n"}, ""),
    ],
)
def test_a_folder_that_is_no_package_is_none_to_import_from(more: dict[str, str], obstacle: str) -> None:
    texts = {f"jobs/{each}.py": THING.format(name="Thing") for each in ("a_job", "b_job")}
    project, classes = things({"shop/__init__.py": "", "shop/z.py": "import jobs\n"} | texts | more)
    home, site = [cls for cls in classes if cls.module.source.path.startswith("jobs/")]
    assert obstacle_between(project, site.module, home).startswith(obstacle)
    assert bool(obstacle_between(project, site.module, home)) is bool(obstacle)
    beside = (
        "a new module beside them in jobs" if obstacle else "a module that all can import (a new one in `jobs`, say)"
    )
    assert common_place(project, [home, site]) == beside


def test_where_each_program_has_one_nothing_is_for_them() -> None:
    project, (home, *copies) = things(distributions())
    (way,) = ways_to(project, home, ALPHABET, copies)
    assert way.deed.startswith("Move `Thing` to a package that all of them can import and import it from there in ")


def test_where_only_looks_tell_a_common_module_is_offered() -> None:
    project, home, site = two("shop/orders/a.py", "shop/billing/b.py")
    stays = ways_to(project, home, "the others are deprecated", [site])
    assert kept(home, stays) == "Keep `Thing` in shop/orders/a.py."
    ways = ways_to(project, home, ALPHABET, [site])
    assert kept(home, ways) == ""
    assert [way.deed for way in ways] == [
        (
            "Move `Thing` to a module that all can import "
            "(a new one in `shop`, say) and import it from there in shop/orders/a.py, shop/billing/b.py."
        )
    ]
    assert verdict(home, ALPHABET, ways[0].deed) == "none of them is the home yet"
    assert verdict(home, ALPHABET, "Keep `Thing`.") == f"keep shop/orders/a.py, {ALPHABET}"


PART = "def part(text):\n    return text[1:]\n"


@pytest.mark.parametrize(
    ("base", "text", "place"),
    [
        ("base", "class Parser: ...\n", "a module that all can import (a new one in `shop.orders`, say)"),
        ("_base", "class Parser: ...\n", "a module that all can import (a new one in `shop.orders`, say)"),
        ("base", "class Parser: ...\ndef text_of(part): ...\n", "`shop.orders.base`"),
        ("utils", "class Parser: ...\n", "`shop.orders.utils`"),
    ],
)
def test_the_module_of_base_classes_takes_no_function(base: str, text: str, place: str) -> None:
    sources = {f"shop/orders/{name}.py": PART for name in "ab"} | {f"shop/orders/{base}.py": text}
    project = project_from(SHOP | sources)
    functions = [function for function in project.functions() if function.name == "part"]
    assert common_place(project, functions) == place


DRAW = "    def draw(self): ...\n"


@pytest.mark.parametrize(
    ("text", "are_kin"),
    [
        (f"class Registry:\n{DRAW}", False),
        (f"from shop.billing.paper import Paper\nclass Sheet(Paper):\n{DRAW}", False),
        (f"from shop.view import View\nclass OrderView(View):\n{DRAW}", True),
        (f"from shop.view import Root\nclass OrderRoot(Root):\n{DRAW}", False),
        (f"class Registry: ...\nfrom shop.view import View\nclass OrderView(View):\n{DRAW}", True),
    ],
)
def test_a_module_of_types_takes_bases_beside_their_kin(text: str, are_kin: bool) -> None:
    sources = {
        f"shop/orders/{name}.py": f"from shop.view import View\nclass {name.upper()}(View):\n    def show(self): ...\n"
        for name in "ab"
    }
    sources |= {
        "shop/orders/types.py": text,
        "shop/view.py": "class Root: ...\nclass View(Root): ...\n",
        "shop/billing/paper.py": "class Paper: ...\n",
    }
    project = project_from(SHOP | sources)
    methods = [function for function in project.functions() if function.name == "show"]
    (base,) = [cls for cls in project.classes() if cls.name == "View"]
    place = "`shop.orders.types`" if are_kin else "a module that all can import (a new one in `shop.orders`, say)"
    assert common_place(project, methods, base, for_class=True) == place
