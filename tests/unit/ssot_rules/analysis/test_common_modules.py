"""Where a thing can go that several modules need."""

from __future__ import annotations

import pytest

from ssot_lint.testing import project_from
from ssot_rules.analysis.common_modules import (
    common_module,
    is_for_plugins,
    is_helper,
    module_of_kin,
    module_of_subject,
    outside_parts,
    outside_plugins,
    place_of_distribution,
)
from ssot_rules.analysis.surroundings import modules_needed, packages_needed

PACKAGES = {"shop/__init__.py": "", "shop/parsers/__init__.py": "", "shop/lib/__init__.py": ""}
SITES = ("shop.parsers.docx", "shop.parsers.html")


def place(head: str, more: dict[str, str], is_for_class: bool = False) -> str:
    """The common module of two parsers that begin with ``head``; empty without one."""
    sites = {f"shop/parsers/{name}.py": f"{head}\nx = 1\n" for name in ("docx", "html")}
    project = project_from(PACKAGES | sites | more)
    found = common_module(project, [each for each in project.modules if each.name in SITES], is_for_class)
    return "" if found is None else found.name


@pytest.mark.parametrize("name", ["utils", "base", "_common", "parsers_helpers"])
def test_a_module_of_helpers_in_the_nearest_package_comes_first(name: str) -> None:
    more = {f"shop/parsers/{name}.py": "y = 2\n", "shop/lib/text.py": "z = 3\n"}
    assert place("from shop.lib import text", more) == f"shop.parsers.{name}"


def test_else_helpers_that_all_sites_import() -> None:
    more = {"shop/parsers/parts/shared.py": "y = 2\n", "shop/parsers/parts/__init__.py": ""}
    assert place("from shop.parsers.parts import shared", more) == "shop.parsers.parts.shared"
    assert place("", more) == ""


def test_what_serves_the_package_may_lie_elsewhere() -> None:
    assert place("from shop.lib import helpers", {"shop/lib/helpers.py": "z = 3\n"}) == "shop.lib.helpers"


@pytest.mark.parametrize("name", ["parsers.reader", "lib.footer", "lib.base", "lib.models", "lib.text"])
def test_a_module_about_something_else_takes_nothing_whoever_imports_it(name: str) -> None:
    more = {f"shop/{name.replace('.', '/')}.py": "y = 2\n"}
    assert place(f"import shop.{name}", more) == place(f"import shop.{name}", more, is_for_class=True) == ""


QUOTING = "def needs_quotes(name):\n    return name\n"


@pytest.mark.parametrize(
    ("module", "text", "names", "is_taken"),
    [
        ("completion_quoting", QUOTING, ["_quote_to_use"], True),
        ("pty_output", QUOTING, ["_collect_pty_output"], True),
        ("parsing", QUOTING, ["parse_head"], True),
        ("completion", QUOTING, ["compute"], False),
        ("quoting", QUOTING + "class Quoter: ...\n", ["quote"], False),
        ("quoting", "QUOTES = 1\n", ["quote"], False),
        ("quoting", "from shop.parsers import docx\n" + QUOTING, ["quote"], False),
        ("settings_quoting", QUOTING, ["quote"], False),
        ("urls", QUOTING, ["quote"], False),
    ],
)
def test_what_all_import_takes_what_it_is_called_after(
    module: str, text: str, names: list[str], is_taken: bool
) -> None:
    sites = {f"shop/parsers/{name}.py": f"import shop.lib.{module}\n" for name in ("docx", "html")}
    project = project_from(PACKAGES | sites | {f"shop/lib/{module}.py": text})
    found = module_of_subject(project, [each for each in project.modules if each.name in SITES], names)
    assert (None if found is None else found.name) == (f"shop.lib.{module}" if is_taken else None)


def test_one_of_two_sites_is_not_all() -> None:
    sites = {"shop/parsers/docx.py": "import shop.lib.quoting\n", "shop/parsers/html.py": ""}
    project = project_from(PACKAGES | sites | {"shop/lib/quoting.py": QUOTING})
    assert module_of_subject(project, [each for each in project.modules if each.name in SITES], ["quote"]) is None


def test_a_place_that_what_moves_leads_back_to_takes_nothing() -> None:
    body = "def shown(text):\n    return SHARED.shown(text)\n"
    sources = {f"shop/parsers/{name}.py": f"from shop.lib.state import SHARED\n{body}" for name in ("docx", "html")}
    more = {
        "shop/parsers/utils.py": "y = 2\n",
        "shop/lib/state.py": "from shop.parsers import utils\nSHARED = utils.y\n",
    }
    project = project_from(PACKAGES | sources | more)
    functions = [each for each in project.functions() if each.name == "shown"]
    sites = [each.module for each in functions]
    needed = modules_needed(project, functions)
    assert [each.name for each in needed] == ["shop.lib.state"]
    assert common_module(project, sites, is_for_class=False) is not None
    assert common_module(project, sites, is_for_class=False, needed=needed) is None


def test_modules_of_one_sort_of_thing_are_left_alone() -> None:
    for name in ("settings", "errors", "i18n", "log_config"):
        assert place(f"from shop.parsers import {name}", {f"shop/parsers/{name}.py": "y = 2\n"}) == ""


def test_what_leads_back_or_loads_more_takes_nothing() -> None:
    assert place("", {"shop/parsers/utils.py": "from shop.parsers import docx\n"}) == ""
    assert place("", {"shop/parsers/utils.py": "import boto3\n"}) == ""


def test_a_module_of_types_is_for_classes() -> None:
    more = {"shop/parsers/types.py": "y = 2\n"}
    assert (place("", more), place("", more, is_for_class=True)) == ("", "shop.parsers.types")


def test_a_helper_has_no_other_name() -> None:
    project = project_from({"shop/__init__.py": "", "shop/utils.py": "", "shop/date_utils.py": ""})
    assert [each.name for each in project.modules if is_helper(each)] == ["shop.utils"]


def test_distributions_meet_where_they_import_from() -> None:
    sources = {"core/pyproject.toml": '[project]\nname = "core"\n', "core/src/core/__init__.py": "x = 1\n"}
    for name in ("north", "south"):
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = ["core"]\n'
        sources |= {f"{name}/src/{name}/__init__.py": "", f"{name}/src/{name}/a.py": "y = 2\n"}
    project = project_from(sources)
    sites = [each for each in project.modules if each.name in ("north.a", "south.a")]
    assert place_of_distribution(project, sites) == "core"


@pytest.mark.parametrize(
    ("modules", "needs", "imports", "place"),
    [
        # What uses another of them comes after it, whatever it calls its packages and however often it is imported.
        (("core/state.py", "sdk/utils/io.py"), {"sdk": "core"}, ("core.state", "sdk.utils.io", "sdk.utils.io"), "core"),
        (("core/state.py", "sdk/utils/io.py"), {"sdk": "core"}, ("sdk.utils.io",), "sdk.utils"),
        (("core/state.py", "flags/on.py"), {}, ("core.state", "core.state", "flags.on"), "core"),
        (("core/state.py", "flags/on.py"), {}, ("core.state", "flags.on", "flags.on"), "flags"),
        # What is about something is no place for anything else.
        (("core/model/info.py", "core/run.py"), {}, ("core.model.info",), "core"),
        (("core/model/info.py", "core/utils/io.py"), {}, ("core.model.info", "core.utils.io"), "core.utils"),
    ],
)
def test_distributions_meet_in_the_lowest_that_they_import_from(
    modules: tuple[str, ...], needs: dict[str, str], imports: tuple[str, ...], place: str
) -> None:
    sources = {}
    for name in {path.partition("/")[0] for path in modules}:
        needed = [needs[name]] if name in needs else []
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = {needed}\n'
        sources[f"{name}/src/{name}/__init__.py"] = ""
    for path in modules:
        sources[f"{path.partition('/')[0]}/src/{path}"] = "x = 1\n"
        folder = path.rpartition("/")[0]
        sources[f"{path.partition('/')[0]}/src/{folder}/__init__.py"] = ""
    used = sorted({name.partition(".")[0] for name in ("core", "sdk", "flags") if f"{name}/pyproject.toml" in sources})
    for name in ("north", "south"):
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = {used}\n'
        sources[f"{name}/src/{name}/__init__.py"] = ""
        for number, each in enumerate(imports):
            package, _, module = each.rpartition(".")
            sources[f"{name}/src/{name}/{'abcd'[number]}.py"] = f"from {package} import {module}\n"
    project = project_from(sources)
    sites = [each for each in project.modules if each.name in ("north.a", "south.a")]
    assert place_of_distribution(project, sites) == place


@pytest.mark.parametrize(
    ("names", "tools", "packages", "place"),
    [
        # Constants are no neighbours of what does something.
        ("KIND = 'kind'\nclass Names:\n    kind = KIND\n", "def sent(): return 1\n", (), "tools"),
        ("def kind(): return 'kind'\n", "def sent(): return 1\n", (), "names"),
        ("class Names:\n    def kind(self): return 1\n", "def sent(): return 1\n", (), "names"),
        # What needs a package goes where that is needed already.
        ("def kind(): return 'kind'\n", "import boto3\ndef sent(): return 1\n", ("boto3",), "tools"),
        ("import boto3\ndef kind(): return 'kind'\n", "def sent(): return 1\n", ("boto3",), "names"),
        # Where none fits, the lowest is better than nothing.
        ("KIND = 'kind'\n", "SENT = 1\n", ("boto3",), "names"),
    ],
)
def test_a_distribution_of_constants_takes_nothing_that_does_something(
    names: str, tools: str, packages: tuple[str, ...], place: str
) -> None:
    """As `openinference.semconv`, which all instrumentations import, beside `openinference.instrumentation`."""
    sources = {
        "names/pyproject.toml": '[project]\nname = "names"\n',
        "names/src/names/__init__.py": names,
        "tools/pyproject.toml": '[project]\nname = "tools"\ndependencies = ["names"]\n',
        "tools/src/tools/__init__.py": tools,
    }
    for name in ("north", "south"):
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = ["names", "tools"]\n'
        sources |= {f"{name}/src/{name}/__init__.py": "", f"{name}/src/{name}/a.py": "import names\nimport tools\n"}
    project = project_from(sources)
    sites = [each for each in project.modules if each.name in ("north.a", "south.a")]
    assert place_of_distribution(project, sites, packages) == place


def test_helpers_of_another_branch_take_nothing() -> None:
    """As `hummingbot.connector.utils` for two sources of `hummingbot.core.rate_oracle`."""
    many = {f"shop/lib/{name}.py": "from shop.lib import utils\n" for name in "abcdefghijklmnop"}
    more = {"shop/lib/utils.py": "z = 3\n"} | many
    assert place("from shop.lib import utils", more) == ""
    above = {"shop/utils.py": "z = 3\n"} | {
        f"shop/{name}.py": "from shop import utils\n" for name in "abcdefghijklmnop"
    }
    assert place("from shop import utils", above) == "shop.utils"


def test_helpers_of_everybody_take_nothing_about_one_thing() -> None:
    """As `hummingbot.connector.utils` for `lighter_utils.py` and `lighter_perpetual_utils.py`."""
    sources = {"shop/__init__.py": "", "shop/utils.py": "z = 3\n"}
    sources |= {f"shop/{name}.py": "from shop import utils\n" for name in "abcdefghijklmnop"}
    for name in ("north_api", "north_admin_api", "south_api"):
        sources |= {f"shop/{name}/__init__.py": "", f"shop/{name}/{name}.py": "from shop import utils\nx = 1\n"}
    project = project_from(sources)

    def among(*names: str) -> str:
        found = common_module(project, [each for each in project.modules if each.name in names], is_for_class=False)
        return "" if found is None else found.name

    north, admin, south = (f"shop.{name}.{name}" for name in ("north_api", "north_admin_api", "south_api"))
    assert among(north, admin) == ""
    assert among(north, south) == "shop.utils"
    assert among(north, "shop.a") == "shop.utils"


def test_tests_and_the_root_of_a_shared_namespace_are_no_place() -> None:
    sources = {
        "core/pyproject.toml": '[project]\nname = "core"\n',
        "core/src/yard/core/__init__.py": "x = 1\n",
        "core/src/yard/core/model/__init__.py": "",
        "core/src/yard/core/model/info.py": "x = 1\n",
        "core/src/yard/__init__.py": "",
        "gate/pyproject.toml": '[project]\nname = "gate"\n',
        "gate/src/yard/gate/__init__.py": "x = 1\n",
        "core/tests/__init__.py": "",
        "core/tests/test_it.py": "from yard.core import x\n",
    }
    for name in ("north", "south"):
        sources[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\ndependencies = ["core"]\n'
        sources |= {
            f"{name}/src/{name}/__init__.py": "",
            f"{name}/src/{name}/a.py": "from yard.core.model import info\n",
        }
    project = project_from(sources)
    sites = [each for each in project.modules if each.name in ("north.a", "south.a")]
    assert place_of_distribution(project, sites) == "yard.core"


@pytest.mark.parametrize(
    ("package", "place"),
    [
        ("shop.parts", "shop.parts"),
        ("shop.plugins", "shop"),
        ("shop.plugins.downloaders", "shop"),
        ("shop.ext.events", "shop"),
        ("plugins.mail", ""),
        ("shop.extensive", "shop.extensive"),
        ("shop.plugin", "shop"),
        ("shop.plugin_tools", "shop.plugin_tools"),
        ("shop.mail_addons", "shop"),
    ],
)
def test_what_lies_among_plug_ins_is_taken_for_one(package: str, place: str) -> None:
    assert outside_plugins(package) == place


@pytest.mark.parametrize(
    ("loaded", "head", "takes"),
    [
        ("y = 2\n", "import lxml\n", False),
        ("import lxml\n", "import lxml\n", True),
        (
            "y = 2\n",
            "try:\n    from lxml import etree as lxml\nexcept ImportError:\n    raise ImportError('no')\n",
            False,
        ),
        ("y = 2\n", "import json as lxml\n", True),
        ("y = 2\n", "import lxml as other, json as lxml\n", True),
    ],
)
def test_a_place_has_to_load_what_a_body_needs_from_outside(loaded: str, head: str, takes: bool) -> None:
    sources = {
        f"shop/parsers/{name}.py": f"{head}def shown(text):\n    return lxml.parse(text)\n" for name in ("a", "b")
    }
    project = project_from(PACKAGES | sources | {"shop/parsers/utils.py": loaded})
    functions = [each for each in project.functions() if each.name == "shown"]
    packages = packages_needed(project, functions)
    found = common_module(project, [each.module for each in functions], is_for_class=False, packages=packages)
    assert (found is not None) is takes


@pytest.mark.parametrize(
    ("parts", "front", "more", "expected"),
    [
        (10, "", {}, "host"),
        (9, "", {}, "host.parts"),
        (10, "NAMES = ()\n", {}, "host.parts"),
        (10, "", {"host/parts/util.py": "x = 1\n"}, "host.parts"),
    ],
)
def test_nothing_goes_among_the_parts_that_a_program_finds_by_name(
    parts: int, front: str, more: dict[str, str], expected: str
) -> None:
    sources = {f"host/parts/part{number}/__init__.py": "x = 1\n" for number in range(parts)}
    project = project_from({"host/__init__.py": "", "host/parts/__init__.py": front} | sources | more)
    assert outside_parts(project, "host.parts") == expected


@pytest.mark.parametrize(
    ("function", "name", "expected"),
    [
        ("gpio_validate_modes", "validate_mode", "host.pins"),
        ("validate_mode_of_pins", "_validate_mode", "host.pins"),
        ("validate_mode", "validate_mode", ""),
        ("gpio_validate", "validate_mode", ""),
        ("gpio_validate_modes", "validate", ""),
    ],
)
def test_a_module_with_a_function_of_the_kind_is_the_place(function: str, name: str, expected: str) -> None:
    """All import it, as does the rest of the program, and classes in it are no obstacle."""
    users = {f"host/user{number}.py": "from host import pins\n" for number in range(20)}
    pins = {"host/pins.py": f"class Registry: ...\ndef {function}(value): ...\n"}
    project = project_from({"host/__init__.py": "", "host/parts/__init__.py": ""} | pins | users)
    sites = [module for module in project.modules if module.name in ("host.user1", "host.user2")]
    found = module_of_subject(project, sites, [name])
    assert (found.name if found else "") == expected


@pytest.mark.parametrize(
    ("text", "is_home"),
    [
        ("@router.post('/ner')\nasync def recognise(data): ...\n", False),
        ("@app.route('/helpers')\ndef helpers(): ...\n", False),
        ("@api.websocket('/live')\nasync def live(socket): ...\ndef named(x): ...\n", False),
        ("def get(x): ...\n", True),
        ("@mock.patch('shop.lib.text')\ndef with_text(text): ...\n", True),
        ("@cache.get\ndef rate(x): ...\n", True),
    ],
)
def test_what_answers_requests_is_no_module_of_helpers(text: str, is_home: bool) -> None:
    assert place("", {"shop/parsers/utils.py": text}) == ("shop.parsers.utils" if is_home else "")


READ = "def assert_board_read_access(board): ...\n"


@pytest.mark.parametrize(
    ("text", "name", "is_home"),
    [
        (READ, "_assert_board_write_access", True),
        (READ, "assert_board_read_access", True),
        ("def get_subtitle_from_archive(x): ...\n", "_get_subtitle_from_archive", True),
        ("def get_archive_from_bytes(x): ...\n", "_get_archive", True),
        (READ, "assert_image_write_access", False),
        (READ, "assert_access", True),
        ("def get_archive(x): ...\n", "get_image", False),
        (READ + "class Board: ...\n", "assert_board_write_access", False),
        ("from shop.parsers import html\n" + READ, "assert_board_write_access", False),
        ("import numpy\n" + READ, "assert_board_write_access", False),
    ],
)
def test_a_module_beside_all_with_a_function_of_the_kind_is_the_place(text: str, name: str, is_home: bool) -> None:
    """What reads is checked there already, and what writes belongs beside it."""
    files = {f"shop/parsers/{each}.py": "x = 1\n" for each in ("docx", "html")}
    users = {f"shop/parsers/{each}.py": "from shop.parsers import _access\n" for each in ("pdf", "odt")}
    project = project_from(PACKAGES | files | users | {"shop/parsers/_access.py": text})
    sites = [each for each in project.modules if each.name in SITES]
    found = module_of_kin(project, sites, [name])
    assert (found is not None) is is_home
    alone = project_from(PACKAGES | files | {"shop/parsers/_access.py": text})
    assert module_of_kin(alone, [each for each in alone.modules if each.name in SITES], [name]) is None


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("class Zipped: ...\n", False),
        ("class Zipped: ...\ndef unzip(x): ...\n", True),
        ("y = 2\n", True),
    ],
)
def test_what_holds_classes_to_mix_in_takes_no_function(text: str, is_taken: bool) -> None:
    """Those are there to be derived from."""
    for name in ("mixins", "_base"):
        assert bool(place("", {f"shop/parsers/{name}.py": text})) is is_taken


@pytest.mark.parametrize(
    ("module", "site", "expected"),
    [
        ("shop.plugins.utils", "shop.parsers.docx", True),
        ("shop.till_plugins.lib.utils", "shop.parsers.docx", True),
        ("shop.plugins.utils", "shop.plugins.docx", False),
        ("shop.plugin_utils", "shop.parsers.docx", False),
        ("shop.lib.utils", "shop.parsers.docx", False),
    ],
)
def test_helpers_of_plug_ins_are_for_plug_ins(module: str, site: str, expected: bool) -> None:
    """Services import them for what they tell plug-ins."""
    sources = {f"{name.replace('.', '/')}.py": "x = 1\n" for name in (module, site)}
    parts = {"/".join(path.split("/")[:count]) for path in sources for count in range(1, path.count("/") + 1)}
    project = project_from({f"{folder}/__init__.py": "" for folder in parts} | sources)
    found = {each.name: each for each in project.modules}
    assert is_for_plugins(found[module], [found[site]]) is expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({}, "host"),
        ({"host/parts/tools.py": "def quote(): ...\n"}, "host"),
        ({f"host/parts/tools_{at}.py": "def quote(): ...\n" for at in range(3)}, "host.parts"),
    ],
)
def test_nothing_is_put_among_modules_that_all_have_one_name(others: dict[str, str], expected: str) -> None:
    parts = {f"host/parts/part_{at}.py": f"class Part:\n    at = {at}\n" for at in range(6)}
    project = project_from({"host/__init__.py": "", "host/parts/__init__.py": "", **parts, **others})
    assert outside_parts(project, "host.parts") == expected


@pytest.mark.parametrize("name", ["_Part", "Part{at}"])
def test_modules_of_names_of_their_own_are_no_parts(name: str) -> None:
    parts = {f"host/parts/part_{at}.py": f"class {name.format(at=at)}:\n    at = {at}\n" for at in range(6)}
    project = project_from({"host/__init__.py": "", "host/parts/__init__.py": "", **parts})
    assert outside_parts(project, "host.parts") == "host.parts"
