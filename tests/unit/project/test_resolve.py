"""What names mean across files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project.project import Project
from ssot_lint.project.resolve import Outcome
from ssot_lint.testing import project_at, project_from


def meaning(project: Project, module: str, text: str, scope: int = 0) -> str:
    """The symbol id, module name or external name that ``text`` resolves to, else the outcome."""
    (origin,) = [each for each in project.modules if each.name == module]
    found = project.resolve(origin, scope, text)
    if found.symbol is not None:
        return found.symbol.id
    if found.module is not None:
        return found.module.name
    return found.external or found.outcome.value


PACKAGE = {
    "shop/__init__.py": "from shop.order import Order\nfrom .money import *\n",
    "shop/order.py": "class Order:\n    class Line: ...\n    def total(self): ...\nclass Special(Order): ...\n",
    "shop/money.py": "__all__ = ['Euro', '_cent']\nclass Euro: ...\nclass Dollar: ...\n_cent = 1\n",
    "shop/sub/__init__.py": "from ..order import Order as Bestellung\nfrom . import deep\n",
    "shop/sub/deep.py": (
        "import os.path as path\nimport shop.order\nfrom shop import sub\nAlias = shop.order.Order\nEcho = Alias\n"
    ),
}


@pytest.mark.parametrize(
    ("module", "text", "expected"),
    [
        ("shop", "Order", "shop.order:Order"),
        ("shop", "Order.total", "shop.order:Order.total"),
        ("shop", "Order.Line", "shop.order:Order.Line"),
        ("shop", "Order().total", "shop.order:Order.total"),
        ("shop.order", "Special.total", "shop.order:Order.total"),
        ("shop.order", "Special.missing", "unknown"),
        ("shop", "Euro", "shop.money:Euro"),
        ("shop", "_cent", "shop.money:_cent"),
        ("shop", "Dollar", "missing"),
        ("shop", "order", "shop.order"),
        ("shop", "sub.deep", "shop.sub.deep"),
        ("shop.sub", "Bestellung", "shop.order:Order"),
        ("shop.sub.deep", "path.join", "os.path.join"),
        ("shop.sub.deep", "shop.order.Order", "shop.order:Order"),
        ("shop.sub.deep", "shop.Order", "shop.order:Order"),
        ("shop.sub.deep", "sub.Bestellung", "shop.order:Order"),
        ("shop.sub.deep", "Alias", "shop.order:Order"),
        ("shop.sub.deep", "Echo", "shop.order:Order"),
        ("shop.sub.deep", "nowhere", "missing"),
    ],
)
def test_names_are_followed_to_their_definition(module: str, text: str, expected: str) -> None:
    assert meaning(project_from(PACKAGE), module, text) == expected


def test_hops_are_the_modules_asked_on_the_way() -> None:
    project = project_from(PACKAGE)
    (deep,) = [module for module in project.modules if module.name == "shop.sub.deep"]
    assert [hop.name for hop in project.resolve(deep, 0, "sub.Bestellung").hops] == [
        "shop.sub.deep",
        "shop",
        "shop.sub",
        "shop.order",
    ]


def test_imports_inside_functions_come_before_those_of_the_module() -> None:
    project = project_from(
        {
            "a.py": "class X: ...\n",
            "b.py": "class X: ...\n",
            "c.py": "from a import X\ndef f():\n    from b import X\n    def g(): return X\ndef h(): return X\n",
        }
    )
    assert [meaning(project, "c", "X", scope) for scope in (0, 1, 2, 3)] == ["a:X", "b:X", "b:X", "a:X"]


def test_self_means_the_class_around() -> None:
    source = "class Base:\n    def run(self): ...\nclass A(Base):\n    def go(self):\n        def inner(): self.run()\n"
    project = project_from({"m.py": source})
    assert meaning(project, "m", "self.run", 5) == "m:Base.run"
    assert meaning(project, "m", "self.state", 5) == "unknown"


def test_a_chain_of_500_reexports_and_aliases_ends_at_the_definition() -> None:
    sources = {"m0.py": "class X: ...\n"}
    for number in range(1, 500):
        line = f"from m{number - 1} import X\n" if number % 3 else f"import m{number - 1}\nX = m{number - 1}.X\n"
        sources[f"m{number}.py"] = line
    assert meaning(project_from(sources), "m499", "X") == "m0:X"


@pytest.mark.parametrize(
    "sources",
    [
        {"a.py": "from b import X\n", "b.py": "from a import X\n"},
        {"a.py": "from b import *\n", "b.py": "from a import *\n"},
        {"a.py": "import b\nX = b.X\n", "b.py": "import a\nX = a.X\n"},
        {"a.py": "X = Y\nY = X\n", "b.py": ""},
        {"a.py": "class X(X): ...\nX = X\n", "b.py": ""},
    ],
)
def test_cycles_end(sources: dict[str, str]) -> None:
    project = project_from(sources)
    (module, _) = project.modules
    assert project.resolve(module, 0, "X").outcome in (Outcome.UNKNOWN, Outcome.SYMBOL, Outcome.MISSING)
    for cls in module.classes:
        assert cls in project.ancestry(cls)


def test_star_imports_in_diamonds_and_cycles() -> None:
    project = project_from(
        {
            "base.py": "class A: ...\nclass _B: ...\n",
            "left.py": "from base import *\nfrom top import *\n",
            "right.py": "from base import *\nclass C: ...\n",
            "top.py": "from left import *\nfrom right import *\n",
        }
    )
    assert [meaning(project, "top", name) for name in ("A", "_B", "C")] == ["base:A", "missing", "right:C"]
    assert meaning(project, "left", "C") == "right:C"


@pytest.mark.parametrize(
    "source",
    [
        "def __getattr__(name): ...\n",
        "globals()['X'] = 1\n",
        "from elsewhere import *\n",
        "import sys\nsys.modules[__name__] = 1\n",
        "def broken(:\n",
    ],
)
def test_names_of_modules_that_hide_some_are_unknown_not_missing(source: str) -> None:
    project = project_from({"a.py": source, "b.py": "from a import *\n", "c.py": "x = 1\n"})
    assert meaning(project, "a", "X") == "unknown"
    assert meaning(project, "b", "X") == "unknown"
    assert meaning(project, "c", "X") == "missing"


SHIM = "import sys\ndef alias_package(old, new):\n    sys.modules[old] = __import__(new)\ndef told(name): ...\n"


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("from shop.shim import alias_package\nalias_package(__name__, 'shop.new')\n", "unknown"),
        ("from shop.shim import alias_package as _alias\n_alias('shop.old', 'shop.new')\n", "unknown"),
        ("from shop import shim\nshim.alias_package(old=__name__, new='shop.new')\n", "unknown"),
        ("import sys as _sys\nimport shop.new as _impl\n_sys.modules[__name__] = _impl\n", "unknown"),
        ("from shop.shim import alias_package\nalias_package('shop.other', 'shop.new')\n", "missing"),
        ("from shop.plain import alias_package\nalias_package(__name__, 'shop.new')\n", "missing"),
        ("import logging\nlogger = logging.getLogger(__name__)\n", "missing"),
    ],
)
@pytest.mark.parametrize("asked", ["X", "deep"])
def test_a_module_that_another_stands_for_hides_what_that_has(source: str, outcome: str, asked: str) -> None:
    """As the packages that moved from praisonai to praisonai-code."""
    plain = "def alias_package(old, new): ...\n"
    project = project_from(
        {
            "shop/__init__.py": "",
            "shop/shim.py": SHIM,
            "shop/plain.py": plain,
            "shop/new.py": "X = 1\n",
            "shop/old/__init__.py": source,
            "shop/app.py": f"from shop.old import {asked}\nimport shop.old.{asked}\n",
        }
    )
    assert meaning(project, "shop.old", asked) == outcome
    uses = [use for use in project.imports if use.importer.name == "shop.app"]
    assert {use.resolution.outcome.value for use in uses} == {outcome}


def test_a_definition_wins_over_its_fallback_and_over_a_decorated_copy() -> None:
    source = (
        "try:\n    from fast import dumps\nexcept ImportError:\n    def dumps(x): ...\n"
        "def f(): ...\nf = wrap(f)\n"
        "def g(): ...\ndef g(): ...\n"
    )
    project = project_from({"m.py": source})
    assert meaning(project, "m", "dumps") == "fast.dumps"
    assert meaning(project, "m", "f") == "m:f"
    symbol = project.resolve(project.modules[0], 0, "g").symbol
    assert symbol is not None
    assert symbol.fact.line == 8


def test_two_services_with_one_package_name_are_kept_apart() -> None:
    project = project_from(
        {
            "services/a/app/__init__.py": "",
            "services/a/app/main.py": "from app.models import User\n",
            "services/a/app/models.py": "class User: ...\n",
            "services/b/app/__init__.py": "",
            "services/b/app/main.py": "from app.models import User\n",
            "services/b/app/models.py": "class User: ...\n",
        }
    )
    targets = {
        use.importer.path: use.resolution.symbol.module.path if use.resolution.symbol else "" for use in project.imports
    }
    assert targets == {
        "services/a/app/main.py": "services/a/app/models.py",
        "services/b/app/main.py": "services/b/app/models.py",
    }


def test_missing_first_party_names_and_modules() -> None:
    project = project_from(
        {
            "pkg/__init__.py": "",
            "pkg/a.py": (
                "from pkg import nothing\nfrom pkg.gone import X\nimport pkg.lost\nimport numpy\nfrom . import a\n"
                "import pkg.__init__\n"
            ),
        }
    )
    outcomes = [(use.fact.module, use.fact.name, use.resolution.outcome.value) for use in project.imports]
    assert outcomes == [
        ("pkg", "nothing", "missing"),
        ("pkg.gone", "X", "missing"),
        ("pkg.lost", None, "missing"),
        ("", "a", "module"),
        ("pkg.__init__", None, "module"),
    ]


def test_a_folder_of_data_inside_a_package_can_be_imported(tmp_path: Path) -> None:
    for name, text in {"pkg/__init__.py": "import pkg.data.sql\nimport pkg.gone\n", "pkg/data/sql/a.sql": ""}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert [use.resolution.outcome.value for use in project_at(tmp_path).imports] == ["unknown", "missing"]


CLIENTS = {
    "net/__init__.py": "",
    "net/client.py": "class Client:\n    def send(self): ...\nclass Other(Client): ...\n",
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    c: Client", "net.client:Client.send"),
        ("    c: Client | None = None", "net.client:Client.send"),
        ("    c: Optional['Client']", "net.client:Client.send"),
        ("    def __init__(self): self.c = Client()", "net.client:Client.send"),
        ("    def __init__(self): self.c: Client = make()", "net.client:Client.send"),
        ("    def __init__(self, c: Client): self.c = c", "net.client:Client.send"),
        ("    def __init__(self): self.c = None\n    def open(self): self.c = Client()", "net.client:Client.send"),
        ("    def __init__(self): self.c = Client()\n    def open(self): self.c = Other()", "unknown"),
        ("    def __init__(self, *c: Client): self.c = c", "unknown"),
        ("    async def __aenter__(self): self.c = await Client()", "unknown"),
        ("    def __init__(self): self.c = make()", "unknown"),
        ("    c: Client\n    c.send = None", "net.client:Client.send"),
    ],
)
def test_attributes_are_of_the_class_that_is_annotated_or_constructed(body: str, expected: str) -> None:
    source = f"from net.client import Client, Other\nclass K:\n{body}\n    def m(self): self.c.send()\n"
    project = project_from({**CLIENTS, "net/user.py": source})
    (user,) = [module for module in project.modules if module.name == "net.user"]
    scope = user.functions[-1].fact.scope
    assert meaning(project, "net.user", "self.c.send", scope) == expected
    assert meaning(project, "net.user", "self.c", scope) == "unknown"


def test_an_inherited_attribute_is_of_the_class_that_the_nearest_ancestor_says() -> None:
    source = (
        "from net.client import Client\n"
        "class Base:\n    c: Client\n    d: Client\n"
        "class K(Base):\n    d = None\n    def m(self): ...\n"
    )
    project = project_from({**CLIENTS, "net/user.py": source})
    assert meaning(project, "net.user", "self.c.send", 3) == "net.client:Client.send"
    assert meaning(project, "net.user", "self.d.send", 3) == "unknown"


def test_super_is_looked_up_in_the_ancestors() -> None:
    source = (
        "from net.client import Client\n"
        "class K(Client):\n    def send(self): super().send()\n    def other(self): super().other()\n"
    )
    project = project_from({**CLIENTS, "net/user.py": source})
    assert meaning(project, "net.user", "super().send", 2) == "net.client:Client.send"
    assert meaning(project, "net.user", "super().other", 3) == "unknown"


def test_functions_in_functions_are_known_there_and_classes_are_not() -> None:
    source = (
        "def helper(): ...\nclass Inner: ...\n"
        "def outer():\n    def helper(): ...\n    class Inner: ...\n    def deeper(): helper()\n"
        "def twice():\n    def helper(): ...\n    def helper(): ...\n"
    )
    project = project_from({"a.py": source})
    (module,) = project.modules
    scopes = {function.qualname: function.fact.scope for function in module.functions}
    assert meaning(project, "a", "helper") == "a:helper"
    assert meaning(project, "a", "helper", scopes["outer"]) == "a:outer.helper"
    assert meaning(project, "a", "helper", scopes["outer.deeper"]) == "a:outer.helper"
    assert meaning(project, "a", "Inner", scopes["outer"]) == "unknown"
    assert meaning(project, "a", "helper", scopes["twice"]) == "unknown"


@pytest.mark.parametrize(
    "alias",
    ["X: TypeAlias = Client", "X: typing.TypeAlias = 'Client'", "type X = Client", "X = Client", "X = Starred"],
)
def test_aliases_of_all_kinds_are_followed(alias: str) -> None:
    source = f"from net.client import Client\nfrom net.stars import *\n{alias}\n"
    stars = "from net.client import Client as Starred\n"
    project = project_from({**CLIENTS, "net/stars.py": stars, "net/user.py": source})
    assert meaning(project, "net.user", "X") == "net.client:Client"


def test_an_annotated_constant_is_no_alias() -> None:
    project = project_from(
        {**CLIENTS, "net/user.py": "from net.client import Client\nX: type = Client\nY: str = 'X'\n"}
    )
    assert meaning(project, "net.user", "X") == "net.user:X"
    assert meaning(project, "net.user", "Y") == "net.user:Y"


CIRCLE = {"shop/__init__.py": "", "shop/a.py": "from shop.b import X\n", "shop/b.py": "from shop.a import X\n"}


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        ("from shop.a import X\n", "missing"),
        ("from shop.a import X\nX = X or 1\n", "shop.b:X"),
        ("try:\n    from shop.a import X\nexcept ImportError:\n    X = 1\n", "unknown"),
        ("from shop.a import X\nif flag():\n    X = 1\n", "unknown"),
        ("from shop.a import X\ndef f():\n    global X\n    X = 1\n", "unknown"),
        ("from shop.a import X\nfrom other import *\n", "unknown"),
    ],
)
def test_what_modules_import_from_each_other_and_nobody_defines(b: str, expected: str) -> None:
    assert meaning(project_from(CIRCLE | {"shop/b.py": b}), "shop.a", "X") == expected


def outcomes(files: dict[str, str], module: str) -> list[str]:
    """How the imports of a module end."""
    return [use.resolution.outcome.value for use in project_from(files).imports if use.importer.name == module]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "missing"),
        ({"__init__.py": ""}, "unknown"),
        ({"other.py": ""}, "unknown"),
    ],
    ids=["nothing above", "a package above", "what is asked for"],
)
def test_relative_imports_beyond_the_top(files: dict[str, str], expected: str) -> None:
    shop = {"shop/__init__.py": "", "shop/deep.py": "from ..other import x\n"}
    assert outcomes(shop | files, "shop.deep") in ([expected], [] if expected == "unknown" else [expected])


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("from shop.plugins import gone", "missing"),
        ("import shop.plugins.gone", "missing"),
        ("from shop.plugins.gone import x", "missing"),
        ("from shop.plugins import there", "module"),
        ("import shop.plugins", "unknown"),
    ],
)
def test_a_folder_in_a_regular_package_holds_what_lies_in_it(statement: str, expected: str) -> None:
    files = {"shop/__init__.py": "", "shop/plugins/there.py": "", "shop/use.py": statement + "\n"}
    assert outcomes(files, "shop.use") == [expected]


def test_a_folder_that_is_no_part_of_a_package_may_have_other_parts() -> None:
    files = {"parts/there.py": "", "use.py": "from parts import gone\n"}
    assert outcomes(files, "use") == ["unknown"]


@pytest.mark.parametrize(
    ("extra", "expected"), [({}, "missing"), ({"shop/models/__init__.py": ""}, "module")], ids=["folder", "package"]
)
def test_a_module_hides_a_folder_of_its_name_but_no_package(extra: dict[str, str], expected: str) -> None:
    files = {"shop/__init__.py": "", "shop/models.py": "", "shop/models/order.py": ""} | extra
    assert outcomes(files | {"shop/use.py": "import shop.models.order\n"}, "shop.use") == [expected]
    assert outcomes(files | {"shop/models/use.py": "import shop.models.order\n"}, "shop.models.use") == ["module"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("C = Client()", "net.client:Client.send"),
        ("C: Client = make()", "net.client:Client.send"),
        ("C: 'Client | None' = None", "net.client:Client.send"),
        ("C = None\ndef fill():\n    global C\n    C = Client()", "net.client:Client.send"),
        ("C = Client()\ndef fill():\n    global C\n    C = Other()", "unknown"),
        ("C = Client()\nC = make()", "unknown"),
        ("C = await_(Client())", "unknown"),
        ("if a:\n    def C(): ...\nC = Client()", "unknown"),
        ("for C in all: pass", "unknown"),
    ],
)
def test_methods_of_variables_of_modules(source: str, expected: str) -> None:
    source = f"from net.client import Client, Other\n{source}\n"
    project = project_from({**CLIENTS, "net/pool.py": source, "net/user.py": "from net.pool import C\n"})
    assert meaning(project, "net.user", "C.send") == expected
    assert meaning(project, "net.pool", "C.send") == expected


@pytest.mark.parametrize(
    ("says", "outcome"),
    [("__package__ = 'shop'\n", Outcome.SYMBOL), ('__package__ = "shop"\n', Outcome.SYMBOL), ("", Outcome.MISSING)],
)
def test_relative_imports_count_from_what_the_module_says(says: str, outcome: Outcome) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/cli.py": "def run(): ...\n",
        "shop/core/__init__.py": "",
        "shop/core/command.py": f"{says}from .cli import run\n",
    }
    (use,) = project_from(files).imports
    assert use.resolution.outcome is outcome
